import * as v from 'valibot';
import { GraphQLError } from './graphql';
import type { Ask, Selection } from './queryBatch';

/**
 * Asks about one project: `field` is selected from it, and `schema` is of the project's object. Rejects as `Ask` does, and where
 * GitLab does not show it.
 */
export type AskProject = <T>(selection: Selection<T>) => Promise<T>;

/**
 * Asks about the project that the caller knows by its full path or its number. GraphQL does not follow a project that was moved,
 * so where it shows none, the path that REST names is tried as well.
 */
export function createProjectQuery(ask: Ask, project: string, actualPath: () => Promise<string>): AskProject {
  return async (selection) => {
    const answer = /^\d+$/.test(project) ? await askById(ask, project, selection) : await askByPath(ask, project, selection);
    if (answer !== null) return answer;
    const path = await actualPath();
    const moved = path.toLowerCase() === project.toLowerCase() ? null : await askByPath(ask, path, selection);
    if (moved === null) throw new GraphQLError('permission', 'GraphQL does not show the project.');
    return moved;
  };
}

function askByPath<T>(ask: Ask, path: string, { field, variables, points, schema, ...selection }: Selection<T>): Promise<T | null> {
  return ask({
    ...selection,
    field: `project(fullPath: $path) { ${field} }`,
    variables: { ...variables, path: ['ID!', path] },
    points: points + 1,
    schema: v.nullable(schema),
  });
}

/** A list of one, which costs a little more. */
async function askById<T>(ask: Ask, id: string, { field, variables, points, schema, ...selection }: Selection<T>): Promise<T | null> {
  const found = await ask({
    ...selection,
    field: `projects(ids: $ids, first: 1) { nodes { ${field} } }`,
    variables: { ...variables, ids: ['[ID!]', [`gid://gitlab/Project/${id}`]] },
    points: Math.ceil((points + 2) * 1.01),
    schema: v.nullable(v.object({ nodes: nodesSchema(schema) })),
  });
  return found?.nodes[0] ?? null;
}

/** Where a page of a list ends. */
export const pageInfoSchema = v.object({ hasNextPage: v.boolean(), endCursor: v.nullish(v.string()) });

/** Rows of a list, of which GitLab leaves out what may not be seen. */
export function nodesSchema<T>(node: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> {
  return v.pipe(
    v.nullish(v.array(v.nullable(node)), []),
    v.transform((nodes) => nodes.filter((each) => each !== null)),
  );
}
