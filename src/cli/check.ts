import { checkFiles, type CheckedFile } from '../app/check';
import { openFolder } from '../app/diskFolder';
import type { ProjectRef } from '../core/snapshot';
import type { CheckFormat, CheckOptions } from './checkOptions';
import { checkJson, checkSarif, checkSummary, checkText, codeQuality } from './checkReport';
import { findProject } from './environment';
import { type ExitCode, exitCodes } from './exitCodes';
import { readGitRemote } from './gitRemote';
import { createLog } from './output';
import type { Surroundings } from './surroundings';

/** Runs `badgesmith check`. Rejects when interrupted, and for bugs. */
export async function check({ files, format, verbose }: CheckOptions, surroundings: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const { cwd, stdout, stderr, version } = surroundings;
  const log = createLog(stderr, verbose, []);
  const checked = await checkFiles(openFolder(cwd, { alsoAllowed: files }), files, await projectHere(surroundings, signal), signal);
  for (const { file } of checked) log.debug(file);
  stdout.write(reports[format](checked, version));
  log.info(checkSummary(checked));
  return checked.some(({ problems }) => problems.some(({ severity }) => severity === 'error')) ? exitCodes.incomplete : exitCodes.done;
}

const reports: Readonly<Record<CheckFormat, (files: readonly CheckedFile[], version: string) => string>> = {
  text: checkText,
  json: checkJson,
  sarif: checkSarif,
  codequality: codeQuality,
};

/** By its path, which URLs name it by; an id alone is of no use here. */
async function projectHere({ env, cwd }: Surroundings, signal: AbortSignal): Promise<ProjectRef | null> {
  const path = env['CI_PROJECT_PATH'];
  const found = await findProject(path ? { project: path } : {}, { ...env, CI_PROJECT_ID: undefined }, () => readGitRemote(cwd, env, signal));
  return 'missing' in found || /^\d+$/.test(found.ref.project) ? null : found.ref;
}
