import assert from 'node:assert/strict';
import { startTestInstance, type TestInstance } from './testInstance';

type Row = Record<string, unknown>;

describe('fake GitLab: protected branches', () => {
  let instance: TestInstance;
  beforeEach(async () => {
    instance = await startTestInstance();
    instance.gitlab.data.addCommit(instance.shop, { message: 'one' });
  });
  afterEach(() => instance.gitlab.close());

  const branch = async (as: string | null): Promise<unknown[]> => {
    const shown = (await instance.ask('/projects/1/repository/branches/main', { as })).body as Row;
    return [shown.protected, shown.developers_can_push, shown.can_push];
  };

  it('show their rules to Maintainers alone', async () => {
    for (const as of [null, 'stranger', 'guest', 'reporter']) {
      for (const path of ['/protected_branches', '/protected_branches?per_page=x', '/protected_branches/main']) {
        assert.deepEqual((await instance.ask(`/projects/1${path}`, { as })).body, { message: '403 Forbidden' });
      }
    }
    for (const as of ['maintainer', 'owner']) assert.deepEqual((await instance.ask('/projects/1/protected_branches', { as })).body, []);
  });

  it('are told by name or wildcard, with who may push', async () => {
    const { data } = instance.gitlab;
    data.addProtectedBranch(instance.shop, { push: [40, { deployKeyId: 7 }, { user: instance.users.reporter }, { group: instance.web }], merge: [30] });
    data.addProtectedBranch(instance.shop, { name: 'release/*', push: [0], allowForcePush: true });
    const rules = (await instance.ask('/projects/1/protected_branches', { as: 'maintainer' })).body as (Row & { push_access_levels: Row[] })[];
    assert.deepEqual(
      rules.map((rule) => [rule.name, rule.allow_force_push, rule.push_access_levels.map((access) => access.access_level)]),
      [
        ['main', false, [40, 40, null, null]],
        ['release/*', true, [0]],
      ],
    );
    assert.deepEqual(
      rules[0]?.push_access_levels.map((access) => [access.access_level_description, access.deploy_key_id, access.user_id, access.group_id]),
      [
        ['Maintainers', null, null, null],
        ['Deploy key', 7, null, null],
        ['reporter', null, instance.users.reporter.id, null],
        ['Web', null, null, instance.web.id],
      ],
    );
    assert.equal(((await instance.ask('/projects/1/protected_branches/release%2F*', { as: 'maintainer' })).body as Row).name, 'release/*');
    assert.deepEqual((await instance.ask('/projects/1/protected_branches/release%2F1', { as: 'maintainer' })).body, { message: '404 Not found' });
    assert.equal(((await instance.ask('/projects/1/protected_branches?search=rel', { as: 'maintainer' })).body as Row[]).length, 1);
  });

  const wildcards: readonly (readonly [string, boolean])[] = [
    ['main', true],
    ['*', true],
    ['m*n', true],
    ['ma', false],
    ['m.in', false],
    ['main*', true],
    ['x*', false],
  ];
  for (const [name, isProtected] of wildcards) {
    it(`${isProtected ? 'cover' : 'do not cover'} main by ${name}, and everybody sees it at the branch`, async () => {
      instance.gitlab.data.addProtectedBranch(instance.shop, { name, push: [30] });
      assert.deepEqual(await branch(null), [isProtected, isProtected, false]);
    });
  }

  it('leave an unprotected branch to developers, and a protected one to whom it names', async () => {
    assert.deepEqual([await branch('reporter'), await branch('maintainer')], [
      [false, false, false],
      [false, false, true],
    ]);
    const rule = instance.gitlab.data.addProtectedBranch(instance.shop);
    assert.deepEqual(await branch('maintainer'), [true, false, true]);
    rule.push = [0];
    assert.deepEqual([await branch('maintainer'), await branch('owner')], [
      [true, false, false],
      [true, false, false],
    ]);
  });
});
