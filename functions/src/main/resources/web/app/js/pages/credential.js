// C4: access data. It goes to the store of secrets, is tested, and is never shown again, neither here nor anywhere else.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { newForm } from '../form.js';
import { GIVERS, GRADES, OVER, ago, isOver, moment, person, prose } from '../words.js';
import { letGuest } from './acts.js';
import { instanceTitle } from './overview.js';

export function credential(view, o, system) {
  let form;
  let busy = false;
  let answer;
  let wrong = '';

  const find = async () => (await api.elements(o)).credentials.find((each) => each.system === system);

  async function store(e) {
    e.preventDefault();
    if (busy || !form.isRight()) return;
    busy = true;
    answer = undefined;
    wrong = '';
    view.redraw();
    const before = view.data.credential.at;
    try {
      answer = await api.storeCredential(o, system, form.value());
      form.forget();
      view.data.credential = await find();
    } catch (problem) {
      if (problem.status === 422 && problem.body.errors) {
        busy = false;
        form.refuse(problem.body.errors);
        return;
      }
      form.forget();
      if (problem.status === 0 || problem.status >= 500) {
        // It may have arrived all the same: the grade tells, and nothing is sent twice.
        const now = await find().catch(() => undefined);
        if (now && now.at !== before) {
          view.data.credential = now;
          answer = now;
        } else {
          wrong = 'The answer never came, and nothing was stored. Enter the secret again, then store it.';
        }
      } else {
        wrong = problem.message;
      }
    } finally {
      busy = false;
      view.redraw();
    }
    document.querySelector('.notice:not(.calm)')?.focus();
  }

  const told = (graded) => html`<div class="notice ${graded.grade === 'VALID' ? 'good' : 'bad'}" tabindex="-1" role="group" aria-labelledby="grade">
    <h2 id="grade">${GRADES[graded.grade]}</h2><p>${prose(graded.message)}</p>
    ${(graded.findings || []).map((each) => html`<p><b>To know:</b> ${prose(each.message)} ${prose(each.nextStep)}</p>`)}
    ${graded.retryAt ? html`<p>Try again from ${moment(graded.retryAt)} on.</p>` : nothing}
    ${graded.grade === 'VALID' ? html`<p><a href="${view.home(o)[0]}">${view.home(o)[1]}</a></p>`
      : graded.usable ? html`<p>What was stored before stays in use.</p>` : nothing}</div>`;

  return {
    back: () => view.home(o),
    title: (data) => (data?.credential ? instanceTitle(data.credential) : 'Access data'),
    async load() {
      const found = await find();
      if (found?.yours) {
        form = newForm(found.schema, undefined, { redraw: () => view.redraw(), say: view.say, secret: true });
      }
      const over = found && !found.yours && isOver((await api.summary(o)).onboarding);
      return { credential: found, over };
    },
    draw({ credential: one, over }) {
      if (!one) return html`<p>It is not asked for, or not any more.</p>`;
      return html`${one.guidance ? html`<p class="lead">${prose(one.guidance)}</p>` : nothing}
        <div class="notice calm"><p><b>Nobody reads this.</b> It goes into the store of secrets, is tested at once, and is
          used by machines only. No page, mail or report ever shows it.</p></div>
        ${answer ? told(answer) : one.grade ? html`<p>${one.usable ? html`<b>Tested</b>` : html`<b>${GRADES[one.grade]}</b>: ${prose(one.message)}`},
            given by ${person(one.by)} ${ago(one.at)}.</p>` : html`<p>Nothing has been given yet.</p>`}
        ${wrong ? html`<div class="notice bad" tabindex="-1" role="alert"><p>${wrong}</p></div>` : nothing}
        ${form ? html`${form.summary()}<form novalidate autocomplete="off" @submit=${store}>${form.template()}
            <p class="buttons"><button class="primary" ?disabled=${busy}>Store and test</button>
              <a href="/app/o/${o}">Cancel</a>
              <button type="button" @click=${() => letGuest(view, o, 'credential', system, one.title)}>Somebody else gives it …</button></p>
            ${busy ? html`<p role="status">Being tested; this takes up to 25 seconds.</p>` : nothing}</form>`
          : html`<p>${over ? OVER : GIVERS[one.party]}</p>`}`;
    },
  };
}
