import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { accessLevel } from './data';
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

  describe('of a pipeline that is sent', () => {
    const send = async (content: string | undefined, as: string | null = 'maintainer') => {
      const { status, body } = await instance.ask(`/projects/${instance.shop.id}/ci/lint`, { method: 'POST', as, body: { content } });
      return { status, body: body as { valid: boolean; errors: string[]; warnings: string[]; message?: string; error?: string } };
    };

    const cases: readonly (readonly [content: string, errors: readonly (string | RegExp)[]])[] = [
      ['job: { script: x }\n', []],
      ['job: { trigger: x }\n.hidden: {}\n', []],
      ['.hidden: { script: x }\n', ['jobs config should contain at least one visible job']],
      ['job: { image: x }\n', ['jobs job config should implement the script:, run:, or trigger: keyword']],
      ['stages: [one]\njob: { script: x }\n', ['job job: chosen stage test does not exist; available stages are .pre, one, .post']],
      ['job: { script: x, needs: [gone, { job: maybe, optional: true }] }\n', ['job job: undefined need: gone']],
      ['job: { script: x, only: [main], rules: [] }\n', ['jobs:job config key may not be used with `rules`: only']],
      ['job: { extends: .gone }\n', ['job: unknown keys in `extends` (.gone)']],
      ['job:\n\tscript: x\n', [/at line 2 column/]],
      ['- a\n', ['Invalid configuration format']],
      ['', ['Please provide content of .gitlab-ci.yml']],
    ];
    for (const [content, errors] of cases) {
      it(`says what is wrong with ${JSON.stringify(content)}`, async () => {
        const { status, body } = await send(content);
        assert.deepEqual([status, body.valid, body.errors.length], [200, errors.length === 0, errors.length]);
        errors.forEach((error, index) => (typeof error === 'string' ? assert.equal(body.errors[index], error) : assert.match(body.errors[index] ?? '', error)));
      });
    }

    it('warns of pipelines that run twice', async () => {
      assert.equal((await send('job: { script: x, rules: [{ when: always }] }\n')).body.warnings.length, 1);
      assert.equal((await send('job: { script: x, rules: [{ when: always }] }\nworkflow: { rules: [] }\n')).body.warnings.length, 0);
    });

    it('needs a content, a user who may run pipelines, and a project they may see', async () => {
      assert.deepEqual((await send(undefined)).body, { error: 'content is missing' });
      const developer = instance.gitlab.data.addUser({ username: 'developer' });
      instance.gitlab.data.addToken({ value: 'developer', user: developer });
      instance.shop.members.push({ user: developer, accessLevel: accessLevel.developer });
      assert.equal((await send('job: { script: x }\n', 'developer')).status, 200);
      assert.equal((await send('job: { script: x }\n', 'reporter')).status, 403);
      assert.equal((await send('job: { script: x }\n', null)).status, 401);
      instance.shop.visibility = 'private';
      assert.equal((await send('job: { script: x }\n', 'stranger')).status, 404);
    });
  });
});
