import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FileError } from '../../src/app/ports';
import { expandJunit } from '../../src/core/junitStems';
import { collectJunitBadges, parseSeconds, readReport } from '../../src/sources/junit';

const { signal } = new AbortController();
const read = (xml: string) => readReport([xml], signal);
const totals = async (xml: string) => {
  const { tests, failures, errors, skipped } = await read(xml);
  return [tests, failures, errors, skipped];
};

describe('JUnit totals', () => {
  const cases: readonly [what: string, xml: string, expected: readonly number[]][] = [
    ['counts cases under <testsuites>', '<testsuites><testsuite><testcase/><testcase><failure/></testcase></testsuite><testsuite><testcase><error/></testcase><testcase><skipped/></testcase></testsuite></testsuites>', [4, 1, 1, 1]],
    ['counts cases under a <testsuite> root', '<testsuite><testcase/><testcase><failure/></testcase></testsuite>', [2, 1, 0, 0]],
    ['counts cases directly below <testsuites>', '<testsuites><testcase/><testcase/></testsuites>', [2, 0, 0, 0]],
    ['takes attributes where no case is listed', '<testsuite tests="9" failures="2" errors="1" skipped="3"/>', [9, 2, 1, 3]],
    ['takes missing attributes as nothing', '<testsuite tests="9"/>', [9, 0, 0, 0]],
    ['takes the attributes of a childless <testsuites>', '<testsuites tests="5" failures="1"/>', [5, 1, 0, 0]],
    ['counts nested suites once, though the outer one repeats their totals', '<testsuites tests="3"><testsuite tests="3"><testsuite tests="2"/><testsuite tests="1" skipped="1"/></testsuite></testsuites>', [3, 0, 0, 1]],
    ['adds a suite\'s own cases to those of its nested suites', '<testsuite tests="3"><testcase/><testsuite><testcase/><testcase><failure/></testcase></testsuite></testsuite>', [3, 1, 0, 0]],
    ['believes the outer suite where the inner ones say nothing', '<testsuites tests="4" failures="1"><testsuite name="a"/></testsuites>', [4, 1, 0, 0]],
    ['believes a suite that lists only what failed', '<testsuite tests="10" failures="1"><testcase><failure/></testcase></testsuite>', [10, 1, 0, 0]],
    ['believes the cases where a suite states fewer', '<testsuite tests="1"><testcase/><testcase/></testsuite>', [2, 0, 0, 0]],
    ['believes failures that no case shows', '<testsuite tests="2" failures="1"><testcase/><testcase/></testsuite>', [2, 1, 0, 0]],
    ['counts a case with a failure and an error once', '<testsuite><testcase><failure/><error/></testcase></testsuite>', [1, 0, 1, 0]],
    ['does not count a flaky failure that passed in the end', '<testsuite><testcase><flakyFailure/></testcase></testsuite>', [1, 0, 0, 0]],
    ['reads skip and ignored, as nose and NUnit write', '<testsuites><testsuite tests="3" skip="1"/><testsuite tests="2" ignored="2"/></testsuites>', [5, 0, 0, 3]],
    ['counts GoogleTest\'s disabled tests as skipped', '<testsuites tests="2" disabled="1"><testsuite tests="2" disabled="1"><testcase status="run"/><testcase status="notrun" result="suppressed"/></testsuite></testsuites>', [2, 0, 0, 1]],
    ['reads thousands separators in counts', '<testsuite tests="1,234"/>', [1234, 0, 0, 0]],
    ['takes an empty report as no tests', '<testsuites/>', [0, 0, 0, 0]],
    ['reads past control characters of what a test printed', '<testsuite name="\u001b[1m"><testcase><system-out>\u001b[31mred &#x1b;[0m &#27; \u0000</system-out></testcase></testsuite>', [1, 0, 0, 0]],
    ['counts a test that failed again when it was run once more', '<testsuite tests="2" failures="1"><testcase><failure/><rerunFailure/><rerunError/></testcase><testcase><flakyError/></testcase></testsuite>', [2, 1, 0, 0]],
    ['is not confused by namespaces and output', '<j:testsuite xmlns:j="urn:j"><j:testcase><j:system-out><![CDATA[<failure/>]]></j:system-out></j:testcase></j:testsuite>', [1, 0, 0, 0]],
  ];
  for (const [what, xml, expected] of cases) it(what, async () => assert.deepEqual(await totals(xml), expected));

  it('reads a report in pieces of one character', async () => {
    assert.equal((await readReport('<testsuite><testcase time="1.5"/></testsuite>', signal)).seconds, 1.5);
  });

  const times: readonly [what: string, xml: string, seconds: number][] = [
    ['believes the root', '<testsuites time="2"><testsuite time="3"/></testsuites>', 2],
    ['adds the suites up where the root says nothing', '<testsuites><testsuite time="1.25"/><testsuite time="2"/></testsuites>', 3.25],
    ['does not let a root of 0 hide the sum', '<testsuites time="0.0"><testsuite time="3" tests="1"/></testsuites>', 3],
    ['adds the cases up where the suite says nothing', '<testsuite><testcase time="0.5"/><testcase time="0.25"/></testsuite>', 0.75],
    ['leaves out what is no time', '<testsuite time="NaN"><testcase time="fast"/></testsuite>', 0],
  ];
  for (const [what, xml, seconds] of times) it(`time: ${what}`, async () => assert.equal((await read(xml)).seconds, seconds));

  for (const [text, seconds] of [
    ['12.34', 12.34],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1 234,5', 1234.5],
    ['0,25', 0.25],
    ['1,234,567', 1234567],
    ['1.5E-4', 0.00015],
    ['.5', 0.5],
    ['', undefined],
    ['-1', undefined],
    ['12s', undefined],
  ] as const) {
    it(`reads the time "${text}" as ${seconds}`, () => assert.equal(parseSeconds(text), seconds));
  }
});

describe('a report that is none', () => {
  const cases: readonly [what: string, xml: string, message: RegExp][] = [
    ['broken XML', '<testsuite>\n  <testcase>\n</testsuite>', /^3:12: unexpected close tag|^3:1\d: /],
    ['an empty file', '', /root element/],
    ['a cut file', '<testsuite><testcase>', /unclosed tag/],
    ['HTML', '<html/>', /^1:\d+: not a JUnit report: its root element is <html>/],
    ['a count that is no number', '<testsuite tests="many"/>', /tests="many" is not a number of tests/],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite name="&b;"/>', /declares entities/],
    ['suites a thousand deep and one more', `${'<testsuite>'.repeat(1001)}${'</testsuite>'.repeat(1001)}`, /more than 1000 deep/],
    ['an unknown entity', '<testsuite name="&nbsp;"/>', /entity/],
    ['an entity that only JavaScript knows', '<testsuite name="&constructor;"/>', /entity/],
  ];
  for (const [what, xml, message] of cases) {
    it(`is refused with its position: ${what}`, () => assert.rejects(read(xml), { name: 'XmlError', message }));
  }
});

describe('JUnit badges', () => {
  const files = (reports: Readonly<Record<string, string | Error>>) => ({
    find: (pattern: string) => Promise.resolve(Object.keys(reports).filter((file) => pattern === '*' || file === pattern)),
    async *readStream(file: string) {
      await Promise.resolve();
      const report = reports[file] as string | Error;
      if (report instanceof Error) throw report;
      yield report;
    },
  });
  const collect = (reports: Readonly<Record<string, string | Error>>, patterns = ['*'], wanted: readonly string[] = ['all']) =>
    collectJunitBadges({ files: files(reports), artifacts: { missing: '' }, place: 'badges.yaml' }, patterns.map((value) => ({ value })), expandJunit(wanted), '2026-01-01T00:00:00.000Z', signal);
  const faces = async (xml: string) => (await collect({ 'a.xml': xml })).map((badge) => (badge.status === 'known' ? [badge.stem, badge.face.label, badge.face.message, badge.face.color] : badge));

  it('are four, green without failures', async () => {
    assert.deepEqual(await faces('<testsuite tests="5" skipped="2" time="12.345"/>'), [
      ['total_tests', 'total tests', '5', 'blue'],
      ['total_time', 'total execution time', '12.35s', 'blue'],
      ['tests', 'tests', '3 passed', 'green'],
      ['tests_complete', 'tests', '3 passed, 0 failed, 0 errors, 2 skipped', 'green'],
    ]);
  });

  it('are red with a failure or an error, and call no skipped test failed', async () => {
    const [, , tests, complete] = await faces('<testsuite tests="9" failures="1" errors="2" skipped="3"/>');
    assert.deepEqual(tests, ['tests', 'tests', '3 passed, 3 failed', 'red']);
    assert.deepEqual(complete, ['tests_complete', 'tests', '3 passed, 1 failed, 2 errors, 3 skipped', 'red']);
  });

  describe('that are asked for', () => {
    const more = async (...reports: readonly string[]) => {
      const badges = await collect(Object.fromEntries(reports.map((xml, index) => [`${index}.xml`, xml])), ['*'], ['slowest_suite', 'pass_rate']);
      return badges.map((badge) => (badge.status === 'known' ? `${badge.face.message} ${badge.face.color} ${badge.value}` : `${badge.status}: ${badge.reason}`));
    };
    for (const [what, reports, expected] of [
      ['all passed', ['<testsuite name="a" tests="4" time="2"/>'], ['100% green 100', 'a 2.00s blue 2']],
      ['one of 1,000 failed', ['<testsuite name="a" tests="1000" failures="1" time="2"/>'], ['99% red 99.9', 'a 2.00s blue 2']],
      ['skipped ones do not count', ['<testsuite name="a" tests="4" skipped="2" failures="1" time="2"/>'], ['50% red 50', 'a 2.00s blue 2']],
      ['the slowest of nested suites, not what holds it', ['<testsuites name="root" time="9"><testsuite name="a" time="2" tests="1"/><testsuite name="b"><testcase time="3"/></testsuite></testsuites>'], ['100% green 100', 'b 3.00s blue 3']],
      ['the slowest of all reports', ['<testsuite name="a" tests="1" time="2"/>', '<testsuite name="b" tests="1" time="1"/>'], ['100% green 100', 'a 2.00s blue 2']],
      ['a suite without a name', ['<testsuite tests="1" time="2"/>'], ['100% green 100', '2.00s blue 2']],
      ['no tests', ['<testsuites/>'], ['unknown: The reports hold no test that was run.', 'unknown: The reports do not say how long a suite took.']],
      ['only skipped ones', ['<testsuite name="a" tests="1" skipped="1"/>'], ['unknown: The reports hold no test that was run.', 'unknown: The reports do not say how long a suite took.']],
    ] as const) {
      it(`show ${what}`, async () => assert.deepEqual(await more(...reports), expected));
    }
    it('come with the four', async () => assert.equal((await collect({ 'a.xml': '<testsuite tests="1"/>' }, ['*'], ['all', 'pass_rate'])).length, 5));
    it('are alone otherwise', async () => assert.equal((await collect({ 'a.xml': '<testsuite tests="1"/>' }, ['*'], ['tests'])).length, 1));
  });

  it('add up several reports, each once', async () => {
    const [total] = await collect({ 'a.xml': '<testsuite tests="2"/>', 'b.xml': '<testsuite tests="3"/>' }, ['*', 'a.xml']);
    assert.equal(total?.status === 'known' && total.face.message, '5');
    assert.equal(total?.origin.text, 'a.xml and 1 more');
  });

  it('are none where no report is configured', async () => assert.deepEqual(await collect({}, []), []));

  it('are unknown where no file matches', async () => {
    for (const badge of await collect({}, ['reports/**/*.xml'])) {
      assert.equal(badge.status, 'unknown');
      assert.match(badge.status === 'unknown' ? badge.reason : '', /^No file matches reports\/\*\*\/\*\.xml/);
    }
  });

  it('all fail where one report is broken, which is named with its position', async () => {
    const badges = await collect({ 'a.xml': '<testsuite tests="2"/>', 'b.xml': '<testsuite>' });
    assert.deepEqual(badges.map(({ status }) => status), ['failed', 'failed', 'failed', 'failed']);
    assert.match(badges[0]?.status === 'failed' ? badges[0].reason : '', /b\.xml:1:\d+: unclosed tag/);
  });

  it('are unknown where a report is that of another tool, or holds no number where one is due', async () => {
    for (const [xml, message] of [['<html/>', /^b\.xml:1:\d+: not a JUnit report/], ['<testsuite tests="NaN"/>', /^b\.xml:1:\d+: tests="NaN" is not a number/]] as const) {
      const [badge] = await collect({ 'a.xml': '<testsuite tests="2"/>', 'b.xml': xml });
      assert.match(badge?.status === 'unknown' ? badge.reason : '', message);
    }
  });

  it('fail where a report cannot be read', async () => {
    const [badge] = await collect({ 'a.xml': new FileError('too-large', 'a.xml', 'a.xml is larger than 64 MiB') });
    assert.match(badge?.status === 'failed' ? badge.reason : '', /a\.xml is larger than 64 MiB/);
  });

  it('stop when cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(collectJunitBadges({ files: files({ 'a.xml': '<testsuite/>' }), artifacts: { missing: '' }, place: 'badges.yaml' }, [{ value: '*' }], expandJunit('all'), '', controller.signal), { name: 'AbortError' });
  });
});
