import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FileError } from '../../src/app/ports';
import { collectFindingBadges, readFindings } from '../../src/sources/findings';

const { signal } = new AbortController();
const found = async (report: unknown) => Object.fromEntries(await readFindings([JSON.stringify(report)], signal));
const run = (results: unknown, rules: unknown = []) => ({ version: '2.1.0', runs: [{ tool: { driver: { name: 'lint', rules } }, results }] });
const overridden = (results: unknown) => ({
  runs: [{ ...run(results, rules).runs[0], invocations: [{ ruleConfigurationOverrides: [{ descriptor: { id: 'a' }, configuration: { level: 'note' } }, { descriptor: { index: 1 }, configuration: { level: 'error' } }, { descriptor: { index: 2 }, configuration: { enabled: true } }] }] }],
});
const rules = [{ id: 'a', defaultConfiguration: { level: 'error' } }, { id: 'b', defaultConfiguration: { level: 'note' } }, { id: 'c' }];

describe('findings', () => {
  for (const [what, report, expected] of [
    ['of a Code Quality report, by severity', [{ severity: 'major' }, { severity: 'info' }, { severity: 'major' }], { major: 2, info: 1 }],
    ['of an empty Code Quality report', [], {}],
    ['of SARIF, by level', run([{ level: 'error' }, { level: 'note' }, { level: 'error' }]), { error: 2, note: 1 }],
    ['of SARIF without a level are warnings', run([{ ruleId: 'x' }]), { warning: 1 }],
    ['of SARIF with the level of their rule, by index or by id', run([{ ruleIndex: 1 }, { ruleId: 'a' }, { ruleId: 'c' }, { ruleIndex: 0, level: 'warning' }], rules), { note: 1, error: 1, warning: 2 }],
    ['of SARIF with the level of a rule of an extension', { runs: [{ tool: { driver: { rules: [{ id: 'a' }] }, extensions: [{ rules: [] }, { rules }] }, results: [{ ruleId: 'b', ruleIndex: 1, rule: { index: 1, toolComponent: { index: 1 } } }, { rule: { id: 'a', index: 0, toolComponent: { index: 1 } } }, { ruleId: 'b' }, { ruleId: 'a' }] }] }, { note: 2, error: 1, warning: 1 }],
    ['of SARIF with the level that their rule was given for the run', overridden([{ ruleId: 'a' }, { ruleIndex: 1 }, { ruleId: 'c' }, { ruleId: 'b', level: 'note' }]), { note: 2, error: 1, warning: 1 }],
    ['of SARIF with the level of the run they come from', { runs: [{ ...overridden([{ ruleId: 'a' }, { ruleId: 'a', provenance: { invocationIndex: 1 } }, { ruleId: 'a', provenance: { invocationIndex: 7 } }]).runs[0], invocations: [{}, { ruleConfigurationOverrides: [{ descriptor: { id: 'a' }, configuration: { level: 'note' } }] }] }] }, { error: 2, note: 1 }],
    ['of SARIF with the level of a rule by GUID', { runs: [{ tool: { driver: { rules: [{ id: 'z' }] }, extensions: [{ guid: 'E', rules: [{ guid: 'R', defaultConfiguration: { level: 'error' } }] }] }, results: [{ rule: { guid: 'R' } }, { rule: { index: 0, toolComponent: { guid: 'E' } } }, { rule: { index: 0, toolComponent: { guid: 'X' } } }, { rule: {} }] }] }, { error: 2, warning: 2 }],
    ['of SARIF with the level of the rule that theirs is a case of', run([{ ruleId: 'a/b/1' }, { ruleId: 'x/a' }, { ruleIndex: -1, ruleId: 'b' }], rules), { error: 1, warning: 1, note: 1 }],
    ['of SARIF without those that are suppressed', run([{ level: 'error', suppressions: [{ kind: 'inSource' }] }, { level: 'error', suppressions: [{ status: 'rejected' }] }, { level: 'error', suppressions: [] }]), { error: 2 }],
    ['of SARIF without those that passed or are gone', run([{ kind: 'pass' }, { kind: 'notApplicable' }, { level: 'error', baselineState: 'absent' }, { level: 'none' }]), {}],
    ['of SARIF that wait for a person', run([{ kind: 'review' }]), { info: 1 }],
    ['of several runs', { runs: [...run([{ level: 'error' }]).runs, ...run([{ level: 'error' }]).runs] }, { error: 2 }],
  ] as const) {
    it(what, async () => assert.deepEqual(await found(report), expected));
  }

  it('are read behind a byte order mark, in pieces', async () => assert.deepEqual([...(await readFindings('\uFEFF[{"severity": "minor"}]', signal))], [['minor', 1]]));

  for (const [what, text, line, problem] of [
    ['another kind of JSON', '{"total": 1}', 1, /not a report of findings/],
    ['an unknown severity', '[\n {"severity": "huge"}]', 2, /severity must be one of blocker/],
    ['a missing severity', '[\n {}]', 2, /severity must be one of/],
    ['an unknown level', '{"runs": [{"results": [\n{"level": "fatal"}]}]}', 2, /level must be one of error/],
    ['a run that could not look', '{"runs": [{"results": []}, {\n"results": null}]}', 2, /no list “results”, so its tool did not get to look/],
    ['a run that says nothing of results', '{"runs": [{"tool": {}}]}', 1, /no list “results”/],
    ['results that lie elsewhere', '{"runs": [{"results": [], "externalPropertyFileReferences": {"results": [{"itemCount": 3}]}}]}', 1, /lie in other files/],
    ['results that are no list', '{"runs": [{"results": 5}]}', 1, /results must be a list/],
    ['a text', '[\n"x"]', 2, /must be an object/],
    ['no JSON', '<xml/>', 1, /a value is missing/],
    ['an empty file', '', 1, /a value is missing/],
  ] as const) {
    it(`are refused with their place for ${what}`, async () => {
      await assert.rejects(readFindings([text], signal), (error: { line?: number; problem?: string }) => error.line === line && problem.test(error.problem ?? ''));
    });
  }

  const files = (texts: Readonly<Record<string, string>>) => ({
    find: (pattern: string) => Promise.resolve(Object.keys(texts).filter((name) => pattern === name || pattern === '*')),
    readStream: (name: string) => {
      if (texts[name] === 'unreadable') throw new FileError('denied', name, `${name} cannot be read.`);
      return (async function* () {
        yield await Promise.resolve(texts[name] ?? '');
      })();
    },
  });
  const shown = async (texts: Readonly<Record<string, string>>, pattern = '*') => {
    const [badge] = await collectFindingBadges({ files: files(texts), artifacts: { missing: '' }, place: 'badges.yaml' }, [{ value: pattern }], '', signal);
    return badge?.status === 'known' ? `${badge.face.message} | ${badge.face.color} | ${badge.value}` : `${badge?.status}: ${badge?.reason}`;
  };
  const quality = (...list: readonly string[]) => JSON.stringify(list.map((severity) => ({ severity })));

  for (const [what, texts, expected] of [
    ['none', { a: '[]' }, 'none | brightgreen | 0'],
    ['the worst first, in its colour', { a: quality('minor', 'major', 'minor') }, '1 major, 2 minor | orange | 3'],
    ['critical ones', { a: quality('info', 'critical') }, '1 critical, 1 info | red | 2'],
    ['notes only', { a: JSON.stringify(run([{ level: 'note' }, { level: 'note' }])) }, '2 notes | blue | 2'],
    ['warnings', { a: JSON.stringify(run([{ level: 'warning' }])) }, '1 warning | yellow | 1'],
    ['the sum of all reports', { a: quality('blocker'), b: JSON.stringify(run([{ level: 'error' }])) }, '1 blocker, 1 error | red | 2'],
  ] as const) {
    it(`as a badge: ${what}`, async () => assert.equal(await shown(texts), expected));
  }
  it('fail with an unreadable report', async () => assert.match(await shown({ a: '[]', b: '[{]' }), /^failed: The findings would miss a report\. b:1:3: /));
  for (const [what, text] of [['of another kind', '{"total": 1}'], ['with a severity that is none', '[{"severity": "huge"}]']] as const) {
    it(`are unknown with a report ${what}`, async () => assert.match(await shown({ a: '[]', b: text }), /^unknown: b:1:\d+: /));
  }
  it('are unknown without a report', async () => assert.match(await shown({}, 'gl-code-quality-report.json'), /^unknown: No file matches gl-code-quality-report\.json/));
  it('are no badge where none is configured', async () => assert.deepEqual(await collectFindingBadges({ files: files({}), artifacts: { missing: '' }, place: 'badges.yaml' }, [], '', signal), []));
});
