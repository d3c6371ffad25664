import path from 'node:path';
import { openFolder } from '../app/diskFolder';
import { connectInstances, readTokenFiles } from '../app/gitClients';
import { loadRemoteLevels, remoteUrlVariable, type LoadedLevels, type LocalLevels } from '../app/loadLevels';
import type { Log } from '../app/ports';
import type { FileProblem } from '../core/problem';
import type { Connection } from '../gitlab/connection';
import { diskCache } from '../gitlab/httpCache';
import type { Token } from '../gitlab/token';
import type { Fetch } from '../gitlab/transport';
import { createDecide } from '../sources/decision';
import type { FilePorts } from '../sources/fetchFile';
import { createFetchPublic } from '../sources/fetchPublic';
import { createIsBot } from '../sources/levels/accounts';
import type { FactSources } from '../sources/levels/collectFacts';
import { createFindUsers } from '../sources/levels/subsequentUse';
import type { FoundProject } from './environment';
import type { Surroundings } from './surroundings';

/** The way to the instances of a run: that of the project, and those that the configuration of levels names. */
export interface Instances {
  connectionTo(instance: string): Connection;
  /** Whether an instance gets the token of a CI job, which reads less than others. */
  isJobToken(instance: string): boolean;
  readonly files: FilePorts;
  /** Requests that went out to all of them so far. */
  requests(): number;
}

/**
 * The tokens of a run by instance. That of the project gets the one the user gave (option, GITLAB_TOKEN, PRIVATE_TOKEN), else that of
 * its token file, else CI_JOB_TOKEN; each other instance that of its token file.
 */
export async function tokensFor(found: FoundProject | null, local: LocalLevels): Promise<{ readonly tokens: ReadonlyMap<string, Token>; readonly problems: readonly FileProblem[] }> {
  // A file whose token would not be used need not be there.
  const gitClients = local.definition.gitClients.filter(({ baseUrl }) => found?.token?.kind !== 'private' || baseUrl !== found.ref.instance);
  const { tokens, problems } = await readTokenFiles({ ...local, definition: { ...local.definition, gitClients } });
  if (!found?.token || tokens.has(found.ref.instance)) return { tokens, problems };
  return { tokens: new Map([...tokens, [found.ref.instance, found.token]]), problems };
}

export function connectAll(
  project: FoundProject | null,
  local: LocalLevels,
  tokens: ReadonlyMap<string, Token>,
  { cache, cwd, fetch, log }: { readonly cache: string | undefined; readonly cwd: string; readonly fetch: Fetch; readonly log: Log },
): Instances {
  const kept = cache === undefined ? undefined : diskCache(path.resolve(cwd, cache));
  const connections = connectInstances(local.definition.gitClients, project ? [project.ref.instance] : [], tokens, { fetch, log, cache: kept });
  const all = [...connections.values()];
  return {
    connectionTo(instance) {
      const connection = connections.get(instance);
      if (!connection) throw new Error(`Nothing is connected to ${instance}.`);
      return connection;
    },
    isJobToken: (instance) => tokens.get(instance)?.kind === 'job',
    files: { connections: all, fetchPublic: createFetchPublic(fetch, undefined, kept), beside: openFolder(local.folder) },
    requests: () => all.reduce((sum, { requests }) => sum + requests, 0),
  };
}

/** The badges that count: those of the remote configuration where there is one. */
export function loadLevels(local: LocalLevels, { files }: Instances, { env }: Surroundings, signal: AbortSignal): Promise<LoadedLevels> {
  return loadRemoteLevels(local, { files, environmentUrl: env[remoteUrlVariable] }, signal);
}

/** Where the facts of the projects of an instance come from; what was read for one of them and is not about it alone serves the others. */
export function factSources(instances: Instances, instance: string, { folder }: LocalLevels, { now }: Surroundings): FactSources {
  const connection = instances.connectionTo(instance);
  return {
    connection,
    isBot: createIsBot(connection),
    isJobToken: instances.isJobToken(instance),
    decide: createDecide({ ...instances.files, now }),
    findUsers: createFindUsers(openFolder(folder), now),
  };
}
