// What people wrote about one step: questions and answers, who is blocked, and how that was settled.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { ask } from '../dialog.js';
import { ago, person } from '../words.js';

const MOST = 2000;

/** Says that the reader cannot go on; answers whether it was said. */
export const block = (o, work) => ask({
  title: `I am blocked: ${work.stepTitle || work.title}`,
  what: html`<p>Those who lead the onboarding are told at once. The date stays, and you are not reminded until it is settled.</p>`,
  fields: [{ name: 'text', label: 'What do you need to go on?', hint: 'Never write a password or key here.', rows: 4, most: MOST }],
  button: 'Tell them',
  act: ({ text }) => api.note(o, work.task, { text, blocked: true, ...(work.step ? { step: work.step } : {}) }),
});

/** Says how it was settled; answers whether it was said. */
export const settle = (o, note) => ask({
  title: 'It is settled',
  what: html`<p>Whoever was blocked goes on, and is reminded again.</p>`,
  fields: [{ name: 'text', label: 'How was it settled?', rows: 4, most: MOST }],
  button: 'Settle it',
  act: ({ text }) => api.settle(o, note, text),
});

/** The notes of a step, and the field for another one. */
export function conversation(view, o, key) {
  const kept = `note:${o}:${key}`;
  let text = sessionStorage.getItem(kept) || '';
  let wrong = '';
  let busy = false;
  let older = [];

  const type = (e) => {
    text = e.target.value;
    sessionStorage.setItem(kept, text);
  };
  async function send(e) {
    e.preventDefault();
    wrong = text.trim() ? '' : 'Write what you want to ask or tell.';
    if (!wrong) {
      busy = true;
      view.redraw();
      try {
        await api.note(o, key, { text: text.trim() });
        text = '';
        sessionStorage.removeItem(kept);
        view.say('It was sent.');
        await view.reload();
      } catch (problem) {
        wrong = problem.message;
      }
      busy = false;
    }
    view.redraw();
    document.getElementById('note').focus();
  }
  async function more(cursor) {
    const page = await api.notes(o, key, cursor);
    older = [...older, page];
    view.redraw();
  }

  return {
    load: async () => api.notes(o, key),
    /** `over`: nobody can write any more. */
    draw(latest, over) {
      const pages = [latest, ...older];
      const notes = pages.flatMap((page) => page.notes).filter((note, at, all) => all.findIndex((each) => each.id === note.id) === at).reverse();
      const next = pages.at(-1).next;
      return html`<section aria-labelledby="conversation"><h2 id="conversation">Conversation</h2>
        ${next ? html`<p><button type="button" @click=${() => more(next)}>Earlier notes</button></p>` : nothing}
        ${notes.length ? html`<ul class="notes">${notes.map((note) => html`<li>
          <p class="fine">${person(note.by)}, ${ago(note.at)}${note.blocked ? html` <span class="chip ${note.settled ? 'done' : 'failed'}">${note.settled ? 'Was blocked' : 'Blocked'}</span>` : nothing}</p>
          <p class="own">${note.text}</p>
          ${note.settled ? html`<p class="fine">Settled by ${person(note.settled.by)} ${ago(note.settled.at)}:</p><p class="own">${note.settled.text}</p>` : nothing}</li>`)}</ul>`
          : html`<p>Nobody has written anything here yet.</p>`}
        ${over ? nothing : html`<form novalidate @submit=${send}><div class="field ${wrong ? 'wrong' : ''}"><label for="note">Ask or tell something</label>
          <p class="hint" id="note-hint">Everybody who sees this onboarding can read it. Never write a password or key here.</p>
          ${wrong ? html`<p class="error" id="note-error"><b>Not right:</b> ${wrong}</p>` : nothing}
          <textarea id="note" rows="3" maxlength="${MOST}" aria-describedby="note-hint${wrong ? ' note-error' : ''}" .value=${text} @input=${type}></textarea></div>
          <p class="buttons"><button ?disabled=${busy}>${busy ? 'One moment …' : 'Send'}</button></p></form>`}</section>`;
    },
  };
}
