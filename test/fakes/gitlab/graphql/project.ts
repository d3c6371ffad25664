import { GraphQLError } from 'graphql';
import { canReadMembers, canUse, membersOf, membershipsOf, projectRole, type Membership } from '../access';
import {
  accessLevel,
  commitsAt,
  groupAndAncestors,
  headOf,
  projectPath,
  rulesFor,
  type FakeCommit,
  type FakeContainerRepository,
  type FakeImageTag,
  type FakePackage,
  type FakePipeline,
  type FakeProject,
  type FakeProtectedBranch,
  type FakeRelease,
} from '../data';
import { isBetween } from '../filters';
import { digest, imagePath, imageSize } from '../routes/containerRegistry';
import { isInScope } from '../routes/pipelines';
import { shownPackages } from '../routes/projects';
import { describeAccess } from '../routes/protectedBranches';
import { authorPattern, branchesOf, firstParents } from '../routes/repository';
import { connection, type Connection, type PageArgs } from './connection';
import { accessLevelNode, globalId, idOf, notAvailable, sorted, userNode, type Context } from './context';
import {
  issueConnection,
  issueNode,
  issuesOf,
  issueStatusCounts,
  mergeRequestConnection,
  mergeRequestNode,
  workItemConnection,
  type IssueArgs,
  type MergeRequestArgs,
} from './issues';

/** A project that the caller may read. What a part of it keeps from them is null or empty, without a word, but for members. */
export function projectNode(context: Context, project: FakeProject): unknown {
  const { caller, instance } = context;
  const may = (feature: Parameters<typeof canUse>[2]): boolean => canUse(caller, project, feature);
  return {
    id: globalId('Project', project.id),
    fullPath: projectPath(project),
    path: project.path,
    name: project.name,
    visibility: project.visibility,
    archived: project.archived,
    createdAt: project.createdAt,
    lastActivityAt: project.lastActivityAt,
    starCount: project.starCount,
    forksCount: project.forksCount,
    topics: project.topics,
    webUrl: `${instance.externalUrl()}/${projectPath(project)}`,
    issuesEnabled: may('issues'),
    mergeRequestsEnabled: may('merge_requests'),
    jobsEnabled: may('builds'),
    containerRegistryEnabled: may('container_registry'),
    openIssuesCount: () => (may('issues') ? project.issues.filter((issue) => issue.state === 'opened' && !issue.confidential).length : null),
    openMergeRequestsCount: () => (may('merge_requests') ? project.mergeRequests.filter((each) => each.state === 'opened').length : null),
    languages: () => Object.entries(project.languages).map(([name, share]) => ({ name, share, color: null })),
    maxAccessLevel: () => accessLevelNode(projectRole(caller, project)),
    statistics: () => (projectRole(caller, project) >= accessLevel.reporter ? statisticsNode(project) : null),
    issue: (args: IssueArgs) => issuesOf(context, project, { ...args, sort: 'CREATED_DESC' }).map((issue) => issueNode(context, project, issue))[0] ?? null,
    issues: (args: IssueArgs) => issueConnection(context, project, args),
    workItems: (args: IssueArgs) => workItemConnection(context, project, args),
    issueStatusCounts: (args: IssueArgs) => issueStatusCounts(context, project, args),
    mergeRequest: ({ iid }: { readonly iid: string }) => {
      const found = may('merge_requests') ? project.mergeRequests.find((each) => String(each.iid) === iid) : undefined;
      return found ? mergeRequestNode(context, project, found) : null;
    },
    mergeRequests: (args: MergeRequestArgs) => mergeRequestConnection(context, project, args),
    projectMembers: (args: MemberArgs) => memberConnection(context, project, args),
    pipeline: (args: PipelineArgs) => (may('builds') ? latestPipeline(project, args) : null),
    pipelines: (args: PipelineArgs) => pipelineConnection(may('builds') ? project.pipelines : [], project, args),
    pipelineCounts: (args: PipelineArgs) => (may('builds') ? pipelineCounts(project, args) : null),
    release: ({ tagName }: { readonly tagName: string }) => {
      const found = may('releases') ? project.releases.find((release) => release.tag === tagName) : undefined;
      return found ? releaseNode(context, project, found) : null;
    },
    releases: (args: PageArgs & { readonly sort?: string | null }) => releaseConnection(context, project, may('releases') ? project.releases : [], args),
    packages: (args: PackageArgs) => (may('packages') ? packageConnection(project, args) : null),
    containerRepositories: (args: PageArgs & { readonly name?: string | null; readonly sort?: string | null }) =>
      may('container_registry') ? containerRepositoryConnection(context, project, args) : null,
    containerRepositoriesCount: () => project.containerRepositories.length,
    repository: () => (may('repository') ? repositoryNode(context, project) : null),
    branchRules: (args: PageArgs & { readonly buildMissing?: boolean | null }) => branchRuleConnection(context, project, args),
  };
}

function statisticsNode(project: FakeProject): unknown {
  return {
    commitCount: project.statisticsCommitCount ?? project.commits.length,
    repositorySize: project.repositorySize,
    storageSize: project.repositorySize,
    packagesSize: 0,
    containerRegistrySize: null,
  };
}

interface MemberArgs extends PageArgs {
  readonly accessLevels?: readonly string[] | null;
  readonly ids?: readonly string[] | null;
  readonly relations?: readonly string[] | null;
  readonly search?: string | null;
  readonly sort?: string | null;
}

interface MemberRow {
  readonly id: number;
  readonly typename: 'ProjectMember' | 'GroupMember';
  readonly member: Membership['member'] | null;
  readonly accessLevel: number;
}

/**
 * Each member once, with the role that counts in the end. As GitLab's finder has it: `[DIRECT]` alone gives the project's
 * own; anything else gives those of the groups above as well, asked for or not.
 */
function memberConnection(context: Context, project: FakeProject, args: MemberArgs): Connection {
  if (!canReadMembers(context.caller, project)) throw notAvailable();
  const relations = args.relations ?? ['DIRECT', 'INHERITED'];
  const isAsked: Record<Membership['relation'], boolean> = {
    direct: relations.includes('DIRECT'),
    inherited: relations.length !== 1 || relations[0] !== 'DIRECT',
    invited: relations.includes('INVITED_GROUPS'),
    shared: relations.includes('SHARED_INTO_ANCESTORS'),
  };
  const levels = new Map(membersOf(project).map((member) => [member.user, member.accessLevel]));
  const rows = new Map<string, MemberRow>();
  const memberships = [...membershipsOf(project).filter(({ relation }) => isAsked[relation]), ...(relations.includes('DESCENDANTS') ? descendants(context, project) : [])];
  for (const { relation, member } of memberships) {
    const { user } = member;
    if (rows.has(user.username)) continue;
    rows.set(user.username, { id: user.id, typename: relation === 'direct' ? 'ProjectMember' : 'GroupMember', member, accessLevel: levels.get(user) ?? member.accessLevel });
  }
  // Who was asked by e-mail is there for Maintainers alone, and is no user yet.
  if (isAsked.direct && projectRole(context.caller, project) >= accessLevel.maintainer) {
    for (const [index, { email, accessLevel: level }] of project.invitations.entries()) {
      rows.set(email, { id: 1_000_000 + index, typename: 'ProjectMember', member: null, accessLevel: level });
    }
  }
  const search = args.search?.toLowerCase() ?? '';
  const wanted = [...rows.values()]
    .filter(({ member }) => search === '' || `${member?.user.name ?? ''}\n${member?.user.username ?? ''}`.toLowerCase().includes(search))
    .filter(({ member }) => args.ids == null || (member !== null && args.ids.includes(globalId('User', member.user.id))))
    .filter((row) => args.accessLevels == null || args.accessLevels.includes(levelWord(row.accessLevel)));
  const sortedRows = sorted(wanted, args.sort ?? 'ID_ASC', {
    ACCESS_LEVEL: (row) => row.accessLevel,
    USER_FULL_NAME: (row) => row.member?.user.name ?? '',
  });
  return connection(sortedRows, args, {
    key: (row) => row.id,
    node: (row) => ({
      __typename: row.typename,
      id: globalId(row.typename, row.id),
      accessLevel: accessLevelNode(row.accessLevel),
      user: () => userNode(row.member?.user ?? null),
      createdAt: project.createdAt,
      updatedAt: project.createdAt,
      expiresAt: null,
    }),
  });
}

function levelWord(level: number): string {
  return (accessLevelNode(level) as { readonly stringValue: string | null }).stringValue ?? '';
}

/** Members of groups below the project's group. */
function descendants({ instance }: Context, project: FakeProject): Membership[] {
  const { namespace } = project;
  if (namespace.kind !== 'group') return [];
  const below = instance.data.groups.filter((group) => group !== namespace && groupAndAncestors(group).includes(namespace));
  return below.flatMap(({ members }) => members.map((member): Membership => ({ relation: 'inherited', member })));
}

interface PipelineArgs extends PageArgs {
  readonly id?: string | null;
  readonly iid?: string | null;
  readonly ids?: readonly string[] | null;
  readonly ref?: string | null;
  readonly scope?: string | null;
  readonly sha?: string | null;
  readonly source?: string | null;
  readonly status?: string | null;
  readonly updatedAfter?: number | null;
  readonly updatedBefore?: number | null;
  readonly username?: string | null;
}

function pipelineConnection(readable: readonly FakePipeline[], project: FakeProject, args: PipelineArgs): Connection {
  const wanted = readable
    .filter((each) => args.status == null || each.status.toUpperCase() === args.status)
    .filter((each) => (args.ref == null || each.ref === args.ref) && (args.sha == null || each.sha === args.sha))
    .filter((each) => (args.source == null || each.source === args.source) && (args.username == null || each.user.username === args.username))
    .filter((each) => args.ids == null || args.ids.includes(pipelineId(each)))
    .filter((each) => isInScope(project, each, args.scope?.toLowerCase() ?? null))
    .filter((each) => isBetween(each.updatedAt, args.updatedAfter ?? null, args.updatedBefore ?? null));
  return connection(sorted(wanted, null, {}), args, { key: (each) => each.id, node: pipelineNode });
}

/** Without arguments that of the newest commit of the default branch. */
function latestPipeline(project: FakeProject, args: PipelineArgs): unknown {
  const fits = (each: FakePipeline): boolean => {
    if (args.id != null) return pipelineId(each) === args.id;
    if (args.iid != null) return String(each.iid) === args.iid;
    if (args.sha != null) return each.sha === args.sha;
    return each.ref === project.defaultBranch && each.sha === headOf(project)?.sha;
  };
  const [latest] = sorted(project.pipelines.filter(fits), null, {});
  return latest ? pipelineNode(latest) : null;
}

function pipelineCounts(project: FakeProject, args: PipelineArgs): unknown {
  const wanted = project.pipelines.filter(
    (each) => (args.ref == null || each.ref === args.ref) && (args.sha == null || each.sha === args.sha) && (args.source == null || each.source === args.source),
  );
  const inScope = (scope: string): number => wanted.filter((each) => isInScope(project, each, scope)).length;
  return { all: wanted.length, running: inScope('running'), pending: inScope('pending'), finished: inScope('finished') };
}

function pipelineId(pipeline: FakePipeline): string {
  return globalId('Ci::Pipeline', pipeline.id);
}

function pipelineNode(each: FakePipeline): unknown {
  return {
    id: pipelineId(each),
    iid: String(each.iid),
    ref: each.ref,
    source: each.source,
    status: each.status.toUpperCase(),
    coverage: each.coverage === null ? null : Number(each.coverage),
    createdAt: each.createdAt,
    updatedAt: each.updatedAt,
    startedAt: each.createdAt,
    finishedAt: ['success', 'failed', 'canceled', 'skipped'].includes(each.status) ? each.updatedAt : null,
    duration: each.duration,
  };
}

function releaseConnection(context: Context, project: FakeProject, releases: readonly FakeRelease[], args: PageArgs & { readonly sort?: string | null }): Connection {
  const numbered = releases.map((release, index) => ({ id: index, release }));
  const rows = sorted(numbered, args.sort, {
    CREATED: ({ release }) => Date.parse(release.createdAt),
    RELEASED_AT: ({ release }) => Date.parse(release.releasedAt),
  });
  return connection(rows, args, { key: ({ release }) => release.tag, node: ({ release }) => releaseNode(context, project, release) });
}

function releaseNode({ instance }: Context, project: FakeProject, release: FakeRelease): unknown {
  const isUpcoming = Date.parse(release.releasedAt) > instance.now().getTime();
  return {
    id: globalId('Release', `${project.id}${project.releases.indexOf(release) + 1}`),
    tagName: release.tag,
    name: release.name,
    createdAt: release.createdAt,
    releasedAt: release.releasedAt,
    upcomingRelease: isUpcoming,
    historicalRelease: Date.parse(release.releasedAt) < Date.parse(release.createdAt),
    author: () => userNode(release.author),
    assets: {
      count: release.links.length + 4,
      links: (args: PageArgs) =>
        connection(release.links, args, {
          key: (link) => link.url,
          node: (link) => ({ id: globalId('Releases::Link', release.links.indexOf(link) + 1), name: link.name, url: link.url, linkType: link.linkType.toUpperCase() }),
        }),
    },
  };
}

interface PackageArgs extends PageArgs {
  readonly packageName?: string | null;
  readonly packageType?: string | null;
  readonly sort?: string | null;
  readonly status?: string | null;
}

function packageConnection(project: FakeProject, args: PackageArgs): Connection {
  const wanted = project.packages
    .filter((each) => args.packageName == null || each.name.includes(args.packageName))
    .filter((each) => args.packageType == null || each.packageType.toUpperCase() === args.packageType)
    .filter((each) => (args.status == null ? shownPackages.includes(each.status) : each.status.toUpperCase() === args.status));
  const rows = sorted(wanted, args.sort, {
    CREATED: (each) => Date.parse(each.createdAt),
    NAME: (each) => each.name,
    TYPE: (each) => each.packageType,
    VERSION: (each) => each.version,
  });
  return connection(rows, args, { key: (each) => each.id, node: packageNode });
}

function packageNode(each: FakePackage): unknown {
  return {
    id: globalId('Packages::Package', each.id),
    name: each.name,
    version: each.version,
    packageType: each.packageType.toUpperCase(),
    status: each.status.toUpperCase(),
    createdAt: each.createdAt,
    updatedAt: each.createdAt,
  };
}

function containerRepositoryConnection(
  context: Context,
  project: FakeProject,
  args: PageArgs & { readonly name?: string | null; readonly sort?: string | null },
): Connection {
  const wanted = project.containerRepositories.filter((each) => args.name == null || imagePath(project, each).includes(args.name));
  const rows = sorted(wanted, args.sort, { CREATED: (each) => Date.parse(each.createdAt), NAME: (each) => imagePath(project, each) });
  return connection(rows, args, { key: (each) => each.id, node: (each) => containerRepositoryFields(context, project, each) });
}

/** One by its id, with its tags: the list has none. */
export function containerRepositoryNode(context: Context, { id }: { readonly id: string }): unknown {
  const wanted = idOf('ContainerRepository', id);
  for (const project of context.instance.data.projects) {
    const repository = project.containerRepositories.find((each) => each.id === wanted);
    if (!repository || !canUse(context.caller, project, 'container_registry')) continue;
    return {
      ...containerRepositoryFields(context, project, repository),
      size: imageSize,
      lastPublishedAt: null,
      tags: (args: PageArgs & { readonly name?: string | null; readonly sort?: string | null }) => imageTagConnection(context, project, repository, args),
    };
  }
  throw notAvailable();
}

function containerRepositoryFields(context: Context, project: FakeProject, repository: FakeContainerRepository): Record<string, unknown> {
  const path = imagePath(project, repository);
  return {
    id: globalId('ContainerRepository', repository.id),
    name: repository.name,
    path,
    location: `registry.${new URL(context.instance.externalUrl()).hostname}/${path}`,
    createdAt: repository.createdAt,
    updatedAt: repository.createdAt,
    tagsCount: () => tagsOf(context, repository).length,
  };
}

function imageTagConnection(
  context: Context,
  project: FakeProject,
  repository: FakeContainerRepository,
  args: PageArgs & { readonly name?: string | null; readonly sort?: string | null },
): Connection {
  const numbered = tagsOf(context, repository)
    .filter((tag) => args.name == null || tag.name.includes(args.name))
    .map((tag, index) => ({ id: index, tag }));
  const rows = sorted(numbered, args.sort ?? 'NAME_ASC', {
    NAME: ({ tag }) => tag.name,
    PUBLISHED_AT: ({ tag }) => (tag.publishedAt === null ? 0 : Date.parse(tag.publishedAt)),
  });
  return connection(rows, args, {
    key: ({ tag }) => tag.name,
    node: ({ tag }) => ({
      name: tag.name,
      path: `${imagePath(project, repository)}:${tag.name}`,
      createdAt: tag.createdAt,
      publishedAt: tag.publishedAt,
      digest: digest(repository, tag),
      totalSize: String(imageSize),
    }),
  });
}

function tagsOf({ instance }: Context, repository: FakeContainerRepository): readonly FakeImageTag[] {
  if (instance.data.registryIsDown) throw new GraphQLError("Can't connect to the container registry. If this error persists, please review the troubleshooting documentation.");
  return repository.tags;
}

interface CommitArgs extends PageArgs {
  readonly ref: string;
  readonly author?: string | null;
  readonly committedAfter?: number | null;
  readonly committedBefore?: number | null;
  readonly firstParent?: boolean | null;
  readonly path?: string | null;
  readonly query?: string | null;
}

function repositoryNode(context: Context, project: FakeProject): unknown {
  const at = (ref: string | null | undefined): unknown => {
    const commit = commitsAt(project, ref ?? 'HEAD')?.[0];
    return commit ? commitNode(context, project, commit) : null;
  };
  return {
    rootRef: headOf(project) ? project.defaultBranch : null,
    empty: !headOf(project),
    exists: headOf(project) !== null,
    branchCount: () => branchesOf(project).length,
    tagCount: () => project.tags.length,
    commitCount: () => project.commits.length,
    commit: ({ ref }: { readonly ref: string }) => at(ref),
    lastCommit: ({ ref }: { readonly ref?: string | null }) => at(ref),
    tree: ({ ref }: { readonly ref?: string | null }) => (headOf(project) ? { lastCommit: () => at(ref) } : null),
    commits: (args: CommitArgs) => commitConnection(context, project, args),
  };
}

/** Newest first. The Git server pages here: the last page has no cursor. */
function commitConnection(context: Context, project: FakeProject, args: CommitArgs): unknown {
  const reached = args.ref === '' ? [] : commitsAt(project, args.ref);
  if (!reached) throw new GraphQLError('ListCommits: Gitlab::Git::CommandError');
  const author = authorPattern(args.author ?? null);
  const query = authorPattern(args.query ?? null);
  const wanted = (args.firstParent === true ? firstParents(reached) : reached)
    .filter((commit) => isBetween(commit.committedDate, args.committedAfter ?? null, args.committedBefore ?? null))
    .filter((commit) => author.test(`${commit.authorName} <${commit.authorEmail}>`) && query.test(commit.message))
    .filter((commit) => args.path == null || commit.paths.some((path) => path === args.path || path.startsWith(`${args.path}/`)));
  const page = connection(wanted, args, { key: (commit) => commit.sha, node: (commit) => commitNode(context, project, commit) });
  return page.pageInfo.hasNextPage ? page : { ...page, pageInfo: { ...page.pageInfo, startCursor: null, endCursor: null } };
}

/** An author is a user where the address is theirs. */
function commitNode({ instance }: Context, project: FakeProject, commit: FakeCommit): unknown {
  const author = instance.data.users.find((user) => user.email.toLowerCase() === commit.authorEmail.toLowerCase()) ?? null;
  return {
    id: globalId('CommitPresenter', commit.sha),
    sha: commit.sha,
    shortId: commit.sha.slice(0, 8),
    title: commit.message.split('\n')[0] ?? '',
    authorName: commit.authorName,
    authorEmail: commit.authorEmail,
    authoredDate: commit.authoredDate,
    committerName: commit.authorName,
    committerEmail: commit.authorEmail,
    committedDate: commit.committedDate,
    parentSha: commit.parents[0] ?? null,
    author: () => userNode(author),
    webUrl: `${instance.externalUrl()}/${projectPath(project)}/-/commit/${commit.sha}`,
  };
}

/**
 * By name, a rule for all branches first. Whoever is no Maintainer sees none of them: an empty list is no word about
 * what is protected.
 */
function branchRuleConnection(context: Context, project: FakeProject, args: PageArgs & { readonly buildMissing?: boolean | null }): Connection {
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
