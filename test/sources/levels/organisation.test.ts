import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { organisationOf } from '../../../src/sources/levels/organisation';

describe('organisationOf', () => {
  for (const [email, organisation] of [
    ['dev@example.com', 'example.com'],
    ['dev@a.corp.example.co.uk', 'example.co.uk'],
    ['Dev@CORP.Example.ORG', 'example.org'],
    ['dev@user.github.io', 'github.io'],
    ['"a@b"@example.com', 'example.com'],
    ['dev@localhost', null],
    ['dev@127.0.0.1', null],
    ['example.com', null],
    ['dev@', null],
    ['', null],
  ] as const) {
    it(`of ${email || 'nothing'} is ${organisation ?? 'none'}`, () => assert.equal(organisationOf(email), organisation));
  }
});
