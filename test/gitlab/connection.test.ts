import assert from 'node:assert/strict';
import { Commits, ProjectBadges, Projects } from '@gitbeaker/rest';
import { createConnection, type ConnectionOptions } from '../../src/gitlab/connection';
import { rejection, secret, settleTime } from './expect';
import { closeServers, sendHtml, sendJson, sendPage, startServer, type Handler } from './testServer';

async function serve(handler: Handler, options: Partial<ConnectionOptions> & { root?: string } = {}) {
  const { root = '', ...rest } = options;
  const server = await startServer(handler);
  const instance = server.origin + root;
  return { server, connection: createConnection({ instance, token: { kind: 'private', value: secret }, fetch, retry: { baseMs: 1 }, ...rest }) };
}

describe('a connection', () => {
  afterEach(closeServers);

  it('sends a resource\'s calls through its transport', async () => {
    const { server, connection } = await serve((_, response) => sendJson(response, { id: 1 }));
    const answer: unknown = await connection.resource(Projects<false>).show('acme/web/shop', { license: true });
    assert.deepEqual(answer, { id: 1 });
    assert.equal(server.seen[0]?.url, '/api/v4/projects/acme%2Fweb%2Fshop?license=true');
    assert.equal(server.seen[0]?.headers['private-token'], secret);
    assert.equal(connection.requests, 1);
  });

  it('knows classes that bring their own prefix, under a relative URL root', async () => {
    const { server, connection } = await serve((_, response) => sendJson(response, []), { root: '/gitlab' });
    await connection.resource(ProjectBadges<false>).all(101, { name: 'coverage' });
    assert.equal(server.seen[0]?.url, '/gitlab/api/v4/projects/101/badges?name=coverage');
  });

  it('writes bodies in snake_case, and none for DELETE', async () => {
    const { server, connection } = await serve((request, response) =>
      request.method === 'DELETE' ? response.writeHead(204).end() : sendJson(response, { id: 1 }, 201),
    );
    const badges = connection.resource(ProjectBadges<false>);
    await badges.add(101, 'https://l/%{project_path}', 'https://i/x.svg', { name: 'a b' });
    await badges.edit(101, 7, { linkUrl: 'https://l', imageUrl: 'https://i' });
    await badges.preview(101, 'https://l/%{project_path}', 'https://i');
    await badges.remove(101, 7);
    assert.deepEqual(server.seen.map(({ method, path, body }) => [method, path, body]), [
      ['POST', '/api/v4/projects/101/badges', '{"link_url":"https://l/%{project_path}","image_url":"https://i/x.svg","name":"a b"}'],
      ['PUT', '/api/v4/projects/101/badges/7', '{"link_url":"https://l","image_url":"https://i"}'],
      ['GET', '/api/v4/projects/101/badges/render', ''],
      ['DELETE', '/api/v4/projects/101/badges/7', ''],
    ]);
    assert.equal(server.seen[2]?.query.get('link_url'), 'https://l/%{project_path}');
    assert.equal(server.seen[3]?.headers['content-type'], undefined);
  });

  it('follows the pages of a list to its end, by query string alone', async () => {
    const rows = Array.from({ length: 45 }, (_, id) => ({ id }));
    const { server, connection } = await serve((request, response) => sendPage(request, response, rows, 'no-total'));
    const answer: unknown = await connection.resource(Commits<false>).all('acme/shop', { perPage: 20 });
    assert.deepEqual(answer, rows);
    assert.equal(server.seen.length, 3);
  });

  it('gives GitLabErrors that hold no token, and never gitbeaker\'s', async () => {
    const { connection } = await serve((_, response) => sendJson(response, { message: '403 Forbidden' }, 403));
    const error = await rejection(connection.resource(ProjectBadges<false>).all('acme/shop'), 'forbidden');
    assert.match(error.message, /403 for acme\/shop \(badges\)/);
  });

  it('repeats no POST after a 502', async () => {
    const { server, connection } = await serve((_, response) => sendHtml(response, 502));
    await rejection(connection.resource(ProjectBadges<false>).add(101, 'https://l', 'https://i'), 'server-error');
    assert.equal(server.seen.length, 1);
  });

  it('aborts a resource\'s calls, also between two pages', async () => {
    const controller = new AbortController();
    const rows = Array.from({ length: 500 }, (_, id) => ({ id }));
    const { server, connection } = await serve((request, response) => {
      if (request.query.get('page') === '3') return;
      sendPage(request, response, rows, 'no-total');
    });
    const listing = connection.resource(Commits<false>, controller.signal).all('acme/shop', { perPage: 100 });
    const time = settleTime(listing);
    await server.arrived(3);
    controller.abort('stop');
    await assert.rejects(listing, (reason) => reason === 'stop');
    assert((await time) < 1000);
    assert.equal(server.seen.length, 3);
  });

  describe('downloads', () => {
    it('a text under the instance, with the token', async () => {
      const { server, connection } = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('a: 1\n'));
      const url = `${server.origin}/api/v4/projects/1/repository/files/a%2Fb.yaml/raw?ref=main`;
      assert.equal(await connection.download(url, { maxBytes: 100, accept: 'text/plain' }), 'a: 1\n');
      assert.equal(server.seen[0]?.url, '/api/v4/projects/1/repository/files/a%2Fb.yaml/raw?ref=main');
      assert.equal(server.seen[0]?.headers['private-token'], secret);
      assert.equal(server.seen[0]?.headers.accept, 'text/plain');
    });

    it('JSON as text', async () => {
      const { server, connection } = await serve((_, response) => sendJson(response, { a: 1 }));
      assert.equal(await connection.download(`${server.origin}/x.json`, { maxBytes: 100 }), '{"a":1}');
    });

    it('from another origin, without the token', async () => {
      const storage = await startServer((_, response) => response.end('stored'));
      const { server, connection } = await serve((_, response) => response.writeHead(302, { location: `${storage.origin}/x?sig=1` }).end());
      assert.equal(await connection.download(`${server.origin}/x`, { maxBytes: 100 }), 'stored');
      assert.equal(storage.seen[0]?.url, '/x?sig=1');
      assert(!JSON.stringify(storage.seen[0]?.headers).includes(secret));
    });

    it('nothing beyond its bound, and nothing that is not there', async () => {
      const { server, connection } = await serve((request, response) =>
        request.path === '/big' ? response.end('x'.repeat(101)) : sendJson(response, { message: '404 File Not Found' }, 404),
      );
      await rejection(connection.download(`${server.origin}/big`, { maxBytes: 100 }), 'too-large');
      await rejection(connection.download(`${server.origin}/x`, { maxBytes: 100 }), 'not-found');
    });
  });
});
