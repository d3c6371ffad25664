import { arrange, element } from './element';
import { matches } from './filter';
import { decodePickState, decodeToPick, type FromPick, type PickBadge, type PickState, type ToPick } from './pickProtocol';

declare function acquireVsCodeApi(): { postMessage(message: FromPick): void; getState(): unknown; setState(state: PickState): void };

/** Rows made at once: a folder may hold thousands of badges, which the filter narrows down. */
const maxRows = 300;
/** For how long the page tries to get the focus, in steps. */
const focusMs = 50;
const focusAttempts = 40;

const host = acquireVsCodeApi();
const rows = new Map<string, Row>();
let state = decodePickState(host.getState());
let shown: ToPick | undefined;
/** The row that keys act on. */
let active = '';

const filter = element('input', { type: 'search', placeholder: 'Filter badges', 'aria-label': 'Filter badges', spellcheck: 'false' });
const count = element('span', { class: 'count', role: 'status' }, 'Reading badges…');
const list = element('div', { class: 'list', role: 'listbox', tabindex: '0', 'aria-label': 'Badges', 'aria-multiselectable': 'true' });
// The rows say it, too.
const picks = element('div', { class: 'picks', 'aria-hidden': 'true' });
const insert = element('button', { type: 'button', class: 'primary', disabled: true }, 'Insert');
const keys = element('p', { class: 'keys' }, 'Arrow keys move, Space ticks, Enter inserts, Escape closes. Type to filter.');
document.body.append(element('div', { class: 'toolbar' }, filter, count), list, element('footer', {}, picks, insert, keys));

/** A badge of the list. It keeps its elements, so that pictures are not loaded anew. */
class Row {
  readonly #tick = element('span', { class: 'tick' });
  readonly item: HTMLElement;

  constructor(readonly badge: PickBadge) {
    const { key, image, text, label, source } = badge;
    const picture = image === null ? element('span', { class: 'reason' }, element('span', { class: 'label' }, label), ` ${text}`) : element('img', { src: image, alt: '' });
    this.item = element('div', { class: 'option', role: 'option', id: `badge-${key}` }, this.#tick, element('span', { class: 'badge' }, picture), element('span', { class: 'source' }, source));
    this.item.addEventListener('click', () => {
      activate(key);
      toggle(key);
    });
  }

  show(): void {
    const place = state.picked.indexOf(this.badge.key) + 1;
    const { label, text, source } = this.badge;
    this.#tick.textContent = place === 0 ? '' : String(place);
    this.item.setAttribute('aria-selected', String(place > 0));
    this.item.setAttribute('aria-label', [this.badge.image === null ? `${label}: ${text}` : text, source, ...(place > 0 ? [`number ${place}`] : [])].join(', '));
    this.item.classList.toggle('active', this.badge.key === active);
  }
}

filter.addEventListener('input', () => change({ filter: filter.value }));
filter.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    list.focus();
    event.preventDefault();
  } else act(event);
});
list.addEventListener('keydown', (event) => {
  const visible = found().map(({ key }) => key);
  const at = visible.indexOf(active);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 }[event.key];
  if (next !== undefined) {
    activate(visible[Math.min(Math.max(next, 0), visible.length - 1)] ?? '');
    event.preventDefault();
  } else if (event.key === ' ') {
    toggle(active);
    event.preventDefault();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) filter.focus();
  else act(event);
});
insert.addEventListener('click', send);
window.addEventListener('message', (event) => {
  const message = decodeToPick(event.data);
  if (!message) return;
  if (message.takesFocus) takeFocus(focusAttempts);
  shown = message;
  rows.clear();
  for (const badge of message.badges) rows.set(badge.key, new Row(badge));
  change({ picked: state.picked.filter((key) => rows.has(key)) });
});

// Also while badges are read: what is typed goes into the filter, not into the document.
takeFocus(focusAttempts);
host.postMessage({ type: 'ready' });

function act(event: KeyboardEvent): void {
  if (event.key === 'Enter') send();
  else if (event.key === 'Escape' && state.filter !== '') change({ filter: '' });
  else if (event.key === 'Escape') host.postMessage({ type: 'cancel' });
  else return;
  event.preventDefault();
}

/** VS Code gives the focus to the page, not to what is in it, and a page that is still hidden cannot take it. */
function takeFocus(attempts: number): void {
  (document.activeElement === filter ? filter : list).focus();
  if (attempts > 0) setTimeout(() => document.hasFocus() || takeFocus(attempts - 1), focusMs);
}

/** Without a tick the row at the cursor is meant. */
function send(): void {
  const keys = state.picked.length > 0 ? state.picked : rows.has(active) ? [active] : [];
  if (keys.length > 0) host.postMessage({ type: 'pick', keys });
}

function toggle(key: string): void {
  if (rows.has(key)) change({ picked: state.picked.includes(key) ? state.picked.filter((each) => each !== key) : [...state.picked, key] });
}

function activate(key: string): void {
  active = key;
  render();
  rows.get(key)?.item.scrollIntoView({ block: 'nearest' });
}

function change(part: Partial<PickState>): void {
  state = { ...state, ...part };
  host.setState(state);
  render();
}

function found(): readonly PickBadge[] {
  return (shown?.badges ?? []).filter((badge) => matches(badge, state.filter)).slice(0, maxRows);
}

function render(): void {
  if (!shown) return;
  if (filter.value !== state.filter) filter.value = state.filter;
  const visible = found();
  if (!visible.some(({ key }) => key === active)) active = visible[0]?.key ?? '';
  if (active === '') list.removeAttribute('aria-activedescendant');
  else list.setAttribute('aria-activedescendant', `badge-${active}`);
  arrange(list, [...new Set(visible.map(({ group }) => group))].map((group) => showGroup(group, visible)));
  count.textContent = visible.length === 0 ? 'No badge matches the filter.' : visible.length < shown.badges.length ? `${visible.length} of ${shown.badges.length}` : '';
  picks.replaceChildren(...state.picked.flatMap((key) => showPick(key)));
  insert.textContent = `Insert into ${shown.document}`;
  insert.disabled = active === '' && state.picked.length === 0;
}

const groups = new Map<string, HTMLElement>();

function showGroup(name: string, visible: readonly PickBadge[]): HTMLElement {
  const group = groups.get(name) ?? element('div', { role: 'group', 'aria-label': name });
  groups.set(name, group);
  const heading = group.querySelector('h2') ?? element('h2', { 'aria-hidden': 'true' }, name);
  const shownRows = visible.flatMap((badge) => (badge.group === name ? (rows.get(badge.key) ?? []) : []));
  for (const row of shownRows) row.show();
  arrange(group, [heading, ...shownRows.map(({ item }) => item)]);
  return group;
}

function showPick(key: string): readonly HTMLElement[] {
  const badge = rows.get(key)?.badge;
  if (!badge) return [];
  return [badge.image === null ? element('span', { class: 'label' }, badge.label) : element('img', { src: badge.image, alt: '' })];
}
