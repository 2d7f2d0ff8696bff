// M2: what we are asked for in all onboardings, the earliest due first.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { place, titleOf, until } from '../words.js';

const PARTIES = [['VENDOR', 'Asked of us'], ['SECOND_PERSON', 'Waivers for a second person'], ['CUSTOMER', 'Asked of customers'],
  ['THIRD_PARTY', 'Asked of third parties']];

export function work(view) {
  const cursors = [];
  let party = 'VENDOR';
  const show = (other) => () => {
    party = other;
    cursors.length = 0;
    view.reload();
  };
  const turn = (cursor) => () => {
    if (cursor) cursors.push(cursor); else cursors.pop();
    view.reload();
  };
  return {
    isLive: true, isWide: true,
    title: () => 'Our work',
    load: () => api.openWork({ party, limit: 25, ...(cursors.length ? { cursor: cursors.at(-1) } : {}) }),
    draw: (page) => html`
      <div class="filters" role="group" aria-label="Show">${PARTIES.map(([name, words]) => html`<button type="button"
        aria-pressed="${name === party}" @click=${show(name)}>${words}</button>`)}</div>
      ${page.work.length ? html`<div class="table" role="table" aria-label="Open work">
        <div role="row" class="head of-three"><span role="columnheader">What</span><span role="columnheader">Customer</span>
          <span role="columnheader">Until</span></div>
        ${page.work.map(({ onboarding, name, work: each }) => html`<div role="row" class="of-three">
          <span role="cell"><a href="/app/o/${onboarding}/task/${encodeURIComponent(each.task)}"><b>${titleOf(each)}</b></a>
            <span class="fine">${[each.row, each.stepTitle ? each.title : '', (each.instances || []).map(place).join('; ')].filter(Boolean).join(' · ')}</span></span>
          <span role="cell" data-label="Customer"><a href="/app/m/${onboarding}">${name}</a></span>
          <span role="cell" data-label="Until" class="${each.overdue ? 'wrong' : ''}">${each.due ? until(each.due) : 'no date'}</span></div>`)}</div>`
        : html`<p>Nothing is open here.</p>`}
      <p class="buttons">${cursors.length ? html`<button type="button" @click=${turn()}>Back</button>` : nothing}
        ${page.next ? html`<button type="button" @click=${turn(page.next)}>More</button>` : nothing}</p>`,
  };
}
