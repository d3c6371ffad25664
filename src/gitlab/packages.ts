import { Packages } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { optional, time } from './decode';
import { type Paging, readRows, type ReadOptions, type Rows } from './pagedList';

/** A version of a package in the project's registry. */
export interface ListedPackage {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  /** ISO 8601, as GitLab sent it. */
  readonly createdAt: string;
}

/** The packages of a project, newest first. */
export function listPackages(
  connection: Connection,
  project: string,
  options: Pick<ReadOptions<ListedPackage>, 'readOn' | 'perPage'>,
  signal?: AbortSignal,
): Promise<Rows<ListedPackage>> {
  const packages = connection.resource(Packages<false>, signal);
  const call = (paging: Paging) => packages.all({ projectId: project, orderBy: 'created_at', sort: 'desc', ...paging });
  return readRows(`${project} (packages)`, packageSchema, call, { ...options, key: ({ id }) => id });
}

const packageSchema = v.pipe(
  v.object({ id: v.number(), name: v.string(), version: optional(v.string()), created_at: time }),
  v.transform(({ id, name, version, created_at: createdAt }): ListedPackage => ({ id, name, version: version ?? '', createdAt })),
);
