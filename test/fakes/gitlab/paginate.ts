import { json, type Answer } from './answer';
import type { Call } from './router';

/** Above this many rows GitLab no longer counts them. */
const mostCounted = 10_000;
const mostPerPage = 100;
const defaultPerPage = 20;

/**
 * One page of rows, with GitLab's headers for offset pagination. Rows that are hidden are counted, and left out of their
 * page: it is shorter than the others.
 */
export function paginated<Row>(call: Call, rows: readonly Row[], present: (row: Row) => unknown, isVisible: (row: Row) => boolean = () => true): Answer {
  const { page, perPage } = pageOf(call);
  const shown = rows.slice((page - 1) * perPage, page * perPage);
  const last = Math.max(1, Math.ceil(rows.length / perPage));
  const counted = rows.length <= mostCounted && !call.instance.hideTotals();
  const headers = pageHeaders(call, { page, perPage, hasNext: page < last, last: counted ? last : null });
  return json(shown.filter(isVisible).map(present), 200, counted ? { ...headers, 'X-Total': String(rows.length), 'X-Total-Pages': String(last) } : headers);
}

/** One page of rows that are never counted: a full page names a next one, which may turn out to be empty. */
export function paginatedUncounted<Row>(call: Call, rows: readonly Row[], present: (row: Row) => unknown): Answer {
  const { page, perPage } = pageOf(call);
  const shown = rows.slice((page - 1) * perPage, page * perPage);
  return json(shown.map(present), 200, pageHeaders(call, { page, perPage, hasNext: shown.length === perPage, last: null }));
}

function pageOf(call: Call): { readonly page: number; readonly perPage: number } {
  const perPage = call.params.number('per_page') ?? defaultPerPage;
  return { page: Math.max(1, call.params.number('page') ?? 1), perPage: perPage < 1 ? defaultPerPage : Math.min(perPage, mostPerPage) };
}

function pageHeaders(
  call: Call,
  at: { readonly page: number; readonly perPage: number; readonly hasNext: boolean; readonly last: number | null },
): Record<string, string> {
  const link = (rel: string, page: number): string => `<${linkTo(call, page, at.perPage)}>; rel="${rel}"`;
  const links = [
    ...(at.page > 1 ? [link('prev', at.page - 1)] : []),
    ...(at.hasNext ? [link('next', at.page + 1)] : []),
    link('first', 1),
    ...(at.last === null ? [] : [link('last', at.last)]),
  ];
  return {
    Link: links.join(', '),
    'X-Next-Page': at.hasNext ? String(at.page + 1) : '',
    'X-Page': String(at.page),
    'X-Per-Page': String(at.perPage),
    'X-Prev-Page': at.page > 1 ? String(at.page - 1) : '',
  };
}

/** Links carry every declared parameter, also the defaults and the id, sorted by name. */
function linkTo(call: Call, page: number, perPage: number): string {
  const pairs: [string, string][] = [
    ['page', String(page)],
    ['per_page', String(perPage)],
  ];
  for (const [name, value] of call.params.entries()) {
    if (name === 'page' || name === 'per_page') continue;
    if (typeof value === 'string') pairs.push([name, value]);
    else pairs.push(...value.map((item): [string, string] => [`${name}[]`, item]));
  }
  const query = new URLSearchParams(pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))).toString();
  return `${call.instance.externalUrl()}/api/v4${call.request.path}?${query}`;
}
