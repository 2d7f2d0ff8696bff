// C6: who did what, the newest first.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { fileButton } from '../files.js';
import { ZONE, date, detail, hour, isNews, moment, reason, sentence, titlesOf } from '../words.js';

const PAGE = 50;

/** An event in a list of them; `time` is what tells when. A file that was handed over can be saved. */
export const line = (view, o, event, titles, time) => html`<li><time datetime="${event.at}" title="${moment(event.at)}">${time}</time>
  <span>${sentence(event, titles)}${event.what === 'file.kept' ? html`<span class="fine">${fileButton(view, event.detail, () => api.download(o, event.subject))}</span>`
    : detail(event, titles) ? html`<span class="fine">${detail(event, titles)}</span>` : nothing}
    ${event.why ? html`<span class="fine ${event.what === 'step.answered' ? 'own' : ''}">${reason(event, titles)}</span>` : nothing}</span></li>`;

export function history(view, o) {
  let most = PAGE;
  let isAll = false;
  const wanted = (events) => (isAll ? events : events.filter(isNews));
  return {
    back: () => view.home(o),
    title: () => 'History',
    async load() {
      const all = await api.summary(o);
      const asked = await api.elements(o);
      return { titles: [...titlesOf(all, asked)], ...await api.events(o, (events) => wanted(events).length > most) };
    },
    draw({ titles, events, next }) {
      const known = new Map(titles);
      const of = wanted(events);
      const shown = of.slice(0, most);
      const show = (all) => () => {
        isAll = all;
        most = PAGE;
        view.reload();
      };
      const days = [...new Set(shown.map((event) => date(event.at)))];
      const more = () => {
        most += PAGE;
        view.reload();
      };
      return html`<div class="filters" role="group" aria-label="Show">
          <button type="button" aria-pressed="${!isAll}" @click=${show(false)}>What people did, and what came of it</button>
          <button type="button" aria-pressed="${isAll}" @click=${show(true)}>Everything</button></div>
        ${of.length ? nothing : html`<p>Nothing happened yet.</p>`}
        ${days.map((day) => html`<h2>${day}</h2><ul class="events">${shown.filter((event) => date(event.at) === day)
          .map((event) => line(view, o, event, known, hour(event.at)))}</ul>`)}
        ${of.length > most || next ? html`<p><button type="button" @click=${more}>Show more</button></p>` : nothing}
        <p class="fine">Times are those of ${ZONE}.</p>`;
    },
  };
}
