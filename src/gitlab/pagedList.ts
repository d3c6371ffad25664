import type * as v from 'valibot';
import { decodePage, type Page } from './decode';
import { endlessList, maxPerPage } from './rowCount';

/** What was read of a list. */
export interface Rows<T> {
  /** In the list's order; rows with the same key only once. */
  readonly items: readonly T[];
  /** Whether the list has no more. */
  readonly ended: boolean;
}

export type ReadOn<T> = (rows: readonly T[]) => boolean | Promise<boolean>;

export interface ReadOptions<T> {
  /** Asked after each page with all rows so far: whether to read on. Without it the list is read to its end. */
  readonly readOn?: ReadOn<T> | undefined;
  /** What no two rows share: what comes or goes between two pages moves the others, so one may be on both. */
  readonly key?: ((row: T) => string | number) | undefined;
  /** 100 by default, which is the most. */
  readonly perPage?: number | undefined;
  /** A list that goes on behind so many pages is taken for endless. */
  readonly maxPages?: number | undefined;
}

/**
 * The rows of a list page by page, as far as they are needed. GitLab need not send a total, may name an empty page as the next
 * one and may leave rows out of a page, so only a page that is the last in every respect ends the list.
 */
export async function readPages<T>(target: string, fetchPage: (page: number, perPage: number) => Promise<Page<T>>, options: ReadOptions<T> = {}): Promise<Rows<T>> {
  const { readOn = () => true, key, perPage = maxPerPage, maxPages = 1000 } = options;
  const rows: T[] = [];
  const known = new Set<string | number>();
  for (let page = 1, fetched = 0; page <= maxPages; page++) {
    const { items, total, hasNext } = await fetchPage(page, perPage);
    const fresh = key ? items.filter((row) => !known.has(key(row)) && known.add(key(row))) : items;
    if (items.length > 0 && fresh.length === 0) throw endlessList(target);
    rows.push(...fresh);
    fetched += items.length;
    // A full page that names no next one is the last only if the total says so: a proxy may have dropped the headers.
    const ended = items.length === 0 || (!hasNext && (items.length < perPage || (total !== null && fetched >= total)));
    if (ended || !(await readOn(rows))) return { items: rows, ended };
  }
  throw endlessList(target);
}

/** What a call of gitbeaker is given for one page. */
export interface Paging {
  readonly page: number;
  readonly perPage: number;
  readonly showExpanded: true;
}

/** The same for a call of gitbeaker, whose rows are decoded. */
export function readRows<T>(target: string, row: v.GenericSchema<unknown, T>, call: (paging: Paging) => Promise<unknown>, options?: ReadOptions<T>): Promise<Rows<T>> {
  return readPages(target, async (page, perPage) => decodePage(row, await call({ page, perPage, showExpanded: true }), target), options);
}

/**
 * All rows of a list, in pages of 100, one after the other: one request for each 100 rows where GitLab sends the total.
 * 200 pages are far more than any list of badges or members has.
 */
export async function pagedList<T>(target: string, fetchPage: (page: number, perPage: number) => Promise<Page<T>>, maxPages = 200): Promise<readonly T[]> {
  return (await readPages(target, fetchPage, { maxPages })).items;
}
