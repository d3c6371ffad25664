import { readyBadge, type ReadyKind } from '../core/readyBadges';
import { arrange, element } from './element';
import { decodeFormState, decodeToForm, textFields, type FormFields, type FormNotice, type FormState, type FormView, type FromForm, type Remedy, type TextField, type UrlField } from './badgeFormProtocol';
import { FormField } from './formField';
import { FormOptions, optionsFor } from './formOptions';

declare function acquireVsCodeApi(): { postMessage(message: FromForm): void; getState(): unknown; setState(state: FormState): void };

const host = acquireVsCodeApi();
const fresh = decodeFormState({ subject: JSON.parse(document.body.dataset['subject'] ?? 'null') as unknown });
const kept = decodeFormState(host.getState()) ?? fresh;
if (!kept) throw new Error('A form is about a badge.');
let state: FormState = kept;
let view: FormView | undefined;
let turn = 0;
const isNew = state.subject.badge === null;

const kindGroups: readonly (readonly [title: string, kinds: readonly (readonly [ReadyKind, string])[]])[] = [
  ['Drawn by GitLab', [['pipeline', 'Pipeline status'], ['coverage', 'Test coverage'], ['release', 'Latest release'], ['text', 'Fixed text (GitLab 18.6 or newer)']]],
  ['Made by a CI job', [['generated', 'Generated badge'], ['leveled', 'Leveled badge']]],
  ['Anything', [['own', 'Another badge']]],
];

const title = element('h1');
const notices = element('div', { class: 'notices', role: 'status' });
// The picture is said once, by the text below it.
const light = element('img', { alt: '' });
const dark = element('img', { alt: '' });
const pictureText = element('p', { class: 'picture-text', role: 'status' });
const preview = element(
  'section',
  { class: 'preview', 'aria-label': 'Picture of the badge' },
  element('div', { class: 'grounds' }, element('div', { class: 'ground light' }, light), element('div', { class: 'ground dark' }, dark)),
  pictureText,
);

const target = new FormField(element('select', { id: 'target' }), 'Where');
const kind = new FormField(element('select', { id: 'kind' }, ...kindGroups.map(([label, kinds]) => element('optgroup', { label }, ...kinds.map(([value, text]) => element('option', { value }, text))))), 'Badge');
const options = new FormOptions((name, value) => change({ chosen: { ...state.chosen, [name]: value } }, { regenerate: true }));
const texts: Record<TextField, FormField> = {
  name: new FormField(textControl('name'), 'Name', 'Tells badges apart, and is read out. It may be empty.'),
  link_url: new FormField(textControl('link_url'), 'Link', 'Where a click leads.'),
  image_url: new FormField(textControl('image_url'), 'Image', 'The address of the picture.'),
};
const shown: Record<UrlField, HTMLElement> = { link_url: element('p', { class: 'shown' }), image_url: element('p', { class: 'shown' }) };
const resets = Object.fromEntries(textFields.map((field) => [field, resetButton(field)])) as Record<TextField, HTMLElement>;
const check = element('p', { class: 'check-text', role: 'status' });
const placeholders = element('dl', { class: 'placeholders' });
const example = element('p', { class: 'hint' });
const placeholderPart = element('details', { open: true }, element('summary', {}, 'Placeholders'), placeholders, example);
const configuration = element('p', { class: 'configuration' });
const failure = element('p', { class: 'failure', role: 'alert' });
const main = element('button', { type: 'submit', class: 'primary', hidden: true });
const other = element('button', { type: 'button', class: 'secondary', hidden: true });
const cancel = element('button', { type: 'button', class: 'secondary' }, 'Cancel');
const said = element('p', { class: 'said', role: 'status' });
const buttons = element('div', { class: 'buttons' }, main, other, cancel);
const inputs = element('div', { class: 'inputs' }, target.root, kind.root, options.root, texts.name.root, texts.link_url.root, texts.image_url.root, check, placeholderPart, configuration);
const form = element('form', { novalidate: true }, inputs, failure, buttons, said);
document.body.append(element('main', {}, title, notices, preview, form));

target.control.addEventListener('input', () => change({ fields: { target: target.control.value } }, { regenerate: true }));
kind.control.addEventListener('input', () => {
  const chosen = kind.control.value as ReadyKind;
  // What was typed as a name stays; the URLs are those of the badge that was chosen.
  const own = isNew ? state.own.filter((field) => field === 'name') : textFields.filter((field) => field !== 'image_url');
  change({ fields: { kind: chosen }, own: chosen === 'own' ? textFields : own }, { regenerate: true });
});
for (const field of textFields) {
  texts[field].control.addEventListener('input', () => change({ fields: { [field]: texts[field].control.value }, own: textFields.filter((each) => each === field || state.own.includes(each)) }, { regenerate: false }));
}
form.addEventListener('submit', (event) => {
  event.preventDefault();
  save(0);
});
other.addEventListener('click', () => save(1));
cancel.addEventListener('click', () => host.postMessage({ type: view?.saving ? 'stop' : 'close' }));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (view?.saving) host.postMessage({ type: 'stop' });
  else if (!state.touched) host.postMessage({ type: 'close' });
  else if (document.activeElement !== cancel) {
    // Nobody loses what they typed by one key.
    cancel.focus();
    said.textContent = 'Press Enter to discard what you typed.';
  }
});
cancel.addEventListener('blur', () => (said.textContent = ''));
window.addEventListener('message', (event) => {
  const message = decodeToForm(event.data);
  // An older view speaks of texts that are no more.
  if (message && message.view.turn >= turn) receive(message.view);
});

host.postMessage({ type: 'ready', turn, fields: state.fields });

function receive(next: FormView): void {
  const before = view;
  view = next;
  const isStart = !state.fields && next.start !== null;
  if (!state.fields && next.start) begin(next.start);
  // A new badge follows what becomes known: the job of the badges, the domain of GitLab Pages.
  else if (isNew && state.fields) follow();
  render();
  if (isStart) firstControl().focus();
  if (before && next.attempts > before.attempts) showFailure();
}

function begin(start: FormFields): void {
  const own = isNew ? [] : start.kind === 'own' ? textFields : textFields.filter((field) => field !== 'image_url');
  state = { ...state, fields: start, chosen: start.options, own };
  if (isNew) state = { ...state, fields: regenerated(start) };
  send();
}

function follow(): void {
  const { fields } = state;
  if (!fields) return;
  const next = regenerated(fields);
  if (JSON.stringify(next) === JSON.stringify(fields)) return;
  state = { ...state, fields: next };
  send();
}

/** What the user did. */
function change(part: { readonly fields?: Partial<FormFields>; readonly chosen?: FormState['chosen']; readonly own?: FormState['own'] }, { regenerate }: { readonly regenerate: boolean }): void {
  if (!state.fields) return;
  const fields = { ...state.fields, ...part.fields };
  state = { ...state, ...(part.chosen && { chosen: part.chosen }), ...(part.own && { own: part.own }), touched: true };
  state = { ...state, fields: regenerate ? regenerated(fields) : fields };
  send();
  render();
}

function send(): void {
  host.setState(state);
  turn += 1;
  if (state.fields) host.postMessage({ type: 'change', turn, fields: state.fields });
}

/** The fields as the kind of badge and its options make them, but for those that were changed by hand. */
function regenerated(fields: FormFields): FormFields {
  const chosen = { ...fields, options: optionsFor(fields.kind, state.chosen, view?.defaults[fields.kind] ?? {}) };
  if (fields.kind === 'own' || !view?.place) return chosen;
  const pages = view.targets.find(({ key }) => key === fields.target)?.pages ?? '';
  const made = readyBadge(fields.kind, chosen.options, { ...view.place, pages });
  const followed = textFields.filter((field) => !state.own.includes(field)).map((field) => [field, made[field] ?? '']);
  return { ...chosen, ...(Object.fromEntries(followed) as Partial<FormFields>) };
}

function save(index: number): void {
  const action = view?.actions[index];
  if (action && state.fields && !view?.saving) host.postMessage({ type: 'save', turn, fields: state.fields, destination: action.destination });
}

function render(): void {
  const { fields } = state;
  if (!view) return;
  const { verdicts } = view;
  const isCurrent = view.turn === turn;
  title.textContent = view.title;
  arrange(notices, view.notices.map(noticeElement));
  inputs.hidden = !fields;
  preview.hidden = !fields;
  showPicture();
  showButtons();
  failure.textContent = isCurrent ? view.failure : '';
  if (!fields) return;

  showChoices(target.control as HTMLSelectElement, view.targets.map(({ key, label, detail }) => [key, `${label} (${detail})`]), fields.target);
  target.root.hidden = view.targets.length < 2;
  kind.control.value = fields.kind;
  options.show(fields.kind, fields.options, { suggestions: view.suggestions, verdicts: isCurrent ? heard(verdicts) : {} });
  for (const field of textFields) {
    const { control } = texts[field];
    if (control.value !== fields[field]) control.value = fields[field];
    if (isCurrent) texts[field].say(heard(verdicts)[field] ?? []);
    const isOwn = state.own.includes(field) && fields.kind !== 'own' && (isNew || field === 'image_url');
    texts[field].extra = [...(field === 'name' || !isCurrent ? [] : shownElement(field)), ...(isOwn ? [resets[field]] : [])];
  }
  check.textContent = isCurrent ? view.check : '';
  showPlaceholders();
  arrange(configuration, configurationElements());
}

/** An empty field is no mistake before somebody tries to save. */
function heard(verdicts: FormView['verdicts']): FormView['verdicts'] {
  if (view && view.attempts > 0) return verdicts;
  return Object.fromEntries(Object.entries(verdicts).map(([name, all]) => [name, all?.filter(({ isMissing }) => !isMissing)]));
}

function showPicture(): void {
  const { image, text, busy } = view?.picture ?? { image: null, text: '', busy: true };
  for (const each of [light, dark]) {
    each.hidden = image === null;
    if (image !== null && each.src !== image) each.src = image;
  }
  preview.classList.toggle('busy', busy);
  preview.setAttribute('aria-busy', String(busy));
  if (pictureText.textContent !== text) pictureText.textContent = text;
}

function shownElement(field: UrlField): readonly Element[] {
  const url = view?.shown[field] ?? null;
  if (url === null) return [];
  const text = `Shown as ${url}`;
  if (shown[field].textContent !== text) shown[field].replaceChildren('Shown as ', element('code', {}, url));
  return [shown[field]];
}

function showPlaceholders(): void {
  const rows = view?.placeholders ?? [];
  placeholderPart.hidden = rows.length === 0;
  placeholders.replaceChildren(...rows.flatMap(({ text, value, note }) => [element('dt', {}, element('code', {}, text)), value === null ? element('dd', { class: 'note' }, note) : element('dd', {}, element('code', {}, value))]));
  example.textContent = view?.example ?? '';
}

function configurationElements(): readonly Element[] {
  const { text = '', file = '' } = view?.configuration ?? {};
  return [...(text === '' ? [] : [element('span', {}, text)]), ...(file === '' ? [] : [remedyButton('openConfig', `Open ${file}`)])];
}

function showButtons(): void {
  const [first, second] = view?.actions ?? [];
  const isBusy = Boolean(view?.saving);
  main.textContent = isBusy ? (view?.saving ?? '') : (first?.label ?? '');
  main.hidden = !state.fields;
  main.disabled = isBusy;
  main.title = first?.obstacle ?? '';
  main.setAttribute('aria-disabled', String(Boolean(first?.obstacle)));
  main.setAttribute('aria-description', first?.obstacle ?? '');
  other.hidden = !state.fields || !second || isBusy;
  other.textContent = second?.label ?? '';
  other.title = second?.obstacle ?? '';
  other.setAttribute('aria-disabled', String(Boolean(second?.obstacle)));
  cancel.textContent = isBusy ? 'Stop' : state.touched ? 'Discard' : 'Cancel';
}

/** The first field that is wrong, else what is said of the whole. */
function showFailure(): void {
  const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (wrong) wrong.focus();
  else main.focus();
}

function noticeElement({ severity, text, remedy }: FormNotice): Element {
  const known = [...notices.children].find((each) => each.getAttribute('data-text') === text);
  return known ?? element('p', { class: `notice ${severity}`, 'data-text': text }, element('span', {}, text), ...(remedy === null ? [] : [remedyButton(remedy, remedyLabels[remedy])]));
}

const remedyLabels: Record<Remedy, string> = { signIn: 'Sign In…', chooseProject: 'Choose Project…', retry: 'Try Again', openConfig: 'Open', trust: 'Manage Workspace Trust' };

function remedyButton(remedy: Remedy, label: string): Element {
  const button = element('button', { type: 'button', class: 'link' }, label);
  button.addEventListener('click', () => host.postMessage({ type: 'remedy', remedy }));
  return button;
}

function resetButton(field: TextField): HTMLElement {
  const button = element('button', { type: 'button', class: 'link' }, field === 'name' ? 'Use the ready-made name' : 'Use the ready-made URL');
  button.addEventListener('click', () => {
    change({ own: state.own.filter((each) => each !== field) }, { regenerate: true });
    texts[field].control.focus();
  });
  return button;
}

function showChoices(control: HTMLSelectElement, choices: readonly (readonly [value: string, text: string])[], value: string): void {
  const wanted = JSON.stringify(choices);
  if (control.dataset['shown'] !== wanted) {
    control.dataset['shown'] = wanted;
    control.replaceChildren(...choices.map(([each, text]) => element('option', { value: each }, text)));
  }
  control.value = value;
}

function textControl(id: TextField): HTMLInputElement {
  return element('input', { id, type: 'text', autocomplete: 'off', spellcheck: 'false', ...(id === 'name' ? {} : { placeholder: 'https://', inputmode: 'url' }) });
}

function firstControl(): HTMLElement {
  return isNew ? kind.control : texts.name.control;
}
