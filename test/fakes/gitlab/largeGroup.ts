import { manyAlike, manyCommits, manyImageTags, manyMergeRequests, manyPipelines, manyReactions } from './builders';
import { accessLevel, type FakeData, type FakeGroup } from './data';

interface LargeGroup {
  readonly group: FakeGroup;
  /** A Maintainer of all projects in it. */
  readonly token: string;
}

const hour = 3_600_000;
const halfYearHours = 180 * 24;

/**
 * A group of many projects in ten subgroups, by default 1,000: of every ten, seven are well kept, one is quiet, one has
 * its issues and pipelines off and is archived, and one is empty. They share what they hold, so that it costs little.
 */
export function largeGroup(data: FakeData, options: { readonly now: Date; readonly count?: number }): LargeGroup {
  const hoursAgo = (hours: number): string => new Date(options.now.getTime() - hours * hour).toISOString();
  const lead = data.addUser({ username: 'platform-team', name: 'Platform Team' });
  const token = 'glpat-large-group';
  data.addToken({ value: token, name: 'Levels', user: lead });
  const group = data.addGroup({ path: 'city', name: 'City', members: [{ user: lead, accessLevel: accessLevel.maintainer }] });
  const subgroups = Array.from({ length: 10 }, (_, index) => data.addGroup({ path: `office-${index}`, parent: group }));
  const askers = Array.from({ length: 40 }, (_, index) => data.addUser({ username: `office-user-${index}` }));
  const authorOf = (index: number) => askers[index % askers.length] ?? lead;

  const shelf = data.addGroup({ path: 'templates', visibility: 'private' });
  const kept = data.addProject({ path: 'service', namespace: shelf, createdAt: hoursAgo(2 * halfYearHours) });
  manyCommits(data, kept, 120, {
    from: hoursAgo(halfYearHours - 24),
    stepHours: 35,
    authors: [
      { name: 'Web Team', email: 'web@city.example' },
      { name: 'Data Team', email: 'data@city.example' },
      { name: 'Build Team', email: 'build@studio.example' },
    ],
  });
  manyReactions(data, kept, 40, { author: authorOf, member: lead, from: hoursAgo(88 * 24), stepHours: 50, talk: 1, hours: (index) => (index * 17) % 150 });
  manyMergeRequests(data, kept, 30, {
    author: lead,
    merged: 28,
    from: hoursAgo(halfYearHours - 48),
    stepHours: 140,
    each: (index) => ({ author: authorOf(index), mergeUser: lead, ...(index < 28 ? { mergedAt: hoursAgo(halfYearHours - 60 - index * 140) } : {}) }),
  });
  manyPipelines(data, kept, 60, { user: lead, from: hoursAgo(halfYearHours - 24), stepHours: 70, each: (index) => ({ status: index % 6 === 5 ? 'failed' : 'success' }) });
  manyImageTags(data, kept, 6, { from: hoursAgo(halfYearHours - 24), stepHours: 600 });
  for (const [index, commit] of kept.commits.filter((_, ago) => ago % 30 === 10).entries()) {
    const tag = data.addTag(kept, { name: `v1.${4 - index}.0`, sha: commit.sha });
    data.addRelease(kept, { tag: tag.name, author: lead, createdAt: commit.committedDate, releasedAt: commit.committedDate });
    data.addPackage(kept, { name: 'service', version: tag.name.slice(1), createdAt: commit.committedDate });
  }
  data.addProtectedBranch(kept);

  const quiet = data.addProject({ path: 'library', namespace: shelf, createdAt: hoursAgo(4 * halfYearHours) });
  manyCommits(data, quiet, 8, { from: hoursAgo(2 * halfYearHours), stepHours: 100 });
  const archived = data.addProject({ path: 'archive', namespace: shelf, archived: true, features: { ...quiet.features, issues: 'disabled', builds: 'disabled' } });
  manyCommits(data, archived, 3, { from: hoursAgo(6 * halfYearHours) });
  const empty = data.addProject({ path: 'plan', namespace: shelf });

  manyAlike(data, subgroups, options.count ?? 1000, [kept, kept, kept, kept, quiet, kept, kept, kept, archived, empty]);
  return { group, token };
}
