import assert from 'node:assert/strict';
import { startTestInstance, type TestInstance } from './testInstance';

type Row = Record<string, unknown>;

describe('fake GitLab: container images', () => {
  let instance: TestInstance;
  beforeEach(async () => {
    instance = await startTestInstance();
    const { data } = instance.gitlab;
    data.addContainerRepository(instance.shop, {
      tags: [
        { name: 'v2', createdAt: '2026-02-01T00:00:00.000Z', publishedAt: '2026-02-02T00:00:00.000Z' },
        { name: 'v1', createdAt: null, publishedAt: null },
      ],
    });
    data.addContainerRepository(instance.shop, { name: 'tools' });
  });
  afterEach(() => instance.gitlab.close());

  const get = async (path: string, as: string | null = null): Promise<unknown> => (await instance.ask(`/projects/1/registry/repositories${path}`, { as })).body;

  it('are repositories, whose tags have dates one by one only', async () => {
    const repositories = (await get('?tags_count=true')) as Row[];
    assert.deepEqual(repositories.map((each) => [each.id, each.path, each.tags_count]), [
      [1, 'acme/web/shop', 2],
      [2, 'acme/web/shop/tools', 0],
    ]);
    const tags = (await get('/1/tags')) as Row[];
    assert.deepEqual(tags.map((tag) => [tag.name, tag.path, 'created_at' in tag]), [
      ['v1', 'acme/web/shop:v1', false],
      ['v2', 'acme/web/shop:v2', false],
    ]);
    assert.equal(((await get('/1/tags/v2')) as Row).created_at, '2026-02-01T00:00:00.000Z');
    assert.equal(((await get('/1/tags/v1')) as Row).created_at, null);
  });

  it('are not found by a wrong id or tag', async () => {
    assert.deepEqual(await get('/9/tags'), { message: '404 Not found' });
    assert.deepEqual(await get('/1/tags/v3'), { message: '404 Tag Not Found' });
  });

  it('are kept from guests of a private project, and from all where the registry is off', async () => {
    instance.shop.visibility = 'private';
    assert.deepEqual(await get('', 'guest'), { message: '403 Forbidden' });
    assert.equal(((await get('', 'reporter')) as Row[]).length, 2);
    instance.shop.features.container_registry = 'disabled';
    assert.deepEqual(await get('', 'owner'), { message: '403 Forbidden' });
  });

  it('are listed while the registry is down, and their tags are not', async () => {
    instance.gitlab.data.registryIsDown = true;
    assert.equal(((await get('')) as Row[]).length, 2);
    assert.equal((await instance.ask('/projects/1/registry/repositories/1/tags')).status, 500);
  });

  it('open to the token of a job of the same project', async () => {
    const { data } = instance.gitlab;
    const other = data.addProject({ path: 'other', namespace: instance.web });
    for (const project of [instance.shop, other]) data.addToken({ value: `job-${project.path}`, kind: 'job', user: instance.users.maintainer, project });
    const status = async (job: string): Promise<number> => (await instance.ask('/projects/1/registry/repositories', { headers: { 'JOB-TOKEN': job } })).status;
    assert.deepEqual([await status('job-shop'), await status('job-other')], [200, 403]);
  });
});
