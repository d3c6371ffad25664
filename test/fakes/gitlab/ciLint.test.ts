import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { startTestInstance, type TestInstance } from './testInstance';

describe('fake GitLab: CI lint', () => {
  let instance: TestInstance;
  beforeEach(async () => void (instance = await startTestInstance()));
  afterEach(() => instance.gitlab.close());
  const lint = async (query = '', as = 'maintainer') => {
    const { status, body } = await instance.ask(`/projects/${instance.shop.id}/ci/lint${query}`, { as });
    return { status, body: body as { valid: boolean; errors: string[]; merged_yaml: string | null; jobs?: { name: string }[] } };
  };
  const commit = () => instance.gitlab.data.addCommit(instance.shop, { message: 'First' });

  it('merges what is included, with the including file on top', async () => {
    commit();
    const templates = instance.gitlab.data.addProject({ path: 'templates', namespace: instance.acme });
    templates.files.set('a.yml', 'shared:\n  script: a\n');
    instance.shop.files.set('ci/b.yml', 'include: ci/c.yml\njob:\n  script: b\n  tags: [x]\n').set('ci/c.yml', '.hidden:\n  script: c\n');
    instance.shop.files.set('.gitlab-ci.yml', 'stages: [test]\ninclude:\n  - local: /ci/b.yml\n  - project: acme/templates\n    file: a.yml\njob:\n  script: own\n');
    const { body } = await lint('?include_jobs=true');
    assert.deepEqual(parse(body.merged_yaml ?? ''), { '.hidden': { script: 'c' }, job: { script: 'own', tags: ['x'] }, shared: { script: 'a' }, stages: ['test'] });
    assert.deepEqual([body.valid, body.jobs?.map(({ name }) => name)], [true, ['job', 'shared']]);
  });

  it('names no jobs unless it is asked to', async () => {
    commit();
    instance.shop.files.set('.gitlab-ci.yml', 'job:\n  script: own\n');
    assert.equal((await lint()).body.jobs, undefined);
  });

  it('makes nothing of what is not there, and says so', async () => {
    commit();
    assert.deepEqual((await lint('?include_jobs=1')).body, { valid: false, errors: ['Please provide content of .gitlab-ci.yml'], warnings: [], merged_yaml: null, includes: [], jobs: [] });
    instance.shop.files.set('.gitlab-ci.yml', 'include: gone.yml\n');
    assert.deepEqual((await lint()).body.errors, ['Local file `gone.yml` does not exist!']);
  });

  it('needs a repository, and the right to read it', async () => {
    assert.equal((await lint()).status, 404);
    commit();
    instance.shop.visibility = 'private';
    assert.equal((await lint('', 'guest')).status, 403);
  });
});
