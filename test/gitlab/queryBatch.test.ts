import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { type GraphQL, type GraphQLAnswer, GraphQLError, type GraphQLErrorReason, type GraphQLProblem } from '../../src/gitlab/graphql';
import { createQueryBatch, type Selection } from '../../src/gitlab/queryBatch';
import { GitLabError } from '../../src/gitlab/gitlabError';

describe('a batch of questions', () => {
  interface Sent {
    readonly query: string;
    readonly variables: Readonly<Record<string, unknown>>;
  }

  /** A GraphQL that answers as told, by the number of the query from 0. */
  function serverOf(answer: (sent: Sent, index: number) => GraphQLAnswer | Error) {
    const sent: Sent[] = [];
    const graphql: GraphQL = {
      available: true,
      features: new Map(),
      maxPoints: 170,
      send(query, variables) {
        sent.push({ query, variables });
        const result = answer({ query, variables }, sent.length - 1);
        return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
      },
    };
    return { graphql, sent, ask: createQueryBatch(graphql, new AbortController().signal) };
  }

  /** One question for a number. */
  const question = (name: string, points = 10, feature = name): Selection<number> => ({
    feature,
    field: `${name}(at: $at)`,
    variables: { at: ['Int', name.length] },
    points,
    schema: v.number(),
  });
  /** The field behind each alias. */
  const fields = ({ query }: Sent) => new Map(Array.from(query.matchAll(/(part\d+): (\w+)/g), ([, alias = '', field = '']) => [alias, field]));
  /** Answers every part with the length of its name, but for those with a problem. */
  const echo = (sent: Sent, problems: readonly GraphQLProblem[] = []): GraphQLAnswer => ({
    data: Object.fromEntries([...fields(sent)].map(([alias, field]) => [alias, problems.some(({ path }) => path[0] === alias) ? null : field.length])),
    problems,
  });
  const refused = (reason: GraphQLErrorReason, ...names: readonly string[]): GraphQLAnswer => ({ data: null, problems: [{ reason, message: 'no', path: [], names }] });
  const outcomes = async (promises: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(promises)).map((result) => (result.status === 'fulfilled' ? result.value : result.reason instanceof GraphQLError ? result.reason.reason : String(result.reason)));

  it('asks what is asked in one turn in one query', async () => {
    const { ask, sent } = serverOf((each) => echo(each));
    assert.deepEqual(await Promise.all([ask(question('a')), ask(question('bb'))]), [1, 2]);
    assert.deepEqual(sent, [{ query: 'query Facts($at0: Int, $at1: Int) {\npart0: a(at: $at0)\npart1: bb(at: $at1)\n}', variables: { at0: 1, at1: 2 } }]);
  });

  it('asks what is asked later in another', async () => {
    const { ask, sent } = serverOf((each) => echo(each));
    await ask(question('a'));
    await ask(question('b'));
    assert.equal(sent.length, 2);
  });

  for (const [points, queries] of [[[85, 85], 1], [[85, 86], 2], [[100, 60, 70, 60, 30], 2], [[200, 10], 2], [[60, 60, 60], 2]] as const) {
    it(`asks for ${points.join(', ')} points in ${queries} queries`, async () => {
      const { ask, sent } = serverOf((each) => echo(each));
      assert.deepEqual(await Promise.all(points.map((each, index) => ask(question('x'.repeat(index + 1), each)))), points.map((_, index) => index + 1));
      assert.equal(sent.length, queries);
    });
  }

  it('keeps the text of a query within what GitLab reads', async () => {
    const { ask, sent } = serverOf((each) => echo(each));
    await Promise.all(['a', 'b'].map((letter) => ask(question(letter.repeat(4500), 1))));
    assert.equal(sent.length, 2);
  });

  it('gives each part its own problem', async () => {
    const { ask } = serverOf((sent) => echo(sent, [{ reason: 'permission', message: 'no', path: ['part1', 'x'], names: [] }]));
    assert.deepEqual(await outcomes([ask(question('a')), ask(question('bb')), ask(question('ccc'))]), [1, 'permission', 3]);
  });

  it('gives a problem without a place to what is missing', async () => {
    const { ask } = serverOf(() => ({ data: { part0: 1, part1: null }, problems: [{ reason: 'failed', message: 'no', path: [], names: [] }] }));
    assert.deepEqual(await outcomes([ask(question('a')), ask(question('bb'))]), [1, 'failed']);
  });

  it('fails a part that cannot be read', async () => {
    const { ask } = serverOf(() => ({ data: { part0: 'text', part1: 2 }, problems: [] }));
    assert.deepEqual(await outcomes([ask(question('a')), ask(question('bb'))]), ['failed', 2]);
  });

  describe('where the server does not know something', () => {
    const onlyWithout = (unknown: string) => (sent: Sent) => ([...fields(sent).values()].includes(unknown) ? refused('unsupported', unknown) : echo(sent));

    it('asks again without what its words are about, and remembers', async () => {
      const { ask, sent, graphql } = serverOf(onlyWithout('bb'));
      assert.deepEqual(await outcomes([ask(question('a')), ask(question('bb')), ask(question('ccc'))]), [1, 'unsupported', 3]);
      assert.equal(sent.length, 2);
      assert.equal(graphql.features.get('bb'), false);
      assert.deepEqual(await outcomes([ask(question('bb'))]), ['unsupported']);
      assert.equal(sent.length, 2);
    });

    it('gives up all parts of the same feature together', async () => {
      const { ask, sent } = serverOf(onlyWithout('bb'));
      assert.deepEqual(await outcomes([ask(question('bb', 10, 'f')), ask(question('a')), ask(question('bb', 10, 'f'))]), ['unsupported', 1, 'unsupported']);
      assert.equal(sent.length, 2);
    });

    it('finds out one by one where its words tell nothing', async () => {
      const { ask, sent, graphql } = serverOf((each) => ([...fields(each).values()].includes('bb') ? refused('unsupported') : echo(each)));
      assert.deepEqual(await outcomes([ask(question('a')), ask(question('bb')), ask(question('ccc'))]), [1, 'unsupported', 3]);
      assert.equal(sent.length, 4);
      assert.deepEqual([...graphql.features], [['bb', false]]);
    });
  });

  it('asks for less at a time where it was too much, from then on', async () => {
    const { ask, sent, graphql } = serverOf((each, index) => (index === 0 ? refused('complexity') : echo(each)));
    assert.deepEqual(await outcomes([ask(question('a', 60)), ask(question('bb', 60))]), [1, 2]);
    assert.equal(sent.length, 3);
    assert.equal(graphql.maxPoints, 60);
  });

  it('gives up a part that is too much alone', async () => {
    const { ask, sent } = serverOf(() => refused('complexity'));
    assert.deepEqual(await outcomes([ask(question('a'))]), ['complexity']);
    assert.equal(sent.length, 1);
  });

  it('asks one by one where all together took too long', async () => {
    const { ask, sent } = serverOf((each) => (fields(each).size > 1 ? new GraphQLError('timeout', 'too long') : echo(each)));
    assert.deepEqual(await outcomes([ask(question('a')), ask(question('bb'))]), [1, 2]);
    assert.equal(sent.length, 3);
  });

  it('fails with whatever the connection fails with', async () => {
    const { ask } = serverOf(() => new GitLabError('unreachable', 'gone'));
    assert.deepEqual(await outcomes([ask(question('a')), ask(question('bb'))]), ['GitLabError: gone', 'GitLabError: gone']);
  });

  it('asks nothing once it is stopped', async () => {
    const controller = new AbortController();
    const { graphql, sent } = serverOf((each) => echo(each));
    controller.abort(new Error('stopped'));
    assert.deepEqual(await outcomes([createQueryBatch(graphql, controller.signal)(question('a'))]), ['Error: stopped']);
    assert.equal(sent.length, 0);
  });
});
