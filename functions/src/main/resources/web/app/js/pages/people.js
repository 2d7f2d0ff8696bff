// C8: who came in by an invitation, and who is invited; the page of an invitation's link; and the onboardings of one member.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { WHY, ask } from '../dialog.js';
import { INVITATIONS, OVER, STATES, ago, date, isOver, named, person, titlesOf } from '../words.js';

export function people(view, o) {
  let made;
  let titles; // Of what guests are let in for: looked up once.

  const invite = async () => {
    made = undefined;
    const done = await ask({
      title: 'Invite a person',
      what: html`<p>They get a link by mail, good for 14 days. It lets in an account with this very address, and shows this onboarding only.</p>`,
      fields: [{ name: 'name', label: 'Name', most: 100 },
        { name: 'email', label: 'E-mail address', type: 'email', hint: 'Such as anna@example.com.' }],
      button: 'Send the invitation',
      act: async ({ name, email }) => { made = await api.invite(o, { name, email }); },
    });
    if (done) {
      await view.reload();
      if (made.mailed) view.say(`A mail went to ${made.email}.`);
      else document.getElementById('link')?.focus();
    }
  };
  const end = async (each, what) => {
    if (await ask({ title: `End: ${each.name}`, what: html`<p>${what}</p>`, fields: [WHY], button: 'End it', isBad: true,
      act: ({ reason }) => api.endPerson(o, each.id, reason) })) {
      view.say('It is ended.');
      view.reload();
    }
  };
  const copy = async (text) => {
    await navigator.clipboard.writeText(text);
    view.say('Copied.');
  };
  const leads = view.me.roles.includes('manager');
  const button = (each, what) => (leads ? html`<button type="button" @click=${() => end(each, what)}>End …<span class="unseen"> ${each.name}</span></button>` : nothing);

  return {
    isLive: true,
    back: () => view.home(o),
    title: () => 'People',
    async load() {
      const { onboarding, ...all } = await api.summary(o);
      const found = await api.people(o);
      titles ||= found.guests.length ? titlesOf(all, await api.elements(o)) : undefined;
      return { ...found, over: isOver(onboarding) };
    },
    draw({ members, invitations, guests, over }) {
      const invited = invitations.filter((each) => each.state !== 'REDEEMED');
      return html`<p class="lead">Whoever is invited signs in with an account of their own, and sees this onboarding.</p>
        ${made && !made.mailed ? html`<div class="notice" id="link" tabindex="-1"><p><b>${made.name}: no mail could be sent.</b> Hand this link over; it is shown this once.</p>
          <pre tabindex="0">${made.link}</pre><p><button type="button" @click=${() => copy(made.link)}>Copy</button></p></div>` : nothing}
        ${over ? html`<p>${OVER} Nobody is invited.</p>` : leads || view.me.roles.includes('customer') ? html`<p><button type="button" class="primary" @click=${invite}>Invite a person …</button></p>` : nothing}
        <h2>Members</h2>
        ${members.length ? html`<ul class="rows">${members.map((each) => html`<li><span class="what"><b>${each.name}</b> ${each.email}
            <span class="fine">invited by ${person(each.invitedBy)}, came in ${ago(each.since)}${each.endedAt ? `, ended by ${person(each.endedBy)} ${ago(each.endedAt)}` : ''}</span></span>
            <span class="chip ${each.endedAt ? 'pending' : 'done'}">${each.endedAt ? 'Ended' : 'Member'}</span>
            ${each.endedAt ? nothing : button(each, 'They see this onboarding no more, from now on. What they did stays.')}</li>`)}</ul>`
          : html`<p>Nobody has come in by an invitation.</p>`}
        <h2>Invitations</h2>
        ${invited.length ? html`<ul class="rows">${invited.map((each) => html`<li><span class="what"><b>${each.name}</b> ${each.email}
            <span class="fine">invited by ${person(each.invitedBy)} ${ago(each.invitedAt)}${each.state === 'OPEN' ? `, good until ${date(each.expiresAt)}` : ''}</span></span>
            <span class="chip ${each.state === 'OPEN' ? 'waiting' : 'pending'}">${INVITATIONS[each.state]}</span>
            ${each.state === 'OPEN' ? button(each, 'The link is good for nothing any more.') : nothing}</li>`)}</ul>`
          : html`<p>Nobody is invited at the moment.</p>`}
        <h2>Guests</h2>
        ${guests.length ? html`<ul class="rows">${guests.map((each) => html`<li><span class="what"><b>${each.name}</b> ${each.email}
            <span class="fine">let in by ${person(each.grantedBy)} ${ago(each.grantedAt)} for ${named(each.about.task || each.about.element || `credential:${each.about.credential}`, titles)}${each.state === 'OPEN' ? `, good until ${date(each.expiresAt)}` : ''}</span></span>
            <span class="chip ${each.state === 'OPEN' ? 'waiting' : 'pending'}">${INVITATIONS[each.state]}</span>
            ${each.state === 'OPEN' ? button(each, 'The link and the session are good for nothing any more.') : nothing}</li>`)}</ul>`
          : html`<p>Nobody without an account is let in. You do that where a thing is handed on.</p>`}`;
    },
  };
}

/** The page of an invitation's link: to open it spends nothing. */
export function invitation(view, both) {
  const [onboarding, id] = both.split('.');
  const secret = location.hash.slice(1);
  let busy = false;
  const told = (problem) => {
    if (!problem.code) throw problem;
    return { refused: problem.message };
  };
  const come = async () => {
    busy = true;
    view.redraw();
    const done = await api.redeem(onboarding, id, { secret }).catch(told);
    if (done.refused) {
      view.data = done;
      view.redraw();
      return;
    }
    history.replaceState(null, '', '/app'); // The link's secret leaves the address.
    await view.joined(`/app/o/${onboarding}`);
  };
  return {
    title: (asked) => (asked?.onboardingName ? `Invitation to ${asked.onboardingName}` : 'Invitation'),
    load: () => api.redeem(onboarding, id || '-', { secret: secret || '-', look: true }).catch(told),
    draw: (asked) => (asked.refused
      ? html`<div class="notice bad" role="alert"><p>${asked.refused}</p></div>
        <p>You are signed in as ${view.me.name}.</p>`
      : html`<p class="lead">${person(asked.invitedBy)} invites you. You see this onboarding then, and may answer what is asked of the customer.</p>
        <p>You are signed in as ${view.me.name}.</p>
        <p><button type="button" class="primary" ?disabled=${busy} @click=${come}>${asked.member ? 'Go on' : 'Come in'}</button></p>`),
  };
}

/** Of a member of several onboardings. */
export const mine = (view) => ({
  title: () => 'Your onboardings',
  draw: () => html`<ul class="rows">${view.me.onboardings.map((each) => html`<li><span class="what"><a href="/app/o/${each.id}">${each.name}</a></span>
    <span class="fine">${STATES[each.state]}</span></li>`)}</ul>`,
});
