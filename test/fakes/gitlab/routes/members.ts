import { canReadGroup, findGroup, findProject, membersOf } from '../access';
import { notFound, json } from '../answer';
import { groupAndAncestors, type FakeGroup, type FakeMember, type FakeUser } from '../data';
import { groupEntity, userEntity } from '../entities';
import { paginated } from '../paginate';
import { flag, integer, pagination, text } from '../params';
import type { Call, Router } from '../router';

/** Who has which role where: one member by id, and the groups in which the caller has at least a role. */
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

  router.get('/groups/:id/members/all/:user_id', { params: { user_id: integer } }, (call) => {
    const group = findGroup(call);
    call.caller().requireUser();
    const userId = call.params.number('user_id');
    const user = call.instance.data.users.find(({ id }) => id === userId);
    const accessLevel = user ? membershipOf(user, group) : 0;
    if (!user || accessLevel === 0) throw notFound();
    return json(memberEntity(call, { user, accessLevel }));
  });

  router.get('/projects/:id/members/all/:user_id', { params: { user_id: integer } }, (call) => {
    const project = findProject(call);
    call.caller().requireUser();
    const userId = call.params.number('user_id');
    const member = membersOf(project).find(({ user }) => user.id === userId);
    if (!member) throw notFound();
    return json(memberEntity(call, member));
  });
}

function membershipOf(user: FakeUser, group: FakeGroup): number {
  const levels = groupAndAncestors(group).flatMap(({ members }) => members.filter((member) => member.user === user).map(({ accessLevel }) => accessLevel));
  return Math.max(0, ...levels);
}

function memberEntity(call: Call, member: FakeMember): unknown {
  return { ...userEntity(call, member.user), access_level: member.accessLevel, expires_at: null, membership_state: 'active' };
}
