import assert from 'node:assert/strict';
import { complaintsAboutBadgeUrl } from '../../src/config/badgeUrl';
import { defaultBranch, pagesAddress, readyBadge, readyKinds, type ReadyOptions } from '../../src/extension/readyBadges';

const place = { instance: 'https://gitlab.example.com/git', path: 'public/badges', pages: 'https://acme.pages.example.com/shop' };
const options: ReadyOptions = { branch: defaultBranch, style: 'flat', keyText: '', job: '', stem: 'open_issues' };
const project = 'https://gitlab.example.com/git/%{project_path}';

describe('a ready-made badge', () => {
  const images: readonly (readonly [Parameters<typeof readyBadge>[0], Partial<ReadyOptions>, string])[] = [
    ['pipeline', {}, `${project}/badges/%{default_branch}/pipeline.svg`],
    ['pipeline', { branch: 'feature/a b', style: 'flat-square', keyText: 'build & test' }, `${project}/badges/feature/a%20b/pipeline.svg?style=flat-square&key_text=build%20%26%20test`],
    ['coverage', { job: 'unit tests' }, `${project}/badges/%{default_branch}/coverage.svg?job=unit%20tests`],
    ['release', { keyText: 'version' }, `${project}/-/badges/release.svg?key_text=version`],
    ['artifact', { job: 'badges' }, `${project}/-/jobs/artifacts/%{default_branch}/raw/public/badges/open_issues.svg?job=badges`],
    ['raw', {}, `${project}/-/raw/%{default_branch}/public/badges/open_issues.svg`],
    ['pages', {}, 'https://acme.pages.example.com/shop/badges/open_issues.svg'],
  ];
  for (const [kind, changed, image] of images) it(`${kind} ${JSON.stringify(changed)} has its image`, () => assert.equal(readyBadge(kind, { ...options, ...changed }, place).image_url, image));

  it('has URLs that GitLab takes, whatever the options', () => {
    for (const kind of readyKinds.filter((each) => each !== 'custom')) {
      const badge = readyBadge(kind, { branch: 'a#b?c', style: 'flat-square', keyText: 'ü "%"', job: 'x y', stem: 'größe' }, place);
      for (const url of [badge.link_url, badge.image_url]) assert.deepEqual(complaintsAboutBadgeUrl(url), [], url);
    }
  });

  it('leaves what the user wants of their own empty', () => assert.deepEqual(readyBadge('custom', options, place), { name: '', link_url: '', image_url: '' }));
});

describe('the address of GitLab Pages', () => {
  const cases: readonly (readonly [string, string, string | null, string])[] = [
    ['https://gitlab.com', 'Acme/shop', null, 'https://acme.gitlab.io/shop'],
    ['https://gitlab.example.com', 'acme/web/shop', 'pages.example.org', 'https://acme.pages.example.org/web/shop'],
    ['https://gitlab.example.com:8443', 'acme/shop', null, 'https://acme.pages.gitlab.example.com/shop'],
    ['https://gitlab.com', 'acme/web/%{project_name}', null, 'https://acme.gitlab.io/web/%{project_name}'],
  ];
  for (const [instance, path, domain, expected] of cases) it(`is ${expected}`, () => assert.equal(pagesAddress(instance, path, domain), expected));
});
