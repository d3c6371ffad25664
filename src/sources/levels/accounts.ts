import type { Connection } from '../../gitlab/connection';
import { isGitLabError } from '../../gitlab/gitlabError';
import { isBotUser } from '../../gitlab/users';
import { awaitShared, type SharedWork } from '../sharedWork';

/** Whether an account, by its number, is that of a bot. Rejects with GitLabError, or with the signal's reason. */
export type IsBot = (id: number, signal: AbortSignal) => Promise<boolean>;

/** Asks for each account once, however many projects it reacts in. */
export function createIsBot(connection: Connection): IsBot {
  const asked = new Map<number, SharedWork<boolean>>();

  return (id, signal) => awaitShared(() => asked.get(id) ?? start(id, signal), signal);

  function start(id: number, signal: AbortSignal): SharedWork<boolean> {
    const work = { result: ask(id, signal), signal };
    work.result.catch(() => asked.get(id) === work && asked.delete(id));
    asked.set(id, work);
    return work;
  }

  async function ask(id: number, signal: AbortSignal): Promise<boolean> {
    try {
      return await isBotUser(connection, id, signal);
    } catch (error) {
      // Nobody knows then, and most people are people.
      if (isGitLabError(error) && ['forbidden', 'not-found', 'unauthorized', 'insufficient-scope'].includes(error.reason)) return false;
      throw error;
    }
  }
}
