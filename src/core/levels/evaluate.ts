import { evaluateCheck } from './check';
import type { CheckDefinition, LeveledBadgeDefinition, LevelsDefinition } from './definition';
import { badgeSummary, reachedIndex } from './explain';
import type { ProjectFacts } from './facts';
import { unknownCheck } from './measurement';
import type { BadgeStatus, CheckResult, LeveledBadgeResult, LevelResult, ProjectEvaluation } from './result';

/**
 * The badges of one project, in the order of the text they were read from, at `now`, any ISO 8601 time: that of the demand
 * that the facts were fetched for. Same input, same result.
 */
export function evaluateProject(definition: LevelsDefinition, facts: ProjectFacts, now: string): ProjectEvaluation {
  const { path, webUrl } = facts.project;
  const context = { now, personalEmailDomains: definition.personalEmailDomains };
  return { project: path, webUrl, badges: evaluateBadges(definition, (check) => evaluateCheck(check, facts, context)) };
}

/** The badges of a project of which nothing could be read: all of them unknown. */
export function unreachableProject(definition: LevelsDefinition, path: string, webUrl: string, reason: string): ProjectEvaluation {
  return { project: path, webUrl, badges: evaluateBadges(definition, (check) => unknownCheck(check, reason)), reason };
}

function evaluateBadges(definition: LevelsDefinition, evaluate: (check: CheckDefinition) => CheckResult): readonly LeveledBadgeResult[] {
  const badges = definition.badges.map((badge) => ({ make: () => evaluateBadge(badge, evaluate), start: badge.range.start }));
  const broken = definition.broken.map(({ value, range }) => ({ make: (number: number) => brokenBadge(value ?? `(badge ${number})`), start: range?.start ?? Infinity }));
  return [...badges, ...broken].sort((a, b) => (a.start === b.start ? 0 : a.start - b.start)).map(({ make }, index) => make(index + 1));
}

function evaluateBadge(badge: LeveledBadgeDefinition, evaluate: (check: CheckDefinition) => CheckResult): LeveledBadgeResult {
  const levels: LevelResult[] = [];
  for (const { name, description, svgUrl, notNecessaryForNextHigherLevel, checks } of badge.levels) {
    const results = checks.map(evaluate);
    const own = allOf(results.map(({ outcome }) => (outcome === 'unknown' ? null : outcome === 'pass')));
    const lower = levels.filter((level) => !level.notNecessaryForNextHigherLevel).map((level) => level.reached);
    levels.push({ name, description, svgUrl, notNecessaryForNextHigherLevel, reached: allOf([own, ...lower]), checks: results });
  }
  const level = levels[reachedIndex(levels)]?.name ?? null;
  const open = levels.some(({ reached }) => reached === null);
  const status: BadgeStatus = level !== null ? 'reached' : open ? 'unknown' : 'not_reached';
  const reasons = new Set(levels.filter(({ reached }) => reached === null).flatMap(({ checks }) => checks.flatMap(({ reason }) => reason ?? [])));
  const result = { id: badge.id, description: badge.description, level, status, levels };
  return { ...result, summary: badgeSummary(result), ...(reasons.size > 0 && { reason: [...reasons].join('; ') }) };
}

/** A badge that is left out of the definition since something in it is wrong. */
function brokenBadge(id: string): LeveledBadgeResult {
  const reason = 'its entry in the configuration is wrong: mend what is reported there';
  return { id, description: null, level: null, status: 'unknown', levels: [], summary: `could not be determined: ${reason}`, reason };
}

/** Whether all hold: one that does not decides, else one that is unknown (null). */
function allOf(parts: readonly (boolean | null)[]): boolean | null {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}
