import assert from 'node:assert/strict';
import { complaintsAboutBadgeUrl } from '../../src/config/badgeUrl';
import { readGeneratorConfig } from '../../src/config/generatorFile';
import { badgeUrlFault } from '../fakes/gitlab/badgeUrl';

const url = 'https://gitlab.example.com';
const entry = (name: string, rest = `link_url: "${url}/l", image_url: "${url}/${name}.svg"`) => `{ name: "${name}", ${rest} }`;
const read = (text: string) => {
  const { definition, problems } = readGeneratorConfig(text, 'yaml');
  return { publish: definition?.publish, problems, told: problems.map(({ code, severity, range }) => [code, severity, text.slice(range.start, range.end)]) };
};
const publish = (...entries: string[]) => `publish:\n  project:\n${entries.map((line) => `    - ${line}\n`).join('')}`;

describe('the publish section', () => {
  it('is absent where nothing is written', () => {
    assert.equal(read('path: public/badges').publish, undefined);
    assert.equal(read('publish:').publish, undefined);
  });

  it('is read with the place of each badge', () => {
    const text = `publish:\n  prune: true\n  project:\n    - ${entry('coverage')}\n  groups:\n    acme/web:\n      - { link_url: " ${url}/l ", image_url: ${url}/x.svg }\n`;
    const { publish: definition, problems } = read(text);
    assert.deepEqual(problems, []);
    assert.equal(definition?.prune, true);
    const [badge] = definition?.project?.badges ?? [];
    assert.deepEqual(badge?.value, { name: 'coverage', link_url: `${url}/l`, image_url: `${url}/coverage.svg` });
    assert.equal(text.slice(badge?.range?.start, badge?.range?.end), entry('coverage'));
    assert.deepEqual(definition?.groups.get('acme/web')?.badges.map(({ value }) => value), [{ name: null, link_url: `${url}/l`, image_url: `${url}/x.svg` }]);
  });

  it('is the same in TOML', () => {
    const text = `[publish]\nprune = true\n[[publish.project]]\nname = "a"\nlink_url = "${url}/l"\nimage_url = "${url}/a.svg"\n[[publish.groups."acme/web"]]\nlink_url = "${url}/l"\nimage_url = "${url}/b.svg"\n`;
    for (const [kind, source] of [['toml', text], ['pyproject', text.replaceAll('[publish', '[tool.badges_gitlab.publish')]] as const) {
      const { definition, problems } = readGeneratorConfig(source, kind);
      assert.deepEqual(problems, []);
      assert.equal(definition?.publish?.prune, true);
      assert.deepEqual(definition?.publish?.project?.badges.map(({ value }) => value.name), ['a']);
      assert.deepEqual([...(definition?.publish?.groups.keys() ?? [])], ['acme/web']);
    }
  });

  const long = 'n'.repeat(256);
  const wrong: { it: string; entry: string; code: string; at?: string; name: string | null }[] = [
    { it: 'a blank name', entry: entry('  '), code: 'empty-text', at: '"  "', name: '  ' },
    { it: 'a name of 256 characters', entry: entry(long), code: 'long-name', at: `"${long}"`, name: long },
    { it: 'no link', entry: `{ name: a, image_url: "${url}/a" }`, code: 'missing-key', name: 'a' },
    { it: 'no image', entry: `{ name: a, link_url: "${url}/a" }`, code: 'missing-key', name: 'a' },
    { it: 'an ftp URL', entry: `{ name: a, link_url: "ftp://x/y", image_url: "${url}/a" }`, code: 'bad-url', at: '"ftp://x/y"', name: 'a' },
    { it: 'a javascript URL', entry: `{ name: a, link_url: "javascript:alert(1)", image_url: "${url}/a" }`, code: 'bad-url', at: '"javascript:alert(1)"', name: 'a' },
    { it: 'a placeholder in the host', entry: `{ name: a, link_url: "https://%{gitlab_server}/x", image_url: "${url}/a" }`, code: 'placeholder-in-host', at: '%{gitlab_server}', name: 'a' },
    { it: 'a user name', entry: `{ name: a, link_url: "https://me:pa55@x/y", image_url: "${url}/a" }`, code: 'secret-in-url', name: 'a' },
    { it: 'a token', entry: `{ name: a, link_url: "${url}/?x=glpat-abcdefgh12345", image_url: "${url}/a" }`, code: 'secret-in-url', name: 'a' },
    { it: 'another type', entry: 'just text', code: 'wrong-type', name: null },
    { it: 'a name of another type', entry: `{ name: [a], link_url: "${url}/l", image_url: "${url}/a" }`, code: 'wrong-type', at: '[a]', name: null },
  ];
  for (const { it: what, entry: bad, code, at, name } of wrong) {
    it(`takes an entry with ${what} for broken, and only that one`, () => {
      const { publish: definition, told, problems } = read(publish(entry('before'), bad, entry('after')));
      assert.deepEqual(told.map(([found, severity]) => [found, severity]), [[code, 'error']]);
      if (at !== undefined) assert.equal(told[0]?.[2], at);
      assert(!problems.some(({ message }) => message.includes('glpat-abcdefgh12345') || message.includes('pa55')));
      assert.deepEqual(definition?.project?.badges.map(({ value }) => value.name), ['before', 'after']);
      assert.deepEqual(definition?.project?.broken.map(({ value }) => value), [name]);
    });
  }

  it('takes a name of 255 characters, whatever their length in bytes', () => {
    assert.deepEqual(read(publish(entry('ü'.repeat(254) + '🎉'))).told, []);
  });

  const warnings: [fact: string, text: string, told: unknown[]][] = [
    ['an unknown placeholder', publish(`{ name: a, link_url: "${url}/%{project_pth}", image_url: "${url}/%{default_branch}/a" }`), ['unknown-placeholder', 'warning', '%{project_pth}']],
    ['a name that is used twice', publish(entry('a'), `{ name: 'a', link_url: "${url}/l", image_url: "${url}/b" }`), ['duplicate-name', 'warning', "'a'"]],
    ['a parameter that may be a secret', publish(`{ name: a, link_url: "${url}/l", image_url: "https://badges.example/x?token=abc" }`), ['token-in-url', 'warning', '"https://badges.example/x?token=abc"']],
  ];
  for (const [fact, text, told] of warnings) {
    it(`warns of ${fact} and keeps the badge`, () => {
      const { publish: definition, told: found } = read(text);
      assert.deepEqual(found, [told]);
      assert.deepEqual(definition?.project?.broken, []);
    });
  }

  it('says that prune leaves a project without a list alone', () => {
    const { publish: definition, told } = read('publish:\n  prune: true\n');
    assert.equal(definition?.project, null);
    assert.deepEqual(told, [['prune-without-project', 'info', 'prune']]);
    assert.deepEqual(read('publish:\n  prune: true\n  project: []\n').publish?.project?.badges, []);
  });

  it('takes two spellings of a group for one, and its list for incomplete', () => {
    const { publish: definition, told } = read(`publish:\n  groups:\n    acme/web: [${entry('a')}]\n    Acme/Web: [${entry('b')}]\n`);
    assert.deepEqual(told, [['duplicate-group', 'error', 'Acme/Web']]);
    assert.deepEqual([...(definition?.groups ?? [])].map(([path, list]) => [path, list.badges.length, list.broken.length]), [['acme/web', 1, 1]]);
  });

  for (const path of ['12', '/acme', 'acme/', 'acme//web', 'a b', 'https://gitlab.example.com/acme']) {
    it(`refuses ${path} as a group`, () => assert.deepEqual(read(`publish:\n  groups:\n    "${path}": []\n`).told, [['bad-group', 'error', `"${path}"`]]));
  }

  const incomplete: [fact: string, text: string][] = [
    ['a list given twice', `${publish(entry('a'))}  project: []\n`],
    ['a section given twice', `${publish(entry('a'))}publish: {}\n`],
    ['a list that is no list', 'publish:\n  project: all\n'],
    ['a key given twice elsewhere', `${publish(entry('a'))}path: x\npath: y\n`],
  ];
  for (const [fact, text] of incomplete) {
    it(`takes ${fact} for incomplete`, () => assert.notDeepEqual(read(text).publish?.project?.broken ?? [], []));
  }
});

describe('complaintsAboutBadgeUrl', () => {
  const urls = [
    'https://example.com', 'http://localhost:8080/x', 'https://127.0.0.1/x', 'http://[::1]:3000/x', ' https://example.com/x ', 'https://example.com/%{project_path}',
    'https://example.com?x=%{commit_sha}#%{latest_tag}', 'https://bücher.example/x', 'https://1a.example', 'HTTPS://example.com', 'Http://example.com', 'ftp://example.com',
    'javascript:alert(1)', 'data:image/svg+xml,x', '%{project_path}', 'example.com/x', '/x', 'https://', 'https:///x', 'https:x', 'https://-a.example', 'https://_a.example', 'https://.a',
    'https://%{gitlab_server}/x', 'https://a.%{gitlab_pages_domain}/x', 'https://example.com:80a/', 'https://example.com:/', 'https://a<b/', 'https://a b/', 'https://a\\b/', 'https://a"b/',
    'https://example.com/a\nb', 'https://example.com/a b', 'mailto:x@example.com', 'http://?x',
  ];
  for (const text of urls) {
    it(`agrees with GitLab about ${JSON.stringify(text)}`, () => {
      const refused = complaintsAboutBadgeUrl(text).some(({ severity }) => severity === 'error');
      assert.equal(refused, badgeUrlFault(text) !== null, String(badgeUrlFault(text)));
    });
  }
});
