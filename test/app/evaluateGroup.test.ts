import assert from 'node:assert/strict';
import type { EvaluatedProject } from '../../src/app/evaluate';
import { evaluateGroup, type GroupPorts, type GroupRequest } from '../../src/app/evaluateGroup';
import { resultsOf } from '../../src/app/mergeResults';
import type { GitLabErrorReason } from '../../src/gitlab/gitlabError';
import { createConnection } from '../../src/gitlab/connection';
import { manyProjects } from '../fakes/gitlab/builders';
import { startTestInstance, type TestInstance } from '../fakes/gitlab/testInstance';
import { rejection } from '../gitlab/expect';
import { never } from './publishing';
import { badge, evaluation, now, resultFolder } from './results';
import { tempFolder, type TempFolder } from './tempFolder';

describe('evaluating a group', () => {
  let temp: TempFolder;
  let instance: TestInstance;
  beforeEach(async () => {
    temp = tempFolder();
    instance = await startTestInstance();
    manyProjects(instance.gitlab.data, instance.acme, 19);
  });
  afterEach(async () => {
    temp.remove();
    await instance.gitlab.close();
  });

  const fine = (project: string): EvaluatedProject => ({ evaluation: evaluation(project, badge('maintained')), facts: null, failures: [], error: null });
  const failed = (project: string, error: GitLabErrorReason = 'server-error'): EvaluatedProject => ({ evaluation: { ...evaluation(project, badge('maintained', [null])), reason: 'no answer' }, facts: null, failures: ['no answer'], error });

  /** Runs over all 20 projects, which are answered in the order of the requests; answers what was evaluated, and what is in the folder. */
  async function go(request: Partial<GroupRequest> = {}, ports: Partial<GroupPorts> = {}, signal = never) {
    const results = resultFolder(temp, 'out');
    const asked: string[] = [];
    const connection = createConnection({ instance: instance.gitlab.url, token: { kind: 'private', value: 'owner' }, fetch, retry: { baseMs: 1 } });
    const evaluate = ports.evaluate ?? ((project: string) => Promise.resolve(fine(project)));
    const begun: [earlier: number, different: string | null][] = [];
    const outcome = await evaluateGroup(
      {
        connection,
        results,
        requests: () => connection.requests,
        onBegin: ({ earlier, different }) => begun.push([earlier, different]),
        ...ports,
        evaluate: (project, each) => {
          asked.push(project);
          return evaluate(project, each);
        },
      },
      { version: '1', server: instance.gitlab.url, now, definition: 'd', group: 'acme', recursive: true, shard: { index: 1, total: 1 }, places: { uri: '.badge-api.yaml', badges: [] }, ...request },
      signal,
    );
    const kept: (readonly [string, boolean])[] = [];
    for await (const { path, result } of resultsOf([{ folder: results, run: outcome.run }]).results()) kept.push([path, result !== null]);
    return { ...outcome, asked, begun, kept };
  }

  it('evaluates each project once, those of subgroups too, and keeps the results in order', async () => {
    const { asked, kept, stopped } = await go();
    assert.equal(asked.length, 20);
    assert.deepEqual(new Set(asked).size, 20);
    assert.equal(stopped, null);
    assert.deepEqual(kept, [...asked].sort().map((path) => [path, true]));
  });

  it('has few projects in work at a time', async () => {
    let atWork = 0;
    let most = 0;
    await go({}, {
      evaluate: async (project) => {
        most = Math.max(most, (atWork += 1));
        await new Promise((resolve) => setImmediate(resolve));
        atWork -= 1;
        return fine(project);
      },
    });
    assert.equal(most, 8);
  });

  it('covers each project in exactly one shard', async () => {
    const shards = [];
    for (const index of [1, 2, 3]) shards.push((await go({ shard: { index, total: 3 } })).asked);
    assert.equal(shards.flat().length, 20);
    assert.equal(new Set(shards.flat()).size, 20);
    assert(shards.every((each) => each.length >= 6));
  });

  it('goes on where an equal run stopped', async () => {
    const controller = new AbortController();
    let count = 0;
    const stop = go({}, { onProject: () => void ((count += 1) === 7 && controller.abort()) }, controller.signal);
    await assert.rejects(stop, { name: 'AbortError' });
    const { asked, begun, kept } = await go();
    const [[earlier, different] = []] = begun;
    assert(earlier !== undefined && earlier >= 7 && earlier < 20, String(earlier));
    assert.deepEqual([asked.length, different], [20 - earlier, null]);
    assert(kept.every(([, there]) => there));
  });

  it('starts anew for another moment, and says so', async () => {
    await go();
    const { asked, begun } = await go({ now: '2026-03-06T00:00:00.000Z' });
    assert.equal(asked.length, 20);
    assert.match(begun[0]?.[1] ?? '', /--now is 2026-03-05/);
  });

  it('tries again what failed, and nothing else', async () => {
    const first = await go({}, { evaluate: (project) => Promise.resolve(project.endsWith('7') ? failed(project) : fine(project)) });
    assert.equal(first.stopped, null);
    assert(first.kept.every(([, there]) => there), 'a failed project has a result, too');
    assert.deepEqual((await go()).asked, ['acme/project-17', 'acme/project-7']);
    assert.deepEqual((await go()).asked, []);
  });

  it('evaluates what was added meanwhile, and forgets what is gone', async () => {
    await go();
    instance.gitlab.data.addProject({ path: 'added', namespace: instance.web });
    instance.gitlab.data.projects.splice(instance.gitlab.data.projects.findIndex(({ path }) => path === 'project-3'), 1);
    const { asked, kept } = await go();
    assert.deepEqual(asked, ['acme/web/added']);
    assert.deepEqual(kept.length, 20);
    assert(!kept.some(([path]) => path === 'acme/project-3'));
  });

  for (const reason of ['unauthorized', 'unreachable', 'rate-limited'] as const) {
    it(`stops where every project is ${reason}, and goes on later`, async () => {
      let count = 0;
      const { asked, stopped } = await go({}, { evaluate: (project) => Promise.resolve((count += 1) > 5 ? failed(project, reason) : fine(project)) });
      assert.deepEqual(stopped, { reason, message: 'no answer' });
      assert(asked.length < 20, `${asked.length} projects were tried`);
      const again = await go();
      assert.deepEqual([again.asked.length, again.stopped], [15, null]);
    });
  }

  it('does not stop for projects that fail by themselves', async () => {
    const { asked, stopped } = await go({}, { evaluate: (project) => Promise.resolve(failed(project)) });
    assert.deepEqual([asked.length, stopped], [20, null]);
  });

  it('counts the requests of all its runs', async () => {
    const first = await go();
    assert.equal(first.run.requests, 1);
    assert.equal((await go()).run.requests, 2);
    assert.equal((await go({ definition: 'e' })).run.requests, 1);
  });

  it('rejects for a group that is not there', async () => {
    await rejection(go({ group: 'nobody' }), 'not-found');
    assert.deepEqual(temp.files(), []);
  });
});
