import assert from 'node:assert/strict';
import { isInShard, parseShard } from '../../src/app/shard';

describe('shards', () => {
  const texts: [text: string, shard: [number, number] | null][] = [
    ['1/1', [1, 1]],
    ['1/5', [1, 5]],
    ['5/5', [5, 5]],
    ['0/5', null],
    ['6/5', null],
    ['1/0', null],
    ['1', null],
    ['-1/5', null],
    ['1.5/5', null],
    ['1/5/5', null],
    ['', null],
  ];
  for (const [text, shard] of texts) {
    it(`reads ${JSON.stringify(text)} as ${shard ? shard.join(' of ') : 'none'}`, () => {
      assert.deepEqual(parseShard(text), shard && { index: shard[0], total: shard[1] });
    });
  }

  it('are those whose id modulo their number is one less than theirs', () => {
    assert.deepEqual([6, 7, 8, 9].map((id) => [1, 2, 3].find((index) => isInShard({ index, total: 3 }, id))), [1, 2, 3, 1]);
  });

  for (const total of [1, 2, 3, 7, 50]) {
    it(`put each project into exactly one of ${total}`, () => {
      for (let id = 1; id <= 500; id++) {
        const shards = Array.from({ length: total }, (_, index) => isInShard({ index: index + 1, total }, id));
        assert.equal(shards.filter(Boolean).length, 1, `project ${id}`);
      }
    });
  }
});
