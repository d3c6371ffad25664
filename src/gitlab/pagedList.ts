import type { Page } from './decode';
import { GitLabError } from './gitlabError';
import { maxPerPage } from './rowCount';

/**
 * All rows of a list, in pages of 100, one after the other: one request for each 100 rows where GitLab sends the total.
 * 200 pages are far more than any list of badges or members has; a list that goes on behind `maxPages` is taken for endless.
 */
export async function pagedList<T>(target: string, fetchPage: (page: number, perPage: number) => Promise<Page<T>>, maxPages = 200): Promise<readonly T[]> {
  const rows: T[] = [];
  for (let page = 1; page <= maxPages; page++) {
    const { items, total, hasNext } = await fetchPage(page, maxPerPage);
    rows.push(...items);
    if (hasNext && items.length > 0) continue;
    // A full page that names no next one is the last only if the total says so: a proxy may have dropped the headers.
    if (items.length < maxPerPage || (total !== null && rows.length >= total)) return rows;
  }
  throw new GitLabError('not-gitlab', `GitLab's list for ${target} does not end: it seems to give the same page again and again.`);
}
