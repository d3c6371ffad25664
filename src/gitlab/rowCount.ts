import { GitLabError } from './gitlabError';
import type { Page } from './decode';

/** GitLab's largest page. */
export const maxPerPage = 100;

/** A list of GitLab's, page by page from 1. */
type FetchPage = (page: number) => Promise<Page<unknown>>;

/**
 * The rows of a list that pages of 100 give: one request where GitLab sends the total, else one for each page.
 */
export async function countRows(fetchPage: FetchPage, target: string): Promise<number> {
  let rows = 0;
  for (let page = 1; page <= maxPages; page++) {
    const { items, total, hasNext } = await fetchPage(page);
    if (total !== null) return total;
    rows += items.length;
    // A proxy may have dropped the header that names the next page.
    if (items.length === 0 || (!hasNext && items.length < maxPerPage)) return rows;
  }
  throw endlessList(target);
}

/**
 * The rows of a list whose total GitLab never sends, by looking for its last page: about 2·log2(pages) requests of 100 rows.
 * It relies on every page but the last being full.
 */
export async function searchRowCount(fetchPage: FetchPage, target: string): Promise<number> {
  const rowsOn = async (page: number) => (await fetchPage(page)).items.length;
  // Page `full` is known to be full (0 stands for the start), page `beyond` to be empty.
  let full = 0;
  let beyond = 1;
  for (;;) {
    if (beyond > maxSearchedPage) throw endlessList(target);
    const rows = await rowsOn(beyond);
    if (rows === 0) break;
    if (rows < maxPerPage) return (beyond - 1) * maxPerPage + rows;
    full = beyond;
    beyond *= 2;
  }
  while (beyond - full > 1) {
    const middle = Math.floor((full + beyond) / 2);
    const rows = await rowsOn(middle);
    if (rows === 0) beyond = middle;
    else if (rows < maxPerPage) return (middle - 1) * maxPerPage + rows;
    else full = middle;
  }
  return full * maxPerPage;
}

/** 100,000 rows one page after the other, and 100 million by search: beyond lies only a server that ignores the page number. */
const maxPages = 1000;
const maxSearchedPage = 2 ** 20;

/** What a list ends in that would never end. */
export function endlessList(target: string): GitLabError {
  return new GitLabError('not-gitlab', `GitLab's list for ${target} does not end: it seems to give the same page again and again.`);
}
