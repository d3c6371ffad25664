import { colorNames, parseColor } from '../../core/color';
import type { Range } from '../../core/problem';
import { textOf } from '../validate';
import { visitShapes, type ConfigDocument } from './document';
import { textLiteral } from './literals';
import type { Style } from './place';

interface ColorMark {
  /** Of the value, with its quotes. */
  readonly range: Range;
  /** `#rrggbb` or `#rrggbbaa`. */
  readonly hex: string;
}

/** The colours of a text, as the badges show them. */
export function colorsIn(document: ConfigDocument): readonly ColorMark[] {
  const marks = new Map<number, ColorMark>();
  visitShapes(document, (node, shape) => {
    if (shape.type !== 'text' || shape.check !== 'color') return;
    const color = parseColor(textOf(node, shape) ?? '');
    if (color) marks.set(node.range.start, { range: node.range, hex: color.hex });
  });
  return [...marks.values()];
}

/** How a colour (`#rrggbb` or `#rrggbbaa`) can be written in place of the one at a range: a name that means exactly it, and its digits. */
export function colorTexts(document: ConfigDocument, range: Range, hex: string): readonly { readonly label: string; readonly insert: string }[] {
  const written = document.text.slice(range.start, range.end);
  const quote = written.startsWith('"') ? '"' : written.startsWith("'") ? "'" : null;
  const style: Style = document.syntax === 'toml' ? 'inline' : document.syntax === 'json' ? 'inline' : 'flow';
  const name = colorNames.find((candidate) => parseColor(candidate)?.hex === hex);
  return [...(name === undefined ? [] : [name]), hex].map((label) => ({ label, insert: textLiteral(label, style, quote) }));
}
