// M1: every onboarding. M7: a new one.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { endInShort } from '../expected.js';
import { PARTIES, STATES, ago, count, since } from '../words.js';

const CHECKLISTS = [['hosting-provider', 'Hosting provider'], ['enterprise-environment', 'Enterprise environment']];

const FILTERS = [
  ['ALL', 'All'], ['OVERDUE', 'Overdue'], ['FAILED', 'Failed'], ['BLOCKED', 'Blocked'], ['WAIVER', 'Waiver'], ['CUSTOMER', 'Wait for the customer'],
  ['VENDOR', 'Wait for us'],
];

/** The pages of those who look at all onboardings. */
export const PAGES_OF_ALL = [['/app', 'Onboardings'], ['/app/work', 'Our work']];

export function portfolio(view) {
  const cursors = [];
  let filter = 'ALL';
  const show = (name) => () => {
    filter = name;
    cursors.length = 0;
    view.reload();
  };
  const turn = (cursor) => {
    if (cursor) cursors.push(cursor); else cursors.pop();
    view.reload();
  };
  const attention = (it) => [it.overdue ? `${it.overdue} overdue` : '', it.failed ? `${it.failed} failed` : '', it.blocked ? `${it.blocked} blocked` : '',
    it.waivers ? count(it.waivers, 'waiver', 'waivers') : ''].filter(Boolean).join(', ');

  return {
    isLive: true, isWide: true,
    load: () => api.portfolio({ limit: 25, ...(filter === 'ALL' ? {} : { show: filter }), ...(cursors.length ? { cursor: cursors.at(-1) } : {}) }),
    title: () => 'Onboardings',
    draw({ counts, onboardings, next }) {
      return html`
        ${view.me.roles.includes('manager') ? html`<p><a class="button primary" href="/app/new">New onboarding …</a></p>` : nothing}
        <div class="filters" role="group" aria-label="Show">${FILTERS.map(([name, words]) => html`<button type="button"
          aria-pressed="${name === filter}" @click=${show(name)}>${words} ${counts[name]}</button>`)}</div>
        ${onboardings.length ? html`<div class="table" role="table" aria-label="Onboardings">
          <div role="row" class="head"><span role="columnheader">Customer</span><span role="columnheader">State</span>
            <span role="columnheader">Progress</span><span role="columnheader">Waits for</span><span role="columnheader">Attention</span></div>
          ${onboardings.map((it) => html`<div role="row"><span role="cell"><a href="/app/m/${it.id}"><b>${it.name}</b></a>
                <span class="fine">${CHECKLISTS.find(([id]) => id === it.checklist)?.[1] || it.checklist}, begun ${ago(it.createdAt)}</span></span>
              <span role="cell" data-label="State">${STATES[it.state]}</span>
              <span role="cell" data-label="Progress">${it.progress.settled} of ${it.progress.total} ${endInShort(it.expected)}</span>
              <span role="cell" data-label="Waits for">${it.waits.map((one) => `${PARTIES[one.party]} (${one.count})${one.since ? ` for ${since(one.since)}` : ''}`).join(', ') || '–'}</span>
              <span role="cell" data-label="Attention" class="wrong">${attention(it) || html`<span class="fine">–</span>`}</span></div>`)}</div>` : html`<p>${counts.ALL ? 'None of these.' : 'There is no onboarding yet.'}</p>`}
        <p class="buttons">${cursors.length ? html`<button type="button" @click=${() => turn()}>Back</button>` : nothing}
          ${next ? html`<button type="button" @click=${() => turn(next)}>More</button>` : nothing}</p>`;
    },
  };
}

export function create(view) {
  const key = crypto.randomUUID(); // Made as the form opens: sent twice, it is one onboarding.
  const said = { name: '', checklist: '' };
  let wrong = {};
  let busy = false;
  const submit = async (e) => {
    e.preventDefault();
    wrong = { ...(said.name.trim() ? {} : { name: 'Must be given.' }), ...(said.checklist ? {} : { checklist: 'Choose one.' }) };
    if (!Object.keys(wrong).length) {
      busy = true;
      view.redraw();
      try {
        const made = await api.create(said.checklist, said.name.trim(), key);
        view.go(`/app/m/${made.onboarding.id}`, `${said.name} was created.`);
        return;
      } catch (problem) {
        wrong = problem.at?.(Object.keys(said)) || {};
        if (!Object.keys(wrong).length) wrong.all = problem.message;
      }
      busy = false;
    }
    view.redraw();
    document.querySelector('.wrong input, .notice')?.focus();
  };
  const error = (name) => (wrong[name] ? html`<p class="error" id="${name}-error"><b>Not right:</b> ${wrong[name]}</p>` : nothing);
  return {
    back: () => ['/app', 'Onboardings'],
    title: () => 'New onboarding',
    draw: () => (!view.me.roles.includes('manager') ? html`<p>An onboarding manager makes a new one.</p>` : html`<form novalidate @submit=${submit}>
      ${wrong.all ? html`<div class="notice bad" tabindex="-1" role="alert"><p>${wrong.all}</p></div>` : nothing}
      <div class="field ${wrong.name ? 'wrong' : ''}"><label for="name">Customer</label><p class="hint" id="name-hint">What people call it.</p>${error('name')}
        <input id="name" maxlength="100" autocomplete="off" aria-describedby="name-hint${wrong.name ? ' name-error' : ''}" .value=${said.name} @input=${(e) => { said.name = e.target.value; }}></div>
      <fieldset class="field group ${wrong.checklist ? 'wrong' : ''}"><legend>Checklist</legend>${error('checklist')}<div class="choices">${CHECKLISTS.map(([id, words]) => html`
        <label class="choice"><input type="radio" name="checklist" @change=${() => { said.checklist = id; }}><span>${words}</span></label>`)}</div></fieldset>
      <p class="buttons"><button class="primary" ?disabled=${busy}>Create it</button><a href="/app">Cancel</a></p></form>`),
  };
}
