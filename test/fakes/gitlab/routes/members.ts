import { canReadGroup, canReadMembers, findGroup, findProject, membersOf } from '../access';
import { forbidden, json, notFound } from '../answer';
import { groupAndAncestors, type FakeGroup, type FakeMember, type FakeProject, type FakeUser } from '../data';
import { groupEntity, userEntity } from '../entities';
import { paginated } from '../paginate';
import { flag, integer, list, pagination, text } from '../params';
import type { Call, Router } from '../router';

/** Nobody sees a list of members without signing in, not even of a public project. */
const signedIn = (call: Call): FakeUser => call.caller().requireUser();

/** Who has which role where, and the groups in which the caller has at least a role. */
export function memberRoutes(router: Router): void {
  router.get('/groups', { params: { ...pagination, min_access_level: integer, owned: flag, search: text } }, (call) => {
    const { user } = call.caller();
    const least = call.params.number('min_access_level');
    const groups = call.instance.data.groups.filter((group) =>
      // The level only counts for somebody signed in: direct memberships and all groups below them (GroupsFinder); administrators need their own.
      user && least !== null ? membershipOf(user, group) >= least : canReadGroup(call.caller(), call.instance.data, group),
    );
    return paginated(call, groups, (group) => groupEntity(call, group));
  });

  const params = { ...pagination, query: text, user_ids: list };
  router.get('/projects/:id/members', { before: signedIn, params }, (call) => listed(call, readableProject(call).members));
  router.get('/projects/:id/members/all', { before: signedIn, params }, (call) => listed(call, membersOf(readableProject(call))));
  router.get('/groups/:id/members', { before: signedIn, params }, (call) => listed(call, findGroup(call).members));
  router.get('/groups/:id/members/all', { before: signedIn, params }, (call) => listed(call, membersOfGroup(findGroup(call))));

  const byUser = { before: signedIn, params: { user_id: integer } };
  router.get('/groups/:id/members/all/:user_id', byUser, (call) => one(call, membersOfGroup(findGroup(call))));
  router.get('/projects/:id/members/all/:user_id', byUser, (call) => one(call, membersOf(readableProject(call))));
  router.get('/projects/:id/members/:user_id', byUser, (call) => one(call, readableProject(call).members));
}

function readableProject(call: Call): FakeProject {
  const project = findProject(call);
  if (!canReadMembers(call.caller(), project)) throw forbidden();
  return project;
}

function listed(call: Call, members: readonly FakeMember[]): ReturnType<typeof paginated> {
  const query = call.params.text('query')?.toLowerCase() ?? '';
  const ids = call.params.list('user_ids');
  const wanted = members
    .filter(({ user }) => `${user.name}\n${user.username}`.toLowerCase().includes(query))
    .filter(({ user }) => ids === null || ids.includes(String(user.id)));
  return paginated(call, wanted, (member) => memberEntity(call, member));
}

function one(call: Call, members: readonly FakeMember[]): ReturnType<typeof json> {
  const member = members.find(({ user }) => user.id === call.params.number('user_id'));
  if (!member) throw notFound();
  return json(memberEntity(call, member));
}

/** Each once, with the highest role in the group or one above it. */
function membersOfGroup(group: FakeGroup): FakeMember[] {
  const users = new Set(groupAndAncestors(group).flatMap(({ members }) => members.map(({ user }) => user)));
  return [...users].sort((a, b) => a.id - b.id).map((user) => ({ user, accessLevel: membershipOf(user, group) }));
}

function membershipOf(user: FakeUser, group: FakeGroup): number {
  const levels = groupAndAncestors(group).flatMap(({ members }) => members.filter((member) => member.user === user).map(({ accessLevel }) => accessLevel));
  return Math.max(0, ...levels);
}

function memberEntity(call: Call, member: FakeMember): unknown {
  return {
    ...userEntity(call, member.user),
    access_level: member.accessLevel,
    created_at: '2024-01-01T00:00:00.000Z',
    expires_at: null,
    membership_state: 'active',
  };
}
