import { simple, type SimpleShape } from './document';
import { inSnippet, keyLiteral, textLiteral } from './literals';
import type { Field, RecordShape, Shape } from '../shape';
import type { Style } from './place';

/** How new text is laid out. */
export interface Layout {
  readonly style: Style;
  /** Of nested blocks. */
  readonly unit: string;
  readonly lineBreak: string;
}

/** Makes snippets that fill a shape in, with a stop for each value. Numbers of stops go on from call to call. */
export class Template {
  private stops = 0;

  constructor(private readonly layout: Layout) {}

  /** A value behind its key, or on lines below it that are indented by more than `indent`. */
  afterKey(shape: Shape, indent: string, key: string): string {
    const [first] = simple(shape);
    const { style, lineBreak, unit } = this.layout;
    if (!first) return ` ${this.stop('')}`;
    if (style !== 'block' || !isTall(first)) return ` ${this.value(first, indent, key)}`;
    return `${lineBreak}${indent}${unit}${this.value(first, indent + unit, key)}`;
  }

  /** A value whose first line stands at the cursor; further lines are indented by `indent`. */
  value(shape: Shape, indent: string, name: string): string {
    const [first] = simple(shape);
    switch (first?.type) {
      case 'record':
        return this.record(first, indent);
      case 'list':
        return this.isBlock ? `- ${this.value(first.items, `${indent}  `, name)}` : `[${this.value(first.items, indent, name)}]`;
      case 'row':
        return `[${first.cells.map(({ name: cell, shape: inner }) => this.value(inner, indent, cell)).join(', ')}]`;
      case 'map': {
        const key = this.stop(first.suggested?.[0] ?? name.replace(/s$/, ''));
        return this.isBlock ? `${key}:${this.afterKey(first.values, indent, name)}` : `{ ${key}${this.separator}${this.value(first.values, indent, name)} }`;
      }
      default:
        return this.scalar(first, name);
    }
  }

  record(shape: RecordShape, indent: string): string {
    const fields = wantedFields(shape);
    if (this.isBlock) return fields.map(({ key, shape: inner }) => `${key}:${this.afterKey(inner, indent, key)}`).join(this.layout.lineBreak + indent);
    return `{ ${fields.map(({ key, shape: inner }) => `${keyLiteral(key, this.layout.style)}${this.separator}${this.value(inner, indent, key)}`).join(', ')} }`;
  }

  /** The lines of a table of TOML below its header. */
  lines(shape: RecordShape): readonly string[] {
    return wantedFields(shape).map(({ key, shape: inner }) => `${key} = ${this.value(inner, '', key)}`);
  }

  stop(text: string): string {
    return `\${${++this.stops}:${inSnippet(text)}}`;
  }

  private scalar(shape: SimpleShape | undefined, name: string): string {
    if (shape?.type === 'boolean') return `\${${++this.stops}|true,false|}`;
    if (shape?.type === 'number') return this.stop(String(shape.suggested?.[0] ?? Math.max(1, shape.min ?? 1)));
    if (shape?.type !== 'text') return this.stop('');
    if (shape.allowed) {
      const choices = shape.allowed.map((value) => textLiteral(value, this.layout.style).replace(/[\\,|]/g, '\\$&'));
      return `\${${++this.stops}|${choices.join(',')}|}`;
    }
    const isUrl = shape.check === 'link' || shape.check === 'fileLink' || shape.check === 'instance' || shape.source === 'badgeUrl';
    const example = shape.suggested?.[0] ?? (shape.check === 'color' ? 'blue' : shape.check === 'fact' ? 'license_name' : isUrl ? 'https://' : name);
    const needsQuotes = isUrl || !(this.layout.style === 'block' || this.layout.style === 'flow');
    return needsQuotes ? `"${this.stop(example)}"` : this.stop(example);
  }

  private get isBlock(): boolean {
    return this.layout.style === 'block';
  }

  private get separator(): string {
    return this.layout.style === 'flow' ? ': ' : ' = ';
  }
}

/** The fields that a new table is given: those that are needed, and those that are usual. */
function wantedFields({ fields }: RecordShape): readonly Field[] {
  const wanted = fields.filter(({ required, usual }) => required ?? usual);
  return wanted.length > 0 ? wanted : fields.slice(0, 1);
}

/** Whether a value takes lines of its own in a block. */
export function isTall(shape: SimpleShape): boolean {
  return shape.type === 'record' || shape.type === 'list' || shape.type === 'map';
}
