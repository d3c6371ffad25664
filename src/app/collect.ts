import { type Badge, defaultStyle, type FailedBadge } from '../core/badge';
import type { GeneratorDefinition } from '../core/definition';
import { optionsFrom } from '../core/facts';
import { expandJunit, junitStems } from '../core/junitStems';
import { mistakeIn } from '../core/look';
import type { FileProblem } from '../core/problem';
import type { Snapshot } from '../core/snapshot';
import { namesInBadge } from '../core/template/badge';
import { shownFacts, wantedFacts } from '../core/wantedFacts';
import { artifactsOf, type ReadArtifact } from '../sources/artifacts';
import { collectCoverageBadges } from '../sources/coverage/coverage';
import { type EndpointFile, readEndpointFile } from '../sources/endpointBadges';
import type { FetchPublic } from '../sources/fetchPublic';
import { collectFindingBadges } from '../sources/findings';
import { collectFactBadges, type FactBadges, type FactProject, unknownFactBadges } from '../sources/gitlab/factBadges';
import { projectOnce } from '../sources/gitlab/requests';
import { collectJunitBadges } from '../sources/junit';
import { collectLinkBadges } from '../sources/linkBadges';
import { drawLogo, type FindIcon, findIcons, whyUnsafe } from '../sources/logos';
import { inParallel } from '../sources/parallel';
import { staticBadges } from '../sources/staticBadges';
import { type RunCommand, templateBadges } from '../sources/templateBadges';
import { override } from './override';
import { FileError, type Folder, type Log } from './ports';

export interface CollectPorts {
  readonly folder: Folder;
  /** The project on its GitLab, or why there is none and what to do. */
  readonly project: FactProject | { readonly missing: string };
  readonly fetchPublic: FetchPublic;
  /** The leveled badges, and why GitLab could not be used for them at all; absent where none are configured. */
  readonly collectLevels?: (at: string, signal: AbortSignal) => Promise<FactBadges>;
  /** Artifacts of CI jobs, where the project itself is not at hand. */
  readonly readArtifact?: ReadArtifact | undefined;
  /** In place of the logos that are built in. */
  readonly findIcon?: FindIcon;
  /** For values that commands print; absent where none may be run. */
  readonly runCommand?: RunCommand | undefined;
  readonly now: () => Date;
  readonly log: Log;
}

export interface CollectRequest {
  readonly definition: GeneratorDefinition;
  /** Where the definition stands, e.g. `.gitlab/badges.yaml`; null for the command line and the defaults. */
  readonly definitionFile: string | null;
  /** Where the static badges stand, if not there. */
  readonly staticPlace?: string;
  readonly problems: readonly FileProblem[];
  /** Of an earlier snapshot: they are shown again and GitLab is not asked. */
  readonly factBadges?: readonly Badge[];
}

export const defaultPath = 'public/badges';

/** Files that are read side by side. */
export const parallelReads = 16;

/**
 * Finds out every badge the definition asks for. A source that fails costs its own badges only; rejects when cancelled,
 * and for bugs.
 */
export async function collect(ports: CollectPorts, request: CollectRequest, signal: AbortSignal): Promise<Snapshot> {
  signal.throwIfAborted();
  const { folder, findIcon = findIcons(), log } = ports;
  // Asked once for all that need it.
  const project = 'missing' in ports.project ? ports.project : { ...ports.project, getProject: ports.project.getProject ?? projectOnce(ports.project.connection, ports.project.ref.project, signal) };
  const { definition, definitionFile } = request;
  const place = definitionFile ?? 'the command line';
  const reports = { files: folder, place, artifacts: ports.readArtifact ?? ('missing' in project ? project : artifactsOf(project)) };
  const at = ports.now().toISOString();
  const path = definition.path?.value ?? defaultPath;
  const connection = 'connection' in project ? project.connection : null;
  const requestsBefore = connection?.requests ?? 0;

  const shownTests = expandJunit(definition.junitBadges?.value ?? 'all');
  const named = new Set(definition.templateBadges?.flatMap(({ value }) => namesInBadge(value)));
  const [facts, levels, junit, coverage, findings, link, endpointFiles] = await Promise.all([
    collectFacts(project, request, at, signal),
    ports.collectLevels?.(at, signal) ?? none,
    collectJunitBadges(reports, definition.junitXml ?? [], new Set([...shownTests, ...junitStems.filter((stem) => named.has(stem))]), at, signal),
    collectCoverageBadges(reports, definition.coverageReport ?? [], at, signal),
    collectFindingBadges(reports, definition.findingsReport ?? [], at, signal),
    collectLinkBadges(ports.fetchPublic, definition.linkBadges ?? [], at, signal),
    readEndpointFiles(folder, path, at, log, signal),
  ]);
  const values = new Map([...withReports(facts.badges, coverage), ...junit, ...findings].map((badge) => [badge.stem, badge]));
  const templates = await templateBadges({ files: folder, runCommand: ports.runCommand }, definition.templateBadges ?? [], { find: factFor }, { text: place, ...(definitionFile !== null && { file: definitionFile }) }, at, signal);
  const shown = shownFacts(definition);
  const made = [
    ...withReports(facts.badges.filter(({ stem }) => shown.has(stem)), coverage),
    ...junit.filter(({ stem }) => shownTests.has(stem)),
    ...findings,
    ...levels.badges,
    ...staticBadges(definition.staticBadges ?? [], request.staticPlace ?? place, at),
    ...templates,
    ...link,
  ];
  const { badges, logoPlaces } = withEndpointFiles(made, endpointFiles, 'missing' in project && !request.factBadges);

  return {
    project: 'ref' in project ? project.ref : null,
    path,
    badges: withUniqueStems(await Promise.all(badges.map((badge) => withLogo(overridden(badge, definition, place, log), logoPlaces.get(badge))))),
    problems: request.problems,
    requests: (connection?.requests ?? 0) - requestsBefore,
    at,
    ...whyUnusable(facts, levels),
  };

  /** What is written wrong about a badge may be what narrows it down, so a template does not know its fact either. */
  function factFor(name: string): Badge | undefined {
    const badge = values.get(name);
    const mistake = definition.overrides?.get(optionsFrom[name] ?? name)?.value.mistake;
    return badge && mistake ? unknownFor(badge, mistakeIn(place, mistake)) : badge;
  }

  async function withLogo(badge: Badge, place = badge.origin.text): Promise<Badge> {
    if (badge.status !== 'known') return badge;
    const unsafe = badge.face.logo !== undefined && badge.origin.kind !== 'endpoint' ? whyUnsafe(badge.face.logo) : null;
    if (unsafe !== null) return unknownFor(badge, `${unsafe} (${place})`);
    if (!badge.face.namedLogo) return badge;
    const logo = await drawLogo(badge.face.namedLogo, badge.face.style ?? definition.style?.value ?? defaultStyle, findIcon);
    if ('uri' in logo) return { ...badge, face: { ...badge.face, logo: logo.uri } };
    if (!logo.exists) return unknownFor(badge, `${logo.problem} (${place})`);
    log.warn(`${place}: ${logo.problem}`);
    return badge;
  }
}

const none: FactBadges = { badges: [], unusable: null };

/** Where GitLab was asked for several things, one answer shows that it can be used. */
function whyUnusable(...asked: readonly FactBadges[]): Pick<Snapshot, 'unusable'> {
  const reasons = asked.flatMap(({ badges, unusable }) => (badges.length > 0 ? [unusable] : []));
  const [reason = null] = reasons;
  return reason === null || reasons.includes(null) ? {} : { unusable: reason };
}

async function collectFacts(project: CollectPorts['project'], { definition, factBadges }: CollectRequest, at: string, signal: AbortSignal): Promise<FactBadges> {
  const wanted = wantedFacts(definition);
  const stems: readonly string[] = wanted.map(({ stem }) => stem);
  if (factBadges) return { badges: factBadges.filter(({ stem }) => stems.includes(stem)), unusable: null };
  if ('missing' in project) return { badges: unknownFactBadges(stems, project.missing, at), unusable: null };
  return collectFactBadges(project, wanted, at, signal);
}

/** One badge for each stem of both: a report that was found, so that it has a place, speaks before GitLab, which knows the coverage of an earlier commit. */
function withReports(facts: readonly Badge[], reports: readonly Badge[]): readonly Badge[] {
  const shared = reports.filter(({ stem }) => facts.some((fact) => fact.stem === stem));
  const givenUp = new Set(shared.map((report) => (report.status === 'unknown' && !(report.origin.file ?? report.origin.url) ? report : facts.find(({ stem }) => stem === report.stem))));
  return [...facts, ...reports].filter((badge) => !givenUp.has(badge));
}

async function readEndpointFiles(folder: Folder, path: string, at: string, log: Log, signal: AbortSignal): Promise<readonly EndpointFile[]> {
  let names: readonly string[];
  try {
    names = await folder.list(path, '.json');
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    log.warn(error.message);
    return [];
  }
  return inParallel(names, parallelReads, signal, async (name) => {
    const file = await readEndpointFile(folder, path, name.slice(0, -'.json'.length), at);
    if (file.ignored.length > 0) log.debug(`${path}/${name}: ${file.ignored.join(', ')} has no effect here.`);
    return file;
  });
}

interface WithFiles {
  readonly badges: readonly Badge[];
  /** Where their logos are named. */
  readonly logoPlaces: ReadonlyMap<Badge, string | undefined>;
}

/**
 * Adds the JSON files that are not earlier results of ours. A file under the name of a badge we make is ours if it has our
 * serialization, or the same label, as results of badges-gitlab have; otherwise another tool wrote it, which is reported,
 * and `writeBadges` leaves the file alone. Without a project, files speak for the facts: some other job fetched those.
 */
function withEndpointFiles(made: readonly Badge[], files: readonly EndpointFile[], filesReplaceFacts: boolean): WithFiles {
  const makers = new Map<string, Badge>();
  for (const badge of made) {
    // The picture of a link badge has no JSON form: a file of its name is never ours.
    const replaceable = badge.origin.kind === 'link' || (filesReplaceFacts && isAboutProject(badge));
    if (!replaceable && !makers.has(nameKey(badge.stem))) makers.set(nameKey(badge.stem), badge);
  }
  const foreign = files.filter((file) => {
    const maker = makers.get(nameKey(file.badge.stem));
    return !maker || !isOurs(file, maker);
  });
  const speaking = new Set(filesReplaceFacts ? foreign.map((file) => nameKey(file.badge.stem)) : []);
  const kept = made.filter((badge) => !isAboutProject(badge) || !speaking.has(nameKey(badge.stem)));
  return {
    badges: [...kept, ...foreign.map((file) => file.badge)],
    logoPlaces: new Map(foreign.map((file) => [file.badge, file.logoAt])),
  };
}

/** A template badge is about the project as long as it waits for something. */
function isAboutProject({ origin, status }: Badge): boolean {
  return origin.kind === 'gitlab' || origin.kind === 'levels' || (origin.kind === 'template' && status !== 'known');
}

function isOurs({ badge, isCanonical }: EndpointFile, maker: Badge): boolean {
  if (badge.status !== 'known') return false;
  return isCanonical || badge.face.label === (maker.status === 'known' ? maker.face.label : maker.label);
}

function overridden(badge: Badge, definition: GeneratorDefinition, place: string, log: Log): Badge {
  const wanted = definition.overrides?.get(badge.stem);
  if (!wanted) return badge;
  const { mistake } = wanted.value;
  if (badge.status !== 'known') return wanted.value.label === undefined ? badge : { ...badge, label: wanted.value.label || badge.stem };
  if (mistake) return unknownFor({ ...badge, label: wanted.value.label || badge.label }, mistakeIn(place, mistake));
  const result = override(badge, wanted.value);
  if (result.problem !== null) log.warn(`badges.${badge.stem}: ${result.problem}.`);
  return result.badge;
}

function unknownFor({ stem, label, origin }: Badge, reason: string): Badge {
  return { status: 'unknown', stem, label, origin, reason };
}

/** The first of several badges of one file name keeps it; each later one fails under a name of its own, and says which two they are. */
function withUniqueStems(badges: readonly Badge[]): readonly Badge[] {
  const holders = new Map<string, Badge>();
  return badges.map((badge) => {
    const holder = holders.get(nameKey(badge.stem));
    if (!holder) {
      holders.set(nameKey(badge.stem), badge);
      return badge;
    }
    let number = 2;
    while (holders.has(nameKey(`${badge.stem} (${number})`))) number += 1;
    const { label, origin } = badge;
    const first = badge.status === 'failed' ? `${badge.reason} Also, ` : '';
    const reason = `${first}${origin.text} makes the same file name "${badge.stem}" as ${describe(holder)}, which keeps it. Rename one of them.`;
    const renamed: FailedBadge = { status: 'failed', stem: `${badge.stem} (${number})`, label, origin, reason };
    holders.set(nameKey(renamed.stem), renamed);
    return renamed;
  });
}

function describe({ origin, label }: Badge): string {
  return origin.kind === 'static' || origin.kind === 'endpoint' ? origin.text : `the badge "${label}" from ${origin.text}`;
}

/** Names that some file system takes for one: without regard to case and to how accents are composed. */
export function nameKey(stem: string): string {
  return stem.normalize('NFC').toLowerCase().normalize('NFC');
}
