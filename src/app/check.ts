import { atPositions, type Position } from '../config/position';
import { configGlobs, kindOf, type ConfigKind } from '../config/language/configFile';
import { diagnose } from '../config/language/diagnose';
import { readDocument } from '../config/language/document';
import { namedFiles } from '../config/language/generatorRules';
import type { Values } from '../config/language/values';
import type { FileProblem } from '../core/problem';
import type { ProjectRef } from '../core/snapshot';
import { maxEndpointBytes } from '../sources/endpoint';
import { inParallel } from '../sources/parallel';
import { readCiFile } from './ciJobs';
import { defaultPath, parallelReads } from './collect';
import { configFiles, formatOf, loadConfig, maxConfigBytes, unreadableFile } from './loadConfig';
import { FileError, type Folder } from './ports';

export interface CheckedFile {
  /** As the user knows it. */
  readonly file: string;
  /** Empty where it cannot be read. */
  readonly text: string;
  readonly problems: readonly FileProblem[];
}

type CheckFolder = Pick<Folder, 'readText' | 'find' | 'list'>;

/**
 * Finds what is wrong with configuration files: those that are named, else all of the folder. A file that is named and not
 * there has a problem that says so. Never rejects for what a file holds; rejects when aborted.
 */
export async function checkFiles(folder: CheckFolder, named: readonly string[], project: ProjectRef | null, signal: AbortSignal): Promise<readonly CheckedFile[]> {
  const { definition } = await loadConfig(folder);
  const badgeFolder = definition.path?.value ?? defaultPath;
  const values: Values = {
    stems: await stemsIn(folder, badgeFolder),
    ...((ci) => ci && { ci })(await readCiFile(folder, signal)),
    ...(project && { project: { instance: project.instance, path: project.project } }),
  };
  const files = named.length > 0 ? named : await ownFiles(folder, badgeFolder, signal);
  const checked = await inParallel(files, parallelReads, signal, (file) => check(folder, file, badgeFolder, values, named.length > 0, signal));
  return checked.filter((result) => result !== null);
}

/** Every configuration file of the folder, whether or not another one comes before it. */
async function ownFiles(folder: CheckFolder, badgeFolder: string, signal: AbortSignal): Promise<readonly string[]> {
  const endpoints = await folder.list(badgeFolder, '.json').catch(nothingIfUnreadable);
  const others = await Promise.all([...configGlobs.decision, ...configGlobs.subsequentUse].map((glob) => folder.find(glob, signal).catch(nothingIfUnreadable)));
  return [...configFiles, '.badge-api.yaml', '.badge-api.yml', ...endpoints.map((name) => `${badgeFolder}/${name}`), ...others.flat()];
}

/** Null where there is no such file, or nothing of ours in it, and nobody asked for it. */
async function check(folder: CheckFolder, file: string, badgeFolder: string, values: Values, isNamed: boolean, signal: AbortSignal): Promise<CheckedFile | null> {
  let text: string | null;
  try {
    text = await folder.readText(file, Math.max(maxConfigBytes, maxEndpointBytes), { keepByteOrderMark: true });
  } catch (error) {
    if (error instanceof FileError) return unreadable(file, error.message, error.place);
    throw error;
  }
  if (text === null) return isNamed ? unreadable(file, `${file}: there is no such file.`) : null;
  const kind = kindOf(file, badgeFolder) ?? kindByContent(file, text);
  const document = readDocument(text, kind);
  if (document.root === null && document.problems.length === 0 && !isNamed) return null;
  const filesOf = new Map(await Promise.all(namedFiles(document).map(async (glob) => [glob, await folder.find(glob, signal).catch(nothingIfUnreadable)] as const)));
  return { file, text, problems: atPositions(diagnose(document, { ...values, filesOf }), text, file) };
}

/** Of a file that is named on the command line and lies anywhere. */
function kindByContent(file: string, text: string): ConfigKind {
  if (file.endsWith('.json')) return /"granted(?:Regex)?"\s*:/.test(text) ? 'decision' : /^\s*\{\s*"https?:/.test(text) ? 'subsequentUse' : 'endpoint';
  if (file.endsWith('.toml')) return formatOf(file);
  return /^(?:gitClients|personalEmailDomains|remoteConfigUrl)\s*:|^\s*-?\s*levels\s*:/m.test(text) ? 'levels' : 'yaml';
}

async function stemsIn(folder: CheckFolder, badgeFolder: string): Promise<readonly string[]> {
  const names = await Promise.all(['.json', '.svg'].map((ending) => folder.list(badgeFolder, ending).catch(nothingIfUnreadable)));
  return [...new Set(names.flat().map((name) => name.replace(/\.\w+$/, '')))];
}

function nothingIfUnreadable(error: unknown): readonly string[] {
  if (error instanceof FileError) return [];
  throw error;
}

function unreadable(file: string, message: string, place?: Position): CheckedFile {
  return { file, text: '', problems: [unreadableFile(file, message, place)] };
}
