import { createHash } from 'node:crypto';
import { findProjectFor, projectRole } from '../access';
import { json, notFound, refuseError, type Answer } from '../answer';
import { accessLevel, commitsAt, headOf, rulesFor, tagsByDate, type FakeCommit, type FakeProject, type FakeTag } from '../data';
import { commitEntity, projectUrl, tagEntity, type Entity } from '../entities';
import { isBetween, ordered } from '../filters';
import { paginated, paginatedUncounted } from '../paginate';
import { flag, oneOf, pagination, text, time } from '../params';
import type { Call, Router } from '../router';

/** How many commits the list of contributors looks at. */
const contributorCommits = 2000;

/** Whoever may not read the code gets 404 or 403 before the parameters are looked at. */
const code = (call: Call): FakeProject => findProjectFor(call, 'repository');

export function repositoryRoutes(router: Router): void {
  commitRoutes(router);

  const contributorParams = { ...pagination, ref: text, order_by: oneOf('commits', 'name', 'email'), sort: oneOf('asc', 'desc') };
  router.get('/projects/:id/repository/contributors', { before: code, params: contributorParams }, (call) => {
    const project = code(call);
    const order = call.params.text('order_by');
    const contributors = contributorsOf(commitsAt(project, call.params.text('ref') ?? project.defaultBranch) ?? []);
    const key = (each: Contributor): string | number => (order === 'commits' ? each.commits : each[order === 'name' ? 'name' : 'email'].toLowerCase());
    return paginated(call, ordered(contributors, key, call.params.text('sort')), (each) => each);
  });

  const tagParams = { ...pagination, order_by: oneOf('updated', 'name', 'version'), sort: oneOf('desc', 'asc'), search: text };
  router.get('/projects/:id/repository/tags', { before: code, params: tagParams }, (call) => {
    const project = code(call);
    const tags = sortedTags(project, call.params.text('order_by'), call.params.text('sort'));
    const wanted = call.params.text('search');
    return paginated(call, wanted === null ? tags : tags.filter((tag) => nameFits(tag.name, wanted)), (tag) => tagEntity(call, project, tag));
  });

  router.get('/projects/:id/repository/branches', { before: code, params: { ...pagination, search: text } }, (call) => {
    const project = code(call);
    const wanted = call.params.text('search');
    const branches = branchesOf(project).filter((branch) => wanted === null || nameFits(branch.name, wanted));
    return paginated(call, branches, (branch) => branchEntity(call, project, branch));
  });

  router.get('/projects/:id/repository/branches/:branch', { before: code }, (call) => {
    const project = code(call);
    const branch = branchesOf(project).find((candidate) => candidate.name === call.path.get('branch'));
    if (!branch) throw notFound('Branch');
    return json(branchEntity(call, project, branch));
  });

  const fileParams = { ref: { type: 'string', notBlank: true }, lfs: flag } as const;
  router.get('/projects/:id/repository/files/:file_path/raw', { jobToken: true, params: fileParams }, (call) => {
    const path = call.path.get('file_path') ?? '';
    if (path.split('/').includes('..')) throw refuseError(400, 'file_path should be a valid file path');
    return rawFile(code(call), path, call.params.text('ref') ?? 'HEAD');
  });
}

function commitRoutes(router: Router): void {
  const params = {
    ...pagination,
    ref_name: text,
    since: time,
    until: time,
    path: text,
    author: text,
    all: flag,
    with_stats: flag,
    first_parent: flag,
    order: oneOf('default', 'topo'),
    trailers: flag,
  };

  router.get('/projects/:id/repository/commits', { before: code, params }, (call) => {
    const project = code(call);
    const { params } = call;
    if (!headOf(project)) throw notFound('Repository');
    const author = authorPattern(params.text('author'));
    const path = params.text('path');
    const reached = params.flag('all') ? project.commits : (commitsAt(project, params.text('ref_name') ?? project.defaultBranch) ?? []);
    const commits = (params.flag('first_parent') ? firstParents(reached) : reached)
      .filter((commit) => isBetween(commit.committedDate, params.time('since'), params.time('until')))
      .filter((commit) => author.test(`${commit.authorName} <${commit.authorEmail}>`))
      .filter((commit) => path === null || commit.paths.some((changed) => changed === path || changed.startsWith(`${path.replace(/\/$/, '')}/`)));
    return paginatedUncounted(call, commits, (commit) => ({
      ...commitEntity(call, project, commit),
      ...(params.flag('with_stats') ? { stats: { additions: 1, deletions: 0, total: 1 } } : {}),
    }));
  });

  router.get('/projects/:id/repository/commits/:sha', { before: code, params: { stats: { type: 'boolean', default: 'true' } } }, (call) => {
    const project = code(call);
    const commit = commitsAt(project, call.path.get('sha') ?? '')?.[0];
    if (!commit) throw notFound('Commit');
    const pipeline = project.pipelines.filter((each) => each.sha === commit.sha).sort((a, b) => b.id - a.id)[0];
    return json({
      ...commitEntity(call, project, commit),
      ...(call.params.flag('stats') ? { stats: { additions: 1, deletions: 0, total: 1 } } : {}),
      status: pipeline?.status ?? null,
      project_id: project.id,
      last_pipeline: pipeline ? { id: pipeline.id, iid: pipeline.iid, sha: pipeline.sha, ref: pipeline.ref, status: pipeline.status } : null,
    });
  });
}

interface Contributor {
  readonly name: string;
  readonly email: string;
  readonly commits: number;
  readonly additions: 0;
  readonly deletions: 0;
}

/** One row for each address as it is written, under the name of its newest commit. */
function contributorsOf(commits: readonly FakeCommit[]): Contributor[] {
  const byEmail = new Map<string, Contributor>();
  const counted = commits.filter((commit) => commit.parents.length < 2).slice(0, contributorCommits);
  for (const { authorEmail: email, authorName } of counted) {
    const before = byEmail.get(email);
    byEmail.set(email, { name: before?.name ?? authorName, email, commits: (before?.commits ?? 0) + 1, additions: 0, deletions: 0 });
  }
  return [...byEmail.values()];
}

/** The history that follows only the first parent of each merge. */
export function firstParents(commits: readonly FakeCommit[]): FakeCommit[] {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const line: FakeCommit[] = [];
  for (let commit = commits[0]; commit; commit = bySha.get(commit.parents[0] ?? '')) line.push(commit);
  return line;
}

/** git's `--author` pattern; null fits all. */
export function authorPattern(author: string | null): RegExp {
  try {
    return new RegExp(author ?? '');
  } catch {
    return /(?!)/;
  }
}

function sortedTags(project: FakeProject, order: string | null, direction: string | null): FakeTag[] {
  if (order === 'updated') return direction === 'asc' ? tagsByDate(project).reverse() : tagsByDate(project);
  const sorted = [...project.tags].sort((a, b) => (order === 'version' ? a.name.localeCompare(b.name, 'en', { numeric: true }) : a.name < b.name ? -1 : 1));
  return direction === 'asc' ? sorted : sorted.reverse();
}

/** `^` stands for the start and `$` for the end of a name. */
function nameFits(name: string, search: string): boolean {
  const wanted = search.replace(/^\^|\$$/g, '').toLowerCase();
  const at = name.toLowerCase();
  return (!search.startsWith('^') || at.startsWith(wanted)) && (!search.endsWith('$') || at.endsWith(wanted)) && at.includes(wanted);
}

interface Branch {
  readonly name: string;
  readonly commit: FakeCommit;
}

export function branchesOf(project: FakeProject): Branch[] {
  const head = headOf(project);
  if (!head) return [];
  const others = project.branches.flatMap(({ name, sha }) => {
    const commit = project.commits.find((candidate) => candidate.sha === sha);
    return commit ? [{ name, commit }] : [];
  });
  return ordered([{ name: project.defaultBranch, commit: head }, ...others], (branch) => branch.name, 'asc');
}

function branchEntity(call: Call, project: FakeProject, branch: Branch): Entity {
  const rules = rulesFor(project, branch.name);
  const role = projectRole(call.caller(), project);
  const least = Math.min(...rules.flatMap(({ push }) => push.filter((level) => typeof level === 'number' && level > 0)).map(Number), accessLevel.owner + 1);
  return {
    name: branch.name,
    commit: commitEntity(call, project, branch.commit),
    merged: false,
    protected: rules.length > 0,
    developers_can_push: rules.some(({ push }) => push.includes(accessLevel.developer)),
    developers_can_merge: rules.some(({ merge }) => merge.includes(accessLevel.developer)),
    can_push: !project.archived && role >= (rules.length > 0 ? least : accessLevel.developer),
    default: branch.name === project.defaultBranch,
    web_url: `${projectUrl(call, project)}/-/tree/${branch.name}`,
  };
}

function rawFile(project: FakeProject, path: string, ref: string): Answer {
  const commit = commitsAt(project, ref)?.[0];
  if (!commit) throw notFound('Commit');
  const content = project.files.get(path);
  if (content === undefined) throw notFound('File');
  const body = Buffer.from(content);
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/plain',
      'Cache-Control': 'no-store, no-cache',
      'X-Gitlab-Blob-Id': createHash('sha1').update(`blob ${body.length}\0`).update(body).digest('hex'),
      'X-Gitlab-Commit-Id': commit.sha,
      'X-Gitlab-Content-Sha256': createHash('sha256').update(body).digest('hex'),
      'X-Gitlab-Encoding': 'base64',
      'X-Gitlab-Execute-Filemode': 'false',
      'X-Gitlab-File-Name': encodeURI(path.split('/').at(-1) ?? ''),
      'X-Gitlab-File-Path': encodeURI(path),
      'X-Gitlab-Last-Commit-Id': commit.sha,
      'X-Gitlab-Ref': encodeURI(ref),
      'X-Gitlab-Size': String(body.length),
    },
    body,
  };
}
