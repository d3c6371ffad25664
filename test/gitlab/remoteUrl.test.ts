import assert from 'node:assert/strict';
import { matchRemote, parseRemoteUrl, type RemoteUrl } from '../../src/gitlab/remoteUrl';

describe('parseRemoteUrl', () => {
  const ssh = (host: string, path: string, port: number | null = null): RemoteUrl => ({ scheme: 'ssh', host, port, path });
  const https = (host: string, path: string, port: number | null = null): RemoteUrl => ({ scheme: 'https', host, port, path });
  const cases: [url: string, remote: RemoteUrl | null][] = [
    ['git@gitlab.com:acme/shop.git', ssh('gitlab.com', 'acme/shop')],
    ['git@gitlab.com:acme/shop', ssh('gitlab.com', 'acme/shop')],
    ['git@gitlab.com:acme/shop.git/', ssh('gitlab.com', 'acme/shop')],
    ['git@gitlab.com:/acme/shop.git', ssh('gitlab.com', 'acme/shop')],
    ['git@GitLab.Example.com:acme/web/front/shop.git', ssh('gitlab.example.com', 'acme/web/front/shop')],
    ['gitlab.com:acme/shop', ssh('gitlab.com', 'acme/shop')],
    ['work:acme/shop', ssh('work', 'acme/shop')],
    ['some.user@gitlab.com:acme/shop', ssh('gitlab.com', 'acme/shop')],
    ['git@[::1]:acme/shop.git', ssh('[::1]', 'acme/shop')],
    ['[fe80::1]:acme/shop', ssh('[fe80::1]', 'acme/shop')],
    ['[git@gitlab.com:2222]:acme/shop.git', ssh('gitlab.com', 'acme/shop', 2222)],
    ['git@gitlab.com:2222/acme/shop.git', ssh('gitlab.com', '2222/acme/shop')],
    ['git@gitlab.com:acme/a%20b.git', ssh('gitlab.com', 'acme/a%20b')],
    ['ssh://git@gitlab.com/acme/shop.git', ssh('gitlab.com', 'acme/shop')],
    ['ssh://git@gitlab.com:2222/acme/shop.git', ssh('gitlab.com', 'acme/shop', 2222)],
    ['ssh://gitlab.com/acme/shop', ssh('gitlab.com', 'acme/shop')],
    ['SSH://git@GITLAB.com/acme/shop.git', ssh('gitlab.com', 'acme/shop')],
    ['ssh://git@[2001:DB8::1]:22/acme/shop.git', ssh('[2001:db8::1]', 'acme/shop', 22)],
    ['git+ssh://git@gitlab.com/acme/shop.git', ssh('gitlab.com', 'acme/shop')],
    ['ssh+git://git@gitlab.com/acme/shop.git', ssh('gitlab.com', 'acme/shop')],
    ['git://gitlab.com/acme/shop.git', { scheme: 'git', host: 'gitlab.com', port: null, path: 'acme/shop' }],
    ['https://gitlab.com/acme/shop.git', https('gitlab.com', 'acme/shop')],
    ['https://gitlab.com/acme/shop', https('gitlab.com', 'acme/shop')],
    ['https://gitlab.com/acme/shop/', https('gitlab.com', 'acme/shop')],
    ['https://gitlab.com//acme//shop.git/', https('gitlab.com', 'acme/shop')],
    ['https://gitlab.com:443/acme/shop.git', https('gitlab.com', 'acme/shop')],
    ['https://gitlab.com:8443/acme/shop.git', https('gitlab.com', 'acme/shop', 8443)],
    ['git+https://gitlab.com:443/acme/shop.git', https('gitlab.com', 'acme/shop')],
    ['http://gitlab.com/acme/shop.git', { scheme: 'http', host: 'gitlab.com', port: null, path: 'acme/shop' }],
    ['https://oauth2:secret@gitlab.com/acme/shop.git', https('gitlab.com', 'acme/shop')],
    ['https://secret@gitlab.com/acme/shop.git', https('gitlab.com', 'acme/shop')],
    ['https://gitlab.com/acme/caf%C3%A9.git', https('gitlab.com', 'acme/café')],
    ['https://gitlab.com/acme/100%.git', https('gitlab.com', 'acme/100%')],
    ['https://gitlab.com/acme/shop.git?ref=main#top', https('gitlab.com', 'acme/shop')],
    ['https://gitlab.com/acme/.github', https('gitlab.com', 'acme/.github')],
    ['https://gitlab.com/acme/shop.github.io.git', https('gitlab.com', 'acme/shop.github.io')],
    ['https://[::1]:3000/acme/shop.git', https('[::1]', 'acme/shop', 3000)],
    ['  https://gitlab.com/acme/shop.git\n', https('gitlab.com', 'acme/shop')],

    ['', null],
    ['shop', null],
    ['/srv/git/acme/shop.git', null],
    ['./acme/shop.git', null],
    ['../acme/shop.git', null],
    ['./a:b/c', null],
    ['~/acme/shop.git', null],
    ['file:///srv/git/acme/shop.git', null],
    ['C:\\work\\shop', null],
    ['C:/work/shop', null],
    ['d:/work/shop.git', null],
    ['\\\\server\\share\\shop.git', null],
    ['git@gitlab.com:', null],
    ['git@gitlab.com:/', null],
    ['git@gitlab.com:.git', null],
    ['https://gitlab.com/', null],
    ['https://gitlab.com', null],
    ['ftp://gitlab.com/acme/shop.git', null],
    ['ext::sh -c whoami', null],
    ['gcrypt::git@gitlab.com:acme/shop.git', null],
    ['ssh://-oProxyCommand=x/acme/shop', null],
    ['-oProxyCommand=x:acme/shop', null],
    ['https://gitlab.com/acme/%2e%2e%2fshop', null],
    ['git@gitlab.com:../shop.git', null],
    ['ssh://git@gitlab.com:acme/shop.git', null],
    ['git@gitlab.com:acme\\shop', null],
  ];
  for (const [url, remote] of cases) {
    it(`${JSON.stringify(url)} is ${remote ? `${remote.path} on ${remote.host}` : 'no remote of a server'}`, () => {
      assert.deepEqual(parseRemoteUrl(url), remote);
    });
  }
});

describe('matchRemote', () => {
  const com = 'https://gitlab.com';
  const own = 'https://git.example.com';
  const port = 'https://git.example.com:8443';
  const root = 'https://git.example.com/gitlab';
  const deep = 'https://git.example.com/gitlab/two';
  const plain = 'http://git.example.com';
  const cases: [url: string, instances: string[], match: [instance: string, project: string] | null][] = [
    ['git@gitlab.com:acme/shop.git', [own, com], [com, 'acme/shop']],
    ['https://gitlab.com/acme/web/shop.git', [com], [com, 'acme/web/shop']],
    ['https://GITLAB.com/Acme/Shop.git', [com], [com, 'Acme/Shop']],
    ['ssh://git@altssh.gitlab.com:443/acme/shop.git', [com], [com, 'acme/shop']],
    ['git@altssh.git.example.com:acme/shop.git', [own], null],
    ['https://gitlab.com.evil.example/acme/shop.git', [com], null],
    ['https://gitlab.com@evil.example/acme/shop.git', [com], null],
    ['git@github.com:acme/shop.git', [com, own], null],
    ['git@gitlab.com:acme/shop.git', [], null],
    ['/srv/acme/shop', [com], null],
    ['https://gitlab.com/shop.git', [com], null],
    ['git@gitlab.com:shop.git', [com], null],

    ['https://git.example.com:8443/acme/shop.git', [own, port], [port, 'acme/shop']],
    ['https://git.example.com/acme/shop.git', [port, own], [own, 'acme/shop']],
    ['https://git.example.com:8443/acme/shop.git', [own], null],
    ['https://git.example.com/acme/shop.git', [port], null],
    ['https://git.example.com:443/acme/shop.git', [own], [own, 'acme/shop']],
    ['http://git.example.com/acme/shop.git', [own], [own, 'acme/shop']],
    ['https://git.example.com/acme/shop.git', [plain], [plain, 'acme/shop']],
    ['http://git.example.com:8080/acme/shop.git', [own], null],

    ['ssh://git@git.example.com:2222/acme/shop.git', [port], [port, 'acme/shop']],
    ['ssh://git@git.example.com:8443/acme/shop.git', [own], [own, 'acme/shop']],
    ['git@git.example.com:acme/shop.git', [own, port], [own, 'acme/shop']],
    ['git://git.example.com/acme/shop.git', [own], [own, 'acme/shop']],

    ['https://git.example.com/gitlab/acme/shop.git', [root], [root, 'acme/shop']],
    ['https://git.example.com/gitlab/acme/web/shop', [own, root], [root, 'acme/web/shop']],
    ['https://git.example.com/gitlab/two/acme/shop', [own, root, deep], [deep, 'acme/shop']],
    ['https://git.example.com/gitlab/three/acme/shop', [own, root, deep], [root, 'three/acme/shop']],
    ['https://git.example.com/gitlabs/acme/shop', [root], null],
    ['https://git.example.com/acme/shop', [root], null],
    ['https://git.example.com/gitlab/shop', [root], null],
    ['https://git.example.com/gitlab/shop', [root, own], [own, 'gitlab/shop']],

    ['git@git.example.com:gitlab/acme/shop.git', [root], [root, 'acme/shop']],
    ['git@git.example.com:acme/shop.git', [root], [root, 'acme/shop']],
    ['git@git.example.com:gitlab/shop.git', [root], [root, 'gitlab/shop']],
    ['git@git.example.com:acme/shop.git', [root, own], [own, 'acme/shop']],
    ['git@git.example.com:gitlab/acme/shop.git', [own, root], [root, 'acme/shop']],

    ['https://[::1]:3000/acme/shop.git', ['http://[::1]:3000'], ['http://[::1]:3000', 'acme/shop']],
    ['git@[::1]:acme/shop.git', ['http://[::1]:3000'], ['http://[::1]:3000', 'acme/shop']],
    ['git@gitlab.com:acme/shop.git', ['not an address', com], [com, 'acme/shop']],
  ];
  for (const [url, instances, match] of cases) {
    it(`${url} among [${instances.join(', ')}] is ${match ? `${match[1]} on ${match[0]}` : 'none of them'}`, () => {
      assert.deepEqual(matchRemote(url, instances), match && { instance: match[0], project: match[1] });
    });
  }

  it('never hands on the user info of a remote', () => {
    assert(!JSON.stringify(matchRemote('https://oauth2:secret@gitlab.com/acme/shop.git', [com])).includes('secret'));
  });
});
