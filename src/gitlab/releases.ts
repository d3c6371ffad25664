import { ProjectReleases } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decodePage, optional } from './decode';
import { readPages, type ReadOptions, type Rows } from './pagedList';
import { countRows, maxPerPage } from './rowCount';

export interface Release {
  readonly name: string;
  readonly tagName: string;
  /** ISO 8601, as GitLab sent it. */
  readonly releasedAt: string;
  readonly webUrl: string | null;
  /** Files and links that are attached to it, source archives left out. */
  readonly assetLinks: number;
}

/** The first release by date of release, and how many there are: one request where GitLab sends the total. */
export async function getReleases(
  connection: Connection,
  project: string,
  signal?: AbortSignal,
): Promise<{ readonly newest: Release | null; readonly count: number }> {
  const target = `${project} (releases)`;
  const releases = connection.resource(ProjectReleases<false>, signal);
  const fetchPage = async (page: number, perPage: number) => {
    const answer: unknown = await releases.all(project, { page, perPage, showExpanded: true });
    return decodePage(releaseSchema, answer, target);
  };
  const { items, total } = await fetchPage(1, 1);
  const [first] = items;
  if (!first) return { newest: null, count: 0 };
  const count = total ?? (await countRows((page) => fetchPage(page, maxPerPage), target));
  return { newest: toRelease(first), count };
}

/** The releases of a project by date of release, newest first: those that are planned for later come first of all. */
export function listReleases(
  connection: Connection,
  project: string,
  options: Pick<ReadOptions<Release>, 'readOn' | 'perPage'>,
  signal?: AbortSignal,
): Promise<Rows<Release>> {
  const target = `${project} (releases)`;
  const releases = connection.resource(ProjectReleases<false>, signal);
  const fetchPage = async (page: number, perPage: number) => {
    const answer: unknown = await releases.all(project, { orderBy: 'released_at', sort: 'desc', page, perPage, showExpanded: true });
    const rows = decodePage(releaseSchema, answer, target);
    return { ...rows, items: rows.items.map(toRelease) };
  };
  return readPages(target, fetchPage, { ...options, key: ({ tagName }) => tagName });
}

function toRelease(release: v.InferOutput<typeof releaseSchema>): Release {
  const { name, tag_name: tagName, released_at: releasedAt, created_at: createdAt, assets, _links: links } = release;
  return {
    name: name || tagName || '',
    tagName: tagName ?? name ?? '',
    releasedAt: releasedAt ?? createdAt,
    webUrl: links?.self ?? null,
    assetLinks: assets?.links?.length ?? 0,
  };
}

/** Guests get a release without its tag. */
const releaseSchema = v.object({
  name: optional(v.string()),
  tag_name: optional(v.string()),
  released_at: optional(v.string()),
  created_at: v.string(),
  assets: optional(v.object({ links: optional(v.array(v.unknown())) })),
  _links: optional(v.object({ self: optional(v.string()) })),
});
