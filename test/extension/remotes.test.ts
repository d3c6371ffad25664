import assert from 'node:assert/strict';
import type { ProjectRef } from '../../src/core/snapshot';
import { choose, inOrder, instanceName, webAddress } from '../../src/extension/remotes';

const shop: ProjectRef = { instance: 'https://gitlab.com', project: 'acme/shop' };
const fork: ProjectRef = { instance: 'https://gitlab.com', project: 'ada/shop' };
const mirror: ProjectRef = { instance: 'https://git.example.org', project: 'acme/shop' };

describe('the order of remotes', () => {
  const cases: [string, string[], string | undefined, string[]][] = [
    ['origin first', ['fork', 'origin', 'mirror'], undefined, ['origin', 'fork', 'mirror']],
    ["the branch's own before origin", ['origin', 'fork'], 'fork', ['fork', 'origin']],
    ['as git lists them without either', ['b', 'a'], undefined, ['b', 'a']],
    ['an upstream that is no remote changes nothing', ['a', 'origin'], 'gone', ['origin', 'a']],
    ['none', [], 'origin', []],
  ];
  for (const [name, remotes, upstream, expected] of cases) {
    it(name, () => {
      assert.deepEqual(
        inOrder(
          remotes.map((remote) => ({ name: remote })),
          upstream,
        ).map((remote) => remote.name),
        expected,
      );
    });
  }
});

describe('the choice of a project', () => {
  const candidates = [
    { remote: 'origin', project: fork },
    { remote: 'upstream', project: shop },
    { remote: 'mirror', project: mirror },
  ];

  it('is none without remotes on a known GitLab', () => {
    assert.deepEqual(choose([], 'origin', shop), { projects: [], project: null });
  });

  it('is the only one', () => {
    assert.equal(choose([{ remote: 'somewhere', project: shop }], undefined, undefined).project, shop);
  });

  it('is no choice where several remotes lead to one project', () => {
    const { projects, project } = choose([{ remote: 'https', project: shop }, { remote: 'ssh', project: { ...shop } }], undefined, undefined);
    assert.equal(projects.length, 1);
    assert.equal(project, shop);
  });

  it("is the current branch's own remote", () => {
    assert.equal(choose(candidates, 'upstream', undefined).project, shop);
  });

  it('is open where the branch has none', () => {
    assert.deepEqual(choose(candidates, undefined, undefined), { projects: [fork, shop, mirror], project: null });
  });

  it('is what the user chose, over the branch', () => {
    assert.deepEqual(choose(candidates, 'upstream', { ...mirror }).project, mirror);
  });

  it('forgets what the user chose once no remote leads there', () => {
    assert.equal(choose(candidates.slice(0, 2), 'upstream', mirror).project, shop);
  });
});

describe('the web address of a remote', () => {
  const cases: [string, string | null][] = [
    ['git@gitlab.example.com:acme/shop.git', 'https://gitlab.example.com'],
    ['ssh://git@gitlab.example.com:2222/acme/shop.git', 'https://gitlab.example.com'],
    ['https://gitlab.example.com:8443/acme/shop.git', 'https://gitlab.example.com:8443'],
    ['http://gitlab.example.com/acme/shop.git', 'http://gitlab.example.com'],
    ['https://user:secret@gitlab.example.com/acme/shop', 'https://gitlab.example.com'],
    ['../shop', null],
  ];
  for (const [remote, expected] of cases) it(`${remote} → ${expected}`, () => assert.equal(webAddress(remote), expected));
});

describe('the name of an instance', () => {
  it('is its address without the scheme', () => assert.equal(instanceName('https://host:8443/gitlab'), 'host:8443/gitlab'));
});
