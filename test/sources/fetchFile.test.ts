import assert from 'node:assert/strict';
import { createConnection } from '../../src/gitlab/connection';
import { memoryCache } from '../../src/gitlab/httpCache';
import { connectionFor, fetchFile, FileFetchError, type FileRequest } from '../../src/sources/fetchFile';
import { createFetchPublic, publicFetchBounds } from '../../src/sources/fetchPublic';
import { secret } from '../gitlab/expect';
import { closeServers, startServer, type Handler } from '../gitlab/testServer';

const { signal } = new AbortController();

async function serve(handler: Handler) {
  const gitlab = await startServer(handler);
  const elsewhere = await startServer((request, response) => (request.path === '/back' ? response.writeHead(302, { location: `${gitlab.origin}/acme/end` }).end() : response.end('elsewhere')));
  const connections = [createConnection({ instance: gitlab.origin, token: { kind: 'private', value: secret }, fetch, retry: { attempts: 1 } })];
  const fetchPublic = createFetchPublic((url, init) => fetch(url, init), publicFetchBounds, memoryCache({ maxBytes: 1024 * 1024 }));
  const get = (url: string, options: Partial<FileRequest> = {}, known = connections) => fetchFile({ connections: known, fetchPublic }, { url, maxBytes: 1000, ...options }, signal);
  return { gitlab, elsewhere, get };
}

const saysToken = (headers: unknown) => JSON.stringify(headers).includes(secret);

describe('a file that a configuration names', () => {
  afterEach(closeServers);

  it('comes from its own instance with that token, and from elsewhere without', async () => {
    const { gitlab, elsewhere, get } = await serve((_, response) => response.end('here'));
    assert.equal(await get(`${gitlab.origin}/x`), 'here');
    assert.equal(await get(`${elsewhere.origin}/x`), 'elsewhere');
    assert.equal(saysToken(gitlab.seen[0]?.headers), true);
    assert.equal(saysToken(elsewhere.seen[0]?.headers), false);
  });

  it('may lie elsewhere by a redirect, where the token does not follow, nor back', async () => {
    const { gitlab, elsewhere, get } = await serve((request, response) =>
      request.path === '/acme/end' ? response.end('end') : response.writeHead(302, { location: `${elsewhere.origin}/back` }).end(),
    );
    await assert.rejects(get(`${gitlab.origin}/x`, { stayOnHost: true }), (error) => error instanceof FileFetchError && /redirects .* where the token must not go/.test(error.message));
    assert.equal(elsewhere.seen.length, 0);
    assert.equal(await get(`${gitlab.origin}/x`), 'end');
    assert.equal(saysToken(elsewhere.seen[0]?.headers), false);
    assert.equal(saysToken(gitlab.seen.at(-1)?.headers), false);
  });

  it('is refused from another host where it may come from its own alone', async () => {
    const { gitlab, get } = await serve((request, response) =>
      request.path === '/same' ? response.writeHead(302, { location: '/end' }).end() : request.path === '/other' ? response.writeHead(302, { location: 'https://other.example/x?token=hidden' }).end() : response.end('end'),
    );
    assert.equal(await get(`${gitlab.origin}/same`, { stayOnHost: true }, []), 'end');
    await assert.rejects(get(`${gitlab.origin}/other`, { stayOnHost: true }, []), (error) => error instanceof FileFetchError && /redirects to https:\/\/other\.example, .*write it/.test(error.message) && !error.message.includes('hidden'));
  });

  it('is read in its raw form where its page is named, also of an instance that is not known', async () => {
    const { gitlab, get } = await serve((_, response) => response.end('raw'));
    await get(`${gitlab.origin}/acme/shop/-/blob/main/x.json`);
    await get(`${gitlab.origin}/acme/shop/-/blob/main/x.json`, {}, []);
    assert.deepEqual(gitlab.seen.map(({ url }) => url), ['/api/v4/projects/acme%2Fshop/repository/files/x.json/raw?ref=main', '/acme/shop/-/raw/main/x.json']);
  });

  it('is bounded', async () => {
    const { gitlab, get } = await serve((_, response) => response.end('x'.repeat(1001)));
    for (const known of [undefined, []]) await assert.rejects(get(`${gitlab.origin}/x`, {}, known), FileFetchError);
    assert.equal((await get(`${gitlab.origin}/x`, { maxBytes: 1001 })).length, 1001);
    assert.equal((await get(`${gitlab.origin}/x`, { maxBytes: 1001 }, [])).length, 1001);
  });

  it('is not sent again where a public server knows its tag', async () => {
    const { elsewhere: _, gitlab, get } = await serve((request, response) =>
      request.headers['if-none-match'] === '"1"' ? response.writeHead(304).end() : response.writeHead(200, { etag: '"1"' }).end('tagged'),
    );
    assert.equal(await get(`${gitlab.origin}/x`, {}, []), 'tagged');
    assert.equal(await get(`${gitlab.origin}/x`, {}, []), 'tagged');
    assert.deepEqual(gitlab.seen.map(({ headers }) => headers['if-none-match']), [undefined, '"1"']);
  });

  it('of an instance in a folder of another belongs to the inner one', () => {
    const connections = ['https://g.example', 'https://g.example/tools', 'https://h.example'].map((instance) => createConnection({ instance, fetch }));
    assert.equal(connectionFor(connections, 'https://g.example/tools/acme/shop')?.instance, 'https://g.example/tools');
    assert.equal(connectionFor(connections, 'https://g.example/acme/shop')?.instance, 'https://g.example');
    assert.equal(connectionFor(connections, 'https://i.example/acme/shop'), null);
  });
});
