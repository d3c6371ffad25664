import * as v from 'valibot';
import { GraphQLError } from './graphql';
import type { Ask, Selection } from './queryBatch';

/**
 * Asks about one project: `field` is selected from it, and `schema` is of the project's object. Rejects as `Ask` does, and where
 * GitLab does not show it.
 */
export type AskProject = <T>(selection: Selection<T>) => Promise<T>;

/**
 * Asks about a project by the path that the caller knows, or, where that is null, by the one that GitLab names. GraphQL does not
 * follow a project that was moved, so its new path is tried as well.
 */
export function createProjectQuery(ask: Ask, knownPath: string | null, actualPath: () => Promise<string>): AskProject {
  return async ({ field, variables, points, schema, ...selection }) => {
    const askBy = (path: string) =>
      ask({
        ...selection,
        field: `project(fullPath: $path) { ${field} }`,
        variables: { ...variables, path: ['ID!', path] },
        points: points + 1,
        schema: v.nullable(schema),
      });
    const path = knownPath ?? (await actualPath());
    let answer = await askBy(path);
    if (answer === null && knownPath !== null) {
      const actual = await actualPath();
      if (actual.toLowerCase() !== path.toLowerCase()) answer = await askBy(actual);
    }
    if (answer === null) throw new GraphQLError('permission', 'GraphQL does not show the project.');
    return answer;
  };
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
