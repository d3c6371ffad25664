import { arrange, element } from './element';
import type { Verdict } from './badgeFormProtocol';

export type Control = HTMLInputElement | HTMLSelectElement;

/** A label, a control, and what is said of it, which the control names as its description. */
export class FormField {
  readonly #hint = element('p', { class: 'hint' });
  readonly #verdicts = element('ul', { class: 'verdicts', role: 'status' });
  readonly #extra = element('div', { class: 'extra' });
  readonly root: HTMLElement;

  constructor(
    readonly control: Control,
    label: string,
    hint = '',
  ) {
    const { id } = control;
    const isCheck = control instanceof HTMLInputElement && control.type === 'checkbox';
    const caption = element('label', { for: id }, label);
    this.#hint.id = `${id}-hint`;
    this.#hint.textContent = hint;
    this.#hint.hidden = hint === '';
    this.#verdicts.id = `${id}-verdicts`;
    control.setAttribute('aria-describedby', `${this.#hint.id} ${this.#verdicts.id}`);
    this.root = element('div', { class: isCheck ? 'field check' : 'field' }, ...(isCheck ? [control, caption] : [caption, control]), this.#hint, this.#verdicts, this.#extra);
  }

  /** What stands below the field besides: the URL as it is shown, a way back to the ready-made one. */
  set extra(content: readonly Element[]) {
    arrange(this.#extra, content);
  }

  say(verdicts: readonly Verdict[]): void {
    const before = [...this.#verdicts.children];
    // An unchanged text is left alone, so that it is not read out again.
    arrange(
      this.#verdicts,
      verdicts.map(({ severity, text }) => before.find((item) => item.className === severity && item.textContent === text) ?? element('li', { class: severity }, text)),
    );
    const isWrong = verdicts.some(({ severity }) => severity === 'error');
    if (isWrong) this.control.setAttribute('aria-invalid', 'true');
    else this.control.removeAttribute('aria-invalid');
  }
}
