import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nextMilestone } from '../../../src/sources/gitlab/nextMilestone';

const today = '2026-01-31';
const milestone = (title: string, dueDate: string | null, startDate: string | null = null) => ({ title, dueDate, startDate });

describe('the next milestone', () => {
  for (const [what, milestones, expected] of [
    ['none', [], null],
    ['due today', [milestone('later', '2026-02-01'), milestone('today', '2026-01-31'), milestone('past', '2026-01-30')], 'today'],
    ['due tomorrow', [milestone('next year', '2027-01-01'), milestone('tomorrow', '2026-02-01'), milestone('undated', null)], 'tomorrow'],
    ['all due dates past', [milestone('long ago', '2025-01-01'), milestone('yesterday', '2026-01-30'), milestone('undated', null, '2026-01-31')], 'yesterday'],
    ['due on the same day', [milestone('first', '2026-02-01'), milestone('second', '2026-02-01')], 'first'],
    ['none with a due date', [milestone('older', null, '2025-12-01'), milestone('newer', null, '2026-01-31'), milestone('future', null, '2026-02-01'), milestone('undated', null)], 'newer'],
    ['none with a due date, none started', [milestone('undated', null), milestone('future', null, '2026-02-01')], 'undated'],
  ] as const) {
    it(`of ${what}`, () => assert.equal(nextMilestone(milestones, today)?.title ?? null, expected));
  }
});
