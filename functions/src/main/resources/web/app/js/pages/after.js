// After go-live: how often it is looked at again, and the addenda to the report, on the pages of report and sign-off.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { ask } from '../dialog.js';
import { FOUND, ago, count, date, moment, person, since } from '../words.js';

const NEVER = '0';
const CHOICES = [['1', 'Every day'], ['7', 'Every week'], ['14', 'Every two weeks'], ['30', 'Every 30 days'], ['90', 'Every 90 days'], [NEVER, 'Not any more']];

/** How things stand, in a sentence. */
export const standing = ({ everyDays, nextAt, underWaySince, until }) => (underWaySince ? `It has been looked at again for ${since(underWaySince)}, and that is not over yet.`
  : nextAt ? `It is looked at every ${everyDays === 1 ? 'day' : `${everyDays} days`}, next ${ago(nextAt)} (${date(nextAt)}).`
    : !until ? 'Its data was erased: it is not looked at any more.'
      : everyDays ? `It is not looked at any more, for its data is erased on ${date(until)}.` : 'It is not looked at again.');

const found = (counts) => Object.keys(FOUND).filter((each) => counts[each]).map((each) => `${counts[each]} ${FOUND[each]}`).join(', ');

const missing = ({ counts }) => ['NO_LONGER_HOLDS', 'DOES_NOT_HOLD_OTHERWISE', 'STILL_DOES_NOT_HOLD'].reduce((sum, each) => sum + (counts[each] || 0), 0);

/** The part of a page. `open` shows an addendum, by its number. */
export function afterGoLive(view, o, looks, open, busy) {
  const choose = async () => {
    const days = String(looks.everyDays);
    const options = looks.everyDays && !CHOICES.some(([key]) => key === days) ? [[days, `Every ${days} days`], ...CHOICES] : CHOICES;
    if (await ask({
      title: 'Look at it again after go-live',
      what: html`<p>Each look verifies certificates, DNS, credentials, monitors and what else a machine can see. It changes nothing, and the signed
        report stays as it is. Who leads gets a mail when something does not hold any more, or holds again. It ends with the erasure on ${date(looks.until)}.</p>`,
      fields: [{ name: 'everyDays', label: 'How often', options, value: looks.setBy ? days : '7' }],
      button: 'Save',
      act: ({ everyDays }) => api.scheduleLooks(o, Number(everyDays)),
    })) {
      view.say('It is saved.');
      view.reload();
    }
  };
  return html`<h2>After go-live</h2>
    <p>${standing(looks)}${looks.setBy ? html` <span class="fine">Chosen by ${person(looks.setBy)} ${ago(looks.setAt)}.</span>` : nothing}</p>
    ${view.me.roles.includes('manager') && looks.until ? html`<p><button type="button" @click=${choose}>${looks.everyDays ? 'Change how often …' : 'Look at it again …'}</button></p>` : nothing}
    ${looks.addenda.length ? html`<ul class="rows">${looks.addenda.map((each) => html`<li><span class="what"><b>Addendum ${each.number}</b> ${moment(each.endedAt)}
        <span class="fine">${found(each.counts)}</span></span>
        <span class="chip ${missing(each) ? 'failed' : 'done'}">${missing(each) ? count(missing(each), 'row does not hold', 'rows do not hold') : 'Nothing found missing'}</span>
        ${open ? html`<button type="button" ?disabled=${busy} @click=${() => open(each.number)}>Open<span class="unseen"> addendum ${each.number}</span></button>` : nothing}</li>`)}</ul>`
      : nothing}`;
}
