// JSON Schemas as forms see them: what kind of field each is, what was typed (a draft), and what is not right with it.
import { fromName } from './words.js';

const isText = (schema) => schema.type === 'string' && !('const' in schema);

/** What kind of field a schema asks for. */
export function kindOf(schema) {
  if ('const' in schema) return 'const';
  if (schema.oneOf) return 'forms';
  if (schema['x-slipway-choices']) return schema.type === 'array' ? 'choices' : 'enum';
  if (schema.enum) return 'enum';
  if (schema.type === 'boolean') return 'boolean';
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'array') {
    return schema.items.enum || schema.items['x-slipway-choices'] ? 'choices' : isText(schema.items) ? 'lines' : 'list';
  }
  if (schema.type === 'object') return schema.properties || !schema.additionalProperties ? 'fields' : 'map';
  if (schema['x-slipway-file']) return 'file';
  if (schema.format === 'date-time') return 'instant';
  if (schema.format === 'date') return 'date';
  return schema.maxLength >= 300 && !schema.pattern || schema.maxLength >= 1000 ? 'long' : 'text';
}

/** The form that was chosen of several, with what all of them share. */
export const form = (schema, index) => ({
  ...schema, oneOf: undefined, type: schema.type || 'object', ...schema.oneOf[index],
  ...(schema.properties ? { properties: { ...schema.properties, ...schema.oneOf[index].properties } } : {}),
  required: [...(schema.required || []), ...(schema.oneOf[index].required || [])],
});

/** The names of an object's fields, what others choose from first. */
export function names(schema) {
  const all = Object.keys(schema.properties || {});
  const order = schema['x-slipway-order'] || [];
  return [...order.filter((name) => all.includes(name)), ...all.filter((name) => !order.includes(name))];
}

/** What a field is called: by its name where its neighbours have the same title. */
export function label(parent, name) {
  const title = parent.properties[name].title;
  const twins = Object.values(parent.properties).filter((each) => each.title === title).length;
  return title && twins === 1 ? title : fromName(name);
}

function fits(schema, value) {
  if ('const' in schema) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  if (schema.type === 'array') return Array.isArray(value);
  if (schema.type && schema.type !== 'object') return typeof value === (schema.type === 'integer' ? 'number' : schema.type);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const known = schema.properties || {};
  return (schema.required || []).every((name) => name in value)
    && Object.entries(value).every(([name, each]) =>
      name in known && (!('const' in known[name]) && !known[name].enum || fits(known[name], each)));
}

/** A value as it stands in a form. */
export function toDraft(schema, value) {
  switch (kindOf(schema)) {
    case 'const': return null;
    case 'forms': {
      const forms = schema.oneOf.map((_, index) => form(schema, index));
      const chosen = value === undefined ? -1 : forms.findIndex((each) => fits(each, value));
      return { form: chosen, of: forms.map((each, index) => toDraft(each, index === chosen ? value : undefined)) };
    }
    case 'boolean': return value;
    case 'number': return value === undefined ? '' : String(value);
    case 'choices': return [...(value || [])];
    case 'lines': return (value || []).join('\n');
    case 'list': return (value || []).map((each) => toDraft(schema.items, each));
    case 'map': return Object.entries(value || {}).map(([key, each]) =>
      ({ key, value: toDraft(schema.additionalProperties, each) }));
    case 'fields': return Object.fromEntries(
      names(schema).map((name) => [name, toDraft(schema.properties[name], value?.[name])]));
    default: return value ?? '';
  }
}

const lines = (draft) => draft.split('\n').map((line) => line.trim()).filter(Boolean);
const isRequired = (schema, name) => (schema.required || []).includes(name);

/** Whether nothing was entered: what is optional and blank is left out. */
export function isBlank(schema, draft) {
  switch (kindOf(schema)) {
    case 'const': return true;
    case 'forms': return draft.form < 0;
    case 'boolean': return draft === undefined;
    case 'choices': case 'list': case 'map': return draft.length === 0;
    case 'fields': return names(schema).every((name) => isBlank(schema.properties[name], draft[name]));
    default: return draft.trim() === '';
  }
}

/** What a draft says; undefined: nothing. */
export function toValue(schema, draft, required = true) {
  const kind = kindOf(schema);
  if (kind === 'const') return required ? schema.const : undefined;
  if (kind === 'boolean') return draft ?? (required ? false : undefined);
  if (isBlank(schema, draft) && !(required && ['fields', 'list', 'map'].includes(kind))) return undefined;
  switch (kind) {
    case 'forms': return toValue(form(schema, draft.form), draft.of[draft.form]);
    case 'number': return /^-?\d+(\.\d+)?$/.test(draft.trim()) ? Number(draft) : draft.trim();
    case 'choices': return [...draft];
    case 'lines': return lines(draft);
    case 'list': return draft.map((each) => toValue(schema.items, each));
    case 'map': return Object.fromEntries(
      draft.map((each) => [each.key.trim(), toValue(schema.additionalProperties, each.value)]));
    case 'fields': {
      const value = {};
      for (const name of names(schema)) {
        const each = toValue(schema.properties[name], draft[name], isRequired(schema, name));
        if (each !== undefined) value[name] = each;
      }
      return value;
    }
    case 'long': return draft;
    default: return draft.trim();
  }
}

/** The part of a pointer for a field's name, or for an entry of a map. */
export const step = (name) => '/' + String(name).replace(/~/g, '~0').replace(/\//g, '~1');
export const keyStep = (entry, index) => step(entry.key.trim() || '#' + index);

function textErrors(schema, text) {
  if (schema.minLength > text.length) return `At least ${schema.minLength} characters.`;
  if (schema.maxLength < text.length) return `At most ${schema.maxLength} characters, it has ${text.length}.`;
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(text)) {
    const wrong = schema['x-slipway-wrong'] || schema.description || '';
    return wrong || (new RegExp(schema.pattern, 'u').test(text.replace(/\s/g, '')) ? 'Without spaces.'
      : 'Not in the form that is asked for.');
  }
  return '';
}

function numberErrors(schema, text) {
  if (!(schema.type === 'integer' ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(text)) {
    return schema.type === 'integer' ? 'A whole number.' : 'A number.';
  }
  const [least, most] = [schema.minimum, schema.maximum];
  return Number(text) < least || Number(text) > most
    ? most === undefined ? `${least} or more.` : least === undefined ? `${most} or less.` : `From ${least} to ${most}.` : '';
}

function countErrors(schema, number) {
  if (number < (schema.minItems ?? schema.minProperties ?? 0)) {
    return `At least ${schema.minItems ?? schema.minProperties}.`;
  }
  const most = schema.maxItems ?? schema.maxProperties;
  return number > most ? `At most ${most}; there are ${number}.` : '';
}

/** What is not right: puts a message for each pointer into `errors`. The API looks again, and has the last word. */
export function check(schema, draft, required = true, path = '', errors = new Map()) {
  const kind = kindOf(schema);
  const wrong = (message, at = path) => { if (message && !errors.has(at)) errors.set(at, message); };
  if (kind === 'const' || kind === 'boolean') return errors;
  if (isBlank(schema, draft) && !(kind === 'fields' && required)) {
    if (required && !(['list', 'map'].includes(kind) && !countErrors(schema, 0))) {
      wrong({ forms: 'Choose one.', enum: 'Choose one.', choices: 'Choose at least one.', file: 'Choose a file.',
        list: 'At least one is needed.', map: 'At least one is needed.' }[kind] || 'Must be given.');
    }
    return errors;
  }
  switch (kind) {
    case 'forms': check(form(schema, draft.form), draft.of[draft.form], true, path, errors); break;
    case 'number': wrong(numberErrors(schema, draft.trim())); break;
    case 'choices': wrong(countErrors(schema, draft.length)); break;
    case 'lines': {
      const all = lines(draft);
      wrong(countErrors(schema, all.length));
      all.forEach((line, index) => {
        const message = textErrors(schema.items, line);
        if (message) wrong(`Line ${index + 1}: ${message}`);
        if (schema.uniqueItems && all.indexOf(line) < index) wrong(`Line ${index + 1} stands there twice.`);
      });
      break;
    }
    case 'list':
      wrong(countErrors(schema, draft.length));
      draft.forEach((each, index) => check(schema.items, each, true, path + step(index), errors));
      break;
    case 'map':
      wrong(countErrors(schema, draft.length));
      draft.forEach((each, index) => {
        const at = path + keyStep(each, index);
        const key = each.key.trim();
        wrong(!key ? 'Must be given.' : textErrors(schema.propertyNames || {}, key)
          || (draft.findIndex((other) => other.key.trim() === key) < index ? 'Stands there twice.' : ''), at + '/#');
        check(schema.additionalProperties, each.value, true, at, errors);
      });
      break;
    case 'fields':
      names(schema).forEach((name) =>
        check(schema.properties[name], draft[name], isRequired(schema, name), path + step(name), errors));
      break;
    case 'enum': break;
    default: wrong(textErrors(schema, draft.trim()));
  }
  return errors;
}

/**
 * Whether an error of the API is of the form that was chosen: of a `oneOf` the errors of every branch are told.
 *
 * @param error {field, schema}: the field's pointer, and the evaluation path of the rule
 */
export function isOfChosen(schema, draft, { field, schema: path }) {
  const keys = field.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  const rule = (path || '').split('/').slice(1);
  let value = draft;
  let at = schema;
  while (rule.length && at) {
    const word = rule.shift();
    if (word === 'oneOf') {
      if (!rule.length) return !(value?.form >= 0); // Of a chosen form, what is wrong within it says more.
      const branch = Number(rule.shift());
      if (value?.form !== branch) return false;
      [at, value] = [form(at, branch), value.of[branch]];
    } else if (word === 'properties') {
      const name = rule.shift().replace(/~1/g, '/').replace(/~0/g, '~');
      keys.shift();
      [at, value] = [at.properties?.[name], value?.[name]];
    } else if (word === 'items') {
      [at, value] = [at.items, value?.[Number(keys.shift())]];
    } else if (word === 'additionalProperties' && rule.length) {
      const key = keys.shift();
      [at, value] = [at.additionalProperties, value?.find?.((each) => each.key.trim() === key)?.value];
    } else {
      break;
    }
  }
  return true;
}

/** Whether any of its fields takes a file. */
export function takesFile(schema) {
  const kind = kindOf(schema);
  return kind === 'file'
    || kind === 'forms' && schema.oneOf.some((_, index) => takesFile(form(schema, index)))
    || kind === 'list' && takesFile(schema.items)
    || kind === 'map' && takesFile(schema.additionalProperties)
    || kind === 'fields' && names(schema).some((name) => takesFile(schema.properties[name]));
}

/** Words for the values of an enumeration, or of a list of them. */
export const wordsOf = (schema) => schema['x-slipway-labels'] || schema.items?.['x-slipway-labels'] || {};

/** A draft's fields with a name, for the eye: [[path of labels, text]]; `fileName` says what a file is called. */
export function told(schema, value, path = [], fileName = () => 'a file') {
  if (value === undefined) return [];
  switch (kindOf(schema)) {
    case 'const': return [];
    case 'forms': {
      const index = schema.oneOf.findIndex((_, each) => fits(form(schema, each), value));
      return index < 0 ? [] : [[path, schema.oneOf[index].title || ''], ...told(form(schema, index), value, path, fileName)]
        .filter(([, text]) => text);
    }
    case 'boolean': return [[path, value ? 'yes' : 'no']];
    case 'choices': return [[path, value.map((each) => wordsOf(schema)[each] || each).join(', ')]];
    case 'lines': return [[path, value.join(', ')]];
    case 'list': return value.flatMap((each, index) =>
      told(schema.items, each, [...path, `${schema.items.title || 'Entry'} ${index + 1}`], fileName));
    case 'map': return Object.entries(value).flatMap(([key, each]) =>
      told(schema.additionalProperties, each, [...path, key], fileName));
    case 'fields': return names(schema).flatMap((name) =>
      told(schema.properties[name], value[name], [...path, label(schema, name)], fileName));
    case 'enum': return [[path, wordsOf(schema)[value] || value]];
    case 'file': return [[path, fileName(value)]];
    default: return [[path, String(value)]];
  }
}

/** What a draft is about, in a few words: for the heading of a folded card. */
export function gist(schema, draft) {
  const texts = told(schema, toValue(schema, draft)).map(([, text]) => text).filter(Boolean);
  return texts.slice(0, 4).join(' · ').slice(0, 90);
}

// The values that the form itself defines at a place such as `/tariffs/*/name`.
export function defined(place, root) {
  const walk = (value, parts) => {
    if (value === undefined || value === null) return [];
    if (!parts.length) return [value];
    const [first, ...rest] = parts;
    return first === '*' ? Object.values(value).flatMap((each) => walk(each, rest)) : walk(value[first], rest);
  };
  return [...new Set(walk(root, place.split('/').slice(1)).filter((each) => typeof each === 'string' && each.trim()))];
}
