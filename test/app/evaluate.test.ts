import assert from 'node:assert/strict';
import { evaluateOne, onlyBadge, reevaluate, type EvaluatedProject } from '../../src/app/evaluate';
import { readLevelsConfig } from '../../src/config/levelsFile';
import type { LevelsDefinition } from '../../src/core/levels/definition';
import { createConnection } from '../../src/gitlab/connection';
import { manyCommits } from '../fakes/gitlab/builders';
import { startTestInstance, testNow, type TestInstance } from '../fakes/gitlab/testInstance';
import { never } from './publishing';

const now = testNow.toISOString();

function levels(text: string): LevelsDefinition {
  return readLevelsConfig(text).definition ?? assert.fail('the configuration cannot be read');
}

/** One badge whose only level needs so many commits in six months. */
const commits = (min: number, id = 'maintained') => `  - id: ${id}
    levels:
      - name: bronze
        checks:
          - type: COMMITS
            threshold: { timeRangeInMonths: 6, min: ${min} }
`;
const releases = `  - id: released
    levels:
      - name: bronze
        checks:
          - type: RELEASES
            threshold: { timeRangeInMonths: 6, min: 1 }
`;

describe('evaluating a project', () => {
  let instance: TestInstance;
  beforeEach(async () => {
    instance = await startTestInstance();
    manyCommits(instance.gitlab.data, instance.shop, 3, { from: '2026-02-01T00:00:00.000Z' });
  });
  afterEach(() => instance.gitlab.close());

  const connect = (token = 'maintainer') => createConnection({ instance: instance.gitlab.url, token: { kind: 'private', value: token }, fetch, retry: { attempts: 1 } });
  const evaluate = (text: string, project = 'acme/web/shop', connection = connect(), signal = never): Promise<EvaluatedProject> => {
    const nothing = () => assert.fail('nobody asked for it');
    return evaluateOne({ connection, isJobToken: false, isBot: nothing, decide: nothing, findUsers: nothing }, { definition: levels(text), project, now }, signal);
  };
  const outcome = ({ evaluation }: EvaluatedProject) => evaluation.badges.map(({ id, level, status }) => [id, level, status]);

  it('gives the levels with the facts they rest on, each fetched once for all badges', async () => {
    const evaluated = await evaluate(`badges:\n${commits(3)}${commits(4, 'busy')}`);
    assert.deepEqual(outcome(evaluated), [['maintained', 'bronze', 'reached'], ['busy', null, 'not_reached']]);
    assert.deepEqual([evaluated.failures, evaluated.error], [[], null]);
    assert.equal(evaluated.facts?.project.path, 'acme/web/shop');
    const asked = instance.gitlab.requests.map(({ path }) => path.replace(/^.*shop/, ''));
    assert.deepEqual(asked.filter((path) => path.endsWith('/commits')).length, 1);
  });

  it('evaluates an edited threshold without a request', async () => {
    const { facts } = await evaluate(`badges:\n${commits(4)}`);
    const before = instance.gitlab.requests.length;
    const { badges } = reevaluate(levels(`badges:\n${commits(2)}`), facts ?? assert.fail(), now);
    assert.equal(badges[0]?.level, 'bronze');
    assert.equal(instance.gitlab.requests.length, before);
  });

  it('says what failed, beside what GitLab merely does not tell', async () => {
    instance.gitlab.faults.next({ match: { path: /repository\/commits/ }, action: { status: 502 }, times: Infinity });
    const evaluated = await evaluate(`badges:\n${commits(3)}${releases}`);
    assert.deepEqual(outcome(evaluated), [['maintained', null, 'unknown'], ['released', null, 'not_reached']]);
    assert.equal(evaluated.failures.length, 1);
    assert.match(evaluated.failures[0] ?? '', /502/);
    instance.gitlab.faults.clear();
    instance.gitlab.faults.next({ match: { path: /repository\/commits/ }, action: { status: 403, body: { message: '403 Forbidden' } }, times: Infinity });
    const refused = await evaluate(`badges:\n${commits(3)}${releases}`);
    assert.deepEqual([outcome(refused)[0]?.[2], refused.failures], ['unknown', []]);
  });

  const useless: [what: string, project: string, token: string, error: string, reason: RegExp][] = [
    ['a project that is not there', 'acme/nothing', 'maintainer', 'not-found', /404/],
    ['a token that GitLab does not know', 'acme/web/shop', 'wrong', 'unauthorized', /401/],
  ];
  for (const [what, project, token, error, reason] of useless) {
    it(`makes every badge of ${what} unknown, with the reason`, async () => {
      const evaluated = await evaluate(`badges:\n${commits(3)}`, project, connect(token));
      assert.deepEqual(outcome(evaluated), [['maintained', null, 'unknown']]);
      assert.deepEqual([evaluated.facts, evaluated.error], [null, error]);
      assert.match(evaluated.evaluation.reason ?? '', reason);
      assert.deepEqual(evaluated.failures, [evaluated.evaluation.reason]);
    });
  }

  it('evaluates the other badges where one is wrong', async () => {
    const evaluated = await evaluate(`badges:\n${commits(3)}${commits(3, 'wrong').replace('COMMITS', 'COMITS')}`);
    assert.deepEqual(outcome(evaluated), [['maintained', 'bronze', 'reached'], ['wrong', null, 'unknown']]);
  });

  it('stops when it is cancelled', async () => {
    instance.gitlab.faults.next({ action: { hang: true }, times: Infinity });
    const controller = new AbortController();
    const evaluating = evaluate(`badges:\n${commits(3)}`, 'acme/web/shop', connect(), controller.signal);
    await instance.gitlab.arrival({});
    controller.abort();
    await assert.rejects(evaluating, { name: 'AbortError' });
  });

  it('is about one badge where only that is wanted, broken or not', () => {
    const all = levels(`badges:\n${commits(3)}${commits(3, 'wrong').replace('COMMITS', 'COMITS')}${releases}`);
    assert.deepEqual(onlyBadge(all, 'released')?.badges.map(({ id }) => id), ['released']);
    assert.deepEqual(onlyBadge(all, 'released')?.broken, []);
    assert.deepEqual(onlyBadge(all, 'wrong')?.broken.map(({ value }) => value), ['wrong']);
    assert.equal(onlyBadge(all, 'nothing'), null);
  });
});
