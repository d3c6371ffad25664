import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { record, shown, startStage, type Stage } from '../app/publishing';
import { tempFolder, type TempFolder } from '../app/tempFolder';

const program = path.resolve('dist/cli.js');

/** What only a process of its own has: pipes that close, and signals. */
describe('badgesmith apply, as a process', () => {
  const wanted = Array.from({ length: 4 }, (_, index) => record(`b${index}`));
  let temp: TempFolder;
  let stage: Stage;
  before(function () {
    if (!existsSync(program)) this.skip();
  });
  beforeEach(async () => {
    temp = tempFolder();
    stage = await startStage();
    temp.put('.gitlab/badges.yaml', `publish:\n  project:\n${wanted.map((badge) => `    - ${JSON.stringify(badge)}\n`).join('')}`);
  });
  afterEach(async () => {
    temp.remove();
    await stage.gitlab.close();
  });

  function start(): { readonly child: ChildProcess; readonly code: Promise<number | null> } {
    const args = [program, 'apply', '--yes', '--json', '--server', stage.gitlab.url, '--project', 'acme/web/shop'];
    const child = spawn(process.execPath, args, { cwd: temp.root, env: { PATH: process.env['PATH'], GITLAB_TOKEN: 'glpat-test-owner' } });
    return { child, code: new Promise((resolve) => child.on('close', resolve)) };
  }

  for (const output of ['stdout', 'stderr'] as const) {
    it(`makes all changes though nobody reads its ${output}`, async () => {
      const { child, code } = start();
      child[output]?.destroy();
      child[output === 'stdout' ? 'stderr' : 'stdout']?.resume();
      assert.equal(await code, 0);
      assert.deepEqual(shown(stage.shop), wanted);
    });
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`ends at ${signal} with 130 and one document of what was done`, async () => {
      stage.gitlab.faults.next({ match: { method: 'POST' }, action: { delayMs: 0 } });
      stage.gitlab.faults.next({ match: { method: 'POST' }, action: { hang: true } });
      const { child, code } = start();
      let stdout = '';
      child.stdout?.on('data', (data: Buffer) => (stdout += data.toString()));
      child.stderr?.resume();
      await stage.gitlab.arrival({ method: 'POST' });
      await stage.gitlab.arrival({ method: 'POST' });
      child.kill(signal);
      assert.equal(await code, 130);
      const { changes } = JSON.parse(stdout) as { changes: { result: string }[] };
      assert.deepEqual(changes.map(({ result }) => result), ['done', 'skipped', 'skipped', 'skipped']);
    });
  }
});
