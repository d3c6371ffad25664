import { assertNever } from '../assertNever';
import { measureBusFactor } from './checks/busFactor';
import { measureCodeReview } from './checks/codeReview';
import { measureCommits } from './checks/commits';
import { measureElephantFactor } from './checks/elephantFactor';
import { measureIssueReactionTime } from './checks/issueReactionTime';
import { measureDecision } from './checks/manual';
import { measurePackages } from './checks/packages';
import { measurePipelines } from './checks/pipelines';
import { measureProtection } from './checks/protectedBranches';
import { measureReleases } from './checks/releases';
import { measureSubsequentUse } from './checks/subsequentUse';
import type { CheckDefinition } from './definition';
import type { ProjectFacts } from './facts';
import { judge, type CheckContext, type Measurement } from './measurement';
import { rangeStart } from './range';
import type { CheckResult } from './result';

/** The outcome of one check. */
export function evaluateCheck(check: CheckDefinition, facts: ProjectFacts, context: CheckContext): CheckResult {
  return checker(facts, context)(check);
}

/** Evaluates checks of one project; checks that differ in their bounds alone are measured once. */
export function checker(facts: ProjectFacts, context: CheckContext): (check: CheckDefinition) => CheckResult {
  const measured = new Map<string, Measurement>();
  return (check) => {
    const key = JSON.stringify([check.type, check.threshold.timeRangeInMonths, check.decisionJsonUrl]);
    const measurement = measured.get(key) ?? measure(check, facts, context);
    measured.set(key, measurement);
    return judge(check, measurement);
  };
}

function measure(check: CheckDefinition, facts: ProjectFacts, context: CheckContext): Measurement {
  const range = { from: rangeStart(check.threshold.timeRangeInMonths, context.now), to: new Date(context.now).toISOString() };
  switch (check.type) {
    case 'COMMITS':
      return measureCommits(range, facts);
    case 'ISSUE_REACTION_TIME':
      return measureIssueReactionTime(range, facts);
    case 'BUS_FACTOR':
      return measureBusFactor(range, facts);
    case 'ELEPHANT_FACTOR':
      return measureElephantFactor(range, facts, context);
    case 'RELEASES':
      return measureReleases(range, facts);
    case 'PACKAGES':
      return measurePackages(range, facts);
    case 'CI_PIPELINES':
      return measurePipelines(range, facts);
    case 'SUBSEQUENT_USE':
      return measureSubsequentUse(facts);
    case 'CODE_REVIEW':
      return measureCodeReview(range, facts);
    case 'PROTECTED_BRANCHES':
      return measureProtection(facts);
    case 'MANUAL':
      return measureDecision(check, facts);
    default:
      return assertNever(check.type);
  }
}
