import { configRepoPlaceholder, isBesideConfig, pathBesideConfig } from '../config/configRepo';
import type { Connection } from '../gitlab/connection';
import { downloadFile } from '../gitlab/files';
import { liesUnder } from '../gitlab/fileUrl';
import { isGitLabError, type GitLabErrorReason } from '../gitlab/gitlabError';
import { type FetchPublic, publicName } from './fetchPublic';
import { isFileError, type SourceFiles } from './files';

/** Where files that a configuration names by a URL come from. */
export interface FilePorts {
  /** The instances that are known, each with its own token if it has one. */
  readonly connections: readonly Connection[];
  readonly fetchPublic: FetchPublic;
  /** The folder of the configuration, where that is a file of this machine. */
  readonly beside?: Pick<SourceFiles, 'readText'>;
}

export interface FileRequest {
  readonly url: string;
  readonly maxBytes: number;
  readonly accept?: string;
  /** Fails where a redirect leads to another host, instead of following it without a token. */
  readonly stayOnHost?: boolean;
}

/** A file could not be had. The message names it without its query, which may hold secrets. */
export class FileFetchError extends Error {
  override readonly name = 'FileFetchError';
  constructor(
    /** As of a fact: `unknown` where the server answers, but not to this token, and where there is no file beside the configuration. */
    readonly status: 'unknown' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

/**
 * The text of a file. If it lies under the address of a known instance, that instance is asked with its token, else nobody is
 * given one. Rejects with FileFetchError, or with the signal's reason.
 */
export async function fetchFile({ connections, fetchPublic, beside }: FilePorts, request: FileRequest, signal: AbortSignal): Promise<string> {
  const { url, maxBytes, accept = '*/*', stayOnHost = false } = request;
  if (isBesideConfig(url)) return readBeside(beside, pathBesideConfig(url), maxBytes);
  const name = publicName(url);
  const connection = connectionFor(connections, url);
  let text: string;
  try {
    text = connection
      ? await downloadFile(connection, url, { maxBytes, accept, foreignRedirects: stayOnHost ? 'refuse' : 'withoutToken' }, signal)
      : (await fetchPublic(rawUrl(url), signal, { accept, maxBytes, stayOnHost })).text;
  } catch (error) {
    signal.throwIfAborted();
    if (isGitLabError(error)) throw new FileFetchError(noAnswer.has(error.reason) ? 'unknown' : 'failed', `${name}: ${error.message}`);
    if (error instanceof Error && error.name === 'PublicFetchError') throw new FileFetchError('failed', `The file ${error.message}.`);
    throw error;
  }
  if (!isWebPage(text)) return text;
  const advice = connection ? 'Use the address behind “Open raw” on its page.' : 'If it is private, its GitLab has to be known: one you are signed in to, or one of gitClients.';
  throw new FileFetchError('failed', `${name} is a web page, not the file itself. ${advice}`);
}

async function readBeside(folder: FilePorts['beside'], path: string, maxBytes: number): Promise<string> {
  let text: string | null | undefined;
  try {
    text = await folder?.readText(path, maxBytes);
  } catch (error) {
    if (isFileError(error)) throw new FileFetchError('failed', error.message);
    throw error;
  }
  if (typeof text === 'string') return text;
  throw new FileFetchError('unknown', `${path}: there is no such file beside the configuration, in the folder that ${configRepoPlaceholder} stands for.`);
}

/** That of the instance with the longest address that the URL lies under. */
export function connectionFor(connections: readonly Connection[], url: string): Connection | null {
  const candidates = connections.filter(({ instance }) => liesUnder(instance, url));
  return candidates.reduce<Connection | null>((best, other) => (best && best.instance.length >= other.instance.length ? best : other), null);
}

/** The server was there and has no answer for this token. */
const noAnswer: ReadonlySet<GitLabErrorReason> = new Set(['unauthorized', 'forbidden', 'insufficient-scope', 'rate-limited']);

/** Of an instance nobody told us about: there the raw form is public if the file is. */
function rawUrl(url: string): string {
  return url.replace(/^([^?#]*\/-\/)blob\//, '$1raw/');
}

function isWebPage(text: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype\s+html|html|head|body)\b/i.test(text);
}
