import { drawnLevels } from '../app/collectLevels';
import { openFolder } from '../app/diskFolder';
import { evaluateOne, type EvaluatedProject } from '../app/evaluate';
import type { ResultSet } from '../app/mergeResults';
import { writeBadges } from '../app/write';
import { isUnusable } from '../gitlab/gitlabError';
import { joinPath } from '../sources/files';
import { evaluateFormats } from './evaluateOptions';
import { ladders, writeReport } from './evaluateReport';
import type { Evaluation } from './evaluation';
import { exitCodes, type ExitCode } from './exitCodes';
import { Tally } from './tally';

/** Evaluates one project, reports it, and with `--out` keeps it. Rejects when interrupted, and with FileError. */
export async function reportProject(evaluation: Evaluation, signal: AbortSignal): Promise<ExitCode> {
  const { options, surroundings, log, instances, sources, ref, definition, places, now } = evaluation;
  const evaluated = await evaluateOne(sources, { definition, project: ref.project, now }, signal);
  const { facts, failures, error } = evaluated;
  const unusable = error !== null && isUnusable(error);
  const result = { archived: facts?.project.archived ?? false, evaluation: evaluated.evaluation, failures };
  const set: ResultSet = { server: ref.instance, now, places, requests: instances.requests(), results: () => once({ path: result.evaluation.project, result }) };
  const kept = options.out === undefined || unusable ? 'whole' : await keep(options.out, evaluation, evaluated, set, signal);
  if (options.format === 'text') surroundings.stdout.write(ladders(result, now));
  else await writeReport(set, options.format, surroundings);
  // The ladders say why a project could not be read.
  for (const failure of failures) if (options.format !== 'text' || failure !== result.evaluation.reason) log.warn(failure);
  if (unusable) return exitCodes.noGitLab;
  const tally = new Tally();
  tally.see({ path: result.evaluation.project, result });
  return kept === 'whole' ? tally.exitCode(options) : exitCodes.incomplete;
}

/** `evaluation.json` and `evaluation.sarif`, and the badges in `badges`, where one that is unknown leaves that of an earlier run. */
async function keep(out: string, { surroundings, log, instances, ref, now }: Evaluation, evaluated: EvaluatedProject, set: ResultSet, signal: AbortSignal): Promise<'whole' | 'incomplete'> {
  const folder = openFolder(surroundings.cwd, { alsoAllowed: [out] });
  for (const format of evaluateFormats) {
    if (format === 'text') continue;
    let text = '';
    await writeReport(set, format, { version: surroundings.version, stdout: { write: (piece) => (text += piece) } });
    await folder.write(joinPath(out, `evaluation.${format}`), text);
  }
  const badges = await drawnLevels(evaluated, instances.files, now, signal);
  const snapshot = { project: ref, path: joinPath(out, 'badges'), badges, problems: [], requests: 0, at: now };
  const written = await writeBadges(snapshot, { folder, draw: await surroundings.loadDraw() }, {}, signal);
  for (const { badge, reason } of written) if (reason !== undefined) log.warn(`${badge.label}: ${reason}`);
  return written.some(({ status }) => status === 'failed') ? 'incomplete' : 'whole';
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* once<T>(item: T): AsyncGenerator<T> {
  yield item;
}
