// C1: what waits for the customer, what is missing, who else is awaited, and how far everything is.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { standing } from './after.js';
import { expectedEnd } from '../expected.js';
import { OUTCOMES, PARTIES, STATES, ago, awaited, count, date, fromName, isOver, person, place, prose, shown, since, titleOf, titled, titlesOf, together, until, withFields }
  from '../words.js';

export const chip = (outcome) => html`<span class="chip ${outcome.toLowerCase()}">${OUTCOMES[outcome] || fromName(outcome)}</span>`;

/** How many instances of a row have each outcome. */
export const countChips = (row) => html`${Object.entries(row.outcomes).map(([outcome, number]) =>
  html`<span class="chip ${outcome.toLowerCase()}">${number} ${OUTCOMES[outcome].toLowerCase()}</span>`)}
  ${row.overdue ? html`<b class="wrong">${row.overdue} overdue</b>` : nothing}`;

export const progressBar = (progress) => html`<p class="progress">
  <progress max="${progress.total || 1}" value="${progress.settled}" aria-label="Rows settled"></progress>
  <span>${progress.settled} of ${count(progress.total, 'row', 'rows')} settled${progress.open ? `, ${progress.open} open` : ''}</span></p>`;

/** After what comes a row that has its turn later. */
export function after(row, all, titles) {
  const open = awaited(row.waitsFor, all);
  return open.length ? `after ${together(open, titles)}` : 'in a moment';
}

/** The first sentence of a text. */
export const first = (text) => (text || '').split('\n')[0].match(/^.*?[.!?](?= |$)/)?.[0] || (text || '').split('\n')[0];

/** What stands open for one party, the earliest due first. */
const openFor = (works, isMine) => works
  .filter((work) => isMine(work) && !work.underWay && work.about !== 'WAIVER')
  .filter((work) => !/\.gate(@|$)/.test(work.task) || work.step || work.problem)
  .sort((a, b) => Number(b.overdue) - Number(a.overdue) || (a.due || '~').localeCompare(b.due || '~'));

/** Of which instances it is asked. */
const places = ({ instances = [] }) => (instances.length > 3 ? count(instances.length, 'instance', 'instances')
  : instances.map(place).join('; '));

function workCard(o, work, titles) {
  return html`<li class="card ${work.overdue || work.outcome === 'FAILED' ? 'late' : ''}">
    <h3><a href="/app/o/${o}/task/${encodeURIComponent(work.task)}">${titleOf(work)}</a></h3>
    ${work.problem ? html`<p class="wrong">${prose(work.problem.message, titles)}</p>`
      : work.instructions ? html`<p>${prose(first(work.instructions), titles)}</p>` : nothing}
    <p class="fine">${[[work.row, work.stepTitle && work.title].filter(Boolean).join(' '), places(work),
      work.due ? (work.overdue ? `overdue since ${date(work.due)}` : until(work.due)) : '', `asked ${ago(work.since)}`,
      work.delegatedTo ? `handed to ${work.delegatedTo}` : ''].filter(Boolean).join(' · ')}</p>
  </li>`;
}

export function overview(view, o) {
  const isTheirs = (work) => work.party === 'CUSTOMER';
  const everything = ({ all, many }) => [...all.openWork, ...many.works];
  const unfolded = new Set();

  function needed({ elements, credentials }) {
    const isOurs = (each) => each.applies && (each.yours || each.party === 'CUSTOMER') && each.party !== 'VENDOR';
    return [
      ...elements.filter((each) => isOurs(each) && !each.version)
        .map((each) => ({ ...each, href: `/app/o/${o}/give/${encodeURIComponent(each.element)}`, what: 'a form' })),
      ...credentials.filter((each) => isOurs(each) && !each.usable)
        .map((each) => ({ ...each, href: `/app/o/${o}/credential/${encodeURIComponent(each.system)}`, what: 'access data' })),
    ];
  }

  const need = (titles) => (each) => html`<li class="card">
    <h3><a href="${each.href}">${instanceTitle(each)}</a></h3>
    ${each.row?.outcome === 'INVALID' ? html`<p class="wrong">${prose(each.row.findings?.[0]?.message || each.row.reason, withFields(titles, each.schema))}</p>`
      : each.message ? html`<p class="wrong">${prose(each.message, titles)}</p>` : each.guidance ? html`<p>${prose(first(each.guidance), titles)}</p>` : nothing}
    <p class="fine">${each.what}</p></li>`;

  function sections(all, titles) {
    return all.sections.map((section) => html`<details ?open=${unfolded.has(section.section)} @toggle=${(e) => {
        if (e.target.open) unfolded.add(section.section); else unfolded.delete(section.section);
        view.redraw();
      }}>
      <summary><b>${section.title}</b> <span class="fine">${section.progress.settled} of ${section.progress.total}${
        section.stopped ? ', stopped' : ''}</span></summary>
      ${unfolded.has(section.section) ? html`<ul class="rows">
        ${(section.elements || []).map((row) => html`<li><span class="id">${row.row}</span>
          <span class="what">${titled(row.title, row.instance)}</span>${chip(row.outcome)}</li>`)}
        ${section.tasks.filter((each) => each.outcome !== 'PLANNED').map((each) => html`<li><span class="id">${each.row}</span>
          <span class="what"><a href="/app/o/${o}/task/${encodeURIComponent(each.instance ? `${each.task}@${each.instance}` : each.task)}">
            ${titled(each.title, each.instance)}</a>
            ${each.instances ? html`<span class="fine">${count(each.instances, 'instance', 'instances')}</span>`
              : shown(each) === 'LATER' ? html`<span class="fine">${after(each, all, titles)}</span>` : nothing}
          </span>${each.instances ? countChips(each) : chip(shown(each))}</li>`)}</ul>` : nothing}
    </details>`);
  }

  return {
    isLive: true,
    back: () => (view.isStaff ? view.home(o) : null),
    async load() {
      // One after the other: together they would start several functions.
      const all = await api.summaryWithEnd(o);
      const many = all === view.data?.all ? view.data.many : await api.asksOf(o, all, 'CUSTOMER');
      const asked = await api.elements(o);
      return { all, many, asked, looks: all.onboarding.state === 'SIGNED_OFF' ? await api.looks(o) : undefined };
    },
    title: ({ all }) => all.onboarding.name,
    news: (before, now) => (openFor(everything(now), isTheirs).length > openFor(everything(before), isTheirs).length
      ? 'Something new waits for you.' : ''),
    draw({ all, many, asked, looks }) {
      const titles = titlesOf(all, asked);
      const todo = openFor(everything({ all, many }), isTheirs);
      const needs = isOver(all.onboarding) ? [] : needed(asked);
      const must = needs.filter((each) => each.requirement === 'mandatory');
      const wrong = [...asked.elements.map((each) => ({ ...each, href: `/app/o/${o}/give/${encodeURIComponent(each.element)}`,
        what: 'not right yet' }))].filter((each) => each.applies && each.version && each.row?.outcome === 'INVALID' && each.yours);
      const more = needs.filter((each) => each.requirement !== 'mandatory');
      const looked = everything({ all, many }).filter((work) => work.underWay && work.party !== 'MACHINE');
      const others = [...all.openWork, ...all.sections.flatMap((section) => section.tasks)
        .flatMap((row) => (row.waits || []).map((wait) => ({ ...wait, task: row.task, title: row.title })))]
        .filter((work) => !isTheirs(work) && !work.underWay && work.party !== 'MACHINE' && (!/\.gate(@|$)/.test(work.task) || work.step));
      const number = todo.length + many.left + must.length + wrong.length;
      return html`
        <p class="lead">${STATES[all.onboarding.state]}. <b>${number === 0 ? 'Nothing waits for you.'
          : view.isStaff ? `${count(number, 'thing waits', 'things wait')} for the customer.`
          : `${count(number, 'thing waits', 'things wait')} for you.`}</b></p>
        ${progressBar(all.progress)}
        ${todo.length || wrong.length ? html`<h2>To do</h2><ul class="cards">${wrong.map(need(titles))}
          ${todo.map((work) => workCard(o, work, titles))}</ul>${many.left
          ? html`<p>${many.left} more of this sort: each row below tells its own.</p>` : nothing}` : nothing}
        ${must.length ? html`<h2>Information we need</h2><ul class="cards">${must.map(need(titles))}</ul>` : nothing}
        ${looked.length ? html`<h2>Being checked right now</h2><ul>${looked.map((work) =>
          html`<li>${work.title}</li>`)}</ul>` : nothing}
        ${others.length ? html`<h2>Others who are awaited</h2><ul>${others.map((work) => html`<li>
          <b>${titleOf({ ...work, stepTitle: '' })}</b>${work.count ? ` (${work.count})` : ''}: ${PARTIES[work.party]}, for ${since(work.since)}${work.due ? `, until ${date(work.due)}` : ''}</li>`)}</ul>` : nothing}
        ${more.length ? html`<details class="more"><summary>${more.length} more you may give</summary>
          <ul class="cards">${more.map(need(titles))}</ul></details>` : nothing}
        ${expectedEnd(all.expected)}
        <h2>Progress</h2>${sections(all, titles)}
        ${all.onboarding.endedAt ? html`<p class="fine">Ended ${ago(all.onboarding.endedAt)}${all.onboarding.eraseAt
          ? `; personal data and secrets are erased on ${date(all.onboarding.eraseAt)}` : ''}.</p>` : nothing}
        ${looks ? html`<p>${standing(looks)} <a href="/app/o/${o}/report">${looks.addenda.length ? `What was found: ${count(looks.addenda.length, 'addendum', 'addenda')} to the report` : 'The report'}</a></p>` : nothing}
        <p class="fine">Begun by ${person(all.onboarding.createdBy)} ${ago(all.onboarding.createdAt)}.</p>`;
    },
  };
}

/** An element's title, with its instance if it is given for each of several. */
export const instanceTitle = (each) => titled(each.title, (each.element || each.system).split('@')[1]);
