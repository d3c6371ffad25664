import path from 'node:path';
import { configRepoOf } from '../config/configRepo';
import { emptyLevels, readLevelsConfig } from '../config/levelsFile';
import { atPosition, atPositions, type Position } from '../config/position';
import { complaintAbout } from '../config/textChecks';
import { levelsFile, type LevelsDefinition } from '../core/levels/definition';
import type { FileProblem, Range, Severity } from '../core/problem';
import { FileFetchError, fetchFile, type FilePorts } from '../sources/fetchFile';
import { publicName } from '../sources/fetchPublic';
import { maxConfigBytes, unreadableFile, wholeFileProblem } from './loadConfig';
import { FileError, type Folder } from './ports';

/** Where the machine's own configuration lies, for the command line. */
export const systemLevelsFolder = '/etc/badge-api';

/** `named`: the user gave the file. `folder`: it was found where the user works. `system`: it is the machine's. */
type LevelsPlace = 'named' | 'folder' | 'system';

/** The configuration as it lies on this machine, before a remote one takes its place. */
export interface LocalLevels {
  /** As the user knows it; null where there is none. */
  readonly file: string | null;
  readonly place: LevelsPlace;
  /** Absolute path of the folder that the file lies in. */
  readonly folder: string;
  /** Empty where there is no file, or it cannot be read as a whole. */
  readonly text: string;
  readonly definition: LevelsDefinition;
  readonly problems: readonly FileProblem[];
  /** The file is there, or was asked for, and cannot be read as a whole. */
  readonly unreadable: boolean;
}

export interface LoadedLevels {
  /** The file that counts, as the user knows it; null where there is none. */
  readonly file: string | null;
  /** Where the badges stand: `file`, or the address of the remote configuration. The places in them are places of that text. */
  readonly badgesFile: string | null;
  /** The text of it; empty where there is none. */
  readonly badgesText: string;
  readonly definition: LevelsDefinition;
  readonly problems: readonly FileProblem[];
  readonly unreadable: boolean;
  /** Why nobody knows which badges there are: the remote configuration could not be had. Null where they are known. */
  readonly unavailable: string | null;
}

type Readable = Pick<Folder, 'root' | 'readText'>;

export interface LocalLevelsOptions {
  /** Looked into where the folder has no file. */
  readonly system?: Readable | undefined;
  /** A file the user named: it counts, and no other place is looked at. */
  readonly explicitFile?: string | undefined;
}

/** Reads the configuration of this machine. Never rejects for what a file holds. */
export async function loadLocalLevels(folder: Readable, { system, explicitFile }: LocalLevelsOptions = {}): Promise<LocalLevels> {
  const places: readonly { readonly in: Readable; readonly file: string; readonly place: LevelsPlace }[] =
    explicitFile !== undefined
      ? [{ in: folder, file: explicitFile, place: 'named' }]
      : [{ in: folder, file: levelsFile, place: 'folder' }, ...(system ? [{ in: system, file: path.join(system.root, levelsFile), place: 'system' } as const] : [])];
  for (const { in: place, file, place: kind } of places) {
    const found = { file, place: kind, folder: path.dirname(path.resolve(place.root, file)) };
    const unreadable = (message: string, at?: Position): LocalLevels => ({ ...found, text: '', definition: emptyLevels, problems: [unreadableFile(file, message, at)], unreadable: true });
    let text: string | null;
    try {
      text = await place.readText(file, maxConfigBytes);
    } catch (error) {
      if (error instanceof FileError) return unreadable(error.message, error.place);
      throw error;
    }
    if (text === null) {
      if (kind === 'named') return unreadable(`${file}: there is no such file.`);
      continue;
    }
    const { definition, problems } = readLevelsConfig(text);
    return { ...found, text, definition: definition ?? emptyLevels, problems: atPositions(problems, text, file), unreadable: definition === null };
  }
  return { file: null, place: 'folder', folder: folder.root, text: '', definition: emptyLevels, problems: [], unreadable: false };
}

export interface RemoteLevelsOptions {
  /** The way to the remote configuration; or why nothing may be fetched, such as an untrusted workspace. */
  readonly files: FilePorts | { readonly refused: string };
  /** The value of REMOTE_CONFIG_URL, which comes before what the file says. Empty counts as not given. */
  readonly environmentUrl?: string | undefined;
}

/** The environment variable that names a remote configuration before any file does, and the name under which a wrong one is told. */
export const remoteUrlVariable = 'REMOTE_CONFIG_URL';

/**
 * Puts the badges and personal e-mail domains of the remote configuration in place of the local ones, if there is one. Where
 * it cannot be had the badges are not known: the local ones may be other badges than those the organisation means.
 */
export async function loadRemoteLevels(local: LocalLevels, { files, environmentUrl = '' }: RemoteLevelsOptions, signal: AbortSignal): Promise<LoadedLevels> {
  const { file, text: localText, definition, unreadable } = local;
  const written = environmentUrl.trim() === '' ? definition.remoteConfigUrl : { value: environmentUrl.trim() };
  if (written === null || unreadable) return { file, badgesFile: file, badgesText: localText, definition, problems: local.problems, unreadable, unavailable: null };

  const url = written.value;
  const name = publicName(url);
  const withoutBadges = (reason: string, severity: Severity, more: readonly FileProblem[] = []): LoadedLevels => {
    const message = `The badges are not known: ${reason}`;
    const problems = [...local.problems, ...more, problemAt(local, written.range, message, severity)];
    return { file, badgesFile: null, badgesText: '', definition: { ...definition, badges: [], broken: [] }, problems, unreadable, unavailable: message };
  };

  const complaint = complaintAbout('link', url);
  if (complaint?.severity === 'error') return withoutBadges(`${remoteUrlVariable} cannot be used. ${complaint.code === 'secret-in-url' ? secretInVariable : complaint.message()}`, 'error');
  if ('refused' in files) return withoutBadges(files.refused, 'warning');
  let text: string;
  try {
    text = await fetchFile(files, { url, maxBytes: maxConfigBytes, accept: 'application/yaml, text/*;q=0.9, */*;q=0.1', stayOnHost: true }, signal);
  } catch (error) {
    if (error instanceof FileFetchError) return withoutBadges(`the remote configuration could not be had. ${error.message}`, 'error');
    throw error;
  }

  const remote = readLevelsConfig(text, { configRepo: configRepoOf(url) });
  const remoteProblems = atPositions(remote.problems, text, name);
  if (remote.definition === null) return withoutBadges(`the remote configuration ${name} cannot be read.`, 'error', remoteProblems);
  // An empty answer, or another file, must not look like an organisation without badges.
  if (!remote.keys.has('badges')) return withoutBadges(`the remote configuration ${name} has no badges.`, 'error', remoteProblems);
  const { badges, broken, personalEmailDomains } = remote.definition;
  const overridden = { ...definition, badges, broken, ...(remote.keys.has('personalEmailDomains') && { personalEmailDomains }) };
  return { file, badgesFile: name, badgesText: text, definition: overridden, problems: [...local.problems, ...remoteProblems], unreadable, unavailable: null };
}

/** A file with such a URL is refused when it is read, so this one is from the environment. */
const secretInVariable = 'Its URL holds a user name, password or token, which is not sent: take it out. The token for a GitLab comes from the tokenFile of its entry in gitClients.';

function problemAt(local: LocalLevels, range: Range | undefined, message: string, severity: Severity): FileProblem {
  if (range === undefined || local.file === null) return wholeFileProblem('remote-config', message, remoteUrlVariable, severity);
  return atPosition({ code: 'remote-config', severity, message, range }, local.text, local.file);
}
