import { Packages } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decodePage, optional } from './decode';
import { maxPerPage } from './rowCount';

interface Package {
  readonly name: string;
  /** Null for packages of a kind that has none. */
  readonly version: string | null;
}

/** The packages that were published last, newest first: of a name up to 100, else the newest one. */
export async function getNewestPackages(connection: Connection, project: string, name?: string, signal?: AbortSignal): Promise<readonly Package[]> {
  // GitLab finds every package whose name holds the text.
  const which = name === undefined ? { perPage: 1 } : { packageName: name, perPage: maxPerPage };
  const answer: unknown = await connection
    .resource(Packages<false>, signal)
    .all({ projectId: project, orderBy: 'created_at', sort: 'desc', status: 'default', page: 1, ...which, showExpanded: true });
  const { items } = decodePage(v.object({ name: v.string(), version: optional(v.string()) }), answer, `${project} (packages)`);
  return name === undefined ? items : items.filter((each) => each.name === name);
}
