// Every word for what the API names by a code: one place to read, and to translate one day.
import { html } from 'lit-html';
import { now } from './api.js';

export const OUTCOMES = {
  PLANNED: 'Not built yet', PENDING: 'Not reached yet', WAITING: 'Waiting', FAILED: 'Failed', DONE: 'Done',
  NOT_APPLICABLE: 'Not needed', SKIPPED: 'Skipped', WAIVED: 'Waived', LATER: 'Later', MISSING: 'Missing',
  GIVEN: 'Given', INVALID: 'Not right',
};
export const STATES = {
  INTAKE: 'Information is being collected', STARTING: 'Starting', RUNNING: 'Under way', STOPPING: 'Stopping',
  STOPPED: 'Stopped', COMPLETED: 'Completed', CANCELLING: 'Being cancelled', CANCELLED: 'Cancelled',
  SIGNED_OFF: 'Signed off',
};
export const PARTIES = {
  CUSTOMER: 'the customer', VENDOR: 'the vendor', THIRD_PARTY: 'a third party', MACHINE: 'nobody',
};
/** Of what has ended nothing changes any more. */
export const isOver = ({ state }) => ['CANCELLING', 'CANCELLED', 'SIGNED_OFF'].includes(state);
export const OVER = 'It is over: nothing changes it any more.';

/** Who gives an element, or access data, that the reader does not. */
export const GIVERS = {
  CUSTOMER: 'The customer gives it.', VENDOR: 'The vendor gives it.', THIRD_PARTY: 'A third party gives it.', MACHINE: 'Slipway makes it itself.',
};
export const GRADES = {
  VALID: 'It works', INVALID_CREDENTIALS: 'It was refused', INSUFFICIENT_PERMISSION: 'It may not do enough',
  WRONG_REGION_OR_ENV: 'It belongs somewhere else', RATE_LIMITED: 'Too many tries for now',
  UNREACHABLE: 'The system could not be reached', INCONCLUSIVE: 'The system said neither yes nor no',
};
export const EFFECTS = {
  RUN: 'Will be done', NOT_APPLICABLE: 'Not needed', SKIP: 'Skipped', WAIVE: 'Done without', PLANNED: 'Not built yet',
  UNDECIDED: 'Not decided yet',
};
export const CHANGES = {
  INVALID: 'is done again', NEW: 'is to be done now', NOT_APPLICABLE: 'is not needed any more',
  NOT_CHOSEN: 'is not chosen any more', GONE: 'is no longer part', UNCHANGED: 'stays as it is',
};
export const ROLES = { manager: 'Onboarding manager', engineer: 'Engineer', customer: 'Customer' };
export const RUNNERS = { INVITED: 'Waits for its code', ENROLLED: 'Enrolled', EXPIRED: 'Expired', REVOKED: 'Revoked' };
export const INVITATIONS = { OPEN: 'Open', EXPIRED: 'Expired', ENDED: 'Ended', REDEEMED: 'Came in' };
export const FOUND = {
  NO_LONGER_HOLDS: 'do not hold any more', DOES_NOT_HOLD_OTHERWISE: 'do not hold for another reason', STILL_DOES_NOT_HOLD: 'still do not hold',
  HOLDS_AGAIN: 'hold again', HOLDS: 'hold', NOT_SEEN_EITHER: 'could not be looked at for the second time in a row', NOT_SEEN: 'could not be looked at',
  NOT_LOOKED_AT: 'were not looked at',
};
const ACTS = {
  'onboarding.created': 'created the onboarding', 'onboarding.started': 'started it', 'onboarding.stop-requested': 'asked to stop it',
  'onboarding.signed-off': 'signed it off', 'onboarding.cancelled': 'cancelled it',
  'onboarding.cancel-requested': 'asked to cancel it', 'onboarding.erased': 'erased personal data and secrets',
  'element.saved': 'gave', 'element.verified': 'found right', 'element.invalid': 'found a mistake in',
  'credential.graded': 'tested the access data of', 'file.kept': 'handed over a file', 'row.added': 'added the row',
  'step.answered': 'answered', 'task.committed': 'looked at', 'task.retry-requested': 'asked to try again',
  'task.skipped': 'decided not to take', 'task.waiver-requested': 'asked to do without', 'task.waived': 'agreed to do without',
  'task.waiver-refused': 'refused to do without', 'task.delegated': 'handed on', 'note.posted': 'wrote about',
  'task.blocked': 'is blocked at', 'note.settled': 'settled what blocked',
  'guest.granted': 'let a guest in for', 'guest.code-sent': 'asked for a code for', 'guest.signed-in': 'came in for',
  'guest.wrong-code': 'typed a wrong code for', 'guest.ended': 'ended a guest’s access to',
  'people.invited': 'invited somebody', 'people.joined': 'came in by an invitation', 'people.ended': 'ended a membership',
  'people.invitation-ended': 'took an invitation back', 'people.invitation-refused': 'used an invitation of somebody else', 'task.put-back-requested': 'asked to put back',
  'tasks.verification-requested': 'asked for a second look', 'probe.asked': 'asked a probe runner about',
  'probe.answered': 'looked from inside the network for', 'probe.refused': 'was turned away',
  'run.started': 'began', 'run.completed': 'came to the end', 'run.replaced': 'began anew', 'run.stopped': 'stopped',
  'task.escalated': 'told those who lead of', 'people.reminded': 'reminded people', 'task.dependencies-final': 'saw that it is the turn of',
  'section.stop-requested': 'stopped the section', 'section.start-requested': 'started the section',
  'task.time-came': 'saw that the time has come for', 'run.history-nearly-full': 'saw that the run is long enough',
  'onboarding.erasure-announced': 'told those who lead when the data is erased', 'onboarding.erasure-set': 'set the day of the erasure',
  'look.scheduled': 'chose how often it is looked at after go-live', 'look.began': 'began to look at it again', 'look.started': 'looks at it again',
  'look.ended': 'looked at it again', 'look.halted': 'ends a look', 'look.stopped': 'ended a look', 'look.left-out': 'left a look out',
  'probe-runner.invited': 'made a code for a probe runner', 'probe-runner.enrolled': 'came in with its code',
  'probe-runner.revoked': 'revoked a probe runner', 'probe-runner.wrong-code': 'came with a wrong code',
};

/** What comes of a look at a section's beginning. */
const GATES = { DONE: 'has all that it needs', WAITING: 'waits for what it needs' };

const { lang } = document.documentElement;
const locale = lang === 'en' ? 'en-GB' : lang; // Days before months, and hours up to 24.
const day = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
const minute = new Intl.DateTimeFormat(locale,
  { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });

/** "3 days ago", "in 2 hours"; under a minute "just now". */
export function ago(time) {
  const distance = Date.parse(time) - now();
  const unit = UNITS.find(([, size]) => Math.abs(distance) >= size);
  return unit ? relative.format(Math.trunc(distance / unit[1]), unit[0]) : 'just now';
}

/** When a machine looks again: it may be late by moments. */
export const again = (time) => (Date.parse(time) - now() < 60_000 ? 'in a moment' : ago(time));

/** For how long: "3 days", to stand after "for". */
export const since = (time) => ago(time).replace(/^in /, '').replace(/ ago$/, '').replace('just now', 'a moment');
export const date = (time) => day.format(new Date(time));
export const moment = (time) => minute.format(new Date(time));
export const hour = (time) => clock.format(new Date(time));
export const ZONE = clock.resolvedOptions().timeZone;
export const until = (time) => `until ${date(time)} (${ago(time)})`;

/** "Mia Manager (manager-1)" without what only tells two of one name apart. */
export const person = (by) => (/^(wake|remind|guests|(begin|complete)-run|erase(-onboarding)?|go-live|data-migration|third-party-applications|[a-z\d-]+\.[a-z\d@.-]+)?$/.test(by || '') ? 'Slipway'
  : by.replace(/^probe runner \S+ \((.*)\)$/, 'The probe runner “$1”').replace(/ \([^()]*\)$/, ''));

export const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

const COMPONENTS = { connec: 'Connec!', impac: 'Impac!', mnohub: 'MnoHub', nex: 'Nex!' };

/** "privateNetwork", "dns-server" as words. */
export function fromName(name) {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[-_]+/g, ' ').toLowerCase().trim()
    .replace(/\b(api|cpu|dns|gb|id|ip|psk|smtp|ssh|ssl|sso|tls|uat|url|vpn)(s?)\b/g, (_, short, s) => short.toUpperCase() + s)
    .replace(/\b(connec|impac|mnohub|nex)\b/g, (name) => COMPONENTS[name]);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** An instance as people read it: "uat.acme" as "UAT, Acme". */
export const place = (instance) => (instance || '').split('.').map(fromName).join(', ');

/** A title with its instance, if it has one. */
export const titled = (title, instance) => (instance ? `${title}, ${place(instance)}` : title);

const plain = (id) => id.split('@')[0];

/** What a task's key is called, where `titles` knows it; the instance in words. */
export function named(key, titles) {
  const [id, instance] = key.split('@');
  const section = id.replace(/\.(gate|resume)$/, '');
  const title = titles.get(id) || titles.get(section)
    || fromName(id.split('.').pop().replace('credential:', ''));
  return titled(title, instance);
}

/** What stands in backticks: an id, a field of an element, the name of a field; anything else stays. */
function quoted(id, titles) {
  if (titles.has(plain(id))) return `“${named(id, titles)}”`;
  const [head, ...within] = id.split(/[./[\]]+/);
  return titles.has(head) && within.length ? `“${[titles.get(head), ...within.map((name) => fromName(name).toLowerCase())].join(', ')}”`
    : /^[a-z]+([A-Z][a-z]+)+$/.test(id) ? `“${fromName(id).toLowerCase()}”` : id;
}

/** A text of the API with titles in the place of ids, and times as people read them. */
export const inWords = (text, titles = new Map()) =>
  (text || '').replace(/(left to a person: )[a-z-]+\.([a-z-]+)/, (_, left, why) => left + fromName(why).toLowerCase())
    .replace(/(?<![`\w.-])([a-z]+(?:-[a-z]+)+)\.(?!gate\b|resume\b)[A-Za-z]+(?![\w-]|\.\w)/g, (path, head) => (titles.has(head) ? `\`${path}\`` : path)).replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z/g, (time) => moment(time)).replace(/`([^`]+)`/g, (_, id) => quoted(id, titles)).replace(/\b[a-z][a-z\d-]*\.[a-z][a-z\d-]*(@[\w.-]+)?/g, (found) =>
    titles.has(found.split('@')[0]) || /\.(gate|resume)$/.test(found) && titles.has(found.split('.')[0])
      ? `“${named(found, titles)}”` : found);

/** A text in which the names of settings, such as RACK_ENV, look like code: people copy them. */
export const withSettings = (text) => text.split(/\b([A-Z]{2,}(?:_[A-Z]+)+)\b/).map((part, at) => (at % 2 ? html`<code>${part}</code>` : part));

/** A text of the API as people read it. */
export const prose = (text, titles) => withSettings(inWords(text, titles));

/** Whether an event is worth telling to somebody who does not look for all of them. */
export const isNews = (event) => person(event.by) !== 'Slipway'
  || event.what === 'task.committed' && !['WAITING', 'PENDING'].includes(event.detail);

/** An event as a sentence. */
export function sentence(event, titles) {
  const who = person(event.by);
  const act = ACTS[event.what] || fromName(event.what.split('.').pop()).toLowerCase();
  const about = (event.subject || '').replace(/^([0-9a-f]{64}|probe-runner:.*)$/, '');
  if (event.what === 'task.committed') {
    if (/\.gate(@|$)/.test(about) && GATES[event.detail]) return `${named(about, titles)} ${GATES[event.detail]}`;
    return named(about, titles) + ': ' + (OUTCOMES[event.detail] || event.detail || 'looked at').toLowerCase();
  }
  const subject = event.what.startsWith('credential.') ? 'credential:' + about.replace('credential:', '') : about;
  return `${who} ${act}${subject ? ' ' + named(subject, titles) : ''}`;
}

/** Why it was done, as its person wrote it; of an answer what was said, without the name of the step. */
export const reason = (event, titles) => (event.what === 'step.answered' ? event.why.replace(/^[a-z][\w.@-]*: /, '')
  : html`Reason: ${prose(event.why, titles)}`);

/** What an event tells besides, without codes and hashes; of a step or a person the name. */
export function detail(event, titles) {
  const text = (event.detail || '').replace(/: [0-9A-Z]{26}$/, '');
  if (/^(report SHA-256 )?[0-9a-f]{64}$/.test(text) || event.what === 'task.committed') return '';
  return GRADES[text] || OUTCOMES[text] || (event.what === 'people.ended' ? person(text)
    : /^[a-z]+(-[a-z]+)*$/.test(text) ? fromName(text) : inWords(text, titles));
}

/** What somebody is asked for, in a list of such. */
export const titleOf = (work) => work.stepTitle || (/\.gate(@|$)/.test(work.task) ? `What is needed before ${work.title}` : work.title);

/** Several tasks in a few words, instances counted: "Deploy the stack (8); Set the features". */
export function together(keys, titles) {
  const counts = new Map();
  keys.forEach((key) => counts.set(plain(key), [...(counts.get(plain(key)) || []), key]));
  const all = [...counts].map(([id, of]) => (of.length === 1 ? named(of[0], titles) : `${named(id, titles)} (${of.length})`));
  return all.length > 5 ? `${all.slice(0, 4).join('; ')}; and ${all.length - 4} others` : all.join('; ');
}

const FINAL = ['DONE', 'NOT_APPLICABLE', 'SKIPPED', 'WAIVED'];

/** What is waited for still, of the tasks that were waited for when it was looked at last. */
export function awaited(keys, onboarding) {
  const final = new Set(onboarding.sections.flatMap((section) => section.tasks)
    .filter((row) => FINAL.includes(row.outcome)).map((row) => row.task));
  return (keys || []).filter((key) => !final.has(plain(key)));
}

/** Titles by id: of tasks, sections, elements and credentials. */
export function titlesOf(onboarding, elements) {
  const titles = new Map();
  for (const section of onboarding?.sections || []) {
    // An element may have the id of a section: the section's own tasks tell that they are the section's.
    [section.section, `${section.section}.gate`, `${section.section}.resume`].forEach((id) => titles.set(id, section.title));
    section.tasks.forEach((task) => titles.set(task.task, task.title));
    (section.elements || []).forEach((row) => [row.key, row.element].forEach((id) => titles.set(plain(id), row.title)));
  }
  (elements?.elements || []).forEach((element) => titles.set(plain(element.element), element.title));
  (elements?.credentials || []).forEach((one) => titles.set('credential:' + plain(one.system), one.title));
  return titles;
}

/** The same with the titles of an element's own fields, of which findings speak by their names. */
export const withFields = (titles, schema) => new Map([...titles,
  ...Object.entries(schema?.properties || {}).map(([name, field]) => [name, field.title || fromName(name)])]);

/** "Nothing to do" is not "Waiting": it waits for others, and nobody here is asked for anything. */
export const shown = (task) =>
  (task.outcome === 'WAITING' && (task.waitsFor || []).length ? 'LATER' : task.outcome);
