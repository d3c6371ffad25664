import type { CheckDefinition, CheckType, LevelDefinition, Threshold } from '../core/levels/definition';
import type { Problem, Range, Severity } from '../core/problem';
import { nodeAtPath, propertyOf } from './tree';
import type { ObjectNode } from './tree';
import { quoted } from './words';

/*
 * What is wrong with the levels of a badge although each value by itself is allowed. An error means that the badge could
 * only be evaluated to something that nobody meant.
 */

interface CheckReading {
  readonly definition: CheckDefinition;
  readonly node: ObjectNode;
}

export interface LevelReading {
  readonly definition: LevelDefinition;
  readonly node: ObjectNode;
  /** Those that are sound. */
  readonly checks: readonly CheckReading[];
}

/** What each check says by itself. */
export function judgeChecks(checks: readonly CheckReading[]): readonly Problem[] {
  return checks.flatMap((check) => (check.definition.type === 'MANUAL' ? judgeManual(check) : judgeMeasured(check)));
}

/** What the levels of one badge, lowest first, say together. */
export function judgeLevels(levels: readonly LevelReading[]): readonly Problem[] {
  return levels.flatMap((level, index) => {
    const lower = levels.slice(0, index);
    return [...withoutChecks(level), ...sameName(level, lower), ...level.checks.flatMap((check) => easierThan(level, check, lower))];
  });
}

function judgeManual({ definition, node }: CheckReading): readonly Problem[] {
  if (definition.decisionJsonUrl === null) {
    return [problem('missing-key', 'error', 'MANUAL needs “decisionJsonUrl”: the URL of the JSON file that says which projects pass.', valueRange(node, 'type'))];
  }
  const threshold = propertyOf(node, 'threshold');
  return threshold ? [problem('unused-key', 'warning', 'A threshold has no effect on MANUAL: the JSON file alone decides.', threshold.keyRange)] : [];
}

function judgeMeasured({ definition, node }: CheckReading): readonly Problem[] {
  const { type, threshold } = definition;
  const problems: Problem[] = [];
  const decision = propertyOf(node, 'decisionJsonUrl');
  if (decision) problems.push(problem('unused-key', 'warning', `“decisionJsonUrl” has no effect on ${type}: only MANUAL reads it.`, decision.keyRange));
  return [...problems, ...judgeBounds(type, threshold, node)];
}

function judgeBounds(type: CheckType, { min, max }: Threshold, node: ObjectNode): readonly Problem[] {
  const usual = type === 'ISSUE_REACTION_TIME' ? 'max' : 'min';
  if (min === null && max === null) {
    const at = propertyOf(node, 'threshold')?.keyRange ?? valueRange(node, 'type');
    return [problem('no-bound', 'error', `Without “${usual}” in its threshold nothing decides whether ${type} passes.`, at)];
  }
  if (min !== null && max !== null && min > max) {
    return [problem('never-passes', 'error', `No value passes: “min” is ${min} and “max” only ${max}.`, valueRange(node, 'threshold', 'min'))];
  }
  if (min !== null && max !== null && !canLieBetween(type, min, max)) {
    const values = type === 'PROTECTED_BRANCHES' ? `${accessLevels.slice(0, -1).join(', ')} or ${accessLevels.at(-1)}` : 'a whole number';
    return [problem('never-passes', 'warning', `No project passes: ${type} is ${values}, and none of those lies from ${min} to ${max}.`, valueRange(node, 'threshold', 'min'))];
  }
  const highest = highestValues[type];
  if (min !== null && highest !== undefined && min > highest) {
    return [problem('never-passes', 'warning', `No project passes: ${type} is at most ${highest}.`, valueRange(node, 'threshold', 'min'))];
  }
  if (usual === 'max' && max === null) {
    return [problem('unlikely-bound', 'warning', `With “min” alone ${type} passes for slow reactions and fails for quick ones: use “max”.`, boundKey(node, 'min'))];
  }
  if (usual === 'min' && min === null) {
    return [problem('unlikely-bound', 'warning', `With “max” alone ${type} passes for few and fails for many: use “min”.`, boundKey(node, 'max'))];
  }
  return [];
}

function canLieBetween(type: CheckType, min: number, max: number): boolean {
  if (type === 'PROTECTED_BRANCHES') return accessLevels.some((level) => min <= level && level <= max);
  return type === 'ISSUE_REACTION_TIME' || type === 'CODE_REVIEW' || Math.ceil(min) <= max;
}

/** Those that may push to a protected branch: https://docs.gitlab.com/api/protected_branches/; 100 stands for no one. */
const accessLevels = [0, 30, 40, 60, 100];

/** Of the types whose values have an end. */
const highestValues: Partial<Record<CheckType, number>> = { CODE_REVIEW: 100, PROTECTED_BRANCHES: 100 };

function withoutChecks({ definition, node }: LevelReading): readonly Problem[] {
  const checks = propertyOf(node, 'checks')?.value;
  if (checks?.type !== 'array' || checks.items.length > 0) return [];
  return [problem('no-checks', 'warning', `Nothing is checked for ${quoted(definition.name)}: every project that has the lower levels reaches it.`, checks.range)];
}

function sameName({ definition, node }: LevelReading, lower: readonly LevelReading[]): readonly Problem[] {
  if (definition.name === '' || !lower.some((other) => other.definition.name === definition.name)) return [];
  return [problem('duplicate-name', 'warning', `A lower level of this badge is named ${quoted(definition.name)}, too: nobody can tell which of the two is reached.`, valueRange(node, 'name'))];
}

/** Where a check asks for less than one of the same type and range in a lower level; the nearest of those is named. */
function easierThan(level: LevelReading, check: CheckReading, lower: readonly LevelReading[]): readonly Problem[] {
  const { type, threshold } = check.definition;
  for (const other of [...lower].reverse()) {
    for (const { definition } of other.checks) {
      if (definition.type !== type || definition.threshold.timeRangeInMonths !== threshold.timeRangeInMonths) continue;
      const bound = easierBound(threshold, definition.threshold);
      if (bound === null) continue;
      const message = `${quoted(level.definition.name)} asks for less than ${quoted(other.definition.name)} below it: ${type} with “${bound}” ${threshold[bound]} here and ${definition.threshold[bound]} there. Levels stand from the lowest to the highest.`;
      return [problem('levels-out-of-order', 'warning', message, valueRange(check.node, 'threshold', bound))];
    }
  }
  return [];
}

function easierBound(higher: Threshold, lower: Threshold): 'min' | 'max' | null {
  if (higher.min !== null && lower.min !== null && higher.min < lower.min) return 'min';
  if (higher.max !== null && lower.max !== null && higher.max > lower.max) return 'max';
  return null;
}

function valueRange(node: ObjectNode, ...path: readonly string[]): Range {
  return nodeAtPath(node, path)?.range ?? node.range;
}

function boundKey(node: ObjectNode, bound: 'min' | 'max'): Range {
  const threshold = propertyOf(node, 'threshold')?.value;
  return (threshold?.type === 'object' ? propertyOf(threshold, bound)?.keyRange : undefined) ?? node.range;
}

function problem(code: string, severity: Severity, message: string, range: Range): Problem {
  return { code, severity, message, range };
}
