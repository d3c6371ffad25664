import { ProjectMembers } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { readCursorPages } from './cursorPages';
import { GraphQLError } from './graphql';
import { type Paging, readRows } from './pagedList';
import { type AskProject, nodesSchema, pageInfoSchema } from './projectQuery';

interface Member {
  readonly username: string;
  /** 5 Minimal Access to 50 Owner. */
  readonly accessLevel: number;
}

/** The members of a project with those it inherits and those of invited groups. GitLab wants a login for it, also in public projects. */
export async function listMembers(connection: Connection, project: string, signal?: AbortSignal): Promise<readonly Member[]> {
  const members = connection.resource(ProjectMembers<false>, signal);
  const call = (paging: Paging) => members.all(project, { includeInherited: true, ...paging });
  return (await readRows(`${project} (members/all)`, memberSchema, call, { key: ({ username }) => username })).items;
}

/** The same over GraphQL, which does not count against the narrow limit that GitLab.com sets for the list. */
export async function queryMembers(ask: AskProject): Promise<readonly Member[]> {
  const { items } = await readCursorPages(async (after) => {
    const { projectMembers } = await ask({
      feature: 'members of all relations',
      field: `projectMembers(relations: [DIRECT, INHERITED, INVITED_GROUPS, SHARED_INTO_ANCESTORS], first: 100, after: $after) {
        nodes { accessLevel { integerValue } user { username } } pageInfo { hasNextPage endCursor } }`,
      variables: { after: ['String', after] },
      points: 20,
      schema: v.object({ projectMembers: v.object({ nodes: nodesSchema(memberNodeSchema), pageInfo: pageInfoSchema }) }),
    });
    return projectMembers;
  });
  // Who was invited by e-mail and has not answered has no user yet.
  const members = items.flatMap(({ user, accessLevel }) => (user ? [{ username: user.username, accessLevel: accessLevel?.integerValue ?? 0 }] : []));
  // Every project has an owner.
  if (members.length === 0) throw new GraphQLError('permission', 'GraphQL does not show the members of the project.');
  return members;
}

const memberSchema = v.pipe(
  v.object({ username: v.string(), access_level: v.number() }),
  v.transform(({ username, access_level: accessLevel }): Member => ({ username, accessLevel })),
);

const memberNodeSchema = v.object({
  user: v.nullish(v.object({ username: v.string() })),
  accessLevel: v.nullish(v.object({ integerValue: v.nullish(v.number()) })),
});
