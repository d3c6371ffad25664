import assert from 'node:assert/strict';
import { evaluateProject } from '../../../src/core/levels/evaluate';
import { placeResults } from '../../../src/core/levels/place';
import { previewLadder } from '../../../src/extension/preview/previewLadder';
import { decodeToPreview } from '../../../src/webview/protocol';
import { all, badge, check, commit, definition, known, level, now, project, times } from '../../core/levels/builders';

const written = definition([
  badge('maintained', [
    level('bronze', [check('COMMITS', { min: 3 })]),
    level('silver', [check('COMMITS', { min: 5 }), check('BUS_FACTOR', { min: 2 }), check('MANUAL', {}, 'https://example.org/a.json')]),
    level('gold', [check('RELEASES', { min: 1 })]),
  ]),
]);
const facts = project({ commits: all(times(3, () => commit())), decisions: new Map([['https://example.org/a.json', known({ granted: true, by: null, ignored: [] })]]) });
const [placed] = placeResults(written, evaluateProject(written, facts, now), ({ type }) => (type === 'RELEASES' ? 'facts' : null));
assert.ok(placed);
const ladder = previewLadder(placed, 'not saved');

describe('the ladder of the preview', () => {
  it('has each level with what it lacks', () => {
    assert.deepEqual(ladder.levels.map(({ name, outcome, text }) => [name, outcome, text]), [
      ['bronze', 'pass', 'reached'],
      ['silver', 'fail', '2 checks missing'],
      ['gold', 'fail', 'needs silver first'],
    ]);
    assert.equal(ladder.note, 'not saved');
  });

  it('has each check with its value and threshold, and why it does not pass', () => {
    assert.deepEqual(ladder.levels[0]?.checks, [
      { outcome: 'pass', text: 'commits 3 ≥ 3 · 30 days', spoken: 'commits: passed. 3, at least 3 is needed, in 30 days', why: '', chart: { value: 3, min: 3, max: null } },
    ]);
    assert.deepEqual(
      ladder.levels[1]?.checks.map(({ text, why }) => [text, why]),
      [
        ['commits 3, needs 5 · 30 days', '3 commits on the default branch'],
        ['bus factor 1, needs 2 · 30 days', 'one address made 100 % of 3 commits since 29 October'],
        ['decision granted', ''],
      ],
    );
  });

  it('draws no chart of a decision, and of what waits only the threshold', () => {
    assert.equal(ladder.levels[1]?.checks[2]?.chart, null);
    assert.deepEqual([ladder.levels[2]?.checks[0]?.chart, ladder.levels[2]?.checks[0]?.why], [{ value: null, min: 1, max: null }, 'not fetched yet']);
  });

  it('arrives in the page as it was sent', () => {
    const shown = { stem: 'maintained', label: 'maintained', status: 'known', text: 'maintained: bronze', image: null, source: 'x', canOpen: false, at: now, ladder } as const;
    const message = { type: 'badges', name: 'shop', place: '', badges: [shown], obstacle: '', busy: false } as const;
    assert.deepEqual(decodeToPreview(JSON.parse(JSON.stringify(message))), message);
  });
});
