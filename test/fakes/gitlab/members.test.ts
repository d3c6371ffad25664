import assert from 'node:assert/strict';
import { accessLevel } from './data';
import { startTestInstance, type TestInstance } from './testInstance';

type Row = Record<string, unknown>;

describe('fake GitLab: members', () => {
  let instance: TestInstance;
  beforeEach(async () => {
    instance = await startTestInstance();
  });
  afterEach(() => instance.gitlab.close());

  const levels = async (path: string, as = 'stranger'): Promise<unknown[]> =>
    ((await instance.ask(path, { as })).body as Row[]).map((member) => [member.username, member.access_level]);

  it('are listed to whoever is signed in, even of a public project, and to nobody else', async () => {
    for (const path of ['/projects/1/members', '/projects/1/members/all', '/groups/acme/members', '/projects/99/members/all']) {
      const { status, body } = await instance.ask(path);
      assert.deepEqual([status, body], [401, { message: '401 Unauthorized' }]);
    }
    assert.deepEqual((await instance.ask('/projects/99/members/all', { as: 'stranger' })).body, { message: '404 Project Not Found' });
  });

  it('are those of the project itself in one list, all in the other, each once with the highest role, by user', async () => {
    instance.acme.members.push({ user: instance.users.guest, accessLevel: accessLevel.developer });
    assert.deepEqual(await levels('/projects/1/members'), [
      ['guest', 10],
      ['reporter', 20],
      ['maintainer', 40],
    ]);
    assert.deepEqual(await levels('/projects/1/members/all'), [
      ['guest', 30],
      ['reporter', 20],
      ['maintainer', 40],
      ['owner', 50],
    ]);
  });

  it('come by invited groups too, of the project and of groups above it, with at most the role of the invitation', async () => {
    const { data } = instance.gitlab;
    const [first, second, third] = ['first', 'second', 'third'].map((username) => data.addUser({ username }));
    assert.ok(first && second && third);
    const parent = data.addGroup({ path: 'partners', members: [{ user: first, accessLevel: accessLevel.owner }] });
    const group = data.addGroup({ path: 'shop', parent, members: [{ user: second, accessLevel: accessLevel.guest }] });
    const others = data.addGroup({ path: 'others', members: [{ user: third, accessLevel: accessLevel.maintainer }, { user: instance.users.stranger, accessLevel: accessLevel.minimal }] });
    instance.shop.sharedWith.push({ group, accessLevel: accessLevel.developer });
    instance.acme.sharedWith.push({ group: others, accessLevel: accessLevel.reporter });
    assert.deepEqual((await levels('/projects/1/members/all')).slice(-3), [
      ['first', 30],
      ['second', 10],
      ['third', 20],
    ]);
    assert.equal((await levels('/projects/1/members')).length, 3);
    instance.shop.visibility = 'private';
    assert.equal((await instance.ask('/projects/1', { as: 'stranger' })).status, 404);
  });

  it('come in pages, by name and by id', async () => {
    const { users } = instance;
    assert.deepEqual(await levels('/projects/1/members/all?per_page=1&page=2'), [['reporter', 20]]);
    assert.deepEqual(await levels('/projects/1/members/all?query=MAIN'), [['maintainer', 40]]);
    assert.deepEqual(await levels(`/projects/1/members/all?user_ids=${users.guest.id},${users.owner.id}`), [
      ['guest', 10],
      ['owner', 50],
    ]);
    assert.equal((await instance.ask(`/projects/1/members/${users.owner.id}`, { as: 'guest' })).status, 404);
    assert.equal((await instance.ask(`/projects/1/members/all/${users.owner.id}`, { as: 'guest' })).status, 200);
  });

  it('say neither address nor kind of an account', async () => {
    const [member] = (await instance.ask('/projects/1/members/all', { as: 'guest' })).body as Row[];
    assert.deepEqual(['email', 'bot', 'type'].map((key) => key in (member ?? {})), [false, false, false]);
  });

  it('are kept from strangers where the instance says so', async () => {
    instance.shop.hidesMembers = true;
    assert.deepEqual((await instance.ask('/projects/1/members/all', { as: 'stranger' })).body, { message: '403 Forbidden' });
    assert.equal((await levels('/projects/1/members/all', 'guest')).length, 4);
  });
});
