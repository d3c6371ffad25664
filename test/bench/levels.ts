import { readLevelsConfig } from '../../src/config/levelsFile';
import { annotate } from '../../src/core/levels/annotate';
import { coversCheck } from '../../src/core/levels/covers';
import { checkTypes } from '../../src/core/levels/definition';
import { demandOf } from '../../src/core/levels/demand';
import { evaluateProject } from '../../src/core/levels/evaluate';
import { placeResults } from '../../src/core/levels/place';
import { action, all, comment, commit, daysAgo, issue, issues, known, mergeRequest, monthAgo, now, project, release, tag, times } from '../core/levels/builders';

interface LevelsFigures {
  readonly badges: number;
  readonly checks: number;
  readonly commits: number;
  readonly issues: number;
  /** Milliseconds from a text to the outcome beside each of its lines: the first time that the facts are judged. */
  readonly firstMs: number;
  /** Milliseconds: the median of later ones, each after an edit of the thresholds. */
  readonly againMs: number;
}

/** What an editor does after an edit of a large configuration whose ranges go from one month to twelve, with the facts of a busy project at hand. */
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
  const check = (row: number, column: number, place: number, edit: number) =>
    `          - { type: ${types[(row + column + place * 3) % types.length] ?? ''}, threshold: { timeRangeInMonths: ${1 + ((row + column) % 12)}, min: ${column + edit} } }\n`;
  const level = (row: number, column: number, edit: number) => `      - name: level ${column}\n        checks:\n${times(3, (place) => check(row, column, place, edit)).join('')}`;
  const edited = (edit: number) => `badges:\n${times(10, (row) => `  - id: badge ${row}\n    levels:\n${times(5, (column) => level(row, column, edit)).join('')}`).join('')}`;
  const read = (text: string) => readLevelsConfig(text).definition ?? unreadable();
  const demand = demandOf(read(edited(0)).badges, now);
  const durations = times(12, (edit) => {
    const text = edited(edit);
    const start = performance.now();
    const definition = read(text);
    const placed = placeResults(definition, evaluateProject(definition, facts, now), (each) => (coversCheck(demand, each) ? null : 'facts'));
    if (annotate(placed).length !== 10 + 50 + 150) throw new Error('Not every badge, level and check has an outcome.');
    return performance.now() - start;
  });
  const [firstMs = NaN, ...others] = durations;
  const againMs = others.sort((a, b) => a - b)[others.length >> 1] ?? NaN;
  return { badges: 10, checks: 150, commits, issues: opened, firstMs, againMs };
}

function unreadable(): never {
  throw new Error('The configuration of the bench is broken.');
}
