import { age } from './age';
import type { CopyMenu } from './copyMenu';
import { arrange, element } from './element';
import { ladderElement } from './ladder';
import type { CopyFormat, PreviewBadge } from './protocol';

interface RowEvents {
  readonly copy: (stem: string, format: CopyFormat) => void;
  readonly openSource: (stem: string) => void;
}

/** The list of badges. A row keeps its elements while its badge stays, so that focus survives new results. */
export class BadgeRows {
  readonly #rows = new Map<string, Row>();

  constructor(
    readonly list: HTMLUListElement,
    private readonly menu: CopyMenu,
    private readonly events: RowEvents,
  ) {}

  show(badges: readonly PreviewBadge[], now: number): void {
    const rows = badges.map((badge) => {
      const row = this.#rows.get(badge.stem) ?? new Row(this.menu, this.events);
      this.#rows.set(badge.stem, row);
      row.update(badge, now);
      return row.item;
    });
    arrange(this.list, rows);
  }

  /** Lets go of rows whose badges are no more. */
  keepOnly(badges: readonly PreviewBadge[]): void {
    const stems = new Set(badges.map((badge) => badge.stem));
    for (const stem of this.#rows.keys()) if (!stems.has(stem)) this.#rows.delete(stem);
  }
}

class Row {
  readonly #label = element('span', { class: 'label' });
  readonly #image = element('img');
  readonly #reason = element('span', { class: 'reason' });
  readonly #source = element('span', { class: 'source' });
  readonly #open = element('button', { type: 'button', class: 'link' });
  readonly #age = element('span', { class: 'age' });
  readonly #copy = element('button', { type: 'button', class: 'copy', 'aria-haspopup': 'menu', 'aria-expanded': 'false' }, 'Copy ▾');
  readonly #ladder = element('div', { class: 'levels-of' });
  readonly item = element(
    'li',
    { class: 'row' },
    this.#label,
    element('span', { class: 'badge' }, this.#image, this.#reason),
    element('span', { class: 'origin' }, this.#source, this.#open, this.#age),
    this.#copy,
    this.#ladder,
  );
  #badge: PreviewBadge | undefined;

  constructor(menu: CopyMenu, events: RowEvents) {
    this.#copy.addEventListener('click', () => {
      const badge = this.#badge;
      if (badge) menu.toggle(this.#copy, badge.image === null ? ['markdown', 'html'] : ['markdown', 'html', 'svg'], (format) => events.copy(badge.stem, format));
    });
    this.#open.addEventListener('click', () => this.#badge && events.openSource(this.#badge.stem));
  }

  update(badge: PreviewBadge, now: number): void {
    this.#age.textContent = age(badge.at, now);
    if (this.#badge === badge) return;
    this.#badge = badge;
    const { label, status, text, image, source, canOpen, at, ladder } = badge;
    this.item.className = `row ${status}`;
    this.#label.textContent = label;
    this.#image.hidden = image === null;
    this.#image.alt = text;
    if (image === null) this.#image.removeAttribute('src');
    else this.#image.src = image;
    this.#reason.hidden = image !== null;
    this.#reason.textContent = status === 'failed' ? `failed: ${text}` : text;
    this.#source.hidden = canOpen;
    this.#source.textContent = source;
    this.#open.hidden = !canOpen;
    this.#open.textContent = source;
    this.#open.title = `Open ${source}`;
    this.#age.title = new Date(at).toLocaleString();
    this.#copy.setAttribute('aria-label', `Copy ${label}`);
    this.#ladder.hidden = ladder === null;
    this.#ladder.replaceChildren(...(ladder ? [ladderElement(ladder)] : []));
  }
}
