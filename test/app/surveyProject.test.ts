import assert from 'node:assert/strict';
import { openFolder } from '../../src/app/diskFolder';
import { badgeBehind, surveyFolder } from '../../src/app/surveyProject';
import { tempFolder, type TempFolder } from './tempFolder';

const never = new AbortController().signal;

describe('looking at a project', () => {
  let temp: TempFolder;
  beforeEach(() => void (temp = tempFolder()));
  afterEach(() => temp.remove());
  /** The folder with these files. What an editor finds is found by globs here. */
  const survey = (files: Readonly<Record<string, string>>, signal = never) => {
    for (const [file, text] of Object.entries(files)) temp.put(file, text);
    const folder = openFolder(temp.root);
    return surveyFolder({ files: folder, folder, search: async (glob, most) => (await folder.find(glob)).slice(0, most) }, signal);
  };

  it('sees nothing in an empty folder', async () => {
    assert.deepEqual(await survey({}), { ecosystems: [], reports: [], coverageJob: null, hasPipeline: false, hasLicense: false, badges: [], readme: null, job: null });
  });

  it('tells kinds of projects by their files, also one folder down', async () => {
    const { ecosystems } = await survey({ 'package.json': '{}', 'api/go.mod': '', 'src/App.csproj': '', 'a/b/Cargo.toml': '', 'node_modules/x/pom.xml': '' });
    assert.deepEqual(ecosystems, ['node', 'go', 'dotnet']);
  });

  it('reads the pipeline: reports, coverage and the job of the badges', async () => {
    const { reports, coverageJob, hasPipeline, job } = await survey({
      '.gitlab-ci.yml': [
        'unit: { script: x, coverage: "/x/", artifacts: { reports: { junit: [a.xml, $OUT/b.xml], coverage_report: { coverage_format: cobertura, path: c.xml } } } }',
        'lint: { script: x, artifacts: { reports: { codequality: q.json } } }',
        'nightly: { script: badgesmith generate, artifacts: { paths: [public/badges] } }',
        'check-badges: { script: badgesmith check, artifacts: { reports: { codequality: gl.json } } }',
      ].join('\n'),
    });
    assert.deepEqual(
      reports.map(({ kind, path, job: by }) => [kind, path, by]),
      [
        ['junit', 'a.xml', 'unit'],
        ['coverage', 'c.xml', 'unit'],
        ['findings', 'q.json', 'lint'],
      ],
    );
    assert.deepEqual([coverageJob, hasPipeline, job], ['unit', true, 'nightly']);
  });

  const contents: readonly (readonly [file: string, text: string, kind: string | null])[] = [
    ['out/junit.xml', '<?xml version="1.0"?>\n<!-- made by x -->\n<testsuites/>', 'junit'],
    ['out/TEST-a.xml', '<testsuite name="a"/>', 'junit'],
    ['out/mytests.xml', '<project/>', null],
    ['coverage.xml', '<?xml version="1.0" ?><!DOCTYPE coverage SYSTEM "x"><coverage line-rate="1"/>', 'coverage'],
    ['build/jacocoTestReport.xml', '<report name="x"/>', 'coverage'],
    ['coverage/lcov.info', 'TN:\nSF:a.ts\n', 'coverage'],
    ['coverage/coverage-summary.json', '{"total": {}}', 'coverage'],
    ['coverage.out', 'mode: set\n', 'coverage'],
    ['x.sarif', '{}', 'findings'],
    ['gl-code-quality-report.json', '[{"check_name": "x"}]', 'findings'],
    ['my-code-quality.json', '{}', null],
    ['junit.xml', '', null],
  ];
  for (const [file, text, kind] of contents) {
    it(`takes ${file} with ${JSON.stringify(text.slice(0, 20))}… for ${kind ?? 'no report'}`, async () => {
      assert.deepEqual((await survey({ [file]: text })).reports, kind === null ? [] : [{ kind, path: file, job: null }]);
    });
  }

  it('names many reports of a folder by one glob', async () => {
    const files = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`target/surefire-reports/TEST-${name}.xml`, '<testsuite/>']));
    assert.deepEqual((await survey(files)).reports.map(({ path }) => path), ['target/surefire-reports/TEST-*.xml']);
  });

  it('leaves what lies there where jobs say what they make', async () => {
    const { reports } = await survey({ '.gitlab-ci.yml': 'unit: { script: x, artifacts: { reports: { junit: a.xml } } }\n', 'old/junit.xml': '<testsuite/>', 'coverage.xml': '<coverage/>' });
    assert.deepEqual(reports.map(({ path }) => path), ['a.xml', 'coverage.xml']);
  });

  it('sees the license and the badges of the README', async () => {
    const { hasLicense, readme, badges } = await survey({
      'LICENSE.txt': '',
      'README.md': '# X\n[![chat](https://img.shields.io/badge/chat-join__us_now-blue)](https://example.org)\n![p](https://gitlab.example.com/a/b/badges/main/pipeline.svg)\n![shot](media/x.png)\n',
    });
    assert.deepEqual([hasLicense, readme], [true, 'README.md']);
    assert.deepEqual(badges, [
      { kind: 'static', label: 'chat', message: 'join_us now', color: 'blue', link: 'https://example.org' },
      { kind: 'fact', stem: 'pipeline' },
    ]);
  });

  it('ends when it is told to', async () => {
    await assert.rejects(survey({ 'junit.xml': '<testsuite/>' }, AbortSignal.abort(new Error('over'))), /over/);
  });
});

describe('a badge of a README', () => {
  const cases: readonly (readonly [url: string, expected: ReturnType<typeof badgeBehind>])[] = [
    ['https://img.shields.io/badge/code--style-a%20b-ff69b4', { kind: 'static', label: 'code-style', message: 'a b', color: 'ff69b4', link: null }],
    ['https://img.shields.io/badge/a-b-green.svg', { kind: 'static', label: 'a', message: 'b', color: 'green', link: null }],
    ['https://img.shields.io/badge/only-green', { kind: 'link', url: 'https://img.shields.io/badge/only-green' }],
    ['https://img.shields.io/badge/%zz-b-green', { kind: 'link', url: 'https://img.shields.io/badge/%zz-b-green' }],
    ['https://img.shields.io/npm/v/x', { kind: 'link', url: 'https://img.shields.io/npm/v/x' }],
    ['https://gitlab.example.com/a/b/badges/feature/x/coverage.svg?job=y', { kind: 'fact', stem: 'coverage' }],
    ['https://gitlab.example.com/a/b/-/badges/release.svg', { kind: 'fact', stem: 'release_version' }],
    ['http://img.shields.io/npm/v/x', null],
    ['https://example.org/x.svg', null],
    ['https://codecov.io/gl/a/b/badge.svg?token=abc', null],
    ['public/badges/x.svg', null],
    ['javascript:alert(1)', null],
  ];
  for (const [url, expected] of cases) it(`is ${expected ? `of the kind ${expected.kind}` : 'none of ours'} at ${url}`, () => assert.deepEqual(badgeBehind(url, null), expected));
});
