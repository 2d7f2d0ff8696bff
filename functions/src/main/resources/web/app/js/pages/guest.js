// The page of a guest: a link, a code by mail, and the one thing that they are asked for; nothing else.
import { html, nothing } from 'lit-html';
import { Problem, guests } from '../api.js';
import { fileButton, filesOf } from '../files.js';
import { newForm } from '../form.js';
import { GRADES, inWords, person, prose, until } from '../words.js';
import { readOnly } from './given.js';
import { parts } from './task.js';

export function guest(view, o, grant, secret) {
  let stage = 'link';
  let over = '';
  let wrong = '';
  let missing = ''; // What is not right with the one field of one's own words, or with the code.
  let busy = false;
  let sentTo = '';
  let code = '';
  let statement = '';
  let asked;
  let form;
  let graded;
  let effect; // What saving the value would do: it is asked for once more.

  /** The field of the stage that no schema's form has. */
  const own = () => (stage === 'code' ? 'code' : 'statement');
  const show = (id) => {
    view.redraw();
    document.getElementById(id)?.focus();
  };
  /** Does it; a refusal is told where it belongs. */
  const trying = (act) => async (e) => {
    e?.preventDefault();
    if (busy) return;
    busy = true;
    wrong = missing = '';
    view.redraw();
    try {
      await act();
    } catch (problem) {
      if (problem.status === 410 && problem.code === 'guest.ended') {
        over = problem.message;
      } else if (problem.code === 'guest.signed-out') {
        stage = 'link';
        wrong = problem.message;
      } else if (problem.status === 422 && problem.body.errors && form) {
        form.refuse(problem.body.errors, asked.step ? '/values' : '');
      } else if (problem.code === 'effect.not-seen') {
        effect = problem;
      } else if (problem.at?.([own()])[own()]) {
        missing = problem.at([own()])[own()];
      } else {
        wrong = problem.message;
      }
    }
    busy = false;
    show(wrong ? 'wrong' : over ? 'over' : missing ? own() : effect ? 'effect' : stage === 'code' ? 'code' : '');
  };

  const download = (sha256) => guests.download(o, grant, sha256);

  async function look() {
    asked = await guests.ask(o, grant);
    stage = 'ask';
    effect = undefined;
    const options = { changed: () => { effect = undefined; }, redraw: () => view.redraw(), say: view.say, files: asked.files,
      upload: (file) => guests.upload(o, grant, file), saved: (file) => (asked.files.some((each) => each.sha256 === file.sha256)
        ? fileButton(view, file.name, () => download(file.sha256)) : file.name) };
    const { step, element, credential } = asked;
    const schema = step ? step.values : (element || credential)?.schema;
    form = schema && newForm(schema, element?.value, { ...options, secret: Boolean(credential) });
    if (!step && !element && !credential) over = 'Nobody asks you for anything here any more. Thank you.';
  }

  const send = trying(async () => {
    sentTo = (await guests.code(o, grant, secret)).to;
    code = '';
    stage = 'code';
  });
  const comeIn = trying(async () => {
    await guests.session(o, grant, secret, code);
    await look();
  });
  const answer = trying(async () => {
    if (form && !form.isRight()) return;
    if (asked.step) {
      if (!statement.trim()) throw new Problem(422, { field: 'statement', detail: 'Say in a few words what you did or saw.' });
      await guests.answer(o, grant, { statement: statement.trim(), ...(form && !form.isBlank() ? { values: form.value() } : {}) });
    } else if (asked.element) {
      const { currentHash } = effect?.body || {};
      effect = undefined;
      await guests.save(o, grant, form.value(), asked.element.version, currentHash);
    } else {
      graded = await guests.store(o, grant, form.value());
      form.forget();
      if (graded.grade !== 'VALID') return;
    }
    over = 'Thank you: it was kept, and is looked at now. If it is not right, you are asked again here.';
  });

  const notice = () => (wrong ? html`<div class="notice bad" id="wrong" tabindex="-1" role="alert"><p>${wrong}</p></div>` : nothing);

  const isWrong = (name) => missing && own() === name;
  const error = (name) => (isWrong(name) ? html`<p class="error" id="${name}-error"><b>Not right:</b> ${missing}</p>` : nothing);
  const described = (name) => `${name}-hint${isWrong(name) ? ` ${name}-error` : ''}`;

  const atLink = () => html`<p class="lead">You are asked for your help with one thing. You need no account: a code comes by mail.</p>
    ${notice()}<form novalidate @submit=${send}><p class="buttons"><button class="primary" ?disabled=${busy}>Send me a code</button></p></form>`;

  const atCode = () => html`<p class="lead">A code went to ${sentTo}. It is good for ten minutes.</p>
    ${notice()}<form novalidate @submit=${comeIn}><div class="field ${isWrong('code') ? 'wrong' : ''}"><label for="code">Code</label><p class="hint" id="code-hint">Six digits.</p>${error('code')}
      <input class="short" id="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" aria-describedby=${described('code')} .value=${code} @input=${(e) => { code = e.target.value; }}></div>
      <p class="buttons"><button class="primary" ?disabled=${busy}>Come in</button>
        <button type="button" ?disabled=${busy} @click=${send}>Send another code</button></p></form>`;

  const step = (work) => {
    const { facts, snippets, paragraphs } = parts(work);
    const show = filesOf(view, asked.files, download);
    return html`<p class="fine">${work.underWay ? 'It is being checked right now.' : ''} ${work.due ? until(work.due) : ''}</p>
      ${work.problem ? html`<div class="notice bad calm"><p><b>Not accepted:</b> ${show(inWords(work.problem.message))}</p>${work.problem.nextStep ? html`<p><b>Next:</b> ${show(inWords(work.problem.nextStep))}</p>` : nothing}</div>` : nothing}
      ${paragraphs.length ? html`<h2>What to do</h2>${paragraphs.map((text) => html`<p>${show(inWords(text))}</p>`)}` : nothing}
      ${snippets.map((snippet) => html`<h2>${snippet.title}</h2><pre tabindex="0">${snippet.text}</pre>`)}
      ${facts.length ? html`<h2>What was given</h2>${readOnly(facts, show)}` : nothing}
      ${work.check ? html`<h2>How it is checked</h2><p>${prose(work.check)}</p>` : nothing}`;
  };

  const atAsk = () => {
    const thing = asked.step || asked.element || asked.credential;
    return html`<p class="lead">${person(asked.grantedBy)} asks you for this in the onboarding of ${asked.onboardingName}.</p>
      ${asked.step ? step(asked.step) : (thing.guidance || '').split('\n').filter(Boolean).map((text) => html`<p>${prose(text)}</p>`)}
      ${asked.credential ? html`<div class="notice calm"><p><b>Nobody reads this.</b> It goes into the store of secrets, is tested at once, and is used by machines only.</p></div>` : nothing}
      ${graded ? html`<div class="notice bad" id="graded" tabindex="-1"><p><b>${GRADES[graded.grade]}</b>: ${graded.message}</p></div>` : nothing}
      ${notice()}${form ? form.summary() : nothing}
      <form novalidate autocomplete="off" @submit=${answer}>${form ? form.template() : nothing}
        ${asked.step ? html`<div class="field ${isWrong('statement') ? 'wrong' : ''}"><label for="statement">What did you do or see?</label>
          <p class="hint" id="statement-hint">It is kept in the report, with your name. Never write a password or key here.</p>${error('statement')}
          <textarea id="statement" rows="3" maxlength="2000" aria-describedby=${described('statement')} .value=${statement} @input=${(e) => { statement = e.target.value; }}></textarea></div>` : nothing}
        ${effect ? html`<div class="notice" id="effect" tabindex="-1" role="group" aria-labelledby="effect-title"><h2 id="effect-title">What saving this would do</h2>
          <p>${effect.message}</p></div>` : nothing}
        <p class="buttons"><button class="primary" ?disabled=${busy || asked.step?.underWay}>${busy ? 'One moment …' : asked.step ? 'It is done'
          : asked.element ? (effect ? 'Save all the same' : 'Save') : 'Store and test'}</button></p></form>`;
  };

  return {
    /** What was asked, also once it is answered. */
    title: () => {
      const { step: work, element, credential } = asked || {};
      if (work) return [work.title, work.stepTitle].filter(Boolean).join(': ');
      return (element || credential)?.title || (over ? 'Nothing is asked of you here' : 'You are asked for your help');
    },
    /** Who has been in here before is in still. */
    start: async () => {
      try {
        await look();
      } catch (problem) {
        if (problem.status === 410) over = problem.message;
      }
      view.redraw();
    },
    draw: () => (over ? html`<p class="lead" id="over" tabindex="-1">${over}</p>` : stage === 'link' ? atLink() : stage === 'code' ? atCode() : atAsk()),
  };
}
