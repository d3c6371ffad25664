import assert from 'node:assert/strict';
import { generated, signedIn, tokenPrompt } from '../../src/extension/messages';
import type { Account } from '../../src/extension/signIn/account';

const counts = { path: 'public/badges', written: 0, unchanged: 0, unknown: 0, failed: 0 };

describe('the result of generating', () => {
  const cases: [Partial<Parameters<typeof generated>[0]>, string][] = [
    [{ written: 24, unchanged: 3, unknown: 1, failed: 1 }, 'Wrote 24 badges to public/badges, 3 unchanged, 1 unknown, 1 failed.'],
    [{ written: 1 }, 'Wrote 1 badge to public/badges.'],
    [{ unchanged: 21 }, 'All badges in public/badges are up to date, 21 unchanged.'],
    [{ failed: 2 }, 'Wrote 0 badges to public/badges, 2 failed.'],
    [{}, 'There are no badges to write: name some in the badge configuration.'],
    [{ written: 2, obstacle: 'signedOut' }, "Wrote 2 badges to public/badges. GitLab's own badges were left out: not signed in."],
  ];
  for (const [part, expected] of cases) it(expected, () => assert.equal(generated({ ...counts, ...part }), expected));
});

describe('the result of signing in', () => {
  const account: Account = { instance: 'https://gitlab.example.com', user: 'ada', scopes: ['api'], expiresAt: '2026-03-10' };
  const now = Date.parse('2026-03-01T00:00:00Z');

  it('tells user, scopes and expiry', () => {
    assert.equal(signedIn(account, now), 'Signed in to gitlab.example.com as @ada. Scopes: api. The token expires on 2026-03-10, in 9 days.');
  });

  it('tells what read_api does not do', () => assert.match(signedIn({ ...account, scopes: ['read_api'] }, now), /Pushing badges to GitLab would need the scope api\.$/));
  it('tells what is missing to read', () => assert.match(signedIn({ ...account, scopes: ['read_user'] }, now), /Without the scope read_api this token cannot read most badges/));
  it('tells nothing it does not know', () => assert.equal(signedIn({ instance: 'https://x.org', user: null, scopes: null, expiresAt: null }, now), 'Signed in to x.org.'));
});

describe('the question for a token', () => {
  it('warns of an address without encryption', () => assert.match(tokenPrompt('http://x.org'), /unencrypted/));
  it('does not warn of https', () => assert.doesNotMatch(tokenPrompt('https://x.org'), /unencrypted/));
});
