import assert from 'node:assert/strict';
import { createConnection } from '../../src/gitlab/connection';
import { createDecide, decisionLifetimeMs, failureLifetimeMs, maxPatternSize } from '../../src/sources/decision';
import { createFetchPublic } from '../../src/sources/fetchPublic';
import { secret } from '../gitlab/expect';
import { closeServers, sendHtml, sendJson, startServer, type Handler } from '../gitlab/testServer';

const shop = 'https://gitlab.example.com/acme/shop';

/** A decide that asks one server, an instance of its own with a token, at a time that moves by hand. */
async function serve(handler: Handler) {
  const server = await startServer(handler);
  const time = { ms: Date.parse('2026-03-05T10:00:00.000Z') };
  const decide = createDecide({
    connections: [createConnection({ instance: `${server.origin}/tools`, token: { kind: 'private', value: secret }, fetch, retry: { attempts: 1 } })],
    fetchPublic: createFetchPublic((url, init) => fetch(url, init)),
    now: () => new Date(time.ms),
  });
  const { signal } = new AbortController();
  return { server, time, decide, ask: (path: string, webUrl = shop) => decide(`${server.origin}${path}`, { webUrl }, signal) };
}

async function judged(decisions: object, webUrl = shop) {
  const { ask } = await serve((_, response) => sendJson(response, decisions));
  const fact = await ask('/x.json', webUrl);
  assert.equal(fact.status, 'known', JSON.stringify(fact));
  return fact.value;
}

describe('a decision', () => {
  afterEach(closeServers);

  for (const entry of [shop, `${shop}/`, `${shop}.git`, `${shop}.git/`, ` ${shop}//`, 'HTTPS://GitLab.EXAMPLE.com/acme/shop', 'https://gitlab.example.com:443/acme/shop']) {
    it(`grants what is listed as ${JSON.stringify(entry)}`, async () => {
      assert.deepEqual(await judged({ granted: ['https://gitlab.example.com/x', entry] }), { granted: true, by: { list: 'granted', entry }, ignored: [] });
      assert.equal((await judged({ granted: [shop] }, entry)).granted, true, 'either way round');
    });
  }

  for (const entry of ['https://gitlab.example.com/acme', 'https://gitlab.example.com/acme/shop2', 'https://gitlab.example.com/acme/Shop', 'http://gitlab.example.com/acme/shop', `${shop}?x`, 'https://gitlab.example.com:8443/acme/shop']) {
    it(`does not take ${entry} for the project`, async () => assert.deepEqual(await judged({ granted: [entry] }), { granted: false, by: null, ignored: [] }));
  }

  for (const [pattern, granted] of [
    ['https://gitlab\\.example\\.com/acme/.*', true],
    ['^https://gitlab\\.example\\.com.*', true],
    ['https://gitlab\\.example\\.com/acme', false],
    ['acme/shop', false],
    ['https://gitlab\\.example\\.com/acme/shop/.*', false],
    ['https://gitlab\\.example\\.com/acme/[a-z]{4}', true],
    ['https://gitlab\\.example\\.com/acme/shop\\.git', true],
    ['https://gitlab\\.example\\.com/acme/.*\\.git', true],
    ['https://gitlab\\.example\\.com/acme/shop\\.git.+', false],
  ] as const) {
    it(`${granted ? 'grants' : 'does not grant'} by the pattern ${pattern}`, async () => {
      assert.deepEqual(await judged({ grantedRegex: [pattern] }, `${shop}.git`), { granted, by: granted ? { list: 'grantedRegex', entry: pattern } : null, ignored: [] });
    });
  }

  it('names the entries that cannot be used, and uses the others', async () => {
    const { granted, ignored } = await judged({ granted: ['acme/shop', 7, 'ftp://x/y'], grantedRegex: ['(?!x).*', '(a)\\1', '[', 'https://.*'] });
    assert.equal(granted, true);
    assert.deepEqual(ignored.map((reason) => /“[^”]*”|an entry/.exec(reason)?.[0]), ['an entry', '“acme/shop”', '“ftp://x/y”', '“(?!x).*”', '“(a)\\1”', '“[”']);
  });

  it('does not know where only a pattern that cannot be tried might grant', async () => {
    assert.equal((await judged({ granted: [`${shop}2`], grantedRegex: ['(?!x).*', 'other'] })).granted, null);
    assert.equal((await judged({ granted: [`${shop}2`], grantedRegx: [] })).granted, null, 'a list under a mistyped key');
    assert.equal((await judged({ granted: ['acme/shop', 7], grantedRegex: ['other'] })).granted, false, 'entries that match nothing');
  });

  it('is done at once with a pattern that would keep JavaScript busy for years', async () => {
    const webUrl = `https://gitlab.example.com/acme/${'a'.repeat(100_000)}!`;
    assert.equal((await judged({ grantedRegex: ['(a+)+$', 'https://[^ ]*(a+)+$'] }, webUrl)).granted, false);
  });

  it('is done at once with slashes without end', async () => {
    const { granted, ignored } = await judged({ granted: [`${shop}${'/'.repeat(1_000_000)}x`, shop] });
    assert.deepEqual([granted, ignored.length], [true, 1]);
  });

  it('leaves out patterns that are too large together, and names few of them', async () => {
    const large = `x{1000}${'y'.repeat(maxPatternSize / 1000)}`;
    const { granted, ignored } = await judged({ grantedRegex: ['https://.*', large, ...Array<string>(50).fill('a')] });
    assert.equal(granted, true);
    assert.equal(ignored.length, 21);
    assert.match(ignored[0] ?? '', /too many or too large/);
    assert.equal(ignored[20], 'and 31 more');
  });

  it('shows no token that stands in an entry', async () => {
    const value = await judged({ granted: [`${shop}?private_token=${secret}`], grantedRegex: [`https://.*|${secret}`, `[${secret}`] });
    assert(!JSON.stringify(value).includes(secret));
  });

  describe('file', () => {
    const files: Record<string, (response: Parameters<Handler>[1]) => void> = {
      '/html': (response) => sendHtml(response, 200),
      '/404': (response) => sendJson(response, {}, 404),
      '/broken': (response) => response.end('{\n  "granted": ["x",]\n}'),
      '/list': (response) => response.end('[]'),
      '/large': (response) => response.end(`{"granted": ["${'x'.repeat(5 * 1024 * 1024)}"]}`),
      '/tools/401': (response) => sendJson(response, { message: '401 Unauthorized' }, 401),
      '/tools/403': (response) => sendJson(response, { message: '403 Forbidden' }, 403),
      '/tools/html': (response) => sendHtml(response, 200),
      '/tools/login': (response) => response.writeHead(302, { location: '/tools/users/sign_in' }).end(),
    };
    for (const [path, status, reason] of [
      ['/html', 'failed', /\/html is a web page, not the file itself\..*gitClients/],
      ['/404', 'failed', /answered 404/],
      ['/broken', 'failed', /\/broken:2:19: /],
      ['/list', 'failed', /:1:1: the file holds a list/],
      ['/large', 'failed', /more than 4096 KiB/],
      ['/tools/401', 'unknown', /401.*token is not valid/],
      ['/tools/403', 'unknown', /403.*role of the token/],
      ['/tools/html', 'failed', /web page.*Open raw/],
      ['/tools/login', 'unknown', /private, or the token is not accepted/],
    ] as const) {
      it(`${path} makes the decision ${status} and says why`, async () => {
        const { ask, server } = await serve(({ path: asked }, response) => files[asked]?.(response));
        const fact = await ask(`${path}?private_token=hidden`);
        assert.equal(fact.status, status);
        assert.match('reason' in fact ? fact.reason : '', reason);
        assert(!JSON.stringify(fact).includes('hidden') && !JSON.stringify(fact).includes(secret));
        assert.equal(server.seen[0]?.headers['private-token'], path.startsWith('/tools') ? secret : undefined);
      });
    }

    it('that cannot be reached makes it failed', async () => {
      const { decide } = await serve(() => {});
      const fact = await decide('http://127.0.0.1:1/x.json', { webUrl: shop }, new AbortController().signal);
      assert.equal(fact.status, 'failed');
    });

    it('beside the configuration is read anew each time, and unknown where there is none', async () => {
      let text: string | null = JSON.stringify({ granted: [shop] });
      const paths: string[] = [];
      const readText = (path: string) => {
        paths.push(path);
        return Promise.resolve(text);
      };
      const decide = createDecide({ connections: [], fetchPublic: () => assert.fail('nothing is fetched'), beside: { readText }, now: () => new Date() });
      const ask = () => decide('<badge-config-repo>/lists/x.json', { webUrl: shop }, new AbortController().signal);
      const granted = async () => {
        const fact = await ask();
        return fact.status === 'known' && fact.value.granted;
      };
      assert.equal(await granted(), true);
      text = '{"granted": []}';
      assert.equal(await granted(), false);
      text = null;
      const fact = await ask();
      assert.match(fact.status === 'unknown' ? fact.reason : '', /^lists\/x\.json: there is no such file beside the configuration/);
      assert.deepEqual(paths, ['lists/x.json', 'lists/x.json', 'lists/x.json']);
    });

    it('is read once for all projects, and again after five minutes', async () => {
      assert.equal(decisionLifetimeMs, 5 * 60 * 1000);
      const { ask, server, time } = await serve((_, response, attempt) => sendJson(response, { granted: attempt === 1 ? [] : [shop] }));
      const granted = async () => {
        const [one, other] = await Promise.all([ask('/x.json'), ask('/x.json', 'https://gitlab.example.com/acme/web')]);
        assert.equal(other.status, 'known');
        return one.status === 'known' && one.value.granted;
      };
      assert.equal(await granted(), false);
      time.ms += decisionLifetimeMs - 1;
      assert.equal(await granted(), false);
      assert.equal(server.seen.length, 1);
      time.ms += 1;
      assert.equal(await granted(), true);
      assert.equal(server.seen.length, 2);
    });

    it('that failed is tried again sooner', async () => {
      const { ask, server, time } = await serve((_, response, attempt) => sendJson(response, { granted: [] }, attempt === 1 ? 404 : 200));
      assert.equal((await ask('/x.json')).status, 'failed');
      time.ms += failureLifetimeMs - 1;
      assert.equal((await ask('/x.json')).status, 'failed');
      assert.equal(server.seen.length, 1);
      time.ms += 1;
      assert.equal((await ask('/x.json')).status, 'known');
    });

    it('is still read for the others where the first who asked is cancelled', async () => {
      const { decide, server } = await serve((_, response, attempt) => attempt > 1 && sendJson(response, { granted: [shop] }));
      const first = new AbortController();
      const asked = decide(`${server.origin}/x.json`, { webUrl: shop }, first.signal);
      const other = decide(`${server.origin}/x.json`, { webUrl: shop }, new AbortController().signal);
      await server.arrived(1);
      first.abort('stop');
      await assert.rejects(asked, (reason) => reason === 'stop');
      assert.equal((await other).status, 'known');
    });

    it('is not waited for by who is cancelled while another reads it', async () => {
      const { decide, server } = await serve(() => {});
      const [first, second] = [new AbortController(), new AbortController()];
      const asked = decide(`${server.origin}/x.json`, { webUrl: shop }, first.signal);
      const other = decide(`${server.origin}/x.json`, { webUrl: shop }, second.signal);
      second.abort('stop');
      await assert.rejects(other, (reason) => reason === 'stop');
      first.abort('stop');
      await assert.rejects(asked);
    });
  });
});
