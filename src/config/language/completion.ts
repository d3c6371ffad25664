import { colorNames, parseColor } from '../../core/color';
import { factStems } from '../../core/facts';
import { junitStems } from '../../core/junitStems';
import { lineBreakOf } from '../../core/lineBreak';
import { placeholderNames, placeholdersInHost } from '../../core/placeholder';
import type { Range } from '../../core/problem';
import { filterNames, filterTable } from '../../core/template/filters';
import { templateNames } from '../../core/template/names';
import type { Field, RecordShape, Shape, TextShape } from '../shape';
import { nodeAtPath, type TreeNode } from '../tree';
import { pyprojectTable } from './configFile';
import { ownStems } from './generatorRules';
import { shortened } from './hints';
import { readDocument, shapesAt, simple, type ConfigDocument, type SimpleShape } from './document';
import { fieldDoc } from './fieldDoc';
import { inSnippet, keyLiteral, textLiteral } from './literals';
import type { HeaderPlace, KeyPlace, CursorPlace, ValuePlace } from './place';
import { isTall, Template, type Layout } from './template';
import { typedWord } from './templateWords';
import { tomlPlaces } from './tomlCursor';
import type { Values } from './values';
import { yamlPlaces } from './yamlCursor';

/** Something that may be written at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'color' | 'file' | 'placeholder' | 'reference' | 'snippet' | 'table';
  /** One line beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  readonly insert: string;
  /** `insert` holds stops such as `${1:name}`. */
  readonly isSnippet: boolean;
  /** What is replaced: up to the cursor, and all of what stands there. */
  readonly typed: Range;
  readonly replace: Range;
  /** What the text in `typed` is compared with. */
  readonly filter: string;
  /** Lower ones come first. */
  readonly rank: number;
  /** Ask for completions again after it was taken. */
  readonly asksAgain: boolean;
}

export function complete(document: ConfigDocument, cursor: number, values: Values = {}): readonly Completion[] {
  const offset = Math.max(cursor, document.text.startsWith('\uFEFF') ? 1 : 0);
  const places = document.syntax === 'yaml' ? yamlPlaces(document.text, offset) : document.syntax === 'toml' ? tomlPlaces(document, offset) : [];
  const completer = new Completer(document, values);
  const seen = new Set<string>();
  const found = places.map((place) => ({ place, completions: completer.at(place) }));
  // On a line of its own below a key, a table or list is what people mean.
  const hasKeys = found.some(({ place, completions }) => place.kind === 'key' && completions.length > 0);
  const wanted = found.filter(({ place }) => !(hasKeys && place.kind === 'value' && !place.isInLine));
  return wanted.flatMap(({ completions }) => completions).filter(({ label, kind }) => !seen.has(`${kind} ${label}`) && seen.add(`${kind} ${label}`));
}

/** `complete` for a text that was not read yet. */
export function completeText(text: string, kind: ConfigDocument['kind'], offset: number, values: Values = {}): readonly Completion[] {
  return complete(readDocument(text, kind), offset, values);
}

class Completer {
  constructor(
    private readonly document: ConfigDocument,
    private readonly values: Values,
  ) {}

  at(place: CursorPlace): readonly Completion[] {
    if (place.kind === 'header') return this.headers(place);
    const path = place.kind === 'key' ? place.parent : place.path;
    const shapes = shapesAt(this.document.shape, path);
    if (place.kind === 'value') return shapes.flatMap((shape) => this.valuesOf(shape, place));
    const keys = shapes.flatMap((shape) => this.keysOf(shape, place));
    const items = place.style === 'block' && place.isNew ? shapes.flatMap((shape) => (shape.type === 'list' ? this.items(shape.items, place) : [])) : [];
    const tables = place.style === 'table' && path.length === 0 && place.isNew && !place.isAboveKeys ? this.tables(place) : [];
    return [...keys, ...items, ...tables];
  }

  private keysOf(shape: SimpleShape, place: KeyPlace): readonly Completion[] {
    if (shape.type === 'map') {
      const names = [...(shape.suggested ?? []), ...(shape.source === 'stem' ? this.stems() : shape.source === 'group' ? this.groups() : [])];
      return names.filter((name) => !place.given.has(name)).map((name, index) => this.key(place, name, shape.values, { detail: shape.keys, rank: index }));
    }
    if (shape.type !== 'record') return [];
    return shape.fields
      .filter(({ key, shape: inner, replacedBy }) => replacedBy === undefined && !place.given.has(key) && fitsBlock(inner, place.block))
      .map((field, index) => this.key(place, field.key, field.shape, { detail: field.shape.expected, doc: fieldDoc(field), rank: (field.required ? 0 : 100) + index }));
  }

  private key(place: KeyPlace, key: string, shape: Shape, about: { readonly detail: string; readonly doc?: string; readonly rank: number }): Completion {
    const written = keyLiteral(key, place.style);
    const insert = place.isNew ? `${inSnippet(written)}${this.behindKey(shape, place, key)}` : written;
    const asksAgain = place.isNew && /\$\{?1(?::\})?|\$0/.test(insert) && !insert.includes('${2');
    return this.completion(place, { label: key, kind: 'key', insert, isSnippet: place.isNew, filter: written, ...about, asksAgain: asksAgain && /\$0|\$1"?$/.test(insert) });
  }

  /** What follows a new key: the place of its value, or a whole table to be filled in. */
  private behindKey(shape: Shape, place: KeyPlace, key: string): string {
    if (place.block) return ':';
    const options = simple(shape);
    const [first] = options;
    const isYaml = place.style === 'block' || place.style === 'flow';
    const separator = isYaml ? ':' : ' =';
    const isText = options.every(({ type }) => type === 'text');
    if (!first || !isTall(first) || first.type === 'map') {
      if (first && isTall(first) && place.style === 'block') return `:${this.layout('block').lineBreak}${' '.repeat(place.column)}${this.unit}$0`;
      if (first?.type === 'map' && options.length === 1) return `${separator} { $0 }`;
      return `${separator} ${!isYaml && isText && !hasChoices(first) ? '"$1"' : '$0'}`;
    }
    return `${separator}${new Template(this.layout(place.style)).afterKey(shape, ' '.repeat(place.column), key)}`;
  }

  /** A new item of a list whose dash is not written yet. */
  private items(shape: Shape, place: KeyPlace): readonly Completion[] {
    const layout = this.layout('block');
    const indent = `${' '.repeat(place.column)}  `;
    return simple(shape).flatMap((option, rank) => {
      if (option.type === 'text' && !option.allowed && !option.check && !option.source) return [];
      if (option.type === 'record' || option.type === 'row') {
        return [this.completion(place, { label: `- ${nameOf(option)}`, kind: 'snippet', detail: option.expected, insert: `- ${new Template(layout).value(option, indent, nameOf(option))}`, isSnippet: true, filter: '', rank })];
      }
      return [this.completion(place, { label: '- ', kind: 'snippet', detail: option.expected, insert: '- $0', isSnippet: true, filter: '', rank, asksAgain: true })];
    });
  }

  private valuesOf(shape: SimpleShape, place: ValuePlace): readonly Completion[] {
    switch (shape.type) {
      case 'boolean':
        return place.quote === null ? ['true', 'false'].map((value, index) => this.value(place, value, value, { rank: index })) : [];
      case 'number':
        return place.quote === null ? (shape.suggested ?? []).map((value, index) => this.value(place, String(value), String(value), { rank: index, ...(shape.unit !== undefined && { detail: shape.unit }) })) : [];
      case 'text':
        return this.texts(shape, place);
      case 'record':
      case 'row':
      case 'list':
        return place.quote === null && place.isInLine && (shape.type !== 'record' || shape.name !== undefined) ? [this.whole(shape, place)] : [];
      case 'map':
        return [];
    }
  }

  /** A whole list or table to be filled in, in brackets unless it can stand on lines of its own. */
  private whole(shape: SimpleShape & { readonly type: 'record' | 'row' | 'list' }, place: ValuePlace): Completion {
    const isItem = typeof place.path.at(-1) === 'number';
    // Behind a dash a table can begin; behind a key it cannot.
    const style = place.style === 'block' && !(isItem && shape.type === 'record') ? 'flow' : place.style === 'table' ? 'inline' : place.style;
    const name = nameOf(shape);
    const insert = new Template(this.layout(style)).value(shape, `${' '.repeat(place.column)}  `, name);
    return this.completion(place, { label: labelOf(shape), kind: 'snippet', detail: shape.expected, insert: around(place, insert), isSnippet: true, filter: '', rank: 50 });
  }

  private texts(shape: TextShape, place: ValuePlace): readonly Completion[] {
    const urls = shape.source === 'badgeUrl' ? this.inUrl(place) : null;
    if (urls) return urls;
    if (shape.source === 'template' || shape.source === 'expression') return this.inExpression(place, shape.source);
    const docs = shape.valueDocs ?? {};
    const about = (value: string) => (docs[value] === undefined ? {} : { doc: docs[value] });
    const plain = (value: string, rank: number, more: { readonly detail?: string; readonly doc?: string; readonly kind?: Completion['kind'] } = {}) =>
      this.value(place, value, textLiteral(value, place.style, place.quote), { rank, ...about(value), ...more });
    const field = this.fieldOf(place);
    return [
      ...(shape.allowed ?? []).map((value, index) => plain(value, index, value === field?.default ? { detail: 'default' } : {})),
      ...Object.entries(shape.aliases ?? {}).map(([alias, value]) => plain(alias, 100, { detail: value })),
      ...(shape.suggested ?? []).map((value, index) => plain(value, index)),
      ...(typeof field?.default === 'string' && !shape.allowed && shape.check !== 'color' ? [plain(field.default, 0, { detail: 'default' })] : []),
      ...(shape.check === 'color' && parseColor(place.before.trim()) !== null && place.before.startsWith('#') ? [plain(place.before.trim(), 0, { kind: 'color' })] : []),
      ...(shape.check === 'color' ? colorNames.map((name, index) => plain(name, 200 + index, { kind: 'color', detail: parseColor(name)?.hex ?? '' })) : []),
      ...(shape.check === 'fact' ? factStems.filter((stem) => !this.siblings(place).has(stem)).map((stem, index) => plain(stem, index)) : []),
      ...(shape.source === 'job' ? [...(this.values.ci?.jobs.keys() ?? [])].map((job, index) => plain(job, index, { kind: 'reference', detail: 'job of .gitlab-ci.yml' })) : []),
      ...(shape.source === 'branch' ? (this.values.branches ?? []).map((name, index) => plain(name, index, { kind: 'reference' })) : []),
      ...(shape.source === 'valueFile' ? (this.values.valueFiles ?? []).map((file) => plain(file, 10, { kind: 'file' })) : []),
      ...(shape.source === 'report' ? (this.values.reports ?? []).map((file) => plain(file, 10, { kind: 'file' })) : []),
      ...(shape.source === 'badgeName' ? [...new Set([...(this.values.badgeNames ?? [])])].filter((name) => !this.siblings(place).has(name)).map((name) => plain(name, 0, { kind: 'reference', detail: 'on GitLab' })) : []),
      ...(shape.source === 'badgeName' ? this.stems().filter((stem) => !this.siblings(place).has(stem)).map((stem, index) => plain(stem, 100 + index)) : []),
    ];
  }

  /** Parts of a badge's URL: placeholders, jobs, branches; or whole URLs where nothing is written yet. */
  private inUrl(place: ValuePlace): readonly Completion[] | null {
    const { before, quote } = place;
    const part = (written: string): ValuePlace => ({ ...place, typed: { start: place.typed.end - written.length, end: place.typed.end }, replace: { start: place.typed.end - written.length, end: place.typed.end } });
    const open = /%(?:\{(\w*))?$/.exec(before);
    if (open) {
      const closing = /^\w*\}/.exec(this.document.text.slice(place.typed.end))?.[0] ?? '';
      const inner = part(open[0]);
      const whole = { ...inner, replace: { start: inner.typed.start, end: inner.typed.end + closing.length } };
      return this.placeholders(whole);
    }
    const job = /[?&]job=([^&#]*)$/.exec(before);
    if (job) return this.inside(part(job[1] ?? ''), [...(this.values.ci?.jobs.keys() ?? [])].map((name) => ({ label: name, text: encodeURIComponent(name), detail: 'job of .gitlab-ci.yml' })));
    const branch = /\/(?:-\/jobs\/artifacts|badges)\/([^/]*)$/.exec(before);
    if (branch) {
      const names = (this.values.branches ?? []).map((name) => ({ label: name, text: name, detail: 'branch' }));
      return this.inside(part(branch[1] ?? ''), [{ label: '%{default_branch}', text: '%{default_branch}', detail: this.values.placeholders?.default_branch ?? 'the default branch' }, ...names]);
    }
    if (!['https://', 'http://'].some((start) => start.startsWith(before))) return quote === null ? [] : this.placeholders(part(''));
    return this.wholeUrls(place);
  }

  /** Names and filters of an expression. */
  private inExpression(place: ValuePlace, form: 'template' | 'expression'): readonly Completion[] {
    const word = typedWord(place.before, form);
    if (!word) return [];
    const start = place.typed.end - word.typed.length;
    const rest = /^[\w.]*/.exec(this.document.text.slice(place.typed.end))?.[0] ?? '';
    const part: ValuePlace = { ...place, typed: { start, end: place.typed.end }, replace: { start, end: place.typed.end + rest.length } };
    const proposal = (label: string, rank: number, detail: string, doc: string | undefined) =>
      this.completion(part, { label, kind: 'reference', detail, ...(doc !== undefined && { doc }), insert: label, isSnippet: false, filter: label, rank });
    if (word.kind === 'filter') return filterNames.map((name, rank) => proposal(name, rank, `{${filterTable[name].example}}`, filterTable[name].doc));
    const entry = this.document.root && nodeAtPath(this.document.root, [...place.path.slice(0, -1), 'values']);
    const own = entry?.type === 'object' ? entry.properties.map(({ key }) => key) : [];
    return [...own.map((name, rank) => proposal(name, rank, 'of “values”', undefined)), ...Array.from(templateNames, ([name, doc], rank) => proposal(name, 100 + rank, doc.replace(/`/g, ''), undefined)).filter(({ label }) => !own.includes(label))];
  }

  private placeholders(place: ValuePlace): readonly Completion[] {
    const { text } = this.document;
    // In the host GitLab refuses them.
    const url = text.slice(place.typed.start - place.before.length, place.typed.start);
    if (/^["']?https?:\/\/[^/]*$/.test(place.before) || placeholdersInHost(`${url}%{x}`).length > 0) return [];
    return this.inside(place, placeholderNames.map((name) => ({ label: `%{${name}}`, text: `%{${name}}`, ...this.valueOf(name) })), 'placeholder');
  }

  private valueOf(name: (typeof placeholderNames)[number]): { readonly detail?: string } {
    const value = this.values.placeholders?.[name];
    return value === undefined ? {} : { detail: value === null ? 'nothing yet' : shortened(value) };
  }

  private inside(place: ValuePlace, entries: readonly { readonly label: string; readonly text: string; readonly detail?: string }[], kind: Completion['kind'] = 'reference'): readonly Completion[] {
    return entries.map(({ label, text, detail }, rank) => this.completion(place, { label, kind, ...(detail !== undefined && { detail }), insert: text, isSnippet: false, filter: text, rank }));
  }

  private wholeUrls(place: ValuePlace): readonly Completion[] {
    const instance = this.values.project?.instance ?? 'https://gitlab.example.com';
    const folder = this.folder();
    const base = `${instance}/%{project_path}`;
    const stem = this.siblingText(place, 'name');
    const jobs = [...(this.values.ci?.jobs.values() ?? [])];
    const jobNames = jobs.length === 0 ? ['badges'] : jobs.slice(0, 5).map(({ name }) => name);
    const file = `${stem ?? 'badge'}.svg`;
    // They start alike, and are wider than the list.
    const urls: readonly (readonly [label: string, url: string])[] =
      place.path.at(-1) === 'link_url'
        ? [['the project', base], ['pipelines', `${base}/-/pipelines`], ['releases', `${base}/-/releases`], ['issues', `${base}/-/issues`]]
        : [
            ...jobNames.map((name) => [`${file} of the job ${name}`, `${base}/-/jobs/artifacts/%{default_branch}/raw/${folder}/${file}?job=${encodeURIComponent(name)}`] as const),
            ['GitLab’s pipeline status', `${base}/badges/%{default_branch}/pipeline.svg`],
            ['GitLab’s coverage', `${base}/badges/%{default_branch}/coverage.svg`],
            ['GitLab’s latest release', `${base}/-/badges/release.svg`],
          ];
    return urls.map(([label, url], rank) => ({ ...this.value(place, url, textLiteral(url, place.style, place.quote), { rank, kind: 'reference', doc: `\`${url}\`` }), label }));
  }

  private headers(place: HeaderPlace): readonly Completion[] {
    const prefix = this.document.kind === 'pyproject' ? [...pyprojectTable] : [];
    const root = prefix.length > 0 && !place.isArray ? [{ path: prefix, doc: 'The table of Badgesmith.' }] : [];
    const found = [...root, ...tablesOf(this.document.shape, prefix, place.isArray, (key) => this.names(key))].filter(({ path }) => this.mayHaveHeader(path.slice(prefix.length), place.isArray));
    const closing = this.document.text.startsWith(']', place.replace.end) ? '' : place.isArray ? ']]' : ']';
    return found.map(({ path, doc }, rank) => {
      const label = path.map((key) => keyLiteral(key, 'table')).join('.');
      // The shallow ones first: below `badges` there is one for each badge.
      return this.completion(place, { label, kind: 'table', doc, insert: label + closing, isSnippet: false, filter: label, rank: path.length * 1000 + rank });
    });
  }

  /** New tables of TOML with their headers, where a line is empty. */
  private tables(place: KeyPlace): readonly Completion[] {
    const prefix = this.document.kind === 'pyproject' ? [...pyprojectTable] : [];
    const layout = this.layout('inline');
    return [false, true].flatMap((isArray) =>
      tablesOf(this.document.shape, prefix, isArray, () => []).filter(({ path }) => this.mayHaveHeader(path.slice(prefix.length), isArray)).map(({ path, shape }) => {
        const label = `${isArray ? '[[' : '['}${path.map((key) => keyLiteral(key, 'table')).join('.')}${isArray ? ']]' : ']'}`;
        const lines = shape ? new Template(layout).lines(shape) : ['$0'];
        return this.completion(place, { label, kind: 'table', insert: [label.replace(/[\\$}]/g, '\\$&'), ...lines].join(layout.lineBreak), isSnippet: true, filter: label, rank: 500 });
      }),
    );
  }

  /** A table has one header; a list of tables has one for each, unless it is written in brackets. */
  private mayHaveHeader(path: readonly string[], isArray: boolean): boolean {
    const { root, text } = this.document;
    const node = root ? nodeAtPath(root, path) : undefined;
    return !node || (isArray && node.type === 'array' && text.startsWith('[[', node.items[0]?.range.start));
  }

  private names(key: string): readonly string[] {
    return key === 'badges' ? this.stems() : key === 'groups' ? this.groups() : [];
  }

  private stems(): readonly string[] {
    return [...new Set([...ownStems(this.document), ...(this.values.stems ?? []), ...factStems, ...junitStems])];
  }

  /** The groups above the project, the nearest first. */
  private groups(): readonly string[] {
    const segments = this.values.project?.path.split('/').slice(0, -1) ?? [];
    return segments.map((_, index) => segments.slice(0, segments.length - index).join('/'));
  }

  private folder(): string {
    const { root } = this.document;
    const path = root && nodeAtPath(root, ['path']);
    return path?.type === 'string' && path.value !== '' ? path.value.replace(/^\.\/|\/+$/g, '') : 'public/badges';
  }

  private fieldOf(place: ValuePlace): Field | undefined {
    const key = place.path.at(-1);
    return shapesAt(this.document.shape, place.path.slice(0, -1))
      .flatMap((shape) => (shape.type === 'record' ? shape.fields : []))
      .find((field) => field.key === key);
  }

  /** Texts that stand in the same list, or under the same key in the same list of tables. */
  private siblings({ path }: ValuePlace): ReadonlySet<string> {
    const index = path.reduce<number>((last, step, at) => (typeof step === 'number' ? at : last), -1);
    const list = this.document.root && index >= 0 ? nodeAtPath(this.document.root, path.slice(0, index)) : undefined;
    const rest = path.slice(index + 1);
    const texts = list?.type === 'array' ? list.items.flatMap((item, at) => (at === path[index] ? [] : (textAt(item, rest) ?? []))) : [];
    return new Set(texts);
  }

  private siblingText(place: ValuePlace, key: string): string | undefined {
    return this.document.root ? textAt(this.document.root, [...place.path.slice(0, -1), key]) : undefined;
  }

  private value(place: ValuePlace, label: string, literal: string, about: { readonly rank: number; readonly detail?: string; readonly doc?: string; readonly kind?: Completion['kind'] }): Completion {
    const quote = place.quote ?? '';
    return this.completion(place, { label, kind: 'value', insert: around(place, literal), isSnippet: false, filter: `${place.needsBlank ? '' : quote}${label}`, ...about });
  }

  private completion(place: CursorPlace, parts: Omit<Completion, 'typed' | 'replace' | 'asksAgain'> & { readonly asksAgain?: boolean }): Completion {
    const { typed, replace } = place;
    const quote = /^["']/.exec(this.document.text.slice(typed.start, typed.end))?.[0] ?? '';
    const word = parts.filter === '' && typed.start === typed.end ? '' : parts.filter || parts.label;
    const filter = word.startsWith(quote) ? word : quote + word;
    return { ...parts, filter, typed, replace, asksAgain: parts.asksAgain ?? false };
  }

  private layout(style: Layout['style']): Layout {
    return { style, unit: this.unit, lineBreak: lineBreakOf(this.document.text) };
  }

  /** By how much the text indents its blocks. */
  private get unit(): string {
    return /^[^\s#][^\n]*:[ \t]*\r?\n( +)[^\s#-]/m.exec(this.document.text)?.[1] ?? '  ';
  }
}

/** A value with what its place lacks. */
function around({ needsBlank, needsComma = false }: ValuePlace, value: string): string {
  return `${needsBlank ? ' ' : ''}${value}${needsComma ? ',' : ''}`;
}

/** Whether a key may have the block that stands below it already. */
function fitsBlock(shape: Shape, block: KeyPlace['block']): boolean {
  return block === undefined || simple(shape).some(({ type }) => (block === 'list' ? type === 'list' : type === 'record' || type === 'map'));
}

function hasChoices(shape: SimpleShape | undefined): boolean {
  return shape?.type === 'text' && (shape.allowed !== undefined || shape.check === 'color');
}

function textAt(node: TreeNode, path: readonly (string | number)[]): string | undefined {
  const found = nodeAtPath(node, path);
  return found?.type === 'string' ? found.value : undefined;
}

function nameOf(shape: SimpleShape): string {
  return shape.type === 'record' ? (shape.name ?? 'entry') : shape.type === 'row' ? 'row' : 'list';
}

function labelOf(shape: SimpleShape): string {
  if (shape.type === 'row') return `[${shape.cells.map(({ name }) => name).join(', ')}]`;
  return shape.type === 'list' ? '[…]' : `{ ${(shape as RecordShape).fields.filter(({ required, usual }) => required ?? usual).map(({ key }) => key).join(', ')} }`;
}

/** Tables of a file that can have a header of their own. */
function tablesOf(shape: SimpleShape, prefix: readonly string[], isArray: boolean, names: (key: string) => readonly string[]): readonly { readonly path: readonly string[]; readonly doc: string; readonly shape?: RecordShape }[] {
  if (shape.type !== 'record') return [];
  return shape.fields.flatMap((field) => {
    const path = [...prefix, field.key];
    return simple(field.shape).flatMap((inner) => {
      if (inner.type === 'record') return [...(isArray ? [] : [{ path, doc: fieldDoc(field) }]), ...tablesOf(inner, path, isArray, names)];
      if (inner.type === 'list' && isArray) return simple(inner.items).flatMap((item) => (item.type === 'record' ? [{ path, doc: fieldDoc(field), shape: item }] : []));
      if (inner.type !== 'map') return [];
      const values = simple(inner.values);
      const wanted = values.some((value) => (isArray ? value.type === 'list' : value.type === 'record'));
      return wanted ? names(field.key).map((name) => ({ path: [...path, name], doc: fieldDoc(field) })) : [];
    });
  });
}
