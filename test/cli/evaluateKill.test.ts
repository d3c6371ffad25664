import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { tempFolder, type TempFolder } from '../app/tempFolder';
import { largeGroup } from '../fakes/gitlab/largeGroup';
import { FakeData } from '../fakes/gitlab/data';
import { startFakeGitLab, type FakeGitLab } from '../fakes/gitlab/server';

const program = path.resolve('dist/cli.js');
const now = '2026-03-05T10:00:00.000Z';
const config = `badges:
  - id: maintained
    levels:
      - name: bronze
        checks:
          - { type: COMMITS, threshold: { timeRangeInMonths: 6, min: 5 } }
          - { type: CI_PIPELINES, threshold: { timeRangeInMonths: 6, min: 5 } }
      - name: silver
        checks:
          - { type: RELEASES, threshold: { timeRangeInMonths: 6, min: 1 } }
          - { type: PROTECTED_BRANCHES, threshold: { min: 40 } }
`;

describe('badgesmith evaluate, killed', () => {
  let gitlab: FakeGitLab;
  let temp: TempFolder;
  let token: string;
  before(function () {
    if (!existsSync(program)) this.skip();
  });
  beforeEach(async () => {
    temp = tempFolder({ '.badge-api.yaml': config });
    const data = new FakeData();
    ({ token } = largeGroup(data, { now: new Date(now), count: 30 }));
    gitlab = await startFakeGitLab({ data, now: () => new Date(now) });
  });
  afterEach(async () => {
    temp.remove();
    await gitlab.close();
  });

  /** Runs to the end, or kills it at its n-th request; answers the exit code and what it printed. */
  async function evaluate(out: string, killAt = Infinity, signal: NodeJS.Signals = 'SIGKILL') {
    const args = [program, 'evaluate', '--server', gitlab.url, '--group', 'city', '--recursive', '--now', now, '--out', out, '--json'];
    const child = spawn(process.execPath, args, { cwd: temp.root, env: { PATH: process.env['PATH'], GITLAB_TOKEN: token }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
    void (async () => {
      for (let count = 0; count < killAt; count++) await gitlab.arrival({});
      child.kill(signal);
    })();
    return { code: await closed, stdout, stderr };
  }
  const projectsOf = (stdout: string) => (JSON.parse(stdout) as { projects: unknown[] }).projects;
  const resultFiles = () => temp.files().filter((file) => /^out\/projects\/\d+\.json$/.test(file));

  it('at any request comes to the same end as one run, and evaluates nothing twice that was kept', async () => {
    const whole = await evaluate('whole');
    assert.equal(whole.code, 0, whole.stderr);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }), async (moments) => {
        for (const file of temp.files()) if (file.startsWith('out/')) temp.drop(file);
        for (const moment of moments) {
          const kept = new Map(resultFiles().map((file) => [file, temp.text(file)]));
          const { code } = await evaluate('out', moment);
          for (const file of resultFiles()) JSON.parse(temp.text(file));
          for (const [file, text] of kept) assert.equal(temp.text(file), text, `${file} was evaluated again`);
          if (code === 0) break;
        }
        const last = await evaluate('out');
        assert.equal(last.code, 0, last.stderr);
        assert.deepEqual(projectsOf(last.stdout), projectsOf(whole.stdout));
      }),
      { numRuns: 4 },
    );
  }).timeout(120_000);

  it('by Ctrl-C ends with 130, says how to go on, and prints nothing', async () => {
    const { code, stdout, stderr } = await evaluate('out', 40, 'SIGINT');
    assert.deepEqual([code, stdout], [130, '']);
    assert.match(stderr, /Interrupted\. \d+ of 30 projects are in out\. To go on, run it again as it was\.$/m);
  }).timeout(30_000);
});
