import assert from 'node:assert/strict';
import { draw } from '../../src/drawing/draw';
import { tempFolder, type TempFolder } from '../app/tempFolder';
import { manyCommits } from '../fakes/gitlab/builders';
import { startTestInstance, testNow, type TestInstance } from '../fakes/gitlab/testInstance';
import { runCommand, type CommandRun, type Given } from './runCommand';

/** Of the owner of the group; it stands in the environment unless a test says otherwise. */
export const secret = 'glpat-levels-secret';

/** A folder to work in, a GitLab on which acme/web/shop has three commits of the last half year, and the command line. */
export interface LevelsStage {
  readonly temp: TempFolder;
  readonly instance: TestInstance;
  /** Runs a command for this GitLab in that folder. The token must not be told. */
  run(command: string, args: readonly string[], given?: Partial<Given>): Promise<CommandRun>;
  close(): Promise<void>;
}

export async function startLevelsStage(files: Readonly<Record<string, string>> = {}): Promise<LevelsStage> {
  const temp = tempFolder(files);
  const instance = await startTestInstance();
  instance.gitlab.data.addToken({ value: secret, user: instance.users.owner, name: 'given' });
  manyCommits(instance.gitlab.data, instance.shop, 3, { from: '2026-02-01T00:00:00.000Z' });
  return {
    temp,
    instance,
    async run(command, args, given) {
      const ran = await runCommand([command, '--server', instance.gitlab.url, ...args], {
        env: { GITLAB_TOKEN: secret },
        cwd: temp.root,
        now: () => testNow,
        loadDraw: () => Promise.resolve(draw),
        ...given,
      });
      assert(!(ran.stdout + ran.stderr).includes(secret), 'the token is told');
      return ran;
    },
    async close() {
      temp.remove();
      await instance.gitlab.close();
    },
  };
}
