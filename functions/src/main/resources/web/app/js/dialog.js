// A question in a dialog of its own: what it means, what has to be said, one button.
import { html, nothing, render } from 'lit-html';

/**
 * Asks, and does what was asked for; answers whether it was done.
 *
 * @param fields [{name, label, hint, type, rows, optional, most, value}]
 * @param act takes the values; what it throws is told in the dialog, at its field if it names one; everything stays as it was typed
 */
export function ask({ title, what, fields = [], button, isBad = false, act }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  document.body.append(dialog);
  const values = Object.fromEntries(fields.map((field) => [field.name, field.value || '']));
  let wrong = '';
  let missing = {};
  let busy = false;

  return new Promise((resolve) => {
    const close = (done) => {
      dialog.close();
      dialog.remove();
      resolve(done);
    };
    const submit = async (e) => {
      e.preventDefault();
      missing = Object.fromEntries(fields.filter((field) => !field.optional && !values[field.name].trim())
        .map((field) => [field.name, 'Must be given.']));
      if (Object.keys(missing).length) {
        draw();
        dialog.querySelector(`#dialog-${Object.keys(missing)[0]}`).focus();
        return;
      }
      busy = true;
      wrong = '';
      draw();
      try {
        await act(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()])));
        close(true);
      } catch (problem) {
        busy = false;
        missing = problem.at?.(fields.map((field) => field.name)) || {};
        wrong = Object.keys(missing).length ? '' : problem.message;
        draw();
        dialog.querySelector(wrong ? '.notice' : '.field.wrong :is(input, textarea, select)')?.focus();
      }
    };
    const field = (each) => {
      const id = 'dialog-' + each.name;
      const described = [each.hint ? id + '-hint' : '', missing[each.name] ? id + '-error' : ''].filter(Boolean).join(' ') || nothing;
      const input = (e) => { values[each.name] = e.target.value; };
      return html`<div class="field ${missing[each.name] ? 'wrong' : ''}">
        <label for="${id}">${each.label}${each.optional ? html` <span class="optional">optional</span>` : nothing}</label>
        ${each.hint ? html`<p class="hint" id="${id}-hint">${each.hint}</p>` : nothing}
        ${missing[each.name] ? html`<p class="error" id="${id}-error"><b>Not right:</b> ${missing[each.name]}</p>` : nothing}
        ${each.options ? html`<select id="${id}" aria-describedby=${described} @change=${input}>${each.options.map(([key, words]) =>
            html`<option value="${key}" ?selected=${key === values[each.name]}>${words}</option>`)}</select>`
          : each.rows ? html`<textarea id="${id}" rows="${each.rows}" maxlength="${each.most || 1000}" aria-describedby=${described}
            .value=${values[each.name]} @input=${input}></textarea>`
          : html`<input id="${id}" type="${each.type || 'text'}" maxlength="${each.most || 254}" aria-describedby=${described}
            autocomplete="off" .value=${values[each.name]} @input=${input}>`}
      </div>`;
    };
    const draw = () => render(html`<form method="dialog" novalidate @submit=${submit}>
      <h2 id="dialog-title">${title}</h2>
      ${what ? html`<div>${what}</div>` : nothing}
      ${wrong ? html`<div class="notice bad" role="alert" tabindex="-1"><p>${wrong}</p></div>` : nothing}
      ${fields.map(field)}
      <p class="buttons"><button class="${isBad ? 'danger' : 'primary'}" ?disabled=${busy}>${busy ? 'One moment …' : button}</button>
        <button type="button" class="plain" @click=${() => close(false)}>Cancel</button></p>
    </form>`, dialog);
    dialog.addEventListener('cancel', (e) => {
      e.preventDefault();
      close(false);
    });
    draw();
    dialog.showModal();
    dialog.querySelector('input, textarea, select')?.focus();
  });
}

/** The field in which everybody says why. */
export const WHY = { name: 'reason', label: 'Reason', hint: 'It stands in the report, with your name.', rows: 3, most: 1000 };
