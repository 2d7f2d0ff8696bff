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

  /** What is not right with these fields of what was sent, name to sentence; empty if none of them is to blame. */
  at(names) {
    const { errors, field = '', detail = '' } = this.body;
    return Object.fromEntries((errors || [{ field, message: detail.replace(/^`[^`]*` /, '') }])
      .map((each) => [each.field.split(/[/.]/).pop(), sentence(each.message)]).filter(([name]) => names.includes(name)));
  }
}

/** What the API says of a field, as a sentence. */
export const sentence = (message) => message.charAt(0).toUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? '' : '.');

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

/** What a value is saved over: the version that was seen, none at first, and the effect that was seen. */
const over = (version, effect) => ({
  ...(version ? { 'If-Match': `"${version}"` } : { 'If-None-Match': '*' }),
  ...(effect ? { 'Effect-Hash': effect } : {}),
});

/** The last answers with their tags. Only a weak tag tells of every change: others are a version of it. */
const seen = new Map();

async function standing(onboarding, query) {
  const key = [onboarding, query.instances, query.expected].join();
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

/** As many instances as the API answers, and a page draws, at once. */
export const PAGE = 200;

/** What is asked of several instances in the same words is one piece of work, and may be answered at once. */
function alike(works) {
  const found = new Map();
  works.forEach((work) => {
    const { task, instances, since, due, overdue, actions, ...same } = work;
    const key = JSON.stringify(same);
    found.set(key, [...(found.get(key) || []), work]);
  });
  const earliest = (of, name) => of.map((each) => each[name]).filter(Boolean).sort()[0];
  return [...found.values()].map((of) => (of.length === 1 ? of[0] : {
    ...of[0], task: of[0].task.split('@')[0], instances: of.flatMap((each) => each.instances || []),
    since: earliest(of, 'since'), due: earliest(of, 'due'), overdue: of.some((each) => each.overdue),
    actions: of.every((each) => each.actions.includes('complete')) ? ['complete'] : [],
  }));
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

  /** Where it stands, with one line for all instances of a task; `tasks` answers each. */
  summary: (onboarding) => standing(onboarding, { instances: 'summary' }),

  /** The same with when all can be done. */
  summaryWithEnd: (onboarding) => standing(onboarding, { instances: 'summary', expected: 'true' }),
  tasks: (onboarding, query) => content('GET /onboardings/{onboarding}/tasks', { onboarding }, { query }),

  /** Instances of a row, page by page until there are as many as wanted; `next` is there if there are more. */
  async instances(onboarding, task, { most = Infinity, ...query } = {}) {
    const found = { rows: [], next: undefined };
    do {
      const page = await api.tasks(onboarding, { task, limit: PAGE, ...query, ...(found.next ? { cursor: found.next } : {}) });
      found.rows.push(...page.tasks);
      found.next = page.next;
    } while (found.next && found.rows.length < most);
    return found;
  },

  /** What a party is asked in those rows of which the summary only counts it; `left` is how much of it is not told. */
  async asksOf(onboarding, all, party) {
    const counted = all.sections.flatMap((section) => section.tasks).filter((row) => row.waits?.some((wait) => wait.party === party));
    if (!counted.length) return { works: [], left: 0 };
    const page = await api.tasks(onboarding, { party, limit: PAGE });
    const works = page.tasks.filter((row) => counted.some((each) => each.task === row.task)).flatMap((row) => row.openWork)
      .filter((work) => work.party === party && work.about !== 'WAIVER');
    const whole = counted.flatMap((row) => row.waits).filter((wait) => wait.party === party).reduce((sum, wait) => sum + wait.count, 0);
    return { works: alike(works), left: page.next ? Math.max(0, whole - works.length) : 0 };
  },

  /** A row with what is asked of people in it, and what may be done with it. One that is named without an instance, of several, is looked at as a whole. */
  async task(onboarding, key) {
    const all = await api.summary(onboarding);
    const [id, instance] = [key.split('@')[0], key.includes('@') ? key.slice(key.indexOf('@') + 1) : ''];
    const line = all.sections.flatMap((section) => section.tasks.map((row) => ({ ...row, section: section.section })))
      .find((row) => row.task === id);
    if (!line) {
      const section = all.sections.find((each) => id.startsWith(each.section + '.') && /\.(gate|resume)$/.test(id));
      const row = section && { task: id, instance, row: '', title: section.title, section: section.section, requirement: 'mandatory',
        outcome: section.gate, waitsFor: [], isGate: true };
      return { all, row, work: all.openWork.filter((each) => each.task === key
        || each.task === id && (!instance || (each.instances || []).includes(instance))), several: [] };
    }
    if (!instance && (line.instances || line.instance)) {
      const { rows } = await api.instances(onboarding, id);
      return { all, row: line, work: alike(rows.flatMap((row) => row.openWork)), several: rows };
    }
    const [row] = (await api.tasks(onboarding, { task: key })).tasks;
    const whole = await content('GET /onboardings/{onboarding}/tasks/{task}', { onboarding, task: key });
    return { all, row: { ...row, section: line.section, actions: whole.actions }, work: row.openWork, several: [], whole };
  },

  create: (checklist, name, key) =>
    content('POST /onboardings', {}, { body: { checklist, name }, headers: { 'Idempotency-Key': key } }),
  elements: (onboarding) => content('GET /onboardings/{onboarding}/elements', { onboarding }),
  preview: (onboarding, element, body) =>
    content('POST /onboardings/{onboarding}/elements/{element}/preview', { onboarding, element }, { body }),
  save: (onboarding, element, body, version, effect) =>
    content('PUT /onboardings/{onboarding}/elements/{element}', { onboarding, element }, {
      body, headers: over(version, effect),
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

  /** The newest events, page by page until there are enough; `next` is there if there are more. */
  async events(onboarding, isEnough) {
    const found = { events: [], next: undefined };
    do {
      const page = await content('GET /onboardings/{onboarding}/events', { onboarding },
        { query: { order: 'desc', limit: 200, ...(found.next ? { after: found.next } : {}) } });
      found.events.push(...page.events);
      found.next = page.next;
    } while (found.next && !isEnough(found.events));
    return found;
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
  download: (onboarding, grant, sha256) =>
    content('GET /guests/{onboarding}/{grant}/files/{sha256}', { onboarding, grant, sha256 }, { isGuest: true }),
  save: (onboarding, grant, body, version, effect) =>
    content('PUT /guests/{onboarding}/{grant}/value', { onboarding, grant }, { body, headers: over(version, effect), isGuest: true }),
  store: (onboarding, grant, body) =>
    content('PUT /guests/{onboarding}/{grant}/credential', { onboarding, grant }, { body, isGuest: true }),
};
