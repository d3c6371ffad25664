import { quotedText } from '../textInsertion';
import type { Style } from './place';

/** A text as a value, with quotes only where the syntax or the reader needs them. */
export function textLiteral(text: string, style: Style, quote: '"' | "'" | null = null): string {
  if (quote === "'" && !/['\p{Cc}]/u.test(text)) return `'${text}'`;
  if (quote === '"' || style === 'table' || style === 'inline') return quotedText(text);
  return needsQuotes(text, style) ? quotedText(text) : text;
}

/** A key, in quotes where the syntax needs them. */
export function keyLiteral(key: string, style: Style): string {
  if (style === 'table' || style === 'inline') return /^[\w-]+$/.test(key) ? key : quotedText(key);
  return needsQuotes(key, style) && !/^\d+(?:\.\d+)?$/.test(key) ? quotedText(key) : key;
}

/** What a plain text of YAML must not hold, start with or look like. */
function needsQuotes(text: string, style: Style): boolean {
  if (text === '' || text !== text.trim() || /\p{Cc}/u.test(text)) return true;
  if (/^[&*!|>'"%@`#,[\]{}]|^[-?:](?:\s|$)/.test(text) || /:(?:\s|$)|\s#/.test(text)) return true;
  if (style === 'flow' && /[,[\]{}]/.test(text)) return true;
  return /^(?:~|null|true|false|yes|no|on|off|[-+]?[.\d][\d._]*(?:e[-+]?\d+)?|0[xo][\da-f]+|[-+]?\.(?:inf|nan))$/i.test(text);
}

/** A text within a snippet. */
export function inSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
