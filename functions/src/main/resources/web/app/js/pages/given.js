// C2: everything that is asked for, section by section, and where it stands.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { GIVERS, GRADES, ago, isOver, person } from '../words.js';
import { instanceTitle } from './overview.js';

const state = (each) => {
  if (each.system) {
    if (each.usable || each.grade) return each.usable ? ['done', 'Tested'] : ['failed', GRADES[each.grade]];
    return each.requirement === 'mandatory' ? ['waiting', 'Missing'] : ['pending', 'Optional'];
  }
  if (each.row?.outcome === 'INVALID') return ['failed', 'Not right'];
  if (each.version) return each.applies ? ['done', 'Given'] : ['not_applicable', 'Not asked for any more'];
  return each.requirement === 'mandatory' ? ['waiting', 'Missing'] : ['pending', 'Optional'];
};

export function given(view, o) {
  const line = (over) => (each) => {
    const [kind, words] = state(each);
    const href = each.system ? `/app/o/${o}/credential/${encodeURIComponent(each.system)}`
      : `/app/o/${o}/give/${encodeURIComponent(each.element)}`;
    return html`<li><span class="what"><a href="${href}">${instanceTitle(each)}</a>
        <span class="fine">${[each.system ? 'access data' : '', each.by ? `by ${person(each.by)} ${ago(each.at)}`
          : each.yours || over ? '' : GIVERS[each.party].slice(0, -1)].filter(Boolean).join(', ')}</span></span>
      <span class="chip ${kind}">${words}</span></li>`;
  };
  return {
    back: () => view.home(o),
    title: () => 'Information',
    async load() {
      const all = await api.summary(o);
      return { all, asked: await api.elements(o) };
    },
    draw({ all, asked }) {
      const titles = new Map(all.sections.map((section) => [section.section, section.title]));
      const every = [...asked.elements, ...asked.credentials].filter((each) => each.applies || each.version || each.usable);
      const sections = [...new Set(every.map((each) => each.section))];
      return sections.length ? sections.map((section) => html`<h2>${titles.get(section) || section}</h2>
          <ul class="rows">${every.filter((each) => each.section === section).map(line(isOver(all.onboarding)))}</ul>`)
        : html`<p>Nothing is asked for.</p>`;
    },
  };
}

/** Values for a reader who may not change them; `show` draws each. */
export const readOnly = (pairs, show = (text) => text) => (pairs.length ? html`<dl class="facts">${pairs.map(([path, text]) =>
  html`<dt>${path.join(', ') || 'Value'}</dt><dd>${show(text)}</dd>`)}</dl>` : nothing);
