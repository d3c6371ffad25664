import type { CheckDefinition } from '../../../src/core/levels/definition';
import { membershipsOf } from '../../fakes/gitlab/access';
import type { FakeData, FakeProject, FakeUser } from '../../fakes/gitlab/data';
import { organisations } from './randomProject';

/*
 * What the checks come to, reckoned once more from what lies on the fake server: by the definitions of the documentation, as plainly
 * as they can be written, with nothing of the code under test.
 */

interface Reckoned {
  readonly outcome: 'pass' | 'fail' | 'unknown';
  readonly value: number | null;
}

interface Knowing {
  readonly data: FakeData;
  readonly now: string;
  readonly personalEmailDomains: readonly string[];
  /** Whether the server tells which accounts made the commits. */
  readonly committers: boolean;
}

const second = 1000;
const day = 86_400 * second;
const toSecond = (at: string) => Math.floor(Date.parse(at) / second) * second;

/** So many calendar months before, on the last day of a month that is too short; 30 days for null. Milliseconds. */
export function monthsBefore(now: string, months: number | null): number {
  const end = new Date(toSecond(now));
  if (months === null) return end.getTime() - 30 * day;
  const month = end.getUTCFullYear() * 12 + end.getUTCMonth() - months;
  const [year, index] = [Math.floor(month / 12), month % 12];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][index] ?? 0;
  return Date.UTC(year, index, Math.min(length, end.getUTCDate()), end.getUTCHours(), end.getUTCMinutes(), end.getUTCSeconds());
}

export function reckon({ type, threshold }: CheckDefinition, project: FakeProject, { data, now, personalEmailDomains, committers }: Knowing): Reckoned {
  const end = toSecond(now);
  const start = monthsBefore(now, threshold.timeRangeInMonths);
  const inRange = (at: string | null) => at !== null && toSecond(at) >= start && toSecond(at) <= end;
  const judged = (value: number): Reckoned => ({ outcome: value >= (threshold.min ?? -Infinity) && value <= (threshold.max ?? Infinity) ? 'pass' : 'fail', value });
  const commits = project.commits.filter(({ committedDate }) => inRange(committedDate));
  const people = commits.map(({ authorName, authorEmail }) => personOf(project, authorName, authorEmail)).filter(({ bot }) => !bot);
  const levels = new Map<string, number>();
  for (const { member } of membershipsOf(project)) levels.set(member.user.username, Math.max(member.accessLevel, levels.get(member.user.username) ?? 0));

  switch (type) {
    case 'COMMITS':
      return judged(commits.length);
    case 'BUS_FACTOR':
      return judged(factor(people.map(({ email }) => email)));
    case 'ELEPHANT_FACTOR':
      return judged(factor(people.flatMap(({ email }) => organisationOf(email, personalEmailDomains))));
    case 'RELEASES': {
      const bare = project.tags.filter(({ name, sha }) => project.releases.every(({ tag }) => tag !== name) && inRange(project.commits.find((commit) => commit.sha === sha)?.committedDate ?? null));
      return judged(project.releases.filter(({ releasedAt }) => inRange(releasedAt)).length + bare.length);
    }
    case 'PACKAGES': {
      const images = project.containerRepositories.flatMap(({ tags }) => tags).filter(({ createdAt }) => inRange(createdAt));
      const withLinks = project.releases.filter(({ links, releasedAt }) => links.length > 0 && inRange(releasedAt));
      return judged(project.packages.filter(({ createdAt }) => inRange(createdAt)).length + images.length + withLinks.length);
    }
    case 'CI_PIPELINES':
      return judged(project.pipelines.filter(({ status, updatedAt }) => status === 'success' && inRange(updatedAt)).length);
    case 'CODE_REVIEW': {
      const isMaintainer = (user: FakeUser | null) => user !== null && (levels.get(user.username) ?? 0) >= 40;
      const merged = project.mergeRequests.filter(({ state, mergedAt }) => state === 'merged' && inRange(mergedAt));
      const reviewed = merged.filter(({ mergeUser, approvals }) => isMaintainer(mergeUser) || approvals.some(({ user }) => isMaintainer(user)));
      return merged.length === 0 ? { outcome: 'unknown', value: null } : judged((100 * reviewed.length) / merged.length);
    }
    case 'PROTECTED_BRANCHES': {
      const rules = project.protectedBranches.filter(({ name }) => new RegExp(`^${name.replaceAll('/', '\\/').replaceAll('*', '.*')}$`).test(project.defaultBranch));
      if (project.commits.length === 0 || rules.length === 0 || rules.some(({ allowForcePush }) => allowForcePush)) return judged(0);
      const pushers = rules.flatMap(({ push }) => push.flatMap((access) => (typeof access === 'number' ? (access === 0 ? [] : [access]) : 'user' in access ? [30] : [])));
      return judged(Math.min(100, ...pushers));
    }
    case 'ISSUE_REACTION_TIME': {
      const issues = project.issues.filter((issue) => issue.type === 'ISSUE' && inRange(issue.createdAt));
      const accountOf = (email: string) => data.users.find((user) => user.email.toLowerCase() === email.toLowerCase())?.username ?? null;
      const members = new Set([
        ...levels.keys(),
        ...frequent(issues.map(({ author }) => author.username)),
        ...(committers ? frequent(commits.map(({ authorEmail }) => accountOf(authorEmail))) : []),
      ]);
      const waits = issues.flatMap(({ author, createdAt, notes, events }) => {
        if (members.has(author.username)) return [];
        const created = toSecond(createdAt);
        const comments = notes.filter((note) => note.author?.bot !== true && (note.system || (note.author !== null && members.has(note.author.username))));
        const actions = events.filter(({ user }) => user?.bot !== true);
        const reactions = [...comments, ...actions].map((each) => toSecond(each.createdAt)).filter((at) => at > created + second && at <= end);
        return [(Math.min(end, ...reactions) - created) / day];
      });
      return waits.length === 0 ? { outcome: 'pass', value: null } : judged(waits.reduce((sum, wait) => sum + wait, 0) / waits.length);
    }
    case 'MANUAL':
    case 'SUBSEQUENT_USE':
      throw new Error(`${type} is nothing of GitLab's.`);
  }
}

/** Addresses that the mailmap of a random project maps are one person's. */
function personOf(project: FakeProject, name: string, address: string): { readonly email: string; readonly bot: boolean } {
  const mailmap = String(project.files.get('.mailmap') ?? '').toLowerCase();
  const isMapped = address !== '' && mailmap.includes(`> <${address.toLowerCase()}>`);
  const email = isMapped ? 'one@acme.example' : address.toLowerCase();
  return { email, bot: (isMapped ? '' : name).includes('[bot]') || /^(project|group)_\d+_bot/.test(email) };
}

function organisationOf(email: string, personal: readonly string[]): readonly string[] {
  const [, host = ''] = email.split('@');
  const isPersonal = host.startsWith('users.noreply.') || personal.some((domain) => `.${host}`.endsWith(`.${domain}`));
  const organisation = organisations[host];
  return organisation === undefined || isPersonal ? [] : [organisation];
}

/** How many of those who did most did half of it. */
function factor(doers: readonly string[]): number {
  const shares = [...new Set(doers)].map((doer) => doers.filter((each) => each === doer).length).sort((a, b) => b - a);
  return doers.length === 0 ? 0 : 1 + shares.findIndex((_, index) => shares.slice(0, index + 1).reduce((sum, share) => sum + share, 0) * 2 >= doers.length);
}

/** Who did at least a twentieth. */
function frequent(doers: readonly (string | null)[]): readonly string[] {
  return [...new Set(doers)].flatMap((doer) => (doer !== null && doers.filter((each) => each === doer).length * 20 >= doers.length ? [doer] : []));
}
