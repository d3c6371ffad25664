import { isBotAuthor } from '../../core/levels/bot';
import type { UserFact } from '../../core/levels/facts';
import type { Actor } from '../../gitlab/issueEvents';
import type { Reading } from './reading';

/** Tells bots from people. REST does not say it with a name, so somebody whose word counts may have to be asked for. */
interface BotLookup {
  /** As far as it is known by now. */
  user(actor: Actor): UserFact;
  /** The same for certain. */
  find(actor: Actor): Promise<UserFact>;
}

export function createBotLookup({ isBot, signal }: Reading): BotLookup {
  const found = new Map<string, boolean>();

  // The account of an access token is named as its address is.
  const isNamedSo = ({ username }: Actor) => isBotAuthor('', `${username}@`);
  const user = (actor: Actor): UserFact => ({ username: actor.username, bot: actor.bot ?? found.get(actor.username) ?? isNamedSo(actor) });

  return {
    user,
    async find(actor) {
      const { id, username } = actor;
      if (actor.bot === null && id !== null && !isNamedSo(actor)) found.set(username, await isBot(id, signal));
      return user(actor);
    },
  };
}
