// M4: what a run would do, and its start. M5: the sign-off.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { afterGoLive } from './after.js';
import { EFFECTS, PARTIES, STATES, count, date, isOver, moment, named, person, prose, titled, titlesOf, together } from '../words.js';
import { chip } from './overview.js';

export function plan(view, o) {
  let difference;
  let wrong = '';
  let busy = false;

  const start = async () => {
    busy = true;
    wrong = '';
    view.redraw();
    try {
      await api.start(o, view.data.plan.hash);
      view.go(`/app/m/${o}`, 'It starts in a moment.');
      return;
    } catch (problem) {
      if (problem.code === 'plan.stale') {
        difference = problem.body.difference;
        await view.reload();
      } else {
        wrong = problem.message;
      }
    }
    busy = false;
    view.redraw();
    document.querySelector('.notice')?.focus();
  };
  return {
    isWide: true,
    back: () => [`/app/m/${o}`, 'Back to the board'],
    title: () => 'Start',
    async load() {
      const all = await api.summary(o);
      return { all, plan: await api.plan(o) };
    },
    draw({ all, plan: { entries, missing, elements = [] } }) {
      const titles = titlesOf(all);
      if (!['INTAKE', 'STOPPED'].includes(all.onboarding.state)) {
        return html`<p>${STATES[all.onboarding.state]}: there is nothing to start. <a href="/app/m/${o}">The board</a> tells how each row stands.</p>`;
      }
      const entry = (each) => html`<li><span class="id">${each.row}</span><span class="what">${titled(each.title, each.instance)}
          ${each.rule ? html`<span class="fine">${prose(each.rule, titles)}</span>` : nothing}${each.note ? html`<span class="fine">${prose(each.note, titles)}</span>` : nothing}
          ${each.waitsFor.length ? html`<span class="fine">after ${together(each.waitsFor, titles)}</span>` : nothing}
          ${each.missing.length ? html`<span class="fine wrong">missing: ${each.missing.map((it) => titled(it.title, it.field.split('@')[1])).join(', ')}</span>` : nothing}
          ${each.steps.filter((step) => !step.onlyIf && step.party !== 'MACHINE').map((step) => html`<span class="fine">${step.title}: ${PARTIES[step.party]}</span>`)}</span>
        <span class="chip ${each.effect === 'RUN' ? 'done' : 'pending'}">${EFFECTS[each.effect]}</span></li>`;
      return html`<p class="lead">What would run now. Nothing is touched before you start it.</p>
        ${wrong ? html`<div class="notice bad" tabindex="-1" role="alert"><p>${wrong}</p></div>` : nothing}
        ${difference ? html`<div class="notice" tabindex="-1" role="group" aria-labelledby="stale"><h2 id="stale">Something else would run than you saw</h2>
          <ul>${difference.length ? difference.map((each) => html`<li><b>${named(each.task, titles)}</b>: ${each.before ? EFFECTS[each.before] : 'not there'} before, now ${each.now ? EFFECTS[each.now] : 'not there'}</li>`)
            : html`<li>What is different is not known any more: look through the plan again.</li>`}</ul></div>` : nothing}
        ${missing.length ? html`<h2>${count(missing.length, 'thing is', 'things are')} missing</h2><p>It can start all the same: a section waits until it has what it needs.</p>
          <ul>${missing.map((each) => html`<li>${titled(each.title, each.field.split('@')[1])} <span class="fine">${each.kind === 'credential' ? 'access data, ' : ''}from ${PARTIES[each.party]}</span></li>`)}</ul>` : nothing}
        <p class="buttons"><button type="button" class="primary" ?disabled=${busy} @click=${start}>${difference ? 'Start this instead' : 'Start'}</button></p>
        ${all.sections.map((section) => {
          const of = entries.filter((each) => each.section === section.section && each.effect !== 'PLANNED');
          const rows = elements.filter((each) => each.section === section.section);
          return of.length + rows.length ? html`<h2>${section.title}</h2><ul class="rows">${rows.map((each) => html`<li><span class="id">${each.row}</span>
            <span class="what">${titled(each.title, each.instance)}</span>${chip(each.outcome)}</li>`)}${of.map(entry)}</ul>` : nothing;
        })}`;
    },
  };
}

export function signOff(view, o) {
  let reason = '';
  let rows = [];
  let wrong = '';
  let old = false;
  let busy = false;
  const act = async (call, said) => {
    busy = true;
    wrong = '';
    rows = [];
    old = false;
    view.redraw();
    try {
      await call();
      view.say(said);
      await view.reload();
    } catch (problem) {
      old = problem.code === 'sign-off.old-looks';
      wrong = problem.body?.rows ? '' : problem.message;
      rows = problem.body?.rows || [];
    }
    busy = false;
    view.redraw();
    document.querySelector('.notice')?.focus();
  };
  const sign = (e) => {
    e.preventDefault();
    return act(() => api.signOff(o, reason.trim()), 'It is signed off.');
  };
  const lookAgain = () => act(() => api.lookAgain(o, 'before the sign-off'),
    'Everything is being looked at again. The board tells what it comes to; then sign off.');
  return {
    back: () => [`/app/m/${o}`, 'Back to the board'],
    title: () => 'Sign off',
    async load() {
      const all = await api.summary(o);
      const isSigned = all.onboarding.state === 'SIGNED_OFF';
      const signature = isSigned ? await api.signature(o) : null;
      return { all, signature, looks: isSigned ? await api.looks(o) : null };
    },
    draw({ all, signature, looks }) {
      if (signature) {
        return html`<div class="notice good" tabindex="-1"><p><b>Signed off</b> by ${person(signature.by)}, ${moment(signature.at)}.</p></div>
          <p><a href="/app/o/${o}/report">The signed report</a></p>
          ${all.onboarding.eraseAt ? html`<p>Personal data and secrets are erased on ${date(all.onboarding.eraseAt)}.</p>` : nothing}
          ${afterGoLive(view, o, looks)}`;
      }
      if (isOver(all.onboarding)) return html`<p>${STATES[all.onboarding.state]}: there is nothing to sign off.</p>`;
      if (!view.me.roles.includes('manager')) return html`<p>An onboarding manager signs off, once every mandatory row is final. The board tells which are not.</p>`;
      return html`<p class="lead">The report is frozen and signed. Nothing changes the onboarding afterwards.</p>
        ${wrong ? html`<div class="notice bad" tabindex="-1" role="alert"><p>${wrong}</p></div>` : nothing}
        ${rows.length ? html`<div class="notice bad" tabindex="-1" role="group" aria-labelledby="open"><h2 id="open">${old ? html`${count(rows.length, 'row was', 'rows were')} looked at last more than a week ago` : html`${count(rows.length, 'mandatory row is', 'mandatory rows are')} not final`}</h2>
          ${old ? html`<p>Whether they still hold is not known. <button type="button" ?disabled=${busy} @click=${lookAgain}>Look at everything again</button></p>` : nothing}
          <ul>${rows.map((each) => html`<li>${each.row} <a href="/app/o/${o}/task/${encodeURIComponent(each.task)}">${each.title}</a>${each.why ? html`: ${prose(each.why, titlesOf(all))}` : nothing}${each.nextStep ? html` ${prose(each.nextStep, titlesOf(all))}` : nothing}</li>`)}</ul></div>` : nothing}
        <form novalidate @submit=${sign}><div class="field"><label for="reason">Reason <span class="optional">optional</span></label>
          <p class="hint" id="reason-hint">It stands in the report.</p>
          <textarea id="reason" rows="3" maxlength="1000" aria-describedby="reason-hint" .value=${reason} @input=${(e) => { reason = e.target.value; }}></textarea></div>
          <p class="buttons"><button class="primary" ?disabled=${busy}>Sign off</button><a href="/app/m/${o}">Cancel</a></p></form>`;
    },
  };
}
