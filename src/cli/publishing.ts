import path from 'node:path';
import { openFolder } from '../app/diskFolder';
import { loadConfig, type LoadedConfig } from '../app/loadConfig';
import type { Folder, Log } from '../app/ports';
import { createConnection, type Connection } from '../gitlab/connection';
import { diskCache } from '../gitlab/httpCache';
import type { Token } from '../gitlab/token';
import { defaultFetch } from './defaultFetch';
import { findProject } from './environment';
import { UsageError } from './exitCodes';
import { readGitRemote } from './gitRemote';
import { createLog, givenSecrets, problemLine } from './output';
import type { PublishOptions } from './publishOptions';
import type { Surroundings } from './surroundings';

/** What `plan`, `apply` and `import` have in common: the configuration, the project, and the way to it. */
export interface Publishing {
  readonly folder: Folder;
  /** What is wrong in it was told already. */
  readonly config: LoadedConfig;
  readonly log: Log;
  /** Throws UsageError where no project is named and there is no git remote of one. */
  connect(): Promise<Reached>;
}

interface Reached {
  readonly connection: Connection;
  /** Numeric id or full path. A job token cannot find out the path of an id, so it is the path of GitLab CI with one. */
  readonly project: string;
  readonly tokenKind: Token['kind'] | null;
}

export async function openPublishing(options: PublishOptions, surroundings: Surroundings, signal: AbortSignal): Promise<Publishing> {
  const { env, cwd, stderr } = surroundings;
  const log = createLog(stderr, options.verbose, givenSecrets(options, env));
  const folder = openFolder(cwd, { alsoAllowed: [options.config, options.out].filter((place) => place !== undefined) });
  const config = await loadConfig(folder, options.config);
  for (const problem of config.problems) stderr.write(`${problemLine(problem)}\n`);
  log.debug(config.file === null ? 'There is no configuration file.' : `Configuration: ${config.file}`);

  return {
    folder,
    config,
    log,
    async connect() {
      const found = await findProject(options, env, () => readGitRemote(cwd, env, signal));
      if ('missing' in found) throw new UsageError(found.missing);
      const { ref, token } = found;
      log.debug(`Project ${ref.project} on ${ref.instance}, ${token ? `with a ${token.kind} token` : 'without a token'}`);
      const fetch = surroundings.fetch ?? (await defaultFetch(env));
      const cache = options.cache === undefined ? undefined : diskCache(path.resolve(cwd, options.cache));
      const isOwn = token?.kind === 'job' && ref.project === env['CI_PROJECT_ID'];
      const project = (isOwn && env['CI_PROJECT_PATH']) || ref.project;
      return { connection: createConnection({ instance: ref.instance, token, fetch, log, cache }), project, tokenKind: token?.kind ?? null };
    },
  };
}
