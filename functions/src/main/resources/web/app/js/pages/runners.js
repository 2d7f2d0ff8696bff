// C9: probe runners, which look at systems from inside the customer's network.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { WHY, ask } from '../dialog.js';
import { OVER, RUNNERS, ago, date, isOver, named, person, titlesOf, until } from '../words.js';

export function runners(view, o) {
  let made;
  let titles; // Of what probes are for: looked up once.

  const enrol = async () => {
    const done = await ask({
      title: 'Add a probe runner',
      what: html`<p>It runs inside your network and looks at what can be reached from there only. It gets a code that is good once, for a day.</p>`,
      fields: [{ name: 'name', label: 'Name', hint: 'What the report calls it, such as the host it runs on.', most: 60 }],
      button: 'Make a code',
      act: async ({ name }) => { made = await api.enrol(o, name); },
    });
    if (done) {
      await view.reload();
      document.getElementById('code')?.focus();
    }
  };
  const revoke = async (runner) => {
    if (await ask({ title: `Revoke ${runner.name}`, what: html`<p>Nobody listens to it any more, nor takes its code. What it saw stays.</p>`,
      fields: [WHY], button: 'Revoke', isBad: true, act: ({ reason }) => api.revoke(o, runner.runner, reason) })) {
      view.reload();
    }
  };
  const copy = async (text) => {
    await navigator.clipboard.writeText(text);
    view.say('Copied.');
  };

  return {
    isLive: true,
    back: () => view.home(o),
    title: () => 'Probe runners',
    async load() {
      const all = await api.summary(o);
      const found = await api.runners(o);
      titles ||= titlesOf(all);
      return { ...found, over: isOver(all.onboarding) };
    },
    draw({ runners: all, probes, over }) {
      const command = made && `java -jar slipway-probe-runner.jar --api ${location.origin} --code ${made.code}`;
      return html`<p class="lead">A probe runner looks at systems from inside your network, where we cannot reach them.</p>
        ${made ? html`<div class="notice" id="code" tabindex="-1"><p><b>${made.name}: the code is shown this once.</b> Run this inside your network, ${until(made.expiresAt)}:</p>
          <pre tabindex="0">${command}</pre><p><button type="button" @click=${() => copy(command)}>Copy</button></p></div>` : nothing}
        ${over ? html`<p>${OVER}</p>` : html`<p><button type="button" class="primary" @click=${enrol}>Add a probe runner …</button></p>`}
        ${all.length ? html`<ul class="rows">${all.map((runner) => html`<li><span class="what"><b>${runner.name}</b>
            <span class="fine">invited by ${person(runner.invitedBy)} ${ago(runner.invitedAt)}${runner.expiresAt ? `, good until ${date(runner.expiresAt)}` : ''}</span></span>
            <span class="chip ${runner.state === 'ENROLLED' ? 'done' : 'pending'}">${RUNNERS[runner.state]}</span>
            ${['INVITED', 'ENROLLED'].includes(runner.state) ? html`<button type="button" @click=${() => revoke(runner)}>Revoke …<span class="unseen"> ${runner.name}</span></button>` : nothing}</li>`)}</ul>`
          : html`<p>There is none.</p>`}
        ${probes.length ? html`<h2>What they were asked</h2><ul class="rows">${probes.map((probe) => html`<li><span class="what"><b>${probe.against || 'A probe that is not known any more'}</b>
            ${probe.description ? html`<span class="fine">${probe.description}</span>` : nothing}
            <span class="fine">for <a href="/app/o/${o}/task/${encodeURIComponent(probe.task)}">${named(probe.task, titles)}</a>, asked ${ago(probe.askedAt)}${probe.answeredAt ? `, answered ${ago(probe.answeredAt)}` : ''}</span></span>
            <span class="chip ${probe.state === 'ANSWERED' ? 'done' : 'waiting'}">${{ PENDING: 'Waiting', ANSWERED: 'Answered', WITHDRAWN: 'Not needed any more' }[probe.state]}</span></li>`)}</ul>` : nothing}`;
    },
  };
}
