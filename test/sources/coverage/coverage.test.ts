import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FileError } from '../../../src/app/ports';
import { collectCoverageBadges, readCoverage } from '../../../src/sources/coverage/coverage';
import { coverageColor, percentText } from '../../../src/sources/coverage/percent';

const { signal } = new AbortController();
const lines = (...texts: string[]) => texts.join('\n');

/** `lines covered / lines, branches covered / branches`, or without the latter. */
const totals = async (report: string, pieces = 1) => {
  const size = Math.ceil(report.length / pieces);
  const chunks = Array.from({ length: pieces }, (_, index) => report.slice(index * size, (index + 1) * size));
  const { lines: counted, branches } = await readCoverage(chunks, signal);
  return [counted, branches].flatMap((share) => (share ? [`${share.covered}/${share.total}`] : [])).join(' ');
};

const coberturaLines = (...hits: readonly number[]) => hits.map((count, index) => `<line number="${index + 1}" hits="${count}"/>`).join('');
const cobertura = (root: string, classLines: string, methodLines = '') =>
  `<?xml version="1.0"?><!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd"><coverage ${root}><packages><package><classes><class><methods><method><lines>${methodLines}</lines></method></methods><lines>${classLines}</lines></class></classes></package></packages></coverage>`;
const jacoco = (content: string) => `<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="shop">${content}</report>`;
const counter = (type: string, missed: number, covered: number) => `<counter type="${type}" missed="${missed}" covered="${covered}"/>`;

const reports: readonly [what: string, report: string, expected: string][] = [
  ['Cobertura: what the root states', cobertura('lines-valid="8" lines-covered="6" branches-valid="4" branches-covered="1"', coberturaLines(1, 0)), '6/8 1/4'],
  ['Cobertura: the lines of the classes where the root states nothing', cobertura('line-rate="0.5"', coberturaLines(1, 0, 3)), '2/3'],
  ['Cobertura: lines below their method are not counted twice', cobertura('', coberturaLines(1, 0), coberturaLines(1, 0)), '1/2'],
  ['Cobertura: branches of the lines', cobertura('', '<line number="1" hits="2" branch="true" condition-coverage="50% (1/2)"/><line number="2" hits="0" branch="true" condition-coverage="0% (0/4)"/>'), '1/2 1/6'],
  ['Cobertura: no branches where there are none to cover', cobertura('lines-valid="2" lines-covered="2" branches-valid="0" branches-covered="0"', ''), '2/2'],
  ['Cobertura: thousands separators', cobertura('lines-valid="1,200" lines-covered="300"', ''), '300/1200'],
  ['Cobertura: hits beyond what a number holds exactly', cobertura('', '<line number="1" hits="18446744073709551615"/><line number="2" hits="0"/>'), '1/2'],
  ['JaCoCo: the counters of the report, not those inside', jacoco(`<package name="a">${counter('LINE', 5, 5)}</package>${counter('LINE', 2, 8)}${counter('BRANCH', 3, 1)}${counter('METHOD', 9, 9)}`), '8/10 1/4'],
  ['JaCoCo: the sum of the groups where the report has none', jacoco(`<group name="a"><package name="p">${counter('LINE', 9, 9)}</package>${counter('LINE', 1, 3)}</group><group name="b">${counter('LINE', 2, 4)}</group>`), '7/10'],
  ['JaCoCo: no branch counter', jacoco(counter('LINE', 0, 4)), '4/4'],
  ['JaCoCo: no branches to count', jacoco(counter('LINE', 0, 4) + counter('BRANCH', 0, 0)), '4/4'],
  ['LCOV: what a section sums up', lines('TN:', 'SF:src/a.ts', 'DA:1,1', 'LF:10', 'LH:7', 'BRF:4', 'BRH:2', 'end_of_record'), '7/10 2/4'],
  ['LCOV: single lines and branches', lines('SF:src/a.ts', 'DA:1,5', 'DA:2,0', 'DA:3,1,checksum', 'BRDA:1,0,0,1', 'BRDA:1,0,1,-', 'BRDA:2,0,0,0', 'end_of_record'), '2/3 1/3'],
  ['LCOV: several files', lines('SF:a', 'LF:2', 'LH:1', 'end_of_record', 'SF:b', 'LF:3', 'LH:3', 'end_of_record'), '4/5'],
  ['LCOV: a file once, though two tests have a section for it', lines('TN:one', 'SF:a', 'LF:4', 'LH:1', 'end_of_record', 'TN:two', 'SF:a', 'LF:4', 'LH:3', 'end_of_record'), '3/4'],
  ['LCOV: Windows line ends', 'TN:\r\nSF:a\r\nLF:2\r\nLH:1\r\nend_of_record\r\n', '1/2'],
  ['LCOV: no line break at the end', lines('SF:a', 'LF:2', 'LH:1', 'end_of_record'), '1/2'],
  ['LCOV: counts beyond what a number holds exactly', lines('SF:a', 'DA:1,99999999999999999999', 'DA:2,-3', 'DA:3,1.5e+20', 'end_of_record'), '2/3'],
  ['Istanbul: the total of the summary', '{"total":{"lines":{"total":20,"covered":15,"skipped":0,"pct":75},"branches":{"total":4,"covered":1,"skipped":0,"pct":25}},"src/a.ts":{"lines":{"total":1,"covered":0,"skipped":0,"pct":0}}}', '15/20 1/4'],
  ['Istanbul: a percentage that is Unknown, as of nothing', '{"total":{"lines":{"total":0,"covered":0,"skipped":0,"pct":"Unknown"},"branches":{"total":0,"covered":0,"skipped":0,"pct":"Unknown"}}}', '0/0'],
  ['LCOV: paths of Windows', lines('TN:', 'SF:C:\\src\\a.ts', 'FN:1,C::f', 'FNDA:1,C::f', 'LF:2', 'LH:1', 'end_of_record'), '1/2'],
  ['Go: statements', lines('mode: set', 'shop/a.go:3.10,5.2 2 1', 'shop/a.go:7.1,9.2 3 0', ''), '2/5'],
  ['Go: a block once, executed if any line says so', lines('mode: atomic', 'shop/a.go:3.10,5.2 2 0', 'mode: atomic', 'shop/a.go:3.10,5.2 2 7'), '2/2'],
  ['Go: a path with blanks and colons', lines('mode: count', 'C:/my shop/a.go:3.10,5.2 4 1'), '4/4'],
];

describe('coverage reports', () => {
  for (const [what, report, expected] of reports) {
    it(what, async () => assert.equal(await totals(report), expected));
    it(`${what}, in small pieces`, async () => assert.equal(await totals(report, 23), expected));
  }

  it('start with any white space', async () => assert.equal(await totals(`\n\n                     {"total":{"lines":{"total":2,"covered":1}}}`), '1/2'));
});

describe('a coverage report that is none', () => {
  const cases: readonly [what: string, report: string, message: RegExp][] = [
    ['an empty file', '', /^1:1: not a coverage report: Cobertura, JaCoCo/],
    ['a text', 'Statements: 80 %', /^1:1: not a coverage report/],
    ['HTML', '<html><body/></html>', /^1:\d+: not a coverage report: its root element is <html>/],
    ['a Clover report', '<coverage generated="1"><project timestamp="1"><metrics/></project></coverage>', /Clover report, which is not read/],
    ['Cobertura with NaN', '<coverage lines-valid="NaN" lines-covered="0"/>', /^1:\d+: lines-valid="NaN" is no count/],
    ['Cobertura that covers more than there is', '<coverage lines-valid="3" lines-covered="4"/>', /lines-covered="4" is more than lines-valid="3"/],
    ['Cobertura with hits that are no count', cobertura('', '<line number="1" hits="x"/>'), /hits="x" is no count/],
    ['JaCoCo with a counter without numbers', jacoco('<counter type="LINE" missed="1"/>'), /a counter must state missed and covered/],
    ['XML that is cut off', '<coverage lines-valid="3" lines-covered="3">', /unclosed tag/],
    ['an entity bomb', '<!DOCTYPE coverage [<!ENTITY a "aaaa">]><coverage/>', /declares entities/],
    ['LCOV with a count that is none', lines('SF:a', 'LF:NaN', 'end_of_record'), /^2:4: LF:NaN is no count/],
    ['LCOV with a line that says no hits', lines('SF:a', 'DA:1', 'end_of_record'), /^2:1: DA:1 does not say how often/],
    ['LCOV that is cut off', lines('SF:a', 'end_of_record', 'SF:b', 'LF:1'), /^3:1: the section that starts here has no end_of_record/],
    ['a Go profile with another line', lines('mode: set', 'shop/a.go: all of it'), /^2:1: “shop\/a\.go: all of it” is no block/],
    ['JSON that is no report', '{"coverage": 80}', /^1:1: not a coverage report: Istanbul's summary has a key "total"/],
    ["Istanbul's detailed report", '{"a.ts":{"path":"a.ts","statementMap":{},"s":{}}}', /json-summary/],
    ['Istanbul with a number that is none', '{"total":\n{"lines":{"total":"20","covered":1}}}', /^2:19: total\.lines\.total must be a whole number/],
    ['Istanbul that covers more than there is', '{"total":{"lines":{"total":1,"covered":2}}}', /covered is more than/],
    ['broken JSON', '{"total":', /^1:\d+: a value is missing/],
  ];
  for (const [what, report, message] of cases) {
    it(`is refused with its position: ${what}`, () => assert.rejects(totals(report), { message }));
  }
});

describe('coverage colours', () => {
  for (const [percent, color, text] of [
    [0, 'red', '0%'],
    [0.1, 'yellow', '0%'],
    [79.99, 'yellow', '79%'],
    [80, 'yellowgreen', '80%'],
    [89.99, 'yellowgreen', '89%'],
    [90, 'green', '90%'],
    [99.99, 'green', '99%'],
    [100, 'brightgreen', '100%'],
  ] as const) {
    it(`${percent} is ${color} and reads ${text}`, () => assert.deepEqual([coverageColor(percent), percentText(percent)], [color, text]));
  }
});

describe('coverage badges', () => {
  const files = (found: Readonly<Record<string, string | Error>>) => ({
    find: (pattern: string) => Promise.resolve(Object.keys(found).filter((file) => pattern === '*' || file === pattern)),
    async *readStream(file: string) {
      await Promise.resolve();
      const report = found[file] as string | Error;
      if (report instanceof Error) throw report;
      yield report;
    },
  });
  const collect = async (found: Readonly<Record<string, string | Error>>, patterns = ['*']) =>
    (await collectCoverageBadges({ files: files(found), artifacts: { missing: '' }, place: 'badges.yaml' }, patterns.map((value) => ({ value })), '2026-01-01T00:00:00.000Z', signal)).map((badge) =>
      badge.status === 'known' ? [badge.stem, badge.face.label, badge.face.message, badge.face.color].join(' · ') : `${badge.stem} · ${badge.status} · ${badge.reason}`,
    );
  const go = (executed: number, statements = 1) => `mode: set\na.go:1.1,2.2 ${statements} ${executed}\n`;
  const istanbul = (covered: number) => `{"total":{"lines":{"total":10,"covered":${covered}},"branches":{"total":2,"covered":1}}}`;

  it('are lines and branches', async () => assert.deepEqual(await collect({ 'a.json': istanbul(9) }), ['coverage · coverage · 90% · green', 'branch_coverage · branch coverage · 50% · yellow']));
  it('add up several reports of any format', async () => assert.deepEqual(await collect({ 'a.json': istanbul(4), 'b.out': go(1, 10) }), ['coverage · coverage · 70% · yellow']));
  it('are none where no report is configured', async () => assert.deepEqual(await collect({}, []), []));
  it('are unknown where no file matches', async () => assert.match((await collect({}, ['cov/*.xml']))[0] ?? '', /^coverage · unknown · No file matches cov\/\*\.xml/));
  it('are unknown where there was nothing to cover', async () => assert.match((await collect({ a: 'mode: set\n' }))[0] ?? '', /^coverage · unknown · .* 0 lines/));
  it('fail where one report is broken, which is named with its position', async () => assert.match((await collect({ a: go(1), b: 'mode: set\nx' }))[0] ?? '', /^coverage · failed · .* b:2:1: /));
  for (const [what, report, reason] of [
    ['of another tool', '<html/>', /b:1:\d+: not a coverage report/],
    ['with NaN', '<coverage lines-valid="NaN" lines-covered="0"/>', /b:1:\d+: lines-valid="NaN" is no count/],
    ['of LCOV with NaN', 'SF:a\nLF:NaN\nend_of_record', /b:2:4: LF:NaN is no count/],
    ['of Istanbul with a text for a number', '{"total": {"lines": {"total": "NaN", "covered": 0}}}', /b:1:\d+: total\.lines\.total must be/],
  ] as const) {
    it(`are unknown where a report is one ${what}`, async () => {
      const [badge = ''] = await collect({ a: go(1), b: report });
      assert.match(badge, /^coverage · unknown · /);
      assert.match(badge, reason);
    });
  }
  for (const [what, report] of [['XML', '<coverage>'], ['JSON', '{"total":'], ['LCOV', 'SF:a\nLF:1']] as const) {
    it(`fail where a report of ${what} is cut off`, async () => assert.match((await collect({ a: go(1), b: report }))[0] ?? '', /^coverage · failed · .* b:\d+:\d+: /));
  }
  it('fail where a report cannot be read', async () => assert.match((await collect({ a: new FileError('too-large', 'a', 'a is larger than 64 MiB') }))[0] ?? '', /a is larger than 64 MiB/));
});
