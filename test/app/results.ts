import { openFolder } from '../../src/app/diskFolder';
import { type GroupRun, type ProjectResult, ResultFolder } from '../../src/app/resultFolder';
import type { LevelsDefinition } from '../../src/core/levels/definition';
import type { CheckResult, LeveledBadgeResult, LevelResult, Outcome, ProjectEvaluation } from '../../src/core/levels/result';
import type { TempFolder } from './tempFolder';

export const now = '2026-03-05T10:00:00.000Z';

export function definition(more: Partial<LevelsDefinition> = {}): LevelsDefinition {
  return { gitClients: [], badges: [], broken: [], personalEmailDomains: [], remoteConfigUrl: null, subsequentUseApiDomain: null, ...more };
}

export function run(more: Partial<GroupRun> = {}): GroupRun {
  return { version: '1.2.3', server: 'https://gitlab.example.com', now, definition: 'a'.repeat(64), group: 'acme', recursive: true, shard: { index: 1, total: 1 }, places: { uri: '.badge-api.yaml', badges: [] }, projects: [], requests: 0, ...more };
}

export function check(outcome: Outcome, more: Partial<CheckResult> = {}): CheckResult {
  return {
    type: 'COMMITS',
    description: null,
    outcome,
    value: outcome === 'unknown' ? null : 3,
    atLeast: false,
    unit: 'commits',
    threshold: { timeRangeInMonths: 6, min: 5, max: null },
    range: { from: '2025-09-05T10:00:00.000Z', to: now },
    sample: 3,
    evidence: [{ text: '3 commits on the default branch', url: 'https://gitlab.example.com/acme/shop/-/commits' }],
    summary: '3 commits since 5 September 2025, needs 5',
    ...(outcome === 'unknown' && { reason: 'GitLab answered 403' }),
    ...more,
  };
}

/** Levels bronze, silver, gold, the lowest of them reached as the list says. */
export function badge(id: string, reached: readonly (boolean | null)[] = [true, false]): LeveledBadgeResult {
  const names = ['bronze', 'silver', 'gold'];
  const levels = reached.map((each, index): LevelResult => ({
    name: names[index] ?? '',
    description: null,
    svgUrl: null,
    notNecessaryForNextHigherLevel: false,
    reached: each,
    checks: [check(each === null ? 'unknown' : each ? 'pass' : 'fail')],
  }));
  const level = levels.filter((each) => each.reached).at(-1)?.name ?? null;
  const open = reached.includes(null);
  return { id, description: null, level, status: level !== null ? 'reached' : open ? 'unknown' : 'not_reached', levels, summary: level ?? 'not reached', ...(open && { reason: 'GitLab answered 403' }) };
}

export function evaluation(project: string, ...badges: LeveledBadgeResult[]): ProjectEvaluation {
  return { project, webUrl: `https://gitlab.example.com/${project}`, badges };
}

export function result(id: number, path: string, more: Partial<ProjectResult> = {}): ProjectResult {
  return { id, archived: false, failures: [], evaluation: evaluation(path, badge('maintained')), ...more };
}

export function resultFolder(temp: TempFolder, path: string): ResultFolder {
  return new ResultFolder(openFolder(temp.root), path);
}
