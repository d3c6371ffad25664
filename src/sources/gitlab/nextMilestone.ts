import type { Milestone } from '../../gitlab/milestones';

/**
 * The one that people work towards: due next; where all due dates have passed, the one that was due last; where none has a due
 * date, the one that started last, or any. `today` is a day, `2026-01-31`.
 */
export function nextMilestone(milestones: readonly Milestone[], today: string): Milestone | null {
  const dated = sortBy(milestones, ({ dueDate }) => dueDate);
  const due = dated.find(({ dueDate }) => dueDate !== null && dueDate >= today) ?? dated.at(-1);
  if (due) return due;
  const started = sortBy(milestones, ({ startDate }) => startDate).filter(({ startDate }) => startDate !== null && startDate <= today);
  return started.at(-1) ?? milestones[0] ?? null;
}

/** Those that have the day, the earliest first. */
function sortBy(milestones: readonly Milestone[], day: (milestone: Milestone) => string | null): readonly Milestone[] {
  return milestones.filter((each) => day(each) !== null).sort((a, b) => (day(a) ?? '').localeCompare(day(b) ?? ''));
}
