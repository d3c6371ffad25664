import type { BadgePlaces } from './levelsSarif';
import { differenceOf, type GroupRun, type ProjectResult, type ResultFolder } from './resultFolder';
import { shardText } from './shard';

/** Results that are reported as one, however many runs and folders they are from. */
export interface ResultSet {
  readonly server: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly places: BadgePlaces;
  readonly requests: number;
  /** Sorted by path; each is read when its turn comes, so that one at a time is in memory. */
  results(): AsyncIterable<KeptResult>;
}

export interface KeptResult {
  readonly path: string;
  /** Null where there is none: the run was interrupted. */
  readonly result: Omit<ProjectResult, 'id'> | null;
}

/** A run, and the folder that keeps its results. */
interface KeptRun {
  readonly folder: ResultFolder;
  readonly run: GroupRun;
}

type Merged =
  | {
      readonly set: ResultSet;
      /** What the whole lacks. */
      readonly problems: readonly string[];
      /** What is there more than once, and counts once. */
      readonly repeats: readonly string[];
    }
  /** Why these are no parts of one whole. */
  | { readonly refused: string };

/** All runs of these folders as one: shards of a group, or several groups, evaluated by the same configuration for the same moment. */
export async function mergeFolders(folders: readonly ResultFolder[]): Promise<Merged> {
  const kept: KeptRun[] = [];
  const problems: string[] = [];
  for (const folder of folders) {
    const found = await folder.runs();
    kept.push(...found.runs.map((run) => ({ folder, run })));
    problems.push(...found.problems);
    if (found.runs.length + found.problems.length === 0) problems.push(`${folder.path} holds no results of badgesmith evaluate.`);
  }
  const [first, ...others] = kept;
  if (!first) return { refused: problems.join('\n') };
  for (const other of others) {
    const difference = differenceOf(first.run, other.run);
    if (difference !== null) return { refused: `${first.folder.path} and ${other.folder.path} do not belong together: ${difference}.` };
  }
  const groups = new Map<string, KeptRun[]>();
  for (const each of kept) groups.set(targetOf(each.run), [...(groups.get(targetOf(each.run)) ?? []), each]);
  const repeats: string[] = [];
  for (const [target, runs] of groups) {
    const shards = new Map<number, KeptRun>();
    for (const each of runs) {
      const { total } = each.run.shard;
      const start = runs[0] ?? each;
      if (total !== start.run.shard.total) return { refused: `${start.folder.path} and ${each.folder.path} do not belong together: ${target} is in ${start.run.shard.total} shards there, in ${total} here.` };
      const same = shards.get(each.run.shard.index);
      if (same) repeats.push(`Shard ${shardText(each.run.shard)} of ${target} is in ${same.folder.path} and in ${each.folder.path}: each of its projects counts once.`);
      else shards.set(each.run.shard.index, each);
    }
    problems.push(...missingShards(target, [...shards.values()]));
  }
  return { set: resultsOf([first, ...others]), problems, repeats: [...repeats, ...repeatedProjects(kept)] };
}

/** The results of runs of equal identity. Of a project that is there more than once the first result without a failure counts. */
export function resultsOf(kept: readonly [KeptRun, ...KeptRun[]]): ResultSet {
  const [{ run: first }] = kept;
  const projects = new Map<number, { readonly id: number; readonly path: string; readonly places: KeptRun[] }>();
  for (const each of kept) {
    for (const { id, path } of each.run.projects) {
      const known = projects.get(id);
      if (known) known.places.push(each);
      else projects.set(id, { id, path, places: [each] });
    }
  }
  const sorted = [...projects.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    server: first.server,
    now: first.now,
    places: first.places,
    requests: kept.reduce((sum, { run }) => sum + run.requests, 0),
    async *results() {
      for (const { id, path, places } of sorted) yield { path, result: await resultIn(places, id) };
    },
  };
}

async function resultIn(places: readonly KeptRun[], id: number): Promise<ProjectResult | null> {
  let best: ProjectResult | null = null;
  for (const { folder, run } of places) {
    const found = await folder.result(run, id);
    if (found?.failures.length === 0) return found;
    best ??= found;
  }
  return best;
}

const targetOf = ({ group, recursive }: GroupRun): string => `${group}${recursive ? ' with its subgroups' : ''}`;

function missingShards(target: string, kept: readonly KeptRun[]): readonly string[] {
  const total = kept[0]?.run.shard.total ?? 0;
  if (kept.length === total) return [];
  const there = new Set(kept.map(({ run }) => run.shard.index));
  const missing = Array.from({ length: total }, (_, index) => index + 1).filter((index) => !there.has(index));
  const shown = missing.slice(0, 20).map((index) => shardText({ index, total }));
  const more = missing.length > shown.length ? ` and ${missing.length - shown.length} more` : '';
  return [`Of ${target}, ${missing.length === 1 ? 'the shard' : 'the shards'} ${shown.join(', ')}${more} ${missing.length === 1 ? 'is' : 'are'} missing.`];
}

/** Projects of groups that overlap. */
function repeatedProjects(kept: readonly KeptRun[]): readonly string[] {
  const targets = new Map<number, string>();
  const repeated = new Map<string, number>();
  for (const { run } of kept) {
    const target = targetOf(run);
    for (const { id } of run.projects) {
      const before = targets.get(id) ?? target;
      targets.set(id, before);
      if (before !== target) repeated.set(`in ${before} and in ${target}`, (repeated.get(`in ${before} and in ${target}`) ?? 0) + 1);
    }
  }
  return [...repeated].map(([where, count]) => `${count === 1 ? '1 project is' : `${count} projects are`} ${where}, and ${count === 1 ? 'counts' : 'count'} once.`);
}
