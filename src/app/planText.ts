import { differences, writes, type BadgeRecord, type Change } from '../core/plan';
import type { Plan, PlannedTarget } from './publishPlan';

/** The plan for people: by target what would change, with old and new values, and the reason of each. Ends without a line break. */
export function planText(plan: Plan): string {
  const parts = [
    ...plan.targets.map(targetText),
    ...plan.failures.map(({ target, reason }) => `${target.scope} ${target.path}: not planned\n  ! ${reason}`),
  ];
  return parts.length > 0 ? parts.join('\n\n') : 'There is nothing to plan.';
}

/** `2 to create, 1 to update, 3 stay` */
export function planSummary(changes: readonly Change[]): string {
  const counts = ([['create', 'to create'], ['update', 'to update'], ['delete', 'to delete'], ['keep', 'stay']] as const).flatMap(([action, words]) => {
    const count = changes.filter((change) => change.action === action).length;
    return count > 0 ? [`${count} ${words}`] : [];
  });
  return counts.length > 0 ? counts.join(', ') : 'no badges';
}

/** What a badge is called, in one line. */
export function badgeName({ name }: Pick<BadgeRecord, 'name'>): string {
  return name === null ? '(no name)' : name.replace(/[\r\n\u2028\u2029]+/g, ' ');
}

function targetText({ target, changes, obstacle }: PlannedTarget): string {
  return [
    `${target.scope} ${target.path}: ${planSummary(changes)}`,
    ...(obstacle === null ? [] : [`  ! ${obstacle}`]),
    ...changes.filter(writes).map(changeText),
    ...changes.filter((change) => !writes(change)).map((change) => `  = ${badgeName(change)}: ${change.reason}`),
  ].join('\n');
}

function changeText(change: Exclude<Change, { action: 'keep' }>): string {
  const title = `${badgeName(change)}: ${change.reason}`;
  switch (change.action) {
    case 'create':
      return `  + ${title}\n      link   ${change.after.link_url}\n      image  ${change.after.image_url}`;
    case 'delete':
      return `  - ${title}\n      link   ${change.before.link_url}\n      image  ${change.before.image_url}`;
    case 'update':
      return [`  ~ ${title}`, ...differences(change.before, change.after).map((field) => `      ${labels[field]}  - ${valueOf(change.before, field)}\n             + ${valueOf(change.after, field)}`)].join('\n');
  }
}

function valueOf(record: BadgeRecord, field: keyof BadgeRecord): string {
  return field === 'name' ? badgeName(record) : record[field];
}

const labels: Record<keyof BadgeRecord, string> = { name: 'name ', link_url: 'link ', image_url: 'image' };
