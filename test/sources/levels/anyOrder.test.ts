import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { demandOf } from '../../../src/core/levels/demand';
import { evaluateProject } from '../../../src/core/levels/evaluate';
import type { Fetch } from '../../../src/gitlab/transport';
import { collectProjectFacts } from '../../../src/sources/levels/collectFacts';
import { inParallel } from '../../../src/sources/parallel';
import { manyImageTags, manyPackages, manyPipelines } from '../../fakes/gitlab/builders';
import type { GraphqlAge } from '../../fakes/gitlab/graphql/schema';
import { projectPath } from '../../fakes/gitlab/data';
import { largeGroup } from '../../fakes/gitlab/largeGroup';
import { type FakeGitLab, startFakeGitLab } from '../../fakes/gitlab/server';
import { badge, check, definition as definitionOf, level } from '../../core/levels/builders';
import { addBusyProject, addLongIssue } from './busyProject';
import { collect, connect, maintained, now, sourcesOf } from './collecting';

const definition = definitionOf([
  badge('all', [
    level('first', [check('COMMITS', { months: 6, min: 5 }), check('ISSUE_REACTION_TIME', { months: 3, max: 7 }), check('RELEASES', { months: 6, min: 1 }), check('PACKAGES', { months: 6, min: 30 })]),
    level('second', [check('BUS_FACTOR', { months: 6, min: 2 }), check('ELEPHANT_FACTOR', { months: 3, min: 1 }), check('CI_PIPELINES', { min: 1 }), check('CODE_REVIEW', { months: 6, min: 50 }), check('PROTECTED_BRANCHES', { min: 40 })]),
  ]),
]);

describe('the levels of a project', () => {
  let gitlab: FakeGitLab;

  beforeEach(async () => {
    gitlab = await startFakeGitLab({ now: () => new Date(now) });
    const busy = addBusyProject(gitlab.data, now, { issues: 12, commits: 130 });
    const { project, maintainer, developer } = busy;
    addLongIssue(gitlab.data, busy, 30, '2026-06-01T00:00:00.000Z');
    manyPackages(gitlab.data, project, 25, { from: '2026-05-01T00:00:00.000Z' });
    manyImageTags(gitlab.data, project, 15, { from: '2026-05-01T00:00:00.000Z' });
    manyPipelines(gitlab.data, project, 5, { user: maintainer, from: '2026-07-01T00:00:00.000Z' });
    // At the same moment, so that only the order in which they are listed tells them apart.
    for (let index = 0; index < 8; index++) gitlab.data.addMergeRequest(project, { author: developer, mergeUser: index % 2 ? maintainer : developer, state: 'merged', mergedAt: '2026-06-01T00:00:00.000Z' });
    gitlab.data.addProtectedBranch(project);
  });
  afterEach(() => gitlab.close());

  async function evaluated(lateness: readonly number[]): Promise<{ readonly levels: string; readonly requests: number }> {
    const connection = connect(gitlab, { fetch: lateFetch(lateness) });
    const facts = await collect(connection, demandOf(definition.badges, now));
    return { levels: JSON.stringify(evaluateProject(definition, facts, now), null, 1), requests: connection.requests };
  }

  for (const [what, age] of [['over REST alone', null], ['on a current server', 'current'], ['on a server before commits', 'before-commits'], ['on an old server', 'old']] as readonly (readonly [string, GraphqlAge | null])[]) {
    it(`are the same to the letter, and take as many requests, in whatever order the answers come ${what}`, async () => {
      if (age) gitlab.settings.graphql.age = age;
      else gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action: { status: 404, body: { error: '404 Not Found' } } });
      const expected = await evaluated([]);
      assert.doesNotMatch(expected.levels, /"unknown"/);
      await fc.assert(fc.asyncProperty(fc.array(fc.nat(100), { minLength: 3, maxLength: 12 }), async (lateness) => assert.deepEqual(await evaluated(lateness), expected)), { numRuns: 4, examples: [[[0, 0, 0, 0, 0, 0, 3, 3]], [[47, 1, 99]]] });
    });
  }
});

describe('the levels of a group', () => {
  for (const [what, isThere] of [['with GraphQL', true], ['over REST alone', false]] as const) {
    it(`take as many requests in whatever order the answers come ${what}, and ask once about each account`, async () => {
      const gitlab = await startFakeGitLab({ now: () => new Date(now) });
      try {
        const { token, group } = largeGroup(gitlab.data, { now: new Date(now), count: 12 });
        if (!isThere) gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action: { status: 404, body: { error: '404 Not Found' } } });
        const paths = gitlab.data.projects.map(projectPath).filter((path) => path.startsWith(`${group.path}/`));
        assert.equal(paths.length, 12);
        const { signal } = new AbortController();
        const requests = async (lateness: readonly number[]) => {
          const sources = sourcesOf(connect(gitlab, { token: { kind: 'private', value: token }, fetch: lateFetch(lateness) }));
          await inParallel(paths, 8, signal, (path) => collectProjectFacts(sources, path, maintained, signal));
          return sources.connection.requests;
        };
        const expected = await requests([]);
        const accounts = gitlab.requests.map(({ path }) => path).filter((path) => path.includes('/users/'));
        assert.deepEqual([accounts.length > 0, accounts.length], [!isThere, new Set(accounts).size]);
        for (const lateness of [[5, 0, 60], [0, 0, 0, 40], [100, 3, 1, 7, 20]]) assert.equal(await requests(lateness), expected);
      } finally {
        await gitlab.close();
      }
    });
  }
});

/** Each answer comes so many turns of the event loop late. */
function lateFetch(lateness: readonly number[]): Fetch {
  let asked = 0;
  return async (url, init) => {
    const turns = lateness[asked++ % lateness.length] ?? 0;
    const answer = await fetch(url, init);
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    return answer;
  };
}
