import type { Written } from '../core/definition';
import { nearest } from '../core/nearest';
import type { Problem, Range, Severity } from '../core/problem';
import type { BrokenBadge } from '../core/look';
import type { TemplateBadge, ValueSource } from '../core/template/badge';
import { parseKeyPath } from '../core/template/keyPath';
import { reportKeyOf, templateNames } from '../core/template/names';
import { type Expression, namesIn, type Parsed, parseExpression, parseTemplate, type Template } from '../core/template/template';
import { stemOf } from '../core/stem';
import { defaultTemplateColor } from './fields';
import { LookReader } from './lookReader';
import { partOf } from './place';
import { propertyOf, type ObjectNode, type TreeNode } from './tree';
import { writtenText } from './treeReader';
import type { Validation } from './validate';
import { didYouMean, quoted } from './words';

interface TemplateBadgesReading {
  /** Undefined where there is no list. */
  readonly badges: readonly Written<TemplateBadge | BrokenBadge>[] | undefined;
  /** What the shapes alone do not tell. */
  readonly problems: readonly Problem[];
}

/** Reads `template_badges`. An entry whose label names a file is a badge even where something is wrong with it: one that says so. */
export function readTemplateBadges(root: ObjectNode, text: string, validation: Validation): TemplateBadgesReading {
  const list = propertyOf(root, 'template_badges')?.value;
  return list?.type === 'array' ? new TemplateReader(root, text, validation).read(list.items) : { badges: undefined, problems: [] };
}

class TemplateReader extends LookReader {
  private readonly problems: Problem[] = [];

  constructor(
    private readonly root: ObjectNode,
    document: string,
    validation: Validation,
  ) {
    super(validation, document);
  }

  read(items: readonly TreeNode[]): TemplateBadgesReading {
    const badges = items.flatMap((item) => {
      const badge = item.type === 'object' ? this.badge(item) : null;
      return badge ? [{ value: badge, range: item.range }] : [];
    });
    return { badges, problems: this.problems };
  }

  private badge(node: ObjectNode): TemplateBadge | BrokenBadge | null {
    const before = this.problems.length;
    const label = this.text(node, 'label')?.value;
    const values = this.values(node);
    const message = this.parsed(node, 'message', parseTemplate, values);
    const value = this.parsed(node, 'value', parseExpression, values);
    if (label === undefined || !('stem' in stemOf(label))) return null;
    const own = this.problems.slice(before);
    if (!message || own.some(({ severity }) => severity === 'error') || !this.isSound(node)) return { label, mistake: this.mistakeIn(node, own) };
    const link = this.text(node, 'link')?.value;
    return {
      label,
      message,
      values: new Map([...values].flatMap(([name, source]) => (source ? [[name, source]] : []))),
      color: this.color(node) ?? defaultTemplateColor,
      ...this.look(node),
      ...(value && { value }),
      ...(link !== undefined && { link }),
    };
  }

  private parsed<T extends Template | Expression>(node: ObjectNode, key: 'message' | 'value', parse: (text: string) => Parsed<T>, values: ReadonlyMap<string, unknown>): T | undefined {
    const written = this.value(node, key);
    const text = written && this.isSound(written) ? writtenText(written) : null;
    if (!written || text === null) return undefined;
    const parsed = parse(text);
    if ('problem' in parsed) {
      this.report('bad-expression', `${sentence(parsed.problem)}.${didYouMean(parsed.meant ?? null)}`, this.within(written, text, parsed.range));
      return undefined;
    }
    const known = [...values.keys(), ...templateNames.keys()];
    const names = namesIn(parsed.value);
    const unknown = names.filter(({ name }) => !known.includes(name));
    for (const { name, range } of names) {
      const key = values.has(name) ? null : reportKeyOf(name);
      if (key !== null && !this.value(this.root, key)) this.report('no-report', `${quoted(name)} is made of reports, and “${key}” names none.`, this.within(written, text, range), 'warning');
    }
    for (const { name, range } of unknown) {
      const guess = nearest(name, known);
      this.report('unknown-name', `${quoted(name)} names no fact, and no entry of “values”.${didYouMean(guess)}`, this.within(written, text, range));
    }
    return unknown.length > 0 ? undefined : parsed.value;
  }

  /** By their names; null for one that is wrong, so that its name is known all the same. */
  private values(node: ObjectNode): ReadonlyMap<string, ValueSource | null> {
    const table = this.value(node, 'values');
    const values = new Map<string, ValueSource | null>();
    for (const { key, keyRange, value } of table?.type === 'object' ? table.properties : []) {
      if (values.has(key)) continue;
      if (!/^[A-Za-z_]\w*$/.test(key)) this.report('bad-name', `${quoted(key)} is no name for a value: use letters, digits and _, the first one no digit.`, keyRange);
      values.set(key, value.type === 'object' && this.isSound(value) ? this.source(value, keyRange) : null);
    }
    return values;
  }

  private source(node: ObjectNode, nameRange: Range): ValueSource | null {
    const file = this.text(node, 'file')?.value;
    const keyNode = this.value(node, 'key');
    const command = this.value(node, 'command');
    if ((file === undefined) === (command === undefined)) {
      this.report('bad-value', file === undefined ? 'A value needs “file” or “command”.' : 'A value comes from “file” or from “command”, not from both.', command ? node.range : nameRange);
      return null;
    }
    if (file === undefined) return command?.type === 'array' ? { command: command.items.map((item) => writtenText(item) ?? '') } : null;
    const written = keyNode && writtenText(keyNode);
    if (keyNode === undefined || written == null) return { file };
    const key = parseKeyPath(written);
    if (key === null) {
      this.report('bad-key', `${quoted(written)} is no way to a value: write keys with points between them, such as project.version, packages[0].name or dependencies["@types/node"].`, keyNode.range);
      return null;
    }
    return { file, key };
  }

  /** Where a part of a text is written; a part of nothing is its last character. */
  private within(node: TreeNode, text: string, { start, end }: Range): Range {
    const from = start === end ? Math.max(0, Math.min(start, text.length) - 1) : start;
    return partOf(this.document, node, { start: from, end: Math.max(end, from + 1) });
  }

  private report(code: string, message: string, range: Range, severity: Severity = 'error'): void {
    this.problems.push({ code, severity, message, range });
  }
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
