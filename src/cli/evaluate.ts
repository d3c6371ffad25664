import { openFolder } from '../app/diskFolder';
import { onlyBadge } from '../app/evaluate';
import { loadLocalLevels, systemLevelsFolder } from '../app/loadLevels';
import { placesOf } from '../app/levelsSarif';
import { mergeFolders } from '../app/mergeResults';
import { FileError } from '../app/ports';
import { ResultFolder } from '../app/resultFolder';
import type { LevelsDefinition } from '../core/levels/definition';
import { wholeSecond } from '../core/levels/range';
import { defaultFetch } from './defaultFetch';
import { describeProject, findProject } from './environment';
import { reportGroup } from './evaluateGroup';
import type { EvaluateOptions } from './evaluateOptions';
import { reportProject } from './evaluateProject';
import { writeReport } from './evaluateReport';
import type { Evaluation } from './evaluation';
import { exitCodes, UsageError, type ExitCode } from './exitCodes';
import { readGitRemote } from './gitRemote';
import { connectAll, factSources, loadLevels, tokensFor } from './levels';
import { createLog, givenSecrets, problemLine } from './output';
import type { Surroundings } from './surroundings';
import { Tally } from './tally';

/** Runs `badgesmith evaluate`. Rejects when interrupted before anything could be kept, with UsageError, and for bugs. */
export async function evaluate(options: EvaluateOptions, surroundings: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  try {
    return await (options.merge ? merge(options.merge, options, surroundings) : evaluateNow(options, surroundings, signal));
  } catch (error) {
    // The folder that is to keep the results, or a folder of them, cannot be used.
    if (error instanceof FileError) throw new UsageError(error.message);
    throw error;
  }
}

async function merge(paths: readonly string[], options: EvaluateOptions, surroundings: Surroundings): Promise<ExitCode> {
  const log = createLog(surroundings.stderr, options.verbose, []);
  const folder = openFolder(surroundings.cwd, { alsoAllowed: paths });
  const merged = await mergeFolders(paths.map((each) => new ResultFolder(folder, each)));
  if ('refused' in merged) throw new UsageError(merged.refused);
  const tally = new Tally();
  await writeReport(tally.watch(merged.set), options.format, surroundings);
  for (const repeat of merged.repeats) log.info(repeat);
  for (const problem of [...merged.problems, tally.whatIsMissing]) if (problem !== null) log.warn(problem);
  return merged.problems.length > 0 ? exitCodes.incomplete : tally.exitCode(options);
}

async function evaluateNow(options: EvaluateOptions, surroundings: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const { env, cwd, stderr } = surroundings;
  const folder = openFolder(cwd, { alsoAllowed: options.config === undefined ? [] : [options.config] });
  const local = await loadLocalLevels(folder, { system: openFolder(systemLevelsFolder), explicitFile: options.config });
  if (local.unreadable) {
    for (const problem of local.problems) stderr.write(`${problemLine(problem)}\n`);
    return exitCodes.usage;
  }
  const found = await findProject(options.group === undefined ? options : { ...options, project: options.group }, env, () => readGitRemote(cwd, env, signal));
  if ('missing' in found) throw new UsageError(options.group === undefined ? found.missing : 'Name the GitLab of the group with --server.');
  const { tokens, problems: tokenProblems } = await tokensFor(found, local);
  const log = createLog(stderr, options.verbose, givenSecrets(options, env, tokens));
  log.debug(local.file === null ? 'There is no .badge-api.yaml.' : `Configuration: ${local.file}`);
  log.debug(describeProject(found, tokens));

  const fetch = surroundings.fetch ?? (await defaultFetch(env));
  const instances = connectAll(found, local, tokens, { cache: options.cache, cwd, fetch, log });
  const levels = await loadLevels(local, instances, surroundings, signal);
  const problems = [...levels.problems, ...tokenProblems];
  for (const problem of problems) stderr.write(`${problemLine(problem)}\n`);
  if (levels.unavailable !== null) return exitCodes.usage;
  const { badgesFile, badgesText } = levels;
  if (badgesFile === null) throw new UsageError('There is no .badge-api.yaml, neither here nor in /etc/badge-api: --config names a configuration.');

  if (levels.definition.badges.length + levels.definition.broken.length === 0) log.warn(`${badgesFile} has no badges.`);

  const evaluation: Evaluation = {
    options,
    surroundings,
    log,
    instances,
    sources: factSources(instances, found.ref.instance, local, surroundings),
    ref: found.ref,
    definition: wantedOf(levels.definition, options.badge),
    places: placesOf(levels.definition, badgesText, badgesFile),
    now: wholeSecond(options.now ?? surroundings.now().toISOString()),
  };
  const code = await (options.group === undefined ? reportProject(evaluation, signal) : reportGroup(evaluation, signal));
  return code === exitCodes.done && problems.some(({ severity }) => severity === 'error') ? exitCodes.incomplete : code;
}

function wantedOf(definition: LevelsDefinition, id: string | undefined): LevelsDefinition {
  const wanted = id === undefined ? definition : onlyBadge(definition, id);
  if (wanted === null) throw new UsageError(`The configuration has no badge of that id. It has ${definition.badges.map((badge) => badge.id).join(', ') || 'none'}.`);
  return wanted;
}
