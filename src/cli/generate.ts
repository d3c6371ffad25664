import path from 'node:path';
import { collect } from '../app/collect';
import { openFolder } from '../app/diskFolder';
import { loadConfig } from '../app/loadConfig';
import { writeBadges } from '../app/write';
import { type GeneratorDefinition, precede } from '../core/definition';
import { createConnection } from '../gitlab/connection';
import { diskCache } from '../gitlab/httpCache';
import { createFetchPublic } from '../sources/fetchPublic';
import { defaultFetch } from './defaultFetch';
import { findProject } from './environment';
import { type ExitCode, exitCodeOf, exitCodes } from './exitCodes';
import { readGitRemote } from './gitRemote';
import type { GenerateOptions } from './options';
import { createLog, jsonReport, problemLine, summary, textReport } from './output';
import type { Surroundings } from './surroundings';

/** Runs `badgesmith generate`. Rejects when interrupted, with UsageError, and for bugs. */
export async function generate(options: GenerateOptions, surroundings: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const { env, cwd, stdout, stderr } = surroundings;
  const secrets = [options.token, env['GITLAB_TOKEN'], env['PRIVATE_TOKEN'], env['CI_JOB_TOKEN']].flatMap((secret) => secret || []);
  const log = createLog(stderr, options.verbose, secrets);

  // What the user names on the command line may lie anywhere; what a file names stays in the folder.
  const alsoAllowed = [options.path, options.config, ...options.junitXml].filter((place) => place !== undefined);
  const folder = openFolder(cwd, { alsoAllowed });
  const config = await loadConfig(folder, options.config);
  for (const problem of config.problems) stderr.write(`${problemLine(problem)}\n`);
  if (config.unreadable) return exitCodes.usage;
  log.debug(config.file === null ? 'No configuration file: the defaults count.' : `Configuration: ${config.file}`);

  const found = await findProject(options, env, () => readGitRemote(cwd, env, signal));
  const fetch = surroundings.fetch ?? (await defaultFetch(env));
  const definition = precede(definitionOf(options), config.definition);
  const wantsFacts = definition.facts === undefined || definition.facts.value.length > 0;
  if ('missing' in found && wantsFacts) log.warn(found.missing);
  const snapshot = await collect(
    {
      folder,
      project: 'missing' in found ? found : { connection: connect(found), ref: found.ref, isJobToken: found.token?.kind === 'job' },
      fetchPublic: createFetchPublic(fetch),
      now: surroundings.now,
      log,
    },
    { definition, definitionFile: options.staticBadges.length > 0 ? null : config.file, problems: config.problems },
    signal,
  );
  const written = await writeBadges(snapshot, { folder, draw: await surroundings.loadDraw() }, definition.style ? { style: definition.style.value } : {}, signal);

  stdout.write(options.json ? jsonReport(snapshot, written) : textReport(written));
  if (snapshot.unusable !== undefined) log.warn(snapshot.unusable);
  log.info(summary(written, snapshot.path));
  return exitCodeOf(snapshot, written, options.strict);

  function connect({ ref, token }: Exclude<typeof found, { missing: string }>) {
    log.debug(`Project ${ref.project} on ${ref.instance}, ${token ? `with a ${token.kind} token` : 'without a token'}`);
    return createConnection({ instance: ref.instance, token, fetch, log, cache: options.cache === undefined ? undefined : diskCache(path.resolve(cwd, options.cache)) });
  }
}

function definitionOf(options: GenerateOptions): GeneratorDefinition {
  const { path: folder, junitXml, staticBadges, linkBadges } = options;
  const written = <T>(value: T) => ({ value });
  return {
    ...(folder !== undefined && { path: written(folder) }),
    ...(junitXml.length > 0 && { junitXml: junitXml.map(written) }),
    ...(staticBadges.length > 0 && { staticBadges: staticBadges.map(([label, message, color]) => ({ value: { label, message, color } })) }),
    ...(linkBadges.length > 0 && { linkBadges: linkBadges.map(written) }),
  };
}
