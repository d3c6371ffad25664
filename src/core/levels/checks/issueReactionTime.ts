import type { AuthorshipFact, IssueEvent, IssueFact, IssueWindow, ProjectFacts, UserFact } from '../facts';
import { unmeasured, valueOf, type Measurement } from '../measurement';
import type { Evidence } from '../result';
import { excerpt, type CheckRange } from '../window';
import { counted, dayText, numberText } from '../words';

/** What comes within it belongs to the creation: labels that were given with it, for instance. */
const creationMs = 1000;
const dayMs = 24 * 60 * 60 * 1000;
/** Who made one in so many of the issues or the commits counts as a member: 5 %. */
const memberShare = 20;
/** So many of the slowest issues are evidence. */
const slowest = 5;

/**
 * The first reaction to an issue that counts, by time; null where there is none. Anything but a comment counts, whoever did it, a
 * comment only from a member; neither does from a bot, nor within the second of the creation. `isMember` gets names as they are.
 * Where only the list of members is known yet, what this finds is never earlier than the one that is found with it all.
 */
export function firstReaction(issue: Pick<IssueFact, 'at' | 'events'>, isMember: (username: string) => boolean): IssueEvent | null {
  const created = Date.parse(issue.at);
  let first: IssueEvent | null = null;
  let firstTime = Infinity;
  for (const event of issue.events) {
    const { author } = event;
    if (author?.bot || (event.kind === 'comment' && (author === null || !isMember(author.username)))) continue;
    const time = Date.parse(event.at);
    if (time > created + creationMs && time < firstTime) {
      first = event;
      firstTime = time;
    }
  }
  return first;
}

/** Mean days from the creation of an issue to its first reaction, over the issues created in the range by others than members. */
export function measureIssueReactionTime(range: CheckRange, facts: ProjectFacts): Measurement {
  const issues = valueOf(facts.issues, 'the issues');
  if ('reason' in issues) return unmeasured(issues.reason, { range });
  const { items, gap } = excerpt(issues.value, range);
  if (gap !== null) return unmeasured(gap, { range, sample: items.length });
  const since = `since ${dayText(range.from, range.to)}`;
  const total = totalOf(issues.value, range, items.length);
  if (total.most === 0) return { kind: 'idle', text: `no issues ${since}`, range, sample: 0, evidence: [] };
  const members = valueOf(facts.members, 'the members');
  if ('reason' in members) return unmeasured(members.reason, { range, sample: items.length });

  const authors = items.map((issue) => issue.author?.username ?? null);
  const regulars = frequentUsers(authors, total.most);
  if (frequentUsers(authors, total.least).length > regulars.length) {
    return unmeasured('the facts were fetched for another range, which tells too little of who opens many issues in this one: evaluate again', { range });
  }
  const commits = authorsOfCommits(facts, range);
  const frequent = new Set([...regulars, ...frequentUsers(commits.users, commits.users.length)]);
  const isMember = (username: string) => members.value.has(username.toLowerCase()) || frequent.has(username.toLowerCase());
  const judged = items.filter(({ author }) => author === null || !isMember(author.username));
  const notes: Evidence[] = [
    ...(judged.length < total.least ? [{ text: `${counted(total.least - judged.length, 'issue')} by members left out` }] : []),
    ...(commits.unknown === null ? [] : [{ text: `who made 5 % of the commits and so counts as a member could not be known: ${commits.unknown}` }]),
  ];
  if (judged.length === 0) return { kind: 'idle', text: `no issues but those of members ${since}`, range, sample: 0, evidence: notes };

  const end = Date.parse(range.to);
  const waits = judged.map((issue) => waitOf(issue, isMember, end)).sort((a, b) => b.longest - a.longest || a.issue.iid - b.issue.iid);
  const unanswered = waits.filter((wait) => wait.unanswered).length;
  const halfRead = waits.filter((wait) => wait.shortest < wait.longest).length;
  return {
    kind: 'measured',
    value: meanDays(waits.map((wait) => wait.shortest)),
    ...(halfRead > 0 && { gap: `the events of ${counted(halfRead, 'issue')} were not read to the end: evaluate again` }),
    say: (value, number) => `issue reaction ${value} ${number === 1 ? 'day' : 'days'} on average`,
    detail: `${counted(judged.length, 'issue')} ${since}`,
    range,
    sample: judged.length,
    evidence: [
      { text: `median ${daysText(median(waits.map((wait) => wait.longest)))} over ${counted(judged.length, 'issue')}`, url: `${facts.project.webUrl}/-/issues` },
      ...(unanswered > 0 ? [{ text: `${counted(unanswered, 'issue')} without a reaction, counted with ${unanswered === 1 ? 'its' : 'their'} age so far` }] : []),
      ...waits.slice(0, slowest).map(slowText),
      ...notes,
    ],
  };
}

interface Wait {
  readonly issue: IssueFact;
  /** Milliseconds; the same where the events tell it. */
  readonly shortest: number;
  readonly longest: number;
  /** No reaction up to the end of the range. */
  readonly unanswered: boolean;
}

function waitOf(issue: IssueFact, isMember: (username: string) => boolean, end: number): Wait {
  const created = Date.parse(issue.at);
  const reaction = firstReaction(issue, isMember);
  const reacted = reaction === null ? Infinity : Date.parse(reaction.at);
  if (reacted <= end) return { issue, shortest: reacted - created, longest: reacted - created, unanswered: false };
  const known = issue.complete || reaction !== null;
  return { issue, shortest: known ? end - created : 0, longest: end - created, unanswered: known };
}

function slowText({ issue, longest, unanswered }: Wait): Evidence {
  const days = daysText(longest);
  return { text: `#${issue.iid}: ${unanswered ? `no reaction for ${days}` : `reaction after ${days}`}`, ...(issue.url !== null && { url: issue.url }) };
}

/** How many issues were created in the range, those that were left out included. Of a range that nobody asked for, the bounds. */
function totalOf(window: IssueWindow, range: CheckRange, known: number): { readonly least: number; readonly most: number } {
  const totalSince = (moment: string) => [...window.totals].find(([since]) => Date.parse(since) === Date.parse(moment))?.[1];
  const total = totalSince(range.from);
  if (total !== undefined) return { least: total, most: total };
  // At most all that were left out lie in this range.
  const leftOut = (totalSince(window.since) ?? Infinity) - excerpt(window, { from: window.since, to: range.to }).items.length;
  return { least: known, most: known + leftOut };
}

/** Whoever stands for at least 5 % of so many, in lower case; null stands for nobody. */
export function frequentUsers(usernames: readonly (UserFact['username'] | null)[], total: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const username of usernames) {
    if (username !== null) counts.set(username.toLowerCase(), (counts.get(username.toLowerCase()) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count * memberShare >= total).map(([username]) => username);
}

function authorsOfCommits(facts: ProjectFacts, range: CheckRange): { readonly users: readonly AuthorshipFact['username'][]; readonly unknown: string | null } {
  const commits = valueOf(facts.commitAuthorship, 'the commits by user');
  if ('reason' in commits) return { users: [], unknown: commits.reason };
  const { items, gap } = excerpt(commits.value, range);
  return gap === null ? { users: items.map((commit) => commit.username), unknown: null } : { users: [], unknown: gap };
}

function daysText(ms: number): string {
  const days = numberText(ms / dayMs);
  return `${days} ${days === '1' ? 'day' : 'days'}`;
}

function meanDays(waits: readonly number[]): number {
  return waits.reduce((sum, wait) => sum + wait, 0) / (waits.length * dayMs);
}

/** Of values in order. */
function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
