import { badgeStyles } from '../core/badge';
import { BadgeRows } from './badgeRows';
import { CopyMenu } from './copyMenu';
import { arrange, element } from './element';
import { matches } from './filter';
import { decodeState, decodeToPreview, type FromPreview, type PreviewBadge, type PreviewState, type ToPreview } from './protocol';

declare function acquireVsCodeApi(): { postMessage(message: FromPreview): void; getState(): unknown; setState(state: PreviewState): void };

/** Rows made at once: a folder may hold thousands of badges, and nobody reads them all. */
const rowsAtOnce = 300;
const minuteMs = 60 * 1000;

const host = acquireVsCodeApi();
let state: PreviewState = decodeState(host.getState()) ?? { folder: document.body.dataset['folder'] ?? '', style: null, filter: '', light: true, dark: true };
let shown: (ToPreview & { type: 'badges' }) | undefined;
let limit = rowsAtOnce;

const style = element('select', { id: 'style' }, element('option', { value: '' }, 'as configured'), ...badgeStyles.map((name) => element('option', { value: name }, name)));
const filter = element('input', { id: 'filter', type: 'search', placeholder: 'Filter badges', 'aria-label': 'Filter badges', spellcheck: 'false' });
const lightToggle = element('button', { type: 'button', class: 'toggle' }, 'Light');
const darkToggle = element('button', { type: 'button', class: 'toggle' }, 'Dark');
const refresh = element('button', { type: 'button', class: 'secondary' }, 'Refresh');
const count = element('span', { class: 'count', role: 'status' });
const copied = element('span', { class: 'copied', role: 'status' });
const place = element('h1');
const note = element('p', { class: 'note', hidden: true });
// What the grounds show is said by the rows: a screen reader need not hear it three times.
const light = element('div', { class: 'ground light', 'aria-hidden': 'true' });
const dark = element('div', { class: 'ground dark', 'aria-hidden': 'true' });
const list = element('ul', { class: 'rows', 'aria-label': 'Badges' });
const more = element('button', { type: 'button', class: 'secondary more', hidden: true });
const main = element('main', {}, place, note, element('div', { class: 'grounds' }, light, dark), list, more);

document.body.append(
  element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Preview' },
    element('label', { for: 'style' }, 'Style'),
    style,
    filter,
    count,
    element('span', { class: 'toggles', role: 'group', 'aria-label': 'Ground' }, lightToggle, darkToggle),
    refresh,
  ),
  main,
  copied,
);
const rows = new BadgeRows(list, new CopyMenu(document.body), {
  copy: (stem, format) => host.postMessage({ type: 'copy', stem, format }),
  openSource: (stem) => host.postMessage({ type: 'openSource', stem }),
});

style.addEventListener('change', () => {
  change({ style: badgeStyles.find((name) => name === style.value) ?? null });
  host.postMessage({ type: 'style', style: state.style });
});
filter.addEventListener('input', () => {
  limit = rowsAtOnce;
  change({ filter: filter.value });
});
lightToggle.addEventListener('click', () => change({ light: !state.light }));
darkToggle.addEventListener('click', () => change({ dark: !state.dark }));
refresh.addEventListener('click', () => host.postMessage({ type: 'refresh' }));
more.addEventListener('click', () => {
  limit += rowsAtOnce;
  render();
});
window.addEventListener('message', (event) => {
  const message = decodeToPreview(event.data);
  if (message?.type === 'copied') announce(message.text);
  else if (message) {
    shown = message;
    rows.keepOnly(message.badges);
    render();
  }
});
setInterval(render, minuteMs);

change({});
host.postMessage({ type: 'ready', style: state.style });

function change(part: Partial<PreviewState>): void {
  state = { ...state, ...part };
  host.setState(state);
  render();
}

function render(): void {
  style.value = state.style ?? '';
  if (filter.value !== state.filter) filter.value = state.filter;
  lightToggle.setAttribute('aria-pressed', String(state.light));
  darkToggle.setAttribute('aria-pressed', String(state.dark));
  light.hidden = !state.light;
  dark.hidden = !state.dark;

  const badges = shown?.badges ?? [];
  const found = badges.filter((badge) => matches(badge, state.filter));
  const visible = found.slice(0, limit);
  main.setAttribute('aria-busy', String(shown?.busy ?? true));
  document.body.classList.toggle('busy', shown?.busy ?? true);
  place.textContent = shown ? shown.place || shown.name : '';
  note.textContent = noteText(badges, found);
  note.hidden = note.textContent === '';
  count.textContent = badges.length === 0 ? '' : found.length === badges.length ? plural(badges.length) : `${found.length} of ${plural(badges.length)}`;
  more.hidden = found.length <= visible.length;
  more.textContent = `Show ${Math.min(rowsAtOnce, found.length - visible.length)} more of ${found.length}`;

  showOn(light, visible);
  showOn(dark, visible);
  rows.show(visible, Date.now());
}

function noteText(badges: readonly PreviewBadge[], found: readonly PreviewBadge[]): string {
  if (!shown || (badges.length === 0 && shown.busy)) return 'Reading badges…';
  if (shown.obstacle !== '') return shown.obstacle;
  if (badges.length === 0) return 'There are no badges to show.';
  return found.length === 0 ? 'No badge matches the filter.' : '';
}

function showOn(ground: HTMLElement, badges: readonly PreviewBadge[]): void {
  const drawn = badges.filter((badge) => badge.image !== null);
  ground.classList.toggle('empty', drawn.length === 0);
  const images = new Map([...ground.children].map((image) => [(image as HTMLImageElement).dataset['stem'], image as HTMLImageElement]));
  arrange(
    ground,
    drawn.map(({ stem, image, text }) => {
      const shownImage = images.get(stem) ?? element('img', { 'data-stem': stem });
      if (image !== null && shownImage.src !== image) shownImage.src = image;
      shownImage.alt = text;
      return shownImage;
    }),
  );
}

/** Said again even where the same was said before. */
function announce(text: string): void {
  copied.textContent = '';
  void copied.offsetWidth; // The style of the empty element must have counted once, or its animation does not start again.
  requestAnimationFrame(() => (copied.textContent = text));
}

function plural(badges: number): string {
  return badges === 1 ? '1 badge' : `${badges} badges`;
}

