/** The access levels of GitLab that something depends on. */
export const accessLevels = { maintainer: 40, owner: 50 } as const;

/** `Developer`, of an access level; between two levels the lower one. */
export function roleName(accessLevel: number): string {
  return roleNames.filter(([level]) => accessLevel >= level).at(-1)?.[1] ?? 'no role';
}

/** Whether an access level is that of a role, rather than between two of them. */
export function isRole(accessLevel: number): boolean {
  return roleNames.some(([level]) => level === accessLevel);
}

const roleNames: readonly (readonly [level: number, name: string])[] = [
  [5, 'Minimal Access'],
  [10, 'Guest'],
  [15, 'Planner'],
  [20, 'Reporter'],
  [30, 'Developer'],
  [40, 'Maintainer'],
  [50, 'Owner'],
  [60, 'Administrator'],
];
