const warningDays = 7;
const dayMs = 24 * 60 * 60 * 1000;

/** Who signed in to an instance, and what the token may do. The token itself stays in SecretStorage. */
export interface Account {
  readonly instance: string;
  /** The user's name without `@`; null where the instance did not tell. */
  readonly user: string | null;
  /** Null where the instance did not tell. */
  readonly scopes: readonly string[] | null;
  /** A date (`2026-03-01`), from whose start in UTC the token is refused; null where there is none or it was not told. */
  readonly expiresAt: string | null;
}

/** Days until the token is refused, begun ones counted whole; 0 or less when it is over. */
export function daysLeft(expiresAt: string, now: number): number {
  return Math.ceil((Date.parse(expiresAt) - now) / dayMs);
}

/** Within the last week, or over. */
export function expiresSoon(account: Account, now: number): boolean {
  return account.expiresAt !== null && daysLeft(account.expiresAt, now) <= warningDays;
}

/** What was remembered of an account by an earlier release or another window; null where it is not one. */
export function decodeAccount(value: unknown): Account | null {
  if (typeof value !== 'object' || value === null) return null;
  const { instance, user, scopes, expiresAt } = value as Record<string, unknown>;
  if (typeof instance !== 'string') return null;
  return {
    instance,
    user: typeof user === 'string' ? user : null,
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : null,
    expiresAt: typeof expiresAt === 'string' ? expiresAt : null,
  };
}
