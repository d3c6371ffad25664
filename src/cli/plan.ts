import { makePlan, type PlanPorts } from '../app/plan';
import { planText } from '../app/planText';
import type { Plan, PlanRequest } from '../app/publishPlan';
import { maxConfigBytes } from '../app/loadConfig';
import { atPosition } from '../config/position';
import type { FileProblem, Severity } from '../core/problem';
import type { Range } from '../core/problem';
import { type ExitCode, exitCodes, UsageError } from './exitCodes';
import { printable, problemLine } from './output';
import type { PublishOptions } from './publishOptions';
import { planReport } from './publishReport';
import { openPublishing, type Publishing } from './publishing';
import type { Surroundings } from './surroundings';

/** Runs `badgesmith plan`. Rejects when interrupted, with UsageError, and for bugs. */
export async function plan(options: PublishOptions, surroundings: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const made = await prepare(options, surroundings, signal);
  if (made === null) return exitCodes.usage;
  surroundings.stdout.write(options.json ? planReport(made.plan, made.ports.connection.requests) : `${textOf(made.plan)}\n`);
  return exitCodeOfPlan(made.plan, made.publishing);
}

interface Prepared {
  readonly publishing: Publishing;
  readonly ports: PlanPorts;
  readonly plan: Plan;
}

/** Reads the configuration, plans, and tells what is wrong on standard error. Null where the configuration cannot be read as a whole. */
export async function prepare(options: PublishOptions, surroundings: Surroundings, signal: AbortSignal): Promise<Prepared | null> {
  const publishing = await openPublishing(options, surroundings, signal);
  const { config } = publishing;
  if (config.unreadable) return null;
  const { publish } = config.definition;
  if (!publish) {
    const where = config.file === null ? 'There is no configuration file' : `${config.file} has no section “publish”`;
    throw new UsageError(`${where}, so there is nothing to compare GitLab with. badgesmith import writes the badges that GitLab shows into one.`);
  }
  const { connection, project, tokenKind } = await publishing.connect();
  const ports = { connection, tokenKind, now: surroundings.now };
  const request: PlanRequest = { project, publish, ...(options.prune && { prune: true }) };
  const made = await makePlan(ports, request, signal);
  await tellAbout(made, publishing, surroundings);
  return { publishing, ports, plan: made };
}

export function textOf(made: Plan): string {
  return planText(made).split('\n').map(printable).join('\n');
}

export function exitCodeOfPlan({ unusable, failures }: Plan, { config }: Publishing): ExitCode {
  if (unusable !== null) return exitCodes.noGitLab;
  return failures.length > 0 || config.problems.some(({ severity }) => severity === 'error') ? exitCodes.incomplete : exitCodes.done;
}

/** Failures and warnings at their place in the configuration, and obstacles. */
export async function tellAbout(made: Plan, { folder, config, log }: Publishing, { stderr }: Surroundings): Promise<void> {
  if (made.unusable !== null) return log.warn(made.unusable);
  const text = config.file === null ? null : await folder.readText(config.file, maxConfigBytes);
  const tell = (severity: Severity, code: string, message: string, range: Range | undefined) => {
    if (range === undefined || text === null || config.file === null) return severity === 'error' ? log.warn(message) : log.info(message);
    const problem: FileProblem = atPosition({ code, severity, message, range }, text, config.file);
    stderr.write(`${problemLine(problem)}\n`);
  };
  for (const { reason, range } of made.failures) tell('error', 'not-planned', reason, range);
  for (const { obstacle, wanted } of made.targets) if (obstacle !== null) tell('warning', 'not-allowed', obstacle, wanted.range);
  for (const { name, message, range } of made.warnings) tell('warning', 'publish', name === null ? message : `${name}: ${message}`, range);
}
