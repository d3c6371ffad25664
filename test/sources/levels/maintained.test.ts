import assert from 'node:assert/strict';
import { getOperationAST, getVariableValues, parse } from 'graphql';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CheckDefinition, LevelDefinition, LevelsDefinition } from '../../../src/core/levels/definition';
import { demandOf } from '../../../src/core/levels/demand';
import { evaluateProject } from '../../../src/core/levels/evaluate';
import type { ProjectFacts } from '../../../src/core/levels/facts';
import { memoryCache } from '../../../src/gitlab/httpCache';
import { costOf } from '../../fakes/gitlab/graphql/cost';
import { type GraphqlAge, schemaOf } from '../../fakes/gitlab/graphql/schema';
import { type FakeGitLab, startFakeGitLab } from '../../fakes/gitlab/server';
import { addBusyProject, addLongIssue } from './busyProject';
import { collect, connect, known, maintained, now } from './collecting';
import { fetchInWaves } from './waves';

const range = { start: 0, end: 0 };
const check = (type: CheckDefinition['type'], months: number, bound: { readonly min?: number; readonly max?: number }): CheckDefinition => ({
  type,
  description: null,
  threshold: { timeRangeInMonths: months, min: bound.min ?? null, max: bound.max ?? null },
  decisionJsonUrl: null,
  range,
});
const level = (name: string, ...checks: readonly CheckDefinition[]): LevelDefinition => ({ name, description: null, svgUrl: null, notNecessaryForNextHigherLevel: false, checks, range });

/** The official badge. */
const definition: LevelsDefinition = {
  gitClients: [],
  badges: [
    {
      id: 'maintained',
      description: null,
      levels: [
        level('bronze', check('COMMITS', 6, { min: 5 }), check('ISSUE_REACTION_TIME', 3, { max: 7 })),
        level('silver', check('RELEASES', 6, { min: 1 })),
        level('gold', check('BUS_FACTOR', 6, { min: 2 })),
      ],
      range,
    },
  ],
  broken: [],
  personalEmailDomains: [],
  remoteConfigUrl: null,
  subsequentUseApiDomain: null,
};

describe('the facts of the badge “maintained” on a project with 300 issues', () => {
  let gitlab: FakeGitLab;

  beforeEach(async () => {
    gitlab = await startFakeGitLab({ now: () => new Date(now) });
  });
  afterEach(() => gitlab.close());

  const withoutGraphQL = () => gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action: { status: 404, body: { error: '404 Not Found' } } });
  const evaluated = (facts: ProjectFacts) => JSON.parse(JSON.stringify(evaluateProject(definition, facts, now))) as ReturnType<typeof evaluateProject>;

  it('are what its checks ask for', () => assert.deepEqual(demandOf(definition.badges, now), maintained));

  const ages: readonly (readonly [age: GraphqlAge, long: number, days: number, commits: number, project: 'path' | 'number'])[] = [
    ['current', 0, 88, 212, 'path'],
    ['current', 5, 88, 290, 'path'],
    ['current', 5, 88, 212, 'number'],
    ['current', 5, 0.1, 212, 'path'],
    ['before-commits', 0, 88, 212, 'path'],
    ['before-commits', 0, 88, 212, 'number'],
  ];
  for (const [age, long, days, commits, project] of ages) {
    it(`take at most 10 requests in 4 round trips by ${project} on a server that is ${age}, with ${commits} commits, ${long} long issues, and all of them in ${days} days`, async () => {
      const busy = addBusyProject(gitlab.data, now, { commits, days });
      for (let index = 0; index < long; index++) addLongIssue(gitlab.data, busy, 30, '2026-06-01T00:00:00.000Z');
      gitlab.settings.graphql.age = age;
      const { fetch, waves } = fetchInWaves();
      const connection = connect(gitlab, { fetch });
      const facts = await collect(connection, maintained, project === 'path' ? 'acme/shop' : String(busy.project.id));
      assert(waves.length <= 4, `waves of ${waves.join(', ')} requests`);
      assert(connection.requests <= 10, `waves of ${waves.join(', ')} requests`);
      assert.equal(known(facts.issues).items.length, 300 + long);
      assert.equal(known(facts.commits).items.length, commits);
    });
  }

  it('cost no query more than somebody without a sign-in may spend', async () => {
    addBusyProject(gitlab.data, now);
    await collect(connect(gitlab), { ...maintained, mergeRequests: maintained.commits, packages: maintained.releases });
    const schema = schemaOf('current');
    const queries = gitlab.requests.filter(({ path }) => path === '/api/graphql').map(({ body }) => JSON.parse(body) as { query: string; variables: Record<string, unknown> });
    assert(queries.length >= 3);
    for (const { query, variables } of queries) {
      const document = parse(query);
      const operation = getOperationAST(document);
      assert(operation);
      const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
      assert(costOf(schema, document, operation, coerced ?? {}).complexity <= 170, query);
      assert(query.length < 10_000);
    }
  });

  it('give the same result over REST alone', async () => {
    addBusyProject(gitlab.data, now, { issues: 100 });
    gitlab.settings.graphql.age = 'before-commits';
    const overGraphQL = evaluated(await collect(connect(gitlab), maintained));
    withoutGraphQL();
    const overRest = evaluated(await collect(connect(gitlab), maintained));
    assert.deepEqual(overGraphQL, overRest);
    assert.equal(overRest.badges[0]?.level, null);
    assert.match(overRest.badges[0]?.summary ?? '', /issue reaction/);
  });

  it('give the same levels where the accounts of commit authors are known, which REST does not tell', async () => {
    addBusyProject(gitlab.data, now, { issues: 60 });
    const levels = (facts: ProjectFacts) => evaluated(facts).badges.map(({ level: reached, status, levels: all }) => [reached, status, all.map(({ reached: each }) => each)]);
    const facts = await collect(connect(gitlab), maintained);
    assert.equal(known(facts.commitAuthorship).items.filter(({ username }) => username === 'committer').length > 0, true);
    withoutGraphQL();
    assert.deepEqual(levels(facts), levels(await collect(connect(gitlab), maintained)));
  });

  it('are asked for by their tags in a second run, and not downloaded again', async () => {
    addBusyProject(gitlab.data, now, { issues: 12 });
    withoutGraphQL();
    const cache = memoryCache({ maxBytes: 10_000_000 });
    const first = await collect(connect(gitlab, { cache }), maintained);
    gitlab.requests.length = 0;
    assert.deepEqual(await collect(connect(gitlab, { cache }), maintained), first);
    const reads = gitlab.requests.filter(({ method, path }) => method === 'GET' && !path.endsWith('/.mailmap/raw'));
    assert(reads.length > 10);
    assert(reads.every(({ status, headers }) => status === 304 && headers['if-none-match']));
  });
});
