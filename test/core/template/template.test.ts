import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { maxTemplateLength, namesIn, parseExpression, parseTemplate } from '../../../src/core/template/template';

/** What is wrong, with marks around the place. */
function mistake(text: string, parse: typeof parseTemplate | typeof parseExpression = parseTemplate): string {
  const parsed = parse(text);
  if ('value' in parsed) return 'nothing';
  const { start, end } = parsed.range;
  return `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}: ${parsed.problem}${parsed.meant === undefined ? '' : ` (${parsed.meant})`}`;
}

describe('a template that is none', () => {
  for (const [text, problem] of [
    ['{name', '«{name»: the brace is not closed'],
    ['a {} b', 'a {«}» b: a name is expected here, not “}”'],
    ['{name', '«{name»: the brace is not closed'],
    ['{', '{«»: a name is missing here'],
    ['{name|}', '{name|«}»: the name of a filter is expected here, not “}”'],
    ['{name|rond}', '{name|«rond»}: “rond” is no filter: use round, floor, ceil, fixed, percent, short, bytes, upper, lower, cut, date, age or default (round)'],
    ['{a b}', '{a «b»}: } is expected here, not “b”'],
    ['{a % 2}', '{a «%» 2}: } is expected here, not “%”'],
    ['{(a + 1}', '{(a + 1«}»: ) is expected here, not “}”'],
    ['{a +}', '{a +«}»: a name is expected here, not “}”'],
    ['{a.}', '{a«.»}: } is expected here, not “.”'],
    ['{a["b"]}', '{a«[»"b"]}: } is expected here, not “[”'],
    ["{'a}", "{«'a}»: the text is not closed by its quote"],
    ['{a|fixed(11)}', '{a|«fixed(11)»}: “fixed” takes a whole number from 0 to 10 in brackets, such as {coverage|fixed(1)}'],
    ['{a|fixed(1, 2)}', '{a|«fixed(1, 2)»}: “fixed” takes one thing at most in brackets, such as {coverage|fixed(1)}'],
    ['{a|fixed(-1)}', '{a|«fixed(-1)»}: “fixed” takes a whole number from 0 to 10 in brackets, such as {coverage|fixed(1)}'],
    ['{a|fixed(name)}', '{a|fixed(«n»ame)}: a number, or a text in quotes is expected here, not “n”'],
    ['{a|cut}', '{a|«cut»}: “cut” takes one thing in brackets, such as {commit.sha|cut(8)}'],
    ['{a|upper(1)}', '{a|«upper(1)»}: “upper” takes nothing in brackets, such as {default_branch|upper}'],
    ['{a|date(1)}', "{a|«date(1)»}: “date” takes a text in quotes in brackets, such as {release.date|date('YYYY-MM-DD')}"],
    [`{${'('.repeat(21)}a`, `{${'('.repeat(21)}«»a: nested deeper than 20 levels`],
    [`{${'-'.repeat(21)}a`, `{${'-'.repeat(21)}«»a: nested deeper than 20 levels`],
  ] as const) {
    it(`${text.slice(0, 30)} says where`, () => assert.ok(mistake(text).includes(problem), mistake(text)));
  }

  it('is one up to a length', () => {
    assert.equal(mistake('x'.repeat(maxTemplateLength)), 'nothing');
    assert.match(mistake('x'.repeat(maxTemplateLength + 1)), /a template has 1000 characters at most$/);
  });

  it('may be an expression with braces', () => assert.equal(mistake('{a}', parseExpression), '«{»a}: a name is expected here, not “{”'));
  it('may be an expression with something behind it', () => assert.equal(mistake('a b', parseExpression), 'a «b»: the end is expected here, not “b”'));
});

describe('names in a template', () => {
  it('are those of all expressions, with their places', () => {
    const text = "{release.tag|default('x')} · {(a - -b) / 2|round}%";
    const parsed = parseTemplate(text);
    assert.ok('value' in parsed);
    assert.deepEqual(namesIn(parsed.value).map(({ name, range }) => [name, text.slice(range.start, range.end)]), [['release.tag', 'release.tag'], ['a', 'a'], ['b', 'b']]);
  });
});
