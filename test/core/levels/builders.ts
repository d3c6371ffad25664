import type { Fact, Origin } from '../../../src/core/fact';
import type { CheckDefinition, CheckType, LeveledBadgeDefinition, LevelDefinition, LevelsDefinition } from '../../../src/core/levels/definition';
import type {
  CommitFact,
  Dated,
  IssueEvent,
  IssueFact,
  IssueWindow,
  MergeRequestFact,
  ProjectFacts,
  ReleaseFact,
  TagFact,
  UserFact,
  Window,
} from '../../../src/core/levels/facts';

/** The moment that the examples are about. */
export const now = '2026-11-28T12:00:00.000Z';
/** Where the default range of 30 days starts. */
export const monthAgo = '2026-10-29T12:00:00.000Z';
export const webUrl = 'https://gitlab.example.com/acme/shop';
const origin: Origin = { kind: 'gitlab', text: 'acme/shop on gitlab.example.com', at: now };

export const known = <T>(value: T): Fact<T> => ({ status: 'known', value, origin });
export const unknown = (reason: string): Fact<never> => ({ status: 'unknown', reason, origin });
export const failed = (reason: string): Fact<never> => ({ status: 'failed', reason, origin });

/** Everything since a moment, long before any range unless it is said. */
export const all = <T extends Dated>(items: readonly T[], since = '2020-01-01T00:00:00.000Z'): Fact<Window<T>> => known({ items, since, complete: true });
/** The newest since long ago, counting stopped. */
export const newest = <T extends Dated>(items: readonly T[], since = '2020-01-01T00:00:00.000Z'): Fact<Window<T>> => known({ items, since, complete: false });

/** `days` before `now`. */
export const daysAgo = (days: number): string => new Date(Date.parse(now) - days * 24 * 60 * 60 * 1000).toISOString();
/** `ms` before or after a moment. */
export const shift = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();
export const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

export const commit = (author = 'build@acme.example', at = daysAgo(1), more: Partial<CommitFact> = {}): CommitFact => {
  const domain = author.split('@')[1] ?? '';
  return { at, author, organisation: domain === '' ? null : domain.split('.').slice(-2).join('.'), bot: false, ...more };
};
export const commitsBy = (author: string, count: number): CommitFact[] => times(count, () => commit(author));

export const user = (username: string, bot = false): UserFact => ({ username, bot });
export const issue = (iid: number, at: string, author: string | null, events: readonly IssueEvent[] = [], more: Partial<IssueFact> = {}): IssueFact => ({
  iid,
  at,
  url: `${webUrl}/-/issues/${iid}`,
  author: author === null ? null : user(author),
  events,
  complete: true,
  ...more,
});
/** All issues since a moment, and how many there are since then or another one: as many as are here unless it is said. */
export const issues = (items: readonly IssueFact[], since = '2020-01-01T00:00:00.000Z', totals: Readonly<Record<string, number>> = { [since]: items.length }): Fact<IssueWindow> =>
  known({ items, since, complete: true, totals: new Map(Object.entries(totals)) });
export const comment = (at: string, author: string | null, bot = false): IssueEvent => ({ kind: 'comment', at, author: author === null ? null : user(author, bot) });
export const action = (at: string, author: string | null, bot = false): IssueEvent => ({ kind: 'action', at, author: author === null ? null : user(author, bot) });

export const release = (tag: string, at = daysAgo(1), assetLinks = 0): ReleaseFact => ({ tag, at, url: null, assetLinks });
export const tag = (name: string, at = daysAgo(1), released = false): TagFact => ({ name, at, released });
export const mergeRequest = (iid: number, more: Partial<MergeRequestFact> = {}): MergeRequestFact => ({
  iid,
  at: daysAgo(1),
  url: `${webUrl}/-/merge_requests/${iid}`,
  author: 'outsider',
  mergedBy: 'maintainer',
  approvedBy: [],
  ...more,
});

export const project = (facts: Partial<ProjectFacts> = {}): ProjectFacts => ({
  project: { path: 'acme/shop', webUrl, archived: false, emptyRepository: false },
  commits: null,
  issues: null,
  members: null,
  commitAuthorship: null,
  releases: null,
  tags: null,
  packages: null,
  images: null,
  pipelines: new Map(),
  mergeRequests: null,
  protection: null,
  decisions: new Map(),
  subsequentUse: null,
  ...facts,
});

interface Bounds {
  readonly months?: number;
  readonly min?: number;
  readonly max?: number;
}

export const check = (type: CheckType, { months, min, max }: Bounds = {}, decisionJsonUrl: string | null = null): CheckDefinition => ({
  type,
  description: null,
  threshold: { timeRangeInMonths: months ?? null, min: min ?? null, max: max ?? null },
  decisionJsonUrl,
  range: { start: 0, end: 0 },
});

export const level = (name: string, checks: readonly CheckDefinition[], notNecessaryForNextHigherLevel = false): LevelDefinition => ({
  name,
  description: null,
  svgUrl: null,
  notNecessaryForNextHigherLevel,
  checks,
  range: { start: 0, end: 0 },
});

export const badge = (id: string, levels: readonly LevelDefinition[], start = 0): LeveledBadgeDefinition => ({ id, description: null, levels, range: { start, end: start } });

export const definition = (badges: readonly LeveledBadgeDefinition[], more: Partial<LevelsDefinition> = {}): LevelsDefinition => ({
  gitClients: [],
  badges,
  broken: [],
  personalEmailDomains: [],
  remoteConfigUrl: null,
  subsequentUseApiDomain: null,
  ...more,
});
