import { nearestColorName } from '../../core/color';
import { factStems } from '../../core/facts';
import { junitStems } from '../../core/junitStems';
import { builtInLogos, logoSlug } from '../../core/logoNames';
import { nearest } from '../../core/nearest';
import { decoded } from '../../core/percent';
import { placeholderNames } from '../../core/placeholder';
import type { Problem, Range } from '../../core/problem';
import { filterNames } from '../../core/template/filters';
import { templateNames } from '../../core/template/names';
import { partOf } from '../place';
import { keepsFile } from '../ciFile';
import { anchored } from '../pattern';
import type { Field, RecordShape, Shape } from '../shape';
import { lineEnd, lineStart, quotedText } from '../textInsertion';
import { firstFound, nodeAtPath, placeAt, propertyOf, type Place, type Property, type TreeNode } from '../tree';
import { numberKey } from '../validate';
import { readArtifactUrl } from './artifactUrl';
import { entriesAdded, fieldsAdded } from './additions';
import { diagnose } from './diagnose';
import { readDocument, shapesAt, type ConfigDocument, type Path } from './document';
import { joinedEdits } from './joinedEdits';
import { keyLiteral, textLiteral } from './literals';
import { itemRemoved, keyRemoved } from './removal';
import type { TextEdit } from './rename';
import type { Values } from './values';

/** A change of the text that mends a problem, or writes something in another form. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** What it mends; null for another way to write the same. */
  readonly problem: Problem | null;
  /** It is what was meant, as far as anybody can tell. */
  readonly isPreferred: boolean;
}

/** The quote that a line leaves open. */
function openQuote(line: string): string | null {
  return /^(?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*')*(["'])(?!.*\1)/.exec(line)?.[1] ?? null;
}

/** The brackets that a line leaves open, closed. */
function closingBrackets(line: string): string {
  const open: string[] = [];
  for (const [token] of line.matchAll(/"(?:[^"\\]|\\.)*"?|'[^']*'?|\s#.*|[[\]{}]/g)) {
    if (token === '[' || token === '{') open.unshift(token === '[' ? ']' : '}');
    else if (token === ']' || token === '}') open.shift();
  }
  return open.join('');
}

/** What can be done about the problems that touch a range, and about what stands there. */
export function fixesAt(document: ConfigDocument, range: Range, values: Values = {}): readonly Fix[] {
  const fixer = new Fixer(document, values);
  const touched = diagnose(document, values)
    .filter((problem) => problem.range.start <= range.end && range.start <= problem.range.end)
    .slice(0, maxTouched);
  return [...touched.flatMap((problem) => fixer.fixesOf(problem)), ...fixer.rewritesAt(range.start)];
}

/** Problems at one place that fixes are looked for. */
const maxTouched = 10;

/** A key that is renamed gets a value that is looked at, which may name something wrong in its turn. */
const maxRounds = 8;

/**
 * Edits after which no preferred fix is left: those of all problems, and of what they bring to light. Of a text with syntax errors
 * only its author can say what it means, so it stays as it is.
 */
export function fixAll(document: ConfigDocument, values: Values = {}): readonly TextEdit[] {
  const rounds: (readonly TextEdit[])[] = [];
  let current = document;
  while (rounds.length < maxRounds) {
    const edits = certainEdits(current, values);
    const next = readDocument(applyEdits(current.text, edits), current.kind);
    if (edits.length === 0 || hasSyntaxErrors(next)) break;
    rounds.push(edits);
    current = next;
  }
  return joinedEdits(document.text.length, rounds);
}

/** The edits of preferred fixes, as far as they do not touch each other. */
function certainEdits(document: ConfigDocument, values: Values): readonly TextEdit[] {
  if (hasSyntaxErrors(document)) return [];
  const fixer = new Fixer(document, values);
  const chosen: TextEdit[] = [];
  for (const problem of diagnose(document, values)) {
    const fix = fixer.fixesOf(problem).find(({ isPreferred }) => isPreferred);
    if (fix && fix.edits.every((edit) => chosen.every((other) => edit.range.end < other.range.start || other.range.end < edit.range.start))) chosen.push(...fix.edits);
  }
  return chosen;
}

function hasSyntaxErrors({ problems }: ConfigDocument): boolean {
  return problems.some(({ code }) => code === 'syntax');
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits].sort((a, b) => b.range.start - a.range.start).reduce((edited, { range, text: inserted }) => edited.slice(0, range.start) + inserted + edited.slice(range.end), text);
}

class Fixer {
  private readonly text: string;

  constructor(
    private readonly document: ConfigDocument,
    private readonly values: Values,
  ) {
    this.text = document.text;
  }

  fixesOf(problem: Problem): readonly Fix[] {
    const { code, range } = problem;
    const fix = (title: string, edits: readonly TextEdit[] | null, isPreferred = true): readonly Fix[] => (edits ? [{ title, edits, problem, isPreferred }] : []);
    const replace = (at: Range, text: string): readonly TextEdit[] => [{ range: at, text }];
    const place = this.placeOf(range);

    switch (code) {
      case 'syntax':
        return this.syntaxFixes(problem);
      case 'duplicate-key':
        return fix('Remove this one', keyRemoved(this.document, range), false);
      case 'split-number':
        return fix('Put the number in quotes', replace(range, quotedText(this.text.slice(range.start, range.end))));
      case 'second-document':
        return fix('Remove the line', replace({ start: range.start, end: Math.min(this.text.length, lineEnd(this.text, range.start) + 1) }, ''), false);
      default:
    }
    if (!place) return [];
    const { node, path, property } = place;
    const value = node.type === 'string' ? node.value : '';

    switch (code) {
      case 'unlikely-key':
      case 'unknown-key': {
        const known = this.keysAt(path.slice(0, -1)).filter((key) => !this.siblingsOf(path).has(key));
        const guess = nearest(String(path.at(-1)), known);
        return [...(guess === null ? [] : fix(`Rename to “${guess}”`, replace(range, this.key(guess, path)))), ...fix(`Remove “${String(path.at(-1))}”`, keyRemoved(this.document, range), false)];
      }
      case 'deprecated-key': {
        const wanted = this.fieldsAt(path.slice(0, -1)).find(({ key }) => key === path.at(-1))?.replacedBy;
        if (wanted === undefined) return [];
        return this.siblingsOf(path).has(wanted) ? fix(`Remove “${String(path.at(-1))}”`, keyRemoved(this.document, range)) : fix(`Rename to “${wanted}”`, replace(range, this.key(wanted, path)));
      }
      case 'unused-key':
        return fix(`Remove “${String(path.at(-1))}”`, keyRemoved(this.document, range));
      case 'unknown-stem': {
        const guess = nearest(String(path.at(-1)), [...factStems, ...junitStems, ...(this.values.stems ?? [])]);
        return guess === null ? [] : fix(`Rename to “${guess}”`, replace(range, this.key(guess, path)));
      }
      case 'unknown-value': {
        const allowed = shapesAt(this.document.shape, path).flatMap((shape) => (shape.type === 'text' ? (shape.allowed ?? []) : []));
        const guess = nearest(value, allowed);
        const others = allowed.length <= 6 ? allowed.filter((one) => one !== guess) : [];
        return [...(guess === null ? [] : fix(`Replace with “${guess}”`, replace(range, this.literal(guess, node, path)))), ...others.flatMap((one) => fix(`Replace with “${one}”`, replace(range, this.literal(one, node, path)), false))];
      }
      case 'unknown-color':
        return this.replaceWith(nearestColorName(value), problem, node, path);
      case 'unknown-logo':
        return this.replaceWith(nearest(logoSlug(value), builtInLogos), problem, node, path);
      case 'unknown-fact':
        return this.replaceWith(nearest(value, factStems), problem, node, path);
      case 'bad-expression':
      case 'unknown-name': {
        const word = this.text.slice(range.start, range.end);
        const entry = this.node([...path.slice(0, -1), 'values']);
        const names = entry?.type === 'object' ? entry.properties.map(({ key }) => key) : [];
        const guess = nearest(word, code === 'unknown-name' ? [...names, ...templateNames.keys()] : filterNames);
        return guess === null || guess === word || !/^[\w.]+$/.test(word) ? [] : fix(`Replace with “${guess}”`, replace(range, guess));
      }
      case 'unknown-placeholder': {
        const guess = nearest(this.text.slice(range.start + 2, range.end - 1), placeholderNames);
        return guess === null ? [] : fix(`Replace with %{${guess}}`, replace(range, `%{${guess}}`));
      }
      case 'outdated-placeholder': {
        const name = /7B(\w+)%7D/i.exec(this.text.slice(range.start, range.end))?.[1];
        return name === undefined ? [] : fix(`Replace with %{${name}}`, replace(range, `%{${name}}`));
      }
      case 'placeholder-in-host': {
        const host = this.values.project && new URL(this.values.project.instance).host;
        return host === undefined ? [] : fix(`Replace with ${host}`, replace(range, host));
      }
      case 'unknown-job': {
        const guess = nearest(decoded(this.text.slice(range.start, range.end)), [...(this.values.ci?.jobs.keys() ?? [])]);
        return guess === null ? [] : fix(`Replace with “${guess}”`, replace(range, encodeURIComponent(guess)));
      }
      case 'missing-job':
        return this.jobsThatKeep(node).flatMap((job, _index, { length }) => fix(`Add ?job=${job}`, this.addJob(node, job), length === 1));
      case 'missing-key':
      case 'no-bound':
        return fix(code === 'no-bound' ? 'Add a threshold' : 'Add what is missing', this.addMissing(place, code === 'no-bound'), false);
      case 'wrong-type':
        if (node.type === 'number' || node.type === 'boolean') return this.wants('text', path) ? fix('Put it in quotes', replace(node.range, quotedText(node.source))) : [];
        if (node.type === 'string' && numberKey(node.value) !== null && this.wants('number', path)) return fix('Remove the quotes', replace(node.range, node.value));
        return [];
      case 'empty-value': {
        const hash = property && /^\s*(?::|=)\s*(#[\da-f]{3,8})(?=\s|$)/i.exec(this.text.slice(property.keyRange.end));
        if (!hash || !property) return [];
        const start = property.keyRange.end + hash[0].length - (hash[1] ?? '').length;
        return fix(`Put ${hash[1] ?? ''} in quotes`, replace({ start, end: start + (hash[1] ?? '').length }, quotedText(hash[1] ?? '')));
      }
      case 'row-length':
        return node.type === 'array' && node.items.length === 2 ? fix('Add the colour', entriesAdded(this.text, node, ['lightgrey'].map((color) => this.literal(color, node, path)))) : [];
      case 'never-passes':
        return fix('Swap “min” and “max”', this.swapBounds(path));
      case 'duplicate-item':
        return fix('Remove this one', itemRemoved(this.document, path));
      case 'unordered-thresholds':
        return fix('Put the values in order', this.inOrder(path.slice(0, -1)));
      case 'duplicate-threshold':
        return fix('Remove this one', keyRemoved(this.document, range), false);
      case 'pattern-not-anchored':
        return fix('Let it match whole URLs only', node.type === 'string' ? replace(node.range, quotedText(anchored(node.value) ?? node.value)) : null);
      default:
        return [];
    }
  }

  /** Other ways to write what stands at an offset. */
  rewritesAt(offset: number): readonly Fix[] {
    const place = this.document.root && placeAt(this.document.root, offset);
    if (!place || place.path[0] !== 'static_badges' || typeof place.path[1] !== 'number' || this.document.kind === 'levels') return [];
    const entry = this.node(place.path.slice(0, 2));
    if (entry?.type === 'array' && entry.items.length === 3) {
      const separator = this.document.syntax === 'yaml' ? ': ' : ' = ';
      const cells = entry.items.map((item, index) => `${['label', 'message', 'color'][index] ?? ''}${separator}${this.text.slice(item.range.start, item.range.end)}`);
      return [{ title: 'Write it as a table', edits: [{ range: entry.range, text: `{ ${cells.join(', ')} }` }], problem: null, isPreferred: false }];
    }
    if (entry?.type !== 'object' || this.text.charAt(entry.range.start) !== '{') return [];
    const cells = ['label', 'message', 'color'].map((key) => propertyOf(entry, key)?.value);
    if (entry.properties.length !== 3 || cells.some((cell) => cell === undefined)) return [];
    return [{ title: 'Write it as a list', edits: [{ range: entry.range, text: `[${cells.map((cell) => this.text.slice(cell?.range.start, cell?.range.end)).join(', ')}]` }], problem: null, isPreferred: false }];
  }

  private replaceWith(guess: string | null, problem: Problem, node: TreeNode, path: Path): readonly Fix[] {
    if (guess === null) return [];
    return [{ title: `Replace with “${guess}”`, edits: [{ range: node.range, text: this.literal(guess, node, path) }], problem, isPreferred: true }];
  }

  /** Quotes or blanks that make the text readable; only what does so is proposed. */
  private syntaxFixes(problem: Problem): readonly Fix[] {
    const { text } = this;
    const start = lineStart(text, problem.range.start);
    const line = text.slice(start, lineEnd(text, problem.range.start));
    const candidates: (readonly [title: string, edits: readonly TextEdit[]])[] = [];
    if (/^\s*\t/m.test(text)) candidates.push(['Use blanks for indentation', [...text.matchAll(/^[ \t]*\t[ \t]*/gm)].map((match) => ({ range: { start: match.index, end: match.index + match[0].length }, text: match[0].replaceAll('\t', '  ') }))]);
    const value = /^(\s*(?:- +)*[\w.-]+\s*[:=]\s*|\s*- +)([^"'[{\s#][^\n]*?)\s*$/.exec(line);
    if (value) {
      const from = start + (value[1] ?? '').length;
      candidates.push(['Put the value in quotes', [{ range: { start: from, end: from + (value[2] ?? '').length }, text: quotedText(value[2] ?? '') }]]);
    }
    // Behind what is written, and before the comment.
    const end = start + line.trimEnd().length;
    const append = (title: string, added: string) => added !== '' && candidates.push([title, [{ range: { start: end, end }, text: added }]]);
    const quote = openQuote(line);
    if (quote) append('Close the quote', quote + closingBrackets(line));
    else append('Close the bracket', closingBrackets(line));
    if (this.document.syntax === 'yaml' && /^\s*(?:- +)*[\w.-]+\s*$/.test(line)) append('Add the colon', ':');
    const before = this.syntaxErrors(text);
    return candidates.filter(([, edits]) => this.syntaxErrors(applyEdits(text, edits)) < before).map(([title, edits]) => ({ title, edits, problem, isPreferred: true }));
  }

  private syntaxErrors(text: string): number {
    return readDocument(text, this.document.kind).problems.filter(({ code }) => code === 'syntax').length;
  }

  /** Adds the keys that a table needs, with values to be changed. */
  private addMissing(place: Place, isBound: boolean): readonly TextEdit[] | null {
    const path = place.node.type === 'object' && !place.inKey ? place.path : place.path.slice(0, -1);
    const table = this.node(path);
    if (table?.type !== 'object') return null;
    const record = shapesAt(this.document.shape, path).find((shape): shape is RecordShape => shape.type === 'record');
    const given = new Set(table.properties.filter(({ value }) => value.type !== 'null').map(({ key }) => key));
    const required = (record?.fields ?? []).filter((field) => field.required && !given.has(field.key));
    const other = isBound ? ['threshold', 'max', 'min'] : ['decisionJsonUrl'];
    const fields = required.length > 0 ? required : (record?.fields ?? []).filter(({ key }) => other.includes(key) && !given.has(key)).slice(0, 1);
    return fields.length === 0 ? null : fieldsAdded(this.document, table, fields);
  }

  private swapBounds(path: Path): readonly TextEdit[] | null {
    const threshold = this.node(path.slice(0, -1));
    const min = threshold?.type === 'object' ? propertyOf(threshold, 'min')?.value : undefined;
    const max = threshold?.type === 'object' ? propertyOf(threshold, 'max')?.value : undefined;
    if (min?.type !== 'number' || max?.type !== 'number' || min.value <= max.value) return null;
    const source = (node: TreeNode) => this.text.slice(node.range.start, node.range.end);
    return [
      { range: min.range, text: source(max) },
      { range: max.range, text: source(min) },
    ];
  }

  private jobsThatKeep(node: TreeNode): readonly string[] {
    const url = node.type === 'string' ? readArtifactUrl(node.value) : null;
    return url ? [...(this.values.ci?.jobs.values() ?? [])].filter((job) => keepsFile(job, url.file)).map(({ name }) => name).slice(0, 3) : [];
  }

  private addJob(node: TreeNode, job: string): readonly TextEdit[] | null {
    const url = node.type === 'string' ? readArtifactUrl(node.value) : null;
    if (node.type !== 'string' || !url || url.jobRange) return null;
    const query = /\?[^#]*/.exec(node.value);
    const at = query ? query.index + query[0].length : url.fileRange.end;
    return [{ range: partOf(this.text, node, { start: at, end: at }), text: `${query ? '&' : '?'}job=${encodeURIComponent(job)}` }];
  }

  private wants(type: Shape['type'], path: Path): boolean {
    return shapesAt(this.document.shape, path).some((shape) => shape.type === type);
  }

  private keysAt(path: Path): readonly string[] {
    return this.fieldsAt(path).filter(({ replacedBy }) => replacedBy === undefined).map(({ key }) => key);
  }

  private fieldsAt(path: Path): readonly Field[] {
    return shapesAt(this.document.shape, path).flatMap((shape) => (shape.type === 'record' ? shape.fields : []));
  }

  private siblingsOf(path: Path): ReadonlySet<string> {
    const parent = this.node(path.slice(0, -1));
    return new Set(parent?.type === 'object' ? parent.properties.map(({ key }) => key) : []);
  }

  /** The entries of a table, each written where the one that belongs there stands: from the lowest number to the highest, or the other way as the first two have it. */
  private inOrder(path: Path): readonly TextEdit[] | null {
    const table = this.node(path);
    if (table?.type !== 'object') return null;
    const entries = table.properties.map(({ key, keyRange, value }) => ({ number: numberKey(key) ?? NaN, range: { start: keyRange.start, end: value.range.end } }));
    const [first, second] = entries;
    const direction = first && second && second.number < first.number ? -1 : 1;
    const sorted = [...entries].sort((a, b) => (a.number - b.number) * direction);
    return entries.flatMap(({ range }, index) => {
      const text = this.text.slice(sorted[index]?.range.start, sorted[index]?.range.end);
      return text === this.text.slice(range.start, range.end) ? [] : [{ range, text }];
    });
  }

  private node(path: Path): TreeNode | undefined {
    return this.document.root ? nodeAtPath(this.document.root, path) : undefined;
  }

  /** The place that a problem is about: of several the one with exactly this range. */
  private placeOf(range: Range): Place | null {
    const { root } = this.document;
    if (!root) return null;
    const exact = exactPlace(root, range);
    return exact ?? placeAt(root, Math.min(range.start + (range.end > range.start ? 1 : 0), range.end));
  }

  private key(key: string, path: Path): string {
    const parent = this.node(path.slice(0, -1));
    if (this.document.syntax === 'json') return quotedText(key);
    const isFlow = parent !== undefined && this.text.charAt(parent.range.start) === '{';
    return keyLiteral(key, this.document.syntax === 'toml' ? 'table' : isFlow ? 'flow' : 'block');
  }

  private literal(value: string, node: TreeNode, path: Path): string {
    const first = this.text.charAt(node.range.start);
    const quote = first === '"' || first === "'" ? first : null;
    const isFlow = path.some((_, index) => '[{'.includes(this.text.charAt(this.node(path.slice(0, index))?.range.start ?? -1)));
    return textLiteral(value, this.document.syntax === 'yaml' ? (isFlow ? 'flow' : 'block') : 'inline', quote);
  }
}

/** The node or key of exactly a range. */
function exactPlace(root: TreeNode, range: Range): Place | null {
  const is = (candidate: Range) => candidate.start === range.start && candidate.end === range.end;
  const visit = (node: TreeNode, path: Path, property: Property | null): Place | null => {
    if (node.type === 'object') {
      for (const child of node.properties) {
        const inner = [...path, child.key];
        if (is(child.keyRange)) return { path: inner, node: child.value, property: child, inKey: true };
        const found = visit(child.value, inner, child);
        if (found) return found;
      }
    }
    if (node.type === 'array') {
      const found = firstFound([...node.items.entries()], ([index, item]) => visit(item, [...path, index], null));
      if (found) return found;
    }
    return is(node.range) ? { path, node, property, inKey: false } : null;
  };
  return visit(root, [], null);
}
