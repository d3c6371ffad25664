import type { Range } from '../../core/problem';
import { type FilterName, isFilterName } from '../../core/template/filters';

/** A word of an expression, whether or not the whole can be parsed yet. Ranges are offsets into the text. */
type TemplateWord = { readonly kind: 'name'; readonly text: string; readonly range: Range } | { readonly kind: 'filter'; readonly text: FilterName; readonly range: Range };

/** The names and filters of a template, or of an expression that has no braces around it. */
export function wordsOf(text: string, form: 'template' | 'expression'): readonly TemplateWord[] {
  return expressionsIn(text, form).flatMap(({ start, end }) => {
    const inner = text.slice(start, end).replace(/"[^"]*"?|'[^']*'?/g, (literal) => ' '.repeat(literal.length));
    return [...inner.matchAll(/(\|?)\s*([A-Za-z_][\w.]*)/g)].flatMap((match): TemplateWord[] => {
      const word = match[2] ?? '';
      const range = { start: start + match.index + match[0].length - word.length, end: start + match.index + match[0].length };
      if (match[1] === '') return [{ kind: 'name', text: word, range }];
      return isFilterName(word) ? [{ kind: 'filter', text: word, range }] : [];
    });
  });
}

/** What is being typed before an offset: the start of a name or of a filter; null where neither can stand. */
export function typedWord(before: string, form: 'template' | 'expression'): { readonly kind: TemplateWord['kind']; readonly typed: string } | null {
  const last = expressionsIn(before, form).at(-1);
  if (!last || last.isClosed) return null;
  const inner = before.slice(last.start);
  // An odd number of quotes: the text of an argument is typed.
  if ((inner.match(/"/g)?.length ?? 0) % 2 === 1 || (inner.match(/'/g)?.length ?? 0) % 2 === 1) return null;
  const filter = /\|\s*(\w*)$/.exec(inner);
  if (filter) return { kind: 'filter', typed: filter[1] ?? '' };
  const name = /(?:^|[-+*/(])\s*([A-Za-z_][\w.]*)?$/.exec(inner);
  return name ? { kind: 'name', typed: name[1] ?? '' } : null;
}

/** What stands between braces; the last one may be open still. */
function expressionsIn(text: string, form: 'template' | 'expression'): readonly (Range & { readonly isClosed: boolean })[] {
  if (form === 'expression') return [{ start: 0, end: text.length, isClosed: false }];
  return [...text.matchAll(/\{\{|\{((?:[^{}"']|"[^"]*"?|'[^']*'?)*)(\}?)/g)].flatMap((match) => {
    if (match[0] === '{{') return [];
    const start = match.index + 1;
    return [{ start, end: start + (match[1] ?? '').length, isClosed: match[2] === '}' }];
  });
}
