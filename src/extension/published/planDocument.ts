import type { AppliedChange } from '../../app/apply';
import { badgeName, planSummary } from '../../app/planText';
import type { Plan, PlannedTarget } from '../../app/publishPlan';
import type { BadgeRecord, Change } from '../../core/plan';
import type { FileProblem } from '../../core/problem';

/** Two texts to be compared: what GitLab shows now, and would show after a push. */
interface PlanDocument {
  readonly now: string;
  readonly then: string;
}

/**
 * The plan as two texts that differ only where badges do: each badge has a line with its sign, name and reason in both, so that
 * a comparison aligns them.
 */
export function planDocument(plan: Plan, problems: readonly FileProblem[]): PlanDocument {
  const remarks = remarksOf(plan, problems);
  const head = remarks.flatMap((remark) => [...wrapped(`! ${remark}`, '  '), '']);
  const side = (which: Side) => [...head, ...plan.targets.flatMap((target) => [...targetLines(target, which), ''])].join('\n');
  return { now: side('now'), then: side('then') };
}

/** What a reader of the plan should know besides: what is left out, what is wrong, what would be seen. */
export function remarksOf({ failures, warnings, targets, unusable }: Plan, problems: readonly FileProblem[]): readonly string[] {
  return [
    ...(unusable === null ? [] : [unusable]),
    ...problems.filter(({ severity }) => severity === 'error').map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`),
    ...failures.filter(({ reason }) => reason !== unusable).map(({ target, reason }) => `${target.scope} ${target.path} is left out: ${reason}`),
    ...targets.flatMap(({ obstacle }) => (obstacle === null ? [] : [obstacle])),
    ...warnings.map(({ name, message }) => (name === null ? message : `${name}: ${message}`)),
  ].map(oneLine);
}

/** A change in one line, with its reason. */
export function changeLine(change: Change): string {
  return oneLine(`${signs[change.action]} ${badgeName(change)}: ${change.reason}`);
}

/** What became of each change of a push, by target. */
export function resultText(results: readonly AppliedChange[]): string {
  const lines: string[] = [];
  let before = '';
  for (const { change, result, reason } of results) {
    const target = `${change.scope} ${change.target}`;
    if (target !== before) lines.push(...(before === '' ? [] : ['']), target, '');
    before = target;
    const word = change.action === 'keep' && result === 'done' ? 'stays  ' : resultWords[result];
    lines.push(oneLine(`  ${word}  ${signs[change.action]} ${badgeName(change)}: ${reason}`));
  }
  return `${lines.join('\n')}\n`;
}

type Side = 'now' | 'then';

const signs: Record<Change['action'], string> = { create: '+', update: '~', delete: '-', keep: '=' };

const resultWords: Record<AppliedChange['result'], string> = { done: 'done   ', failed: 'failed ', skipped: 'skipped' };

function targetLines({ target, changes }: PlannedTarget, side: Side): readonly string[] {
  return [
    `${target.scope} ${target.path}`,
    ...wrapped(`  ${planSummary(changes)}`, '  '),
    ...changes.flatMap((change) => ['', ...wrapped(`  ${changeLine(change)}`, '    '), ...recordLines(recordOf(change, side))]),
  ];
}

function recordOf(change: Change, side: Side): BadgeRecord | null {
  if (side === 'now') return 'before' in change ? change.before : null;
  return 'after' in change ? change.after : null;
}

function recordLines(record: BadgeRecord | null): readonly string[] {
  if (record === null) return [];
  return [`      name   ${record.name ?? '(no name)'}`, `      link   ${record.link_url}`, `      image  ${record.image_url}`].map((line) => line.replace(/[\r\n]+/g, ' '));
}

/** What each side of a comparison shows of a line in a window of 1280 pixels beside an open view. */
const columns = 46;

/** Breaks a line between its words; a word that is longer stays whole. */
function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) /)) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent + word;
    } else line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]+/g, ' ').trimEnd();
}
