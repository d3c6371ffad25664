import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Page } from '../../src/gitlab/decode';
import { readPages, type ReadOptions } from '../../src/gitlab/pagedList';
import { rejection } from './expect';

describe('readPages', () => {
  const page = (items: readonly number[], hasNext: boolean, total: number | null = null): Page<number> => ({ items, hasNext, total });
  const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

  /** Reads pages that are given one by one; whatever lies behind them is empty. */
  async function read(pages: readonly Page<number>[], options: ReadOptions<number> = {}) {
    const asked: number[] = [];
    const rows = await readPages('x', (number) => {
      asked.push(number);
      return Promise.resolve(pages[number - 1] ?? page([], false));
    }, { perPage: 3, ...options });
    return { ...rows, asked: asked.length };
  }

  const cases: readonly (readonly [what: string, pages: readonly Page<number>[], items: number, asked: number])[] = [
    ['an empty list', [page([], false, 0)], 0, 1],
    ['a short page', [page([1, 2], false)], 2, 1],
    ['a full page that is the whole list', [page([1, 2, 3], false, 3)], 3, 1],
    ['a full page that names no next one, without a total', [page([1, 2, 3], false), page([4], false)], 4, 2],
    ['a full page that names an empty one', [page([1, 2, 3], true), page([], false)], 3, 2],
    ['a short page that names a next one', [page([1, 2], true, 4), page([3, 4], false, 4)], 4, 2],
  ];
  for (const [what, pages, items, asked] of cases) {
    it(`reads ${what} in ${asked} requests`, async () => assert.deepEqual(await read(pages), { items: numbers(1, items), ended: true, asked }));
  }

  it('stops as soon as it has enough', async () => {
    const pages = [page([1, 2, 3], true), page([4, 5, 6], true), page([7], false)];
    assert.deepEqual(await read(pages, { readOn: (rows) => rows.length < 4 }), { items: numbers(1, 6), ended: false, asked: 2 });
  });

  it('knows that the list has ended where it has enough on the last page', async () => {
    assert.deepEqual(await read([page([1, 2], false)], { readOn: () => false }), { items: [1, 2], ended: true, asked: 1 });
  });

  it('takes a row that moved to the next page once', async () => {
    assert.deepEqual((await read([page([1, 2, 3], true), page([3, 4], false)], { key: (row) => row })).items, numbers(1, 4));
  });

  it('gives up at the first page that comes again', async () => {
    let asked = 0;
    const again = () => {
      asked++;
      return Promise.resolve(page([1, 2, 3], true));
    };
    await rejection(readPages('x', again, { perPage: 3, key: (row) => row }), 'not-gitlab');
    assert.equal(asked, 2);
  });

  it('gives up on a list that goes on and on', async () => {
    await rejection(readPages('x', (number) => Promise.resolve(page([number], true)), { maxPages: 5, key: (row) => row }), 'not-gitlab');
  });
});
