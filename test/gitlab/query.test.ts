import assert from 'node:assert/strict';
import { encodeQuery, snakeCaseNames } from '../../src/gitlab/query';

describe('encodeQuery', () => {
  const cases: [options: Record<string, unknown>, query: string][] = [
    [{}, ''],
    [{ perPage: 100, page: 2 }, 'per_page=100&page=2'],
    [{ order_by: 'id', withStats: true }, 'order_by=id&with_stats=true'],
    [{ search: undefined, name: null, ref: '' }, 'name=&ref='],
    [{ labels: ['a b', 'c&d'] }, 'labels%5B%5D=a+b&labels%5B%5D=c%26d'],
    [{ not: { authorUsername: 'x', labels: ['y'] } }, 'not%5Bauthor_username%5D=x&not%5Blabels%5D%5B%5D=y'],
    [{ since: new Date('2026-01-02T03:04:05Z') }, 'since=2026-01-02T03%3A04%3A05.000Z'],
    [{ imageUrl: 'https://x/%{project_path}' }, 'image_url=https%3A%2F%2Fx%2F%25%7Bproject_path%7D'],
  ];
  for (const [options, query] of cases) it(`writes ${JSON.stringify(options)} as ${query || 'nothing'}`, () => assert.equal(encodeQuery(options), query));

  it('refuses what a query cannot hold', () => assert.throws(() => encodeQuery({ callback: () => {} }), TypeError));
});

describe('snakeCaseNames', () => {
  it('renames at every depth and leaves the values alone', () => {
    assert.deepEqual(snakeCaseNames({ linkUrl: 'aB', items: [{ imageUrl: null }], name: undefined }), { link_url: 'aB', items: [{ image_url: null }], name: undefined });
  });
});
