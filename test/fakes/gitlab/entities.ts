import { canUse, projectRole } from './access';
import { accessLevel, groupPath, groupsOf, headOf, namespacePath, projectPath } from './data';
import type { FakeCommit, FakeGroup, FakeProject, FakeTag, FakeUser } from './data';
import type { Call } from './router';

/** What several routes show in the same shape. Keys and their order are GitLab's. */
export type Entity = Readonly<Record<string, unknown>>;

export function userEntity(call: Call, user: FakeUser | null): Entity | null {
  return (
    user && {
      id: user.id,
      username: user.username,
      public_email: null,
      name: user.name,
      state: user.state,
      locked: false,
      avatar_url: null,
      web_url: `${call.instance.externalUrl()}/${user.username}`,
    }
  );
}

export function commitEntity(call: Call, project: FakeProject, commit: FakeCommit): Entity {
  return {
    id: commit.sha,
    short_id: commit.sha.slice(0, 8),
    created_at: commit.committedDate,
    parent_ids: commit.parents,
    title: commit.message.split('\n')[0] ?? '',
    message: commit.message,
    author_name: commit.authorName,
    author_email: commit.authorEmail,
    authored_date: commit.authoredDate,
    committer_name: commit.authorName,
    committer_email: commit.authorEmail,
    committed_date: commit.committedDate,
    trailers: {},
    extended_trailers: {},
    web_url: `${projectUrl(call, project)}/-/commit/${commit.sha}`,
  };
}

export function tagEntity(call: Call, project: FakeProject, tag: FakeTag): Entity {
  const commit = project.commits.find((candidate) => candidate.sha === tag.sha);
  const release = project.releases.find((candidate) => candidate.tag === tag.name);
  return {
    name: tag.name,
    message: tag.message ?? '',
    target: tag.message === null ? tag.sha : tag.sha.split('').reverse().join(''),
    commit: commit ? commitEntity(call, project, commit) : null,
    release: release ? { tag_name: release.tag, description: release.description } : null,
    protected: false,
    created_at: tag.message === null ? null : (commit?.committedDate ?? null),
  };
}

export function projectUrl(call: Call, project: FakeProject): string {
  return `${call.instance.externalUrl()}/${projectPath(project)}`;
}

/** What everybody gets who may see the project, and all that somebody without a token gets. */
export function shortProject(call: Call, project: FakeProject): Entity {
  const url = projectUrl(call, project);
  const host = new URL(call.instance.externalUrl()).hostname;
  const showsLicense = call.params.flag('license');
  return {
    id: project.id,
    description: project.description === '' ? null : project.description,
    name: project.name,
    name_with_namespace: `${namespaceNames(project).join(' / ')} / ${project.name}`,
    path: project.path,
    path_with_namespace: projectPath(project),
    created_at: project.createdAt,
    ...(canUse(call.caller(), project, 'repository') ? { default_branch: headOf(project) ? project.defaultBranch : null } : {}),
    tag_list: project.topics,
    topics: project.topics,
    ssh_url_to_repo: `git@${host}:${projectPath(project)}.git`,
    http_url_to_repo: `${url}.git`,
    web_url: url,
    readme_url: project.files.has('README.md') ? `${url}/-/blob/${project.defaultBranch}/README.md` : null,
    ...(showsLicense ? licenseEntity(url, project) : {}),
    forks_count: project.forksCount,
    avatar_url: null,
    star_count: project.starCount,
    last_activity_at: project.lastActivityAt,
    visibility: project.visibility,
    namespace: namespaceEntity(call, project.namespace),
  };
}

export function fullProject(call: Call, project: FakeProject): Entity {
  const caller = call.caller();
  const api = `${call.instance.externalUrl()}/api/v4/projects/${project.id}`;
  const role = projectRole(caller, project);
  return {
    ...shortProject(call, project),
    _links: {
      self: api,
      issues: `${api}/issues`,
      merge_requests: `${api}/merge_requests`,
      repo_branches: `${api}/repository/branches`,
      members: `${api}/members`,
    },
    packages_enabled: project.features.packages !== 'disabled',
    empty_repo: !headOf(project),
    archived: project.archived,
    ...(project.namespace.kind === 'user' ? { owner: userEntity(call, project.namespace) } : {}),
    issues_enabled: canUse(caller, project, 'issues'),
    merge_requests_enabled: canUse(caller, project, 'merge_requests'),
    jobs_enabled: canUse(caller, project, 'builds'),
    issues_access_level: project.features.issues,
    repository_access_level: project.features.repository,
    merge_requests_access_level: project.features.merge_requests,
    builds_access_level: project.features.builds,
    releases_access_level: project.features.releases,
    package_registry_access_level: project.features.packages,
    ...(canUse(caller, project, 'issues') ? { open_issues_count: project.issues.filter((issue) => issue.state === 'opened').length } : {}),
    public_jobs: project.publicJobs,
    shared_with_groups: project.sharedWith.map((share) => ({
      group_id: share.group.id,
      group_name: share.group.name,
      group_full_path: groupPath(share.group),
      group_access_level: share.accessLevel,
      expires_at: null,
    })),
    ...(call.params.flag('statistics') && role >= accessLevel.reporter ? { statistics: statisticsEntity(project) } : {}),
  };
}

/** The caller's own roles, direct and by a group, as project and group memberships. */
export function permissionsEntity(call: Call, project: FakeProject): Entity {
  const { user } = call.caller();
  const direct = project.members.find((member) => member.user === user)?.accessLevel ?? (project.namespace === user ? accessLevel.owner : null);
  const inherited = groupsOf(project).flatMap((group) => group.members.filter((member) => member.user === user));
  const byGroup = Math.max(0, ...inherited.map((member) => member.accessLevel));
  const entity = (level: number): Entity => ({ access_level: level, notification_level: 3 });
  return { project_access: direct === null ? null : entity(direct), group_access: byGroup === 0 ? null : entity(byGroup) };
}

export function groupEntity(call: Call, group: FakeGroup): Entity {
  return {
    id: group.id,
    web_url: `${call.instance.externalUrl()}/groups/${groupPath(group)}`,
    name: group.name,
    path: group.path,
    description: group.description,
    visibility: group.visibility,
    share_with_group_lock: false,
    require_two_factor_authentication: false,
    avatar_url: null,
    request_access_enabled: true,
    full_name: groupNames(group).join(' / '),
    full_path: groupPath(group),
    created_at: group.createdAt,
    parent_id: group.parent?.id ?? null,
    archived: false,
  };
}

function namespaceEntity(call: Call, namespace: FakeGroup | FakeUser): Entity {
  const path = namespacePath(namespace);
  return {
    id: namespace.id,
    name: namespace.name,
    path: namespace.kind === 'group' ? namespace.path : namespace.username,
    kind: namespace.kind,
    full_path: path,
    parent_id: namespace.kind === 'group' ? (namespace.parent?.id ?? null) : null,
    avatar_url: null,
    web_url: `${call.instance.externalUrl()}/${namespace.kind === 'group' ? `groups/${path}` : path}`,
  };
}

function licenseEntity(url: string, project: FakeProject): Entity {
  const { license } = project;
  return {
    license_url: license && `${url}/-/blob/${project.defaultBranch}/LICENSE`,
    license: license && { key: license.key, name: license.name, nickname: license.nickname, html_url: license.htmlUrl, source_url: license.sourceUrl },
  };
}

function statisticsEntity(project: FakeProject): Entity {
  return {
    commit_count: project.statisticsCommitCount ?? project.commits.length,
    storage_size: project.repositorySize,
    repository_size: project.repositorySize,
    wiki_size: 0,
    lfs_objects_size: 0,
    job_artifacts_size: project.artifactsSize,
    pipeline_artifacts_size: 0,
    packages_size: 0,
    snippets_size: 0,
    uploads_size: 0,
    container_registry_size: 0,
  };
}

function namespaceNames(project: FakeProject): string[] {
  return project.namespace.kind === 'group' ? groupNames(project.namespace) : [project.namespace.name];
}

function groupNames(group: FakeGroup): string[] {
  return group.parent ? [...groupNames(group.parent), group.name] : [group.name];
}
