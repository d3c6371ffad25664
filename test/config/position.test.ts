import assert from 'node:assert/strict';
import { atPosition, lineTable, offsetAt, positionAt } from '../../src/config/position';

describe('positions', () => {
  const text = 'ab\ncd\r\n😀e\rf\n';
  for (const [offset, line, column] of [
    [0, 1, 1],
    [2, 1, 3],
    [3, 2, 1],
    [5, 2, 3],
    [7, 3, 1],
    [9, 3, 3],
    [11, 4, 1],
    [12, 4, 2],
    [13, 5, 1],
  ] as const) {
    it(`has offset ${offset} in line ${line}, column ${column}`, () => {
      const lines = lineTable(text);
      assert.deepEqual(positionAt(lines, offset), { line, column });
      assert.equal(offsetAt(lines, { line, column }), offset);
    });
  }

  it('keeps what is outside the text at its ends', () => {
    const lines = lineTable(text);
    assert.deepEqual(positionAt(lines, -1), { line: 1, column: 1 });
    assert.deepEqual(positionAt(lines, 99), { line: 5, column: 1 });
    assert.equal(offsetAt(lines, { line: 0, column: 1 }), 0);
    assert.equal(offsetAt(lines, { line: 1, column: 99 }), 3);
    assert.equal(offsetAt(lines, { line: 99, column: 1 }), text.length);
  });

  it('has one position in an empty text', () => {
    assert.deepEqual(positionAt(lineTable(''), 0), { line: 1, column: 1 });
  });

  it('gives a byte order mark no column', () => {
    const lines = lineTable('\uFEFFab\nc');
    assert.deepEqual(positionAt(lines, 1), { line: 1, column: 1 });
    assert.deepEqual(positionAt(lines, 0), { line: 1, column: 1 });
    assert.deepEqual(positionAt(lines, 4), { line: 2, column: 1 });
    assert.equal(offsetAt(lines, { line: 1, column: 2 }), 2);
  });

  it('puts a problem into its file', () => {
    const problem = { code: 'x', severity: 'error', message: 'm', range: { start: 4, end: 8 } } as const;
    assert.deepEqual(atPosition(problem, 'ab\ncd\nef', '.gitlab/badges.yaml'), { ...problem, file: '.gitlab/badges.yaml', line: 2, column: 2, endLine: 3, endColumn: 3 });
  });
});
