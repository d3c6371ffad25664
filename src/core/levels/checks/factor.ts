import type { CommitFact, ProjectFacts } from '../facts';
import { unmeasured, valueOf, type Measurement } from '../measurement';
import type { Evidence } from '../result';
import { excerpt, type CheckRange } from '../window';
import { dayText } from '../words';

/**
 * How many of the shares, the largest first, it takes to reach at least half of their sum; 0 where there are none.
 * CHAOSS's contributor absence factor (bus factor) and elephant factor.
 */
export function factorOf(shares: readonly number[]): { readonly factor: number; readonly covered: number; readonly total: number } {
  const descending = [...shares].sort((a, b) => b - a);
  const total = descending.reduce((sum, share) => sum + share, 0);
  let covered = 0;
  let factor = 0;
  while (covered * 2 < total) {
    covered += descending[factor] ?? 0;
    factor += 1;
  }
  return { factor, covered, total };
}

/** What tells the two factors apart. */
export interface FactorKind {
  /** `bus factor`. */
  readonly name: string;
  /** `address`, `addresses`. */
  readonly noun: readonly [one: string, many: string];
  /** Whom a commit counts for; null: for nobody. */
  readonly ownerOf: (commit: CommitFact) => string | null;
  /** `no commits but those of bots`: said where there are commits, but all count for nobody. */
  readonly nobody: string;
  /** What there is to say of the commits by owner and of those that count for nobody; never an address. */
  readonly evidence: (byOwner: ReadonlyMap<string, Tally>, leftOut: readonly CommitFact[]) => readonly Evidence[];
}

export interface Tally {
  readonly commits: number;
  readonly authors: ReadonlySet<string>;
}

export function measureFactor(kind: FactorKind, range: CheckRange, facts: ProjectFacts): Measurement {
  const commits = valueOf(facts.commits, 'the commits');
  if ('reason' in commits) return unmeasured(commits.reason, { range });
  const { items, gap } = excerpt(commits.value, range);
  const { byOwner, leftOut } = tally(items, kind.ownerOf);
  const { factor, covered, total } = factorOf([...byOwner.values()].map((share) => share.commits));
  const since = `since ${dayText(range.from, range.to)}`;
  const [one, many] = kind.noun;
  const owners = factor === 1 ? `one ${one}` : `${factor} ${many}`;
  const none = items.length === 0 ? 'no commits' : kind.nobody;
  return {
    kind: 'measured',
    // Older commits may all be of one more owner or of a hundred: it takes at least one, and nobody knows how many at most.
    value: gap === null ? factor : Math.min(factor, 1),
    ...(gap !== null && { gap }),
    say: (value) => `${kind.name} ${value}`,
    detail: total === 0 ? `${none} ${since}` : `${owners} made ${Math.round((covered * 100) / total)} % of ${total} ${total === 1 ? 'commit' : 'commits'} ${since}`,
    range,
    sample: total,
    evidence: kind.evidence(byOwner, leftOut),
  };
}

/** The largest shares in percent, without the names of those who have them: `71 %, 12 %, 9 % and less`. */
export function sharesText(commits: readonly number[]): string {
  const total = commits.reduce((sum, count) => sum + count, 0);
  const largest = [...commits].sort((a, b) => b - a).slice(0, 5).map((count) => `${Math.round((count * 100) / total)} %`);
  return `${largest.join(', ')}${commits.length > largest.length ? ' and less' : ''}`;
}

function tally(commits: readonly CommitFact[], ownerOf: FactorKind['ownerOf']) {
  const byOwner = new Map<string, { commits: number; authors: Set<string> }>();
  const leftOut: CommitFact[] = [];
  for (const commit of commits) {
    const owner = ownerOf(commit);
    if (owner === null) {
      leftOut.push(commit);
      continue;
    }
    const share = byOwner.get(owner);
    if (share) {
      share.commits += 1;
      share.authors.add(commit.author);
    } else byOwner.set(owner, { commits: 1, authors: new Set([commit.author]) });
  }
  return { byOwner, leftOut };
}
