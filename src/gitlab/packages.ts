import { Packages } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decodePage, optional } from './decode';
import { readPages, type ReadOptions, type Rows } from './pagedList';

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
  const target = `${project} (packages)`;
  const packages = connection.resource(Packages<false>, signal);
  const fetchPage = async (page: number, perPage: number) => {
    const answer: unknown = await packages.all({ projectId: project, orderBy: 'created_at', sort: 'desc', page, perPage, showExpanded: true });
    const rows = decodePage(packageSchema, answer, target);
    return { ...rows, items: rows.items.map(({ id, name, version, created_at: createdAt }) => ({ id, name, version: version ?? '', createdAt })) };
  };
  return readPages(target, fetchPage, { ...options, key: ({ id }) => id });
}

const packageSchema = v.object({ id: v.number(), name: v.string(), version: optional(v.string()), created_at: v.string() });
