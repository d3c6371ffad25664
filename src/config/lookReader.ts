import type { BadgeStyle } from '../core/badge';
import type { BadgeLook, ColorThresholds } from '../core/look';
import type { generatorFields } from './fields';
import type { KeysIn } from './shape';
import { isDataImage, isLogoName } from './textChecks';
import type { ObjectNode } from './tree';
import { TreeReader, writtenText } from './treeReader';
import { numberKey } from './validate';

/** Takes from the table of a badge how it is to look. */
export class LookReader extends TreeReader<KeysIn<typeof generatorFields>> {
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
      ...(logo !== undefined && (isDataImage(logo) || isLogoName(logo)) && { logo }),
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
