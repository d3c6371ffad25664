import assert from 'node:assert/strict';
import { originOf, probeInstance } from '../../src/gitlab/instance';
import { closeServers, sendHtml, sendJson, startServer, type Handler } from './testServer';

describe('originOf', () => {
  it('leaves the relative URL root out', () => assert.equal(originOf('https://example.com:8443/gitlab'), 'https://example.com:8443'));
});

describe('probeInstance', () => {
  afterEach(closeServers);
  const probe = async (handler: Handler, root = '') => {
    const server = await startServer(handler);
    return { result: await probeInstance(fetch, server.origin + root), server };
  };

  const gitlabs: [fact: string, handler: Handler][] = [
    ['asks for a token', (_, response) => sendJson(response, { message: '401 Unauthorized' }, 401)],
    ['tells its version', (_, response) => sendJson(response, { version: '18.5.0', revision: 'abc' })],
    ['hides its version', (request, response) => (request.url?.endsWith('/user') ? sendJson(response, { message: '401 Unauthorized' }, 401) : sendJson(response, { error: '404 Not Found' }, 404))],
    ['marks a refusal with its header', (_, response) => sendJson(response, { message: '403 Forbidden' }, 403, { 'x-gitlab-meta': '{}' })],
  ];
  for (const [fact, handler] of gitlabs) {
    it(`knows a GitLab that ${fact}`, async () => assert.deepEqual((await probe(handler)).result, { gitlab: true }));
  }

  it('asks under the relative URL root, once, and without a token', async () => {
    const { server } = await probe((_, response) => sendJson(response, { message: '401 Unauthorized' }, 401), '/gitlab');
    assert.deepEqual(server.seen.map((request) => request.url), ['/gitlab/api/v4/version']);
    const [request] = server.seen;
    for (const name of ['private-token', 'job-token', 'authorization', 'cookie']) assert.equal(request?.headers[name], undefined);
  });

  const others: [fact: string, handler: Handler, reason: RegExp][] = [
    ['a web page', (_, response) => sendHtml(response, 200), /web page/],
    ['other JSON', (_, response) => sendJson(response, { ok: true }), /not as a GitLab/],
    ['a 401 that is not GitLab\'s', (_, response) => sendJson(response, { error: 'login' }, 401), /401/],
    ['404 in HTML', (_, response) => sendHtml(response, 404), /no GitLab API.*\/gitlab/],
    ['404 of a GitLab above it', (_, response) => sendJson(response, { error: '404 Not Found' }, 404, { 'x-gitlab-meta': '{}' }), /no GitLab API/],
    ['404 in JSON', (_, response) => sendJson(response, { detail: 'Not Found' }, 404), /no GitLab API/],
    ['a server error', (_, response) => sendHtml(response, 502), /502/],
    ['a redirect elsewhere', (_, response) => response.writeHead(301, { location: 'https://new.example/api/v4/version' }).end(), /https:\/\/new\.example/],
  ];
  for (const [fact, handler, reason] of others) {
    it(`says that ${fact} answers in its place`, async () => {
      const { result } = await probe(handler);
      assert(!result.gitlab);
      assert.match(result.reason, reason);
    });
  }

  it('says that nothing answers', async () => {
    const server = await startServer(() => {});
    closeServers();
    const result = await probeInstance(fetch, server.origin);
    assert(!result.gitlab);
    assert.match(result.reason, /refused/);
  });

  it('rejects with the reason of an abort', async () => {
    const server = await startServer(() => {});
    const controller = new AbortController();
    const probing = probeInstance(fetch, server.origin, controller.signal);
    await server.arrived(1);
    controller.abort('stop');
    await assert.rejects(probing, (reason) => reason === 'stop');
  });
});
