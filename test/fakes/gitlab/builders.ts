import type { FakeCommit, FakeData, FakeGroup, FakeIssue, FakeProject, FakeUser } from './data';

/** Builders of large data sets. Everything is evenly spaced in time and the same in every run. */

const hour = 3_600_000;

/** `count` texts of moments, oldest first, from `from` in steps of `stepHours`. */
export function moments(count: number, from = '2024-01-01T00:00:00.000Z', stepHours = 1): string[] {
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
  options: { readonly author: FakeUser; readonly merged?: number; readonly from?: string; readonly stepHours?: number },
): void {
  moments(count, options.from, options.stepHours).forEach((createdAt, index) => {
    data.addMergeRequest(project, { author: options.author, createdAt, state: index < (options.merged ?? 0) ? 'merged' : 'opened' });
  });
}

export function manyPipelines(
  data: FakeData,
  project: FakeProject,
  count: number,
  options: { readonly user: FakeUser; readonly from?: string; readonly stepHours?: number },
): void {
  for (const createdAt of moments(count, options.from, options.stepHours)) data.addPipeline(project, { user: options.user, createdAt });
}

export function manyPackages(data: FakeData, project: FakeProject, count: number): void {
  moments(count).forEach((createdAt, index) => data.addPackage(project, { name: `package-${index + 1}`, createdAt }));
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
