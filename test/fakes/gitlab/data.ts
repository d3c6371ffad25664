import { createHash } from 'node:crypto';

/** GitLab's access levels. */
export const accessLevel = { none: 0, minimal: 5, guest: 10, planner: 15, reporter: 20, developer: 30, maintainer: 40, owner: 50 } as const;

export type Visibility = 'public' | 'internal' | 'private';

/** Times are ISO 8601 texts, as GitLab prints them; those of commits keep their author's offset. */
export type Time = string;

export interface FakeUser {
  readonly kind: 'user';
  readonly id: number;
  username: string;
  name: string;
  email: string;
  state: 'active' | 'blocked';
  bot: boolean;
  admin: boolean;
}

export interface FakeToken {
  readonly id: number;
  /** The secret itself. */
  readonly value: string;
  readonly kind: 'personal' | 'job' | 'oauth';
  readonly user: FakeUser;
  name: string;
  scopes: string[];
  createdAt: Time;
  /** A day, `2026-01-31`: the token is of no use from that day on. */
  expiresAt: string | null;
  revoked: boolean;
  /** The only project that a job token may use beyond what everybody may. */
  readonly project: FakeProject | null;
}

export interface FakeMember {
  readonly user: FakeUser;
  accessLevel: number;
}

export interface FakeBadge {
  readonly id: number;
  name: string | null;
  linkUrl: string;
  imageUrl: string;
  readonly createdAt: number;
  updatedAt: number;
}

export interface FakeGroup {
  readonly kind: 'group';
  readonly id: number;
  path: string;
  name: string;
  description: string;
  parent: FakeGroup | null;
  visibility: Visibility;
  createdAt: Time;
  members: FakeMember[];
  badges: FakeBadge[];
}

export type FeatureAccess = 'enabled' | 'private' | 'disabled';
export type Feature = 'issues' | 'merge_requests' | 'repository' | 'builds' | 'releases' | 'packages';

export interface FakeProject {
  readonly id: number;
  path: string;
  name: string;
  description: string;
  namespace: FakeGroup | FakeUser;
  visibility: Visibility;
  archived: boolean;
  createdAt: Time;
  lastActivityAt: Time;
  starCount: number;
  forksCount: number;
  topics: string[];
  license: FakeLicense | null;
  /** Percent by language; empty while GitLab has not looked yet. */
  languages: Record<string, number>;
  features: Record<Feature, FeatureAccess>;
  /** "Project-based pipeline visibility": whether guests and the public see jobs. */
  publicJobs: boolean;
  /** Full paths the project had before it was moved. */
  oldPaths: string[];
  members: FakeMember[];
  sharedWith: { readonly group: FakeGroup; readonly accessLevel: number }[];
  defaultBranch: string;
  /** The history of the default branch, newest first. None: an empty repository. */
  commits: FakeCommit[];
  /** Branches beside the default one. */
  branches: { readonly name: string; readonly sha: string }[];
  tags: FakeTag[];
  releases: FakeRelease[];
  /** Overrides the number of commits in `statistics`, which lags behind on a real server. */
  statisticsCommitCount: number | null;
  repositorySize: number;
  issues: FakeIssue[];
  mergeRequests: FakeMergeRequest[];
  pipelines: FakePipeline[];
  packages: FakePackage[];
  badges: FakeBadge[];
  /** Files by path, the same at every ref. */
  files: Map<string, string | Buffer>;
  artifacts: FakeArtifact[];
}

export interface FakeLicense {
  readonly key: string;
  readonly name: string;
  readonly nickname: string | null;
  readonly htmlUrl: string | null;
  readonly sourceUrl: string | null;
}

export interface FakeCommit {
  readonly sha: string;
  /** Two or more: a merge. */
  readonly parents: readonly string[];
  readonly message: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly authoredDate: Time;
  readonly committedDate: Time;
  readonly paths: readonly string[];
}

export interface FakeTag {
  readonly name: string;
  readonly sha: string;
  /** Of an annotated tag; null for a lightweight one. */
  readonly message: string | null;
}

export interface FakeRelease {
  readonly tag: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: Time;
  readonly releasedAt: Time;
  readonly author: FakeUser;
  readonly links: readonly { readonly name: string; readonly url: string; readonly linkType: string }[];
}

export interface FakeIssue {
  readonly id: number;
  readonly iid: number;
  title: string;
  state: 'opened' | 'closed';
  labels: string[];
  author: FakeUser;
  confidential: boolean;
  createdAt: Time;
  updatedAt: Time;
  closedAt: Time | null;
  userNotesCount: number;
}

export interface FakeMergeRequest {
  readonly id: number;
  readonly iid: number;
  title: string;
  state: 'opened' | 'closed' | 'locked' | 'merged';
  draft: boolean;
  author: FakeUser;
  mergeUser: FakeUser | null;
  createdAt: Time;
  updatedAt: Time;
  mergedAt: Time | null;
  closedAt: Time | null;
}

export interface FakePipeline {
  readonly id: number;
  readonly iid: number;
  readonly ref: string;
  readonly sha: string;
  status: string;
  source: string;
  user: FakeUser;
  createdAt: Time;
  updatedAt: Time;
  /** Seconds. */
  duration: number | null;
  /** Text such as `91.25`, as GitLab sends it. */
  coverage: string | null;
}

export interface FakePackage {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  readonly packageType: string;
  readonly status: string;
  readonly createdAt: Time;
}

export interface FakeArtifact {
  readonly jobId: number;
  readonly ref: string;
  readonly job: string;
  readonly path: string;
  readonly content: string | Buffer;
}

/** What a new thing needs; the rest has a default. */
type Given<T, Needed extends keyof T> = Pick<T, Needed> & Partial<T>;

const start = '2024-01-01T00:00:00.000Z';

/** All that one fake GitLab holds. Plain objects: a test changes them as it likes, between requests too. */
export class FakeData {
  readonly users: FakeUser[] = [];
  readonly tokens: FakeToken[] = [];
  readonly groups: FakeGroup[] = [];
  readonly projects: FakeProject[] = [];
  readonly #ids = new Map<string, number>();

  /** Ids count up by kind of thing, as the tables of a real server do. */
  nextId(kind: string): number {
    const id = (this.#ids.get(kind) ?? 0) + 1;
    this.#ids.set(kind, id);
    return id;
  }

  /** The next ids of this kind count from `last`; real ids are rarely 1. */
  startIds(kind: string, last: number): void {
    this.#ids.set(kind, last);
  }

  addUser(given: Given<FakeUser, 'username'>): FakeUser {
    const user: FakeUser = {
      kind: 'user',
      id: given.id ?? this.nextId('user'),
      name: given.username,
      email: `${given.username}@example.com`,
      state: 'active',
      bot: false,
      admin: false,
      ...given,
    };
    this.users.push(user);
    return user;
  }

  addToken(given: Given<FakeToken, 'value' | 'user'>): FakeToken {
    const token: FakeToken = {
      id: given.id ?? this.nextId('token'),
      kind: 'personal',
      name: given.value,
      scopes: ['api'],
      createdAt: start,
      expiresAt: null,
      revoked: false,
      project: null,
      ...given,
    };
    this.tokens.push(token);
    return token;
  }

  addGroup(given: Given<FakeGroup, 'path'>): FakeGroup {
    const group: FakeGroup = {
      kind: 'group',
      id: given.id ?? this.nextId('namespace'),
      name: given.path,
      description: '',
      parent: null,
      visibility: 'public',
      createdAt: start,
      members: [],
      badges: [],
      ...given,
    };
    this.groups.push(group);
    return group;
  }

  addProject(given: Given<FakeProject, 'path' | 'namespace'>): FakeProject {
    const project: FakeProject = {
      id: given.id ?? this.nextId('project'),
      name: given.path,
      description: '',
      visibility: 'public',
      archived: false,
      createdAt: start,
      lastActivityAt: start,
      starCount: 0,
      forksCount: 0,
      topics: [],
      license: null,
      languages: {},
      publicJobs: true,
      oldPaths: [],
      members: [],
      sharedWith: [],
      defaultBranch: 'main',
      commits: [],
      branches: [],
      tags: [],
      releases: [],
      statisticsCommitCount: null,
      repositorySize: 0,
      issues: [],
      mergeRequests: [],
      pipelines: [],
      packages: [],
      badges: [],
      files: new Map(),
      artifacts: [],
      ...given,
      features: {
        issues: 'enabled',
        merge_requests: 'enabled',
        repository: 'enabled',
        builds: 'enabled',
        releases: 'enabled',
        packages: 'enabled',
        ...given.features,
      },
    };
    this.projects.push(project);
    return project;
  }

  /** `at` is milliseconds since the epoch; project and group badges share their ids. */
  addBadge(source: FakeProject | FakeGroup, given: Given<FakeBadge, 'linkUrl' | 'imageUrl'>, at = Date.parse(start)): FakeBadge {
    const badge: FakeBadge = { id: given.id ?? this.nextId('badge'), name: null, createdAt: at, updatedAt: at, ...given };
    source.badges.push(badge);
    return badge;
  }

  /** Adds a commit on top of the default branch. */
  addCommit(project: FakeProject, given: Given<FakeCommit, 'message'>): FakeCommit {
    const commit = this.makeCommit(project, given, headOf(project));
    project.commits.unshift(commit);
    return commit;
  }

  /** A commit that is in no history yet. */
  makeCommit(project: FakeProject, given: Given<FakeCommit, 'message'>, parent: FakeCommit | null): FakeCommit {
    return {
      sha: given.sha ?? fakeSha(`${project.id}/${this.nextId('commit')}`),
      parents: parent ? [parent.sha] : [],
      authorName: 'Build Team',
      authorEmail: 'build@example.com',
      authoredDate: given.committedDate ?? start,
      committedDate: given.authoredDate ?? start,
      paths: [],
      ...given,
    };
  }

  addIssue(project: FakeProject, given: Given<FakeIssue, 'author'>): FakeIssue {
    const iid = given.iid ?? project.issues.length + 1;
    const createdAt = given.createdAt ?? start;
    const issue: FakeIssue = {
      id: given.id ?? this.nextId('issue'),
      iid,
      title: `Issue ${iid}`,
      state: 'opened',
      labels: [],
      confidential: false,
      createdAt,
      updatedAt: given.closedAt ?? createdAt,
      closedAt: given.state === 'closed' ? createdAt : null,
      userNotesCount: 0,
      ...given,
    };
    project.issues.push(issue);
    return issue;
  }

  addMergeRequest(project: FakeProject, given: Given<FakeMergeRequest, 'author'>): FakeMergeRequest {
    const iid = given.iid ?? project.mergeRequests.length + 1;
    const createdAt = given.createdAt ?? start;
    const mergeRequest: FakeMergeRequest = {
      id: given.id ?? this.nextId('mergeRequest'),
      iid,
      title: `Merge request ${iid}`,
      state: 'opened',
      draft: false,
      mergeUser: given.state === 'merged' ? given.author : null,
      createdAt,
      updatedAt: createdAt,
      mergedAt: given.state === 'merged' ? createdAt : null,
      closedAt: given.state === 'closed' ? createdAt : null,
      ...given,
    };
    project.mergeRequests.push(mergeRequest);
    return mergeRequest;
  }

  /** A lightweight tag on the newest commit, unless the caller says otherwise. */
  addTag(project: FakeProject, given: Given<FakeTag, 'name'>): FakeTag {
    const tag: FakeTag = { sha: headOf(project)?.sha ?? '', message: null, ...given };
    project.tags.push(tag);
    return tag;
  }

  addRelease(project: FakeProject, given: Given<FakeRelease, 'tag' | 'author'>): FakeRelease {
    const release: FakeRelease = {
      name: given.tag,
      description: '',
      createdAt: given.releasedAt ?? start,
      releasedAt: given.createdAt ?? start,
      links: [],
      ...given,
    };
    project.releases.push(release);
    return release;
  }

  /** A successful push pipeline of the newest commit, unless the caller says otherwise. */
  addPipeline(project: FakeProject, given: Given<FakePipeline, 'user'>): FakePipeline {
    const createdAt = given.createdAt ?? start;
    const pipeline: FakePipeline = {
      id: given.id ?? this.nextId('pipeline'),
      iid: project.pipelines.length + 1,
      ref: project.defaultBranch,
      sha: headOf(project)?.sha ?? '',
      status: 'success',
      source: 'push',
      createdAt,
      updatedAt: createdAt,
      duration: 60,
      coverage: null,
      ...given,
    };
    project.pipelines.push(pipeline);
    return pipeline;
  }

  addPackage(project: FakeProject, given: Given<FakePackage, 'name'>): FakePackage {
    const made: FakePackage = {
      id: given.id ?? this.nextId('package'),
      version: '1.0.0',
      packageType: 'npm',
      status: 'default',
      createdAt: start,
      ...given,
    };
    project.packages.push(made);
    return made;
  }

  /** A file that a job left behind; `main` and the job `badges`, unless the caller says otherwise. */
  addArtifact(project: FakeProject, given: Given<FakeArtifact, 'path' | 'content'>): FakeArtifact {
    const artifact: FakeArtifact = { jobId: given.jobId ?? this.nextId('job'), ref: project.defaultBranch, job: 'badges', ...given };
    project.artifacts.push(artifact);
    return artifact;
  }

  /** A project by its full path; throws where there is none, so that a test says what it missed. */
  project(path: string): FakeProject {
    const project = this.projects.find((candidate) => projectPath(candidate) === path);
    if (!project) throw new Error(`The fake GitLab has no project ${path}.`);
    return project;
  }

  /** A group by its full path; throws where there is none. */
  group(path: string): FakeGroup {
    const group = this.groups.find((candidate) => groupPath(candidate) === path);
    if (!group) throw new Error(`The fake GitLab has no group ${path}.`);
    return group;
  }
}

/** Forty hexadecimal digits that are always the same for the same text. */
export function fakeSha(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

export function groupPath(group: FakeGroup): string {
  return group.parent ? `${groupPath(group.parent)}/${group.path}` : group.path;
}

export function namespacePath(namespace: FakeGroup | FakeUser): string {
  return namespace.kind === 'group' ? groupPath(namespace) : namespace.username;
}

export function projectPath(project: FakeProject): string {
  return `${namespacePath(project.namespace)}/${project.path}`;
}

/** The group and those above it, nearest first. */
export function groupAndAncestors(group: FakeGroup): FakeGroup[] {
  return group.parent ? [group, ...groupAndAncestors(group.parent)] : [group];
}

/** Groups above a project, nearest first; none in a user's namespace. */
export function groupsOf(project: FakeProject): FakeGroup[] {
  return project.namespace.kind === 'group' ? groupAndAncestors(project.namespace) : [];
}

export function headOf(project: FakeProject): FakeCommit | null {
  return project.commits[0] ?? null;
}

/** The commits a branch, a tag or a sha (or the start of one) reaches, newest first; null where the ref is unknown. */
export function commitsAt(project: FakeProject, ref: string): readonly FakeCommit[] | null {
  if (project.commits.length === 0) return null;
  if (ref === project.defaultBranch || ref === 'HEAD') return project.commits;
  const named = project.branches.find((branch) => branch.name === ref) ?? project.tags.find((tag) => tag.name === ref);
  const sha = named?.sha ?? (/^[0-9a-f]{7,40}$/.test(ref) ? ref : null);
  if (sha === null) return null;
  const index = project.commits.findIndex((commit) => commit.sha.startsWith(sha));
  return index < 0 ? null : project.commits.slice(index);
}

/** GitLab's `updated_desc`: tags by the date of their commit, newest first. */
export function tagsByDate(project: FakeProject): FakeTag[] {
  const dates = new Map(project.commits.map((commit) => [commit.sha, Date.parse(commit.committedDate)]));
  return [...project.tags].sort((a, b) => (dates.get(b.sha) ?? 0) - (dates.get(a.sha) ?? 0));
}
