/** A version in the order of https://semver.org; what is left out of `1.2` is 0, build metadata is nothing to compare. */
export interface Version {
  /** Without what stands before it: `1.2.0` of `v1.2.0` and of `shop@1.2.0`. */
  readonly text: string;
  readonly numbers: readonly [major: number, minor: number, patch: number];
  /** `['rc', '1']` of `2.0.0-rc.1`. */
  readonly prerelease: readonly string[];
}

/** The version that the name of a tag or package holds, or null: `1.2.3`, `v1.2`, `shop@1.2.3`, `release/1.2.3-rc.1`. */
export function parseVersion(name: string): Version | null {
  const found = plain.exec(name) ?? single.exec(name) ?? prefixed.exec(name);
  if (!found?.groups) return null;
  const { text = '', core = '', prerelease } = found.groups;
  const [major = 0, minor = 0, patch = 0] = core.split('.').map(Number);
  return { text, numbers: [major, minor, patch], prerelease: prerelease?.split('.') ?? [] };
}

const dotted = String.raw`\d{1,15}(?:\.\d{1,15}){1,2}`;
const version = (core: string) => String.raw`(?<text>(?<core>${core})(?:-(?<prerelease>[\da-z-]+(?:\.[\da-z-]+)*))?(?:\+[\da-z.-]+)?)$`;
const plain = new RegExp(`^v?${version(dotted)}`, 'i');
/** Nothing behind it: `2024-01-15` is a date. */
const single = /^v?(?<text>(?<core>\d{1,15}))$/i;
/** `part-2` is no version. */
const prefixed = new RegExp(String.raw`^[a-z]\S{0,200}?[-@/_]v?${version(dotted)}`, 'i');

/** Below 0, 0 or above 0, as for sorting. */
export function compareVersions(a: Version, b: Version): number {
  for (const index of [0, 1, 2] as const) {
    if (a.numbers[index] !== b.numbers[index]) return a.numbers[index] - b.numbers[index];
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
  for (const [index, part] of a.prerelease.entries()) {
    const other = b.prerelease[index];
    if (other === undefined) return 1;
    if (part !== other) return comparePrerelease(part, other);
  }
  return a.prerelease.length - b.prerelease.length;
}

/** Numbers by value and below words, words by their characters. */
function comparePrerelease(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aIsNumber && bIsNumber) return Number(a) - Number(b);
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return a < b ? -1 : 1;
}

/** The highest of the versions that the names hold; a pre-release only if they count, or where there is nothing else. Null where none is a version. */
export function latestVersion(names: readonly string[], withPrereleases: boolean): Version | null {
  const versions = names.flatMap((name) => parseVersion(name) ?? []).sort((a, b) => compareVersions(b, a));
  const stable = versions.find(({ prerelease }) => prerelease.length === 0);
  return (withPrereleases ? undefined : stable) ?? versions[0] ?? null;
}
