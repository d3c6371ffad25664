import assert from 'node:assert/strict';
import { parseColor } from '../../../src/core/color';
import { faceOf, levelBadges, levelFace, pictureUrlOf } from '../../../src/core/levels/face';
import type { BadgeStatus, LeveledBadgeResult, LevelResult } from '../../../src/core/levels/result';
import { now } from './builders';

const level = (name: string, reached: boolean | null, svgUrl: string | null = null): LevelResult => ({ name, description: null, svgUrl, notNecessaryForNextHigherLevel: false, reached, checks: [] });
const result = (levels: readonly LevelResult[], status: BadgeStatus = 'reached', id = 'maintained'): LeveledBadgeResult => ({
  id,
  description: null,
  level: null,
  status,
  levels,
  summary: 'gold could not be determined',
});
const origin = { kind: 'levels', text: 'acme/shop by .badge-api.yaml', at: now } as const;

describe('faceOf', () => {
  const metals: [name: string, color: string][] = [
    ['bronze', '#cd7f32'],
    ['Silver', '#c0c0c0'],
    ['GOLD', '#d4af37'],
    [' platinum ', '#9fb6c9'],
  ];
  for (const [name, color] of metals) {
    it(`is ${color} for ${name}`, () => assert.deepEqual(faceOf(result([level(name, true)])), { label: 'maintained', message: name, color }));
  }

  const scales: [count: number, colors: string[]][] = [
    [1, ['brightgreen']],
    [2, ['yellow', 'brightgreen']],
    [3, ['yellow', 'green', 'brightgreen']],
    [4, ['yellow', 'yellowgreen', 'green', 'brightgreen']],
    [5, ['yellow', 'yellowgreen', 'green', 'green', 'brightgreen']],
  ];
  for (const [count, colors] of scales) {
    it(`goes from yellow to green over ${count} levels of other names`, () => {
      const shown = colors.map((_, reached) => faceOf(result(colors.map((__, index) => level(`level ${index}`, index <= reached))))?.color);
      assert.deepEqual(shown, colors);
    });
  }

  it('has colours that badges know', () => {
    for (const name of ['bronze', 'silver', 'gold', 'platinum', 'constructor', 'other']) assert.ok(parseColor(faceOf(result([level(name, true)]))?.color ?? ''));
    assert.ok(parseColor(faceOf(result([level('bronze', false)], 'not_reached'))?.color ?? ''));
  });

  it('shows the highest level reached, whatever is unknown above', () => {
    assert.equal(faceOf(result([level('bronze', false), level('silver', true), level('gold', null)]))?.message, 'silver');
  });
  it('says that none is reached', () => {
    assert.deepEqual(faceOf(result([level('bronze', false)], 'not_reached')), { label: 'maintained', message: 'not reached', color: 'lightgrey' });
  });
  it('shows a level that is not reached, when it is asked for', () => {
    const badge = result([level('bronze', true), level('gold', false)]);
    assert.deepEqual(levelFace(badge, badge.levels[1]!), { label: 'maintained', message: 'gold', color: '#d4af37' });
  });
  it('shows nothing where that is unknown', () => assert.equal(faceOf(result([level('bronze', null)], 'unknown')), null));
  it('has a readable label', () => {
    assert.deepEqual(['open-source', 'actively_maintained'].map((id) => faceOf(result([level('gold', true)], 'reached', id))?.label), ['open-source', 'actively maintained']);
  });
});

describe('pictureUrlOf', () => {
  const levels = [level('bronze', true, 'https://a.example/bronze.svg'), level('silver', true), level('gold', null, 'https://a.example/gold.svg')];
  it('is of the level reached', () => {
    assert.equal(pictureUrlOf(result(levels.slice(0, 1))), 'https://a.example/bronze.svg');
    assert.equal(pictureUrlOf(result(levels)), null);
  });
  it('is none where no level is reached', () => assert.equal(pictureUrlOf(result(levels.slice(2), 'unknown')), null));
});

describe('levelBadges', () => {
  it('are drawn where they are known', () => {
    assert.deepEqual(levelBadges([result([level('gold', true)], 'reached', 'Open Source')], origin), [
      { status: 'known', stem: 'open_source', label: 'Open Source', origin, face: { label: 'Open Source', message: 'gold', color: '#d4af37' } },
    ]);
  });
  it('say why they are unknown', () => {
    const [plain, withReason] = levelBadges([result([level('gold', null)], 'unknown', 'a'), { ...result([], 'unknown', 'b'), reason: 'GitLab answered 403' }], origin);
    assert.deepEqual([plain?.status, plain && 'reason' in plain && plain.reason], ['unknown', 'gold could not be determined']);
    assert.deepEqual([withReason?.status, withReason && 'reason' in withReason && withReason.reason], ['unknown', 'GitLab answered 403']);
  });
  it('fail where their id names no file of their own, each with a stem of its own', () => {
    const badges = levelBadges(['a', 'A', '../b'].map((id) => result([level('gold', true)], 'reached', id)), origin);
    assert.deepEqual(badges.map(({ stem, status }) => [stem, status]), [['a', 'known'], ['level:2', 'failed'], ['level:3', 'failed']]);
    assert.match(badges[2] && 'reason' in badges[2] ? badges[2].reason : '', /The id "\.\.\/b" cannot name a file: it holds a slash/);
  });
});
