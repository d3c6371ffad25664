import { arrange, element } from './element';
import { decodeToPublishedPage, type FromPublishedPage, type PublishedPage, type ToPublishedPage } from './publishedProtocol';
import { ShownRow } from './shownRow';

declare function acquireVsCodeApi(): { postMessage(message: FromPublishedPage): void };

type Picture = ToPublishedPage & { type: 'picture' };

const host = acquireVsCodeApi();
const rows = new Map<string, ShownRow>();
const sections = new Map<number, { readonly root: HTMLElement; readonly title: HTMLElement; readonly list: HTMLElement }>();
const pictures = new Map<string, Picture>();
let shown: PublishedPage | undefined;

const title = element('h1');
const refresh = element('button', { type: 'button', class: 'secondary' }, 'Refresh');
const message = element('p', { class: 'message', role: 'status' });
// What the grounds show is said by the rows: a screen reader need not hear it three times.
const light = element('div', { class: 'ground light', 'aria-hidden': 'true' });
const dark = element('div', { class: 'ground dark', 'aria-hidden': 'true' });
const grounds = element('div', { class: 'grounds' }, light, dark);
const targets = element('div');
const main = element('main', {}, element('header', {}, title, refresh), message, grounds, targets);
document.body.append(main);

refresh.addEventListener('click', () => host.postMessage({ type: 'refresh' }));
window.addEventListener('message', (event) => {
  const decoded = decodeToPublishedPage(event.data);
  if (decoded?.type === 'page') shown = decoded.page;
  if (decoded?.type === 'picture') pictures.set(decoded.url, decoded);
  if (decoded) render();
});
host.postMessage({ type: 'ready' });

function render(): void {
  if (!shown) return;
  title.textContent = shown.title;
  message.textContent = shown.message;
  message.hidden = shown.message === '';
  main.setAttribute('aria-busy', String(shown.busy));
  document.body.classList.toggle('busy', shown.busy);
  arrange(targets, shown.targets.map((_, index) => showTarget(index)));
  const keys = new Set(shown.targets.flatMap(({ badges }) => badges.map(({ key }) => key)));
  for (const key of rows.keys()) if (!keys.has(key)) rows.delete(key);
  showOn(light);
  showOn(dark);
}

function showTarget(index: number): HTMLElement {
  const target = shown?.targets[index];
  let section = sections.get(index);
  if (!section) {
    const heading = element('h2', { id: `target-${index}` });
    const list = element('ul', { class: 'rows', 'aria-labelledby': heading.id });
    section = { root: element('section', {}, heading, list), title: heading, list };
    sections.set(index, section);
  }
  section.title.textContent = target?.title ?? '';
  arrange(
    section.list,
    (target?.badges ?? []).map((badge) => {
      const row = rows.get(badge.key) ?? new ShownRow((key) => host.postMessage({ type: 'edit', key }));
      rows.set(badge.key, row);
      row.update(badge, badge.picture === null ? undefined : pictures.get(badge.picture));
      return row.item;
    }),
  );
  return section.root;
}

/** As the page of the project shows them, side by side. */
function showOn(ground: HTMLElement): void {
  const placed = (shown?.targets ?? []).flatMap(({ badges }) => badges.flatMap(({ place, picture, name }) => (place === null || picture === null ? [] : [{ place, name, image: pictures.get(picture)?.image ?? null }])));
  const drawn = placed.filter(({ image }) => image !== null).sort((one, other) => one.place - other.place);
  const before = new Map([...ground.children].map((image) => [(image as HTMLImageElement).dataset['place'], image as HTMLImageElement]));
  arrange(
    ground,
    drawn.map(({ place, name, image }) => {
      const img = before.get(String(place)) ?? element('img', { 'data-place': String(place) });
      img.alt = name;
      if (image !== null && img.src !== image) img.src = image;
      return img;
    }),
  );
  grounds.hidden = drawn.length === 0;
}
