import assert from 'node:assert/strict';
import type { Plan } from '../../../src/app/publishPlan';
import { planBadges, type ExistingBadge } from '../../../src/core/plan';
import { planDocument, remarksOf, resultText } from '../../../src/extension/published/planDocument';

const target = { scope: 'project', path: 'acme/shop' } as const;
const badge = (name: string, image = `https://example.org/${name}.svg`) => ({ name, link_url: 'https://example.org', image_url: image });
const existing: readonly ExistingBadge[] = [{ id: 1, ...badge('pipeline') }, { id: 2, ...badge('coverage') }, { id: 3, ...badge('old') }];
const wanted = { badges: ['pipeline', 'coverage', 'new'].map((name) => ({ value: badge(name, name === 'coverage' ? 'https://example.org/other.svg' : undefined) })), broken: [], range: { start: 0, end: 0 } };
const changes = planBadges(target, wanted.badges.map(({ value }) => value), existing, { prune: true });
const plan: Plan = {
  request: { project: 'acme/shop', publish: { prune: true, project: wanted, groups: new Map() } },
  targets: [{ target, wanted, prune: true, changes, obstacle: null }],
  changes,
  failures: [],
  warnings: [],
  unusable: null,
  at: '2026-03-01T00:00:00.000Z',
};

describe('the document of a plan', () => {
  const { now, then } = planDocument(plan, []);

  it('gives each badge its line with the reason, in both texts', () => {
    const lines = ['  = pipeline: the same on GitLab', '  ~ coverage: image URL differs', '  + new: not on GitLab yet', '  - old: not in the configuration'];
    for (const text of [now, then]) assert.deepEqual(text.split('\n').filter((line) => /^ {2}[=~+-] /.test(line)), lines);
  });

  it('differs only where badges do', () => {
    const only = (text: string, other: string) => text.split('\n').filter((line) => !other.split('\n').includes(line));
    assert.deepEqual(only(now, then), ['      image  https://example.org/coverage.svg', '      name   old', '      image  https://example.org/old.svg']);
    assert.deepEqual(only(then, now), ['      image  https://example.org/other.svg', '      name   new', '      image  https://example.org/new.svg']);
  });

  it('says on top what is left out or wrong, in one line each', () => {
    const said: Plan = { ...plan, failures: [{ target: { scope: 'group', path: 'acme' }, why: 'not-found', reason: 'There is no group acme.', range: { start: 0, end: 0 } }], warnings: [{ target, name: 'new', message: 'The file is\nmissing.' }], targets: [{ ...plan.targets[0]!, obstacle: 'needs Maintainer' }] };
    const remarks = remarksOf(said, [{ file: 'b.yaml', line: 3, column: 5, endLine: 3, endColumn: 6, code: 'x', severity: 'error', message: 'bad', range: { start: 0, end: 0 } }]);
    assert.deepEqual(remarks, ['b.yaml:3:5: bad', 'group acme is left out: There is no group acme.', 'needs Maintainer', 'new: The file is missing.']);
    assert.ok(planDocument(said, []).now.startsWith('! group acme is left out: There is no group\n  acme.\n\n! needs Maintainer\n\n! new: The file is missing.\n\nproject acme/shop\n  1 to create'));
  });

  const lines: [text: string, expected: readonly string[]][] = [
    ['x'.repeat(44), [`! ${'x'.repeat(44)}`]],
    [`${'x'.repeat(40)} abc`, [`! ${'x'.repeat(40)} abc`]],
    [`${'x'.repeat(40)} abcd`, [`! ${'x'.repeat(40)}`, '  abcd']],
    [`see ${'x'.repeat(60)} here`, ['! see', `  ${'x'.repeat(60)}`, '  here']],
  ];
  for (const [text, expected] of lines) {
    it(`breaks a remark between its words where it is too long to be seen: ${text.length} characters`, () => {
      const { now: shown } = planDocument({ ...plan, targets: [], warnings: [{ target, name: null, message: text }] }, []);
      assert.deepEqual(shown.trimEnd().split('\n'), expected);
    });
  }
});

describe('the result of a push', () => {
  it('has a line for each badge, by target', () => {
    const text = resultText(changes.map((change, index) => ({ change, result: index === 1 ? ('failed' as const) : ('done' as const), reason: 'because' })));
    assert.equal(text, 'project acme/shop\n\n  stays    = pipeline: because\n  failed   ~ coverage: because\n  done     + new: because\n  done     - old: because\n');
  });
});
