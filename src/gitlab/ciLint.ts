import { Lint } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decode, optional } from './decode';

/** What GitLab makes of the pipeline on the default branch. */
interface CiLint {
  /** With all that is included, from wherever; null where GitLab could make nothing of it. */
  readonly mergedYaml: string | null;
  /** Names of the jobs; null in versions before 14.6, which do not tell them. */
  readonly jobs: readonly string[] | null;
}

/** Needs the role that may read the code. A project without a repository is `not-found`. */
export async function lintCi(connection: Connection, project: string, signal?: AbortSignal): Promise<CiLint> {
  const answer: unknown = await connection.resource(Lint<false>, signal).check(project, { includeJobs: true });
  const { merged_yaml, jobs } = decode(lintSchema, answer, `${project} (ci/lint)`);
  return { mergedYaml: merged_yaml, jobs: jobs?.map(({ name }) => name) ?? null };
}

/** What GitLab says of a pipeline. */
export interface CiVerdict {
  readonly isValid: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Has GitLab judge the text of a pipeline in a project, without running it. Needs the scope api and the role Developer. */
export async function judgeCi(connection: Connection, project: string, content: string, signal?: AbortSignal): Promise<CiVerdict> {
  const answer: unknown = await connection.resource(Lint<false>, signal).lint(project, content);
  const { valid, errors, warnings } = decode(verdictSchema, answer, `${project} (ci/lint)`);
  return { isValid: valid, errors: errors ?? [], warnings: warnings ?? [] };
}

const verdictSchema = v.object({ valid: v.boolean(), errors: optional(v.array(v.string())), warnings: optional(v.array(v.string())) });

const lintSchema = v.object({ merged_yaml: optional(v.string()), jobs: optional(v.array(v.object({ name: v.string() }))) });
