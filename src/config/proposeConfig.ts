import { defaultFactStems, factStems, type FactStem } from '../core/facts';
import type { BadgeRecord } from '../core/plan';
import { stemOf } from '../core/stem';
import { addToPublish } from './editPublish';
import { textLiteral } from './language/literals';
import type { TextCheck } from './shape';
import { complaintAbout } from './textChecks';

/** What was seen of a project, for a configuration to start with. */
export interface ProjectSurvey {
  /** The kinds of projects that its files tell of, each once. */
  readonly ecosystems: readonly Ecosystem[];
  readonly reports: readonly SeenReport[];
  /** The job in whose log GitLab finds the coverage. */
  readonly coverageJob: string | null;
  readonly hasPipeline: boolean;
  readonly hasLicense: boolean;
  /** What its README shows. */
  readonly badges: readonly SeenBadge[];
  readonly readme: string | null;
  /** The badges of the project on GitLab; null where they are not known. */
  readonly published: readonly BadgeRecord[] | null;
  readonly place: ProjectPlace | null;
}

interface ProjectPlace {
  /** Address of the GitLab. */
  readonly instance: string;
  /** The job that keeps the badges; null where none does yet. */
  readonly job: string | null;
}

export const ecosystems = ['node', 'python', 'java', 'go', 'rust', 'php', 'ruby', 'dotnet'] as const;
export type Ecosystem = (typeof ecosystems)[number];

export type ReportKind = 'junit' | 'coverage' | 'findings';

export interface SeenReport {
  readonly kind: ReportKind;
  /** A path or a glob. */
  readonly path: string;
  /** The job that makes it; null for a file of the folder. */
  readonly job: string | null;
}

/** A badge of a README in our terms. */
export type SeenBadge =
  | { readonly kind: 'static'; readonly label: string; readonly message: string; readonly color: string; readonly link: string | null }
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'fact'; readonly stem: FactStem };

/** Where the generated badges lie unless somebody says otherwise. */
const folder = 'public/badges';

const keyOf: Readonly<Record<ReportKind, string>> = { junit: 'junit_xml', coverage: 'coverage_report', findings: 'findings_report' };

const about: Readonly<Record<ReportKind, string>> = {
  junit: 'Test reports in the XML form of JUnit',
  coverage: 'Coverage reports: Cobertura, JaCoCo, LCOV, Istanbul json-summary or Go cover profiles',
  findings: 'Findings: SARIF logs or Code Quality reports of GitLab',
};

/** How tests are told to leave a report, and where it then lies. */
const advice: Readonly<Record<Ecosystem, Readonly<Partial<Record<ReportKind, readonly [path: string, how: string]>>>>> = {
  node: {
    junit: ['reports/junit.xml', 'Vitest: --reporter=junit --outputFile=reports/junit.xml; Jest: the package jest-junit'],
    coverage: ['coverage/lcov.info', 'the reporter lcov of Vitest, Jest and c8'],
    findings: ['gl-code-quality-report.json', 'ESLint: the package eslint-formatter-gitlab'],
  },
  python: {
    junit: ['reports/junit.xml', 'pytest --junitxml=reports/junit.xml'],
    coverage: ['coverage.xml', 'pytest --cov --cov-report=xml'],
    findings: ['ruff.sarif', 'ruff check --output-format=sarif --output-file=ruff.sarif'],
  },
  java: { junit: ['**/build/test-results/test/*.xml', 'Gradle; Maven: **/target/surefire-reports/TEST-*.xml'], coverage: ['**/jacoco*.xml', 'JaCoCo with its XML report'] },
  go: { junit: ['report.xml', 'gotestsum --junitfile report.xml'], coverage: ['coverage.out', 'go test -coverprofile=coverage.out ./...'] },
  rust: { junit: ['target/nextest/ci/junit.xml', 'cargo nextest with a junit path in its profile ci'], coverage: ['lcov.info', 'cargo llvm-cov --lcov --output-path lcov.info'] },
  php: { junit: ['reports/junit.xml', 'phpunit --log-junit reports/junit.xml'], coverage: ['coverage.xml', 'phpunit --coverage-cobertura coverage.xml'] },
  ruby: { junit: ['rspec.xml', 'the package rspec_junit_formatter'], coverage: ['coverage/coverage.xml', 'the package simplecov-cobertura'] },
  dotnet: { junit: ['**/TestResults/*.xml', 'the package JunitXml.TestLogger'], coverage: ['**/coverage.cobertura.xml', 'dotnet test --collect:"XPlat Code Coverage"'] },
};

/** A configuration that works at once, with a comment on each line that says why it is there. What could be added stands in comments. */
export function proposeConfig(survey: ProjectSurvey): string {
  const text = [
    ['# Badges of this project, made by "Generate Badges" in VS Code or by `badgesmith generate` in a CI job.', '# Proposed from what was found here. Every key is optional; what is commented out shows the form.'],
    ['# Where the SVG and JSON files are written, inside this folder.', `path: ${folder}`],
    ['# flat, flat-square, plastic, for-the-badge or social', 'style: flat'],
    factLines(survey),
    ...(['junit', 'coverage', 'findings'] as const).map((kind) => reportLines(kind, survey)),
    staticLines(survey),
    linkLines(survey),
    ['# Another label or colour for a badge, by its file name. Numbers are the values from which a colour counts.', '# badges:', '#   open_issues: { label: open, color: { 0: brightgreen, 1: yellow, 50: red } }'],
    publishLines(survey),
  ]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
  const published = survey.published ?? [];
  if (published.length === 0) return text;
  const edited = addToPublish(text, 'yaml', { project: published, groups: new Map() });
  // GitLab keeps what a configuration cannot say.
  return 'text' in edited ? edited.text : text;
}

function factLines({ hasPipeline, coverageJob, hasLicense, ecosystems: seen, badges, reports, readme }: ProjectSurvey): readonly string[] {
  const reasons = new Map<FactStem, string>();
  const add = (stem: FactStem, why: string) => void (reasons.has(stem) || (defaultFactStems as readonly string[]).includes(stem) || reasons.set(stem, why));
  if (hasPipeline) add('pipeline', 'there is a pipeline');
  if (coverageJob !== null && !reports.some(({ kind }) => kind === 'coverage')) add('coverage', `GitLab finds it in the log of the job ${oneLine(coverageJob)}`);
  for (const badge of badges) if (badge.kind === 'fact') add(badge.stem, `${readme ?? 'the README'} shows it`);
  if (seen.length > 0) add('top_language', 'there is code');
  return [
    '# "all", or a list of the fact badges you want, such as [license_name, open_issues, release].',
    '# In a list "all" stands for the usual 21.',
    ...[...reasons].map(([stem, why]) => `# ${stem}: ${why}`),
    ...(hasLicense ? [] : ['# The license stays unknown until GitLab finds a file LICENSE.']),
    reasons.size === 0 ? 'facts: all' : `facts: [${['all', ...factStems.filter((stem) => reasons.has(stem))].join(', ')}]`,
  ];
}

function reportLines(kind: ReportKind, { reports, ecosystems: seen }: ProjectSurvey): readonly string[] {
  const key = keyOf[kind];
  const found = reports.filter((report) => report.kind === kind && isSound('path', report.path));
  const paths = [...new Set(found.map(({ path }) => path))];
  if (paths.length === 0) {
    const known = seen.flatMap((ecosystem) => advice[ecosystem][kind] ?? []);
    const [path, how] = [known[0] ?? { junit: 'reports/**/*.xml', coverage: 'coverage.xml', findings: 'gl-code-quality-report.json' }[kind], known[1]];
    return [`# ${about[kind]}.`, `# A path, a glob or a list.${how === undefined ? '' : ` For example by ${how}.`}`, `# ${key}: ${textLiteral(path, 'block')}`];
  }
  const jobs = [...new Set(found.flatMap(({ job }) => job ?? []))];
  const why = jobs.length > 0 ? `The ${jobs.length === 1 ? 'job' : 'jobs'} ${oneLine(jobs.join(', '))} of the pipeline ${jobs.length === 1 ? 'makes' : 'make'} them.` : 'Found in this folder.';
  const [only] = paths;
  return [`# ${about[kind]}. ${why}`, ...(paths.length === 1 && only !== undefined ? [`${key}: ${textLiteral(only, 'block')}`] : [`${key}:`, ...paths.map((path) => `  - ${textLiteral(path, 'block')}`)])];
}

function staticLines({ badges, readme }: ProjectSurvey): readonly string[] {
  const stems = new Set<string>();
  const rows = badges.flatMap((badge) => {
    if (badge.kind !== 'static' || !isSoundStatic(badge)) return [];
    const stem = stemOf(badge.label);
    // Two of one name would share a file.
    if (!('stem' in stem) || stems.has(stem.stem)) return [];
    stems.add(stem.stem);
    return [staticRow(badge)];
  });
  if (rows.length === 0) return ['# Badges with a fixed text: [label, message, color].', '# static_badges:', '#   - [conventional commits, 1.0.0, yellow]'];
  return [`# Badges with a fixed text, as ${readme ?? 'the README'} shows them.`, 'static_badges:', ...rows.map((row) => `  - ${row}`)];
}

type StaticBadge = Extract<SeenBadge, { kind: 'static' }>;

function isSoundStatic({ label, message, color, link }: StaticBadge): boolean {
  return isSound('label', label) && isSound(null, message) && isSound('color', color) && (link === null || isSound('link', link));
}

function isSound(check: TextCheck | null, text: string): boolean {
  return text.trim() !== '' && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text) && (check === null || complaintAbout(check, text) === null);
}

function staticRow({ label, message, color, link }: StaticBadge): string {
  const [first, second, third] = [label, message, color].map((text) => textLiteral(text, 'flow'));
  return link === null ? `[${first}, ${second}, ${third}]` : `{ label: ${first}, message: ${second}, color: ${third}, link: ${textLiteral(link, 'flow', '"')} }`;
}

function linkLines({ badges, readme }: ProjectSurvey): readonly string[] {
  const urls = [...new Set(badges.flatMap((badge) => (badge.kind === 'link' && isSound('link', badge.url) ? [badge.url] : [])))];
  if (urls.length === 0) return ['# Finished badges from elsewhere, downloaded as SVG.', '# link_badges:', '#   - https://img.shields.io/badge/hello-world-orange'];
  return [`# Finished badges from elsewhere, downloaded as SVG: those of ${readme ?? 'the README'}.`, 'link_badges:', ...urls.map((url) => `  - ${textLiteral(url, 'block', '"')}`)];
}

function publishLines({ published, place }: ProjectSurvey): readonly string[] {
  if (published !== null && published.length > 0) return ['# Badges on GitLab itself, as it shows them now. "Push Badges to GitLab" carries out what you change here.'];
  const instance = place?.instance ?? 'https://gitlab.example.com';
  return [
    '# Badges on GitLab itself, on the page of the project, for "Push Badges to GitLab" and `badgesmith apply`.',
    '# publish:',
    '#   project:',
    '#     - name: license',
    `#       image_url: "${instance}/%{project_path}/-/jobs/artifacts/%{default_branch}/raw/${folder}/license_name.svg?job=${encodeURIComponent(place?.job ?? 'badges')}"`,
    `#       link_url: "${instance}/%{project_path}"`,
  ];
}

/** Of a name that comes from elsewhere, within a comment. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').slice(0, 80);
}
