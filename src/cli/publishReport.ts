import type { AppliedChange } from '../app/apply';
import type { Import } from '../app/importBadges';
import type { Plan } from '../app/publishPlan';
import type { BadgeRecord, Change, Target } from '../core/plan';

/** The document of `plan --json`. */
export function planReport(plan: Plan, requests: number): string {
  return document({ changes: plan.changes.map(changeJson), ...besides(plan), requests });
}

/** The document of `apply --json`: that of the plan, with what became of each change. */
export function applyReport(plan: Plan, results: readonly AppliedChange[], requests: number): string {
  const changes = results.map(({ change, result, reason }) => ({ ...changeJson(change), reason: result === 'done' ? change.reason : reason, result }));
  return document({ changes, ...besides(plan), requests });
}

/** The document of `import --json`. */
export function importReport(file: string, status: 'written' | 'unchanged' | 'failed', { imported, skipped, failures }: Import, requests: number): string {
  return document({
    file,
    status,
    imported: imported.map(({ target, badge }) => ({ ...targetJson(target), ...recordJson(badge) })),
    skipped: skipped.map(({ target, badge, reason }) => ({ ...targetJson(target), name: badge.name, reason })),
    failures: failures.map(({ target, reason }) => ({ ...targetJson(target), reason })),
    requests,
  });
}

function changeJson(change: Change) {
  const { action, scope, target, name, reason } = change;
  return {
    action,
    scope,
    target,
    name,
    ...('before' in change && { before: recordJson(change.before) }),
    ...('after' in change && { after: recordJson(change.after) }),
    reason,
  };
}

function besides({ failures, warnings, targets }: Plan) {
  const obstacles = targets.flatMap(({ target, obstacle }) => (obstacle === null ? [] : [{ ...targetJson(target), name: null, message: obstacle }]));
  return {
    failures: failures.map(({ target, reason }) => ({ ...targetJson(target), reason })),
    warnings: [...obstacles, ...warnings.map(({ target, name, message }) => ({ ...targetJson(target), name, message }))],
  };
}

function targetJson({ scope, path }: Target) {
  return { scope, target: path };
}

function recordJson({ name, link_url, image_url }: BadgeRecord): BadgeRecord {
  return { name, link_url, image_url };
}

function document(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
