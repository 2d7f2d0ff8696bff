// Files: texts and values name one by its SHA-256. People read its name, and save it by a click.
import { html } from 'lit-html';
import { api } from './api.js';
import { withSettings } from './words.js';

/** Has the browser save these bytes as a file of that name. */
export function keep(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // By then the browser has begun to read it.
}

/** The files of an onboarding, if these data name one. */
export const filesIn = async (o, data) => (/\b[0-9a-f]{64}\b/.test(JSON.stringify(data)) ? api.files(o) : []);

/** A file's name, by which it is saved. */
export const fileButton = (view, name, download) => html`<button type="button" class="link" @click=${async () => {
    try {
      keep(await download(), name);
    } catch (problem) {
      view.say(problem.status === 404 ? `${name} is not kept any more.` : problem.message);
    }
  }}>${name}<span class="unseen">, save this file</span></button>`;

/** Draws a text with these files in the places where it names them. */
export const filesOf = (view, files, download) => (text) => {
  const known = new Map(files.map((file) => [file.sha256, file]));
  // Where a text tells the name besides, the name of the button is enough.
  const once = files.reduce((all, { sha256, name }) => all.replaceAll(`${name}, SHA-256 ${sha256}`, sha256)
    .replaceAll(`${sha256} (${name}, `, `${sha256} (`), text || '');
  return once.split(/\b([0-9a-f]{64})\b/).map((part) => (known.has(part)
    ? fileButton(view, known.get(part).name, () => download(part)) : withSettings(part)));
};
