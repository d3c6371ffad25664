import { applyPlan, type AppliedChange } from '../app/apply';
import { badgeName, planSummary } from '../app/planText';
import { pushable, type Plan } from '../app/publishPlan';
import { writes } from '../core/plan';
import { type ExitCode, exitCodes, UsageError } from './exitCodes';
import { printable } from './output';
import { exitCodeOfPlan, prepare, tellAbout, textOf } from './plan';
import type { PublishOptions } from './publishOptions';
import { applyReport, planReport } from './publishReport';
import type { Surroundings } from './surroundings';

/** GitLab may change while it is asked; a configuration that is pushed from two places at once never comes to rest. */
const maxReplans = 3;

/** Runs `badgesmith apply`. Rejects when interrupted before anything was written, with UsageError, and for bugs. */
export async function apply(options: PublishOptions, surroundings: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const { stdout, stderr, confirm } = surroundings;
  if (!options.yes && !confirm) throw new UsageError('apply writes to GitLab: on a terminal it asks first, elsewhere it needs --yes. badgesmith plan shows what it would do.');
  const prepared = await prepare(options, surroundings, signal);
  if (prepared === null) return exitCodes.usage;
  const { publishing, ports } = prepared;
  let shown = prepared.plan;
  if (shown.unusable !== null) {
    if (options.json) stdout.write(planReport(shown, ports.connection.requests));
    return exitCodes.noGitLab;
  }

  for (let replans = 0; ; replans++) {
    // With --json standard output is for the document alone.
    (options.json ? stderr : stdout).write(`${textOf(shown)}\n`);
    const changes = pushable(shown);
    if (!options.yes && changes.length > 0 && !(await confirm?.(`Make these changes on ${ports.connection.instance} (${planSummary(changes)})?`, signal))) {
      if (options.json) stdout.write(applyReport(shown, untouched(shown, 'not wanted'), ports.connection.requests));
      publishing.log.info('Nothing was changed.');
      return exitCodes.incomplete;
    }
    const outcome = await applyPlan(ports, shown, signal, (done, total, applied) => publishing.log.info(`${done}/${total} ${lineOf(applied)}`));
    if (outcome.status === 'applied') return finish(shown, outcome.results);
    publishing.log.warn('The badges on GitLab have changed meanwhile, so nothing was written yet. This is the plan now:');
    shown = outcome.plan;
    await tellAbout(shown, publishing, surroundings);
    if (replans === maxReplans) {
      publishing.log.warn('The badges on GitLab change all the time: something else writes them, too. Find out what, and run this again.');
      if (options.json) stdout.write(applyReport(shown, untouched(shown, 'GitLab changes all the time'), ports.connection.requests));
      return exitCodes.incomplete;
    }
  }

  function finish(plan: Plan, results: readonly AppliedChange[]): ExitCode {
    if (options.json) stdout.write(applyReport(plan, results, ports.connection.requests));
    const open = results.filter(({ result }) => result !== 'done').length;
    const changed = results.filter(({ change, result }) => writes(change) && result === 'done').length;
    publishing.log.info(`${changed} changed${open > 0 ? `, ${open} not: run this again once the reason is gone` : ''}.`);
    if (signal.aborted) return exitCodes.interrupted;
    return open > 0 ? exitCodes.incomplete : exitCodeOfPlan(plan, publishing);
  }
}

function untouched(plan: Plan, reason: string): readonly AppliedChange[] {
  return plan.changes.map((change) => (writes(change) ? { change, result: 'skipped', reason } : { change, result: 'done', reason: change.reason }));
}

function lineOf({ change, result, reason }: AppliedChange): string {
  return printable(`${result}: ${change.scope} ${change.target}, ${badgeName(change)}: ${reason}`);
}
