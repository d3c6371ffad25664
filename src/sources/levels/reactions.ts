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
  /**
   * The issue as a fact. Whoever did what comes before the first valid reaction is known for a bot or for none, where it would count;
   * so is whoever of `regulars`, usernames in lower case, commented: they may count as members, too.
   */
  fact(issue: IssueWithEvents, events: readonly ListedEvent[], complete: boolean, regulars: ReadonlySet<string>): Promise<IssueFact>;
}

/** `projectUrl`: the page of the project. */
export function createReactions(reading: Reading, members: ReadonlyMap<string, number>, projectUrl: string): Reactions {
  const isMember = (username: string) => members.has(username.toLowerCase());
  const bots = createBotLookup(reading);
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
    async fact({ iid, createdAt, author }, events, complete, regulars) {
      await this.first(createdAt, events);
      const commenters = events.flatMap(({ kind, author }) => (kind === 'comment' && author && regulars.has(author.username.toLowerCase()) ? [author] : []));
      await Promise.all(commenters.map((account) => bots.find(account)));
      return {
        at: createdAt,
        iid,
        url: `${projectUrl}/-/issues/${iid}`,
        author: author && bots.user(author),
        events: [...events].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).map(toFact),
        complete,
      };
    },
  };
}
