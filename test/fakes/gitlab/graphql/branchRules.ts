import { projectRole } from '../access';
import { accessLevel, rulesFor, type FakeProject, type FakeProtectedBranch } from '../data';
import { describeAccess } from '../routes/protectedBranches';
import { branchesOf } from '../routes/repository';
import { connection, type Connection, type PageArgs } from './connection';
import { globalId, type Context } from './context';

/**
 * By name, a rule for all branches first. Whoever is no Maintainer sees none of them: an empty list is no word about
 * what is protected.
 */
export function branchRuleConnection(context: Context, project: FakeProject, args: PageArgs & { readonly buildMissing?: boolean | null }): Connection {
  const forAll = project.allBranchesRule || args.buildMissing === true ? [null] : [];
  const rules = [...forAll, ...[...project.protectedBranches].sort((a, b) => (a.name < b.name ? -1 : 1))];
  return connection<FakeProtectedBranch | null>(rules, args, {
    key: (rule) => rule?.id ?? 0,
    node: (rule) => branchRuleNode(project, rule),
    isVisible: () => projectRole(context.caller, project) >= accessLevel.maintainer,
  });
}

function branchRuleNode(project: FakeProject, rule: FakeProtectedBranch | null): unknown {
  const branches = branchesOf(project);
  if (!rule) {
    return {
      id: globalId('Projects::AllBranchesRule', project.id),
      name: 'All branches',
      isDefault: false,
      isProtected: false,
      matchingBranchesCount: branches.length,
      branchProtection: null,
      createdAt: null,
      updatedAt: null,
    };
  }
  return {
    id: globalId('Projects::BranchRule', rule.id),
    name: rule.name,
    isDefault: rule.name === project.defaultBranch,
    isProtected: true,
    matchingBranchesCount: branches.filter(({ name }) => rulesFor(project, name).includes(rule)).length,
    createdAt: project.createdAt,
    updatedAt: project.createdAt,
    branchProtection: {
      allowForcePush: rule.allowForcePush,
      codeOwnerApprovalRequired: false,
      pushAccessLevels: (args: PageArgs) => accessConnection(rule.push, args),
      mergeAccessLevels: (args: PageArgs) => accessConnection(rule.merge, args),
    },
  };
}

function accessConnection(accesses: FakeProtectedBranch['push'], args: PageArgs): Connection {
  const numbered = accesses.map((access, index) => ({ index, access }));
  return connection(numbered, args, {
    key: ({ index }) => index,
    node: ({ access }) => {
      const { level, description } = describeAccess(access);
      return { accessLevel: level, accessLevelDescription: description };
    },
  });
}
