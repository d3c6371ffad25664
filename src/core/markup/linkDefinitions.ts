import type { Range } from '../problem';

/** A part of a document as it is written. */
export interface TextPart {
  readonly text: string;
  readonly range: Range;
}

const definition =
  /[ \t>]*\[((?:\\.|[^[\]\\]){1,999})\]:[ \t]*(?:(?:\r\n|\n|\r)[ \t>]*)?(?:<((?:\\.|[^<>\r\n\\])*)>|([^\s<]\S*))(?:(?:[ \t]+|[ \t]*(?:\r\n|\n|\r)[ \t>]*)(?:"(?:\\.|[^"\\]){0,4096}"|'(?:\\.|[^'\\]){0,4096}'|\((?:\\.|[^()\\]){0,4096}\)))?[ \t]*(?:\r\n|\n|\r|$)/y;

/** The link reference definitions at the start of a paragraph of Markdown (https://spec.commonmark.org/0.31.2/#link-reference-definitions). */
export function* linkDefinitions(text: string, { start, end }: Range): Generator<{ readonly label: string; readonly url: TextPart; readonly end: number }> {
  for (let from = start; from < end; ) {
    definition.lastIndex = from;
    const match = definition.exec(text);
    if (!match) return;
    const [whole, label = '', inBrackets, plain = ''] = match;
    const written = inBrackets ?? plain;
    const head = whole.indexOf(']:', label.length) + 2;
    const at = from + whole.indexOf(inBrackets === undefined ? written : `<${written}>`, head) + (inBrackets === undefined ? 0 : 1);
    from = definition.lastIndex;
    yield { label, url: { text: written, range: { start: at, end: at + written.length } }, end: from };
  }
}

/** Whether nothing else stands in a paragraph. */
export function isOnlyDefinitions(text: string, paragraph: Range): boolean {
  let last = paragraph.start;
  for (const { end } of linkDefinitions(text, paragraph)) last = end;
  return last >= paragraph.end;
}
