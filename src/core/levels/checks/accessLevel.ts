/** Access levels of GitLab that a check knows by name. */
export const accessLevels = { developer: 30, maintainer: 40 } as const;

const names: ReadonlyMap<number, string> = new Map([
  [5, 'Minimal Access'],
  [10, 'Guest'],
  [15, 'Planner'],
  [20, 'Reporter'],
  [30, 'Developer'],
  [40, 'Maintainer'],
  [50, 'Owner'],
  [60, 'Administrator'],
]);

/** The role of an access level as GitLab calls it. */
export function roleName(level: number): string {
  return names.get(level) ?? `access level ${level}`;
}
