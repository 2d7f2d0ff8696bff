// C7: the report, to be read and kept, whether it was signed, and what later looks found.
import { html, nothing } from 'lit-html';
import { api } from '../api.js';
import { keep } from '../files.js';
import { afterGoLive } from './after.js';
import { STATES, ago, moment, person } from '../words.js';

const FORMATS = [['html', 'To read (HTML)', 'report.html'], ['markdown', 'To edit (Markdown)', 'report.md'], ['json', 'The signed form (JSON)', 'report.json']];

export function report(view, o) {
  let busy = '';
  let wrong = '';
  const addresses = [];

  const blobOf = async (format, number) => {
    const content = await (number ? api.addendum(o, number, format) : api.report(o, format));
    return content instanceof Blob ? content : new Blob([JSON.stringify(content)], { type: 'application/json' });
  };
  async function take(format, act, number) {
    busy = format;
    wrong = '';
    view.redraw();
    try {
      act(await blobOf(format, number));
    } catch (problem) {
      wrong = problem.message;
    }
    busy = '';
    view.redraw();
  }
  const openIt = (number) => {
    const tab = window.open('about:blank', '_blank'); // Before the answer: a browser opens windows for a click only.
    take('html', (blob) => {
      const address = URL.createObjectURL(blob);
      addresses.push(address);
      if (tab) tab.location = address; else location.assign(address);
    }, number);
  };
  const save = (format, file) => take(format, (blob) => keep(blob, file));

  return {
    back: () => view.home(o),
    title: () => 'Report',
    leave: () => addresses.forEach((address) => URL.revokeObjectURL(address)),
    async load() {
      const all = await api.summary(o);
      const isSigned = all.onboarding.state === 'SIGNED_OFF';
      const signature = isSigned ? await api.signature(o) : null;
      return { all, signature, looks: isSigned ? await api.looks(o) : null };
    },
    draw({ all, signature, looks }) {
      return html`<p class="lead">What became of every line of the checklist, with evidence: who did what, when, and what proves it.</p>
        ${signature ? html`<div class="notice good"><p><b>Signed off</b> by ${person(signature.by)} ${ago(signature.at)} (${moment(signature.at)}).
            Nothing changes the report any more.${signature.reason ? ` Reason: ${signature.reason}` : ''}</p></div>`
          : html`<p>${STATES[all.onboarding.state]}. Not signed off yet: the report says how things stand now.</p>`}
        ${wrong ? html`<div class="notice bad" role="alert"><p>${wrong}</p></div>` : nothing}
        <p class="buttons"><button type="button" class="primary" ?disabled=${busy !== ''} @click=${() => openIt()}>${busy === 'html' ? 'One moment …' : 'Open it'}</button></p>
        <h2>Save it as a file</h2>
        <ul class="rows">${FORMATS.map(([format, words, file]) => html`<li><span class="what">${words}</span>
          <button type="button" ?disabled=${busy !== ''} @click=${() => save(format, file)}>Save<span class="unseen"> ${words}</span></button></li>`)}</ul>
        ${looks ? afterGoLive(view, o, looks, openIt, busy !== '') : nothing}`;
    },
  };
}
