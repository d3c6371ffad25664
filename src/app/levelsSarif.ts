import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkDocs } from '../config/levelsFields';
import { lineTable, positionAt, type LineTable } from '../config/position';
import { checkTypes, type LevelsDefinition } from '../core/levels/definition';
import { nextLevel } from '../core/levels/explain';
import type { CheckResult, Evidence, LeveledBadgeResult, LevelResult, Outcome, ProjectEvaluation } from '../core/levels/result';
import type { Range } from '../core/problem';
import { sarifDocument } from './sarif';

/** The configuration that the badges were judged by. */
export interface SarifSource {
  readonly definition: LevelsDefinition;
  /** The text that the ranges of the definition are about. */
  readonly text: string;
  /** Where that text stands: an http(s) URL, an absolute path, or a path relative to the workspace folder. */
  readonly place: string;
}

export interface SarifRun {
  /** Of Badgesmith. */
  readonly version: string;
  /** The moment that the results are about. */
  readonly now: string;
  /** Null where the configuration is not at hand: the results have no line then. */
  readonly source: SarifSource | null;
}

/**
 * The results as a SARIF 2.1.0 log, in pieces of its text, each as soon as its project is there. A result is a check of a level:
 * `fail` as a warning where it stands before the next level and as a note above that, `pass`, or `open` where it is unknown.
 * Same input, same text.
 */
export async function* levelsSarif(evaluations: AsyncIterable<ProjectEvaluation> | Iterable<ProjectEvaluation>, run: SarifRun): AsyncGenerator<string> {
  const empty = JSON.stringify(sarifDocument({ version: run.version, rules }, [], { now: run.now }), null, 2);
  const [head = '', tail = ''] = empty.split(resultsMark);
  yield `${head}"results": [`;
  const locate = run.source === null ? () => [] : locator(run.source);
  let separator = '\n';
  for await (const evaluation of evaluations) {
    const results = resultsOf(evaluation, locate).map((result) => JSON.stringify(result));
    if (results.length > 0) yield `${separator}        ${results.join(',\n        ')}`;
    if (results.length > 0) separator = ',\n';
  }
  yield `${separator === '\n' ? '' : '\n      '}]${tail}\n`;
}

const resultsMark = '"results": []';
/** Of a badge that could not be evaluated at all. */
const configurationRule = 'CONFIGURATION';
const rules = [
  ...checkTypes.map((type) => ({ id: type, shortDescription: { text: escaped(checkDocs[type]) }, defaultConfiguration: { level: 'warning' } })),
  { id: configurationRule, shortDescription: { text: 'The badge is defined without mistakes.' }, defaultConfiguration: { level: 'warning' } },
];

/** The locations of a range of the configuration; of the configuration as a whole where there is none. */
type Locate = (find: (definition: LevelsDefinition) => Range | undefined) => readonly object[];

function locator({ definition, text, place }: SarifSource): Locate {
  const lines = lineTable(text);
  const artifactLocation = { uri: uriOf(place) };
  return (find) => {
    const range = find(definition);
    return [{ physicalLocation: { artifactLocation, ...(range && { region: regionOf(lines, range) }) } }];
  };
}

function regionOf(lines: LineTable, range: Range) {
  const start = positionAt(lines, range.start);
  const end = positionAt(lines, range.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function resultsOf({ project, webUrl, badges }: ProjectEvaluation, locate: Locate): readonly object[] {
  return badges.flatMap((badge) => {
    const about = { project, projectUrl: webUrl, badge: badge.id };
    if (badge.levels.length === 0) return [brokenResult(badge, about, locate)];
    const next = nextLevel(badge)?.level;
    return badge.levels.flatMap((level, levelIndex) =>
      level.checks.map((check, checkIndex) => {
        const ofType = level.checks.slice(0, checkIndex).filter(({ type }) => type === check.type).length;
        return {
          ...verdict(check.type, check.outcome, level === next),
          ...explained(`${project}, ${badge.id} ${level.name}: ${check.summary}`, check.evidence),
          locations: locate((definition) => definition.badges.find(({ id }) => id === badge.id)?.levels[levelIndex]?.checks[checkIndex]?.range),
          partialFingerprints: fingerprint(project, badge.id, level.name, check.type, ofType),
          properties: { ...about, ...propertiesOf(level, check) },
        };
      }),
    );
  });
}

function brokenResult(badge: LeveledBadgeResult, about: { readonly project: string }, locate: Locate) {
  return {
    ...verdict(configurationRule, 'unknown', false),
    ...explained(`${about.project}, ${badge.id}: ${badge.summary}`, []),
    locations: locate((definition) => definition.broken.find(({ value }) => value === badge.id)?.range),
    partialFingerprints: fingerprint(about.project, badge.id),
    properties: about,
  };
}

function verdict(ruleId: string, outcome: Outcome, matters: boolean) {
  const kind = outcome === 'unknown' ? 'open' : outcome;
  return { ruleId, ruleIndex: rules.findIndex(({ id }) => id === ruleId), kind, level: outcome !== 'fail' ? 'none' : matters ? 'warning' : 'note' };
}

function explained(text: string, evidence: readonly Evidence[]) {
  const pages = evidence.flatMap(({ text: about, url }) => (url === undefined ? [] : [{ physicalLocation: { artifactLocation: { uri: url } }, message: { text: escaped(about) } }]));
  return { message: { text: escaped([text, ...evidence.map((each) => each.text)].join('\n')) }, ...(pages.length > 0 && { relatedLocations: pages }) };
}

function propertiesOf(level: LevelResult, { value, atLeast, unit, threshold, range, sample }: CheckResult) {
  return { level: level.name, value, atLeast, unit, threshold, range, sample };
}

/** Stays the same while the badge, its levels and the kinds of its checks do, whatever is measured and wherever they stand. */
function fingerprint(...parts: readonly (string | number)[]) {
  return { badgesmith: JSON.stringify(parts) };
}

/** Braces stand for placeholders in SARIF's messages, unless they are doubled (section 3.11.5). */
function escaped(text: string): string {
  return text.replace(/[{}]/g, '$&$&');
}

/** Without user, query and fragment, which may hold a secret. */
function uriOf(place: string): string {
  if (/^https?:/i.test(place)) {
    const { origin, pathname } = new URL(place);
    return `${origin}${pathname}`;
  }
  if (path.isAbsolute(place)) return pathToFileURL(place).href;
  return place.split(/[/\\]/).map(encodeURIComponent).join('/');
}
