/**
 * Says in the SVG how to set the texts that need it: from right to left where they are written so, which also puts their
 * punctuation and numbers where they belong; and, where letters join, stretched as a whole, since space put between letters tears them apart.
 */
export function setScripts(svg: string): string {
  if (!complex.test(svg)) return svg;
  // badge-maker escapes `<` and `>` in texts and attributes: whatever looks like an element is one.
  return svg.replace(/<text ([^>]*)>([^<]*)<\/text>/g, (_, attributes: string, content: string) => {
    const direction = isRightToLeft(content) ? ' direction="rtl"' : '';
    const stretch = joined.test(content) ? ' lengthAdjust="spacingAndGlyphs"' : '';
    return `<text ${attributes}${direction}${stretch}>${content}</text>`;
  });
}

/** The first letter decides, as Unicode has it (UAX 9, rules P2 and P3). */
function isRightToLeft(escaped: string): boolean {
  const letter = /[\p{L}\u061c\u200e\u200f]/u.exec(escaped.replace(/&\w+;/g, ''))?.[0];
  return letter !== undefined && rightToLeft.test(letter);
}

/** Hebrew, Arabic and the other scripts of the ranges Unicode keeps for right-to-left writing, and the marks that stand for one of their letters. */
const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Arabic and its relatives write letters joined; the scripts of India hang them on one line or build them around each other. */
const joined = /[\u0600-\u07bf\u07c0-\u07ff\u0840-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]/u;

const complex = new RegExp(`${rightToLeft.source}|${joined.source}`, 'u');
