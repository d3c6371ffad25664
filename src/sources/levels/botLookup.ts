import { isBotAuthor } from '../../core/levels/bot';
import type { UserFact } from '../../core/levels/facts';
import { isGitLabError } from '../../gitlab/gitlabError';
import type { Actor } from '../../gitlab/issueEvents';
import { isBotUser } from '../../gitlab/users';
import type { Reading } from './reading';

/** Tells bots from people. REST does not say it with a name, so somebody whose word counts may have to be asked for. */
interface BotLookup {
  /** As far as it is known by now. */
  user(actor: Actor): UserFact;
  /** The same for certain. */
  find(actor: Actor): Promise<UserFact>;
}

/** Each account is asked for once. */
export function createBotLookup({ connection, signal }: Reading): BotLookup {
  const found = new Map<string, boolean>();
  const asked = new Map<string, Promise<boolean>>();

  // The account of an access token is named as its address is.
  const isNamedSo = ({ username }: Actor) => isBotAuthor('', `${username}@`);
  const user = (actor: Actor): UserFact => ({ username: actor.username, bot: actor.bot ?? found.get(actor.username) ?? isNamedSo(actor) });

  async function ask(id: number): Promise<boolean> {
    try {
      return await isBotUser(connection, id, signal);
    } catch (error) {
      // Nobody knows then, and most people are people.
      if (isGitLabError(error) && ['forbidden', 'not-found', 'unauthorized', 'insufficient-scope'].includes(error.reason)) return false;
      throw error;
    }
  }

  return {
    user,
    async find(actor) {
      const { id, username } = actor;
      if (actor.bot === null && id !== null && !isNamedSo(actor)) {
        const answer = asked.get(username) ?? ask(id);
        asked.set(username, answer);
        found.set(username, await answer);
      }
      return user(actor);
    },
  };
}
