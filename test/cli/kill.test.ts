import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { put, record, shown, startStage, type Stage } from '../app/publishing';
import { tempFolder, type TempFolder } from '../app/tempFolder';
import type { FaultAction } from '../fakes/gitlab/faults';

const program = path.resolve('dist/cli.js');
const badges = (prefix: string, count: number, part?: string) => Array.from({ length: count }, (_, index) => record(`${prefix}${index}`, part));

describe('badgesmith apply, killed', () => {
  let temp: TempFolder;
  let stage: Stage;
  before(function () {
    if (!existsSync(program)) this.skip();
  });
  beforeEach(async () => {
    temp = tempFolder();
    stage = await startStage();
  });
  afterEach(async () => {
    temp.remove();
    await stage.gitlab.close();
  });

  /** Runs `apply`, and kills it when it sends its second request of a method. Answers whether it came to its end before. */
  async function runUntilSecond(method: string, action: FaultAction): Promise<boolean> {
    const { faults } = stage.gitlab;
    faults.clear();
    faults.next({ match: { method }, action: { delayMs: 0 } });
    faults.next({ match: { method }, action });
    const env = { PATH: process.env['PATH'], GITLAB_TOKEN: 'glpat-test-owner' };
    const args = [program, 'apply', '--yes', '--server', stage.gitlab.url, '--project', 'acme/web/shop'];
    const first = stage.gitlab.arrival({ method });
    const child = spawn(process.execPath, args, { cwd: temp.root, env, stdio: 'ignore' });
    void first.then(() => stage.gitlab.arrival({ method })).then(() => child.kill('SIGKILL'));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    if (code !== null) assert.equal(code, 0);
    return code === 0;
  }

  const moments: [when: string, action: FaultAction][] = [
    ['before GitLab has carried it out', { hang: true }],
    ['after GitLab has carried it out', { delayMs: 60_000 }],
  ];
  for (const [when, action] of moments) {
    it(`at write after write of 20 changes, ${when}, comes to the same end with nothing twice`, async () => {
      put(stage, stage.shop, [...badges('u', 4, 'old'), ...badges('d', 4)]);
      const wanted = [...badges('c', 12), ...badges('u', 4)];
      temp.put('.gitlab/badges.yaml', `publish:\n  prune: true\n  project:\n${wanted.map((badge) => `    - ${JSON.stringify(badge)}\n`).join('')}`);
      let kills = 0;
      for (const method of ['POST', 'PUT', 'DELETE']) {
        while (!(await runUntilSecond(method, action))) assert((kills += 1) <= 25, 'no run comes to its end');
      }
      assert(kills >= 6, `killed ${kills} times`);
      assert.deepEqual(shown(stage.shop), [...badges('u', 4), ...badges('c', 12)]);
    }).timeout(120_000);
  }
});
