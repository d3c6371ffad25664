import { GraphQLError } from 'graphql';
import { commitsAt, headOf, projectPath, type FakeCommit, type FakeProject } from '../data';
import { isBetween } from '../filters';
import { authorPattern, branchesOf, firstParents } from '../routes/repository';
import { externalConnection, type PageArgs } from './connection';
import { globalId, userNode, type Context } from './context';

interface CommitArgs extends PageArgs {
  readonly ref: string;
  readonly author?: string | null;
  readonly committedAfter?: number | null;
  readonly committedBefore?: number | null;
  readonly firstParent?: boolean | null;
  readonly path?: string | null;
  readonly query?: string | null;
}

export function repositoryNode(context: Context, project: FakeProject): unknown {
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

/** Newest first. The Git server makes the pages. */
function commitConnection(context: Context, project: FakeProject, args: CommitArgs): unknown {
  const reached = args.ref === '' ? [] : commitsAt(project, args.ref);
  if (!reached) throw new GraphQLError('ListCommits: Gitlab::Git::CommandError');
  const author = authorPattern(args.author ?? null);
  const query = authorPattern(args.query ?? null);
  const wanted = (args.firstParent === true ? firstParents(reached) : reached)
    .filter((commit) => isBetween(commit.committedDate, args.committedAfter ?? null, args.committedBefore ?? null))
    .filter((commit) => author.test(`${commit.authorName} <${commit.authorEmail}>`) && query.test(commit.message))
    .filter((commit) => args.path == null || commit.paths.some((path) => path === args.path || path.startsWith(`${args.path}/`)));
  return externalConnection(wanted, args, { key: (commit) => commit.sha, node: (commit) => commitNode(context, project, commit) });
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
