import assert from 'node:assert/strict';
import { authHeader, type Token } from '../../src/gitlab/token';
import { rejection, secret } from './expect';

describe('authHeader', () => {
  const cases: [kind: Token['kind'], name: string, value: string][] = [
    ['private', 'PRIVATE-TOKEN', secret],
    ['job', 'JOB-TOKEN', secret],
    ['oauth', 'Authorization', `Bearer ${secret}`],
  ];
  for (const [kind, name, value] of cases) {
    it(`sends a ${kind} token as ${name}`, () => assert.deepEqual(authHeader({ kind, value: secret }), [name, value]));
  }

  for (const value of ['', ' ', `${secret}\n`, `${secret}\r\nx: y`, `${secret}é`, `${secret} x`]) {
    it(`refuses ${JSON.stringify(value.replace(secret, '…'))} without quoting it`, async () => {
      const error = await rejection(Promise.resolve().then(() => authHeader({ kind: 'private', value })), 'unauthorized');
      assert.match(error.message, /copy it again/);
    });
  }
});
