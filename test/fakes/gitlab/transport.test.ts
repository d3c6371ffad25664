import assert from 'node:assert/strict';
import { manyBadges, manyCommits, manyIssues } from './builders';
import { startTestInstance, type Asked, type TestInstance } from './testInstance';

describe('fake GitLab: transport', () => {
  let instance: TestInstance;
  beforeEach(async () => {
    instance = await startTestInstance();
  });
  afterEach(() => instance.gitlab.close());

  const pageHeaders = ({ headers }: Asked): (string | null)[] => ['x-total', 'x-total-pages', 'x-page', 'x-per-page', 'x-prev-page', 'x-next-page'].map((name) => headers.get(name));
  const rels = ({ headers }: Asked): string[] => [...(headers.get('link') ?? '').matchAll(/rel="(\w+)"/g)].map((match) => match[1] ?? '');

  describe('offset pagination', () => {
    const pages: readonly (readonly [string, string[], string[]])[] = [
      ['', ['45', '3', '1', '20', '', '2'], ['next', 'first', 'last']],
      ['?page=2', ['45', '3', '2', '20', '1', '3'], ['prev', 'next', 'first', 'last']],
      ['?page=3', ['45', '3', '3', '20', '2', ''], ['prev', 'first', 'last']],
      ['?per_page=44', ['45', '2', '1', '44', '', '2'], ['next', 'first', 'last']],
      ['?per_page=45', ['45', '1', '1', '45', '', ''], ['first', 'last']],
      ['?per_page=101', ['45', '1', '1', '100', '', ''], ['first', 'last']],
      ['?per_page=-1&page=0', ['45', '3', '1', '20', '', '2'], ['next', 'first', 'last']],
    ];
    for (const [query, headers, links] of pages) {
      it(`of 45 rows, ${query || 'no parameters'}: ${headers.join(' ')}`, async () => {
        manyBadges(instance.gitlab.data, instance.shop, 45);
        const answer = await instance.ask(`/projects/1/badges${query}`);
        assert.deepEqual([pageHeaders(answer), rels(answer)], [headers, links]);
      });
    }

    it('has one page where there is nothing', async () => {
      const answer = await instance.ask('/projects/1/badges');
      assert.deepEqual([answer.body, pageHeaders(answer)], [[], ['0', '1', '1', '20', '', '']]);
    });

    it('gives links with all parameters, sorted, and the id', async () => {
      manyIssues(instance.gitlab.data, instance.shop, 2, { author: instance.users.owner, each: () => ({ labels: ['a', 'b'] }) });
      const { headers } = await instance.ask('/projects/acme%2Fweb%2Fshop/issues?state=opened&per_page=1&labels[]=a&labels[]=b');
      assert.equal(
        /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1],
        `${instance.gitlab.url}/api/v4/projects/acme%2Fweb%2Fshop/issues?id=acme%2Fweb%2Fshop&labels%5B%5D=a&labels%5B%5D=b&order_by=created_at&page=2&per_page=1&scope=all&sort=desc&state=opened`,
      );
    });

    it('counts up to 10,000 rows and no more', async () => {
      manyIssues(instance.gitlab.data, instance.shop, 10_000, { author: instance.users.owner });
      assert.deepEqual(pageHeaders(await instance.ask('/projects/1/issues?per_page=100')), ['10000', '100', '1', '100', '', '2']);
      instance.gitlab.data.addIssue(instance.shop, { author: instance.users.owner });
      const answer = await instance.ask('/projects/1/issues?per_page=100');
      assert.deepEqual([pageHeaders(answer), rels(answer)], [[null, null, '1', '100', '', '2'], ['next', 'first']]);
      assert.deepEqual(pageHeaders(await instance.ask('/projects/1/issues?per_page=100&page=101')), [null, null, '101', '100', '100', '']);
    });

    it('hides totals on demand', async () => {
      instance.gitlab.faults.hideTotals = true;
      assert.deepEqual(pageHeaders(await instance.ask('/projects/1/badges')), [null, null, '1', '20', '', '']);
    });

    it('never counts commits, and names a next page after every full one', async () => {
      manyCommits(instance.gitlab.data, instance.shop, 40);
      const answers = await Promise.all(['1', '2', '3'].map((page) => instance.ask(`/projects/1/repository/commits?page=${page}`)));
      assert.deepEqual(
        answers.map((answer) => [(answer.body as unknown[]).length, pageHeaders(answer), rels(answer)]),
        [
          [20, [null, null, '1', '20', '', '2'], ['next', 'first']],
          [20, [null, null, '2', '20', '1', '3'], ['prev', 'next', 'first']],
          [0, [null, null, '3', '20', '2', ''], ['prev', 'first']],
        ],
      );
    });
  });

  describe('headers', () => {
    it('gives JSON an ETag, and answers 304 without a body to the same one', async () => {
      const first = await instance.ask('/projects/1');
      const etag = first.headers.get('etag') ?? '';
      assert.match(etag, /^W\/"[0-9a-f]{32}"$/);
      const again = await instance.ask('/projects/1', { headers: { 'If-None-Match': etag } });
      assert.deepEqual([again.status, again.body, again.headers.get('etag'), again.headers.get('content-type')], [304, null, etag, null]);
      instance.shop.starCount = 1;
      assert.equal((await instance.ask('/projects/1', { headers: { 'If-None-Match': etag } })).status, 200);
    });

    it('keeps the page headers on a 304', async () => {
      manyBadges(instance.gitlab.data, instance.shop, 21);
      const etag = (await instance.ask('/projects/1/badges')).headers.get('etag') ?? '';
      assert.deepEqual(pageHeaders(await instance.ask('/projects/1/badges', { headers: { 'If-None-Match': etag } })), ['21', '2', '1', '20', '', '2']);
    });

    it('names the request and its correlation', async () => {
      const { headers } = await instance.ask('/projects/1');
      assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/);
      assert.equal(headers.get('x-gitlab-meta'), `{"correlation_id":"${headers.get('x-request-id')}","version":"1"}`);
      assert.deepEqual([headers.get('cache-control'), headers.get('vary')], ['max-age=0, private, must-revalidate', 'Origin']);
      assert.equal(headers.get('ratelimit-limit'), null);
    });

    it('answers HEAD like GET, without the body', async () => {
      const { status, body, headers } = await instance.ask('/projects/1', { method: 'HEAD' });
      assert.deepEqual([status, body, Number(headers.get('content-length')) > 100], [200, null, true]);
    });
  });

  describe('rate limits', () => {
    it('counts 304 too, then refuses in plain text until the window is over', async () => {
      await instance.gitlab.close();
      let now = new Date('2026-03-05T10:00:15.000Z');
      instance = await startTestInstance({ now: () => now, rateLimit: { limit: 2 } });
      const first = await instance.ask('/projects/1', { as: 'guest' });
      assert.deepEqual(
        ['limit', 'name', 'observed', 'remaining', 'reset'].map((name) => first.headers.get(`ratelimit-${name}`)),
        ['2', 'throttle_authenticated_api', '1', '1', String(Date.parse('2026-03-05T10:01:00Z') / 1000)],
      );
      const second = await instance.ask('/projects/1', { as: 'guest', headers: { 'If-None-Match': first.headers.get('etag') ?? '' } });
      assert.deepEqual([second.status, second.headers.get('ratelimit-remaining')], [304, '0']);
      const third = await instance.ask('/projects/1', { as: 'guest' });
      assert.deepEqual(
        [third.status, third.body, third.headers.get('content-type'), third.headers.get('retry-after'), third.headers.get('ratelimit-resettime')],
        [429, 'Retry later\n', 'text/plain', '45', 'Thu, 05 Mar 2026 10:01:00 GMT'],
      );
      assert.equal((await instance.ask('/projects/1')).status, 200);
      now = new Date('2026-03-05T10:01:00.000Z');
      assert.equal((await instance.ask('/projects/1', { as: 'guest' })).status, 200);
    });

    it('may leave out Retry-After', async () => {
      instance.gitlab.settings.rateLimit = { limit: 0, retryAfter: false };
      const { status, headers } = await instance.ask('/projects/1');
      assert.deepEqual([status, headers.get('retry-after')], [429, null]);
    });

    it('has a second limit in the application, in JSON', async () => {
      instance.gitlab.settings.applicationRateLimits = [{ path: /^\/projects\/[^/]+$/, limit: 1 }];
      assert.equal((await instance.ask('/projects/1')).status, 200);
      const { status, body, headers } = await instance.ask('/projects/1');
      assert.deepEqual([status, body], [429, { message: { error: 'This endpoint has been requested too many times. Try again later.' } }]);
      assert.equal(headers.get('ratelimit-limit'), null);
      assert.equal((await instance.ask('/projects/1/badges')).status, 200);
    });
  });

  describe('faults', () => {
    it('answers with a status, a body and headers, as often as it is told', async () => {
      instance.gitlab.faults.next({ match: { path: /\/projects\/1$/ }, times: 2, action: { status: 502, body: '<html>Bad gateway</html>', headers: { 'X-From': 'proxy' } } });
      const answers = [await instance.ask('/projects/1/badges'), await instance.ask('/projects/1'), await instance.ask('/projects/1'), await instance.ask('/projects/1')];
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [200, 502, 502, 200],
      );
      assert.deepEqual([answers[1]?.body, answers[1]?.headers.get('content-type'), answers[1]?.headers.get('x-from')], ['<html>Bad gateway</html>', 'text/html; charset=utf-8', 'proxy']);
    });

    it('drops a connection before the request is carried out', async () => {
      instance.gitlab.faults.next({ match: { method: 'POST' }, action: { drop: true } });
      await assert.rejects(instance.ask('/projects/1/badges', { as: 'maintainer', method: 'POST', body: { link_url: 'https://a.b', image_url: 'https://a.b' } }), TypeError);
      assert.deepEqual([instance.shop.badges.length, instance.gitlab.requests[0]?.outcome], [0, 'dropped']);
    });

    it('drops a connection after the request is carried out', async () => {
      instance.gitlab.faults.next({ match: { method: 'POST' }, action: { dropAfter: true } });
      await assert.rejects(instance.ask('/projects/1/badges', { as: 'maintainer', method: 'POST', body: { link_url: 'https://a.b', image_url: 'https://a.b' } }), TypeError);
      assert.deepEqual([instance.shop.badges.length, instance.gitlab.requests[0]?.outcome], [1, 'dropped']);
    });

    it('cuts a body short', async () => {
      instance.gitlab.faults.next({ action: { cutBody: true } });
      await assert.rejects(instance.ask('/projects/1'), TypeError);
    });

    it('meets only what has a text in its body', async () => {
      instance.gitlab.faults.next({ match: { body: /other/ }, action: { status: 502 } });
      const badge = (name: string): Promise<Asked> => instance.ask('/projects/1/badges', { as: 'maintainer', method: 'POST', body: { name, link_url: 'https://a.b', image_url: 'https://a.b' } });
      assert.deepEqual([(await badge('one')).status, (await badge('other')).status, (await badge('other')).status], [201, 502, 201]);
    });

    it('redirects elsewhere', async () => {
      instance.gitlab.faults.next({ action: { redirect: 'https://other.example/' } });
      const { status, headers } = await instance.ask('/projects/1');
      assert.deepEqual([status, headers.get('location')], [302, 'https://other.example/']);
    });

    it('answers late', async () => {
      instance.gitlab.faults.latencyMs = 30;
      instance.gitlab.faults.next({ action: { delayMs: 30 } });
      const before = performance.now();
      assert.equal((await instance.ask('/projects/1')).status, 200);
      assert.ok(performance.now() - before >= 58);
    });

    it('never answers, and notes when the client gives up', async () => {
      instance.gitlab.faults.next({ action: { hang: true } });
      const arrived = instance.gitlab.arrival({ path: /projects/ });
      const abort = new AbortController();
      const answer = fetch(`${instance.gitlab.url}/api/v4/projects/1`, { signal: abort.signal });
      const request = await arrived;
      assert.equal(request.outcome, 'pending');
      abort.abort();
      await assert.rejects(answer, { name: 'AbortError' });
      await request.ended;
      assert.deepEqual([request.outcome, request.status], ['aborted', 0]);
    });
  });

  describe('the log', () => {
    it('says how a token came and which one it was, but not the secret', async () => {
      const secret = 'glpat-very-secret';
      instance.gitlab.data.addToken({ value: secret, name: 'laptop', user: instance.users.owner });
      await instance.ask('/projects/1?statistics=true', { as: secret });
      await instance.ask('/projects/1', { headers: { Authorization: `Bearer ${secret}` } });
      await instance.ask(`/projects/1?private_token=${secret}`);
      await instance.ask('/projects/1', { as: 'unknown' });
      await instance.ask('/projects/1');
      assert.deepEqual(
        instance.gitlab.requests.map((request) => [request.path, request.query.get('statistics'), request.credential, request.status]),
        [
          ['/api/v4/projects/1', 'true', { kind: 'private-token', name: 'laptop' }, 200],
          ['/api/v4/projects/1', null, { kind: 'bearer', name: 'laptop' }, 200],
          ['/api/v4/projects/1', null, { kind: 'query', name: 'laptop' }, 200],
          ['/api/v4/projects/1', null, { kind: 'private-token', name: null }, 401],
          ['/api/v4/projects/1', null, null, 200],
        ],
      );
      assert.doesNotMatch(JSON.stringify(instance.gitlab.requests.map((request) => [request.headers, String(request.query)])), /very-secret/);
    });
  });

  describe('the address', () => {
    it('may lie below a relative root', async () => {
      await instance.gitlab.close();
      instance = await startTestInstance({ relativeRoot: 'gitlab/' });
      assert.equal(instance.gitlab.url, `http://127.0.0.1:${instance.gitlab.port}/gitlab`);
      assert.equal(((await instance.ask('/projects/1')).body as Record<string, unknown>).web_url, `${instance.gitlab.url}/acme/web/shop`);
      const outside = await fetch(`http://127.0.0.1:${instance.gitlab.port}/api/v4/projects/1`);
      assert.deepEqual([outside.status, outside.headers.get('content-type')], [404, 'text/html; charset=utf-8']);
    });

    it('may be another than the server is reached at', async () => {
      await instance.gitlab.close();
      instance = await startTestInstance({ externalUrl: 'https://gitlab.example.com' });
      const { headers } = await instance.ask('/projects/1/badges');
      assert.match(headers.get('link') ?? '', /^<https:\/\/gitlab\.example\.com\/api\/v4\/projects\/1\/badges\?/);
    });
  });

  it('closes with connections open', async () => {
    instance.gitlab.faults.next({ action: { hang: true } });
    const arrived = instance.gitlab.arrival({});
    const answer = assert.rejects(instance.ask('/projects/1'), TypeError);
    await arrived;
    await instance.gitlab.close();
    await answer;
  });

  describe('other addresses', () => {
    const page = (path: string): Promise<Response> => fetch(`${instance.gitlab.url}${path}`, { redirect: 'manual' });

    it('shows a public project and sends everything else to the sign-in page', async () => {
      assert.equal((await page('/acme/web/shop')).status, 200);
      instance.shop.visibility = 'internal';
      for (const path of ['/', '/acme/web/shop', '/nobody/nothing', '/acme/web/shop/badges/main/pipeline.svg']) {
        const response = await page(path);
        assert.deepEqual([response.status, response.headers.get('location')], [302, `${instance.gitlab.url}/users/sign_in`]);
      }
      const signIn = await page('/users/sign_in');
      assert.deepEqual([signIn.status, signIn.headers.get('content-type')], [200, 'text/html; charset=utf-8']);
    });

    it('gives files as text, of a private project to whoever has a token for it', async () => {
      instance.gitlab.data.addCommit(instance.shop, { message: 'one' });
      instance.shop.branches.push({ name: 'feature/x', sha: instance.shop.commits[0]?.sha ?? '' });
      instance.shop.files.set('docs/decision.json', '{"granted":[]}');
      const raw = async (ref: string, headers: Record<string, string> = {}): Promise<unknown[]> => {
        const response = await fetch(`${instance.gitlab.url}/acme/web/shop/-/raw/${ref}/docs/decision.json`, { redirect: 'manual', headers });
        return [response.status, response.status === 200 ? await response.text() : response.headers.get('location')];
      };
      const file = [200, '{"granted":[]}'];
      const signIn = [302, `${instance.gitlab.url}/users/sign_in`];
      assert.deepEqual([await raw('main'), await raw('feature/x'), (await raw('none'))[0]], [file, file, 404]);
      instance.shop.visibility = 'private';
      assert.deepEqual([await raw('main'), await raw('main', { 'PRIVATE-TOKEN': 'unknown' }), await raw('main', { 'PRIVATE-TOKEN': 'stranger' })], [signIn, signIn, signIn]);
      assert.deepEqual([await raw('main', { 'PRIVATE-TOKEN': 'reporter' }), await raw('main', { Authorization: 'Bearer reporter' })], [file, file]);
      assert.equal((await raw('main', { 'PRIVATE-TOKEN': 'guest' }))[0], 404);
    });

    it('draws GitLab\'s own badges', async () => {
      instance.gitlab.data.addPipeline(instance.shop, { user: instance.users.owner, coverage: '91.25' });
      for (const [path, title] of [
        ['badges/main/pipeline.svg', 'pipeline: passed'],
        ['badges/main/coverage.svg', 'coverage: 91.25%'],
        ['badges/other/coverage.svg', 'coverage: unknown'],
        ['-/badges/release.svg', 'Latest Release: none'],
      ]) {
        const response = await page(`/acme/web/shop/${path}`);
        assert.match(await response.text(), new RegExp(`<title>${title}</title>`));
        assert.equal(response.headers.get('content-type'), 'image/svg+xml; charset=utf-8');
      }
    });

    it('leads from an artifact of a branch to the file of the job', async () => {
      instance.gitlab.data.addArtifact(instance.shop, { jobId: 7, path: 'public/a.svg', content: '<svg/>' });
      const response = await page('/acme/web/shop/-/jobs/artifacts/main/raw/public/a.svg?job=badges');
      assert.deepEqual([response.status, response.headers.get('location')], [302, `${instance.gitlab.url}/acme/web/shop/-/jobs/7/artifacts/raw/public/a.svg`]);
      assert.equal(await (await fetch(response.headers.get('location') ?? '')).text(), '<svg/>');
      assert.equal((await page('/acme/web/shop/-/jobs/artifacts/main/raw/public/a.svg?job=other')).status, 404);
    });
  });
});
