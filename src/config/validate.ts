import { assertNever } from '../core/assertNever';
import type { Problem, Range, Severity } from '../core/problem';
import { maxProblems } from './limits';
import { nearest } from '../core/nearest';
import type { EitherShape, Field, ListShape, MapShape, NumberShape, RecordShape, RowShape, Shape, TextShape } from './shape';
import { complaintAbout } from './textChecks';
import type { ArrayNode, NumberNode, ObjectNode, TreeNode } from './tree';
import { anyOf, didYouMean, quoted } from './words';

export interface Validation {
  /** In the order of the text, at most 100. */
  readonly problems: readonly Problem[];
  /**
   * Whether a node and everything in it can be used. A key that is unknown, or has no value, is a problem but leaves its
   * table sound, unless its shape is strict: it costs only itself.
   */
  isSound(node: TreeNode): boolean;
}

/** Compares a tree with what may stand there. */
export function validate(node: TreeNode, shape: Shape): Validation {
  const validator = new Validator();
  validator.visit(node, shape);
  const { faulty } = validator;
  return { problems: validator.sortedProblems(), isSound: (tested) => !faulty.has(tested) };
}

/** The text a node stands for where a text is wanted, or null where it is of another kind. */
export function textOf(node: TreeNode, shape: Pick<TextShape, 'asWritten'>): string | null {
  if (node.type === 'string') return node.value;
  return shape.asWritten && (node.type === 'number' || node.type === 'boolean') ? node.source : null;
}

/** A decimal number as a key, or null. */
export function numberKey(key: string): number | null {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(key) && Number.isFinite(Number(key)) ? Number(key) : null;
}

class Validator {
  readonly faulty = new Set<TreeNode>();
  /** By place and code: what an alias stands for is visited once for each alias. */
  private readonly problems = new Map<string, Problem>();

  sortedProblems(): readonly Problem[] {
    return [...this.problems.values()].sort((a, b) => a.range.start - b.range.start);
  }

  /** Answers whether the node can be used. */
  visit(node: TreeNode, shape: Shape): boolean {
    // What is wrong with it is said already.
    const sound = !(node.type === 'null' && node.isBroken) && this.visitKind(node, shape);
    if (!sound) this.faulty.add(node);
    return sound;
  }

  private visitKind(node: TreeNode, shape: Shape): boolean {
    switch (shape.type) {
      case 'text':
        return this.visitText(node, shape);
      case 'number':
        return node.type === 'number' ? this.visitNumber(node, shape) : this.wrongType(node, shape);
      case 'boolean':
        return node.type === 'boolean' || this.wrongType(node, shape);
      case 'list':
        return node.type === 'array' ? this.visitList(node, shape) : this.wrongType(node, shape);
      case 'row':
        return node.type === 'array' ? this.visitRow(node, shape) : this.wrongType(node, shape);
      case 'record':
        return node.type === 'object' ? this.visitRecord(node, shape) : this.wrongType(node, shape);
      case 'map':
        return node.type === 'object' ? this.visitMap(node, shape) : this.wrongType(node, shape);
      case 'either':
        return this.visitEither(node, shape);
      default:
        return assertNever(shape);
    }
  }

  private visitText(node: TreeNode, shape: TextShape): boolean {
    const text = textOf(node, shape);
    if (text === null) return this.wrongType(node, shape);
    const { allowed, aliases = {} } = shape;
    if (allowed && !allowed.includes(text) && !Object.hasOwn(aliases, text)) {
      const known = [...allowed, ...Object.keys(aliases)];
      return this.report('unknown-value', () => `${quoted(text)} is not ${shape.expected}: use ${anyOf(allowed)}.${didYouMean(nearest(text, known))}`, node.range);
    }
    if (text.trim() === '' && !shape.mayBeEmpty && shape.check !== 'label') {
      return this.report('empty-text', () => `Expected ${shape.expected} here, but the text is empty.`, node.range);
    }
    const complaint = shape.check && complaintAbout(shape.check, text);
    return complaint ? this.report(complaint.code, () => complaint.message(), node.range, complaint.severity) : true;
  }

  private visitNumber(node: NumberNode, { expected, whole, min = -Infinity, above = -Infinity, max = Infinity }: NumberShape): boolean {
    const { value } = node;
    if (Number.isFinite(value) && value >= min && value > above && value <= max && (!whole || Number.isInteger(value))) return true;
    const most = value > max ? ` ${max.toLocaleString('en')} is the most.` : '';
    return this.report('bad-number', () => `Expected ${expected}, not ${quoted(node.source)}.${most}`, node.range);
  }

  private visitList(node: ArrayNode, shape: ListShape): boolean {
    if (node.items.length === 0 && shape.notEmpty) return this.report('empty-list', () => `Expected ${shape.expected} here, but it is empty.`, node.range);
    return all(node.items, (item) => this.visit(item, shape.items));
  }

  private visitRow(node: ArrayNode, shape: RowShape): boolean {
    if (node.items.length !== shape.cells.length) {
      const names = shape.cells.map(({ name }) => name).join(', ');
      return this.report('row-length', () => `A row needs ${shape.cells.length} items, [${names}]; this one has ${node.items.length}.`, node.range);
    }
    return all(shape.cells, (cell, index) => {
      const item = node.items[index];
      return item === undefined || this.visit(item, cell.shape);
    });
  }

  private visitRecord(node: ObjectNode, shape: RecordShape): boolean {
    const given = new Set<string>();
    const sound = all(node.properties, ({ key, keyRange, value }) => {
      const field = shape.fields.find((candidate) => candidate.key === key);
      if (!field && shape.isOpen) {
        const meant = nearest(key, shape.fields.map((known) => known.key));
        return meant === null || this.report('unlikely-key', () => `${quoted(key)} is not known here, and nobody reads it.${didYouMean(meant)}`, keyRange, 'warning');
      }
      if (!field) {
        this.report('unknown-key', () => unknownKey(key, shape.fields), keyRange);
        return !shape.isStrict;
      }
      const { replacedBy } = field;
      if (replacedBy !== undefined) {
        const isBeside = node.properties.some((other) => other.key === replacedBy && other.value.type !== 'null');
        this.report('deprecated-key', () => `“${key}” is an older spelling${isBeside ? ` of “${replacedBy}”, which is here as well and counts: remove it` : `: write “${replacedBy}”`}.`, keyRange, 'warning');
      }
      if (value.type === 'null' && value.isBroken) {
        given.add(key);
        return this.visit(value, field.shape);
      }
      if (value.type === 'null') {
        this.report('empty-value', () => `“${key}” has no value, so it counts as left out. Expected ${field.shape.expected}.`, keyRange, 'warning');
        return true;
      }
      given.add(key);
      return this.visit(value, field.shape);
    });
    const missing = shape.fields.filter(({ key, required }) => required && !given.has(key)).map(({ key }) => `“${key}”`);
    return missing.length === 0 ? sound : this.report('missing-key', () => `${missing.join(' and ')} must be given here.`, node.range);
  }

  private visitMap(node: ObjectNode, shape: MapShape): boolean {
    if (node.properties.length === 0 && !shape.mayBeEmpty) return this.report('empty-table', () => `Expected ${shape.expected} here, but it is empty.`, node.range);
    const inOrder = !shape.numericKeys || this.visitOrder(node);
    const sound = all(node.properties, ({ key, keyRange, value }) => {
      if (shape.numericKeys && numberKey(key) === null) {
        return this.report('bad-number', () => `${quoted(key)} is not a number, and here each key is ${shape.keys}: such as 80 or 99.5.`, keyRange);
      }
      const complaint = shape.keyCheck && complaintAbout(shape.keyCheck, key);
      if (complaint) return this.report(complaint.code, () => complaint.message(), keyRange, complaint.severity);
      const second = shape.numericKeys && value.type === 'object' ? value.properties[0] : undefined;
      if (second && /^\d+$/.test(second.key)) {
        const number = `${key}.${second.key}`;
        return this.report('split-number', () => `${number} without quotes is two keys to TOML: write "${number}".`, { start: keyRange.start, end: second.keyRange.end });
      }
      // A place in the text for what is said about a value that is not there.
      return value.type === 'null' && !value.isBroken ? this.report('wrong-type', () => `Expected ${shape.values.expected} for ${quoted(key)}.`, keyRange) : this.visit(value, shape.values);
    });
    return inOrder && sound;
  }

  /** Numbers rise or fall from line to line: one that does neither is probably not the one that was meant. */
  private visitOrder({ properties }: ObjectNode): boolean {
    const [first, ...rest] = properties.flatMap(({ key, keyRange }) => ((value) => (value === null ? [] : [{ value, keyRange }]))(numberKey(key)));
    let last = first?.value ?? 0;
    let direction = 0;
    for (const { value, keyRange } of rest) {
      const step = Math.sign(value - last);
      if (step * direction < 0) return this.report('unordered-thresholds', () => `${value} stands out of order behind ${last}: write the values from the lowest to the highest, or the other way.`, keyRange);
      direction ||= step;
      last = value;
    }
    return true;
  }

  private visitEither(node: TreeNode, shape: EitherShape): boolean {
    const fitting = shape.options.find((option) => accepts(option, node));
    return fitting ? this.visit(node, fitting) : this.wrongType(node, shape);
  }

  private wrongType(node: TreeNode, shape: Shape): boolean {
    const wantsText = shape.type === 'text' || (shape.type === 'either' && shape.options.some(({ type }) => type === 'text'));
    const hint =
      wantsText && (node.type === 'number' || node.type === 'boolean')
        ? ' Put it in quotes if it is meant as a text.'
        : shape.type === 'number' && node.type === 'string' && numberKey(node.value) !== null
          ? ' Write it without quotes.'
          : '';
    return this.report('wrong-type', () => `Expected ${shape.expected}, not ${kindNames[node.type]}.${hint}`, node.range);
  }

  /** Answers whether what it is about can still be used. */
  private report(code: string, message: () => string, range: Range, severity: Severity = 'error'): boolean {
    const key = `${range.start} ${range.end} ${code}`;
    if (this.problems.size < maxProblems && !this.problems.has(key)) this.problems.set(key, { code, severity, message: message(), range });
    return severity !== 'error';
  }
}

const kindNames: Record<TreeNode['type'], string> = {
  object: 'a table',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
};

/** Whether a node is of the kind that a shape wants. */
export function accepts(shape: Exclude<Shape, EitherShape>, node: TreeNode): boolean {
  switch (shape.type) {
    case 'text':
      return textOf(node, shape) !== null;
    case 'number':
      return node.type === 'number';
    case 'boolean':
      return node.type === 'boolean';
    case 'list':
    case 'row':
      return node.type === 'array';
    case 'record':
    case 'map':
      return node.type === 'object';
    default:
      return assertNever(shape);
  }
}

function unknownKey(key: string, fields: readonly Field[]): string {
  const keys = fields.filter(({ replacedBy }) => replacedBy === undefined).map(({ key: known }) => known);
  return `${quoted(key)} is not known here: use ${anyOf(keys)}.${didYouMean(nearest(key, keys))}`;
}

/** `every` that does not stop at the first no: each entry is to be told what is wrong with it. */
function all<T>(entries: readonly T[], test: (entry: T, index: number) => boolean): boolean {
  return entries.map(test).every(Boolean);
}
