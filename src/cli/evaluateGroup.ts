import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openFolder } from '../app/diskFolder';
import { evaluateOne } from '../app/evaluate';
import { evaluateGroup } from '../app/evaluateGroup';
import { resultsOf, type ResultSet } from '../app/mergeResults';
import { digestOf, ResultFolder } from '../app/resultFolder';
import { shardText } from '../app/shard';
import { isGitLabError, isUnusable } from '../gitlab/gitlabError';
import { shardOf } from './evaluateOptions';
import { resultLine, writeReport } from './evaluateReport';
import type { Evaluation } from './evaluation';
import { exitCodes, type ExitCode } from './exitCodes';
import { Tally } from './tally';

/** Evaluates the projects of a group, or of a shard of it, and reports them. Rejects with FileError, and for bugs. */
export async function reportGroup(evaluation: Evaluation, signal: AbortSignal): Promise<ExitCode> {
  const { options, surroundings } = evaluation;
  if (options.out !== undefined) return evaluateInto(new ResultFolder(openFolder(surroundings.cwd, { alsoAllowed: [options.out] }), options.out), evaluation, signal);
  // Results leave the memory as soon as they are there, also where nobody wants to keep them.
  const temporary = await mkdtemp(path.join(tmpdir(), 'badgesmith-'));
  try {
    return await evaluateInto(new ResultFolder(openFolder(temporary), '.'), evaluation, signal);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function evaluateInto(results: ResultFolder, evaluation: Evaluation, signal: AbortSignal): Promise<ExitCode> {
  const { options, surroundings, log, instances, sources, ref, definition, places, now } = evaluation;
  const { instance: server, project: group } = ref;
  if (instances.isJobToken(server)) log.warn('GitLab lists the projects of a group to no CI job token: only public ones are found. Set GITLAB_TOKEN to a token with the read_api scope.');
  const shard = shardOf(options, surroundings.env);
  let done = 0;
  let total = 0;
  const howToGoOn = () => {
    if (options.out === undefined) return 'Nothing is kept: with --out a folder keeps what is done.';
    return `${done} of ${total} projects are in ${options.out}. To go on, run it again ${options.now === undefined ? `with --now ${now}` : 'as it was'}.`;
  };
  const report = async (set: ResultSet) => {
    const tally = new Tally();
    await writeReport(tally.watch(set), options.format, surroundings);
    return tally.exitCode(options);
  };
  try {
    const { run, stopped } = await evaluateGroup(
      {
        connection: instances.connectionTo(server),
        requests: () => instances.requests(),
        results,
        evaluate: (project) => evaluateOne(sources, { definition, project, now }, signal),
        onBegin(begun) {
          [done, total] = [begun.earlier, begun.run.projects.length];
          log.info(`${total} ${total === 1 ? 'project' : 'projects'} of ${group}${shard.total > 1 ? `, shard ${shardText(shard)}` : ''}.`);
          if (total === 0 && shard.total === 1 && !options.recursive) log.info('With --recursive the projects of its subgroups count, too.');
          if (begun.different !== null) log.warn(`The results in ${results.path} are of another run (${begun.different}): they are replaced.`);
          if (begun.earlier > 0) log.info(`${begun.earlier} of them are in ${results.path} already.`);
        },
        onProject(result, nowDone) {
          done = nowDone;
          log.debug(resultLine(result.evaluation));
          for (const failure of result.failures) log.warn(`${result.evaluation.project}: ${failure}`);
          if (isMilestone(done, total)) log.info(`${done} of ${total}`);
        },
      },
      { version: surroundings.version, server, now, definition: digestOf(definition), group, recursive: options.recursive, shard, places },
      signal,
    );
    const code = await report(resultsOf([{ folder: results, run }]));
    if (stopped === null) return code;
    log.warn(`${stopped.message} ${howToGoOn()}`);
    return isUnusable(stopped.reason) ? exitCodes.noGitLab : exitCodes.incomplete;
  } catch (error) {
    if (signal.aborted) {
      log.warn(`Interrupted. ${howToGoOn()}`);
      return exitCodes.interrupted;
    }
    // What GitLab answers about a project is a result of it, so this is about the list of projects.
    if (!isGitLabError(error)) throw error;
    log.warn(`The projects of ${group}: ${error.message}`);
    await report({ server, now, places, requests: instances.requests(), results: nothing });
    return isUnusable(error.reason) ? exitCodes.noGitLab : exitCodes.incomplete;
  }
}

async function* nothing(): AsyncGenerator<never> {}

/** Twenty times in a run, at most. */
const isMilestone = (done: number, total: number): boolean => done === total || done % Math.ceil(total / 20) === 0;
