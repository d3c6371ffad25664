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

/** Whole days from one moment to another, 0 where it lies ahead; null where one is no date. */
export function daysBetween(iso: string, until: string): number | null {
  const days = (Date.parse(until) - Date.parse(iso)) / (24 * 60 * 60 * 1000);
  return Number.isNaN(days) ? null : Math.max(0, Math.floor(days));
}

function dateParts(iso: string): { year: string; month: string; day: number } | null {
  const [, year, monthNumber, day] = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(iso) ?? [];
  const month = months[Number(monthNumber) - 1];
  return year && month ? { year, month, day: Number(day) } : null;
}
