// Which page stands at an address, and what is around every page.
import { html, nothing, render } from 'lit-html';
import { api } from './api.js';
import { live } from './live.js';
import { cannotSignIn, remaining, signedIn, signIn, signOut } from './login.js';
import { overview } from './pages/overview.js';
import { given } from './pages/given.js';
import { give } from './pages/give.js';
import { credential } from './pages/credential.js';
import { task } from './pages/task.js';
import { history as historyPage } from './pages/history.js';
import { report } from './pages/report.js';
import { runners } from './pages/runners.js';
import { invitation, mine, people } from './pages/people.js';
import { guest } from './pages/guest.js';
import { PAGES_OF_ALL, portfolio, create } from './pages/portfolio.js';
import { work } from './pages/work.js';
import { board, row } from './pages/board.js';
import { plan, signOff } from './pages/plan.js';

const root = document.getElementById('app');
const PAGES = [
  ['', portfolio], ['work', work], ['new', create],
  ['o/:', overview], ['o/:/given', given], ['o/:/give/:', give], ['o/:/credential/:', credential], ['o/:/task/:', task],
  ['o/:/history', historyPage], ['o/:/report', report], ['o/:/runners', runners],
  ['o/:/people', people], ['i/:', invitation], ['mine', mine],
  ['m/:', board], ['m/:/plan', plan], ['m/:/sign-off', signOff], ['m/:/row', row],
].map(([path, page]) => [new RegExp('^/app/?' + path.replace(/:/g, '([^/]+)') + '/?$'), page]);

let who = { roles: [], onboarding: '' };
let current = { stop() {} };
let isFirst = true;

function say(text) {
  document.getElementById('said').textContent = text;
  setTimeout(() => {
    if (document.getElementById('said').textContent === text) document.getElementById('said').textContent = '';
  }, 8000);
}

/** Goes to an address of these pages. */
function go(path, text = '') {
  history.pushState(null, '', path);
  open();
  if (text) say(text);
}

/** Where an onboarding's pages lead back to: the board for staff, the overview for the customer. */
const home = (o) => (isStaff() ? [`/app/m/${o}`, 'Back to the board'] : [`/app/o/${o}`, 'Back to the overview']);
const isStaff = () => who.roles.some((role) => role === 'manager' || role === 'engineer');

function header(onboarding) {
  const o = onboarding && `/app/o/${onboarding}`;
  const links = !onboarding ? (isStaff() ? PAGES_OF_ALL : []) : [
    ...(isStaff() ? [['/app', 'Onboardings'], [`/app/m/${onboarding}`, 'Board']] : [[o, 'Overview']]),
    ...(isStaff() ? [[o, 'As the customer sees it']] : []),
    [`${o}/given`, 'Information'], [`${o}/history`, 'History'], [`${o}/report`, 'Report'], [`${o}/people`, 'People'], [`${o}/runners`, 'Probe runners'],
  ];
  const here = (path) => (location.pathname === path ? 'page' : nothing);
  return html`<a class="skip" href="#content" @click=${(e) => { e.preventDefault(); document.querySelector('h1')?.focus(); }}>
      Skip to the content</a>
    <header><div class="bar">
      <a class="brand" href="/app" aria-current=${here('/app')}>Slipway</a>
      ${links.length ? html`<nav aria-label="${onboarding ? 'Onboarding' : 'All onboardings'}">${links.map(([path, words]) =>
        html`<a href="${path}" aria-current=${here(path)}>${words}</a>`)}</nav>` : nothing}
      <span class="who">${who.name}</span>
      <button type="button" class="link" @click=${signOut}>Sign out</button>
    </div></header>`;
}

const failure = (problem) => (problem.status === 404
  ? 'There is no such thing, or it is not for you to see.'
  : problem.status === 403 ? 'Your account may not see this. Ask the onboarding manager.' : problem.message);

/** Opens the page at the address of now. */
function open() {
  current.stop();
  if (!isStaff() && /^\/app(\/?$|\/new|\/work|\/m\/)/.test(location.pathname) && who.onboarding) {
    history.replaceState(null, '', who.onboardings?.length > 1 ? '/app/mine' : `/app/o/${who.onboarding}`); // What is not the customer's leads to what is.
  }
  const found = PAGES.map(([path, page]) => [location.pathname.match(path), page]).find(([match]) => match);
  const values = found ? found[0].slice(1).map(decodeURIComponent) : [];
  const isOfOne = /^\/app\/[om]\//.test(location.pathname);
  const view = { me: who, isStaff: isStaff(), home, go, say, data: undefined, redraw: () => {}, reload: async () => {} };
  let stopLooking = () => {};
  let isOpen = true;
  let problem;
  let lost = false;
  const page = found ? found[1](view, ...values) : { title: () => 'There is no such page',
    draw: () => html`<p><a href="/app">Go to the beginning</a></p>` };

  const draw = () => {
    if (!isOpen) return;
    const title = view.data !== undefined || !page.load ? page.title(view.data) : problem ? 'That did not work' : 'One moment …';
    document.title = `${title} – Slipway`;
    const back = page.back && view.data !== undefined ? page.back(view.data) : page.back?.();
    render(html`${header(isOfOne ? values[0] : '')}
      <main class="page ${page.isWide ? 'wide' : ''}" id="content">
        ${remaining() < 300_000 ? html`<div class="notice"><p>Your sign-in ends in a few minutes. What you typed is kept.
          <button type="button" class="link" @click=${signIn}>Sign in again now</button></p></div>` : nothing}
        ${back ? html`<p class="back"><a href="${back[0]}">${back[1]}</a></p>` : nothing}
        <h1 tabindex="-1">${title}</h1>
        ${lost ? html`<p class="hint" role="status">The server does not answer at the moment: this is how things stood before.</p>` : nothing}
        ${problem ? html`<div class="notice bad" role="alert"><p>${failure(problem)}</p>
            <p><button type="button" @click=${() => open()}>Try again</button></p></div>`
          : view.data !== undefined || !page.load ? page.draw(view.data) : nothing}
      </main>`, root);
  };
  view.redraw = draw;
  view.reload = async () => {
    try {
      const data = await page.load();
      const isNew = JSON.stringify(data) !== JSON.stringify(view.data);
      const wasThere = view.data !== undefined;
      const before = view.data;
      view.data = data;
      lost = false;
      if (isNew && wasThere && isOpen && page.news?.(before, data)) say(page.news(before, data));
    } catch (thrown) {
      if (view.data === undefined) problem = thrown;
      else lost = true;
    }
    draw();
  };
  view.joined = async (path) => {
    who = await api.me();
    go(path, 'You are in.');
  };
  current = { stop: () => { isOpen = false; stopLooking(); page.leave?.(); } };
  const focus = () => {
    if (!isFirst && isOpen) document.querySelector('h1')?.focus();
    isFirst = false;
  };
  scrollTo(0, 0);
  draw();
  if (page.load) {
    view.reload().then(() => {
      focus();
      if (page.isLive && isOpen) stopLooking = live(view.reload);
    });
  } else {
    focus();
  }
}

document.addEventListener('click', (e) => {
  const link = e.target.closest('a[href^="/app"]');
  if (link && !e.defaultPrevented && e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey && !link.target) {
    e.preventDefault();
    go(link.getAttribute('href'));
  }
});

function alone(title, text, button) {
  root.replaceChildren();
  document.title = `${title} – Slipway`;
  render(html`<main class="page" id="content"><h1 tabindex="-1">${title}</h1><p>${text}</p>
    ${button ? html`<p><button type="button" class="primary" @click=${signIn}>${button}</button></p>` : nothing}</main>`, root);
}

/** A guest's page: no head, no links, and nobody signs in. */
async function openGuest(o, grant) {
  const view = { say, redraw: () => {} };
  const page = guest(view, o, grant, location.hash.slice(1));
  view.redraw = () => {
    document.title = `${page.title()} – Slipway`;
    render(html`<main class="page" id="content"><h1 tabindex="-1">${page.title()}</h1>${page.draw()}</main>`, root);
  };
  root.replaceChildren();
  await page.start();
}

async function begin() {
  const asGuest = location.pathname.match(/^\/app\/g\/([a-z0-9-]+)\.(\w+)$/);
  if (asGuest) {
    await openGuest(asGuest[1], asGuest[2]);
    return;
  }
  const why = cannotSignIn();
  if (why) {
    alone('Nobody can sign in here', why);
  } else if (location.pathname.startsWith('/app/signed-out')) {
    alone('You are signed out', 'Close this window if others use this machine.', 'Sign in');
  } else {
    await signedIn();
    root.replaceChildren();
    who = await api.me();
    const isInvited = location.pathname.startsWith('/app/i/');
    if (!isInvited && (!who.roles.length || !isStaff() && !who.onboarding)) {
      alone('Your account has no onboarding here', 'Ask the onboarding manager to invite you.');
      return;
    }
    addEventListener('popstate', open);
    open();
  }
}

begin().catch((problem) => alone('You are not signed in', problem.message, 'Sign in'));
