import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { GitLabErrorReason } from '../../src/gitlab/gitlabError';
import { diskCache, memoryCache, type HttpCache } from '../../src/gitlab/httpCache';
import { createRateLimiter } from '../../src/gitlab/rateLimiter';
import { createTransport, type Fetch, type Method, type TransportOptions, type TransportRequest } from '../../src/gitlab/transport';
import { rejection, secret, settleTime } from './expect';
import { closeServers, sendHtml, sendJson, startServer, type Handler, type TestServer } from './testServer';

const project: TransportRequest = { method: 'GET', path: 'projects/acme%2Fshop', responseType: 'json' };
const text: TransportRequest = { ...project, responseType: 'text' };

function connect(server: TestServer, options: Partial<TransportOptions> = {}) {
  return createTransport({ instance: server.origin, token: { kind: 'private', value: secret }, fetch, retry: { baseMs: 1 }, ...options });
}

async function serve(handler: Handler, options: Partial<TransportOptions> = {}) {
  const server = await startServer(handler);
  return { server, transport: connect(server, options) };
}

describe('a transport', () => {
  afterEach(closeServers);

  describe('sends', () => {
    it('method, path, query, token and user agent', async () => {
      const { server, transport } = await serve((_, response) => sendJson(response, { id: 1 }), { userAgent: 'badgesmith/1.2.3' });
      const answer = await transport.request({ ...project, query: 'license=true' });
      assert.deepEqual([answer.status, answer.body], [200, { id: 1 }]);
      const [seen] = server.seen;
      assert.equal(seen?.url, '/api/v4/projects/acme%2Fshop?license=true');
      assert.equal(seen?.headers['private-token'], secret);
      assert.equal(seen?.headers['user-agent'], 'badgesmith/1.2.3');
      assert.equal(seen?.headers.accept, 'application/json');
      assert.equal(transport.requests, 1);
    });

    it('under a relative URL root', async () => {
      const server = await startServer((_, response) => sendJson(response, {}));
      await connect(server, { instance: `${server.origin}/gitlab` }).request(project);
      assert.equal(server.seen[0]?.url, '/gitlab/api/v4/projects/acme%2Fshop');
    });

    it('a body as JSON', async () => {
      const { server, transport } = await serve((_, response) => sendJson(response, { id: 7 }, 201));
      const answer = await transport.request({ ...project, method: 'POST', body: { name: 'x' } });
      assert.deepEqual([answer.status, answer.body], [201, { id: 7 }]);
      assert.equal(server.seen[0]?.headers['content-type'], 'application/json');
      assert.equal(server.seen[0]?.body, '{"name":"x"}');
    });

    it('no token where there is none', async () => {
      const { server, transport } = await serve((_, response) => sendJson(response, {}), { token: undefined });
      await transport.request(project);
      for (const name of ['private-token', 'job-token', 'authorization']) assert.equal(server.seen[0]?.headers[name], undefined);
    });

    it('nothing to an address that is not under the instance', async () => {
      const other = await startServer((_, response) => sendJson(response, {}));
      const { server, transport } = await serve((_, response) => sendJson(response, {}));
      const urls = [`${other.origin}/api/v4/user`, server.origin.replace('http:', 'https:'), server.origin.replace('://', '://user:word@')];
      for (const url of urls) await assert.rejects(transport.request({ method: 'GET', url, responseType: 'json' }), /does not belong to/);
      await assert.rejects(
        connect(server, { instance: `${server.origin}/gitlab` }).request({ method: 'GET', url: `${server.origin}/gitlab/../x`, responseType: 'json' }),
        /does not belong to/,
      );
      assert.deepEqual([other.seen.length, server.seen.length], [0, 0]);
    });

    it('nothing with a text that can be no token', async () => {
      const { server, transport } = await serve((_, response) => sendJson(response, {}), { token: { kind: 'private', value: `${secret}\n` } });
      await rejection(transport.request(project), 'unauthorized');
      assert.equal(server.seen.length, 0);
    });
  });

  it('gives null for an answer without a body', async () => {
    const { transport } = await serve((_, response) => response.writeHead(204).end());
    const { status, body } = await transport.request({ ...project, method: 'DELETE' });
    assert.deepEqual([status, body], [204, null]);
  });

  it('asks its port for fetch anew each time', async () => {
    const server = await startServer((_, response) => sendJson(response, {}));
    let current: Fetch = () => Promise.reject(new Error('replaced before the first request'));
    const transport = connect(server, { fetch: (url, init) => current(url, init) });
    current = fetch;
    await transport.request(project);
    assert.equal(server.seen.length, 1);
  });

  it('logs no query and no token', async () => {
    const lines: string[] = [];
    const { transport } = await serve((_, response, attempt) => sendJson(response, {}, attempt === 1 ? 500 : 200), { log: { debug: (line) => lines.push(line) } });
    await transport.request({ ...project, query: 'search=hidden' });
    assert.equal(lines.length, 2);
    assert(!/hidden|glpat/.test(lines.join('\n')), lines.join('\n'));
  });

  describe('explains', () => {
    type Case = [fact: string, reason: GitLabErrorReason, message: RegExp, answer: (response: ServerResponse) => void];
    const cases: Case[] = [
      ['an unknown token', 'unauthorized', /401 for acme\/shop: the token is not valid/, (r) => sendJson(r, { message: '401 Unauthorized' }, 401)],
      [
        'an expired token', 'unauthorized', /the token has expired/,
        (r) => sendJson(r, { error: 'invalid_token', error_description: 'Token is expired. You can either do re-authorization or token refresh.' }, 401),
      ],
      [
        'a revoked token', 'unauthorized', /the token was revoked/,
        (r) => sendJson(r, { error: 'invalid_token', error_description: 'Token was revoked. You have to re-authorize from the user.' }, 401),
      ],
      ['a role that is too low', 'forbidden', /403 for acme\/shop: the role of the token/, (r) => sendJson(r, { message: '403 Forbidden' }, 403)],
      ['a project that is not there', 'not-found', /404 for acme\/shop: it is not there/, (r) => sendJson(r, { message: '404 Project Not Found' }, 404)],
      ['a wrong route', 'not-found', /404/, (r) => sendJson(r, { error: '404 Not Found' }, 404)],
      ['a missing parameter', 'refused', /400.*link_url is missing/, (r) => sendJson(r, { error: 'link_url is missing' }, 400)],
      ['a moved project', 'refused', /405.*moved projects/, (r) => sendJson(r, { message: 'Non GET methods are not allowed for moved projects' }, 405)],
      ['a failed precondition', 'refused', /412/, (r) => sendJson(r, { message: '412 Precondition Failed' }, 412)],
      ['a plain text', 'refused', /400.*Bad thing/, (r) => r.writeHead(400, { 'content-type': 'text/plain' }).end('Bad thing\n')],
      ['broken JSON', 'refused', /400/, (r) => r.writeHead(400, { 'content-type': 'application/json' }).end('{"message":')],
      ['a page with 404', 'not-gitlab', /404.*no answer of GitLab's API/, (r) => sendHtml(r, 404)],
      ['a page with 403', 'not-gitlab', /403/, (r) => sendHtml(r, 403)],
      ['a page with 401', 'unauthorized', /401/, (r) => sendHtml(r, 401)],
      ['a page with 502', 'server-error', /502/, (r) => sendHtml(r, 502)],
      ['a status that is never sent', 'server-error', /501/, (r) => sendHtml(r, 501)],
      ['a 304 that nobody asked for', 'not-gitlab', /304/, (r) => r.writeHead(304).end()],
      ['a page with 200', 'not-gitlab', /acme\/shop is a web page/, (r) => sendHtml(r, 200)],
      ['JSON that ends early', 'not-gitlab', /no JSON/, (r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"id":')],
      ['an empty 200', 'not-gitlab', /no JSON/, (r) => r.writeHead(200, { 'content-type': 'application/json' }).end()],
    ];
    for (const [fact, reason, message, answer] of cases) {
      it(fact, async () => {
        const { transport } = await serve((_, response) => answer(response), { retry: { attempts: 1 } });
        assert.match((await rejection(transport.request(project), reason)).message, message);
      });
    }

    it('the status and GitLab\'s own words in the details', async () => {
      const { transport } = await serve((_, response) => sendJson(response, { message: '404 Repository Not Found' }, 404));
      assert.deepEqual((await rejection(transport.request(project), 'not-found')).details, { status: 404, answer: '404 Repository Not Found' });
    });

    it('a missing scope with the scopes that would do', async () => {
      const { transport } = await serve((_, response) =>
        sendJson(response, { error: 'insufficient_scope', error_description: 'The request requires higher privileges than provided by the access token.', scope: 'api read_api' }, 403),
      );
      const error = await rejection(transport.request(project), 'insufficient-scope');
      assert.deepEqual(error.details.scopes, ['api', 'read_api']);
      assert.match(error.message, /one of the scopes api, read_api/);
    });

    it('refused fields one by one', async () => {
      const { transport } = await serve((_, response) =>
        sendJson(response, { message: { image_url: ['is blocked: Only allowed schemes are http, https'], link_url: ['must be a valid URL'] } }, 400),
      );
      const error = await rejection(transport.request({ ...project, method: 'POST', body: {} }), 'refused');
      assert.deepEqual(error.details.fields, { image_url: ['is blocked: Only allowed schemes are http, https'], link_url: ['must be a valid URL'] });
      assert.match(error.message, /image_url is blocked: .*; link_url must be a valid URL/);
    });

    it('other advice where no token was sent', async () => {
      const { transport } = await serve((_, response) => sendJson(response, { message: '404 Project Not Found' }, 404), { token: undefined });
      assert.match((await rejection(transport.request(project), 'not-found')).message, /private and needs a token/);
    });

    it('a long text cut short', async () => {
      const { transport } = await serve((_, response) => sendJson(response, { message: 'x'.repeat(200_000) }, 400));
      assert((await rejection(transport.request(project), 'refused')).message.length < 500);
    });

    it('a port where nothing listens, after one try', async () => {
      const { server, transport } = await serve(() => {});
      closeServers();
      const error = await rejection(transport.request(project), 'unreachable');
      assert.match(error.message, new RegExp(`${server.origin} cannot be reached: the connection was refused`));
      assert.equal(transport.requests, 1);
    });

    const codes: [code: string, message: RegExp][] = [
      ['ENOTFOUND', /no host of that name/],
      ['DEPTH_ZERO_SELF_SIGNED_CERT', /NODE_EXTRA_CA_CERTS.*http\.systemCertificates/],
      ['SELF_SIGNED_CERT_IN_CHAIN', /not trusted \(SELF_SIGNED_CERT_IN_CHAIN\)/],
      ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /not trusted/],
      ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /not trusted/],
      ['CERT_HAS_EXPIRED', /has expired/],
      ['ERR_TLS_CERT_ALTNAME_INVALID', /another host/],
      ['ERR_SSL_WRONG_VERSION_NUMBER', /http or https/],
      ['UND_ERR_CONNECT_TIMEOUT', /no answer in time/],
      ['SOMETHING_NEW', /SOMETHING_NEW/],
    ];
    for (const [code, message] of codes) {
      it(`${code}, without the words of the failure`, async () => {
        const cause = Object.assign(new Error(`about ${secret}`), { code });
        const failures = [new TypeError('fetch failed', { cause }), new TypeError('fetch failed', { cause: new AggregateError([cause], secret) })];
        const server = await startServer(() => {});
        for (const failure of failures) {
          const error = await rejection(connect(server, { fetch: () => Promise.reject(failure) }).request(project), 'unreachable');
          assert.match(error.message, message);
        }
      });
    }

    it('a server that never answers', async () => {
      const { transport } = await serve(() => {}, { timeoutMs: 50 });
      assert.match((await rejection(transport.request(project), 'unreachable')).message, /no whole answer within 0.05 s/);
      assert.equal(transport.requests, 1);
    });

    it('a body that never ends', async () => {
      const { transport } = await serve((_, response) => void response.writeHead(200).write('{'), { timeoutMs: 50 });
      await rejection(transport.request(project), 'unreachable');
    });
  });

  describe('tries again', () => {
    const failThen = (status: number, headers: Record<string, string> = {}): Handler => (_, response, attempt) =>
      attempt === 1 ? void response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end('Retry later\n') : sendJson(response, { id: 1 });
    const drop: Handler = (_, response, attempt) => (attempt === 1 ? void response.destroy() : sendJson(response, { id: 1 }));
    const cut: Handler = (_, response, attempt) => {
      if (attempt > 1) return sendJson(response, { id: 1 });
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"id":', () => response.destroy());
    };
    const soon = new Date(Date.now() - 1000).toUTCString();

    const cases: [fact: string, handler: Handler, repeated: Method[], reason: GitLabErrorReason][] = [
      ['429', failThen(429), ['GET', 'PUT', 'DELETE', 'POST', 'PATCH'], 'rate-limited'],
      ['429 with seconds', failThen(429, { 'retry-after': '0' }), ['GET', 'PUT', 'DELETE', 'POST', 'PATCH'], 'rate-limited'],
      ['429 with a date', failThen(429, { 'retry-after': soon }), ['GET', 'PUT', 'DELETE', 'POST', 'PATCH'], 'rate-limited'],
      ['500', failThen(500), ['GET', 'PUT', 'DELETE'], 'server-error'],
      ['502', failThen(502), ['GET', 'PUT', 'DELETE'], 'server-error'],
      ['503', failThen(503), ['GET', 'PUT', 'DELETE'], 'server-error'],
      ['504', failThen(504), ['GET', 'PUT', 'DELETE'], 'server-error'],
      ['a dropped connection', drop, ['GET', 'PUT', 'DELETE'], 'unreachable'],
      ['a cut body', cut, ['GET', 'PUT', 'DELETE'], 'unreachable'],
      ['501', failThen(501), [], 'server-error'],
      ['404', failThen(404), [], 'not-found'],
    ];
    for (const [fact, handler, repeated, reason] of cases) {
      for (const method of ['GET', 'PUT', 'DELETE', 'POST', 'PATCH'] as const) {
        const again = repeated.includes(method);
        it(`${again ? 'after' : 'never after'} ${fact} to ${method}`, async () => {
          const { server, transport } = await serve(handler);
          const request = transport.request({ ...project, method });
          if (again) assert.deepEqual((await request).body, { id: 1 });
          else await rejection(request, reason);
          assert.equal(server.seen.length, again ? 2 : 1);
          assert.equal(transport.requests, server.seen.length);
        });
      }
    }

    it('up to five times, then says what the last answer was', async () => {
      const { server, transport } = await serve((_, response) => sendJson(response, { message: '500 Internal Server Error' }, 500));
      assert.equal((await rejection(transport.request(project), 'server-error')).details.status, 500);
      assert.equal(server.seen.length, 5);
    });

    it('until a limit without end is given up, with the time of the next chance', async () => {
      const { server, transport } = await serve((_, response) => response.writeHead(429, { 'retry-after': '0' }).end(), { retry: { attempts: 3, baseMs: 1 } });
      assert.equal(typeof (await rejection(transport.request(project), 'rate-limited')).details.retryAt, 'number');
      assert.equal(server.seen.length, 3);
    });

    for (const [fact, retryAfter] of [['seconds', () => '3600'], ['a date', () => new Date(Date.now() + 3_600_000).toUTCString()]] as const) {
      it(`not where the wait in ${fact} is too long, and spares the server from the others`, async () => {
        const { server, transport } = await serve((_, response) => response.writeHead(429, { 'retry-after': retryAfter() }).end());
        const { details } = await rejection(transport.request(project), 'rate-limited');
        assert(Math.abs((details.retryAt ?? 0) - Date.now() - 3_600_000) < 5000);
        await rejection(transport.request(text), 'rate-limited');
        assert.equal(server.seen.length, 1);
      });
    }

    it('not where an unavailable server asks for a wait that is too long', async () => {
      const { server, transport } = await serve((_, response) => response.writeHead(503, { 'retry-after': '3600' }).end());
      assert.equal(typeof (await rejection(transport.request(project), 'server-error')).details.retryAt, 'number');
      assert.equal(server.seen.length, 1);
    });

    it('no sooner than Retry-After says', async () => {
      const times: number[] = [];
      const { transport } = await serve((_, response, attempt) => {
        times.push(Date.now());
        if (attempt === 1) response.writeHead(429, { 'retry-after': '0.2' }).end();
        else sendJson(response, {});
      });
      await transport.request(project);
      assert((times[1] ?? 0) - (times[0] ?? 0) >= 195);
    });

    it('a DELETE whose answer was lost, and takes "not found" for done', async () => {
      const { transport } = await serve((_, response, attempt) => (attempt === 1 ? void response.destroy() : sendJson(response, { message: '404 Not found' }, 404)));
      assert.equal((await transport.request({ ...project, method: 'DELETE' })).status, 204);
    });

    it('never a DELETE that was refused, and reports "not found"', async () => {
      const { transport } = await serve((_, response, attempt) => (attempt === 1 ? void response.writeHead(429).end() : sendJson(response, { message: '404 Not found' }, 404)));
      await rejection(transport.request({ ...project, method: 'DELETE' }), 'not-found');
    });
  });

  describe('pauses the origin', () => {
    const pausesAfter = async (status: number, headers: Record<string, string>) => {
      const pauses: number[] = [];
      const limiter = { ...createRateLimiter(), pauseUntil: (time: number) => void pauses.push(time - Date.now()) };
      const { transport } = await serve((_, response) => sendJson(response, {}, status, headers), { limiter, retry: { attempts: 1 } });
      await transport.request(project).catch(() => {});
      return pauses;
    };
    // The clock of the server counts: by the clock here these times are long past.
    const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
    const resetIn = (seconds: number) => String(Date.parse(date) / 1000 + seconds);
    const cases: [fact: string, status: number, headers: Record<string, string>, seconds: number | null][] = [
      ['once nothing is left of the limit', 200, { 'ratelimit-remaining': '0', 'ratelimit-reset': resetIn(30), date }, 30],
      ['not while something is left', 200, { 'ratelimit-remaining': '1', 'ratelimit-reset': resetIn(30), date }, null],
      ['not for longer than one waits, on a success', 200, { 'ratelimit-remaining': '0', 'ratelimit-reset': resetIn(61), date }, null],
      ['after 429 with Retry-After', 429, { 'retry-after': '40' }, 40],
      ['after 429 with the time of the reset', 429, { 'ratelimit-remaining': '0', 'ratelimit-reset': resetIn(45), date }, 45],
      ['for a quarter of an hour at most', 429, { 'retry-after': '999999' }, 900],
      ['not after an error of another kind', 500, {}, null],
    ];
    for (const [fact, status, headers, seconds] of cases) {
      it(fact, async () => {
        const [pauseMs] = await pausesAfter(status, headers);
        if (seconds === null) assert.equal(pauseMs, undefined);
        else assert(pauseMs !== undefined && Math.abs(pauseMs - seconds * 1000) < 1000, String(pauseMs));
      });
    }
  });

  describe('follows a redirect', () => {
    it('of a moved project, with the token', async () => {
      const { server, transport } = await serve((request, response) =>
        request.path.endsWith('/42') ? sendJson(response, { id: 42 }) : response.writeHead(301, { location: '/api/v4/projects/42' }).end(),
      );
      assert.deepEqual((await transport.request(project)).body, { id: 42 });
      assert.deepEqual(server.seen.map((request) => request.headers['private-token']), [secret, secret]);
      assert.equal(transport.requests, 2);
    });

    it('five times at most', async () => {
      const { server, transport } = await serve((request, response) => response.writeHead(302, { location: `${request.path}x` }).end());
      assert.match((await rejection(transport.request(project), 'redirected')).message, /in circles/);
      assert.equal(server.seen.length, 6);
    });

    it('never of a write', async () => {
      for (const method of ['POST', 'PUT', 'DELETE'] as const) {
        const { server, transport } = await serve((_, response) => response.writeHead(307, { location: '/api/v4/projects/42' }).end());
        assert.match((await rejection(transport.request({ ...project, method, body: {} }), 'redirected')).message, /was moved/);
        assert.equal(server.seen.length, 1);
      }
    });

    it('never to another port, scheme or host of an API call, and names the origin alone', async () => {
      const other = await startServer((_, response) => sendJson(response, {}));
      const targets = (server: TestServer) => [
        `${other.origin}/x?signature=hidden`,
        `https://127.0.0.1:${server.port}/x?signature=hidden`,
        `//127.0.0.1:${other.port}/x?signature=hidden`,
        'https://evil.example/x?signature=hidden',
      ];
      const { server, transport } = await serve((request, response) =>
        response.writeHead(302, { location: targets(server)[Number(request.query.get('to'))] }).end(),
      );
      for (const to of [0, 1, 2, 3]) {
        const { message } = await rejection(transport.request({ ...project, query: `to=${to}` }), 'redirected');
        assert.match(message, /where the token must not go/);
        assert(!message.includes('hidden'));
      }
      assert.equal(other.seen.length, 0);
    });

    it('never out of the relative URL root', async () => {
      const server = await startServer((_, response) => response.writeHead(302, { location: '/other/' }).end());
      await rejection(connect(server, { instance: `${server.origin}/gitlab` }).request({ ...text, foreignRedirects: 'withoutToken' }), 'redirected');
      assert.equal(server.seen.length, 1);
    });

    it('of a file to another origin without the token, also on the way back', async () => {
      const other = await startServer((_, response) => response.writeHead(302, { location: `${server.origin}/back` }).end());
      const { server, transport } = await serve((request, response) =>
        request.path === '/back' ? void response.end('file') : response.writeHead(302, { location: `${other.origin}/file` }).end(),
      );
      assert.equal((await transport.request({ ...text, foreignRedirects: 'withoutToken' })).body, 'file');
      const sent = [...other.seen, ...server.seen.slice(1)];
      assert.equal(sent.length, 2);
      for (const { headers } of sent) assert(!JSON.stringify(headers).includes(secret));
      assert.equal(transport.requests, 1);
    });

    it('and takes no orders from the other origin: its limits are not the instance\'s', async () => {
      const pauses: number[] = [];
      const limiter = { ...createRateLimiter(), pauseUntil: (time: number) => void pauses.push(time) };
      const other = await startServer((request, response) => {
        response.writeHead(request.path === '/gone' ? 404 : 200, { 'ratelimit-remaining': '0', 'ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 30) }).end('file');
      });
      const { transport } = await serve((request, response) => response.writeHead(302, { location: `${other.origin}/${request.query.get('to')}` }).end(), { limiter });
      await transport.request({ ...text, query: 'to=there', foreignRedirects: 'withoutToken' });
      const error = await rejection(transport.request({ ...text, query: 'to=gone', foreignRedirects: 'withoutToken' }), 'not-found');
      assert.match(error.message, new RegExp(`acme/shop at 127\\.0\\.0\\.1:${other.port}`));
      assert.deepEqual(pauses, []);
    });

    it('to the sign-in page nowhere: the token is not accepted there', async () => {
      const { transport } = await serve((_, response) => response.writeHead(302, { location: '/users/sign_in' }).end());
      await rejection(transport.request({ ...text, foreignRedirects: 'withoutToken' }), 'unauthorized');
    });

    it('without a target nowhere', async () => {
      const { transport } = await serve((_, response) => response.writeHead(302).end());
      assert.match((await rejection(transport.request(project), 'redirected')).message, /does not say where/);
    });
  });

  describe('bounds a body', () => {
    const bodies: [fact: string, write: (response: ServerResponse, bytes: number) => void][] = [
      ['with a length', (response, bytes) => response.end('x'.repeat(bytes))],
      ['in chunks', (response, bytes) => {
        for (let sent = 0; sent < bytes; sent += 100) response.write('x'.repeat(Math.min(100, bytes - sent)));
        response.end();
      }],
      ['that is compressed', (response, bytes) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(bytes)))],
    ];
    for (const [fact, write] of bodies) {
      for (const [bytes, fits] of [[999, true], [1000, true], [1001, false], [500_000, false]] as const) {
        it(`${fact}: ${bytes} bytes are ${fits ? 'within' : 'over'} 1000`, async () => {
          const { transport } = await serve((_, response) => write(response, bytes), { maxBodyBytes: 1000 });
          const request = transport.request(text);
          if (fits) assert.equal((await request.then((answer) => answer.body as string)).length, bytes);
          else assert.match((await rejection(request, 'too-large')).message, /larger than 1000 bytes/);
        });
      }
    }
  });

  it('reads UTF-8 that is split between two chunks', async () => {
    const bytes = Buffer.from('"über"');
    const { transport } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(bytes.subarray(0, 2), () => setImmediate(() => response.end(bytes.subarray(2))));
    });
    assert.equal((await transport.request(project)).body, 'über');
  });

  describe('with a cache', () => {
    let dir: string;
    beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'badgesmith-'))));
    afterEach(() => rm(dir, { recursive: true, force: true }));

    const etag = 'W/"0123456789abcdef0123456789abcdef"';
    /** Answers 304 with the headers of the list as they are now, and counts the bodies it sends. */
    const listServer = async () => {
      const state = { bodies: 0, total: '1' };
      const server = await startServer((request, response) => {
        const headers = { etag, 'x-page': '1', ...(state.total && { 'x-total': state.total }) };
        if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end();
        state.bodies++;
        sendJson(response, [{ id: 1 }], 200, { ...headers, 'set-cookie': 'session=hidden' });
      });
      return { server, state };
    };

    const caches: [kind: string, make: () => () => HttpCache][] = [
      ['memory', () => {
        const cache = memoryCache({ maxBytes: 1_000_000 });
        return () => cache;
      }],
      ['disk', () => () => diskCache(dir)],
    ];
    for (const [kind, make] of caches) {
      it(`on ${kind}, a second run downloads no body`, async () => {
        const { server, state } = await listServer();
        const open = make();
        const first = await connect(server, { cache: open() }).request(project);
        const second = connect(server, { cache: open() });
        const { status, body, headers } = await second.request(project);
        assert.deepEqual([status, body], [200, first.body]);
        assert.equal(headers['x-total'], '1');
        assert.equal(headers['set-cookie'], undefined);
        assert.equal(state.bodies, 1);
        assert.equal(second.requests, 1);
      });
    }

    it('takes the pagination of a 304, because its tag covers the body alone', async () => {
      const { server, state } = await listServer();
      const cache = memoryCache({ maxBytes: 1_000_000 });
      await connect(server, { cache }).request(project);
      state.total = '5';
      assert.equal((await connect(server, { cache }).request(project)).headers['x-total'], '5');
      state.total = '';
      assert.equal((await connect(server, { cache }).request(project)).headers['x-total'], undefined);
      assert.equal(state.bodies, 1);
    });

    it('keeps the answers for two tokens apart', async () => {
      const { server, state } = await listServer();
      const cache = memoryCache({ maxBytes: 1_000_000 });
      await connect(server, { cache }).request(project);
      await connect(server, { cache, token: { kind: 'private', value: `${secret}2` } }).request(project);
      await connect(server, { cache, token: undefined }).request(project);
      assert.equal(state.bodies, 3);
    });

    it('sends no tag without one, nor for writes', async () => {
      const server = await startServer((_, response) => sendJson(response, {}, 200, { etag }));
      const transport = connect(server, { cache: memoryCache({ maxBytes: 1_000_000 }) });
      await transport.request({ ...project, method: 'PUT', body: {} });
      await transport.request(project);
      await transport.request({ ...project, method: 'PUT', body: {} });
      assert.deepEqual(server.seen.map((request) => request.headers['if-none-match']), [undefined, undefined, undefined]);
    });

    const unkept: [fact: string, handler: Handler][] = [
      ['an answer that must not be stored', (_, response) => sendJson(response, {}, 200, { etag, 'cache-control': 'no-store' })],
      ['an answer without a tag', (_, response) => sendJson(response, {})],
      ['a web page', (_, response) => response.writeHead(200, { 'content-type': 'text/html', etag }).end('<html>')],
      ['an error', (_, response) => sendJson(response, { message: '404 Not found' }, 404, { etag })],
    ];
    it('does not keep what another origin sent', async () => {
      const other = await startServer((_, response) => response.writeHead(200, { etag }).end('file'));
      const { server, transport } = await serve((_, response) => response.writeHead(302, { location: other.origin }).end(), { cache: memoryCache({ maxBytes: 1_000_000 }) });
      for (let round = 0; round < 2; round++) await transport.request({ ...text, foreignRedirects: 'withoutToken' });
      assert.deepEqual([...server.seen, ...other.seen].map((request) => request.headers['if-none-match']), [undefined, undefined, undefined, undefined]);
    });

    for (const [fact, handler] of unkept) {
      it(`does not keep ${fact}`, async () => {
        const { server, transport } = await serve(handler, { cache: memoryCache({ maxBytes: 1_000_000 }) });
        for (let round = 0; round < 2; round++) await transport.request(project).catch(() => {});
        assert.deepEqual(server.seen.map((request) => request.headers['if-none-match']), [undefined, undefined]);
      });
    }
  });

  describe('aborted', () => {
    const reason = { why: 'a newer run' };
    const abortsFast = async (promise: Promise<unknown>, controller: AbortController) => {
      const time = settleTime(promise);
      controller.abort(reason);
      await assert.rejects(promise, (thrown) => thrown === reason);
      assert((await time) < 1000);
    };

    it('before it starts, sends nothing', async () => {
      const { server, transport } = await serve((_, response) => sendJson(response, {}));
      await assert.rejects(transport.request({ ...project, signal: AbortSignal.abort(reason) }), (thrown) => thrown === reason);
      assert.equal(server.seen.length, 0);
    });

    it('in the queue', async () => {
      const limiter = createRateLimiter({ concurrency: 1 });
      const { server, transport } = await serve(() => {}, { limiter });
      const [first, second] = [new AbortController(), new AbortController()];
      const running = transport.request({ ...project, signal: first.signal });
      await server.arrived(1);
      await abortsFast(transport.request({ ...project, signal: second.signal }), second);
      assert.equal(server.seen.length, 1);
      await abortsFast(running, first);
    });

    const waits: [fact: string, handler: Handler][] = [
      ['while it waits for an answer', () => {}],
      ['while it reads a slow body', (_, response) => void response.writeHead(200).write('{')],
      ['while it backs off after an error', (_, response) => response.writeHead(503).end()],
      ['while it waits for a limit', (_, response) => response.writeHead(429, { 'retry-after': '30' }).end()],
    ];
    for (const [fact, handler] of waits) {
      it(fact, async () => {
        const { server, transport } = await serve(handler, { retry: { baseMs: 20_000 } });
        const controller = new AbortController();
        const request = transport.request({ ...project, signal: controller.signal });
        await server.arrived(1);
        await abortsFast(request, controller);
        assert.equal(server.seen.length, 1);
      });
    }

    it('or not, one signal serves many requests without a warning of Node, and keeps none of its listeners', async () => {
      const warnings: Error[] = [];
      const onWarning = (warning: Error) => void warnings.push(warning);
      process.on('warning', onWarning);
      const { transport } = await serve((_, response) => sendJson(response, {}));
      const { signal } = new AbortController();
      await Promise.all(Array.from({ length: 30 }, () => transport.request({ ...project, signal })));
      await new Promise((resolve) => setImmediate(resolve));
      process.off('warning', onWarning);
      assert.deepEqual(warnings, []);
      assert.deepEqual(getEventListeners(signal, 'abort'), []);
    });

    it('frees its place for the next request', async () => {
      const limiter = createRateLimiter({ concurrency: 1 });
      const { server, transport } = await serve((_, response, attempt) => (attempt > 1 ? sendJson(response, {}) : undefined), { limiter });
      const controller = new AbortController();
      const first = transport.request({ ...project, signal: controller.signal });
      await server.arrived(1);
      const next = transport.request(project);
      await abortsFast(first, controller);
      await next;
    });
  });
});
