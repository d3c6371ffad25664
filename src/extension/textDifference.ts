/** The one stretch in which two texts differ, in offsets of the first, and what stands there in the second. */
export function textDifference(before: string, after: string): { readonly start: number; readonly end: number; readonly inserted: string } {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start += 1;
  let common = 0;
  while (common < shortest - start && before[before.length - 1 - common] === after[after.length - 1 - common]) common += 1;
  return { start, end: before.length - common, inserted: after.slice(start, after.length - common) };
}
