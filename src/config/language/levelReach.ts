import type { CheckDefinition, LevelDefinition, LeveledBadgeDefinition } from '../../core/levels/definition';
import type { Problem } from '../../core/problem';
import { propertyOf, type ObjectNode } from '../tree';
import { quoted } from '../words';

/**
 * Levels that no project can have as its result: because checks of it and of the lower levels it needs exclude each other, or
 * because every project that reaches it also reaches a higher one.
 */
export function judgeReach(badge: LeveledBadgeDefinition, levelNodes: readonly ObjectNode[]): readonly Problem[] {
  const problems: Problem[] = [];
  badge.levels.forEach((level, index) => {
    const node = levelNodes[index];
    const range = (node && propertyOf(node, 'name')?.value.range) ?? level.range;
    const needed = [...badge.levels.slice(0, index).filter((lower) => !lower.notNecessaryForNextHigherLevel), level];
    const contradiction = contradictionIn(needed);
    if (contradiction) {
      const [upper, lower] = contradiction;
      const message = `No project reaches ${quoted(level.name)}: ${upper.level === lower.level ? 'it asks' : `it needs ${quoted(upper.level === level.name ? lower.level : upper.level)}, and together they ask`} for ${upper.type} of at most ${upper.bound} and at least ${lower.bound}.`;
      problems.push({ code: 'unreachable-level', severity: 'warning', message, range });
      return;
    }
    const given = needed.flatMap(({ checks }) => checks);
    const higher = badge.levels.slice(index + 1).find((candidate, offset) => {
      const between = badge.levels.slice(index + 1, index + 1 + offset).filter((lower) => !lower.notNecessaryForNextHigherLevel);
      const further = [...between, candidate].flatMap(({ checks }) => checks);
      // Levels that check nothing, or less, are told of by themselves.
      return further.length > 0 && further.every((check) => given.some((own) => isSame(own, check)));
    });
    if (!higher) return;
    problems.push({ code: 'unreachable-level', severity: 'warning', message: `Every project that reaches ${quoted(level.name)} reaches ${quoted(higher.name)}, too, so the badge never says ${quoted(level.name)}.`, range });
  });
  return problems;
}

interface Bound {
  readonly level: string;
  readonly type: string;
  readonly bound: number;
}

/** An upper and a lower bound on one measured value that nothing can keep both. */
function contradictionIn(levels: readonly LevelDefinition[]): readonly [upper: Bound, lower: Bound] | null {
  const all = levels.flatMap((level) => level.checks.map((check) => ({ level: level.name, check })));
  for (const upper of all) {
    for (const lower of all) {
      const { min } = lower.check.threshold;
      const { max } = upper.check.threshold;
      if (upper === lower || max === null || min === null || min <= max || !sameValue(upper.check, lower.check)) continue;
      return [
        { level: upper.level, type: upper.check.type, bound: max },
        { level: lower.level, type: lower.check.type, bound: min },
      ];
    }
  }
  return null;
}

function isSame(a: CheckDefinition, b: CheckDefinition): boolean {
  return sameValue(a, b) && a.threshold.min === b.threshold.min && a.threshold.max === b.threshold.max && a.decisionJsonUrl === b.decisionJsonUrl;
}

function sameValue(a: CheckDefinition, b: CheckDefinition): boolean {
  return a.type === b.type && a.threshold.timeRangeInMonths === b.threshold.timeRangeInMonths;
}
