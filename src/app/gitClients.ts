import { atPosition } from '../config/position';
import type { GitClientDefinition } from '../core/levels/definition';
import type { FileProblem } from '../core/problem';
import { createConnection, type Connection, type ConnectionOptions } from '../gitlab/connection';
import { createRateLimiter } from '../gitlab/rateLimiter';
import type { Token } from '../gitlab/token';
import { openFolder } from './diskFolder';
import type { LocalLevels } from './loadLevels';
import { FileError } from './ports';

interface ClientTokens {
  /** By `baseUrl`, of the clients whose file holds one. */
  readonly tokens: ReadonlyMap<string, Token>;
  readonly problems: readonly FileProblem[];
}

/**
 * Reads the token files of the clients. A configuration that was found in the working folder may name
 * files of that folder only: else whoever wrote it could have any file of this machine sent to any address. The user's own
 * file, and the machine's, may name files anywhere.
 */
export async function readTokenFiles(local: LocalLevels): Promise<ClientTokens> {
  const tokens = new Map<string, Token>();
  const problems: FileProblem[] = [];
  for (const { baseUrl, tokenFile } of local.definition.gitClients) {
    if (tokenFile === null) continue;
    const read = await readTokenFile(local, tokenFile.value);
    if ('token' in read) tokens.set(baseUrl, read.token);
    else problems.push(atPosition({ code: 'token-file', severity: 'error', message: read.problem, range: tokenFile.range ?? { start: 0, end: 0 } }, local.text, local.file ?? ''));
  }
  return { tokens, problems };
}

/** Longer is no token. */
const maxTokenBytes = 8 * 1024;

/** The message never quotes what the file holds. */
async function readTokenFile({ place, folder }: LocalLevels, file: string): Promise<{ readonly token: Token } | { readonly problem: string }> {
  let text: string | null;
  try {
    text = await openFolder(folder, { alsoAllowed: place === 'folder' ? [] : [file] }).readText(file, maxTokenBytes);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.reason !== 'outside') return { problem: error.message };
    return { problem: `The token file ${file} lies outside the folder of this configuration, which was found and not named: name it with --config if it is yours.` };
  }
  if (text === null) return { problem: `${file}: there is no such file.` };
  const value = text.trim();
  if (!/^[\x21-\x7e]+$/.test(value)) return { problem: `${file} does not hold one token and nothing else.` };
  return { token: { kind: 'private', value } };
}

/**
 * One connection to each instance: those of the clients, each with the requests per second it allows, and the others that are
 * named. Tokens go by the address of the instance.
 */
export function connectInstances(
  clients: readonly GitClientDefinition[],
  others: readonly string[],
  tokens: ReadonlyMap<string, Token>,
  options: Pick<ConnectionOptions, 'fetch' | 'log' | 'cache'>,
): ReadonlyMap<string, Connection> {
  const limits = new Map<string, number | null>([...others.map((instance) => [instance, null] as const), ...clients.map(({ baseUrl, maxRequestsPerSecond }) => [baseUrl, maxRequestsPerSecond] as const)]);
  return new Map(
    [...limits].map(([instance, requestsPerSecond]) => {
      const limiter = createRateLimiter(requestsPerSecond === null ? {} : { requestsPerSecond });
      return [instance, createConnection({ ...options, instance, token: tokens.get(instance), limiter })];
    }),
  );
}
