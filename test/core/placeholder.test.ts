import assert from 'node:assert/strict';
import { findPlaceholders, placeholdersInHost, resolvePlaceholders } from '../../src/core/placeholder';

describe('resolvePlaceholders', () => {
  const values = { project_path: 'acme/shop', default_branch: 'main', latest_tag: null, project_title: '%{project_path}' } as const;
  const cases: [string, string][] = [
    ['https://x/%{project_path}/%{default_branch}', 'https://x/acme/shop/main'],
    ['%{project_path}%{project_path}', 'acme/shopacme/shop'],
    ['%{latest_tag}', '%{latest_tag}'],
    ['%{commit_sha}', '%{commit_sha}'],
    ['%{Project_Path}', '%{Project_Path}'],
    ['%{unknown}', '%{unknown}'],
    ['%{project_title}', '%{project_path}'],
    ['%%7Bproject_path%7D', '%%7Bproject_path%7D'],
    ['$& %{project_path}', '$& acme/shop'],
  ];
  for (const [text, resolved] of cases) it(`makes ${resolved} of ${text}`, () => assert.equal(resolvePlaceholders(text, values), resolved));
});

describe('findPlaceholders', () => {
  it('gives each with its place and whether GitLab knows it', () => {
    assert.deepEqual(findPlaceholders('a/%{project_id}?%{nope}'), [
      { name: 'project_id', range: { start: 2, end: 15 }, known: true },
      { name: 'nope', range: { start: 16, end: 23 }, known: false },
    ]);
  });
});

describe('placeholdersInHost', () => {
  const cases: [string, string[]][] = [
    ['https://%{gitlab_server}/x', ['gitlab_server']],
    ['https://badges.%{gitlab_server}:8080/%{project_path}', ['gitlab_server']],
    ['https://host/%{project_path}', []],
    ['https://host?x=%{project_path}', []],
    ['https://host#%{project_path}', []],
    ['%{project_path}', []],
  ];
  for (const [url, names] of cases) it(`finds ${names.length} in ${url}`, () => assert.deepEqual(placeholdersInHost(url).map((p) => p.name), names));
});
