const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `March 2021`, in the time zone the text itself is written in; null where it is no ISO 8601 date. */
export function monthAndYear(iso: string): string | null {
  const date = dateParts(iso);
  return date && `${date.month} ${date.year}`;
}

/** `5 March 2021`, in the time zone the text itself is written in; null where it is no ISO 8601 date. */
export function dayMonthAndYear(iso: string): string | null {
  const date = dateParts(iso);
  return date && `${date.day} ${date.month} ${date.year}`;
}

/**
 * A date by a pattern in which `YYYY`, `MMMM` (March), `MMM` (Mar), `MM`, `M`, `DD` and `D` stand for its parts, in the time zone the text
 * itself is written in; null where it is no ISO 8601 date.
 */
export function formatDate(iso: string, pattern: string): string | null {
  const date = dateParts(iso);
  if (!date) return null;
  const month = months.indexOf(date.month) + 1;
  const two = (number: number) => String(number).padStart(2, '0');
  const parts: Readonly<Record<string, string>> = { YYYY: date.year, MMMM: date.month, MMM: date.month.slice(0, 3), MM: two(month), M: String(month), DD: two(date.day), D: String(date.day) };
  return pattern.replace(/YYYY|M{1,4}|D{1,2}/g, (part) => parts[part] ?? part);
}

/** Whole days from one moment to another, 0 where it lies ahead; null where one is no date. */
export function daysBetween(iso: string, until: string): number | null {
  const days = (Date.parse(until) - Date.parse(iso)) / (24 * 60 * 60 * 1000);
  return Number.isNaN(days) ? null : Math.max(0, Math.floor(days));
}

function dateParts(iso: string): { year: string; month: string; day: number } | null {
  const [, year, monthNumber, day] = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(iso) ?? [];
  const month = months[Number(monthNumber) - 1];
  // JavaScript reads 30 February as 1 March.
  const isDay = new Date(`${year}-${monthNumber}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  return year && month && isDay ? { year, month, day: Number(day) } : null;
}
