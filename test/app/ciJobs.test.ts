import assert from 'node:assert/strict';
import { FileError, type Folder } from '../../src/app/ports';
import { ciJobsOf, readCiJobs } from '../../src/app/ciJobs';

function job(name: string, paths: string): string {
  return `${name}:\n  script: make\n  artifacts:\n    paths: ${paths}\n`;
}

describe('the job that keeps the badges', () => {
  const cases: readonly (readonly [what: string, text: string, expected: string | null])[] = [
    ['names the folder', job('badges', '[public/badges]'), 'badges'],
    ['names the folder with a slash', job('badges', '[./public/badges/]'), 'badges'],
    ['names a folder above', job('site', '[public]'), 'site'],
    ['names files of the folder', job('site', '["public/badges/*.svg"]'), 'site'],
    ['names everything below a folder above', job('site', '["public/**"]'), 'site'],
    ['names a folder below', job('site', '[public/badges/old]'), null],
    ['names a folder of a similar name', job('site', '[public/badges-old]'), null],
    ['names a pattern that may be anything', job('site', '["**/*.svg"]'), null],
    ['comes after another', `${job('test', '[coverage]')}${job('badges', '[public/badges]')}`, 'badges'],
    ['extends a hidden job', `${job('.badges', '[public/badges]')}nightly:\n  extends: .badges\n`, 'nightly'],
    ['extends several, of which the last counts', `${job('.a', '[public/badges]')}${job('.b', '[other]')}nightly:\n  extends: [.a, .b]\n`, null],
    ['extends itself', 'a:\n  extends: a\n', null],
    ['is hidden', job('.badges', '[public/badges]'), null],
    ['is no job but the default', 'default:\n  artifacts:\n    paths: [public/badges]\n', null],
    ['has what is kept by default', 'default:\n  artifacts:\n    paths: [public/badges]\nbadges:\n  script: make\n', 'badges'],
    ['has artifacts of its own, which replace those kept by default', 'default:\n  artifacts:\n    paths: [public/badges]\ntest:\n  script: make\n  artifacts: { reports: { junit: a.xml } }\n', null],
    ['refers to the paths of a hidden job', `${job('.badges', '[public/badges]')}nightly:\n  script: make\n  artifacts:\n    paths: !reference [.badges, artifacts, paths]\n`, 'nightly'],
    ['refers to what refers to another', `${job('.badges', '[public/badges]')}.more:\n  artifacts: !reference [.badges, artifacts]\nnightly:\n  artifacts: !reference [.more, artifacts]\n`, 'nightly'],
    ['refers to itself', 'a:\n  artifacts: !reference [a, artifacts]\n  script: !reference [a, script]\n', null],
    ['stands beside a GitLab tag', `test:\n  script: !reference [.setup, script]\n${job('badges', '[public/badges]')}`, 'badges'],
    ['is in a broken file', 'a: [', null],
    ['is in an empty file', '', null],
    ['stands behind a header of inputs', `spec:\n  inputs: {}\n---\n${job('badges', '[public/badges]')}`, 'badges'],
    ['is written with the symbols of older versions', '---\n:badges:\n  :artifacts:\n    :paths:\n    - public/badges\n', 'badges'],
  ];
  for (const [what, text, expected] of cases) it(what, () => assert.equal(ciJobsOf(text, 'public/badges').artifactJob, expected));
});

describe('the jobs of a pipeline', () => {
  it('are all but hidden ones and keywords, in their order', () => {
    assert.deepEqual(ciJobsOf(`stages: [a]\nvariables: { A: b }\n${job('test', '[x]')}${job('.hidden', '[x]')}${job('build', '[x]')}`, 'public').names, ['test', 'build']);
  });

  /** A folder of these files, as far as they are asked for. */
  function folderOf(files: Readonly<Record<string, string>>): Pick<Folder, 'readText' | 'find'> & { readonly read: string[] } {
    const read: string[] = [];
    return {
      read,
      readText: (path) => {
        read.push(path);
        return path.startsWith('..') ? Promise.reject(new FileError('outside', path, 'outside')) : Promise.resolve(files[path] ?? null);
      },
      find: (glob) => Promise.resolve(Object.keys(files).filter((path) => (glob.includes('*') ? new RegExp(`^${glob.replace(/\*/g, '[^/]*')}$`).test(path) : path === glob))),
    };
  }
  const never = new AbortController().signal;
  const jobs = (files: Readonly<Record<string, string>>) => readCiJobs(folderOf(files), 'public/badges', never);

  const includes: readonly (readonly [what: string, include: string])[] = [
    ['a path', 'include: ci/badges.yml'],
    ['a path from the root', 'include: /ci/badges.yml'],
    ['a table', 'include: { local: ci/badges.yml }'],
    ['a list of both', 'include:\n  - nowhere.yml\n  - local: ci/badges.yml\n    rules: [{ exists: [a] }]'],
    ['a glob', 'include: { local: "ci/*.yml" }'],
  ];
  for (const [what, include] of includes) {
    it(`come from a file that is included by ${what}`, async () => {
      const found = await jobs({ '.gitlab-ci.yml': `${include}\n${job('test', '[coverage]')}`, 'ci/badges.yml': job('badges', '[public/badges]') });
      assert.deepEqual(found, { names: ['badges', 'test'], artifactJob: 'badges' });
    });
  }

  it('are those of the including file where both have one, table by table', async () => {
    const found = await jobs({ '.gitlab-ci.yml': `include: a.yml\n${job('badges', '[public/badges]')}`, 'a.yml': 'badges:\n  stage: test\n  artifacts: { paths: [other] }\nother: { script: x }\n' });
    assert.deepEqual(found, { names: ['badges', 'other'], artifactJob: 'badges' });
  });

  it('may extend a job of another file', async () => {
    const found = await jobs({ '.gitlab-ci.yml': 'include: a.yml\nnightly: { extends: .badges }\n', 'a.yml': job('.badges', '[public/badges]') });
    assert.equal(found.artifactJob, 'nightly');
  });

  it('are not looked for elsewhere', async () => {
    const folder = folderOf({ '.gitlab-ci.yml': 'include:\n  - https://example.org/a.yml\n  - { project: acme/x, file: a.yml }\n  - { template: A.yml }\n  - { remote: "https://example.org" }\n' });
    assert.deepEqual(await readCiJobs(folder, 'public', never), { names: [], artifactJob: null });
    assert.deepEqual(folder.read, ['.gitlab-ci.yml']);
  });

  it('are none where there is no file, or none that can be read', async () => {
    const none = { names: [], artifactJob: null };
    assert.deepEqual(await jobs({}), none);
    assert.deepEqual(await jobs({ '.gitlab-ci.yml': 'include: ../outside.yml\n' }), none);
    assert.deepEqual(await readCiJobs({ ...folderOf({}), readText: () => Promise.reject(new FileError('denied', 'x', 'denied')) }, 'public', never), none);
  });

  it('are found although files include each other', async () => {
    const found = await jobs({ '.gitlab-ci.yml': `include: a.yml\n${job('badges', '[public/badges]')}`, 'a.yml': `include: .gitlab-ci.yml\n${job('a', '[x]')}` });
    assert.deepEqual(found.names, ['a', 'badges']);
  });

  it('are read from 150 included files at most', async () => {
    const many = Object.fromEntries(Array.from({ length: 160 }, (_, index) => [`ci/${index}.yml`, `job${index}: { script: x }\n`]));
    assert.equal((await jobs({ '.gitlab-ci.yml': 'include: "ci/*.yml"\n', ...many })).names.length, 150);
  });

  it('are no longer read when aborted', async () => {
    await assert.rejects(readCiJobs(folderOf({ '.gitlab-ci.yml': '' }), 'public', AbortSignal.abort(new Error('over'))), /over/);
  });
});
