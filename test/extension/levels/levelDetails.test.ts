import assert from 'node:assert/strict';
import { evaluateProject } from '../../../src/core/levels/evaluate';
import { placeResults } from '../../../src/core/levels/place';
import { badgeDetails, checkDetails, levelDetails, lineOf, type Details } from '../../../src/extension/levels/levelDetails';
import { all, badge, check, commit, definition, level, now, project, release, times, webUrl } from '../../core/levels/builders';

const written = definition([
  badge('maintained', [
    { ...level('bronze', [check('COMMITS', { min: 3, months: 6 })], true), description: 'Alive' },
    level('silver', [{ ...check('COMMITS', { min: 5, months: 6 }), description: 'Busy' }, check('RELEASES', { min: 2 })]),
  ]),
]);
const facts = project({ commits: all(times(3, () => commit())), releases: all([release('v1')]), tags: all([]) });
const [placed] = placeResults(written, evaluateProject(written, facts, now), () => null);
assert.ok(placed);
const [bronze, silver] = placed.levels;
assert.ok(bronze && silver?.checks[0]);
const text = ({ title, paragraphs }: Details) => [title, ...paragraphs.map((lines) => lines.map((line) => line.text).join('\n'))];

describe('what is said in full', () => {
  it('of a badge: its level, and what is missing for the next one', () => {
    assert.deepEqual(text(badgeDetails(placed)), [
      'maintained: bronze',
      'Missing for silver:\n✗ 3 commits since 28 May, needs 5\n✗ 1 release or tag since 29 October, needs 2',
    ]);
  });

  it('of a level: each check, and that higher ones do without it', () => {
    assert.deepEqual(text(levelDetails(placed, bronze)), ['bronze: reached', 'Alive', '✓ 3 commits since 28 May, needs 3', 'Higher levels do not need this one.']);
  });

  it('of a check: value, threshold, range, sample and evidence with its page', () => {
    const details = checkDetails(silver.checks[0] ?? assert.fail(), now);
    assert.deepEqual(text(details).slice(0, 4), [
      '✗ commits: not passed',
      'Busy',
      '3 commits since 28 May, needs 5',
      'Value: 3 · Threshold: at least 5 is needed · From 28 May to 28 November',
    ]);
    assert.equal(details.paragraphs.at(-1)?.[0]?.url, `${webUrl}/-/commits`);
  });

  it('of a check: what its value was made from, where it is no count of that', () => {
    const one = definition([badge('known', [level('gold', [check('BUS_FACTOR', { min: 2 })])])]);
    const [factor] = placeResults(one, evaluateProject(one, facts, now), () => null)[0]?.levels[0]?.checks ?? [];
    assert.ok(factor);
    assert.equal(text(checkDetails(factor, now))[2], 'Value: 1 · Threshold: at least 2 is needed · From 29 October to 28 November · Made from 3 commits');
  });

  it('of a check whose facts are still to be fetched: that, and no reason', () => {
    const [unfetched] = placeResults(written, evaluateProject(written, project(), now), () => 'facts');
    const waiting = unfetched?.levels[0]?.checks[0] ?? assert.fail();
    assert.deepEqual(text(checkDetails(waiting, null)), ['? commits: not fetched yet', 'Threshold: at least 3 is needed · From 28 May to 28 November']);
  });

  it('of what is not evaluated: what it asks for, and nothing else', () => {
    const [untrusted] = placeResults(written, evaluateProject(written, project(), now), () => 'trust');
    assert.ok(untrusted?.levels[0]);
    assert.deepEqual(text(badgeDetails(untrusted)), ['maintained: not evaluated']);
    assert.deepEqual(text(levelDetails(untrusted, untrusted.levels[0])), ['bronze: not evaluated', 'Alive', '? commits needs 3 · 6 months', 'Higher levels do not need this one.']);
  });

  for (const [url, kept] of [['https://gitlab.example.com/x', true], ['http://127.0.0.1/x', true], ['javascript:alert(1)', false], ['command:workbench.action.quit', false], ['file:///etc/passwd', false]] as const) {
    it(`${kept ? 'leads' : 'does not lead'} to ${url}`, () => assert.deepEqual(lineOf({ text: 'page', url }), kept ? { text: 'page', url } : { text: 'page' }));
  }
});
