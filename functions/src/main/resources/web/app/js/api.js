// The one place that knows the API: each route of it that the pages use, by the path that the OpenAPI document gives it.
import { token, me, signInAgain } from './login.js';

/** A refusal of the API (RFC 9457), or no answer at all (status 0). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.message || 'The server gave no answer. Look whether you are online, then try again.');
    this.status = status;
    this.code = body.code || '';
    this.body = body;
  }
}

let offset = 0;
let acted = 0;

/** The time as the server tells it: the clock of a browser may be wrong, and a simulated one ahead. */
export const now = () => Date.now() + offset;

/** When this page last changed anything, by the browser's clock. */
export const lastAct = () => acted;

const filled = (path, values) => path.replace(/\{(\w+)}/g, (_, name) => encodeURIComponent(values[name]));

/** Answers {status, body, tag}; a text where the API answers none of its JSON. */
async function call(route, values = {}, { query, body, raw, headers, isGuest } = {}) {
  const [method, path] = route.split(' ');
  const asked = new URLSearchParams(query || {}).toString();
  // A guest has a cookie, which no other site's page can have sent along with this header.
  const who = isGuest ? { 'Slipway-Guest': '1' } : { Authorization: 'Bearer ' + await token() };
  const request = { method, headers: { ...who, ...headers }, cache: 'no-store' };
  if (body !== undefined) {
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  } else if (raw) {
    request.headers['Content-Type'] = raw.type || 'application/octet-stream';
    request.body = raw;
  }
  let answer;
  try {
    answer = await fetch(filled(path, values) + (asked ? '?' + asked : ''), request);
  } catch {
    throw new Problem(0, {});
  }
  if (answer.status === 401 && !isGuest) {
    await signInAgain();
  }
  if (method !== 'GET') {
    acted = Date.now();
  }
  if (answer.status === 304) {
    return { status: 304 };
  }
  const isJson = (answer.headers.get('Content-Type') || '').includes('json');
  const content = isJson ? await answer.json() : await answer.blob();
  if (!answer.ok) {
    throw new Problem(answer.status, isJson ? content : {});
  }
  if (isJson && content.now) {
    offset = Date.parse(content.now) - Date.now();
  }
  return { status: answer.status, body: content, tag: answer.headers.get('ETag') };
}

const content = async (...asked) => (await call(...asked)).body;
const reason = (text) => ({ body: { reason: text } });

/** The last answers with their tags. Only a weak tag tells of every change: others are a version of it. */
const seen = new Map();

async function standing(onboarding, query) {
  const key = [onboarding, query.instances].join();
  const before = seen.get(key);
  const headers = before ? { 'If-None-Match': before.tag } : {};
  const answer = await call('GET /onboardings/{onboarding}', { onboarding }, { query, headers });
  if (answer.status === 304) {
    return before.body;
  }
  if ((answer.tag || '').startsWith('W/')) {
    seen.set(key, answer);
  }
  return answer.body;
}

export const api = {
  /** Who is signed in; where a token names no role, the API knows what invitations let its person in to. */
  async me() {
    const mine = me();
    if (mine.roles.length) {
      return mine;
    }
    try {
      const { roles, onboardings } = await content('GET /me');
      return { ...mine, roles, onboardings, onboarding: onboardings[0]?.id || '' };
    } catch (problem) {
      if (problem.status === 403) {
        return mine;
      }
      throw problem;
    }
  },

  portfolio: (query) => content('GET /portfolio', {}, { query }),
  openWork: (query) => content('GET /open-work', {}, { query }),

  onboarding: (onboarding) => standing(onboarding, {}),

  /** The same with one line for all instances of a task; `tasks` answers each. */
  summary: (onboarding) => standing(onboarding, { instances: 'summary' }),
  tasks: (onboarding, query) => content('GET /onboardings/{onboarding}/tasks', { onboarding }, { query }),

  /** A row with what is asked of people in it, and what may be done with it. One that is named without an instance, of several, is looked at as a whole. */
  async task(onboarding, key) {
    let all = await api.summary(onboarding);
    const [id, instance] = [key.split('@')[0], key.includes('@') ? key.slice(key.indexOf('@') + 1) : ''];
    const rowsOf = (it) => it.sections.flatMap((section) => section.tasks.map((row) => ({ ...row, section: section.section })))
      .filter((row) => row.task === id);
    const [line] = rowsOf(all);
    if (line?.instances && instance) {
      const [row] = (await api.tasks(onboarding, { task: key })).tasks;
      return { all, row, work: row?.openWork || [], several: [] };
    }
    if (line?.instances) all = await api.onboarding(onboarding);
    const section = all.sections.find((each) => id.startsWith(each.section + '.'));
    const gate = section && /\.(gate|resume)$/.test(id)
      && { task: id, instance, row: '', title: section.title, section: section.section, requirement: 'mandatory',
        outcome: section.gate, waitsFor: [], isGate: true };
    const rows = rowsOf(all);
    const row = rows.find((each) => (each.instance || '') === instance) || rows[0] || gate;
    const work = all.openWork.filter((each) =>
      each.task === key || (each.task === id && (!instance || (each.instances || []).includes(instance))));
    const several = !instance && row?.instance ? rows : [];
    if (!row || row.isGate || several.length) return { all, row, work, several };
    const one = await content('GET /onboardings/{onboarding}/tasks/{task}', { onboarding, task: key });
    return { all, row: { ...row, actions: one.actions }, work: one.openWork, several };
  },

  create: (checklist, name, key) =>
    content('POST /onboardings', {}, { body: { checklist, name }, headers: { 'Idempotency-Key': key } }),
  elements: (onboarding) => content('GET /onboardings/{onboarding}/elements', { onboarding }),
  preview: (onboarding, element, body) =>
    content('POST /onboardings/{onboarding}/elements/{element}/preview', { onboarding, element }, { body }),
  save: (onboarding, element, body, version, effect) =>
    content('PUT /onboardings/{onboarding}/elements/{element}', { onboarding, element }, {
      body,
      headers: {
        ...(version ? { 'If-Match': `"${version}"` } : { 'If-None-Match': '*' }),
        ...(effect ? { 'Effect-Hash': effect } : {}),
      },
    }),
  storeCredential: (onboarding, system, body) =>
    content('PUT /onboardings/{onboarding}/credentials/{system}', { onboarding, system }, { body }),
  files: async (onboarding) => (await content('GET /onboardings/{onboarding}/files', { onboarding })).files,
  upload: (onboarding, file) =>
    content('POST /onboardings/{onboarding}/files', { onboarding },
      { raw: file, headers: { 'X-File-Name': encodeURIComponent(file.name) } }),
  download: (onboarding, sha256) => content('GET /onboardings/{onboarding}/files/{sha256}', { onboarding, sha256 }),

  complete: (onboarding, task, body) =>
    content('POST /onboardings/{onboarding}/tasks/{task}/complete', { onboarding, task }, { body }),
  retry: (onboarding, task, why) =>
    content('POST /onboardings/{onboarding}/tasks/{task}/retry', { onboarding, task }, reason(why)),
  skip: (onboarding, task, why) =>
    content('POST /onboardings/{onboarding}/tasks/{task}/skip', { onboarding, task }, reason(why)),
  waive: (onboarding, task, why) =>
    content('POST /onboardings/{onboarding}/tasks/{task}/waive', { onboarding, task }, reason(why)),
  putBack: (onboarding, task, why) =>
    content('POST /onboardings/{onboarding}/tasks/{task}/put-back', { onboarding, task }, reason(why)),
  approve: (onboarding, task, why, refused) =>
    content('POST /onboardings/{onboarding}/tasks/{task}/approve', { onboarding, task },
      { body: { reason: why, ...(refused ? { refused } : {}) } }),
  delegate: (onboarding, task, body) =>
    content('POST /onboardings/{onboarding}/tasks/{task}/delegate', { onboarding, task }, { body }),
  note: (onboarding, task, body) =>
    content('POST /onboardings/{onboarding}/tasks/{task}/notes', { onboarding, task }, { body }),
  notes: (onboarding, task, cursor) =>
    content('GET /onboardings/{onboarding}/notes', { onboarding }, { query: { task, ...(cursor ? { cursor } : {}) } }),
  settle: (onboarding, note, text) =>
    content('POST /onboardings/{onboarding}/notes/{note}/settle', { onboarding, note }, { body: { text } }),
  people: (onboarding) => content('GET /onboardings/{onboarding}/people', { onboarding }),
  invite: (onboarding, body) => content('POST /onboardings/{onboarding}/people/invitations', { onboarding }, { body }),
  endPerson: (onboarding, person, why) =>
    content('POST /onboardings/{onboarding}/people/{person}/end', { onboarding, person }, reason(why)),
  redeem: (onboarding, invitation, body) =>
    content('POST /invitations/{onboarding}/{invitation}/redeem', { onboarding, invitation }, { body }),
  grantGuest: (onboarding, body) => content('POST /onboardings/{onboarding}/people/guests', { onboarding }, { body }),
  addRow: (onboarding, body) => content('POST /onboardings/{onboarding}/rows', { onboarding }, { body }),

  plan: (onboarding) => content('GET /onboardings/{onboarding}/plan', { onboarding }),
  start: (onboarding, planHash) =>
    content('POST /onboardings/{onboarding}/start', { onboarding }, { body: { planHash } }),
  stop: (onboarding, why) => content('POST /onboardings/{onboarding}/stop', { onboarding }, reason(why)),
  lookAgain: (onboarding, why) => content('POST /onboardings/{onboarding}/look-again', { onboarding }, reason(why)),
  stopSection: (onboarding, section, why) =>
    content('POST /onboardings/{onboarding}/sections/{section}/stop', { onboarding, section }, reason(why)),
  startSection: (onboarding, section, why) =>
    content('POST /onboardings/{onboarding}/sections/{section}/start', { onboarding, section }, reason(why)),
  cancel: (onboarding, why) => content('POST /onboardings/{onboarding}/cancel', { onboarding }, reason(why)),

  runners: (onboarding) => content('GET /onboardings/{onboarding}/probe-runners', { onboarding }),
  enrol: (onboarding, name) => content('POST /onboardings/{onboarding}/probe-runners', { onboarding }, { body: { name } }),
  revoke: (onboarding, runner, why) =>
    content('POST /onboardings/{onboarding}/probe-runners/{runner}/revoke', { onboarding, runner }, reason(why)),

  /** The newest events of a task. */
  eventsOf: (onboarding, task) =>
    content('GET /onboardings/{onboarding}/events', { onboarding }, { query: { order: 'desc', limit: 50, task } }),

  /** Every event, the newest first. */
  async events(onboarding) {
    const events = [];
    let after;
    do {
      const page = await content('GET /onboardings/{onboarding}/events', { onboarding },
        { query: { order: 'desc', limit: 200, ...(after ? { after } : {}) } });
      events.push(...page.events);
      after = page.next;
    } while (after);
    return events;
  },
  report: (onboarding, format) => content('GET /onboardings/{onboarding}/report', { onboarding }, { query: { format } }),
  signOff: (onboarding, why) =>
    content('POST /onboardings/{onboarding}/sign-off', { onboarding }, { body: why ? { reason: why } : {} }),

  looks: (onboarding) => content('GET /onboardings/{onboarding}/looks', { onboarding }),
  scheduleLooks: (onboarding, everyDays) => content('PUT /onboardings/{onboarding}/looks', { onboarding }, { body: { everyDays } }),
  addendum: (onboarding, number, format) =>
    content('GET /onboardings/{onboarding}/looks/{number}', { onboarding, number }, { query: { format } }),

  signature: (onboarding) => content('GET /onboardings/{onboarding}/sign-off', { onboarding }),
};

/** What a guest's page uses, without a token. */
export const guests = {
  code: (onboarding, grant, secret) =>
    content('POST /guests/{onboarding}/{grant}/code', { onboarding, grant }, { body: { secret }, isGuest: true }),
  session: (onboarding, grant, secret, code) =>
    content('POST /guests/{onboarding}/{grant}/session', { onboarding, grant }, { body: { secret, code }, isGuest: true }),
  ask: (onboarding, grant) => content('GET /guests/{onboarding}/{grant}/ask', { onboarding, grant }, { isGuest: true }),
  answer: (onboarding, grant, body) =>
    content('POST /guests/{onboarding}/{grant}/answer', { onboarding, grant }, { body, isGuest: true }),
  upload: (onboarding, grant, file) =>
    content('POST /guests/{onboarding}/{grant}/files', { onboarding, grant },
      { raw: file, headers: { 'X-File-Name': encodeURIComponent(file.name) }, isGuest: true }),
  save: (onboarding, grant, body, version) =>
    content('PUT /guests/{onboarding}/{grant}/value', { onboarding, grant },
      { body, headers: version ? { 'If-Match': `"${version}"` } : { 'If-None-Match': '*' }, isGuest: true }),
  store: (onboarding, grant, body) =>
    content('PUT /guests/{onboarding}/{grant}/credential', { onboarding, grant }, { body, isGuest: true }),
};
