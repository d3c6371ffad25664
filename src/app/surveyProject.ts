import type { CiFile } from '../config/ciFile';
import { parseUrl } from '../config/parseUrl';
import { ecosystems, type Ecosystem, type ProjectSurvey, type ReportKind, type SeenBadge, type SeenReport } from '../config/proposeConfig';
import { holdsCredential } from '../config/secrets';
import { formatOf, isReadme } from '../core/markup/format';
import { findImages } from '../core/markup/scan';
import { badgeCommandOf } from '../config/editCi';
import { readCiFile } from './ciJobs';
import { FileError, type Folder } from './ports';

/** The folder that is looked at, and a search of it that has bounds. */
export interface SurveyPorts {
  readonly files: Pick<Folder, 'readText' | 'find'>;
  readonly folder: Pick<Folder, 'readStream'>;
  /** Files whose names fit a glob, `most` at most, in no order, without those of other people's code. */
  readonly search: (glob: string, most: number, signal: AbortSignal) => Promise<readonly string[]>;
}

type LocalSurvey = Omit<ProjectSurvey, 'published' | 'place'> & {
  /** The job that keeps the badges. */
  readonly job: string | null;
};

const manifests: Readonly<Record<Ecosystem, readonly string[]>> = {
  node: ['package.json'],
  python: ['pyproject.toml', 'setup.py', 'requirements.txt'],
  java: ['pom.xml', 'build.gradle', 'build.gradle.kts'],
  go: ['go.mod'],
  rust: ['Cargo.toml'],
  php: ['composer.json'],
  ruby: ['Gemfile'],
  dotnet: ['*.csproj', '*.fsproj', '*.sln'],
};

/** Names under which tools write reports. What is in them is looked at. */
const reportNames = ['*junit*.xml', 'TEST-*.xml', '*test*.xml', 'report.xml', 'rspec.xml', '*coverage*.xml', '*cobertura*.xml', '*jacoco*.xml', 'lcov.info', 'coverage-summary.json', 'cover.out', 'coverage.out', '*.sarif', '*code-quality*.json', '*codequality*.json'];

const maxNames = 500;
const maxLooks = 60;
/** Reports that are named one by one; of more in a folder a glob is made. */
const maxOneByOne = 3;
const maxReportBytes = 64 * 1024 * 1024;
const maxReadmeBytes = 2 * 1024 * 1024;
const maxReadmeBadges = 30;

/** Looks at a folder for what badges can be made from. Reads a bounded number of files; what cannot be read is left out. */
export async function surveyFolder(ports: SurveyPorts, signal: AbortSignal): Promise<LocalSurvey> {
  const { files, search } = ports;
  const [manifestFiles, reportFiles, atRoot, ci] = await Promise.all([
    search(`{${Object.values(manifests).flat().flatMap((name) => [name, `*/${name}`]).join(',')}}`, maxNames, signal),
    search(`**/{${reportNames.join(',')}}`, maxNames, signal),
    search('*', maxNames, signal),
    readCiFile(files, signal),
  ]);
  const jobs = [...(ci?.jobs.values() ?? [])].filter((job) => badgeCommandOf(job) === null);
  const fromJobs = reportsOfJobs(ci);
  const kindsOfJobs = new Set(fromJobs.map(({ kind }) => kind));
  const found = await reportsInFolder(ports, [...reportFiles].sort(), signal);
  const readme = atRoot.filter(isReadme).sort()[0] ?? null;
  return {
    ecosystems: ecosystems.filter((ecosystem) => manifests[ecosystem].some((name) => manifestFiles.some((file) => fits(file, name)))),
    reports: [...fromJobs, ...found.filter(({ kind }) => !kindsOfJobs.has(kind))],
    coverageJob: jobs.find(({ tellsCoverage }) => tellsCoverage)?.name ?? null,
    hasPipeline: (ci?.jobs.size ?? 0) > 0,
    hasLicense: atRoot.some((file) => /^(?:licen[cs]e|copying)/i.test(file)),
    badges: readme === null ? [] : await badgesIn(files, readme),
    readme,
    job: [...(ci?.jobs.values() ?? [])].find((job) => badgeCommandOf(job) === 'generate')?.name ?? null,
  };
}

function fits(file: string, name: string): boolean {
  const base = file.slice(file.lastIndexOf('/') + 1);
  return name.startsWith('*') ? base.endsWith(name.slice(1)) : base === name;
}

function reportsOfJobs(ci: CiFile | null): readonly SeenReport[] {
  const kinds = { junit: 'junit', coverage: 'coverage', codequality: 'findings' } as const;
  return [...(ci?.jobs.values() ?? [])].flatMap((job) =>
    (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) =>
      // A variable is one of the job's, which another does not know. What checks the badges is no finding about the project.
      badgeCommandOf(job) !== null ? [] : job.reports[kind].filter((path) => !path.includes('$')).map((path): SeenReport => ({ kind: kinds[kind], path, job: job.name })),
    ),
  );
}

/** Reports that lie in the folder, of one folder and kind as a glob where there are many. */
async function reportsInFolder({ folder }: SurveyPorts, paths: readonly string[], signal: AbortSignal): Promise<readonly SeenReport[]> {
  const groups = new Map<string, { readonly kind: ReportKind; readonly paths: string[] }>();
  for (const path of paths.slice(0, maxLooks)) {
    const kind = await kindOfReport(folder, path, signal);
    if (!kind) continue;
    const key = `${kind} ${path.slice(0, path.lastIndexOf('/') + 1)}`;
    const group = groups.get(key) ?? { kind, paths: [] };
    groups.set(key, group);
    group.paths.push(path);
  }
  return [...groups.values()].flatMap(({ kind, paths: found }) => (found.length > maxOneByOne ? [globOf(found)] : found).map((path): SeenReport => ({ kind, path, job: null })));
}

/** Of files of one folder: what their names start and end with, and a star. */
function globOf(paths: readonly string[]): string {
  const backwards = (text: string) => [...text].reverse().join('');
  const start = paths.reduce(commonStart);
  const end = backwards(paths.map((path) => backwards(path.slice(start.length))).reduce(commonStart));
  return `${start}*${end}`;
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

/** What a file starts with tells its kind. */
async function kindOfReport(folder: SurveyPorts['folder'], path: string, signal: AbortSignal): Promise<ReportKind | null> {
  if (/\.sarif$/.test(path)) return 'findings';
  let head = '';
  try {
    for await (const piece of folder.readStream(path, maxReportBytes, signal)) {
      head += piece;
      break;
    }
  } catch (error) {
    if (error instanceof FileError) return null;
    throw error;
  }
  const start = head.replace(/^\s*(?:<\?xml[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*/, '');
  if (/^<testsuites?[\s>/]/.test(start)) return 'junit';
  if (/^<(?:coverage|report)[\s>/]/.test(start) || /^mode: /.test(start) || /^(?:TN|SF):/m.test(start.slice(0, 200))) return 'coverage';
  if (/coverage-summary\.json$/.test(path) && /^\{\s*"total"\s*:/.test(start)) return 'coverage';
  return /^\[\s*\{/.test(start) && /"(?:check_name|fingerprint)"\s*:/.test(start) ? 'findings' : null;
}

async function badgesIn(files: SurveyPorts['files'], readme: string): Promise<readonly SeenBadge[]> {
  const text = await files.readText(readme, maxReadmeBytes);
  const format = formatOf('', readme);
  if (text === null || format === null) return [];
  return findImages(text, format)
    .flatMap(({ url, link }) => badgeBehind(url, link?.url ?? null) ?? [])
    .slice(0, maxReadmeBadges);
}

/** Hosts that draw badges for everybody. Only what they draw is downloaded by a configuration that nobody has read yet. */
const badgeHosts = new Set(['img.shields.io', 'badgen.net', 'flat.badgen.net', 'badge.fury.io', 'codecov.io', 'app.codecov.io', 'coveralls.io', 'snyk.io', 'api.securityscorecards.dev', 'api.scorecard.dev', 'readthedocs.org', 'api.netlify.com', 'api.reuse.software', 'www.bestpractices.dev', 'bestpractices.coreinfrastructure.org']);

/** An image of a README in our terms; null for what is no badge that we could make. */
export function badgeBehind(url: string, link: string | null): SeenBadge | null {
  const parsed = parseUrl(url);
  if (!parsed || holdsCredential(parsed)) return null;
  const own = /\/badges\/.+\/(pipeline|coverage)\.svg$/.exec(parsed.pathname)?.[1] ?? /\/-\/badges\/(release)\.svg$/.exec(parsed.pathname)?.[1];
  if (own !== undefined) return { kind: 'fact', stem: own === 'release' ? 'release_version' : own === 'coverage' ? 'coverage' : 'pipeline' };
  if (parsed.protocol !== 'https:' || !badgeHosts.has(parsed.hostname)) return null;
  const written = parsed.hostname === 'img.shields.io' ? /^\/badge\/(.+)$/.exec(parsed.pathname)?.[1] : undefined;
  return (written !== undefined && staticBadge(written, link)) || { kind: 'link', url: parsed.href };
}

/** `LABEL-MESSAGE-COLOR` of shields: `--` stands for a dash, `_` for a blank, `__` for `_`. */
function staticBadge(path: string, link: string | null): SeenBadge | null {
  let text: string;
  try {
    text = decodeURIComponent(path.replace(/\.svg$/, ''));
  } catch {
    return null;
  }
  const parts = text.replaceAll('--', '\0').split('-');
  const [label, message, color, ...rest] = parts.map((part) => part.replaceAll('\0', '-').replace(/__|_/g, (found) => (found === '_' ? ' ' : '_')));
  if (label === undefined || message === undefined || color === undefined || rest.length > 0 || label.trim() === '') return null;
  return { kind: 'static', label, message, color, link: link !== null && /^https?:/.test(link) ? link : null };
}
