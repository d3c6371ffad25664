import { isGraphQLError } from '../gitlab/graphql';

/**
 * Reads over GraphQL, or else over REST: nothing is only to be had there, so whatever GraphQL refuses, REST is asked for, and
 * if that has no answer either, its refusal says more.
 */
export async function overGraphQL<T>(query: () => Promise<T>, overRest: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    if (isGraphQLError(error)) return overRest();
    throw error;
  }
}
