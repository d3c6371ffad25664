import {
  accessLevel,
  fakeSha,
  type FakeCommit,
  type FakeContainerRepository,
  type FakeData,
  type FakeGroup,
  type FakeImageTag,
  type FakeIssue,
  type FakeMergeRequest,
  type FakeNoteable,
  type FakePackage,
  type FakePipeline,
  type FakeProject,
  type FakeUser,
  type Time,
} from './data';

/** Somebody who does something at a moment. */
interface Deed {
  readonly by: FakeUser | null;
  readonly at: Time;
}

/** `internal`: for those from Planner up alone. */
export function comment(data: FakeData, noteable: FakeNoteable, { by, at, ...given }: Deed & { readonly body?: string; readonly internal?: boolean }): void {
  data.addNote(noteable, { author: by, createdAt: at, ...given });
}

export function assign(data: FakeData, noteable: FakeNoteable, { by, at, to }: Deed & { readonly to: FakeUser }): void {
  data.addNote(noteable, { author: by, createdAt: at, system: true, body: `assigned to @${to.username}` });
}

export function label(data: FakeData, noteable: FakeNoteable, { by, at, name }: Deed & { readonly name: string }): void {
  data.addEvent(noteable, { kind: 'label', user: by, createdAt: at, subject: name });
}

export function close(data: FakeData, issue: FakeIssue, { by, at }: Deed): void {
  data.addEvent(issue, { kind: 'state', user: by, createdAt: at, action: 'closed' });
  Object.assign(issue, { state: 'closed', closedAt: at, updatedAt: at });
}

/** GitLab forgets when it was closed. */
export function reopen(data: FakeData, issue: FakeIssue, { by, at }: Deed): void {
  data.addEvent(issue, { kind: 'state', user: by, createdAt: at, action: 'reopened' });
  Object.assign(issue, { state: 'opened', closedAt: null, updatedAt: at });
}

/** The bot behind an access token of a project or a group, a member of it with a name of GitLab's. */
export function accessTokenBot(data: FakeData, owner: FakeProject | FakeGroup, name: string, level: number = accessLevel.developer): FakeUser {
  const kind = 'kind' in owner ? 'group' : 'project';
  const username = `${kind}_${owner.id}_bot_${fakeSha(`${kind} ${owner.id} ${name}`).slice(0, 32)}`;
  const bot = data.addUser({ username, name, email: `${username}@noreply.gitlab.example.com`, type: 'PROJECT_BOT' });
  owner.members.push({ user: bot, accessLevel: level });
  return bot;
}

/*
 * Builders of large data sets. Everything is evenly spaced in time and the same in every run.
 */

const hour = 3_600_000;

/** `count` texts of moments, oldest first, from `from` in steps of `stepHours`. */
function moments(count: number, from = '2024-01-01T00:00:00.000Z', stepHours = 1): string[] {
  const first = Date.parse(from);
  return Array.from({ length: count }, (_, index) => new Date(first + index * stepHours * hour).toISOString());
}

export function manyIssues(
  data: FakeData,
  project: FakeProject,
  count: number,
  options: {
    readonly author: FakeUser;
    /** How many of them, the oldest, are closed. */
    readonly closed?: number;
    readonly from?: string;
    readonly stepHours?: number;
    readonly each?: (index: number) => Partial<FakeIssue>;
  },
): void {
  moments(count, options.from, options.stepHours).forEach((createdAt, index) => {
    const closed = index < (options.closed ?? 0);
    data.addIssue(project, { author: options.author, createdAt, state: closed ? 'closed' : 'opened', ...options.each?.(index) });
  });
}

const reactionKinds = ['comment', 'label', 'assignment', 'close'] as const;
export type ReactionKind = (typeof reactionKinds)[number];

/**
 * Issues whose first reactions are known: each comes `hours` after its issue, as a comment of a member, a label, an
 * assignment or a closing, in turn. Around it is what is no reaction: a label of the moment of creation, and comments of
 * the author, `talk` of them before and `talk` after. Gives the hours back, by issue, with null for none.
 */
export function manyReactions(
  data: FakeData,
  project: FakeProject,
  count: number,
  options: {
    /** Nobody that counts as a member. */
    readonly author: FakeUser | ((index: number) => FakeUser);
    readonly member: FakeUser;
    readonly hours: (index: number) => number | null;
    readonly kind?: (index: number) => ReactionKind;
    readonly talk?: number;
    readonly from?: string;
    readonly stepHours?: number;
  },
): { readonly issue: FakeIssue; readonly hours: number | null }[] {
  const { author: authors, member, talk = 0 } = options;
  return moments(count, options.from, options.stepHours).map((createdAt, index) => {
    const author = typeof authors === 'function' ? authors(index) : authors;
    const issue = data.addIssue(project, { author, createdAt, labels: ['new'] });
    const after = (hours: number): Time => new Date(Date.parse(createdAt) + hours * hour).toISOString();
    const hours = options.hours(index);
    const reactsAfter = hours ?? talk + 1;
    label(data, issue, { by: author, at: createdAt, name: 'new' });
    for (let each = 1; each <= talk; each += 1) comment(data, issue, { by: author, at: after((reactsAfter * each) / (talk + 1)) });
    if (hours !== null) react(data, issue, options.kind?.(index) ?? reactionKinds[index % reactionKinds.length] ?? 'comment', { by: member, at: after(hours) });
    for (let each = 1; each <= talk; each += 1) comment(data, issue, { by: author, at: after(reactsAfter + each) });
    return { issue, hours };
  });
}

function react(data: FakeData, issue: FakeIssue, kind: ReactionKind, deed: Deed & { readonly by: FakeUser }): void {
  switch (kind) {
    case 'comment':
      return comment(data, issue, deed);
    case 'label':
      return label(data, issue, { ...deed, name: 'confirmed' });
    case 'assignment':
      return assign(data, issue, { ...deed, to: deed.by });
    case 'close':
      return close(data, issue, deed);
  }
}

/** Ordinary commits, in turn by the given authors. */
export function manyCommits(
  data: FakeData,
  project: FakeProject,
  count: number,
  options: {
    readonly authors?: readonly { readonly name: string; readonly email: string }[];
    readonly from?: string;
    readonly stepHours?: number;
    readonly each?: (index: number) => Partial<FakeCommit>;
  } = {},
): void {
  const authors = options.authors ?? [{ name: 'Build Team', email: 'build@example.com' }];
  const made: FakeCommit[] = [];
  moments(count, options.from, options.stepHours).forEach((date, index) => {
    const author = authors[index % authors.length];
    const given = { message: `Commit ${index + 1}`, authoredDate: date, committedDate: date, ...options.each?.(index) };
    const signed = author ? { authorName: author.name, authorEmail: author.email, ...given } : given;
    made.push(data.makeCommit(project, signed, made.at(-1) ?? project.commits[0] ?? null));
  });
  project.commits = [...made.reverse(), ...project.commits];
}

/** Tags `v0.0.1`, `v0.0.2` … one a commit, from the oldest commit on; with `author` each has a release too. */
export function manyTags(data: FakeData, project: FakeProject, count: number, options: { readonly author?: FakeUser } = {}): void {
  for (let index = 0; index < count; index += 1) {
    const commit = project.commits.at(-1 - index) ?? project.commits[0];
    if (!commit) throw new Error('Tags need commits.');
    const tag = data.addTag(project, { name: `v0.0.${index + 1}`, sha: commit.sha });
    if (options.author) data.addRelease(project, { tag: tag.name, author: options.author, releasedAt: commit.committedDate });
  }
}

export function manyMergeRequests(
  data: FakeData,
  project: FakeProject,
  count: number,
  options: {
    readonly author: FakeUser;
    readonly merged?: number;
    readonly from?: string;
    readonly stepHours?: number;
    readonly each?: (index: number) => Partial<FakeMergeRequest>;
  },
): void {
  moments(count, options.from, options.stepHours).forEach((createdAt, index) => {
    data.addMergeRequest(project, { author: options.author, createdAt, state: index < (options.merged ?? 0) ? 'merged' : 'opened', ...options.each?.(index) });
  });
}

export function manyPipelines(
  data: FakeData,
  project: FakeProject,
  count: number,
  options: { readonly user: FakeUser; readonly from?: string; readonly stepHours?: number; readonly each?: (index: number) => Partial<FakePipeline> },
): void {
  moments(count, options.from, options.stepHours).forEach((createdAt, index) => {
    data.addPipeline(project, { user: options.user, createdAt, ...options.each?.(index) });
  });
}

export function manyPackages(
  data: FakeData,
  project: FakeProject,
  count: number,
  options: { readonly from?: string; readonly stepHours?: number; readonly each?: (index: number) => Partial<FakePackage> } = {},
): void {
  moments(count, options.from, options.stepHours).forEach((createdAt, index) => {
    data.addPackage(project, { name: `package-${index + 1}`, createdAt, ...options.each?.(index) });
  });
}

/** An image with tags `1`, `2` …, published when they were made. */
export function manyImageTags(
  data: FakeData,
  project: FakeProject,
  count: number,
  options: { readonly name?: string; readonly from?: string; readonly stepHours?: number } = {},
): FakeContainerRepository {
  const tags = moments(count, options.from, options.stepHours).map((at, index): FakeImageTag => ({ name: String(index + 1), createdAt: at, publishedAt: at }));
  return data.addContainerRepository(project, { name: options.name ?? '', tags });
}

export function manyBadges(data: FakeData, source: FakeProject | FakeGroup, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const name = `badge-${index + 1}`;
    data.addBadge(
      source,
      { name, linkUrl: `https://example.com/${name}`, imageUrl: `https://example.com/%{project_path}/${name}.svg` },
      Date.parse('2024-01-01T00:00:00.000Z') + index * 1000,
    );
  }
}

/** Projects `project-1` … of a group, each made ready by `each`. */
export function manyProjects(data: FakeData, group: FakeGroup, count: number, each: (project: FakeProject) => void = () => {}): FakeProject[] {
  return moments(count).map((createdAt, index) => {
    const project = data.addProject({ path: `project-${index + 1}`, namespace: group, createdAt, lastActivityAt: createdAt });
    each(project);
    return project;
  });
}

/**
 * Projects that hold the very things of a template, in turn of several, and have but their names, ids and places for
 * themselves: large groups in little memory. What is changed in one of the things is changed in all that share it, and
 * ids of issues and the like come again in each project.
 */
export function manyAlike(data: FakeData, groups: readonly FakeGroup[], count: number, templates: readonly FakeProject[]): FakeProject[] {
  return Array.from({ length: count }, (_, index) => {
    const template = templates[index % templates.length];
    const namespace = groups[Math.floor(index / templates.length) % groups.length];
    if (!template || !namespace) throw new Error('Alike to what, and where?');
    const path = `${template.path}-${index + 1}`;
    return data.addProject({ ...template, id: data.nextId('project'), path, name: path, namespace, oldPaths: [] });
  });
}
