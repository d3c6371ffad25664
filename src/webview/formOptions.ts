import { optionsOf, readyOptionNames, type OptionRule, type ReadyKind, type ReadyOptionName, type ReadyOptions } from '../core/readyBadges';
import { arrange, element } from './element';
import type { FormView } from './badgeFormProtocol';
import { FormField, type Control } from './formField';

/** The options of a ready-made badge. A field stays while its option does, so that focus survives. */
export class FormOptions {
  readonly root = element('div', { class: 'options' });
  readonly #fields = new Map<string, FormField>();
  readonly #suggestions = new Map<string, HTMLDataListElement>();

  /** @param onChange the value of an option; empty for what counts without it */
  constructor(private readonly onChange: (name: ReadyOptionName, value: string) => void) {}

  show(kind: ReadyKind, options: ReadyOptions, { suggestions, verdicts }: Pick<FormView, 'suggestions' | 'verdicts'>): void {
    const shown = optionsOf(kind, options);
    const fields = shown.map(([name, rule]) => {
      const field = this.#field(kind, name, rule);
      fill(field.control, rule, options[name] ?? '');
      this.#suggest(name, suggestions[kind]?.[name] ?? []);
      field.say(verdicts[name] ?? []);
      return field.root;
    });
    this.root.hidden = fields.length === 0;
    arrange(this.root, fields);
  }

  #field(kind: ReadyKind, name: ReadyOptionName, rule: OptionRule): FormField {
    // The usual width of the left part is another one for each kind.
    const key = `${name} ${placeholderOf(kind, name, rule)}`;
    const known = this.#fields.get(key);
    if (known) return known;
    const control = controlOf(kind, name, rule);
    control.addEventListener('input', () => this.onChange(name, control instanceof HTMLInputElement && control.type === 'checkbox' ? (control.checked ? 'true' : '') : control.value));
    const field = new FormField(control, labels[name], hints[name]);
    if (suggestible.has(name)) {
      const list = element('datalist', { id: `${name}-suggestions` });
      control.setAttribute('list', list.id);
      this.#suggestions.set(name, list);
      field.root.append(list);
    }
    this.#fields.set(key, field);
    return field;
  }

  #suggest(name: ReadyOptionName, suggestions: readonly { readonly value: string; readonly detail: string }[]): void {
    const list = this.#suggestions.get(name);
    const wanted = JSON.stringify(suggestions);
    if (!list || list.dataset['shown'] === wanted) return;
    list.dataset['shown'] = wanted;
    list.replaceChildren(...suggestions.map(({ value, detail }) => element('option', { value }, detail)));
  }
}

const suggestible: ReadonlySet<ReadyOptionName> = new Set<ReadyOptionName>(['stem', 'job']);

const labels: Record<ReadyOptionName, string> = {
  stem: 'Badge file',
  from: 'Shown from',
  job: 'CI job',
  branch: 'Branch',
  order_by: 'Newest release by',
  ignore_skipped: 'Pass over skipped pipelines',
  key_text: 'Text on the left',
  value_text: 'Text on the right',
  style: 'Style',
  min_good: 'Good from, in percent',
  min_acceptable: 'Acceptable from, in percent',
  min_medium: 'Medium from, in percent',
  key_width: 'Width on the left',
  value_width: 'Width on the right',
  key_color: 'Colour on the left',
  value_color: 'Colour on the right',
};

const hints: Partial<Record<ReadyOptionName, string>> = {
  stem: 'Its name without .svg.',
};

const choices: Readonly<Record<string, string>> = {
  artifact: 'job artifact',
  repository: 'file in the repository',
  pages: 'GitLab Pages',
  released_at: 'date of release',
  created_at: 'date of creation',
};

function controlOf(kind: ReadyKind, name: ReadyOptionName, rule: OptionRule): Control {
  const id = `option-${name}`;
  switch (rule.type) {
    case 'choice':
      return element('select', { id }, ...rule.values.map((value) => element('option', { value }, choices[value] ?? value)));
    case 'flag':
      return element('input', { id, type: 'checkbox' });
    case 'number':
      return element('input', { id, type: 'text', inputmode: 'numeric', placeholder: placeholderOf(kind, name, rule), autocomplete: 'off' });
    case 'text':
    case 'color':
      return element('input', { id, type: 'text', placeholder: placeholderOf(kind, name, rule), autocomplete: 'off', spellcheck: 'false' });
  }
}

/** What counts without a value. */
function placeholderOf(kind: ReadyKind, name: ReadyOptionName, rule: OptionRule): string {
  if (rule.type === 'number') return String(rule.usual);
  if (name === 'branch') return 'default branch';
  if (name === 'job') return kind === 'coverage' ? 'all jobs' : '';
  return name === 'key_text' || rule.type === 'color' ? 'GitLab’s own' : '';
}

/** Leaves a text alone that is there already, and with it the cursor. */
function fill(control: Control, rule: OptionRule, value: string): void {
  if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = value !== '';
  else if (rule.type === 'choice') control.value = value || (rule.values[0] ?? '');
  else if (control.value !== value) control.value = value;
}

/** Only what a kind of badge knows. */
export function optionsFor(kind: ReadyKind, chosen: ReadyOptions, defaults: ReadyOptions): ReadyOptions {
  const all: ReadyOptions = { ...defaults, ...chosen };
  const known = new Set(optionsOf(kind, all).map(([name]) => name));
  return Object.fromEntries(readyOptionNames.flatMap((name) => (known.has(name) && all[name] ? [[name, all[name]]] : [])));
}
