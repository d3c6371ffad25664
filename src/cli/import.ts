import { importBadges, type Import } from '../app/importBadges';
import { formatOf, maxConfigBytes } from '../app/loadConfig';
import { FileError } from '../app/ports';
import { isUnusable } from '../gitlab/gitlabError';
import { type ExitCode, exitCodes, UsageError } from './exitCodes';
import { printable } from './output';
import type { PublishOptions } from './publishOptions';
import { importReport } from './publishReport';
import { openPublishing } from './publishing';
import type { Surroundings } from './surroundings';

const newFile = '.gitlab/badges.yaml';

/** Runs `badgesmith import`. Rejects when interrupted, with UsageError, and for bugs. */
export async function runImport(options: PublishOptions, surroundings: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const { stdout } = surroundings;
  const publishing = await openPublishing(options, surroundings, signal);
  const { folder, config, log } = publishing;
  const file = options.out ?? config.file ?? newFile;
  if (config.unreadable && file === config.file) return exitCodes.usage;
  const text = (await usable(() => folder.readText(file, maxConfigBytes, { keepByteOrderMark: true }))) ?? '';
  const { connection, project } = await publishing.connect();
  const result = await importBadges(connection, { project, groups: options.groups, text, kind: formatOf(file) }, signal);

  const edited = result.text;
  const status = edited === null ? 'failed' : result.imported.length === 0 ? 'unchanged' : await usable(() => folder.write(file, edited));
  stdout.write(options.json ? importReport(file, status, result, connection.requests) : textReport(result));
  for (const { target, badge, reason } of result.skipped) log.warn(`${target.scope} ${target.path}, ${badge.name ?? '(no name)'}: left out. ${reason}`);
  for (const { target, reason } of result.failures) log.warn(`${target.scope} ${target.path}: ${reason}`);
  if (result.problem !== null) log.warn(`${file}: ${result.problem}`);
  const added = result.imported.length;
  log.info(status === 'written' ? `${added} ${added === 1 ? 'badge was' : 'badges were'} added to ${file}.` : `${file} stays as it is.`);
  return exitCodeOf(result);
}

function exitCodeOf({ problem, skipped, failures }: Import): ExitCode {
  if (problem !== null) return exitCodes.usage;
  if (failures.some(({ target, why }) => target.scope === 'project' && isUnusable(why))) return exitCodes.noGitLab;
  return skipped.length + failures.length > 0 ? exitCodes.incomplete : exitCodes.done;
}

function textReport({ imported }: Import): string {
  return imported.map(({ target, badge }) => `${printable(`+ ${target.scope} ${target.path}: ${badge.name ?? badge.image_url}`)}\n`).join('');
}

/** A file that cannot be read or written makes the command useless. */
async function usable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileError) throw new UsageError(error.message);
    throw error;
  }
}
