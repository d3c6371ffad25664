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
  type: UserType;
  /** Follows from the type, which follows from this where only this is given. */
  bot: boolean;
  admin: boolean;
}

/** GitLab's kinds of accounts, as GraphQL calls them. */
type UserType =
  | 'HUMAN'
  | 'GHOST'
  | 'PLACEHOLDER'
  | 'IMPORT_USER'
  | 'SERVICE_USER'
  | 'PROJECT_BOT'
  | 'SERVICE_ACCOUNT'
  | 'SUPPORT_BOT'
  | 'ALERT_BOT'
  | 'SECURITY_BOT'
  | 'SECURITY_POLICY_BOT'
  | 'AUTOMATION_BOT'
  | 'ADMIN_BOT'
  | 'VISUAL_REVIEW_BOT'
  | 'DUO_CODE_REVIEW_BOT';

/** The kinds whose `bot` is true. A deleted account's ghost is none, and neither is an imported one. */
const botTypes: ReadonlySet<UserType> = new Set<UserType>([
  'PROJECT_BOT',
  'SERVICE_ACCOUNT',
  'SUPPORT_BOT',
  'ALERT_BOT',
  'SECURITY_BOT',
  'SECURITY_POLICY_BOT',
  'AUTOMATION_BOT',
  'ADMIN_BOT',
  'VISUAL_REVIEW_BOT',
  'DUO_CODE_REVIEW_BOT',
]);

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

/** Somebody who was asked by e-mail and has not answered: a row of the member list without a user. */
interface FakeInvitation {
  readonly email: string;
  readonly accessLevel: number;
}

export interface FakeShare {
  readonly group: FakeGroup;
  /** The most that a member of the group gets. */
  readonly accessLevel: number;
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
  /** Groups that were invited to this one, and so to all projects in it. */
  sharedWith: FakeShare[];
  badges: FakeBadge[];
  milestones: FakeMilestone[];
}

interface FakeMilestone {
  readonly id: number;
  readonly iid: number;
  title: string;
  state: 'active' | 'closed';
  /** Days, `2026-01-31`. */
  dueDate: string | null;
  startDate: string | null;
}

type FeatureAccess = 'enabled' | 'private' | 'disabled';
export type Feature = 'issues' | 'merge_requests' | 'repository' | 'builds' | 'releases' | 'packages' | 'container_registry';

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
  invitations: FakeInvitation[];
  /** The policy of an instance that keeps the list of members from everybody who is none. */
  hidesMembers: boolean;
  sharedWith: FakeShare[];
  defaultBranch: string;
  /** The history of the default branch, newest first. None: an empty repository. */
  commits: FakeCommit[];
  /** Branches beside the default one. */
  branches: { readonly name: string; readonly sha: string }[];
  /** By exact name or wildcard; that a rule exists does not mean that the branch does. */
  protectedBranches: FakeProtectedBranch[];
  /** Whether the project has a rule for all branches, which protects none: GraphQL lists it first. */
  allBranchesRule: boolean;
  tags: FakeTag[];
  releases: FakeRelease[];
  /** Overrides the number of commits in `statistics`, which lags behind on a real server. */
  statisticsCommitCount: number | null;
  repositorySize: number;
  artifactsSize: number;
  issues: FakeIssue[];
  mergeRequests: FakeMergeRequest[];
  milestones: FakeMilestone[];
  pipelines: FakePipeline[];
  packages: FakePackage[];
  containerRepositories: FakeContainerRepository[];
  badges: FakeBadge[];
  /** Files by path, the same at every ref. */
  files: Map<string, string | Buffer>;
  artifacts: FakeArtifact[];
  /** Null where GitLab Pages are off. */
  pages: FakePages | null;
}

interface FakePages {
  readonly url: string;
  readonly hasUniqueDomain: boolean;
  /** What is published, the site itself with an empty prefix. A folder of null is `public`. */
  readonly deployments: readonly { readonly prefix: string; readonly folder: string | null }[];
}

interface FakeLicense {
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
  /** Its title. */
  milestone: string | null;
  author: FakeUser;
  confidential: boolean;
  createdAt: Time;
  updatedAt: Time;
  closedAt: Time | null;
  type: 'ISSUE' | 'INCIDENT' | 'TASK' | 'TEST_CASE';
  /** Overrides the number of comments, which an issue in a list is made of without its notes. */
  userNotesCount: number | null;
  notes: FakeNote[];
  events: FakeEvent[];
}

/** What people and GitLab write below an issue or a merge request, in the order of their ids. */
export interface FakeNote {
  readonly id: number;
  readonly author: FakeUser | null;
  readonly body: string;
  readonly createdAt: Time;
  /** Written by GitLab about what the author did: an assignment, a mention, a new title. */
  readonly system: boolean;
  /** Only for those from Planner up. */
  readonly internal: boolean;
  /** Forty hexadecimal digits; a reply has those of the note that it answers. */
  readonly discussion: string;
}

/** What GitLab keeps outside the notes: only the work item's discussions show it among them. */
export interface FakeEvent {
  readonly id: number;
  readonly kind: 'label' | 'milestone' | 'state';
  readonly user: FakeUser | null;
  readonly createdAt: Time;
  readonly action: 'add' | 'remove' | 'closed' | 'reopened' | 'merged';
  /** The label or milestone; null where it is gone, and of a change of state. */
  readonly subject: string | null;
}

/** What can be talked about. */
export type FakeNoteable = FakeIssue | FakeMergeRequest;

export interface FakeMergeRequest {
  readonly id: number;
  readonly iid: number;
  title: string;
  state: 'opened' | 'closed' | 'locked' | 'merged';
  draft: boolean;
  author: FakeUser;
  labels: string[];
  /** Its title. */
  milestone: string | null;
  mergeUser: FakeUser | null;
  approvals: FakeApproval[];
  targetBranch: string;
  createdAt: Time;
  updatedAt: Time;
  mergedAt: Time | null;
  closedAt: Time | null;
  notes: FakeNote[];
  events: FakeEvent[];
}

interface FakeApproval {
  readonly user: FakeUser;
  readonly at: Time;
}

export interface FakeProtectedBranch {
  readonly id: number;
  /** `main`, or a wildcard such as `release/*`. */
  readonly name: string;
  allowForcePush: boolean;
  /** Empty: nobody. */
  push: FakeBranchAccess[];
  merge: FakeBranchAccess[];
}

/** A role (0 no one, 30, 40, 60 administrators), or one deploy key, user or group. */
export type FakeBranchAccess =
  | number
  | { readonly deployKeyId: number }
  | { readonly user: FakeUser }
  | { readonly group: FakeGroup };

export interface FakeContainerRepository {
  readonly id: number;
  /** Empty for the image that has the project's own path. */
  readonly name: string;
  readonly createdAt: Time;
  tags: FakeImageTag[];
}

export interface FakeImageTag {
  readonly name: string;
  /** Null where the image does not say. */
  readonly createdAt: Time | null;
  /** Null where the registry does not keep it. */
  readonly publishedAt: Time | null;
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
  /** The newest run of each. */
  jobs: readonly { readonly name: string; readonly status?: string; readonly coverage?: number | null }[];
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

/** Of the project, then of the groups above it from the nearest up. */
export function milestonesOf(project: FakeProject, { ancestors }: { readonly ancestors: boolean }): FakeMilestone[] {
  return [...project.milestones, ...(ancestors ? groupsOf(project).flatMap((group) => group.milestones) : [])];
}

/** All that one fake GitLab holds. Plain objects: a test changes them as it likes, between requests too. */
export class FakeData {
  readonly users: FakeUser[] = [];
  readonly tokens: FakeToken[] = [];
  readonly groups: FakeGroup[] = [];
  readonly projects: FakeProject[] = [];
  /** Whether the container registry, which is another server, can be reached. */
  registryIsDown = false;
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
    const type = given.type ?? (given.bot === true ? 'PROJECT_BOT' : 'HUMAN');
    const user: FakeUser = {
      kind: 'user',
      id: given.id ?? this.nextId('user'),
      name: given.username,
      email: `${given.username}@example.com`,
      state: 'active',
      type,
      bot: botTypes.has(type),
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
      sharedWith: [],
      badges: [],
      milestones: [],
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
      invitations: [],
      hidesMembers: false,
      sharedWith: [],
      defaultBranch: 'main',
      commits: [],
      branches: [],
      protectedBranches: [],
      allBranchesRule: false,
      tags: [],
      releases: [],
      statisticsCommitCount: null,
      repositorySize: 0,
      artifactsSize: 0,
      issues: [],
      mergeRequests: [],
      milestones: [],
      pipelines: [],
      packages: [],
      containerRepositories: [],
      badges: [],
      files: new Map(),
      artifacts: [],
      pages: null,
      ...given,
      features: {
        issues: 'enabled',
        merge_requests: 'enabled',
        repository: 'enabled',
        builds: 'enabled',
        releases: 'enabled',
        packages: 'enabled',
        container_registry: 'enabled',
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
      milestone: null,
      confidential: false,
      createdAt,
      updatedAt: given.closedAt ?? createdAt,
      closedAt: given.state === 'closed' ? createdAt : null,
      type: 'ISSUE',
      userNotesCount: null,
      notes: [],
      events: [],
      ...given,
    };
    project.issues.push(issue);
    return issue;
  }

  /** A comment, unless the caller says otherwise. */
  addNote(noteable: FakeNoteable, given: Given<FakeNote, 'author' | 'createdAt'>): FakeNote {
    const id = given.id ?? this.nextId('note');
    const system = given.system ?? false;
    const note: FakeNote = { id, body: system ? 'changed the description' : 'Thanks!', system, internal: false, discussion: fakeSha(`note ${id}`), ...given };
    noteable.notes.push(note);
    return note;
  }

  addEvent(noteable: FakeNoteable, given: Given<FakeEvent, 'kind' | 'user' | 'createdAt'>): FakeEvent {
    const subject = given.kind === 'state' ? null : given.kind;
    const event: FakeEvent = { id: given.id ?? this.nextId(`${given.kind}Event`), action: given.kind === 'state' ? 'closed' : 'add', subject, ...given };
    noteable.events.push(event);
    return event;
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
      labels: [],
      milestone: null,
      mergeUser: given.state === 'merged' ? given.author : null,
      approvals: [],
      targetBranch: project.defaultBranch,
      createdAt,
      updatedAt: given.mergedAt ?? given.closedAt ?? createdAt,
      mergedAt: given.state === 'merged' ? createdAt : null,
      closedAt: given.state === 'closed' ? createdAt : null,
      notes: [],
      events: [],
      ...given,
    };
    project.mergeRequests.push(mergeRequest);
    return mergeRequest;
  }

  addMilestone(owner: FakeProject | FakeGroup, given: Given<FakeMilestone, 'title'>): FakeMilestone {
    const milestone: FakeMilestone = { id: given.id ?? this.nextId('milestone'), iid: owner.milestones.length + 1, state: 'active', dueDate: null, startDate: null, ...given };
    owner.milestones.push(milestone);
    return milestone;
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
      jobs: [],
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

  /** Protects the default branch as GitLab does by itself, for Maintainers, unless the caller says otherwise. */
  addProtectedBranch(project: FakeProject, given: Partial<FakeProtectedBranch> = {}): FakeProtectedBranch {
    const rule: FakeProtectedBranch = {
      id: given.id ?? this.nextId('protectedBranch'),
      name: project.defaultBranch,
      allowForcePush: false,
      push: [accessLevel.maintainer],
      merge: [accessLevel.maintainer],
      ...given,
    };
    project.protectedBranches.push(rule);
    return rule;
  }

  addContainerRepository(project: FakeProject, given: Partial<FakeContainerRepository> = {}): FakeContainerRepository {
    const repository: FakeContainerRepository = { id: given.id ?? this.nextId('containerRepository'), name: '', createdAt: start, tags: [], ...given };
    project.containerRepositories.push(repository);
    return repository;
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

/** The rules that a branch falls under, by name or wildcard. `*` stands for any text, slashes too. */
export function rulesFor(project: FakeProject, branch: string): FakeProtectedBranch[] {
  return project.protectedBranches.filter(({ name }) => matchesWildcard(name, branch));
}

function matchesWildcard(pattern: string, branch: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 's').test(branch);
}

/** Comments of people, as `user_notes_count` has them: what GitLab writes is not among them. */
export function commentCount(issue: FakeIssue): number {
  return issue.userNotesCount ?? issue.notes.filter((note) => !note.system).length;
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
