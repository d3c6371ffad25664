import { forbidden, notFound, redirect, refuse, Refusal } from './answer';
import type { Caller } from './authentication';
import {
  accessLevel,
  groupAndAncestors,
  groupPath,
  groupsOf,
  projectPath,
  type FakeData,
  type FakeGroup,
  type FakeIssue,
  type FakeMember,
  type FakeProject,
  type FakeShare,
  type FakeUser,
  type Feature,
} from './data';
import type { Call } from './router';

/** Who may see and do what. Roles count as GitLab counts them: the highest of all ways to be a member. */

/** The project that the path names. Throws 404, also where the caller may not know of it, and the answers for a moved one. */
export function findProject(call: Call): FakeProject {
  const { data, externalUrl } = call.instance;
  const id = call.path.get('id') ?? '';
  const caller = call.caller();
  const found = projectBy(data, id);
  if (!found || !canReadProject(caller, found.project)) throw notFound('Project');
  if (!found.moved) return found.project;
  if (call.request.method !== 'GET') throw refuse(405, 'Non GET methods are not allowed for moved projects');
  const rest = call.request.path.replace(/^\/projects\/[^/]+/, '');
  const query = new URLSearchParams([...call.request.given].map(([name, value]) => [name, String(value)])).toString();
  const location = `${externalUrl()}/api/v4/projects/${found.project.id}${rest}${query && `?${query}`}`;
  throw new Refusal(redirect(location, 301, location));
}

export function findGroup(call: Call): FakeGroup {
  const { data } = call.instance;
  const id = call.path.get('id') ?? '';
  const caller = call.caller();
  const isId = /^\d+$/.test(id);
  const group = data.groups.find((candidate) => (isId ? candidate.id === Number(id) : same(groupPath(candidate), id)));
  if (!group || !canReadGroup(caller, data, group)) throw notFound('Group');
  return group;
}

export function canReadProject(caller: Caller, project: FakeProject): boolean {
  if (project.visibility === 'public') return true;
  if (!caller.user) return false;
  return project.visibility === 'internal' || projectRole(caller, project) >= accessLevel.guest;
}

export function canReadGroup(caller: Caller, data: FakeData, group: FakeGroup): boolean {
  if (group.visibility === 'public') return true;
  if (!caller.user) return false;
  if (group.visibility === 'internal' || groupRole(caller.user, group) >= accessLevel.guest) return true;
  // A member of something inside sees the groups around it.
  return (
    data.groups.some((inner) => inner !== group && groupAndAncestors(inner).includes(group) && roleAmong(inner.members, caller.user) > 0) ||
    data.projects.some((inner) => groupsOf(inner).includes(group) && roleAmong(inner.members, caller.user) > 0)
  );
}

/** The caller's role in a project; a job token has its user's role in its own project alone. */
export function projectRole(caller: Caller, project: FakeProject): number {
  const { user, token } = caller;
  if (!user || (token?.kind === 'job' && token.project !== project)) return accessLevel.none;
  if (user.admin || project.namespace === user) return accessLevel.owner;
  return roleOf(user, project);
}

export function groupRole(user: FakeUser | null, group: FakeGroup): number {
  if (!user) return accessLevel.none;
  if (user.admin) return accessLevel.owner;
  return Math.max(...groupAndAncestors(group).map((each) => roleAmong(each.members, user)));
}

/** A way to be a member, with the row that shows it. */
export interface Membership {
  readonly relation: 'direct' | 'inherited' | 'invited' | 'shared';
  readonly member: FakeMember;
}

/** All ways in which anybody is a member of a project: its own first, then those of groups, nearest first. */
export function membershipsOf(project: FakeProject): Membership[] {
  const groups = groupsOf(project);
  const owner = project.namespace.kind === 'user' ? [{ user: project.namespace, accessLevel: accessLevel.owner }] : [];
  return [
    ...[...owner, ...project.members].map((member): Membership => ({ relation: 'direct', member })),
    ...groups.flatMap(({ members }) => members.filter(hasAccess).map((member): Membership => ({ relation: 'inherited', member }))),
    ...project.sharedWith.flatMap(invitedBy).map((member): Membership => ({ relation: 'invited', member })),
    ...groups.flatMap(({ sharedWith }) => sharedWith.flatMap(invitedBy)).map((member): Membership => ({ relation: 'shared', member })),
  ];
}

/** Members of an invited group and of those above it, with at most the role that the invitation grants. */
function invitedBy(share: FakeShare): FakeMember[] {
  const members = groupAndAncestors(share.group).flatMap((group) => group.members.filter(hasAccess));
  return members.map((member) => ({ user: member.user, accessLevel: Math.min(member.accessLevel, share.accessLevel) }));
}

/** Minimal access to a group is none to its projects. */
function hasAccess(member: FakeMember): boolean {
  return member.accessLevel > accessLevel.minimal;
}

/** Direct, inherited and invited members of a project, each once, with the highest role, by the id of the user. */
export function membersOf(project: FakeProject): FakeMember[] {
  const highest = new Map<FakeUser, FakeMember>();
  for (const { member } of membershipsOf(project)) {
    if (member.accessLevel > (highest.get(member.user)?.accessLevel ?? -1)) highest.set(member.user, member);
  }
  return [...highest.values()].sort((a, b) => a.user.id - b.user.id);
}

/** A user's highest role in a project, however it comes about; 0 for none. */
export function roleOf(user: FakeUser, project: FakeProject): number {
  return Math.max(accessLevel.none, ...membershipsOf(project).map(({ member }) => (member.user === user ? member.accessLevel : accessLevel.none)));
}

/** Everybody who may read a project sees its members, unless the instance says otherwise. */
export function canReadMembers(caller: Caller, project: FakeProject): boolean {
  return !project.hidesMembers || projectRole(caller, project) >= accessLevel.guest;
}

/** Confidential issues are for Planners and up, and for whoever wrote them. */
export function canReadIssue(caller: Caller, project: FakeProject, issue: FakeIssue): boolean {
  return canUse(caller, project, 'issues') && (!issue.confidential || issue.author === caller.user || seesInternal(caller, project));
}

/** Internal notes and confidential issues: from Planner up. */
export function seesInternal(caller: Caller, project: FakeProject): boolean {
  return projectRole(caller, project) >= accessLevel.planner;
}

/** Least role that sees a part of a *private* project. */
const leastRole: Record<Feature, number> = {
  issues: accessLevel.guest,
  merge_requests: accessLevel.planner,
  repository: accessLevel.reporter,
  builds: accessLevel.reporter,
  releases: accessLevel.guest,
  packages: accessLevel.reporter,
  container_registry: accessLevel.reporter,
};

export function canUse(caller: Caller, project: FakeProject, feature: Feature): boolean {
  const access = project.features[feature];
  const role = projectRole(caller, project);
  if (access === 'disabled') return false;
  if (access === 'private' && role < accessLevel.guest) return false;
  if (feature === 'builds' && role < accessLevel.reporter) return project.publicJobs;
  return project.visibility !== 'private' || role >= leastRole[feature];
}

/** The project, where the caller may use this part of it; else 404 or 403. */
export function findProjectFor(call: Call, feature: Feature): FakeProject {
  const project = findProject(call);
  if (!canUse(call.caller(), project, feature)) throw forbidden();
  return project;
}

/** Projects directly in a group or shared with it, that the caller may read. */
export function projectsOf(call: Call, group: FakeGroup, options: { readonly subgroups: boolean; readonly shared: boolean }): FakeProject[] {
  const caller = call.caller();
  return call.instance.data.projects.filter((project) => {
    const inside = options.subgroups ? groupsOf(project).includes(group) : project.namespace === group;
    const shared = options.shared && project.sharedWith.some((share) => share.group === group);
    return (inside || shared) && canReadProject(caller, project);
  });
}

function projectBy(data: FakeData, id: string): { readonly project: FakeProject; readonly moved: boolean } | null {
  if (/^\d+$/.test(id)) {
    const project = data.projects.find((candidate) => candidate.id === Number(id));
    return project ? { project, moved: false } : null;
  }
  if (!id.includes('/')) return null;
  const project = data.projects.find((candidate) => same(projectPath(candidate), id));
  if (project) return { project, moved: false };
  const moved = data.projects.find((candidate) => candidate.oldPaths.some((old) => same(old, id)));
  return moved ? { project: moved, moved: true } : null;
}

function roleAmong(members: readonly FakeMember[], user: FakeUser | null): number {
  return Math.max(0, ...members.filter((member) => member.user === user).map((member) => member.accessLevel));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
