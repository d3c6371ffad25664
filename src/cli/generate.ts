import { collect } from '../app/collect';
import { collectLevels, unknownLevels } from '../app/collectLevels';
import { openFolder } from '../app/diskFolder';
import { loadConfig } from '../app/loadConfig';
import { loadLocalLevels } from '../app/loadLevels';
import { writeBadges } from '../app/write';
import { type GeneratorDefinition, precede } from '../core/definition';
import { wantedFacts } from '../core/wantedFacts';
import type { LevelsDefinition } from '../core/levels/definition';
import { createFetchPublic } from '../sources/fetchPublic';
import type { FactBadges, FactProject } from '../sources/gitlab/factBadges';
import { projectOnce } from '../sources/gitlab/requests';
import { createCountAuthors } from './countAuthors';
import { defaultFetch } from './defaultFetch';
import { describeProject, findProject, type FoundProject } from './environment';
import { type ExitCode, exitCodeOf, exitCodes } from './exitCodes';
import { readGitRemote } from './gitRemote';
import { connectAll, factSources, loadLevels, tokensFor } from './levels';
import type { GenerateOptions } from './options';
import { createRunCommand } from './runCommand';
import { createLog, givenSecrets, jsonReport, problemLine, summary, textReport } from './output';
import type { Surroundings } from './surroundings';

/** Runs `badgesmith generate`. Rejects when interrupted, with UsageError, and for bugs. */
export async function generate(options: GenerateOptions, surroundings: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const { env, cwd, stdout, stderr } = surroundings;
  // What the user names on the command line may lie anywhere; what a file names stays in the folder.
  const alsoAllowed = [options.path, options.config, ...options.junitXml].filter((place) => place !== undefined);
  const folder = openFolder(cwd, { alsoAllowed });
  const config = await loadConfig(folder, options.config);
  for (const problem of config.problems) stderr.write(`${problemLine(problem)}\n`);
  if (config.unreadable) return exitCodes.usage;

  const local = await loadLocalLevels(folder);
  const found = await findProject(options, env, () => readGitRemote(cwd, env, signal));
  const project = 'missing' in found ? null : found;
  const { tokens, problems: tokenProblems } = await tokensFor(project, local);
  const log = createLog(stderr, options.verbose, givenSecrets(options, env, tokens));
  log.debug(config.file === null ? 'No configuration file: the defaults count.' : `Configuration: ${config.file}`);
  if (project) log.debug(describeProject(project, tokens));
  const definition = precede(definitionOf(options), config.definition);
  if ('missing' in found && (wantedFacts(definition).length > 0 || local.file !== null)) log.warn(found.missing);

  const fetch = surroundings.fetch ?? (await defaultFetch(env));
  const instances = connectAll(project, local, tokens, { cache: options.cache, cwd, fetch, log });
  const levels = local.file === null ? null : await loadLevels(local, instances, surroundings, signal);
  const levelProblems = [...(levels?.problems ?? []), ...tokenProblems];
  for (const problem of levelProblems) stderr.write(`${problemLine(problem)}\n`);
  const asked = 'missing' in found ? found : reach(found);
  const snapshot = await collect(
    {
      folder,
      project: asked,
      fetchPublic: createFetchPublic(fetch),
      ...(levels && { collectLevels: (now, each) => levelsOf(levels.definition, now, each) }),
      ...(surroundings.findIcon && { findIcon: surroundings.findIcon }),
      ...(options.allowCommands && { runCommand: createRunCommand(cwd, env, givenSecrets(options, env, tokens)) }),
      now: surroundings.now,
      log,
    },
    { definition, definitionFile: config.file, ...(options.staticBadges.length > 0 && { staticPlace: 'the command line' }), problems: [...config.problems, ...levelProblems] },
    signal,
  );
  const written = await writeBadges(snapshot, { folder, draw: await surroundings.loadDraw() }, definition.style ? { style: definition.style.value } : {}, signal);

  stdout.write(options.json ? jsonReport(snapshot, written) : textReport(written));
  if (snapshot.unusable !== undefined) log.warn(snapshot.unusable);
  log.info(summary(written, snapshot.path));
  return exitCodeOf(snapshot, written, options.strict);

  function reach({ ref }: FoundProject): FactProject {
    const connection = instances.connectionTo(ref.instance);
    return { connection, ref, isJobToken: instances.isJobToken(ref.instance), getProject: projectOnce(connection, ref.project, signal), countAuthors: createCountAuthors(cwd, env, log) };
  }

  async function levelsOf(wanted: LevelsDefinition, now: string, each: AbortSignal): Promise<FactBadges> {
    if ('missing' in asked) return { badges: unknownLevels(wanted, asked.missing, now), unusable: null };
    const { ref, getProject } = asked;
    const ports = { sources: factSources(instances, ref.instance, local, surroundings), files: instances.files };
    return collectLevels(ports, { definition: wanted, project: ref.project, now, ...(getProject && { findProject: getProject }) }, each);
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
