import assert from 'node:assert/strict';
import { statementAt, tomlStatements } from '../../src/config/tomlStatements';
import { marked, withMarks } from './marked';

describe('the statements of a TOML text', () => {
  for (const [name, written] of [
    ['pairs and headers without comments', '«a = 1» # x\n# y\n«[b]» # z\n«c = "#"»\n'],
    ['a list over several lines', '«a = [ # x ]\n  "]", 1,\n]»\n«b = 2»'],
    ['lists in a list, and words in brackets', '«a = [\n[1], [true],\n[inf]\n]»\n«b = 2»\n'],
    ['texts over several lines', `«a = """\nb = 1\n[c]\\"""""""»\n«d = '''\n"""'''»\n`],
    ['a text without its end', '«a = "x»\n«b = 1»\n'],
    ['a text of several lines without its end', '«a = """x»\n«b = 1»\n'],
    ['a list without its end', '«a = [1,»\n«"b" . c = 1»\n'],
    ['a list without its end before a header', '«a = [1»\n«[[b.c]]»\n'],
    ['CRLF and a byte order mark', '\uFEFF«a = 1»\r\n\r\n«[b]»\r\n'],
    ['a half-typed header and key', '«[b»\n«c»\n'],
    ['quotes in a header', '«["#".\'b]\']»\n'],
  ] as const) {
    it(`are ${name}`, () => {
      const { text } = marked(written);
      assert.equal(withMarks(text, tomlStatements(text).map((range) => ({ range }))), written);
    });
  }

  it('are found by offset, from the first character on', () => {
    const statements = tomlStatements('a = 1\n[b]\n');
    assert.deepEqual([0, 5, 6, 9].map((offset) => statementAt(statements, offset)?.start), [0, 0, 6, 6]);
    assert.equal(statementAt(tomlStatements('\na = 1'), 0), undefined);
  });
});
