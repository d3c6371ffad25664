import { graphemes } from '../core/graphemes';

/** As long as GitLab lets a badge's name be; in UTF-16 units. */
export const maxTextLength = 255;

/** Enough to be cut to `maxTextLength` afterwards, and few enough to be quick whatever somebody feeds us. */
const considered = 4096;

/**
 * A text as it can stand in an SVG: composed (NFC), on one line, without blanks around it and without characters that XML forbids
 * or that turn the direction of what follows. Cut to `maxTextLength` with a `…`; empty where nothing visible is left.
 */
export function printable(text: string): string {
  const clean = text
    .slice(0, considered)
    .replace(lineBreaks, ' ')
    .replace(unprintable, '')
    .normalize('NFC')
    .trim();
  if (!visible.test(clean)) return '';
  return clean.length > maxTextLength || text.length > considered ? cut(clean) : clean;
}

const lineBreaks = /\r\n|[\t-\r\u0085\u2028\u2029]/g;

/**
 * Control characters, halves of surrogate pairs and what else XML forbids, and the embeddings, overrides and isolates of Unicode:
 * one left open in the label would turn the message around where both are one text, as in the title.
 */
const unprintable = /[\0-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u206f]/gu;

const visible = /[^\p{Z}\p{Cf}\p{M}]/u;

function cut(text: string): string {
  let kept = '';
  for (const grapheme of graphemes(text)) {
    if (kept.length + grapheme.length > maxTextLength - 1) break;
    kept += grapheme;
  }
  return `${kept.trimEnd()}…`;
}
