import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkDocs } from '../config/levelsFields';
import { lineTable, positionAt, type LineTable } from '../config/position';
import { checkTypes, type LevelsDefinition } from '../core/levels/definition';
import { nextLevel } from '../core/levels/explain';
import type { CheckResult, Evidence, LeveledBadgeResult, LevelResult, Outcome, ProjectEvaluation } from '../core/levels/result';
import type { Range } from '../core/problem';
import { sarifDocument, sarifText } from './sarif';

/** Where badges stand in the configuration they were judged by. The text itself may hold secrets, and is no part of it. */
export interface BadgePlaces {
  /** Address of the configuration, without user, query and fragment. */
  readonly uri: string;
  readonly badges: readonly {
    readonly id: string;
    /** Of a badge that is left out, because something in it is wrong. */
    readonly region?: Region;
    /** Its checks, level by level. */
    readonly levels: readonly (readonly Region[])[];
  }[];
}

/** A stretch of a text, from 1; the end column is the one after its last character. */
interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** `text` is what the ranges of the definition are about; `place` an http(s) URL, an absolute path, or one relative to the workspace folder. */
export function placesOf(definition: LevelsDefinition, text: string, place: string): BadgePlaces {
  const lines = lineTable(text);
  const sound = definition.badges.map(({ id, levels }) => ({ id, levels: levels.map(({ checks }) => checks.map(({ range }) => regionOf(lines, range))) }));
  const broken = definition.broken.flatMap(({ value, range }) => (value === null || range === undefined ? [] : [{ id: value, region: regionOf(lines, range), levels: [] }]));
  return { uri: uriOf(place), badges: [...sound, ...broken] };
}

interface SarifRun {
  /** Of Badgesmith. */
  readonly version: string;
  /** The moment that the results are about. */
  readonly now: string;
  /** Null where the configuration is not at hand: the results have no line then. */
  readonly places: BadgePlaces | null;
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
  const locate = locator(run.places);
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
  ...checkTypes.map((type) => ({ id: type, shortDescription: { text: sarifText(checkDocs[type]) }, defaultConfiguration: { level: 'warning' } })),
  { id: configurationRule, shortDescription: { text: 'The badge is defined without mistakes.' }, defaultConfiguration: { level: 'warning' } },
];

/** The locations of what is found in the places of the badge with an id; of the configuration as a whole where it is not there. */
type Locate = (id: string, find: (badge: BadgePlaces['badges'][number]) => Region | undefined) => readonly object[];

function locator(places: BadgePlaces | null): Locate {
  if (places === null) return () => [];
  const artifactLocation = { uri: places.uri };
  return (id, find) => {
    const badge = places.badges.find((each) => each.id === id);
    const region = badge && find(badge);
    return [{ physicalLocation: { artifactLocation, ...(region && { region }) } }];
  };
}

function regionOf(lines: LineTable, range: Range): Region {
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
          locations: locate(badge.id, ({ levels }) => levels[levelIndex]?.[checkIndex]),
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
    locations: locate(badge.id, ({ region }) => region),
    partialFingerprints: fingerprint(about.project, badge.id),
    properties: about,
  };
}

function verdict(ruleId: string, outcome: Outcome, matters: boolean) {
  const kind = outcome === 'unknown' ? 'open' : outcome;
  return { ruleId, ruleIndex: rules.findIndex(({ id }) => id === ruleId), kind, level: outcome !== 'fail' ? 'none' : matters ? 'warning' : 'note' };
}

function explained(text: string, evidence: readonly Evidence[]) {
  const pages = evidence.flatMap(({ text: about, url }) => (url === undefined ? [] : [{ physicalLocation: { artifactLocation: { uri: url } }, message: { text: sarifText(about) } }]));
  return { message: { text: sarifText([text, ...evidence.map((each) => each.text)].join('\n')) }, ...(pages.length > 0 && { relatedLocations: pages }) };
}

function propertiesOf(level: LevelResult, { value, atLeast, unit, threshold, range, sample }: CheckResult) {
  return { level: level.name, value, atLeast, unit, threshold, range, sample };
}

/** Stays the same while the badge, its levels and the kinds of its checks do, whatever is measured and wherever they stand. */
function fingerprint(...parts: readonly (string | number)[]) {
  return { badgesmith: JSON.stringify(parts) };
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
