import { getDomain } from 'tldts-icann';

/** The registrable domain of an e-mail address in lower case, `example.co.uk`; null where it has none. */
export function organisationOf(email: string): string | null {
  const host = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return email.includes('@') ? getDomain(host) : null;
}
