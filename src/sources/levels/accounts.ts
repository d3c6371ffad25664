import { abortable } from '../../gitlab/abortable';
import type { Connection } from '../../gitlab/connection';
import { isGitLabError } from '../../gitlab/gitlabError';
import { isBotUser } from '../../gitlab/users';

/** Whether an account, by its number, is that of a bot. Rejects with GitLabError, or with the signal's reason. */
export type IsBot = (id: number, signal: AbortSignal) => Promise<boolean>;

/** Asks for each account once, however many projects it reacts in. */
export function createIsBot(connection: Connection): IsBot {
  const asked = new Map<number, { readonly answer: Promise<boolean>; readonly signal: AbortSignal }>();

  return async (id, signal) => {
    for (;;) {
      signal.throwIfAborted();
      let entry = asked.get(id);
      if (!entry) {
        const started = { answer: ask(id, signal), signal };
        started.answer.catch(() => asked.get(id) === started && asked.delete(id));
        asked.set(id, started);
        entry = started;
      }
      try {
        return await abortable(entry.answer, signal);
      } catch (error) {
        // Whoever asked first gave up, and somebody else still wants to know.
        if (signal.aborted || !entry.signal.aborted) throw error;
      }
    }
  };

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
