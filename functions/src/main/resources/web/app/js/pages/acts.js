// What people may do with a row: the buttons, and the dialogs behind them. Who may is the API's to say; a button that it
// would refuse is not shown.
import { html } from 'lit-html';
import { api } from '../api.js';
import { WHY, ask } from '../dialog.js';

/** The names of what somebody may do: of what is asked, and of the row whatever it waits for. */
export const actionsOf = (row, work) => [...new Set([...(work?.actions || []), ...(work?.about === 'WAIVER' ? [] : row?.actions || [])])];

const WORDS = {
  retry: ['Try again …', 'Try again', 'It is done again from where it stands, also if nothing changed.', 'Try again'],
  skip: ['Skip this …', 'Skip this', 'This is optional: it is not taken, and the report says so.', 'Skip it'],
  waive: ['Do without …', 'Do without this', 'It is mandatory. It counts as done without once a manager, who is somebody else, agrees.', 'Ask to do without'],
  approve: ['Agree …', 'Agree to do without', 'You agree, as the second person, to do without this mandatory row.', 'Agree'],
  refuse: ['Refuse …', 'Refuse to do without', 'The row stays to be done. Whoever asked may take the wish back in this way, too.', 'Refuse'],
  'put-back': ['Put back …', 'Put back what it changed', 'The settings that this changed get what stood there before, inside the maintenance window where that counts. Secrets stay as they are.', 'Put back'],
};
const CALLS = {
  retry: api.retry, skip: api.skip, waive: api.waive, 'put-back': api.putBack,
  approve: (o, task, reason) => api.approve(o, task, reason, false),
  refuse: (o, task, reason) => api.approve(o, task, reason, true),
};

/** A link that no mail could bring is shown once. */
export const showLink = (granted) => granted && !granted.mailed && ask({
  title: 'No mail could be sent', what: html`<p>Hand this link over; it is shown this once.</p><pre tabindex="0">${granted.link}</pre>`,
  button: 'Done', act: async () => {},
});

const delegate = async (o, task, title, work) => {
  let guest;
  const done = await ask({
  title: `Hand “${title}” to a colleague`,
  what: html`<p>The colleague is reminded of it from now on.</p>`,
  fields: [{ name: 'name', label: 'Name of the colleague', most: 100 },
    { name: 'email', label: 'E-mail address', type: 'email', hint: 'Such as anna@example.com.' },
    ...(work.step ? [{ name: 'access', label: 'How they answer', options: [['', 'With an account of their own'], ['yes', 'Without one: a link by mail, for this step only']], optional: true }] : []), WHY],
  button: 'Hand it on',
  act: async ({ name, email, reason, access }) => {
    guest = (await api.delegate(o, task, { to: { name, email }, reason, ...(work.step ? { step: work.step } : {}), ...(access ? { access: true } : {}) })).guest;
  },
  });
  await showLink(guest);
  return done;
};

/** Lets somebody without an account give one thing, and nothing else. */
export async function letGuest(view, o, kind, what, title) {
  let guest;
  const done = await ask({
    title: `Have somebody else give “${title}”`,
    what: html`<p>They need no account: a link comes by mail, good for 14 days and for this one thing, and a code each time they use it.</p>`,
    fields: [{ name: 'name', label: 'Name', most: 100 }, { name: 'email', label: 'E-mail address', type: 'email', hint: 'Such as anna@example.com.' }],
    button: 'Let them in', act: async ({ name, email }) => { guest = await api.grantGuest(o, { name, email, [kind]: what }); },
  });
  await showLink(guest);
  if (done) view.say('They may give it now.');
}

/** Asks why, and does it; answers whether it was done. */
export const act = (name, o, task, title, work) => (name === 'delegate' ? delegate(o, task, title, work) : ask({
  title: `${WORDS[name][1]}: ${title}`, what: html`<p>${WORDS[name][2]}</p>`, fields: [WHY], button: WORDS[name][3],
  isBad: ['waive', 'skip', 'put-back'].includes(name), act: ({ reason }) => CALLS[name](o, task, reason),
}));

/** One reason, one request for each, one after the other; what came of each. */
export async function actOnAll(name, o, tasks, report) {
  return ask({
    title: `${WORDS[name][1]}: ${tasks.length}`, what: html`<p>${WORDS[name][2]}</p><p>It is asked for each by itself.</p>`,
    fields: [WHY], button: WORDS[name][3], isBad: name !== 'retry',
    act: async ({ reason }) => {
      for (const task of tasks) {
        try {
          await CALLS[name](o, task, reason);
          report(task, 'asked');
        } catch (problem) {
          report(task, problem.message);
        }
      }
    },
  });
}

/** A button for each but `complete`, which is a form. */
export const buttons = (view, o, task, title, row, work) => actionsOf(row, work).filter((name) => name !== 'complete')
  .map((name) => html`<button type="button" @click=${async () => {
    if (await act(name, o, task, title, work)) {
      view.say('It was asked for; it takes effect in a moment.');
      view.reload();
    }
  }}>${name === 'delegate' ? 'Hand it to a colleague …' : WORDS[name][0]}<span class="unseen"> ${title}</span></button>`);
