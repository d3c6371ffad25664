import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { run } from '../../src/cli/run';
import { draw } from '../../src/drawing/draw';
import { tempFolder, type TempFolder } from '../app/tempFolder';

describe('badgesmith check', () => {
  let temp: TempFolder;
  beforeEach(() => (temp = tempFolder()));
  afterEach(() => temp.remove());

  async function check(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
    let stdout = '';
    let stderr = '';
    const surroundings = {
      env: { PATH: process.env['PATH'], ...env },
      cwd: temp.root,
      stdout: { write: (text: string) => (stdout += text) },
      stderr: { write: (text: string) => (stderr += text) },
      fetch: () => Promise.reject(new Error('check asked the network')),
      loadDraw: () => Promise.resolve(draw),
      now: () => new Date('2026-01-01T00:00:00.000Z'),
      version: '1.2.3',
    };
    const code = await run(['check', ...args], surroundings, new AbortController().signal);
    return { code, stdout, stderr };
  }

  interface Report {
    readonly files: readonly { readonly file: string; readonly problems: readonly { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number; readonly severity: string; readonly code: string; readonly message: string }[] }[];
  }
  const codesOf = (stdout: string) => (JSON.parse(stdout) as Report).files.map(({ file, problems }) => [file, ...problems.map(({ code }) => code)]);

  it('shows each mistake with its place', async () => {
    temp.put('.gitlab/badges.yaml', 'path: out\nstyle:\tflatt # é\n');
    const { code, stdout, stderr } = await check();
    assert.equal(code, 1);
    assert.equal(
      stdout,
      '.gitlab/badges.yaml:2:8 error unknown-value “flatt” is not a style: use flat, flat-square, plastic, for-the-badge or social. Did you mean “flat”?\n  2 | style:\tflatt # é\n    |       \t^^^^^\n',
    );
    assert.equal(stderr, '1 error in 1 file.\n');
  });

  it('shows a part of a long line, and all of a place of several lines on the first', async () => {
    temp.put('.gitlab/badges.toml', `facts = [${'"name", '.repeat(40)}"nam"]\nstatic_badges = [\n  [\n    "a"\n  ]\n]\n`);
    const lines = (await check()).stdout.split('\n').filter((line) => /^ +(?:\d+ )?\| /.test(line));
    for (const line of lines) assert.ok(line.length < 180, line);
    const [at, carets] = [lines.at(-4) ?? '', lines.at(-3) ?? ''];
    assert.equal(at.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), '"nam"');
    assert.deepEqual(lines.slice(-2), ['  3 |   [', '    |   ^']);
  });

  it('shows no secret, whatever the problem is about', async () => {
    const tokens = ['glpat-abcdefghijklmnop', 'hunter2'];
    temp.put('.gitlab/badges.yaml', `publish:\n  project:\n    - { nam: a, link_url: "https://u:${tokens[1]}@e.org/", image_url: "https://e.org/?private_token=${tokens[0]}" }\n`);
    temp.put('.badge-api.yaml', `gitClients: [{ baseUrl: "https://gitlab.example.com", tokenFile: ${tokens[0]}, typ: x }]\n`);
    for (const format of ['text', 'json', 'sarif', 'codequality']) {
      const { stdout } = await check(['--format', format]);
      assert.deepEqual(tokens.filter((token) => stdout.includes(token)), [], format);
      assert.match(stdout, /secret-in-url/);
    }
  });

  it('lets no text steer the terminal', async () => {
    temp.put('.gitlab/badges.yaml', 'style: "fl\u001b[31mat\u202e"\n');
    const { stdout } = await check();
    assert.doesNotMatch(stdout, /[\u001b\u202e]/u);
  });

  it('reads every configuration file of the folder', async () => {
    temp.put('.gitlab/badges.yaml', 'path: out\nfoo: 1\n');
    temp.put('pyproject.toml', '[tool.badges_gitlab]\nstyle = "flatt"\n[x]\na =\n');
    temp.put('.badge-api.yaml', 'badges: []\n');
    temp.put('out/a.json', '{ "schemaVersion": 1, "label": "", "message": "" }');
    temp.put('deep/x.badge-decision.json', '{ "granted": 1 }');
    temp.put('public/badges/b.json', '{}');
    const { code, stdout } = await check(['--json']);
    assert.equal(code, 1);
    assert.deepEqual(codesOf(stdout), [
      ['.gitlab/badges.yaml', 'unknown-key'],
      ['pyproject.toml', 'unknown-value'],
      ['.badge-api.yaml'],
      ['out/a.json', 'empty-text'],
      ['deep/x.badge-decision.json', 'wrong-type'],
    ]);
  });

  it('does without any, and does not speak of a pyproject.toml that is not ours', async () => {
    temp.put('pyproject.toml', '[tool.x]\na =\n');
    assert.deepEqual(await check(['--json']), { code: 0, stdout: '{\n  "files": []\n}\n', stderr: 'There is no configuration file here.\n' });
  });

  it('reads the files that are named, by their name or by what they hold', async () => {
    temp.put('ci/a.yaml', 'styl: flat\n');
    temp.put('ci/b.yaml', 'badges:\n  - id: x\n    levels: []\n');
    temp.put('ci/c.json', '{ "granted": ["x"] }');
    temp.put('ci/d.toml', 'style = "flat"\n');
    temp.put('.gitlab/badges.yaml', 'foo: 1\n');
    const { stdout } = await check(['--json', 'ci/a.yaml', 'ci/b.yaml', 'ci/c.json', 'ci/d.toml']);
    assert.deepEqual(codesOf(stdout), [['ci/a.yaml', 'unknown-key'], ['ci/b.yaml', 'empty-list'], ['ci/c.json', 'bad-url'], ['ci/d.toml']]);
  });

  it('says which files cannot be read', async () => {
    temp.put('latin1.yaml', Buffer.from('# \xc3\xa9\na: \xe9\n', 'latin1'));
    temp.put('large.yaml', `# ${'x'.repeat(10_000_000)}`);
    const { code, stdout } = await check(['nowhere.yaml', 'latin1.yaml', 'large.yaml', '--format', 'text']);
    assert.equal(code, 1);
    assert.deepEqual(stdout.split('\n').filter(Boolean).map((line) => /^(\S+) error (\S+) /.exec(line)?.slice(1)), [['nowhere.yaml:1:1', 'unreadable-file'], ['latin1.yaml:2:4', 'unreadable-file'], ['large.yaml:1:1', 'unreadable-file']]);
  });

  it('ends with 0 where there are warnings alone', async () => {
    temp.put('.gitlab/badges.yaml', 'facts: [name, name]\njunit_xml: a.xml\n');
    const { code, stderr } = await check();
    assert.deepEqual([code, stderr], [0, '1 warning, 1 hint in 1 file.\n']);
  });

  it('knows the jobs of the pipeline, and the project of the job it runs in', async () => {
    temp.put('.gitlab-ci.yml', 'include: ci.yml\n');
    temp.put('ci.yml', 'badges: { script: x, artifacts: { paths: [public] } }\n');
    const image = (job: string) => `    - { link_url: "https://e.org", image_url: "https://gitlab.example.com/acme/shop/-/jobs/artifacts/main/raw/public/a.svg?job=${job}" }\n`;
    temp.put('.gitlab/badges.yaml', `publish:\n  project:\n${image('badges')}${image('badge')}`);
    const { stdout } = await check(['--json'], { CI_SERVER_URL: 'https://gitlab.example.com', CI_PROJECT_ID: '7', CI_PROJECT_PATH: 'acme/shop' });
    assert.deepEqual(codesOf(stdout), [['.gitlab/badges.yaml', 'unknown-job']]);
    assert.match((JSON.parse(stdout) as Report).files[0]?.problems[0]?.message ?? '', /no job “badge”.*“badges”/);
  });

  it('gives GitLab a Code Quality report whose fingerprints stay when lines move', async () => {
    temp.put('.gitlab/badges.yaml', 'facts: [nam, nam]\nfoo: 1\n');
    type Entry = { description: string; check_name: string; fingerprint: string; severity: string; location: { path: string; lines: { begin: number; end: number } } };
    const read = async () => JSON.parse((await check(['--format', 'codequality'])).stdout) as Entry[];
    const before = await read();
    assert.deepEqual(
      before.map(({ check_name, severity, location }) => [check_name, severity, location]),
      [
        ['unknown-fact', 'major', { path: '.gitlab/badges.yaml', lines: { begin: 1, end: 1 } }],
        ['unknown-fact', 'major', { path: '.gitlab/badges.yaml', lines: { begin: 1, end: 1 } }],
        ['duplicate-item', 'minor', { path: '.gitlab/badges.yaml', lines: { begin: 1, end: 1 } }],
        ['unknown-key', 'major', { path: '.gitlab/badges.yaml', lines: { begin: 2, end: 2 } }],
      ],
    );
    assert.equal(new Set(before.map(({ fingerprint }) => fingerprint)).size, 4);
    temp.put('.gitlab/badges.yaml', '# moved\n\nfacts: [nam, nam]\nfoo: 1\n');
    const after = await read();
    assert.deepEqual(after.map(({ fingerprint }) => fingerprint), before.map(({ fingerprint }) => fingerprint));
    assert.equal(after[3]?.location.lines.begin, 4);
  });

  it('gives SARIF 2.1.0', async () => {
    temp.put('.gitlab/badges.yaml', 'foo: 1\nfacts: [name, name]\njunit_xml: "a b.xml"\n');
    const log = JSON.parse((await check(['--format', 'sarif'])).stdout) as { version: string; runs: { tool: { driver: { name: string; version: string; rules: { id: string }[] } }; results: Record<string, unknown>[] }[] };
    const [first] = log.runs;
    assert.deepEqual([log.version, log.runs.length, first?.tool.driver.name, first?.tool.driver.version], ['2.1.0', 1, 'badgesmith', '1.2.3']);
    assert.deepEqual(first?.tool.driver.rules.map(({ id }) => id), ['duplicate-item', 'no-file', 'unknown-key']);
    assert.deepEqual(first?.results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level]), [['unknown-key', 2, 'error'], ['duplicate-item', 0, 'warning'], ['no-file', 1, 'note']]);
    assert.deepEqual(first?.results[0]?.['locations'], [{ physicalLocation: { artifactLocation: { uri: '.gitlab/badges.yaml' }, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 4 } } }]);
  });

  it('doubles the braces of messages in SARIF, where single ones are placeholders', async () => {
    temp.put('.gitlab/badges.yaml', 'static_badges: [5, "{0}"]\n');
    const { runs } = JSON.parse((await check(['--format', 'sarif'])).stdout) as { runs: { results: { message: { text: string } }[] }[] };
    assert.match(runs[0]?.results[0]?.message.text ?? '', /\{\{ label, message, color, logo, link \}\}/);
  });

  for (const [args, says] of [
    [['--format', 'xml'], /--format is one of text, json, sarif, codequality/],
    [['--json', '--format', 'sarif'], /say different things/],
    [['--nonsense'], /no option --nonsense/],
    [['--format'], /--format needs a format/],
  ] as const) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, stderr } = await check(args);
      assert.equal(code, 2);
      assert.match(stderr, says);
      assert.match(stderr, /^Usage: badgesmith check/m);
    });
  }

  it('has a help text', async () => assert.match((await check(['--help'])).stdout, /^Usage: badgesmith check \[FILE…\].*codequality/));
});
