/** Counts as shields writes them: `999`, `1.2k`, `12k`, `3.4M`, rounded down, so that it never says more than there is. */
export function countText(count: number): string {
  const [unit, size] = count >= 1e6 ? (['M', 1e6] as const) : count >= 1000 ? (['k', 1000] as const) : (['', 1] as const);
  return `${roundedDown(count / size)}${unit}`;
}

/** A size in the units that GitLab shows: `0 B`, `1.4 MiB`, `12 GiB`, rounded down. */
export function sizeText(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${roundedDown(bytes / 1024 ** power)} ${units[power]}`;
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** One digit behind the point, below 10 only, and none that is 0. */
function roundedDown(value: number): number {
  return value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value);
}
