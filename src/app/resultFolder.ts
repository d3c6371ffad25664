import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { checkTypes, type LevelsDefinition } from '../core/levels/definition';
import type { ProjectEvaluation } from '../core/levels/result';
import type { GroupProject } from '../gitlab/groups';
import { joinPath } from '../sources/files';
import type { BadgePlaces } from './levelsSarif';
import { FileError, type Folder } from './ports';
import { shardText, type Shard } from './shard';

/** What a project came to. */
export interface ProjectResult {
  readonly id: number;
  readonly archived: boolean;
  readonly evaluation: ProjectEvaluation;
  /** What should have worked and did not, in words: it is tried again when the run goes on. */
  readonly failures: readonly string[];
}

/** What makes results comparable: those of equal runs belong together, whoever made them. */
export interface RunIdentity {
  /** Version of this program. */
  readonly version: string;
  readonly server: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** See `digestOf`. */
  readonly definition: string;
}

/** The evaluation of a group, or of one shard of it. */
export interface GroupRun extends RunIdentity {
  readonly group: string;
  readonly recursive: boolean;
  readonly shard: Shard;
  readonly places: BadgePlaces;
  /** Sorted by path. */
  readonly projects: readonly GroupProject[];
  /** Requests that went out to GitLab for it, up to its last orderly end. */
  readonly requests: number;
}

/** What a definition asks, in 64 hex digits: where in the text it stands, and how GitLab is reached, make no difference. */
export function digestOf({ badges, broken, personalEmailDomains, subsequentUseApiDomain }: LevelsDefinition): string {
  return sha256(JSON.stringify([badges, broken, personalEmailDomains, subsequentUseApiDomain], (key, value: unknown) => (key === 'range' ? undefined : value)));
}

/**
 * A folder that keeps the results of a group: `run-1-of-3.json` for each shard, and `projects/ID.json` for each project, written
 * whole or not at all. Shards may share a folder: no project is in two of them.
 */
export class ResultFolder {
  constructor(
    private readonly folder: Pick<Folder, 'readText' | 'list' | 'write' | 'remove'>,
    /** As the user knows it. */
    readonly path: string,
  ) {}

  /** The runs it holds, by shard, and what in it is no such run. */
  async runs(): Promise<{ readonly runs: readonly GroupRun[]; readonly problems: readonly string[] }> {
    const runs: GroupRun[] = [];
    const problems: string[] = [];
    for (const name of await this.folder.list(this.path, '.json')) {
      if (!runFile.test(name)) continue;
      const file = joinPath(this.path, name);
      const run = await this.read(file, runSchema);
      if (run) runs.push(run);
      else problems.push(`${file} cannot be read as the record of a run: it is broken, or of another version.`);
    }
    runs.sort((a, b) => a.shard.total - b.shard.total || a.shard.index - b.shard.index);
    return { runs, problems };
  }

  /**
   * Makes the folder one of this run: results of equal runs stay, those of other ones are removed. Answers the run, with the
   * requests of an earlier one that it continues, and in words what is different about other ones; null where there are none.
   */
  async begin(run: GroupRun): Promise<{ readonly run: GroupRun; readonly different: string | null }> {
    const { runs, problems } = await this.runs();
    const key = keyOf(run);
    const other = runs.find((found) => keyOf(found) !== key);
    const earlier = runs.find((found) => keyOf(found) === key && shardText(found.shard) === shardText(run.shard));
    const stale = runs.filter((found) => keyOf(found) !== key || found.shard.total !== run.shard.total);
    // Runs go first: without their results they would be incomplete, without them their results are nothing.
    for (const { shard } of stale) await this.folder.remove(this.runPath(shard));
    if (other || problems.length > 0) await this.removeResultsOfOthers(key);
    const begun = { ...run, requests: run.requests + (earlier?.requests ?? 0) };
    await this.save(begun);
    return { run: begun, different: other ? differenceOf(other, run) : problems.length > 0 ? 'its record cannot be read' : null };
  }

  async save(run: GroupRun): Promise<void> {
    await this.folder.write(this.runPath(run.shard), `${JSON.stringify(run, null, 2)}\n`);
  }

  /** The result of a project in an equal run; null where there is none. */
  async result(run: RunIdentity, id: number): Promise<ProjectResult | null> {
    const found = await this.read(this.resultPath(id), resultSchema);
    if (found === null || found.run !== keyOf(run) || found.id !== id) return null;
    const { run: _run, id: _id, archived, failures, ...evaluation } = found;
    return { id, archived, failures, evaluation };
  }

  async add(run: RunIdentity, { id, archived, evaluation, failures }: ProjectResult): Promise<void> {
    await this.folder.write(this.resultPath(id), `${JSON.stringify({ run: keyOf(run), id, archived, failures, ...evaluation }, null, 2)}\n`);
  }

  private async removeResultsOfOthers(key: string): Promise<void> {
    const results = joinPath(this.path, 'projects');
    for (const name of await this.folder.list(results, '.json')) {
      if (!resultFile.test(name)) continue;
      const file = joinPath(results, name);
      // What is no result of ours is left alone, whatever its name.
      const found = await this.read(file, v.object({ run: v.string(), failures: v.array(v.string()), badges: v.array(v.unknown()) }));
      if (found && found.run !== key) await this.folder.remove(file);
    }
  }

  private async read<T>(file: string, schema: v.GenericSchema<unknown, T>): Promise<T | null> {
    try {
      const value: unknown = JSON.parse((await this.folder.readText(file, maxBytes)) ?? '');
      // As it was written, with whatever the schema does not know.
      return v.is(schema, value) ? (value as T) : null;
    } catch (error) {
      if (error instanceof SyntaxError || (error instanceof FileError && unreadable.has(error.reason))) return null;
      throw error;
    }
  }

  private runPath({ index, total }: Shard): string {
    return joinPath(this.path, `run-${index}-of-${total}.json`);
  }

  private resultPath(id: number): string {
    return joinPath(this.path, `projects/${id}.json`);
  }
}

/** In words, how an earlier run differs from one in whose place it is; null where they are equal. */
export function differenceOf(earlier: RunIdentity, later: RunIdentity): string | null {
  const differences = [
    earlier.now !== later.now && `--now is ${earlier.now} there, ${later.now} here`,
    earlier.definition !== later.definition && 'the configuration of the badges is another',
    earlier.server !== later.server && `the server is ${earlier.server} there, ${later.server} here`,
    earlier.version !== later.version && `badgesmith is ${earlier.version} there, ${later.version} here`,
  ].filter((text) => text !== false);
  return differences.length > 0 ? differences.join(', ') : null;
}

const keyOf = ({ version, server, now, definition }: RunIdentity): string => sha256(JSON.stringify([version, server, now, definition]));

const runFile = /^run-\d+-of-\d+\.json$/;
const resultFile = /^\d+\.json$/;

/** Of a run over 200,000 projects; a result has some ten thousand. */
const maxBytes = 64 * 1024 * 1024;

/** The file is there, and holds nothing of ours. */
const unreadable: ReadonlySet<string> = new Set<FileError['reason']>(['too-large', 'not-utf8', 'not-a-file']);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const moment = v.pipe(v.string(), v.isoTimestamp());
const text = v.nullable(v.string());

const regionSchema = v.object({ startLine: count, startColumn: count, endLine: count, endColumn: count });

const runSchema: v.GenericSchema<unknown, GroupRun> = v.object({
  version: v.string(),
  server: v.string(),
  now: moment,
  definition: v.string(),
  group: v.string(),
  recursive: v.boolean(),
  shard: v.pipe(
    v.object({ index: count, total: v.pipe(count, v.maxValue(999_999)) }),
    v.check(({ index, total }) => index >= 1 && index <= total),
  ),
  places: v.object({ uri: v.string(), badges: v.array(v.object({ id: v.string(), region: v.exactOptional(regionSchema), levels: v.array(v.array(regionSchema)) })) }),
  projects: v.array(v.object({ id: count, path: v.string() })),
  requests: count,
});

const checkSchema = v.object({
  type: v.picklist(checkTypes),
  description: text,
  outcome: v.picklist(['pass', 'fail', 'unknown']),
  value: v.nullable(v.number()),
  atLeast: v.boolean(),
  unit: v.picklist(['commits', 'days', 'people', 'organisations', 'releases', 'packages', 'pipelines', 'percent', 'access level', 'decision']),
  threshold: v.object({ timeRangeInMonths: v.nullable(v.number()), min: v.nullable(v.number()), max: v.nullable(v.number()) }),
  range: v.nullable(v.object({ from: v.string(), to: v.string() })),
  sample: v.nullable(v.number()),
  evidence: v.array(v.object({ text: v.string(), url: v.exactOptional(v.string()) })),
  summary: v.string(),
  detail: v.exactOptional(v.string()),
  reason: v.exactOptional(v.string()),
});

const resultSchema = v.object({
  run: v.string(),
  id: count,
  archived: v.boolean(),
  failures: v.array(v.string()),
  project: v.string(),
  webUrl: v.string(),
  badges: v.array(
    v.object({
      id: v.string(),
      description: text,
      level: text,
      status: v.picklist(['reached', 'not_reached', 'unknown']),
      levels: v.array(
        v.object({ name: v.string(), description: text, svgUrl: text, notNecessaryForNextHigherLevel: v.boolean(), reached: v.nullable(v.boolean()), checks: v.array(checkSchema) }),
      ),
      summary: v.string(),
      reason: v.exactOptional(v.string()),
    }),
  ),
  reason: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<unknown, ProjectEvaluation & Omit<ProjectResult, 'evaluation'> & { run: string }>;
