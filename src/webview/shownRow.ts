import { element } from './element';
import type { ShownBadge, ShownUrl } from './publishedProtocol';

/** A badge as it is shown, with what it is made of. It keeps its elements while the badge stays, so that focus survives news. */
export class ShownRow {
  readonly #image = element('img', { alt: '' });
  readonly #why = element('span', { class: 'why' });
  readonly #name = element('span', { class: 'name' });
  readonly #state = element('span', { class: 'state' });
  readonly #urls = element('dl');
  readonly #edit = element('button', { type: 'button', class: 'secondary' }, 'Edit…');
  readonly item = element(
    'li',
    { class: 'row' },
    element('div', { class: 'badge' }, this.#image, this.#why),
    element('div', { class: 'texts' }, element('p', { class: 'head' }, this.#name, this.#state), this.#urls),
    this.#edit,
  );
  #badge: ShownBadge | undefined;

  constructor(edit: (key: string) => void) {
    this.#edit.addEventListener('click', () => this.#badge && edit(this.#badge.key));
  }

  update(badge: ShownBadge, picture: { readonly image: string | null; readonly why: string } | undefined): void {
    const image = picture?.image ?? null;
    this.#image.hidden = image === null;
    if (image === null) this.#image.removeAttribute('src');
    else if (this.#image.src !== image) this.#image.src = image;
    this.#why.textContent = image !== null || badge.picture === null ? '' : (picture?.why ?? 'Loading the picture…');
    if (JSON.stringify(badge) === JSON.stringify(this.#badge)) return;
    this.#badge = badge;
    this.#name.textContent = badge.name;
    this.#state.textContent = badge.state;
    this.#edit.hidden = !badge.canEdit;
    this.#edit.setAttribute('aria-label', `Edit ${badge.name}`);
    this.#urls.replaceChildren(...urlParts('Link', badge.link), ...urlParts('Image', badge.image));
  }
}

function urlParts(label: string, { written, shown, before }: ShownUrl): readonly Element[] {
  const url = shown ?? written;
  // A webview hands what is clicked to the browser; VS Code asks before it opens what it does not trust.
  const address = /^https?:/i.test(url) && !url.includes('%{') ? element('a', { href: url }, url) : element('span', {}, url);
  const details = [...(shown === null ? [] : [detail('written', written)]), ...(before === null ? [] : [detail('now', before)])];
  return [element('dt', {}, label), element('dd', {}, address, ...details)];
}

function detail(label: string, url: string): HTMLElement {
  return element('p', { class: 'detail' }, `${label} `, element('code', {}, url));
}
