import assert from 'node:assert/strict';
import { daysLeft, decodeAccount, expiresSoon, type Account } from '../../../src/extension/signIn/account';

const account: Account = { instance: 'https://gitlab.com', user: 'ada', scopes: ['read_api'], expiresAt: '2026-03-10' };

describe('the expiry of a token', () => {
  const cases: [string, number, boolean][] = [
    ['2026-03-02T23:59:59Z', 8, false],
    ['2026-03-03T00:00:00Z', 7, true],
    ['2026-03-09T12:00:00Z', 1, true],
    ['2026-03-10T00:00:00Z', 0, true],
    ['2026-03-12T00:00:00Z', -2, true],
  ];
  for (const [now, days, soon] of cases) {
    it(`at ${now} is ${days} days away, ${soon ? 'soon' : 'not soon'}`, () => {
      assert.equal(daysLeft('2026-03-10', Date.parse(now)), days);
      assert.equal(expiresSoon(account, Date.parse(now)), soon);
    });
  }
  it('is never soon where there is none', () => assert.equal(expiresSoon({ ...account, expiresAt: null }, Date.now()), false));
});

describe('a remembered account', () => {
  it('is read back', () => assert.deepEqual(decodeAccount(JSON.parse(JSON.stringify(account))), account));
  it('may lack everything but its instance', () => assert.deepEqual(decodeAccount({ instance: 'https://x' }), { instance: 'https://x', user: null, scopes: null, expiresAt: null }));
  for (const value of [null, 'text', {}, { instance: 1 }]) it(`is not ${JSON.stringify(value)}`, () => assert.equal(decodeAccount(value), null));
});
