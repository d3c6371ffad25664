import * as v from 'valibot';
import { GitLabError } from './gitlabError';

/** Decodes what GitLab sent for `target`. Throws GitLabError `not-gitlab` that names the first wrong field, never its value. */
export function decode<T>(schema: v.GenericSchema<unknown, T>, value: unknown, target: string): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  const what = field && issue.input === undefined ? `${field} is missing` : `${field ?? 'it'} should be ${issue.expected ?? 'of another kind'}`;
  throw new GitLabError('not-gitlab', `GitLab's answer for ${target} cannot be read: ${what}.`);
}

/** A field that shorter forms of an answer leave out: absent and null are both null. */
export function optional<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T | null> {
  return v.nullish(schema, null);
}

/** A moment in ISO 8601, as GitLab sent it. */
export const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'not a time'),
);

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Rows of the whole list; null where GitLab does not say (over 10,000 rows, and never for commits). */
  readonly total: number | null;
  /** Whether GitLab names a page behind this one. That page may be empty. */
  readonly hasNext: boolean;
}

/** Decodes what a gitbeaker call with `showExpanded: true` and a `page` gives for a list. */
export function decodePage<T>(item: v.GenericSchema<unknown, T>, answer: unknown, target: string): Page<T> {
  const { data, paginationInfo } = v.parse(expandedSchema, answer);
  const items = decode(v.array(item), data, target);
  const total = paginationInfo?.total;
  return { items, total: Number.isInteger(total) ? (total as number) : null, hasNext: typeof paginationInfo?.next === 'number' };
}

/** Made by gitbeaker, so a deviation is a bug. Numbers that no header gave are NaN; without a list there is no pagination. */
const expandedSchema = v.object({
  data: v.unknown(),
  paginationInfo: v.optional(v.object({ total: v.unknown(), next: v.unknown() })),
});
