import assert from 'node:assert/strict';
import { createConnection } from '../../src/gitlab/connection';
import { listGroupProjects } from '../../src/gitlab/groups';
import { manyProjects } from '../fakes/gitlab/builders';
import { startTestInstance, type TestInstance } from '../fakes/gitlab/testInstance';
import { rejection } from './expect';

describe('the projects of a group', () => {
  let instance: TestInstance;
  beforeEach(async () => void (instance = await startTestInstance()));
  afterEach(() => instance.gitlab.close());

  const list = async (group: string, recursive: boolean, token = 'owner') => {
    const connection = createConnection({ instance: instance.gitlab.url, token: { kind: 'private', value: token }, fetch });
    return (await listGroupProjects(connection, group, { recursive })).map(({ path }) => path);
  };

  it('are its own, and with those of its subgroups where wanted', async () => {
    instance.gitlab.data.addProject({ path: 'site', namespace: instance.acme });
    assert.deepEqual(await list('acme', false), ['acme/site']);
    assert.deepEqual(await list('acme', true), ['acme/web/shop', 'acme/site']);
    assert.deepEqual(await list('acme/web', false), ['acme/web/shop']);
  });

  it('include archived ones', async () => {
    instance.gitlab.data.addProject({ path: 'old', namespace: instance.web, archived: true });
    assert.deepEqual(await list('acme', true), ['acme/web/shop', 'acme/web/old']);
  });

  it('leave out what is only shared with it', async () => {
    const other = instance.gitlab.data.addGroup({ path: 'other' });
    const guest = instance.gitlab.data.addProject({ path: 'guest', namespace: other, visibility: 'public' });
    guest.sharedWith.push({ group: instance.web, accessLevel: 30 });
    assert.deepEqual(await list('acme', true), ['acme/web/shop']);
  });

  for (const hideTotals of [false, true]) {
    it(`are read over all pages${hideTotals ? ' where no total is told' : ''}, each once, oldest first`, async () => {
      manyProjects(instance.gitlab.data, instance.acme, 230);
      instance.gitlab.faults.hideTotals = hideTotals;
      const paths = await list('acme', false);
      assert.deepEqual(paths, Array.from({ length: 230 }, (_, index) => `acme/project-${index + 1}`));
      assert.equal(instance.gitlab.requests.length, 3);
    });
  }

  it('come once each where one is deleted between two pages', async () => {
    const projects = manyProjects(instance.gitlab.data, instance.acme, 150);
    instance.gitlab.faults.next({ match: { path: /page=2/ }, action: { status: 200, body: projects.slice(99).map(({ id, path }) => ({ id, path_with_namespace: `acme/${path}` })) } });
    const paths = await list('acme', false);
    assert.equal(new Set(paths).size, paths.length);
    assert.equal(paths.length, 150);
  });

  it('are those the token may see, and none of a group it may not', async () => {
    instance.gitlab.data.addProject({ path: 'open', namespace: instance.acme, visibility: 'public' });
    instance.shop.visibility = 'private';
    assert.deepEqual(await list('acme', true, 'stranger'), ['acme/open']);
    await rejection(list('nobody', true), 'not-found');
  });
});
