// M3: one onboarding, row by row, with its instances folded. M6: a row of its own. M8: stop and start.
import { html, nothing } from 'lit-html';
import { PAGE, Problem, api } from '../api.js';
import { WHY, ask } from '../dialog.js';
import { expectedEnd } from '../expected.js';
import { OVER, PARTIES, STATES, count, isOver, person, place, prose, shown, since, titled, titlesOf } from '../words.js';
import { actOnAll, actionsOf, buttons } from './acts.js';
import { after, chip, countChips, first, progressBar } from './overview.js';

/** Of tasks as the API names their outcomes, of elements a few more. */
const GROUPS = [
  ['all', 'Everything'], ['failed', 'Failed', ['FAILED'], ['INVALID']],
  ['waiting', 'Waiting', ['WAITING'], ['GIVEN', 'MISSING']], ['later', 'Not reached', ['LATER', 'PENDING'], []],
  ['done', 'Done', ['DONE', 'NOT_APPLICABLE', 'SKIPPED', 'WAIVED'], []],
];
const isIn = ([, , tasks, elements], outcome) => !tasks || tasks.includes(outcome) || elements.includes(outcome);

export function board(view, o) {
  let filter = 'all';
  const unfolded = new Map(); // Of each row that is open its instances, as far as they were asked for.
  const ticked = new Set();
  const came = new Map(); // What came of an act on many, by task.

  const stop = (section) => async () => {
    if (await ask({ title: section ? `Stop ${section.title}` : 'Stop everything',
      what: html`<p>Everything recorded stays. ${section ? 'The other sections go on.' : 'A new run goes on where this one was.'}</p>`,
      fields: [WHY], button: 'Stop', isBad: true,
      act: ({ reason }) => (section ? api.stopSection(o, section.section, reason) : api.stop(o, reason)) })) view.reload();
  };
  const startSection = (section) => async () => {
    if (await ask({ title: `Start ${section.title}`, what: html`<p>Only what is not done is performed.</p>`, fields: [WHY], button: 'Start',
      act: ({ reason }) => api.startSection(o, section.section, reason) })) view.reload();
  };
  const cancel = (name) => async () => {
    if (await ask({ title: 'Cancel the onboarding', what: html`<p>It ends for good. Nothing can bring it back.</p>`,
      fields: [{ name: 'typed', label: 'The name of the onboarding', hint: `Type “${name}”, so that nobody cancels another one.` }, WHY],
      button: 'Cancel it for good', isBad: true,
      act: async ({ typed, reason }) => {
        if (typed !== name) throw new Problem(422, { field: 'typed', detail: 'This is not the name of this onboarding.' });
        await api.cancel(o, reason);
      } })) view.reload();
  };

  const keyOf = (row) => (row.instance ? `${row.task}@${row.instance}` : row.task);

  function single(row, all, titles, isInstance) {
    const key = keyOf(row);
    const work = (row.openWork || all.openWork.filter((each) => each.task === key || each.task === row.task && each.instances?.includes(row.instance)))
      .find((each) => each.party !== 'MACHINE');
    const state = shown(row);
    return html`<li class="${isInstance ? 'instance' : ''}">
      ${isInstance ? html`<label class="tick"><input type="checkbox" .checked=${ticked.has(key)} @change=${(e) => {
          if (e.target.checked) ticked.add(key); else ticked.delete(key);
          view.redraw();
        }}><span class="unseen">Choose ${place(row.instance)}</span></label>` : html`<span class="id">${row.row}</span>`}
      <span class="what"><a href="/app/o/${o}/task/${encodeURIComponent(key)}">${isInstance ? place(row.instance) : titled(row.title, row.instance)}</a>
        ${state === 'LATER' ? html`<span class="fine">${after(row, all, titles)}</span>`
          : row.why ? html`<span class="fine">${prose(row.why, titles)}</span>` : nothing}
        ${work && !work.underWay ? html`<span class="fine">waits for ${PARTIES[work.party]} for ${since(work.since)}${work.overdue ? html`, <b class="wrong">overdue</b>` : ''}</span>` : nothing}
        ${came.has(key) ? html`<span class="fine"><b>${came.get(key)}</b></span>` : nothing}</span>
      ${chip(state)}
    </li>`;
  }

  /** Asks for the instances of a row as the filter has them: as many as were asked for before, and one page more. */
  async function instancesOf(task, pages) {
    const wanted = GROUPS.find(([name]) => name === filter)[2];
    const chosen = filter;
    const found = await api.instances(o, task, { most: pages * PAGE, ...(wanted ? { outcome: wanted.join() } : {}) });
    if (unfolded.has(task) && chosen === filter) unfolded.set(task, { ...found, pages });
  }
  async function asked(tasks, pages) {
    try {
      await Promise.all(tasks.map((task) => instancesOf(task, pages)));
    } catch (problem) {
      view.say(problem.message);
    }
    view.redraw();
  }
  const fold = (task) => async (e) => {
    if (e.target.open === unfolded.has(task)) return;
    if (e.target.open) {
      unfolded.set(task, { rows: [], pages: 1 });
      await asked([task], 1);
    } else {
      unfolded.delete(task);
      view.redraw();
    }
  };
  const more = (task) => () => asked([task], unfolded.get(task).pages + 1);
  const show = (name) => () => {
    filter = name;
    return asked([...unfolded.keys()], 1);
  };

  function rows(section, all, titles, group) {
    return section.tasks.filter((row) => row.outcome !== 'PLANNED').map((row) => {
      if (!row.instances) return isIn(group, shown(row)) ? single(row, all, titles, false) : nothing;
      const counts = Object.entries(row.outcomes);
      if (!counts.some(([outcome]) => isIn(group, outcome))) return nothing;
      const open = unfolded.get(row.task);
      const left = counts.filter(([outcome]) => isIn(group, outcome)).reduce((sum, [, number]) => sum + number, 0) - (open?.rows.length || 0);
      return html`<li class="several"><details ?open=${open} @toggle=${fold(row.task)}>
        <summary><span class="id">${row.row}</span> <b>${row.title}</b> <span class="fine">${count(row.instances, 'instance', 'instances')}</span>
          ${countChips(row)}</summary>
        ${open ? html`<ul class="rows">${open.rows.map((each) => single(each, all, titles, true))}</ul>
          ${open.next ? html`<p><button type="button" @click=${more(row.task)}>Show ${Math.min(PAGE, left)} more<span class="unseen"> of ${row.title}</span></button></p>` : nothing}` : nothing}
        </details></li>`;
    }).filter((each) => each !== nothing);
  }

  function many() {
    const chosen = [...unfolded.values()].flatMap((open) => open.rows).filter((row) => ticked.has(keyOf(row)));
    const may = ['retry', 'skip', 'waive'].filter((name) => chosen.every((row) => actionsOf(row).includes(name)));
    const go = (name) => async () => {
      await actOnAll(name, o, chosen.map(keyOf), (task, text) => {
        came.set(task, text);
        view.redraw();
      });
      ticked.clear();
      view.reload();
    };
    return html`<div class="notice calm" role="group" aria-label="Chosen rows"><p>${count(chosen.length, 'row', 'rows')} chosen.
      ${may.map((name) => html`<button type="button" @click=${go(name)}>${{ retry: 'Try again', skip: 'Skip', waive: 'Do without' }[name]} …</button>`)}
      ${may.length ? nothing : 'There is nothing that can be done with all of them.'}
      <button type="button" class="link" @click=${() => { ticked.clear(); view.redraw(); }}>Choose none</button></p></div>`;
  }

  return {
    isLive: true, isWide: true,
    back: () => ['/app', 'Onboardings'],
    title: (all) => all.onboarding.name,
    async load() {
      const all = await api.summaryWithEnd(o);
      if (all !== view.data) await Promise.all([...unfolded].map(([task, open]) => instancesOf(task, open.pages)));
      return all;
    },
    draw(all) {
      const { state } = all.onboarding;
      const titles = titlesOf(all);
      const every = all.sections.flatMap((section) => [
        ...section.tasks.filter((row) => row.outcome !== 'PLANNED').flatMap((row) => (row.instances ? Object.entries(row.outcomes) : [[shown(row), 1]])),
        ...(section.elements || []).map((row) => [row.outcome, 1])]);
      const numberOf = (group) => every.filter(([outcome]) => isIn(group, outcome)).reduce((sum, [, number]) => sum + number, 0);
      const group = GROUPS.find(([name]) => name === filter);
      const isManager = view.me.roles.includes('manager');
      const waivers = all.openWork.filter((work) => work.about === 'WAIVER');
      const content = all.sections.map((section) => {
        const elements = (section.elements || []).filter((row) => isIn(group, row.outcome));
        const tasks = rows(section, all, titles, group);
        return !elements.length && !tasks.length ? nothing : html`<section><div class="heading"><h2>${section.title}
            <span class="fine">${section.progress.settled} of ${section.progress.total}${section.stopped ? `, stopped by ${person(section.stopped.by)}: ${section.stopped.reason}` : ''}</span></h2>
          ${(section.actions || []).map((action) => (action === 'start'
            ? html`<button type="button" @click=${startSection(section)}>Start …<span class="unseen"> ${section.title}</span></button>`
            : html`<button type="button" class="link" @click=${stop(section)}>Stop …<span class="unseen"> ${section.title}</span></button>`))}</div>
          ${all.openWork.filter((work) => /\.(gate|resume)$/.test(work.task.split('@')[0]) && work.section === section.section && work.party !== 'MACHINE').map((work) => html`
            <p><a href="/app/o/${o}/task/${encodeURIComponent(work.task)}">Waits for ${PARTIES[work.party]} for ${since(work.since)}</a>
              ${work.problem ? html`<span class="fine wrong">${prose(work.problem.message, titles)}</span>` : html`<span class="fine">${prose(first(work.instructions), titles)}</span>`}</p>`)}
          <ul class="rows">${elements.map((row) => html`<li><span class="id">${row.row}</span><span class="what">
            <a href="${row.element.startsWith('credential:') ? `/app/o/${o}/credential/${encodeURIComponent(row.element.slice(11))}` : `/app/o/${o}/give/${encodeURIComponent(row.element)}`}">${titled(row.title, row.instance)}</a>
            ${row.reason ? html`<span class="fine">${prose(row.reason, titles)}</span>` : nothing}</span>${chip(row.outcome)}</li>`)}
          ${tasks}</ul></section>`;
      });
      return html`<p class="lead">${STATES[state]}${all.onboarding.run ? `, run ${all.onboarding.run}` : ''}</p>${progressBar(all.progress)}
        ${isOver(all.onboarding) ? nothing : html`<p class="buttons">
          ${['INTAKE', 'STOPPED'].includes(state) ? html`<a class="button primary" href="/app/m/${o}/plan">Start …</a>` : nothing}
          ${state === 'RUNNING' ? html`<button type="button" @click=${stop()}>Stop …</button>` : nothing}
          ${isManager && ['COMPLETED', 'RUNNING', 'STOPPED'].includes(state) ? html`<a class="button" href="/app/m/${o}/sign-off">Sign off …</a>` : nothing}
          <a class="button" href="/app/m/${o}/row">Add a row …</a>
          ${isManager ? html`<button type="button" class="link" @click=${cancel(all.onboarding.name)}>Cancel the onboarding …</button>` : nothing}</p>`}
        ${expectedEnd(all.expected)}
        ${waivers.length ? html`<h2>For a second person</h2><ul class="cards">${waivers.map((work) => html`<li class="card"><h3>Do without ${work.title}</h3>
          <p>${prose(work.instructions || '', titles)}</p>
          <p class="buttons">${isManager ? buttons(view, o, work.task, work.title, undefined, work) : html`<span class="fine">A manager agrees or refuses.</span>`}</p></li>`)}</ul>` : nothing}
        <div class="filters" role="group" aria-label="Show">${GROUPS.map((each) => html`<button type="button" aria-pressed="${each === group}"
          @click=${show(each[0])}>${each[1]} ${numberOf(each)}</button>`)}</div>
        ${ticked.size ? many() : nothing}
        ${content.some((each) => each !== nothing) ? content : html`<p>None of these.</p>`}`;
    },
  };
}

export function row(view, o) {
  const said = { section: '', title: '', instructions: '', party: '', dueDays: '5', requirement: '', fileNeeded: false, reason: '' };
  let wrong = {};
  let busy = false;
  const NEEDED = ['section', 'title', 'instructions', 'party', 'requirement', 'reason'];
  const submit = async (e) => {
    e.preventDefault();
    wrong = Object.fromEntries(NEEDED.filter((name) => !said[name].trim()).map((name) => [name, 'Must be given.']));
    if (!/^[1-9]\d{0,2}$/.test(said.dueDays)) wrong.dueDays = 'A whole number from 1 to 365.';
    if (!Object.keys(wrong).length) {
      busy = true;
      view.redraw();
      try {
        const added = await api.addRow(o, { ...said, dueDays: Number(said.dueDays) });
        view.go(`/app/m/${o}`, `${added.title} was added.`);
        return;
      } catch (problem) {
        wrong = problem.at?.(Object.keys(said)) || {};
        if (!Object.keys(wrong).length) wrong.all = problem.message;
      }
      busy = false;
    }
    view.redraw();
    document.querySelector('.field.wrong input, .field.wrong textarea, .field.wrong select, .notice')?.focus();
  };
  const field = (name, label, input, hint = '') => html`<div class="field ${wrong[name] ? 'wrong' : ''}"><label for="${name}">${label}</label>
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
    ${wrong[name] ? html`<p class="error" id="${name}-error"><b>Not right:</b> ${wrong[name]}</p>` : nothing}${input}</div>`;
  const put = (name) => (e) => { said[name] = e.target.value; };
  const described = (name) => (wrong[name] ? `${name}-error` : nothing);
  const select = (name, options) => html`<select id="${name}" aria-describedby=${described(name)} @change=${put(name)}><option value="">Choose …</option>
    ${options.map(([key, words]) => html`<option value="${key}" ?selected=${key === said[name]}>${words}</option>`)}</select>`;
  return {
    back: () => [`/app/m/${o}`, 'Back to the board'],
    title: () => 'Add a row',
    load: () => api.summary(o),
    draw: (all) => (isOver(all.onboarding) ? html`<p>${OVER}</p>` : html`<p class="lead">A person does it and says so. It waits from now on, and stands in plan, status and report.</p>
      <form novalidate @submit=${submit}>
      ${wrong.all ? html`<div class="notice bad" tabindex="-1" role="alert"><p>${wrong.all}</p></div>` : nothing}
      ${field('section', 'Section', select('section', all.sections.map((each) => [each.section, each.title])))}
      ${field('title', 'Title', html`<input id="title" maxlength="100" autocomplete="off" aria-describedby=${described('title')} .value=${said.title} @input=${put('title')}>`)}
      ${field('instructions', 'What to do', html`<textarea id="instructions" rows="4" maxlength="2000" aria-describedby=${described('instructions')} .value=${said.instructions} @input=${put('instructions')}></textarea>`)}
      ${field('party', 'Who does it', select('party', [['customer', 'The customer'], ['vendor', 'The vendor'], ['third-party', 'A third party']]))}
      ${field('dueDays', 'Days until it is due', html`<input id="dueDays" class="short" inputmode="numeric" aria-describedby=${described('dueDays')} .value=${said.dueDays} @input=${put('dueDays')}>`)}
      ${field('requirement', 'Is it needed', select('requirement', [['mandatory', 'It is mandatory: it holds the sign-off'], ['optional', 'It is optional']]))}
      <div class="field"><label class="choice"><input type="checkbox" .checked=${said.fileNeeded} @change=${(e) => { said.fileNeeded = e.target.checked; }}><span>A file has to be handed over as evidence</span></label></div>
      ${field('reason', 'Reason', html`<textarea id="reason" rows="2" maxlength="1000" aria-describedby=${described('reason')} .value=${said.reason} @input=${put('reason')}></textarea>`)}
      <p class="buttons"><button class="primary" ?disabled=${busy}>Add it</button><a href="/app/m/${o}">Cancel</a></p></form>`),
  };
}
