import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { accessLevel, type FakeProject, type FakeUser } from '../../fakes/gitlab/data';
import { type FakeGitLab, startFakeGitLab } from '../../fakes/gitlab/server';
import { collect, connect, known, now, reason, sixMonths } from './collecting';

describe('merged merge requests', () => {
  let gitlab: FakeGitLab;
  let shop: FakeProject;
  let maintainer: FakeUser;
  let developer: FakeUser;

  beforeEach(async () => {
    gitlab = await startFakeGitLab({ now: () => new Date(now) });
    const { data } = gitlab;
    maintainer = data.addUser({ username: 'Web-Team' });
    developer = data.addUser({ username: 'build-team' });
    const members = [{ user: maintainer, accessLevel: accessLevel.maintainer }, { user: developer, accessLevel: accessLevel.developer }];
    shop = data.addProject({ path: 'shop', namespace: data.addGroup({ path: 'acme' }), members });
    data.addToken({ value: 'secret', user: maintainer });
  });
  afterEach(() => gitlab.close());

  const demand = { mergeRequests: [{ since: sixMonths, enough: null }], members: true };
  const merged = (mergedAt: string, mergeUser: FakeUser | null, ...approvers: readonly FakeUser[]) =>
    gitlab.data.addMergeRequest(shop, { author: developer, state: 'merged', createdAt: '2026-01-01T00:00:00.000Z', mergedAt, mergeUser, approvals: approvers.map((user) => ({ user, at: mergedAt })) });
  const withoutGraphQL = () => gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action: { status: 404 } });
  const approvals = () => gitlab.requests.filter(({ path }) => path.endsWith('/approvals')).map(({ path }) => /merge_requests\/(\d+)/.exec(path)?.[1]);

  it('are those of the range, newest merge first, with who merged and approved them', async () => {
    merged('2026-01-15T11:59:59.000Z', developer);
    merged('2026-01-15T12:00:00.000Z', developer, maintainer);
    merged('2026-07-15T12:00:00.000Z', maintainer);
    merged('2026-07-15T12:00:01.000Z', developer);
    merged('2026-06-01T00:00:00.000Z', null, developer);
    gitlab.data.addMergeRequest(shop, { author: developer, createdAt: '2026-07-01T00:00:00.000Z' });
    gitlab.data.addMergeRequest(shop, { author: developer, state: 'closed', createdAt: '2026-07-01T00:00:00.000Z' });
    const url = (iid: number) => `${gitlab.url}/acme/shop/-/merge_requests/${iid}`;
    const expected = [
      { at: '2026-07-15T12:00:00', iid: 3, url: url(3), author: 'build-team', mergedBy: 'Web-Team', approvedBy: [] },
      { at: '2026-06-01T00:00:00', iid: 5, url: url(5), author: 'build-team', mergedBy: null, approvedBy: ['build-team'] },
      { at: '2026-01-15T12:00:00', iid: 2, url: url(2), author: 'build-team', mergedBy: 'build-team', approvedBy: ['Web-Team'] },
    ];
    const read = async () => known((await collect(connect(gitlab), demand)).mergeRequests).items.map((each) => ({ ...each, at: each.at.slice(0, 19) }));
    assert.deepEqual(await read(), expected);
    assert.deepEqual(approvals(), []);
    withoutGraphQL();
    assert.deepEqual(await read(), expected);
    // Only where a maintainer's approval can matter.
    assert.deepEqual(approvals().sort(), ['2', '5']);
  });

  it('are all there behind the first page', async () => {
    for (let index = 0; index < 150; index++) merged('2026-06-01T00:00:00.000Z', maintainer);
    const count = async () => known((await collect(connect(gitlab), demand)).mergeRequests).items.length;
    assert.equal(await count(), 150);
    assert.equal(gitlab.requests.filter(({ body }) => body.includes('mergeRequests(')).length, 2);
    withoutGraphQL();
    assert.equal(await count(), 150);
  });

  it('whose approvals nobody can judge are listed without them', async () => {
    merged('2026-06-01T00:00:00.000Z', developer, maintainer);
    withoutGraphQL();
    gitlab.faults.next({ match: { path: /members/ }, action: { status: 403, body: { message: '403 Forbidden' } } });
    const { mergeRequests, members } = await collect(connect(gitlab), demand);
    assert.deepEqual(known(mergeRequests).items.map(({ approvedBy }) => approvedBy), [[]]);
    reason(members, 'unknown');
    assert.deepEqual(approvals(), []);
  });

  it('of a project without any are unknown where they are switched off', async () => {
    shop.features.merge_requests = 'disabled';
    withoutGraphQL();
    assert.match(reason((await collect(connect(gitlab), demand)).mergeRequests, 'unknown'), /403 for acme\/shop: reading merge requests needs .*merge requests switched on\.$/);
  });
});
