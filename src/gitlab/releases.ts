import { ProjectReleases } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decodePage, optional, time } from './decode';
import { type Paging, readRows, type ReadOptions, type Rows } from './pagedList';
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

/** The first releases by date of release, up to 100, and how many there are: one request where GitLab sends the total. */
export async function getReleases(
  connection: Connection,
  project: string,
  { first }: { readonly first: number },
  signal?: AbortSignal,
): Promise<{ readonly releases: readonly Release[]; readonly count: number }> {
  const target = `${project} (releases)`;
  const releases = connection.resource(ProjectReleases<false>, signal);
  const fetchPage = async (page: number, perPage: number) => {
    const answer: unknown = await releases.all(project, { page, perPage, showExpanded: true });
    return decodePage(releaseSchema, answer, target);
  };
  const { items, total, hasNext } = await fetchPage(1, first);
  // A proxy may have dropped the header that names the next page.
  const isWhole = !hasNext && items.length < first;
  const count = total ?? (isWhole ? items.length : await countRows((page) => fetchPage(page, maxPerPage), target));
  return { releases: items, count };
}

/** The releases of a project by date of release, newest first: those that are planned for later come first of all. */
export function listReleases(
  connection: Connection,
  project: string,
  options: Pick<ReadOptions<Release>, 'readOn' | 'perPage'>,
  signal?: AbortSignal,
): Promise<Rows<Release>> {
  const releases = connection.resource(ProjectReleases<false>, signal);
  const call = (paging: Paging) => releases.all(project, { orderBy: 'released_at', sort: 'desc', ...paging });
  return readRows(`${project} (releases)`, releaseSchema, call, { ...options, key: ({ tagName }) => tagName });
}

/** Guests get a release without its tag. */
const releaseSchema = v.pipe(
  v.object({
    name: optional(v.string()),
    tag_name: optional(v.string()),
    released_at: optional(time),
    created_at: time,
    assets: optional(v.object({ links: optional(v.array(v.unknown())) })),
    _links: optional(v.object({ self: optional(v.string()) })),
  }),
  v.transform(
    ({ name, tag_name: tagName, released_at: releasedAt, created_at: createdAt, assets, _links: links }): Release => ({
      name: name || tagName || '',
      tagName: tagName ?? name ?? '',
      releasedAt: releasedAt ?? createdAt,
      webUrl: links?.self ?? null,
      assetLinks: assets?.links?.length ?? 0,
    }),
  ),
);
