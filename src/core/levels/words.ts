const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** The day in UTC, for people: `22 May`, with the year where it is not that of `now`. */
export function dayText(at: string | number, now: string): string {
  const date = new Date(at);
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}`;
  return date.getUTCFullYear() === new Date(now).getUTCFullYear() ? day : `${day} ${date.getUTCFullYear()}`;
}

/** `1 commit`, `2 commits`, `0 branches`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/**
 * A number with one digit after the point at most, but with as many as it takes to be on the same side of every bound as the
 * number itself: 7.04 is not said to be 7 where 7 is the most that is allowed.
 */
export function numberText(value: number, ...bounds: readonly (number | null)[]): string {
  for (let digits = 1; digits <= 6; digits += 1) {
    const rounded = Number(value.toFixed(digits));
    if (bounds.every((bound) => bound === null || Math.sign(rounded - bound) === Math.sign(value - bound))) return String(rounded);
  }
  return String(value);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
}
