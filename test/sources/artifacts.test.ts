import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { ArtifactSource } from '../../src/core/definition';
import { createConnection } from '../../src/gitlab/connection';
import { artifactsOf, remembered, type Artifact } from '../../src/sources/artifacts';
import { collectCoverageBadges } from '../../src/sources/coverage/coverage';
import { closeServers, sendJson, type SeenRequest, startServer } from '../gitlab/testServer';

const { signal } = new AbortController();
const at = '2026-01-01T00:00:00.000Z';
const project = { id: 7, path_with_namespace: 'acme/shop', name: 'Shop', web_url: 'https://x', default_branch: 'main', created_at: at, last_activity_at: at, star_count: 0 };
const lcov = 'SF:a\nDA:1,1\nDA:2,0\nend_of_record\n';

describe('artifacts of CI jobs', () => {
  afterEach(closeServers);

  type Answer = (request: SeenRequest, response: Parameters<Parameters<typeof startServer>[0]>[1]) => void;
  async function gitlab(answer: Answer, facts: object = {}) {
    const server = await startServer((request, response) => {
      if (/\/projects\/[^/]+$/.test(request.path)) sendJson(response, { ...project, ...facts });
      else answer(request, response);
    });
    const connection = createConnection({ instance: server.origin, token: { kind: 'private', value: 'secret' }, fetch: (url, init) => fetch(url, init), retry: { attempts: 1 } });
    return { server, asked: { connection, ref: { instance: server.origin, project: 'acme/shop' }, isJobToken: false } };
  }
  const text = (body: string): Answer => (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(body);
  const source: ArtifactSource = { job: 'unit tests', path: 'out/lcov.info' };

  it('are asked for by the default branch, unless another one is named', async () => {
    const { server, asked } = await gitlab(text(lcov));
    const read = artifactsOf(asked);
    assert.deepEqual(await read(source, signal), { text: lcov, url: `${server.origin}/acme/shop/-/jobs/artifacts/main/file/out/lcov.info?job=unit%20tests` });
    await read({ ...source, branch: 'feature/a b' }, signal);
    assert.deepEqual(server.seen.map(({ url }) => url).filter((url) => url.includes('artifacts')), ['/api/v4/projects/acme%2Fshop/jobs/artifacts/main/raw/out/lcov.info?job=unit%20tests', '/api/v4/projects/acme%2Fshop/jobs/artifacts/feature%2Fa%20b/raw/out/lcov.info?job=unit%20tests']);
  });

  it('may be in the UTF-16 of Windows PowerShell, as files may', async () => {
    const { asked } = await gitlab((_, response) => response.end(Buffer.from(`\uFEFF${lcov}`, 'utf16le')));
    assert.equal((await artifactsOf(asked)(source, signal)).text, lcov);
  });

  it('come from an object storage without the token', async () => {
    const storage = await startServer((_, response) => response.end(lcov));
    const { server, asked } = await gitlab((_, response) => response.writeHead(302, { location: `${storage.origin}/bucket/lcov.info?signature=x` }).end());
    assert.equal((await artifactsOf(asked)(source, signal)).text, lcov);
    assert.ok(server.seen.every(({ headers }) => headers['private-token'] === 'secret'));
    assert.deepEqual(storage.seen.map(({ headers }) => [headers['private-token'], headers['authorization'], headers['job-token']]), [[undefined, undefined, undefined]]);
  });

  for (const [what, answer, status, message] of [
    ['a job that kept none', (_, response) => sendJson(response, { message: '404 Not Found' }, 404), 'unknown', /^out\/lcov\.info of the job “unit tests”: the last successful pipeline/],
    ['a token that may not', (_, response) => sendJson(response, { message: '403 Forbidden' }, 403), 'unknown', /403/],
    ['a server in trouble', (_, response) => sendJson(response, {}, 500), 'failed', /500/],
    ['what is too large', (_, response) => response.end(Buffer.alloc(16 * 1024 * 1024 + 1, 'x')), 'failed', /larger than 16 MiB/],
    ['a redirect to a sign-in', (_, response) => response.writeHead(302, { location: '/users/sign_in' }).end(), 'failed', /sign-in/],
  ] as const satisfies readonly (readonly [string, Answer, string, RegExp])[]) {
    it(`are ${status} for ${what}`, async () => {
      const { asked } = await gitlab(answer);
      await assert.rejects(artifactsOf(asked)(source, signal), { name: 'ArtifactError', status, message });
    });
  }

  it('need a branch where GitLab shows none', async () => {
    const { asked } = await gitlab(text(lcov), { default_branch: null });
    await assert.rejects(artifactsOf(asked)(source, signal), { status: 'unknown', message: /name a branch/ });
  });

  it('are read again only where they were not read before', async () => {
    const { server, asked } = await gitlab((request, response) => (request.url.includes('none') ? sendJson(response, {}, 404) : response.end(lcov)));
    const answers = new Map<string, Promise<Artifact>>();
    for (const _ of [1, 2]) {
      await remembered(artifactsOf(asked), answers)(source, signal);
      await assert.rejects(remembered(artifactsOf(asked), answers)({ ...source, path: 'none' }, signal));
    }
    assert.equal(server.seen.filter(({ url }) => url.includes('artifacts')).length, 2);
  });

  describe('as reports', () => {
    const shown = async (answer: Answer, sources: readonly (string | ArtifactSource)[]) => {
      const { asked } = await gitlab(answer);
      const files = { find: (pattern: string) => Promise.resolve(pattern === 'lcov.info' ? [pattern] : []), readStream: () => (async function* () { yield await Promise.resolve(lcov); })() };
      return (await collectCoverageBadges({ files, artifacts: artifactsOf(asked), place: 'badges.yaml' }, sources.map((value) => ({ value })), at, signal))[0];
    };
    it('make the same badges as files', async () => {
      const badge = await shown(text(lcov), [source]);
      assert.ok(badge?.status === 'known');
      assert.deepEqual([badge.face.message, badge.origin.text], ['50%', 'out/lcov.info of the job “unit tests”']);
      assert.match(badge.origin.url ?? '', /\/acme\/shop\/-\/jobs\/artifacts\/main\/file\/out\/lcov\.info\?job=unit%20tests$/);
    });
    it('add up with files, each once', async () => {
      const badge = await shown(text(lcov), ['lcov.info', source, source]);
      assert.equal(badge?.origin.text, 'lcov.info and 1 more');
    });
    it('that are none say where', async () => {
      const badge = await shown(text('<html>'), [source]);
      assert.match(badge?.status === 'unknown' ? badge.reason : '', /^out\/lcov\.info of the job “unit tests”:1:\d+: not a coverage report/);
    });
    it('that are cut off say where they are broken', async () => {
      const badge = await shown(text('<coverage>'), [source]);
      assert.match(badge?.status === 'failed' ? badge.reason : '', /^The coverage would miss a report\. out\/lcov\.info of the job “unit tests”:1:\d+: /);
    });
    it('leave the badge unknown where there is none', async () => {
      const badge = await shown((_, response) => sendJson(response, {}, 404), [source]);
      assert.match(badge?.status === 'unknown' ? badge.reason : '', /none was successful yet/);
    });
  });
});
