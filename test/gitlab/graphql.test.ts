import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { createConnection, type ConnectionOptions } from '../../src/gitlab/connection';
import { GraphQLError, type GraphQLErrorReason } from '../../src/gitlab/graphql';
import { rejection, secret } from './expect';
import { closeServers, sendHtml, sendJson, startServer, type Handler } from './testServer';

describe('GraphQL', () => {
  afterEach(closeServers);

  async function serve(handler: Handler, options: Partial<ConnectionOptions> = {}) {
    const server = await startServer(handler);
    const { graphql } = createConnection({ instance: server.origin, token: { kind: 'private', value: secret }, fetch, retry: { baseMs: 1 }, ...options });
    return { server, graphql };
  }
  const answering = (body: unknown, status = 200) => serve((_, response) => sendJson(response, body, status));

  async function refusal(promise: Promise<unknown>): Promise<GraphQLError> {
    const error = await promise.then(() => assert.fail('resolved'), (thrown: unknown) => thrown);
    assert(error instanceof GraphQLError, String(error));
    assert(!`${error.message}${error.stack}`.includes(secret));
    return error;
  }

  it('posts query and variables with the token as a bearer', async () => {
    const { server, graphql } = await answering({ data: { project: null } });
    assert.deepEqual(await graphql.send('query($a: Int) { x }', { a: 1 }), { data: { project: null }, problems: [] });
    const [request] = server.seen;
    assert.equal(request?.method, 'POST');
    assert.equal(request.path, '/api/graphql');
    assert.equal(request.headers.authorization, `Bearer ${secret}`);
    assert.equal(request.headers['private-token'], undefined);
    assert.deepEqual(JSON.parse(request.body), { query: 'query($a: Int) { x }', variables: { a: 1 } });
  });

  it('works without a token', async () => {
    const { server, graphql } = await serve((_, response) => sendJson(response, { data: {} }), { token: undefined });
    await graphql.send('{ x }', {});
    assert.equal(server.seen[0]?.headers.authorization, undefined);
  });

  it('does not even try with a job token', async () => {
    const { server, graphql } = await serve((_, response) => sendJson(response, { data: {} }), { token: { kind: 'job', value: secret } });
    assert.equal(graphql.available, false);
    assert.equal((await refusal(graphql.send('{ x }', {}))).reason, 'unavailable');
    assert.equal(server.seen.length, 0);
  });

  describe('reads the errors beside the data', () => {
    const cases: readonly (readonly [message: string, data: object | null, reason: GraphQLErrorReason, extensions?: object])[] = [
      ['Query has complexity of 271, which exceeds max complexity of 250', null, 'complexity'],
      ['Query has depth of 21, which exceeds max depth of 20', null, 'complexity'],
      ["Field 'commits' doesn't exist on type 'Repository'", null, 'unsupported'],
      ["Field 'workItems' doesn't accept argument 'createdAfter'", null, 'unsupported'],
      ["NegatedWorkItemFilterInput isn't a defined input type (on $without)", null, 'unsupported'],
      ["No such type WorkItemWidgetNotes, so it can't be a fragment condition", null, 'unsupported'],
      ['Type mismatch on variable $without and argument authorUsername ([String!] / String)', null, 'unsupported'],
      ['Something the server words in its own way', null, 'unsupported', { code: 'argumentLiteralsIncompatible' }],
      ['Timeout on WorkItem.widgets', {}, 'timeout'],
      ["The resource that you are attempting to access does not exist or you don't have permission to perform this action", {}, 'permission'],
      ['Internal server error', null, 'failed'],
      ['Something else', {}, 'failed'],
    ];
    for (const [message, data, reason, extensions] of cases) {
      it(`takes “${message}” for ${reason}`, async () => {
        const { graphql } = await answering({ ...(data && { data }), errors: [{ message, path: ['a', 0], ...(extensions && { extensions }) }] });
        const { problems } = await graphql.send('{ x }', {});
        assert.deepEqual(problems.map((problem) => [problem.reason, problem.message, problem.path]), [[reason, message, ['a', 0]]]);
      });
    }

    it('names what the server does not know', async () => {
      const { graphql } = await answering({ errors: [{ message: "Field 'commits' doesn't exist on type 'Repository'", extensions: { code: 'undefinedField', fieldName: 'commits' } }] });
      assert.deepEqual((await graphql.send('{ x }', {})).problems[0]?.names, ['commits', 'Repository', 'undefinedField', 'commits']);
    });
  });

  describe('tries again', () => {
    for (const status of [429, 500, 502, 503, 504]) {
      it(`after ${status}, because a query changes nothing`, async () => {
        const { server, graphql } = await serve((_, response, attempt) => (attempt === 1 ? sendJson(response, { message: 'x' }, status) : sendJson(response, { data: { x: 1 } })));
        assert.deepEqual((await graphql.send('{ x }', {})).data, { x: 1 });
        assert.equal(server.seen.length, 2);
      });
    }

    it('after a dropped connection', async () => {
      const { server, graphql } = await serve((_, response, attempt) => (attempt === 1 ? response.destroy() : sendJson(response, { data: { x: 1 } })));
      assert.deepEqual((await graphql.send('{ x }', {})).data, { x: 1 });
      assert.equal(server.seen.length, 2);
    });

    it('not where the database took too long: it would again', async () => {
      const message = 'Request timed out. Please try a less complex query or a smaller set of records.';
      const { server, graphql } = await answering({ errors: [{ message }] }, 503);
      assert.equal((await refusal(graphql.send('{ x }', {}))).reason, 'timeout');
      assert.equal(server.seen.length, 1);
    });
  });

  describe('is given up', () => {
    for (const [what, status, body] of [
      ['with a token that is not valid', 401, { errors: [{ message: 'Invalid token' }] }],
      ['for a user who may not use the API', 403, { errors: [{ message: 'API not accessible for user' }] }],
      ['where the instance has none', 404, { error: '404 Not Found' }],
    ] as const) {
      it(`${what}, and not asked again`, async () => {
        const { server, graphql } = await answering(body, status);
        assert.equal((await refusal(graphql.send('{ x }', {}))).reason, 'unavailable');
        assert.equal(graphql.available, false);
        await refusal(graphql.send('{ x }', {}));
        assert.equal(server.seen.length, 1);
      });
    }

    it('once for all that wait for the first answer', async () => {
      let answer = () => {};
      const { server, graphql } = await serve((_, response) => void (answer = () => sendJson(response, { error: '404 Not Found' }, 404)));
      const first = refusal(graphql.send('{ x }', {}));
      await server.arrived(1);
      const later = [refusal(graphql.send('{ y }', {})), refusal(graphql.send('{ z }', {}))];
      answer();
      assert.deepEqual((await Promise.all([first, ...later])).map(({ reason }) => reason), ['unavailable', 'unavailable', 'unavailable']);
      assert.equal(server.seen.length, 1);
    });

    it('at a redirect, which a query does not follow', async () => {
      const { graphql } = await serve((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
      assert.equal((await refusal(graphql.send('{ x }', {}))).reason, 'unavailable');
    });
  });

  for (const [what, handler] of [
    ['a web page with status 200', (_, response) => sendHtml(response, 200)],
    ['broken JSON', (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":')],
    ['something else than an answer', (_, response) => sendJson(response, [1, 2])],
    ['422', (_, response) => sendJson(response, { errors: [{ message: 'Query too large' }] }, 422)],
    ['500 to the last', (_, response) => sendJson(response, { errors: [{ message: 'Internal server error' }] }, 500)],
  ] as readonly (readonly [string, Handler])[]) {
    it(`fails with ${what}, and may be asked again`, async () => {
      const { graphql } = await serve(handler);
      assert.equal((await refusal(graphql.send('{ x }', {}))).reason, 'failed');
      assert.equal(graphql.available, true);
    });
  }

  it('asks for less where the answer is too large', async () => {
    const { graphql } = await serve((_, response) => sendJson(response, { data: { x: 'y'.repeat(2000) } }), { maxBodyBytes: 1000 });
    assert.equal((await refusal(graphql.send('{ x }', {}))).reason, 'timeout');
  });

  it('leaves a limit without end to whoever asks', async () => {
    const { graphql } = await serve((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end('Retry later'));
    await rejection(graphql.send('{ x }', {}), 'rate-limited');
    assert.equal(graphql.available, true);
  });

  it('stops when cancelled', async () => {
    const { server, graphql } = await serve(() => {});
    const controller = new AbortController();
    const running = graphql.send('{ x }', {}, controller.signal);
    await server.arrived(1);
    controller.abort();
    await assert.rejects(running, { name: 'AbortError' });
  });
});
