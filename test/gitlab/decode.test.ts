import assert from 'node:assert/strict';
import * as v from 'valibot';
import { decode, decodePage, optional } from '../../src/gitlab/decode';
import { GitLabError } from '../../src/gitlab/gitlabError';

const schema = v.object({ id: v.number(), owner: optional(v.object({ name: v.string() })) });

describe('decode', () => {
  it('leaves out what nobody asked for', () => assert.deepEqual(decode(schema, { id: 1, other: 2 }, 'x'), { id: 1, owner: null }));
  it('takes null for absent', () => assert.deepEqual(decode(schema, { id: 1, owner: null }, 'x'), { id: 1, owner: null }));

  const cases: [value: unknown, message: string][] = [
    [{ id: 'hidden' }, "GitLab's answer for acme/shop cannot be read: id should be number."],
    [{ id: 1, owner: {} }, "GitLab's answer for acme/shop cannot be read: owner.name is missing."],
    [{ id: 1, owner: { name: ['hidden'] } }, "GitLab's answer for acme/shop cannot be read: owner.name should be string."],
    [{}, "GitLab's answer for acme/shop cannot be read: id is missing."],
    ['hidden', "GitLab's answer for acme/shop cannot be read: it should be Object."],
    [null, "GitLab's answer for acme/shop cannot be read: it should be Object."],
  ];
  for (const [value, message] of cases) {
    it(`names the field that is wrong in ${JSON.stringify(value)}, and no value`, () => {
      assert.throws(() => decode(schema, value, 'acme/shop'), (error) => error instanceof GitLabError && error.reason === 'not-gitlab' && error.message === message && !error.message.includes('hidden'));
    });
  }
});

describe('decodePage', () => {
  const page = (data: unknown, total: unknown, next: unknown) => decodePage(schema, { data, paginationInfo: { total, next } }, 'x');
  it('gives rows and total', () => assert.deepEqual(page([{ id: 1 }], 5, 2), { items: [{ id: 1, owner: null }], total: 5, hasNext: true }));
  it('knows no total where no header gave it', () => assert.deepEqual(page([], NaN, null), { items: [], total: null, hasNext: false }));
  it('refuses what is no list', () => {
    assert.throws(() => decodePage(schema, { data: { id: 1 }, status: 200, headers: {} }, 'acme/shop'), /it should be Array/);
  });
});
