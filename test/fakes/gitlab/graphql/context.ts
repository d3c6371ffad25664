import { GraphQLError } from 'graphql';
import { roleOf } from '../access';
import type { Caller } from '../authentication';
import { accessLevel, type FakeProject, type FakeUser } from '../data';
import type { Instance } from '../router';

/** One query on its way. */
export interface Context {
  readonly instance: Instance;
  readonly caller: Caller;
  /** What the query costs and may cost. */
  readonly cost: { readonly score: number; readonly limit: number };
  /** `Type.field` that takes too long, by a fault. */
  readonly timeoutOn: string | null;
}

/** What GitLab says where somebody may not, for the few fields that say anything. */
export function notAvailable(): GraphQLError {
  return new GraphQLError("The resource that you are attempting to access does not exist or you don't have permission to perform this action");
}

export function globalId(type: string, id: number | string): string {
  return `gid://gitlab/${type}/${id}`;
}

/** The number at the end of a global id of a type; throws where it is none. */
export function idOf(type: string, gid: string): number {
  const id = new RegExp(`^gid://gitlab/${type}/(\\d+)$`).exec(gid)?.[1];
  if (id === undefined) throw new GraphQLError(`"${gid}" does not represent an instance of ${type}`);
  return Number(id);
}

export function userNode(user: FakeUser | null, typename = 'UserCore'): unknown {
  return (
    user && {
      __typename: typename,
      id: globalId('User', user.id),
      username: user.username,
      name: user.name,
      publicEmail: '',
      bot: user.bot,
      human: user.type === 'HUMAN',
      type: user.type,
    }
  );
}

const roleNames: Readonly<Record<number, string>> = { 5: 'Minimal Access', 10: 'Guest', 15: 'Planner', 20: 'Reporter', 30: 'Developer', 40: 'Maintainer', 50: 'Owner' };

/** `Maintainer`; null for none. */
function roleName(level: number): string | null {
  return roleNames[level] ?? null;
}

export function roleNameOf(user: FakeUser | null, project: FakeProject): string | null {
  return user && roleName(roleOf(user, project));
}

export function accessLevelNode(level: number): unknown {
  const name = roleName(level);
  return { integerValue: level, humanAccess: name, stringValue: level === accessLevel.none ? 'NO_ACCESS' : (name?.toUpperCase().replace(' ', '_') ?? null) };
}

/** Rows by one of GitLab's sort words, such as `CREATED_DESC`; the id decides between equals. */
export function sorted<Row extends { readonly id: number }>(
  rows: readonly Row[],
  sort: string | null | undefined,
  keys: Readonly<Record<string, (row: Row) => string | number>>,
): Row[] {
  const [, word = '', direction = 'DESC'] = /^(.+)_(ASC|DESC)$/.exec((sort ?? 'ID_DESC').toUpperCase()) ?? [];
  const key = keys[word] ?? ((row: Row) => row.id);
  const sign = direction === 'ASC' ? 1 : -1;
  return rows
    .map((row) => ({ row, at: key(row) }))
    .sort((a, b) => sign * (a.at < b.at ? -1 : a.at > b.at ? 1 : a.row.id - b.row.id))
    .map(({ row }) => row);
}
