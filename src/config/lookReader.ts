import type { BadgeStyle } from '../core/badge';
import type { BadgeLook, ColorThresholds, Mistake } from '../core/look';
import type { Problem } from '../core/problem';
import type { generatorFields } from './fields';
import { type LineTable, lineTable, positionAt } from './position';
import type { KeysIn } from './shape';
import type { ObjectNode, TreeNode } from './tree';
import { TreeReader, writtenText } from './treeReader';
import { numberKey } from './validate';
import type { Validation } from './validate';

/** Takes from the table of a badge how it is to look, or what is wrong with it. */
export class LookReader extends TreeReader<KeysIn<typeof generatorFields>> {
  private lines: LineTable | undefined;

  constructor(
    validation: Validation,
    protected readonly document: string,
  ) {
    super(validation);
  }

  /** The first thing that is wrong in a node. `more`: problems that the shapes alone do not tell. */
  protected mistakeIn({ range }: TreeNode, more: readonly Problem[] = []): Mistake {
    const inside = [...this.validation.problems, ...more].filter((problem) => problem.severity === 'error' && problem.range.start >= range.start && problem.range.end <= range.end);
    const [first] = inside.sort((a, b) => a.range.start - b.range.start);
    const { line, column } = positionAt((this.lines ??= lineTable(this.document)), (first?.range ?? range).start);
    return { problem: first?.message ?? 'Its entry in the configuration is wrong: see the problem there.', at: `${line}:${column}` };
  }

  protected look(node: ObjectNode): BadgeLook {
    const labelColor = this.text(node, 'label_color')?.value;
    const style = this.text(node, 'style')?.value;
    const logo = this.text(node, 'logo')?.value;
    const logoColor = this.text(node, 'logo_color')?.value;
    const logoSize = this.text(node, 'logo_size')?.value;
    const cacheSeconds = this.value(node, 'cache_seconds');
    return {
      ...(labelColor !== undefined && { labelColor }),
      ...(style !== undefined && { style: style as BadgeStyle }),
      ...(logo !== undefined && { logo }),
      ...(logoColor !== undefined && { logoColor }),
      ...(logoSize === 'auto' && { logoSize }),
      ...(cacheSeconds?.type === 'number' && this.isSound(cacheSeconds) && { cacheSeconds: cacheSeconds.value }),
    };
  }

  protected color(node: ObjectNode): string | ColorThresholds | undefined {
    const color = this.value(node, 'color');
    if (!color || !this.isSound(color)) return undefined;
    return color.type === 'object' ? thresholds(color) : (writtenText(color) ?? undefined);
  }
}

/** The lowest first, whichever way they are written. */
function thresholds(node: ObjectNode): ColorThresholds {
  const byValue = new Map<number, string>();
  for (const { key, value } of node.properties) {
    const from = numberKey(key);
    const color = writtenText(value);
    if (from !== null && color !== null && !byValue.has(from)) byValue.set(from, color);
  }
  return [...byValue].map(([from, color]) => ({ from, color })).sort((a, b) => a.from - b.from);
}
