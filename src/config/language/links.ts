import { findPlaceholders, resolvePlaceholders } from '../../core/placeholder';
import type { Range } from '../../core/problem';
import { parseUrl } from '../parseUrl';
import { visitShapes, type ConfigDocument } from './document';
import type { Values } from './values';

/** A place that leads somewhere: to a web page, or to a file relative to the workspace folder. */
interface Link {
  readonly range: Range;
  readonly target: { readonly url: string } | { readonly file: string };
}

/** Links of a text. A URL with a placeholder whose value is not known leads nowhere. */
export function linksIn(document: ConfigDocument, values: Values = {}): readonly Link[] {
  const links: Link[] = [];
  visitShapes(document, (node, shape) => {
    if (shape.type !== 'text' || node.type !== 'string') return;
    const range = insideQuotes(document.text, node.range);
    if (shape.source === 'report' || shape.source === 'valueFile') {
      const [file] = values.filesOf?.get(node.value) ?? [];
      if (file !== undefined) links.push({ range, target: { file } });
      return;
    }
    const isUrl = shape.source === 'badgeUrl' || shape.check === 'link' || shape.check === 'fileLink' || shape.check === 'instance';
    const url = shape.source === 'badgeUrl' ? resolvePlaceholders(node.value, values.placeholders ?? {}) : node.value;
    const parsed = isUrl && /^https?:\/\/[^\s/]/.test(url) && findPlaceholders(url).length === 0 ? parseUrl(url) : null;
    if (parsed) links.push({ range, target: { url: parsed.href } });
  });
  return links;
}

function insideQuotes(text: string, range: Range): Range {
  return /["']/.test(text.charAt(range.start)) && range.end > range.start + 1 ? { start: range.start + 1, end: range.end - 1 } : range;
}
