import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createFetchPublic, publicName } from '../../src/sources/fetchPublic';
import { collectLinkBadges } from '../../src/sources/linkBadges';

const svg = (title: string) => `<svg xmlns="http://www.w3.org/2000/svg"><title>${title}</title><script>alert(1)</script><rect fill="#fe7d37"/></svg>`;

describe('link badges', () => {
  const { signal } = new AbortController();
  let server: Server;
  let address: string;
  let seen: IncomingMessage[];
  const pages: Record<string, (response: ServerResponse) => void> = {
    '/ok': (response) => response.end(svg('Hello World: sweet: tooth')),
    '/plain': (response) => response.end(svg('maintained')),
    '/untitled': (response) => response.end('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    '/aria': (response) => response.end('<svg xmlns="http://www.w3.org/2000/svg" aria-label="chat: join"/>'),
    '/slash': (response) => response.end(svg('../../x: y')),
    '/404': (response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<html>not found</html>'),
    '/500.svg': (response) => response.writeHead(500, { 'content-type': 'image/svg+xml' }).end(svg('error: 500')),
    '/html': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html></html>'),
    '/redirect': (response) => response.writeHead(302, { location: '/ok' }).end(),
    '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
    '/file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/large': (response) => response.end(svg('x'.repeat(1024 * 1024))),
    '/hang': () => {},
    '/dropped': (response) => response.destroy(),
  };

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      seen.push(request);
      pages[new URL(request.url ?? '', 'http://x').pathname]?.(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const fetchPublic = createFetchPublic((url, init) => fetch(url, init), { timeoutMs: 300, maxBytes: 1024 * 1024, maxRedirects: 5 });
  const one = async (url: string) => (await collectLinkBadges(fetchPublic, [{ value: url }], '', signal))[0];

  it('are named after the title, up to its first colon', async () => {
    const badge = await one(`${address}/ok`);
    assert.deepEqual(badge?.status === 'known' && [badge.stem, badge.face], ['hello_world', { label: 'Hello World', message: 'sweet: tooth', color: '#fe7d37' }]);
  });
  it('hold no script', async () => {
    const badge = await one(`${address}/ok`);
    assert.ok(badge?.status === 'known' && badge.svg && !badge.svg.includes('script') && badge.svg.includes('<rect fill="#fe7d37">'));
  });
  it('may have a title without a colon, or an aria-label', async () => {
    assert.equal((await one(`${address}/plain`))?.stem, 'maintained');
    assert.equal((await one(`${address}/aria`))?.stem, 'chat');
  });
  it('follow redirects', async () => assert.equal((await one(`${address}/redirect`))?.stem, 'hello_world'));
  it('keep the order of their URLs', async () => {
    const badges = await collectLinkBadges(fetchPublic, [{ value: `${address}/404` }, { value: `${address}/plain` }], '', signal);
    assert.deepEqual(badges.map(({ stem }) => stem), ['link:1', 'maintained']);
  });
  it('are asked for without a token or a cookie', async () => {
    await one(`${address}/ok`);
    const names = Object.keys(seen[0]?.headers ?? {});
    assert.deepEqual(names.filter((name) => /token|authorization|cookie/.test(name)), []);
  });

  for (const [what, path, reason] of [
    ['a page that is not there', '/404?private_token=secret', /^link badge answered 404 \(http:\/\/127\.0\.0\.1:\d+\/404\)$/],
    ['an error that comes as SVG', '/500.svg', /answered 500/],
    ['a web page with status 200', '/html', /sent no SVG: line 1, column \d+: not an SVG: its root element is <html>/],
    ['an SVG without a title', '/untitled', /neither a title nor an aria-label/],
    ['a title that leads elsewhere', '/slash', /title "\.\.\/\.\.\/x" of the link badge cannot name a file/],
    ['redirects without end', '/loop', /redirects more than 5 times/],
    ['a redirect to a file', '/file', /leads to file:, only http and https/],
    ['a badge without end', '/large', /sent more than 1024 KiB/],
    ['a server that is silent', '/hang', /gave no answer within 0\.3 s/],
    ['a dropped connection', '/dropped', /could not be reached: /],
  ] as const) {
    it(`fail for ${what}`, async () => {
      const badge = await one(address + path);
      assert.match(badge?.status === 'failed' ? badge.reason : `no failure: ${badge?.stem}`, reason);
      assert.ok(!JSON.stringify(badge).includes('secret'));
    });
  }
  for (const url of ['ftp://example.org/x.svg', 'file:///etc/passwd', 'javascript:alert(1)', 'nonsense', 'https://user:secret@example.org/x.svg']) {
    it(`never ask for ${url}`, async () => {
      const badge = await one(url);
      assert.equal(badge?.status, 'failed');
      assert.ok(!JSON.stringify(badge).includes('secret'));
    });
  }
  it('stop when cancelled', async () => {
    const controller = new AbortController();
    const badges = collectLinkBadges(createFetchPublic((url, init) => fetch(url, init)), [{ value: `${address}/hang` }], '', controller.signal);
    server.once('request', () => controller.abort());
    await assert.rejects(badges, { name: 'AbortError' });
  });
  it('are called by their address without user and query', () => {
    assert.equal(publicName('https://u:p@example.org/a?b=c#d'), 'https://example.org/a');
    assert.equal(publicName('nonsense?token=x'), 'nonsense');
  });
});
