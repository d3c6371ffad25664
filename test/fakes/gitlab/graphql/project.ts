import { canUse, projectRole } from '../access';
import { accessLevel, projectPath, type FakeProject } from '../data';
import { branchRuleConnection } from './branchRules';
import type { PageArgs } from './connection';
import { accessLevelNode, globalId, type Context } from './context';
import { issueConnection, issueNode, issuesOf, issueStatusCounts, workItemConnection, type IssueArgs } from './issues';
import { memberConnection, type MemberArgs } from './members';
import { mergeRequestConnection, mergeRequestNode, type MergeRequestArgs } from './mergeRequests';
import { milestoneConnection, type MilestoneArgs } from './milestones';
import { containerRepositoryConnection, packageConnection, type PackageArgs } from './packages';
import { latestPipeline, pipelineConnection, pipelineCounts, type PipelineArgs } from './pipelines';
import { releaseConnection, releaseNode } from './releases';
import { repositoryNode } from './repository';

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
    userPermissions: { readMergeRequest: may('merge_requests'), readProject: true },
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
    milestones: (args: MilestoneArgs) => milestoneConnection(context, project, args),
    projectMembers: (args: MemberArgs) => memberConnection(context, project, args),
    pipeline: (args: PipelineArgs) => (may('builds') ? latestPipeline(project, args) : null),
    pipelines: (args: PipelineArgs) => pipelineConnection(context, project, args),
    pipelineCounts: (args: PipelineArgs) => (may('builds') ? pipelineCounts(project, args) : null),
    release: ({ tagName }: { readonly tagName: string }) => {
      const found = may('releases') ? project.releases.find((release) => release.tag === tagName) : undefined;
      return found ? releaseNode(context, project, found) : null;
    },
    releases: (args: PageArgs & { readonly sort?: string | null }) => releaseConnection(context, project, may('releases') ? project.releases : [], args),
    packages: (args: PackageArgs) => packageConnection(context, project, args),
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
