import { firstReaction } from '../../core/levels/checks/issueReactionTime';
import type { IssueEvent, IssueFact } from '../../core/levels/facts';
import type { IssueWithEvents, ListedEvent } from '../../gitlab/issueEvents';
import { createBotLookup } from './botLookup';
import type { Reading } from './reading';

/** Knows which reactions to an issue are valid, by the list of members. */
export interface Reactions {
  isByMember(issue: Pick<IssueWithEvents, 'author'>): boolean;
  /** When the first valid one among these events was, in milliseconds; null where none is. */
  first(createdAt: string, events: readonly ListedEvent[]): Promise<number | null>;
  /** The issue as a fact. Whoever did something before the first valid reaction is known for a bot or for none. */
  fact(issue: IssueWithEvents, events: readonly ListedEvent[], complete: boolean): IssueFact;
}

/** `projectUrl`: the page of the project. */
export function createReactions(reading: Reading, members: ReadonlyMap<string, number>, projectUrl: string): Reactions {
  const isMember = (username: string) => members.has(username.toLowerCase());
  const bots = createBotLookup(reading, isMember);
  const toFact = ({ at, kind, author }: ListedEvent): IssueEvent => ({ at, kind, author: author && bots.user(author) });

  return {
    isByMember: ({ author }) => author !== null && isMember(author.username),
    async first(createdAt, events) {
      for (;;) {
        const byFact = new Map(events.map((event) => [toFact(event), event]));
        const reaction = firstReaction({ at: createdAt, events: [...byFact.keys()] }, isMember);
        if (!reaction) return null;
        const author = byFact.get(reaction)?.author;
        // A bot is none the next time round.
        if (!author || !(await bots.find(author)).bot) return Date.parse(reaction.at);
      }
    },
    fact: ({ iid, createdAt, author }, events, complete) => ({
      at: createdAt,
      iid,
      url: `${projectUrl}/-/issues/${iid}`,
      author: author && bots.user(author),
      events: [...events].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).map(toFact),
      complete,
    }),
  };
}
