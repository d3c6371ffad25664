import { Projects } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decode, optional } from './decode';

export interface Project {
  readonly id: number;
  /** Full path, `acme/web/shop`. */
  readonly path: string;
  readonly name: string;
  readonly namespaceName: string;
  readonly webUrl: string;
  /** Null in an empty repository, and where the caller may not see the code. */
  readonly defaultBranch: string | null;
  readonly emptyRepository: boolean;
  /** ISO 8601, as GitLab sent it. */
  readonly createdAt: string;
  /** ISO 8601, as GitLab sent it; lags up to an hour. */
  readonly lastActivityAt: string;
  readonly starCount: number;
  readonly forksCount: number | null;
  /** Null where none was recognised, or it was not asked for. */
  readonly license: { readonly key: string; readonly name: string } | null;
  /** On the default branch; lags by minutes. Null below Reporter, or where it was not asked for. */
  readonly commitCount: number | null;
  /** In bytes. Null below Reporter, or where they were not asked for. */
  readonly sizes: { readonly repository: number; readonly jobArtifacts: number } | null;
  readonly visibility: string | null;
  /** Who may see its Pages: `disabled`, `private`, `enabled` (as the project) or `public`. */
  readonly pagesAccess: string | null;
  readonly archived: boolean;
  /** False where issues are switched off, or hidden from the caller; null where GitLab does not say. */
  readonly issuesEnabled: boolean | null;
  /** The caller's highest role, by project or by group: 10 Guest to 50 Owner. Null without one. */
  readonly accessLevel: number | null;
}

/** `project` is a numeric id or a full path. What the caller may not see is null. */
export async function getProject(
  connection: Connection,
  project: string,
  options: { readonly license?: boolean; readonly statistics?: boolean },
  signal?: AbortSignal,
): Promise<Project> {
  const answer: unknown = await connection.resource(Projects<false>, signal).show(project, options);
  const found = decode(projectSchema, answer, project);
  const { permissions, namespace } = found;
  const { statistics } = found;
  const levels = [permissions?.project_access, permissions?.group_access].flatMap((access) => access?.access_level ?? []);
  return {
    id: found.id,
    path: found.path_with_namespace,
    name: found.name,
    namespaceName: namespace?.name ?? found.path_with_namespace.split('/').slice(0, -1).join('/'),
    webUrl: found.web_url,
    defaultBranch: found.default_branch,
    emptyRepository: found.empty_repo ?? false,
    createdAt: found.created_at,
    lastActivityAt: found.last_activity_at,
    starCount: found.star_count,
    forksCount: found.forks_count,
    license: found.license,
    commitCount: statistics?.commit_count ?? null,
    sizes: statistics && { repository: statistics.repository_size ?? 0, jobArtifacts: statistics.job_artifacts_size ?? 0 },
    visibility: found.visibility,
    pagesAccess: found.pages_access_level,
    archived: found.archived ?? false,
    issuesEnabled: found.issues_enabled,
    accessLevel: levels.length > 0 ? Math.max(...levels) : null,
  };
}

const accessSchema = optional(v.object({ access_level: v.number() }));

/** Anonymous callers get a short form, which leaves many fields out. */
const projectSchema = v.object({
  id: v.number(),
  path_with_namespace: v.string(),
  name: v.string(),
  namespace: optional(v.object({ name: v.string() })),
  web_url: v.string(),
  default_branch: optional(v.string()),
  empty_repo: optional(v.boolean()),
  created_at: v.string(),
  last_activity_at: v.string(),
  star_count: v.number(),
  forks_count: optional(v.number()),
  license: optional(v.object({ key: v.string(), name: v.string() })),
  statistics: optional(v.object({ commit_count: v.number(), repository_size: optional(v.number()), job_artifacts_size: optional(v.number()) })),
  visibility: optional(v.string()),
  pages_access_level: optional(v.string()),
  archived: optional(v.boolean()),
  issues_enabled: optional(v.boolean()),
  permissions: optional(v.object({ project_access: accessSchema, group_access: accessSchema })),
});

/** The languages of the default branch in percent of bytes, most first; none while GitLab has not looked yet. */
export async function getLanguages(connection: Connection, project: string, signal?: AbortSignal): Promise<readonly { readonly name: string; readonly percent: number }[]> {
  const answer: unknown = await connection.resource(Projects<false>, signal).showLanguages(project);
  const shares = decode(v.record(v.string(), v.number()), answer, `${project} (languages)`);
  return Object.entries(shares)
    .map(([name, percent]) => ({ name, percent }))
    .sort((a, b) => b.percent - a.percent);
}
