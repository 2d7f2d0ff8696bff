// A form for any schema of a checklist. What was typed is a draft of the schema's own shape (schema.js).
import { html, nothing } from 'lit-html';
import { check, defined, form as chosenForm, gist, isBlank, isOfChosen, keyStep, kindOf, label, names, step, toDraft, toValue, wordsOf }
  from './schema.js';
import { sentence } from './api.js';
import { count } from './words.js';

const idOf = (path) => 'f' + path.replace(/[^\w]/g, (c) => '-' + c.charCodeAt(0).toString(16) + '-');
const isShort = (schema) => ['number', 'boolean', 'date', 'enum'].includes(kindOf(schema))
  || kindOf(schema) === 'text' && schema.maxLength <= 64 || kindOf(schema) === 'text' && /\\d\{/.test(schema.pattern || '');

/**
 * A form.
 *
 * @param schema JSON Schema of the value
 * @param value what stands in it at first; undefined: nothing
 * @param options changed: is called after each change; redraw; files: those that were handed over; upload: hands one
 *     over and answers its entry; secret: whether it is of a credential; prefix: tells two forms of a page apart
 */
export function newForm(schema, value, options) {
  const { changed = () => {}, redraw, upload, say = () => {}, secret = false, prefix = '' } = options;
  let files = options.files || [];
  let draft = toDraft(schema, value);
  let errors = new Map();
  let asked = false;
  const open = new WeakSet();
  const drawn = new Set();
  const waiting = new Map();

  const set = (change) => {
    change();
    if (asked) {
      const before = errors;
      errors = check(schema, draft);
      // What the server found stays until its field is changed, which is not known here: until the next save.
      before.forEach((message, path) => { if (message.server && !errors.has(path)) errors.set(path, message); });
    }
    changed(draft);
    redraw();
  };

  const id = (path) => prefix + idOf(path);
  const error = (path) => errors.get(path);
  const text = (message) => message?.text || message;
  const described = (path, hint) =>
    [hint ? id(path) + '-hint' : '', error(path) ? id(path) + '-error' : ''].filter(Boolean).join(' ') || nothing;

  const hintOf = (schema) => {
    const range = kindOf(schema) === 'number' && schema.minimum !== undefined && schema.maximum !== undefined
      ? `From ${schema.minimum} to ${schema.maximum}.` : '';
    const example = ['text', 'long', 'number'].includes(kindOf(schema)) && !schema.writeOnly
      ? (schema.examples || []).map(String).find((each) => each && each.length < 100) : '';
    const many = kindOf(schema) === 'lines'
      ? `One per line${schema.maxItems ? `, ${schema.maxItems} at most` : ''}.` : '';
    const about = schema.description || '';
    return [about, range, many, example && !/\bsuch as\b/i.test(about) ? `Such as ${example}.` : ''].filter(Boolean).join(' ');
  };

  const below = (path, hint) => html`
    ${hint ? html`<p class="hint" id="${id(path)}-hint">${hint}</p>` : nothing}
    ${error(path) ? html`<p class="error" id="${id(path)}-error"><b>Not right:</b> ${text(error(path))}</p>` : nothing}`;

  const optional = (required) => (required ? nothing : html` <span class="optional">optional</span>`);

  const field = (path, title, required, hint, input) => html`
    <div class="field ${error(path) ? 'wrong' : ''}">
      <label for="${id(path)}">${title}${optional(required)}</label>
      ${below(path, hint)} ${input}
    </div>`;

  const group = (path, title, required, hint, content, kind = '') => html`
    <fieldset class="field group ${kind} ${error(path) ? 'wrong' : ''}" id="${id(path)}" aria-describedby=${described(path, hint)}>
      <legend>${title}${optional(required)}</legend>
      ${below(path, hint)} ${content}
    </fieldset>`;

  const radios = (path, title, required, hint, options, chosen, choose) =>
    group(path, title, required, hint, html`<div class="choices">${options.map(([key, words], index) => html`
      <label class="choice"><input type="radio" name="${id(path)}" .checked=${chosen === key}
        @change=${() => set(() => choose(key))} aria-describedby=${index ? nothing : described(path, hint)}>
        <span>${words}</span></label>`)}</div>`, 'of-choices');

  function textInput(schema, path, value, put, { type = 'text', rows, mode } = {}) {
    const hint = hintOf(schema);
    const common = { id: id(path), described: described(path, hint), invalid: error(path) ? 'true' : nothing };
    return rows ? html`<textarea id="${common.id}" rows="${rows}" aria-describedby=${common.described} aria-invalid=${common.invalid}
        spellcheck="${schema.pattern || secret ? 'false' : 'true'}" autocomplete="off" .value=${value}
        @input=${(e) => set(() => put(e.target.value))}></textarea>`
      : html`<input id="${common.id}" type="${type}" inputmode=${mode || nothing} aria-describedby=${common.described}
        class="${isShort(schema) ? 'short' : ''}" aria-invalid=${common.invalid} autocomplete="${type === 'password' ? 'new-password' : 'off'}"
        spellcheck="false" .value=${value} @input=${(e) => set(() => put(e.target.value))}>`;
  }

  function fileField(schema, path, title, required, value, put) {
    const known = files.find((each) => each.sha256 === value);
    const choose = async (e) => {
      const file = e.target.files[0];
      if (!file) return;
      waiting.set(path, `“${file.name}” is being handed over …`);
      redraw();
      try {
        const kept = await upload(file);
        files = [...files, kept];
        set(() => put(kept.sha256));
        say(`${kept.name} was handed over.`);
      } catch (problem) {
        errors.set(path, { text: problem.message, server: true });
      }
      waiting.delete(path);
      redraw();
    };
    const hint = hintOf(schema);
    const accept = schema['x-slipway-file']?.accept?.join(',') || nothing;
    return field(path, title, required, hint, html`
      ${value ? html`<p class="given">${known ? (options.saved ? options.saved(known) : known.name) : 'A file is given.'}
        ${required ? nothing : html`<button type="button" class="link" @click=${() => set(() => put(''))}>Remove
          <span class="unseen">${known?.name}</span></button>`}</p>` : nothing}
      <input type="file" id="${id(path)}" accept=${accept} aria-describedby=${described(path, hint)} @change=${choose}>
      ${waiting.has(path) ? html`<p class="hint">${waiting.get(path)}</p>` : nothing}`);
  }

  function instant(schema, path, value, put) {
    const local = (utc) => {
      const at = new Date(utc);
      return isNaN(at) ? '' : new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    };
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return html`<input type="datetime-local" class="short" id="${id(path)}" aria-describedby=${described(path, hintOf(schema))}
      aria-invalid=${error(path) ? 'true' : nothing} .value=${local(value)} @input=${(e) => set(() =>
        put(e.target.value ? new Date(e.target.value).toISOString().slice(0, 16) + ':00Z' : ''))}>
      <span class="hint">${zone}</span>`;
  }

  /** A list's or a map's entries as folded cards. */
  function cards(path, title, required, schema, list, noun, headOf, at, content, fresh) {
    const add = (e) => {
      const made = fresh();
      open.add(made.holder);
      set(() => list.push(made.entry));
      const card = e.target.closest('fieldset').querySelectorAll(':scope > .cards > details');
      card[card.length - 1]?.querySelector('input, select, textarea')?.focus();
    };
    const remove = (index, e) => {
      const button = e.target.closest('fieldset').querySelector(':scope > .add');
      set(() => list.splice(index, 1));
      say(`${noun} ${index + 1} was removed.`);
      button.focus();
    };
    return group(path, title, required, hintOf(schema), html`
      <div class="cards">${list.map((entry, index) => {
        const holder = entry.value !== undefined && 'key' in entry ? entry : entry;
        return html`<details class="card" ?open=${open.has(holder)}
            @toggle=${(e) => (e.target.open ? open.add(holder) : open.delete(holder))}>
          <summary><b>${noun} ${index + 1}</b> <span class="gist">${headOf(entry)}</span></summary>
          ${content(entry, index, at(entry, index))}
          <button type="button" class="plain" @click=${(e) => remove(index, e)}>Remove ${noun.toLowerCase()} ${index + 1}</button>
        </details>`;
      })}</div>
      <button type="button" class="add" @click=${add}>Add ${noun.toLowerCase()}</button>`, 'of-cards');
  }

  const lower = (title) => title || 'Entry';

  /** One field, whatever its kind. `put` writes another draft in its place. */
  function draw(schema, path, title, required, value, put) {
    drawn.add(path);
    const hint = hintOf(schema);
    switch (kindOf(schema)) {
      case 'const': return nothing;
      case 'forms': {
        const options = schema.oneOf.map((each, index) => [index, each.title || `Form ${index + 1}`]);
        const list = required ? options : [[-1, 'Not given'], ...options];
        // A form that is one field has the place's name for itself: two fields of one name have no label.
        const isOneField = value.form >= 0 && !['const', 'fields', 'forms'].includes(kindOf(chosenForm(schema, value.form)));
        return html`${radios(isOneField ? path + '/?' : path, title, required, hint, list, value.form,
          (index) => { value.form = index; })}
          ${value.form < 0 ? nothing
            : html`<div class="chosen">${inside(chosenForm(schema, value.form), path, value.of[value.form],
              (other) => { value.of[value.form] = other; }, schema.oneOf[value.form].title || title)}</div>`}`;
      }
      case 'enum': {
        const of = schema['x-slipway-choices'] ? defined(schema['x-slipway-choices'], toValue(rootSchema, draft)) : schema.enum;
        const labels = wordsOf(schema);
        const usual = schema.default;
        const options = of.map((each) => [each, (labels[each] || each) + (each === usual ? ' (usual)' : '')]);
        if (value && !of.includes(value)) options.push([value, value]);
        return options.length <= 5 && !schema['x-slipway-choices']
          ? radios(path, title, required, hint, required ? options : [['', 'Not given'], ...options], value, put)
          : field(path, title, required, hint, html`<select id="${id(path)}" aria-describedby=${described(path, hint)}
              aria-invalid=${error(path) ? 'true' : nothing} @change=${(e) => set(() => put(e.target.value))}>
              <option value="" ?selected=${!value}>${required ? 'Choose …' : 'Not given'}</option>
              ${options.map(([key, words]) => html`<option value="${key}" ?selected=${key === value}>${words}</option>`)}
            </select>`);
      }
      case 'boolean': return html`<div class="field ${error(path) ? 'wrong' : ''}">
        <label class="choice"><input type="checkbox" id="${id(path)}" .checked=${value === true}
          aria-describedby=${described(path, hint)} @change=${(e) => set(() => put(e.target.checked))}>
          <span>${title}</span></label>${below(path, hint)}</div>`;
      case 'number': return field(path, title, required, hint, textInput(schema, path, value, put,
        { mode: schema.type === 'integer' ? 'numeric' : 'decimal' }));
      case 'choices': {
        const of = schema.items?.enum
          || defined(schema['x-slipway-choices'] || schema.items['x-slipway-choices'], toValue(rootSchema, draft));
        const labels = wordsOf(schema);
        const all = [...of, ...value.filter((each) => !of.includes(each))];
        return group(path, title, required, hint, all.length ? html`<div class="choices">${all.map((each, index) => html`
          <label class="choice"><input type="checkbox" .checked=${value.includes(each)}
            aria-describedby=${index ? nothing : described(path, hint)} @change=${(e) => set(() => {
              if (e.target.checked) value.push(each); else value.splice(value.indexOf(each), 1);
            })}><span>${labels[each] || each}</span></label>`)}</div>`
          : html`<p class="hint">There is nothing to choose from yet: it is defined above.</p>`, 'of-choices');
      }
      case 'lines': return field(path, title, required, hint, textInput({ ...schema, pattern: schema.items.pattern }, path,
        value, put, { rows: Math.min(8, Math.max(2, value.split('\n').length)) }));
      case 'list': return cards(path, title, required, schema, value, lower(schema.items.title),
        (entry) => gist(schema.items, entry), (entry, index) => path + step(index),
        (entry, index, at) => inside({ ...schema.items, examples: schema.items.examples || schema.examples?.[0] }, at, entry, (other) => { value[index] = other; }, schema.items.title || title),
        () => { const entry = toDraft(schema.items, undefined); return { entry, holder: entry }; });
      case 'map': {
        const keys = schema.propertyNames || {};
        return cards(path, title, required, schema, value, lower(keys.title), (entry) => entry.key,
          (entry, index) => path + keyStep(entry, index),
          (entry, index, at) => html`
            ${draw({ type: 'string', ...keys }, at + '/#', keys.title || 'Name', true, entry.key, (key) => { entry.key = key; })}
            ${draw(schema.additionalProperties, at, schema.additionalProperties.title || 'Value', true, entry.value,
              (other) => { entry.value = other; })}`,
          () => { const entry = { key: '', value: toDraft(schema.additionalProperties, undefined) };
            return { entry, holder: entry }; });
      }
      case 'fields': return group(path, title, required, hint, inside(schema, path, value, put));
      case 'file': return fileField(schema, path, title, required, value, put);
      case 'instant': return field(path, title, required, hint, instant(schema, path, value, put));
      case 'date': return field(path, title, required, hint, textInput(schema, path, value, put, { type: 'date' }));
      case 'long': return field(path, title, required, hint, textInput(schema, path, value, put, { rows: 5 }));
      default: {
        return field(path, title, required, hint, textInput(schema, path, value, put, { type: schema.writeOnly ? 'password' : 'text' }));
      }
    }
  }

  /** A field, with what the object around it gives as its example, if it has none of its own. */
  function exampled(schema, name) {
    const child = schema.properties[name];
    const example = (schema.examples || []).find((each) => each && typeof each === 'object')?.[name];
    return child.examples || example === undefined || example === null ? child : { ...child, examples: [example] };
  }

  /** What stands in an object, without a frame around it; of another kind the one field. */
  function inside(schema, path, value, put, title = '') {
    if (kindOf(schema) !== 'fields') {
      return draw(schema, path, title || schema.title || 'Value', true, value, put);
    }
    const all = names(schema);
    const inARow = all.length > 1 && all.length <= 3 && all.every((name) => isShort(schema.properties[name])
      && kindOf(schema.properties[name]) !== 'boolean');
    const content = all.map((name) => draw(exampled(schema, name), path + step(name), label(schema, name),
      (schema.required || []).includes(name), value[name], (other) => { value[name] = other; }));
    return inARow ? html`<div class="row">${content}</div>` : content;
  }

  const rootSchema = schema;

  /** Opens the cards around what is wrong. */
  function unfold() {
    const walk = (schema, value, path) => {
      const below = [...errors.keys()].some((each) => each === path || each.startsWith(path + '/'));
      if (!below) return;
      switch (kindOf(schema)) {
        case 'forms': if (value.form >= 0) walk(chosenForm(schema, value.form), value.of[value.form], path); break;
        case 'fields': names(schema).forEach((name) => walk(schema.properties[name], value[name], path + step(name))); break;
        case 'list': value.forEach((each, index) => {
          const at = path + step(index);
          if ([...errors.keys()].some((key) => key === at || key.startsWith(at + '/'))) open.add(each);
          walk(schema.items, each, at);
        }); break;
        case 'map': value.forEach((each, index) => {
          const at = path + keyStep(each, index);
          if ([...errors.keys()].some((key) => key === at || key.startsWith(at + '/'))) open.add(each);
          walk(schema.additionalProperties, each.value, at);
        }); break;
        default:
      }
    };
    walk(schema, draft, '');
  }

  /** Where a pointer leads, in labels: "Tariff 1, Tier 1, Amount". */
  function titleAt(path) {
    const titles = [];
    let at = schema;
    let value = draft;
    for (const part of path.split('/').slice(1)) {
      while (kindOf(at) === 'forms' && value.form >= 0) [at, value] = [chosenForm(at, value.form), value.of[value.form]];
      const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
      switch (kindOf(at)) {
        case 'fields':
          if (!at.properties[name]) return titles.join(', ');
          titles.push(label(at, name));
          [at, value] = [at.properties[name], value?.[name]];
          break;
        case 'list':
          titles.push(`${lower(at.items.title)} ${Number(name) + 1}`);
          [at, value] = [at.items, value?.[name]];
          break;
        case 'map': {
          const entry = value?.find((each, index) => keyStep(each, index) === '/' + part);
          titles.push(entry?.key || lower(at.propertyNames?.title));
          [at, value] = [at.additionalProperties, entry?.value];
          break;
        }
        default:
      }
    }
    return titles.join(', ') || schema.title || 'Form';
  }

  const focusField = (path) => {
    const found = document.getElementById(id(path));
    const target = found?.matches('fieldset') ? found.querySelector('input, select, textarea, button') : found;
    target?.focus();
  };

  return {
    titleAt,
    /** The fields. */
    template() {
      drawn.clear();
      return kindOf(schema) === 'fields' ? inside(schema, '', draft, () => {})
        : draw(schema, '', schema.title || 'Value', true, draft, (other) => { draft = other; });
    },
    /** The list of what is not right, with links; nothing while there is none. */
    summary() {
      if (!errors.size) return nothing;
      return html`<div class="notice bad" role="group" aria-labelledby="${prefix}wrong" tabindex="-1" id="${prefix}summary">
        <h2 id="${prefix}wrong">${count(errors.size, 'thing is', 'things are')} not right yet</h2>
        <ul>${[...errors].map(([path, message]) => html`<li>${drawn.has(path)
          ? html`<a href="#${id(path)}" @click=${(e) => { e.preventDefault(); focusField(path); }}>${titleAt(path)}</a>`
          : titleAt(path)}: ${text(message)}</li>`)}</ul>
      </div>`;
    },
    /** Looks at everything; false: something is wrong, and the summary has the focus. */
    isRight() {
      asked = true;
      errors = check(schema, draft);
      return this.told();
    },
    /** What the API found below a place of the body: at its field, where nothing was said yet. */
    refuse(errorsOfAll, below = '') {
      const list = errorsOfAll.map((each) => ({ ...each, field: each.field.slice(each.field.startsWith(below) ? below.length : 0) }));
      const ours = list.filter((one) => isOfChosen(schema, draft, one));
      for (const each of ours.length ? ours : list) {
        if (!errors.has(each.field)) errors.set(each.field, { text: sentence(each.message), server: true });
      }
      return this.told();
    },
    told() {
      unfold();
      redraw();
      if (errors.size) document.getElementById(prefix + 'summary')?.focus();
      return errors.size === 0;
    },
    value: () => toValue(schema, draft),
    draft: () => draft,
    restore(other) { draft = other; },
    isBlank: () => isBlank(schema, draft),
    /** Secret fields become empty; the others stay. */
    forget() {
      const walk = (schema, value) => {
        switch (kindOf(schema)) {
          case 'forms': value.of.forEach((each, index) => walk(chosenForm(schema, index), each)); break;
          case 'list': value.forEach((each) => walk(schema.items, each)); break;
          case 'map': value.forEach((each) => walk(schema.additionalProperties, each.value)); break;
          case 'fields': names(schema).forEach((name) => {
            const each = schema.properties[name];
            if (each.writeOnly) value[name] = toDraft(each, undefined);
            else walk(each, value[name]);
          }); break;
          default:
        }
      };
      walk(schema, draft);
      asked = false;
      errors = new Map();
    },
  };
}
