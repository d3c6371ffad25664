import { GitlabPages } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decode, optional } from './decode';

/** What GitLab Pages shows of a project. */
export interface PagesSite {
  /** Without a slash at its end. */
  readonly url: string;
  /** Whether nothing but this project is shown on its host. */
  readonly hasOwnDomain: boolean;
  /** What is published now. */
  readonly deployments: readonly PagesDeployment[];
}

interface PagesDeployment {
  /** The part of the path below which it is shown; empty for the site itself. */
  readonly prefix: string;
  /** The folder of the artifacts that it was made from. */
  readonly folder: string;
}

/** For Maintainers, since GitLab 16.8. `not-found` also where Pages are off. */
export async function getPages(connection: Connection, project: string | number, signal?: AbortSignal): Promise<PagesSite> {
  const answer: unknown = await connection.resource(GitlabPages<false>, signal).showSettings(project);
  const { url, is_unique_domain_enabled: hasOwnDomain, deployments } = decode(siteSchema, answer, `${project} (pages)`);
  return {
    url: url.replace(/\/+$/, ''),
    hasOwnDomain: hasOwnDomain ?? false,
    deployments: deployments.map(({ path_prefix: prefix, root_directory: folder }) => ({ prefix: prefix ?? '', folder: folder || usualFolder })),
  };
}

/** What is published where the job does not say which folder. */
const usualFolder = 'public';

const siteSchema = v.object({
  url: v.string(),
  is_unique_domain_enabled: optional(v.boolean()),
  deployments: v.array(v.object({ path_prefix: optional(v.string()), root_directory: optional(v.string()) })),
});
