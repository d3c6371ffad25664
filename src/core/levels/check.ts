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
import { rangeStart, wholeSecond } from './range';
import type { CheckResult } from './result';

/** The outcome of one check. Checks of the same facts that differ in their bounds alone are measured once. */
export function evaluateCheck(check: CheckDefinition, facts: ProjectFacts, context: CheckContext): CheckResult {
  let measurements = measured.get(facts);
  if (!measurements) measured.set(facts, (measurements = new Map<string, Measurement>()));
  const domains = check.type === 'ELEPHANT_FACTOR' ? context.personalEmailDomains : [];
  const key = JSON.stringify([check.type, check.threshold.timeRangeInMonths, check.decisionJsonUrl, context.now, domains]);
  const measurement = measurements.get(key) ?? measure(check, facts, context);
  measurements.set(key, measurement);
  return judge(check, measurement);
}

/** Remembered as long as the facts are: while somebody edits a threshold, the same facts are judged at every keystroke. */
const measured = new WeakMap<ProjectFacts, Map<string, Measurement>>();

function measure(check: CheckDefinition, facts: ProjectFacts, context: CheckContext): Measurement {
  const range = { from: rangeStart(check.threshold.timeRangeInMonths, context.now), to: wholeSecond(context.now) };
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
