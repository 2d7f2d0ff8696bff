// C5: one step: what to do, what was given for it, how it is checked, and the answer.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { fileButton, filesIn, filesOf } from '../files.js';
import { newForm } from '../form.js';
import { PARTIES, again, ago, awaited, count, fromName, inWords, isOver, named, person, place, prose, shown, since, titlesOf, together, until } from '../words.js';
import { actionsOf, buttons } from './acts.js';
import { block, conversation, settle } from './conversation.js';
import { chip } from './overview.js';
import { readOnly } from './given.js';
import { line } from './history.js';

/** What to do: the paragraphs, the facts for it, and what is to be copied. */
export const parts = (work) => ({
  facts: (work.facts || []).map((fact) => [fact.title.split(', '), fact.value]),
  snippets: work.snippets || [],
  paragraphs: (work.instructions || '').split('\n').filter((text) => text.trim()),
});

export function task(view, o, key) {
  const answers = new Map(); // What is being said of each step.
  let busy = '';
  const talk = conversation(view, o, key);
  let asked; // Only for the titles: looked up once.
  let happened; // The events, once somebody wants to see them.
  let show; // Draws a text with the files that it names.

  const said = (work) => {
    if (!answers.has(work.step)) {
      const kept = sessionStorage.getItem(`said:${o}:${key}:${work.step}`) || '';
      answers.set(work.step, { statement: kept, wrong: '', refused: '', ticked: new Set(work.instances || []),
        form: work.values && newForm(work.values, undefined, { redraw: () => view.redraw(), say: view.say, prefix: work.step,
          upload: (file) => api.upload(o, file), saved: (file) => fileButton(view, file.name, () => api.download(o, file.sha256)) }) });
    }
    return answers.get(work.step);
  };

  const isMe = (by) => by === view.me.subject || (by || '').endsWith(` (${view.me.subject})`);
  const then = async (asking, done) => {
    if (await asking) {
      view.say(done);
      view.reload();
    }
  };

  async function complete(e, work) {
    e.preventDefault();
    const answer = said(work);
    const many = work.instances?.length > 1;
    answer.wrong = answer.statement.trim() ? '' : 'Say in a few words what you did or saw.';
    answer.refused = many && !answer.ticked.size ? 'Choose at least one of those that it holds of.' : '';
    const valuesAreRight = !answer.form || answer.form.isRight();
    view.redraw();
    if (answer.wrong || answer.refused || !valuesAreRight) {
      document.getElementById(answer.wrong ? `said-${work.step}` : `refused-${work.step}`)?.focus();
      return;
    }
    busy = work.step;
    view.redraw();
    try {
      await api.complete(o, work.task, { step: work.step, statement: answer.statement.trim(),
        ...(answer.form && !answer.form.isBlank() ? { values: answer.form.value() } : {}),
        ...(many ? { instances: [...answer.ticked] } : {}) });
      sessionStorage.removeItem(`said:${o}:${key}:${work.step}`);
      answers.delete(work.step);
      view.say('Thank you: it was kept, and is looked at now.');
      await view.reload();
      document.querySelector('h1').focus();
    } catch (problem) {
      const inForm = (problem.body?.errors || []).filter((each) => each.field.startsWith('/values'));
      answer.wrong = problem.at?.(['statement']).statement || '';
      if (answer.form && inForm.length) answer.form.refuse(inForm, '/values');
      else if (!answer.wrong) answer.refused = problem.message;
    }
    busy = '';
    view.redraw();
    document.getElementById(`${answer.wrong ? 'said' : 'refused'}-${work.step}`)?.focus();
  }

  const answerForm = (work) => {
    const answer = said(work);
    const id = `said-${work.step}`;
    const type = (e) => {
      answer.statement = e.target.value;
      sessionStorage.setItem(`said:${o}:${key}:${work.step}`, answer.statement);
    };
    const tick = (instance) => (e) => (e.target.checked ? answer.ticked.add(instance) : answer.ticked.delete(instance));
    return html`<form novalidate @submit=${(e) => complete(e, work)}>
      ${answer.refused ? html`<div class="notice bad" tabindex="-1" id="refused-${work.step}" role="alert"><p>${answer.refused}</p></div>` : nothing}
      ${work.instances?.length > 1 ? html`<fieldset class="field group"><legend>It holds of</legend><div class="choices">${work.instances.map((instance) => html`
        <label class="choice"><input type="checkbox" .checked=${answer.ticked.has(instance)} @change=${tick(instance)}><span>${place(instance)}</span></label>`)}</div></fieldset>` : nothing}
      ${answer.form ? html`${answer.form.summary()}${answer.form.template()}` : nothing}
      <div class="field ${answer.wrong ? 'wrong' : ''}"><label for="${id}">What did you do or see?</label>
        <p class="hint" id="${id}-hint">It is kept in the report, with your name. Never write a password or key here.</p>
        ${answer.wrong ? html`<p class="error" id="${id}-error"><b>Not right:</b> ${answer.wrong}</p>` : nothing}
        <textarea id="${id}" rows="3" maxlength="2000" aria-describedby="${id}-hint${answer.wrong ? ` ${id}-error` : ''}" .value=${answer.statement} @input=${type}></textarea></div>
      <p class="buttons"><button class="primary" ?disabled=${busy !== ''}>${busy === work.step ? 'One moment …' : 'It is done'}</button></p>
    </form>`;
  };

  function section(work, row, titles, isOnly) {
    const { facts, snippets, paragraphs: all } = parts(work);
    const paragraphs = all.filter((text) => text !== work.problem?.nextStep); // Which stands below the problem.
    const waits = work.underWay ? 'It is being checked right now.'
      : work.party === 'MACHINE' ? `Slipway looks again by itself${work.until ? ` ${again(work.until)}` : ''}. Nobody has to do anything meanwhile`
        : `Waits for ${PARTIES[work.party]} for ${since(work.since)}`;
    const isPlain = isOnly && !work.stepTitle;
    const heading = (text) => (isPlain ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`);
    const copy = async (text) => {
      await navigator.clipboard.writeText(text);
      view.say('Copied.');
    };
    const element = work.problem?.field?.replace(/@.*/, '');
    const fix = !element ? '' : element.startsWith('credential:')
      ? `/app/o/${o}/credential/${encodeURIComponent(work.problem.field.slice('credential:'.length))}` : `/app/o/${o}/give/${encodeURIComponent(work.problem.field)}`;
    return html`<section class="ask">
      ${isPlain ? nothing : html`<h2>${work.stepTitle || (work.about === 'WAIVER' ? 'To be done without' : work.step ? fromName(work.step) : work.title)}</h2>`}
      <p class="fine">${waits}${
        work.due ? `, ${work.overdue ? 'overdue: ' : ''}${until(work.due)}` : ''}${work.delegatedTo ? `, handed to ${work.delegatedTo}` : ''}${
        work.until && !work.underWay && work.party !== 'MACHINE' ? `; looked at again by itself ${again(work.until)}` : ''}${
        work.documentation ? html` <a href="${work.documentation}" target="_blank" rel="noreferrer">Documentation</a>` : nothing}</p>
      ${work.blocked ? html`<div class="notice bad calm"><p><b>${person(work.blocked.by)} is blocked</b>, said ${ago(work.blocked.at)}:</p><p class="own">${work.blocked.text}</p>
        <p><button type="button" @click=${() => then(settle(o, work.blocked.note), 'It was settled.')}>It is settled …</button></p></div>` : nothing}
      ${work.problem ? html`<div class="notice bad calm"><p><b>${work.outcome === 'FAILED' ? 'It did not work' : 'Not accepted'}:</b> ${show(inWords(work.problem.message, titles))}</p>
        ${work.problem.nextStep ? html`<p><b>Next:</b> ${show(inWords(work.problem.nextStep, titles))}</p>` : nothing}
        ${fix && (titles.has(element)) ? html`<p><a href="${fix}">Change what was given: ${named(element, titles)}</a></p>` : nothing}</div>` : nothing}
      ${paragraphs.length ? html`${heading('What to do')}${paragraphs.map((text) => html`<p>${show(inWords(text, titles))}</p>`)}` : nothing}
      ${row?.isGate && !view.isStaff ? html`<p><a href="/app/o/${o}">To what waits for you</a></p>`
        : row?.isGate ? html`<p><a href="/app/o/${o}/given">To the information, and where it stands</a></p>` : nothing}
      ${snippets.map((snippet) => html`${heading(snippet.title)}<pre tabindex="0">${snippet.text}</pre>
        <p><button type="button" @click=${() => copy(snippet.text)}>Copy</button></p>`)}
      ${facts.length ? html`${heading('What was given')}${readOnly(facts, show)}` : nothing}
      ${work.check ? html`${heading('How it is checked')}<p>${prose(work.check, titles)}</p>` : nothing}
      ${actionsOf(row, work).includes('complete') ? answerForm(work) : nothing}
      ${work.instances?.length > 1 && !actionsOf(row, work).includes('complete') ? html`<p class="fine">${work.instances.map(place).join('; ')}</p>` : nothing}
      <p class="buttons">${work.instances?.length > 1 ? nothing : buttons(view, o, work.about === 'WAIVER' || !key.includes('@') ? work.task : key, work.title, row, work)}
        ${work.instances?.length > 1 || !actionsOf(row, work).includes('delegate') || isMe(work.blocked?.by) ? nothing
          : html`<button type="button" @click=${() => then(block(o, { ...work, task: key.includes('@') ? key : work.task }), 'Those who lead are told.')}>I am blocked …</button>`}</p>
    </section>`;
  }

  /** What was being written of a step that is not to be answered any more: another did, or it is looked at. */
  function overtaken(work) {
    const lost = [...answers].filter(([step, answer]) => answer.statement.trim() && busy !== step
      && !work.some((each) => each.step === step && actionsOf(undefined, each).includes('complete')));
    return lost.map(([step, answer]) => html`<div class="notice calm" role="status"><h2>Somebody else was faster</h2>
      <p>This step waits for no answer any more. What you had written was not sent:</p>
      <div class="field"><label for="unsaid">Your words</label><textarea id="unsaid" rows="3" readonly .value=${answer.statement}></textarea></div>
      <p class="buttons"><button type="button" @click=${() => {
        answers.delete(step);
        sessionStorage.removeItem(`said:${o}:${key}:${step}`);
        view.redraw();
      }}>Discard them</button></p></div>`);
  }

  /** What it is for; and how it goes, of a row that asks nobody for anything now. */
  const about = ({ guidance, steps }, isQuiet, titles) => html`${guidance ? html`<p>${prose(guidance, titles)}</p>` : nothing}
    ${isQuiet && steps.length ? html`<details class="more"><summary>How it goes</summary><ul class="rows">${steps.map((step) => html`<li><span class="what">${step.title}
      <span class="fine">${step.mode === 'automatic' ? 'by a machine' : `by ${PARTIES[step.party]}`}${step.onlyIf ? `, only if ${step.onlyIf}` : ''}</span></span></li>`)}</ul></details>` : nothing}`;

  const proofs = ({ line: { evidence = [] } }, titles) => (evidence.length ? html`<h2>What was seen</h2><ul class="notes">${evidence.map((proof) => html`<li>
      <p class="fine">${proof.by ? person(proof.by) : 'A machine'}, ${ago(proof.at)}${proof.against ? html`: <span class="own">${show(inWords(proof.against, titles))}</span>` : nothing}</p>
      <p class="own">${show(inWords(proof.answer, titles))}</p></li>`)}</ul>` : nothing);

  async function look(e) {
    happened = e.target.open ? await api.eventsOf(o, key).catch((problem) => ({ events: [], wrong: problem.message })) : undefined;
    view.redraw();
  }
  const history = (titles) => html`<details class="happened" @toggle=${look}><summary>What happened</summary>
    ${!happened ? nothing : happened.wrong ? html`<p class="wrong">${happened.wrong}</p>` : happened.events.length
      ? html`<ul class="events">${happened.events.map((event) => line(view, o, event, titles, ago(event.at)))}</ul>` : html`<p>Nothing happened yet.</p>`}
    ${happened?.next ? html`<p><a href="/app/o/${o}/history">What happened before</a></p>` : nothing}</details>`;

  return {
    isLive: true,
    back: () => view.home(o),
    title: (data) => (data?.row ? data.row.title : data?.work[0]?.title || 'There is no such step'),
    async load() {
      const { all, row, work, several, whole } = await api.task(o, key);
      asked ||= await api.elements(o);
      const files = await filesIn(o, { work, whole });
      return { row, work, several, whole, files, over: isOver(all.onboarding), first: row && together(awaited(row.waitsFor, all), titlesOf(all, asked)), titles: [...titlesOf(all, asked)], notes: row && !row.isGate ? await talk.load() : undefined };
    },
    draw({ row, work, several, whole, files, over, first, titles: list, notes }) {
      const titles = new Map(list);
      show = filesOf(view, files, (sha256) => api.download(o, sha256));
      if (!row && !work.length) return html`<p>It is not part of this onboarding, or not any more.</p>`;
      if (several.length) {
        return html`<p class="lead">${row.row} <span class="fine">${row.requirement}, ${count(several.length, 'instance', 'instances')}</span></p>
          ${work.filter((each) => each.party !== 'MACHINE').map((each) => section(each, undefined, titles, work.length === 1))}
          <h2>Each by itself</h2><ul class="rows">${several.map((each) => html`<li><span class="what">
            <a href="/app/o/${o}/task/${encodeURIComponent(`${each.task}@${each.instance}`)}">${place(each.instance)}</a></span>${chip(shown(each))}</li>`)}</ul>${history(titles)}`;
      }
      return html`${row ? html`<p class="lead">${row.row} ${chip(shown(row))} ${place(row.instance)}
          <span class="fine">${row.requirement}${row.attempts ? `, ${count(row.attempts, 'try', 'tries')}` : ''}</span></p>` : nothing}
        ${whole ? about(whole, !work.length, titles) : nothing}
        ${overtaken(work)}
        ${row?.why && !work.length ? html`<p>${prose(row.why, titles)}</p>` : nothing}
        ${first ? html`<p>Nobody has to do anything here yet: first comes ${first}.</p>` : nothing}
        ${work.filter((each) => each.party !== 'MACHINE' || each.problem || each.about).map((each) => section(each, row, titles, work.length === 1))}
        ${work.length || !row ? nothing : html`<p class="buttons">${buttons(view, o, key, row.title, row)}</p>`}
        ${whole ? proofs(whole, titles) : nothing}
        ${notes ? talk.draw(notes, over) : nothing}
        ${history(titles)}`;
    },
  };
}
