import { findProject, projectRole } from '../access';
import { forbidden, json, recordNotFound } from '../answer';
import { accessLevel, type FakeBranchAccess, type FakeProject, type FakeProtectedBranch } from '../data';
import { paginated } from '../paginate';
import { pagination, text } from '../params';
import type { Call, Router } from '../router';

/** Rules by name or wildcard. Only Maintainers see them; that a branch is protected, everybody sees at the branch. */
export function protectedBranchRoutes(router: Router): void {
  router.get('/projects/:id/protected_branches', { before: projectAsMaintainer, params: { ...pagination, search: text } }, (call) => {
    const search = call.params.text('search') ?? '';
    const rules = projectAsMaintainer(call).protectedBranches.filter(({ name }) => name.includes(search));
    return paginated(call, rules, entity);
  });

  router.get('/projects/:id/protected_branches/:name', { before: projectAsMaintainer }, (call) => {
    const rule = projectAsMaintainer(call).protectedBranches.find(({ name }) => name === call.path.get('name'));
    if (!rule) throw recordNotFound();
    return json(entity(rule));
  });
}

function projectAsMaintainer(call: Call): FakeProject {
  const project = findProject(call);
  if (projectRole(call.caller(), project) < accessLevel.maintainer) throw forbidden();
  return project;
}

function entity(rule: FakeProtectedBranch): unknown {
  const levels = (accesses: readonly FakeBranchAccess[]): unknown[] => accesses.map((access, index) => accessEntity(access, rule.id * 100 + index));
  return {
    id: rule.id,
    name: rule.name,
    push_access_levels: levels(rule.push),
    merge_access_levels: levels(rule.merge),
    allow_force_push: rule.allowForcePush,
    unprotect_access_levels: [],
    code_owner_approval_required: false,
    inherited: false,
  };
}

function accessEntity(access: FakeBranchAccess, id: number): unknown {
  const { level, description, deployKeyId, userId, groupId } = describeAccess(access);
  return {
    id,
    access_level: userId === null && groupId === null ? level : null,
    access_level_description: description,
    deploy_key_id: deployKeyId,
    user_id: userId,
    group_id: groupId,
  };
}

/** What GitLab stores for an entry that is no role is the level of a Maintainer. */
export function describeAccess(access: FakeBranchAccess): {
  readonly level: number;
  readonly description: string;
  readonly deployKeyId: number | null;
  readonly userId: number | null;
  readonly groupId: number | null;
} {
  const nobody = { level: accessLevel.maintainer, deployKeyId: null, userId: null, groupId: null };
  if (typeof access === 'number') return { ...nobody, level: access, description: levelNames[access] ?? 'No one' };
  if ('deployKeyId' in access) return { ...nobody, description: 'Deploy key', deployKeyId: access.deployKeyId };
  if ('user' in access) return { ...nobody, description: access.user.name, userId: access.user.id };
  return { ...nobody, description: access.group.name, groupId: access.group.id };
}

const levelNames: Readonly<Record<number, string>> = { 0: 'No one', 30: 'Developers + Maintainers', 40: 'Maintainers', 60: 'Administrators' };
