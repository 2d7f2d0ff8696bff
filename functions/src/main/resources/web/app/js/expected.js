// When an onboarding can be done, and on whom that waits: a bar of the parties' shares with the same in words.
import { html, nothing, svg } from 'lit-html';
import { PARTIES, ago, count, date, titled } from './words.js';

const WHO = { ...PARTIES, MACHINE: 'an agreed time' };

/** "3 days", "2.5 days", "7 hours". */
function long(seconds) {
  const days = Math.round(seconds / 8640) / 10;
  return days >= 1 ? count(days, 'day', 'days') : count(Math.max(1, Math.round(seconds / 3600)), 'hour', 'hours');
}

function bar(shares) {
  const whole = shares.reduce((sum, [, seconds]) => sum + seconds, 0);
  let at = 0;
  return html`<svg class="shares" aria-hidden="true" viewBox="0 0 100 4" preserveAspectRatio="none">${shares.map(([party, seconds]) => {
    const x = at;
    at += 100 * seconds / whole;
    return svg`<rect class="${party.toLowerCase()}" x="${x}" y="0" width="${at - x}" height="4"></rect>`;
  })}</svg>`;
}

const sharesOf = (expected) => Object.entries(expected.seconds);

/** For a line of a list. */
export const endInShort = (expected) => (expected ? html`<span class="fine">can end ${date(expected.end)}</span>
  ${sharesOf(expected).length ? html`${bar(sharesOf(expected))}<span class="fine">${sharesOf(expected).map(([party, seconds]) =>
    `${WHO[party]} ${long(seconds)}`).join(', ')}</span>` : nothing}` : nothing);

const waits = (leg) => titled(leg.row ? `${leg.row} ${leg.title}` : `What is needed before ${leg.title}`, leg.task.split('@')[1])
  + (leg.stepTitle ? `: ${leg.stepTitle}` : '');

/** For the page of one onboarding. */
export const expectedEnd = (expected) => (expected ? html`<h2>When it can be done</h2>
  <p>By <b>${date(expected.end)}</b> (${ago(expected.end)}). ${expected.restsOn[0]}</p>
  ${sharesOf(expected).length ? html`${bar(sharesOf(expected))}<ul class="shares">${sharesOf(expected).map(([party, seconds]) =>
    html`<li class="${party.toLowerCase()}">${WHO[party]} ${long(seconds)}</li>`)}</ul>` : nothing}
  <details class="more"><summary>What takes that long</summary>
    ${expected.path.length ? html`<ul class="rows">${expected.path.map((leg) => html`<li><span class="what">${waits(leg)}
      <span class="fine">${WHO[leg.party]}${leg.overdue ? html`, <b class="wrong">overdue</b>` : `, until ${date(leg.until)}`}</span></span></li>`)}</ul>`
      : html`<p>Only machines are at work.</p>`}
    ${expected.restsOn.slice(1).map((sentence) => html`<p class="fine">${sentence}</p>`)}</details>` : nothing);
