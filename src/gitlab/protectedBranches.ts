import { ProtectedBranches } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { optional } from './decode';
import { type Paging, readRows } from './pagedList';

interface ProtectedBranch {
  /** A branch, or a wildcard such as `release/*`. */
  readonly name: string;
  readonly allowForcePush: boolean;
  /** Access levels that may push; empty: no one. */
  readonly pushAccessLevels: readonly number[];
}

/** The rules of a project for protected branches, inherited ones included. Only Maintainers see them. */
export async function listProtectedBranches(connection: Connection, project: string, signal?: AbortSignal): Promise<readonly ProtectedBranch[]> {
  const branches = connection.resource(ProtectedBranches<false>, signal);
  const call = (paging: Paging) => branches.all(project, paging);
  const { items } = await readRows(`${project} (protected_branches)`, branchSchema, call, { key: ({ id, name }) => id ?? name });
  return items.map(({ id: _, ...branch }) => branch);
}

/** Whether a rule is for this branch. `*` stands for any text, slashes included. */
export function matchesBranch(pattern: string, branch: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return branch === pattern;
  if (branch.length < start.length + end.length || !branch.startsWith(start) || !branch.endsWith(end)) return false;
  let from = start.length;
  for (const part of rest) {
    const at = branch.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= branch.length - end.length;
}

/**
 * A deploy key is no role. A named user or group needs no more than the role of a Developer, whatever level stands with it: GitLab
 * stores 40 or nothing there.
 */
function levelOf({ access_level: level, user_id: user, group_id: group, deploy_key_id: key }: v.InferOutput<typeof accessSchema>): readonly number[] {
  if (key !== null) return [];
  if (user !== null || group !== null) return [leastRoleToPush];
  return level === null ? [] : [level];
}

const leastRoleToPush = 30;

const accessSchema = v.object({
  access_level: optional(v.number()),
  user_id: optional(v.number()),
  group_id: optional(v.number()),
  deploy_key_id: optional(v.number()),
});

const branchSchema = v.pipe(
  v.object({
    /** A group's rule and one of the project may have the same name. */
    id: optional(v.number()),
    name: v.string(),
    /** Older than 13.12: there was no such thing. */
    allow_force_push: optional(v.boolean()),
    push_access_levels: optional(v.array(accessSchema)),
  }),
  v.transform(
    (branch): ProtectedBranch & { readonly id: number | null } => ({
      id: branch.id,
      name: branch.name,
      allowForcePush: branch.allow_force_push ?? false,
      pushAccessLevels: (branch.push_access_levels ?? []).flatMap(levelOf),
    }),
  ),
);
