import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { planWindow } from '../../../src/sources/levels/windowPlan';

const now = '2026-07-15T12:00:00.000Z';
const at = (...times: readonly string[]) => times.map((time) => ({ at: time }));

describe('the plan of a window', () => {
  it('reaches from the earliest moment to the end of the second that is now', () => {
    const { range } = planWindow([{ since: '2026-04-15T12:00:00.000Z', enough: null }, { since: '2026-01-15T12:00:00.000Z', enough: 5 }], now);
    assert.deepEqual(range, { since: '2026-01-15T12:00:00.000Z', until: '2026-07-15T12:00:00.999Z' });
  });

  for (const [since, until, days] of [
    ['2026-01-15T12:00:00.000Z', now, { since: '2026-01-15T00:00:00.000Z', until: '2026-07-16T00:00:00.000Z' }],
    ['2026-01-15T00:00:00.000Z', '2026-07-14T23:59:59.000Z', { since: '2026-01-15T00:00:00.000Z', until: '2026-07-15T00:00:00.000Z' }],
    ['2026-01-14T23:59:59.000Z', '2026-07-15T00:00:00.000Z', { since: '2026-01-14T00:00:00.000Z', until: '2026-07-16T00:00:00.000Z' }],
  ] as const) {
    it(`asks GitLab for whole days around ${since} … ${until}`, () => assert.deepEqual(planWindow([{ since, enough: null }], until).days, days));
  }

  for (const [enough, perPage] of [[1, 20], [20, 20], [21, 21], [100, 100], [101, 100], [null, 100]] as const) {
    it(`reads pages of ${perPage} where ${enough ?? 'all'} are needed`, () => assert.equal(planWindow([{ since: now, enough }], now).perPage, perPage));
  }

  describe('is answered', () => {
    const one = planWindow([{ since: '2026-07-01T00:00:00.000Z', enough: 2 }], now);
    const cases: readonly (readonly [what: string, expected: boolean, ...times: string[]])[] = [
      ['by as many as are enough', true, '2026-07-15T12:00:00.000Z', '2026-07-01T00:00:00.000Z'],
      ['not by one fewer', false, '2026-07-15T12:00:00.000Z'],
      ['not by what is older', false, '2026-07-15T12:00:00.000Z', '2026-06-30T23:59:59.999Z'],
      ['by what happens within the second', true, '2026-07-15T12:00:00.999Z', '2026-07-01T00:00:00.000Z'],
      ['not by what is later than that', false, '2026-07-15T12:00:01.000Z', '2026-07-10T00:00:00.000Z'],
      ['by times with an offset', true, '2026-07-15T15:00:00.000+03:00', '2026-06-30T20:00:00.000-04:00'],
    ];
    for (const [what, expected, ...times] of cases) it(what, () => assert.equal(one.isAnswered(at(...times), Infinity), expected));

    for (const [readBackTo, expected] of [['2026-07-01T00:00:00.000Z', false], ['2026-06-30T23:59:59.999Z', true]] as const) {
      it(`${expected ? '' : 'not '}once all back to ${readBackTo} was read`, () => assert.equal(one.isAnswered([], Date.parse(readBackTo)), expected));
    }

    it('only when every demand is', () => {
      const both = planWindow([{ since: '2026-01-01T00:00:00.000Z', enough: 1 }, { since: '2026-07-01T00:00:00.000Z', enough: null }], now);
      assert.equal(both.isAnswered(at('2026-07-10T00:00:00.000Z'), Date.parse('2026-07-10T00:00:00.000Z')), false);
      assert.equal(both.isAnswered(at('2026-07-10T00:00:00.000Z'), Date.parse('2026-06-20T00:00:00.000Z')), true);
    });
  });

  it('makes a window of what lies in it, newest first', () => {
    const plan = planWindow([{ since: '2026-07-01T00:00:00.000Z', enough: null }], now);
    const items = at('2026-06-30T23:59:59.999Z', '2026-07-01T02:00:00.000+02:00', '2026-07-15T12:00:00.000Z', '2026-07-15T12:00:01.000Z');
    assert.deepEqual(plan.window(items, true), {
      items: at('2026-07-15T12:00:00.000Z', '2026-07-01T02:00:00.000+02:00'),
      since: '2026-07-01T00:00:00.000Z',
      complete: true,
    });
  });
});
