import { checkTypes, type CheckType } from '../../src/core/levels/definition';
import { evaluateProject } from '../../src/core/levels/evaluate';
import { action, all, badge, check, comment, commit, daysAgo, definition, issue, issues, known, level, mergeRequest, monthAgo, now, project, release, tag, times } from '../core/levels/builders';

export interface LevelsFigures {
  readonly badges: number;
  readonly checks: number;
  readonly commits: number;
  readonly issues: number;
  /** Milliseconds: the first evaluation of the facts. */
  readonly firstMs: number;
  /** Milliseconds: the median of later ones, as after each edit of a threshold. */
  readonly againMs: number;
}

/** Judges the facts of a busy project by a large definition whose ranges go from one month to twelve; no requests. */
export function benchLevels(): LevelsFigures {
  const commits = 10_000;
  const opened = 1_000;
  const facts = project({
    commits: all(times(commits, (index) => commit(`dev${index % 211}@org${index % 37}.example`, daysAgo((index * 360) / commits).replace('Z', '+00:00')))),
    issues: issues(times(opened, (index) => {
      const at = (index * 360) / opened;
      const events = times(5, (event) => (event % 2 === 0 ? comment : action)(daysAgo(at - event / 10), `dev${(index + event) % 53}`));
      return issue(index, daysAgo(at), `user${index % 400}`, events);
    })),
    members: known(new Map(times(30, (index) => [`dev${index}`, 40]))),
    commitAuthorship: all(times(commits, (index) => ({ at: daysAgo((index * 360) / commits), username: `dev${index % 211}` }))),
    releases: all(times(100, (index) => release(`v${index}`, daysAgo(index), 1))),
    tags: all(times(100, (index) => tag(`v${index}`, daysAgo(index), true))),
    packages: all([]),
    images: all([]),
    pipelines: new Map([[monthAgo, known({ successful: 100, all: 200 })]]),
    mergeRequests: all(times(1_000, (index) => mergeRequest(index, { at: daysAgo((index * 360) / 1_000) }))),
    protection: known({ defaultBranch: 'main', rules: [] }),
    subsequentUse: known([]),
  });
  const types = checkTypes.filter((type) => type !== 'MANUAL');
  const edited = (edit: number) =>
    definition(times(10, (row) => badge(`badge ${row}`, times(5, (column) => {
      const checks = times(3, (place) => check(types[(row + column + place * 3) % types.length] as CheckType, { months: 1 + ((row + column) % 12), min: column + edit }));
      return level(`level ${column}`, checks);
    }))));
  const durations = times(12, (edit) => {
    const text = edited(edit);
    const start = performance.now();
    evaluateProject(text, facts, now);
    return performance.now() - start;
  });
  const [firstMs = NaN, ...others] = durations;
  const againMs = others.sort((a, b) => a - b)[others.length >> 1] ?? NaN;
  return { badges: 10, checks: 150, commits, issues: opened, firstMs, againMs };
}
