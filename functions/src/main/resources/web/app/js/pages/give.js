// C3: one element as a form. What saving would do is shown before; nothing typed is ever lost.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { fileButton, filesOf } from '../files.js';
import { newForm } from '../form.js';
import { takesFile, told } from '../schema.js';
import { CHANGES, GIVERS, OVER, ago, isOver, person, prose, titled, titlesOf, withFields } from '../words.js';
import { letGuest } from './acts.js';
import { instanceTitle } from './overview.js';
import { readOnly } from './given.js';

export function give(view, o, name) {
  const kept = `draft:${o}:${name}`;
  let form;
  let busy = false;
  let effect; // What saving would do, once it has been looked at.
  let wrong = '';
  let theirs; // What somebody else saved meanwhile.
  let found = []; // What is remarkable about the value that was saved.
  let restored = false;
  let timer;

  const download = (sha256) => api.download(o, sha256);
  const find = ({ elements }) => elements.find((each) => each.element === name);
  const remember = (element) => (draft) => {
    effect = undefined;
    clearTimeout(timer);
    timer = setTimeout(() => sessionStorage.setItem(kept, JSON.stringify({ version: element.version, draft })), 200);
  };
  const forget = () => {
    clearTimeout(timer);
    sessionStorage.removeItem(kept);
  };

  function build(element, files, value = element.value) {
    form = newForm(element.schema, value, {
      changed: remember(element), redraw: () => view.redraw(), say: view.say, files,
      upload: (file) => api.upload(o, file), saved: (file) => fileButton(view, file.name, () => download(file.sha256)),
    });
  }

  async function load() {
    const asked = await api.elements(o);
    const element = find(asked);
    if (!element) {
      return { missing: true };
    }
    const files = element.schema && takesFile(element.schema) ? await api.files(o) : [];
    if (element.yours && element.schema) {
      build(element, files);
      const draft = JSON.parse(sessionStorage.getItem(kept) || 'null');
      if (draft) {
        form.restore(draft.draft);
        restored = true;
        if (draft.version !== element.version) {
          theirs = element;
        }
      }
    }
    const over = !element.yours && isOver((await api.summary(o)).onboarding);
    return { element, files, over, titles: [...titlesOf(undefined, asked)] };
  }

  async function save(e) {
    e.preventDefault();
    if (busy || !form.isRight()) return;
    const { element } = view.data;
    busy = true;
    wrong = '';
    view.redraw();
    try {
      const before = effect;
      if (!before) {
        effect = await api.preview(o, name, form.value());
      }
      if (before || !effect.needed) {
        const saved = await api.save(o, name, form.value(), element.version, effect.needed ? effect.hash : '');
        forget();
        found = saved.findings || [];
        if (!found.length) {
          view.go(`/app/o/${o}`, `${element.title} was saved.`);
          return;
        }
        view.say('Saved.');
        restored = false;
        effect = undefined;
        await view.reload();
      }
    } catch (problem) {
      effect = undefined;
      if (problem.status === 422 && problem.body.errors) {
        busy = false;
        form.refuse(problem.body.errors);
        return;
      }
      if (problem.status === 412) {
        theirs = find(await api.elements(o));
      } else if (problem.body?.effect || problem.body?.difference) {
        effect = await api.preview(o, name, form.value());
      } else {
        wrong = problem.message;
      }
    } finally {
      busy = false;
      view.redraw();
    }
    document.querySelector('.notice:not(.calm)')?.focus();
  }

  /** Both values, field by field, where they differ. */
  function comparison(element) {
    const nameOf = (sha256) => view.data.files.find((each) => each.sha256 === sha256)?.name || 'another file';
    const lines = (value) => new Map(told(element.schema, value, [], nameOf).map(([path, text]) => [path.join(', '), text]));
    const mine = lines(form.value());
    const other = lines(theirs.value);
    const differing = [...new Set([...mine.keys(), ...other.keys()])].filter((path) => mine.get(path) !== other.get(path));
    const keep = () => {
      view.data.element = theirs;
      theirs = undefined;
      view.redraw();
    };
    const take = () => {
      forget();
      view.data.element = theirs;
      build(theirs, view.data.files);
      theirs = undefined;
      restored = false;
      view.redraw();
    };
    return html`<div class="notice" tabindex="-1" role="group" aria-labelledby="faster">
      <h2 id="faster">Somebody else was faster</h2>
      <p>${person(theirs.by)} saved another value ${ago(theirs.at)}. This is where the two differ:</p>
      <ul>${differing.map((path) => html`<li><b>${path}</b>: yours “${mine.get(path) ?? 'not given'}”, theirs “${other.get(path) ?? 'not given'}”</li>`)}
        ${differing.length ? nothing : html`<li>Nowhere: both say the same.</li>`}</ul>
      <p class="buttons"><button type="button" @click=${keep}>Go on with mine</button>
        <button type="button" @click=${take}>Take theirs</button></p></div>`;
  }

  const titles = () => withFields(new Map(view.data.titles), view.data.element.schema);
  const shownEffect = () => {
    const changes = new Map(); // Of each row, instances with one effect together.
    effect.tasks.filter((each) => each.effect !== 'UNCHANGED').forEach((each) => {
      const key = `${each.task.split('@')[0]} ${each.effect}`;
      changes.set(key, [...(changes.get(key) || []), each]);
    });
    return html`<div class="notice" tabindex="-1" role="group" aria-labelledby="effect"><h2 id="effect">What saving this would do</h2>
      <ul>${[...changes.values()].map(([each, ...more]) => html`<li>${each.row} <b>${more.length ? `${each.title} (${more.length + 1})`
          : titled(each.title, each.task.split('@')[1])}</b> ${CHANGES[each.effect]}</li>`)}
        ${(effect.missing || []).map((each) => html`<li>We would also ask for <b>${titled(each.title, each.field.split('@')[1])}</b></li>`)}</ul></div>`;
  };
  const findings = (list, kind) => html`<div class="notice ${kind}" tabindex="-1">
    <ul>${list.map((each) => html`<li>${each.field ? html`<b>${form.titleAt(each.field)}</b>: ` : nothing}${prose(each.message, titles())} ${prose(each.nextStep, titles())}</li>`)}</ul></div>`;

  return {
    back: () => view.home(o),
    title: (data) => (data?.element ? instanceTitle(data.element) : 'There is no such form'),
    load,
    leave: () => clearTimeout(timer),
    draw({ element, files, over, missing }) {
      if (missing) return html`<p>It is not asked for, or not any more.</p>`;
      const guidance = (element.guidance || '').split('\n').filter(Boolean).map((text) => html`<p class="lead">${prose(text, titles())}</p>`);
      const by = element.by ? html`<p class="fine">Version ${element.version}, saved by ${person(element.by)} ${ago(element.at)}.</p>` : nothing;
      if (!form) {
        return html`${guidance}<p>${over ? OVER : GIVERS[element.party]}</p>
          ${element.value === undefined ? nothing : readOnly(told(element.schema, element.value, [], (sha256) => sha256), filesOf(view, files, download))}${by}`;
      }
      const looked = element.row?.findings || [];
      return html`${guidance}
        ${restored ? html`<div class="notice calm"><p>What you had entered before is still here; it is not saved.
          <button type="button" class="link" @click=${() => { forget(); restored = false; build(element, view.data.files); view.redraw(); }}>
            Discard it</button></p></div>` : nothing}
        ${found.length ? html`<div class="notice good" tabindex="-1"><p><b>Saved.</b> Nothing below holds anything up, but look at it:</p></div>${findings(found, '')}`
          : looked.length && !restored ? findings(looked, looked.some((each) => each.weight === 'ERROR') ? 'bad calm' : 'calm') : nothing}
        ${theirs ? comparison(element) : nothing}
        ${wrong ? html`<div class="notice bad" tabindex="-1" role="alert"><p>${wrong}</p></div>` : nothing}
        ${form.summary()}
        <form novalidate @submit=${save} autocomplete="off">
          ${form.template()}
          ${effect?.needed ? shownEffect() : nothing}
          <p class="buttons"><button class="primary" ?disabled=${busy}>${busy ? 'Saving …' : effect?.needed ? 'Save all the same' : 'Save'}</button>
            <a href="/app/o/${o}">Cancel</a>
            ${name === 'contacts' ? nothing : html`<button type="button" @click=${() => letGuest(view, o, 'element', name, element.title)}>Somebody else gives it …</button>`}</p>
        </form>${by}`;
    },
  };
}
