import { element } from './element';
import { copyFormats, type CopyFormat } from './protocol';

const titles: Record<CopyFormat, string> = { markdown: 'Markdown', html: 'HTML', svg: 'SVG' };

/** A menu that opens below a button. Arrow keys, Home and End move in it, Escape and Tab close it. */
export class CopyMenu {
  readonly #items = copyFormats.map((format) => element('button', { type: 'button', role: 'menuitem', tabindex: '-1', 'data-format': format }, titles[format]));
  readonly #menu = element('div', { role: 'menu', class: 'menu', hidden: true, 'aria-label': 'Copy as' }, ...this.#items);
  #button: HTMLButtonElement | undefined;
  #chosen: ((format: CopyFormat) => void) | undefined;

  constructor(parent: Element) {
    parent.append(this.#menu);
    this.#menu.addEventListener('keydown', (event) => this.#move(event));
    this.#menu.addEventListener('click', (event) => {
      const format = copyFormats.find((name) => event.target instanceof HTMLElement && event.target.dataset['format'] === name);
      const chosen = this.#chosen;
      this.close(true);
      if (format) chosen?.(format);
    });
    document.addEventListener('pointerdown', (event) => {
      if (this.#button && event.target instanceof Node && !this.#menu.contains(event.target) && !this.#button.contains(event.target)) this.close(false);
    });
    window.addEventListener('blur', () => this.close(false));
  }

  /** @param formats those that make sense for the badge */
  toggle(button: HTMLButtonElement, formats: readonly CopyFormat[], chosen: (format: CopyFormat) => void): void {
    const open = this.#button !== button;
    this.close(false);
    if (!open) return;
    this.#button = button;
    this.#chosen = chosen;
    for (const item of this.#items) item.hidden = !formats.includes(item.dataset['format'] as CopyFormat);
    button.setAttribute('aria-expanded', 'true');
    this.#menu.hidden = false;
    const place = button.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.#menu;
    const below = place.bottom + offsetHeight <= window.innerHeight;
    this.#menu.style.left = `${Math.max(0, place.right - offsetWidth) + window.scrollX}px`;
    this.#menu.style.top = `${(below ? place.bottom : place.top - offsetHeight) + window.scrollY}px`;
    this.#shown[0]?.focus();
  }

  close(returnFocus: boolean): void {
    if (!this.#button) return;
    this.#button.setAttribute('aria-expanded', 'false');
    if (returnFocus) this.#button.focus();
    this.#button = undefined;
    this.#chosen = undefined;
    this.#menu.hidden = true;
  }

  get #shown(): readonly HTMLButtonElement[] {
    return this.#items.filter((item) => !item.hidden);
  }

  #move(event: KeyboardEvent): void {
    const items = this.#shown;
    const at = items.findIndex((item) => item === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (next !== undefined) {
      items[next % items.length]?.focus();
      event.preventDefault();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      this.close(true);
      if (event.key === 'Escape') event.preventDefault();
    }
  }
}
