import assert from 'node:assert/strict';
import fc from 'fast-check';
import { endOf, wholeSecond, rangeStart } from '../../../src/core/levels/range';

describe('rangeStart', () => {
  const cases: { it: string; now: string; months: number | null; start: string }[] = [
    { it: 'goes back to the same day and time', now: '2026-11-28T12:34:56.000Z', months: 6, start: '2026-05-28T12:34:56.000Z' },
    { it: 'is a whole second', now: '2026-11-28T12:34:56.789Z', months: null, start: '2026-10-29T12:34:56.000Z' },
    { it: 'is now for no months', now: '2026-11-28T12:00:00.000Z', months: 0, start: '2026-11-28T12:00:00.000Z' },
    { it: 'crosses the year', now: '2026-02-10T00:00:00.000Z', months: 3, start: '2025-11-10T00:00:00.000Z' },
    { it: 'crosses several years', now: '2026-02-10T00:00:00.000Z', months: 26, start: '2023-12-10T00:00:00.000Z' },
    { it: 'ends at the last day of February', now: '2026-03-31T08:00:00.000Z', months: 1, start: '2026-02-28T08:00:00.000Z' },
    { it: 'ends at the last day of a leap February', now: '2028-03-31T08:00:00.000Z', months: 1, start: '2028-02-29T08:00:00.000Z' },
    { it: 'keeps 29 March for a leap February', now: '2028-03-29T08:00:00.000Z', months: 1, start: '2028-02-29T08:00:00.000Z' },
    { it: 'clamps 29 March to 28 February', now: '2026-03-29T08:00:00.000Z', months: 1, start: '2026-02-28T08:00:00.000Z' },
    { it: 'keeps 28 March', now: '2026-03-28T08:00:00.000Z', months: 1, start: '2026-02-28T08:00:00.000Z' },
    { it: 'clamps 31 to 30', now: '2026-12-31T23:59:59.999Z', months: 1, start: '2026-11-30T23:59:59.000Z' },
    { it: 'goes back a year from 29 February', now: '2028-02-29T00:00:00.000Z', months: 12, start: '2027-02-28T00:00:00.000Z' },
    { it: 'is 30 days where no months are given', now: '2026-03-31T08:00:00.000Z', months: null, start: '2026-03-01T08:00:00.000Z' },
    { it: 'counts in UTC, whatever the offset of now', now: '2026-04-01T01:00:00+02:00', months: 1, start: '2026-02-28T23:00:00.000Z' },
  ];
  for (const { it: fact, now, months, start } of cases) it(fact, () => assert.equal(rangeStart(months, now), start));

  it('is the same for two clocks in different zones', () => {
    assert.equal(rangeStart(1, '2026-03-31T23:30:00-05:00'), rangeStart(1, '2026-04-01T04:30:00Z'));
  });

  it('is the same on machines in other zones', () => {
    const { TZ } = process.env;
    const starts = ['Pacific/Kiritimati', 'UTC', 'America/Los_Angeles'].map((zone) => {
      process.env['TZ'] = zone;
      // Just behind midnight UTC, on the day that clocks go back in California.
      return [new Date('2026-11-01T00:30:00Z').getTimezoneOffset(), rangeStart(1, '2026-11-01T00:30:00Z'), rangeStart(null, '2026-11-01T00:30:00Z')];
    });
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
    assert.deepEqual(starts.map(([, ...rest]) => rest), Array(3).fill(['2026-10-01T00:30:00.000Z', '2026-10-02T00:30:00.000Z']));
    assert.equal(new Set(starts.map(([offset]) => offset)).size, 3);
  });

  it('never goes forward with more months', () => {
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.nat(60), (date, months) => {
        assert.ok(Date.parse(rangeStart(months + 1, date.toISOString())) < Date.parse(rangeStart(months, date.toISOString())));
      }),
    );
  });
});

describe('a moment', () => {
  for (const at of ['2026-11-28T12:34:56.000Z', '2026-11-28T12:34:56.999Z', '2026-11-28T13:34:56.5+01:00']) {
    it(`is a whole second: ${at}`, () => {
      assert.equal(wholeSecond(at), '2026-11-28T12:34:56.000Z');
      assert.equal(endOf(wholeSecond(at)), Date.parse('2026-11-28T12:34:56.999Z'));
    });
  }
});
