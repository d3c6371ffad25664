import { manyCommits } from '../../fakes/gitlab/builders';
import { accessLevel, type FakeData, type FakeIssue, type FakeProject, type FakeUser } from '../../fakes/gitlab/data';

/** A project on which much happens, of every kind: made anew it is the same again. */
export interface BusyProject {
  readonly project: FakeProject;
  /** Those whose comments count. */
  readonly maintainer: FakeUser;
  readonly developer: FakeUser;
}

const hour = 3_600_000;

/** Issues of so many days, commits and tags of the half year before `now`; the token `secret` is the maintainer's. */
export function addBusyProject(data: FakeData, now: string, { issues = 300, commits = 212, days = 88 } = {}): BusyProject {
  const maintainer = data.addUser({ username: 'Web-Team' });
  const developer = data.addUser({ username: 'build-team' });
  const robot = data.addUser({ username: 'triage-robot', bot: true });
  const group = data.addGroup({ path: 'acme', members: [{ user: developer, accessLevel: accessLevel.developer }, { user: robot, accessLevel: accessLevel.reporter }] });
  const project = data.addProject({ path: 'shop', namespace: group, members: [{ user: maintainer, accessLevel: accessLevel.maintainer }] });
  data.addToken({ value: 'secret', user: maintainer, scopes: ['read_api'] });
  const users = Array.from({ length: 40 }, (_, index) => data.addUser({ username: `user-${index}` }));
  // Opens more than 5 % of the issues, and so counts as a member.
  const regular = data.addUser({ username: 'regular' });
  // Makes more than 5 % of the commits.
  const committer = data.addUser({ username: 'committer' });
  // A token's account, which its name gives away.
  const token = data.addUser({ username: `project_${project.id}_bot_4f2a`, bot: true });
  const people = { maintainer, developer, robot, regular, committer, token };

  const first = Date.parse(now) - 88 * 24 * hour;
  const span = days * 24 * hour;
  for (let index = 0; index < issues; index++) {
    // Not evenly: nights and bursts.
    const created = first + Math.floor((index * span) / issues) + (index % 7) * 1_000;
    const author = index % 10 === 3 ? regular : (users[(index * 7) % users.length] as FakeUser);
    const issue = data.addIssue(project, { author, createdAt: iso(created), confidential: index % 50 === 7 });
    const happening = happenings[index % happenings.length];
    happening?.(data, issue, created, people, users);
  }
  // A member's own, which nobody has to react to, one of before the range, and one that is no issue.
  for (let index = 0; index < 30; index++) data.addIssue(project, { author: index % 2 ? maintainer : developer, createdAt: iso(first + index * hour) });
  data.addIssue(project, { author: users[0] as FakeUser, createdAt: iso(Date.parse(now) - 200 * 24 * hour) });
  data.addIssue(project, { author: users[0] as FakeUser, createdAt: iso(first), type: 'INCIDENT' });

  const authors = [maintainer, maintainer, maintainer, developer, committer].map(({ name, email }) => ({ name, email }));
  manyCommits(data, project, commits, { authors, from: iso(Date.parse(now) - 170 * 24 * hour), stepHours: (165 * 24) / commits });
  data.addTag(project, { name: 'v1.0.0' });
  return { project, maintainer, developer };
}

type People = Readonly<Record<'maintainer' | 'developer' | 'robot' | 'regular' | 'committer' | 'token', FakeUser>>;
type Happening = (data: FakeData, issue: FakeIssue, created: number, people: People, users: readonly FakeUser[]) => void;

const happenings: readonly Happening[] = [
  // Nothing at all.
  () => {},
  // Labels that were given with the creation, then a comment of a member.
  (data, issue, created, { developer }) => {
    data.addEvent(issue, { kind: 'label', user: issue.author, createdAt: iso(created + 400) });
    data.addNote(issue, { author: developer, createdAt: iso(created + 50 * hour) });
  },
  // Only people who are no members talk.
  (data, issue, created, _people, users) => {
    for (let index = 0; index < 3; index++) data.addNote(issue, { author: users[index] as FakeUser, createdAt: iso(created + (index + 1) * hour) });
  },
  // A label before the first comment.
  (data, issue, created, { maintainer }, users) => {
    data.addNote(issue, { author: users[1] as FakeUser, createdAt: iso(created + hour) });
    data.addEvent(issue, { kind: 'label', user: users[2] as FakeUser, createdAt: iso(created + 5 * hour) });
    data.addNote(issue, { author: maintainer, createdAt: iso(created + 9 * hour) });
  },
  // Bots first: one that its name gives away, and one that only its account does.
  (data, issue, created, { robot, token, maintainer }) => {
    data.addEvent(issue, { kind: 'label', user: robot, createdAt: iso(created + hour) });
    data.addNote(issue, { author: token, createdAt: iso(created + 2 * hour) });
    data.addNote(issue, { author: robot, createdAt: iso(created + 3 * hour) });
    data.addNote(issue, { author: maintainer, createdAt: iso(created + 30 * hour) });
  },
  // Closed by its author, and opened again.
  (data, issue, created) => {
    data.addEvent(issue, { kind: 'state', user: issue.author, createdAt: iso(created + 20 * hour) });
    data.addEvent(issue, { kind: 'state', action: 'reopened', user: issue.author, createdAt: iso(created + 22 * hour) });
  },
  // An assignment, which is a note that GitLab writes; a label follows.
  (data, issue, created, { developer }) => {
    data.addNote(issue, { author: developer, system: true, createdAt: iso(created + 12 * hour) });
    data.addEvent(issue, { kind: 'label', user: developer, createdAt: iso(created + 13 * hour) });
  },
  // A milestone.
  (data, issue, created, { maintainer }) => void data.addEvent(issue, { kind: 'milestone', user: maintainer, createdAt: iso(created + 70 * hour) }),
  // A reply in the first thread that is later than the next thread's answer.
  (data, issue, created, { developer, maintainer }, users) => {
    const { discussion } = data.addNote(issue, { author: users[3] as FakeUser, createdAt: iso(created + hour) });
    data.addNote(issue, { author: developer, createdAt: iso(created + 40 * hour), discussion });
    data.addNote(issue, { author: maintainer, createdAt: iso(created + 30 * hour) });
  },
  // Somebody who opens, or commits, a lot answers.
  (data, issue, created, { regular, committer }) => {
    data.addNote(issue, { author: regular, createdAt: iso(created + 10 * hour) });
    data.addNote(issue, { author: committer, createdAt: iso(created + 6 * hour) });
  },
  // Somebody whose account is gone.
  (data, issue, created) => void data.addNote(issue, { author: null, system: true, createdAt: iso(created + 15 * hour) }),
  // A reaction within the second of the creation is none; one after it is.
  (data, issue, created, { developer }) => {
    data.addNote(issue, { author: developer, createdAt: iso(created + 1000) });
    if (issue.iid % 2 === 0) data.addNote(issue, { author: developer, createdAt: iso(created + 2000) });
  },
];

/** An issue that is discussed at length before a member says something: `threads` of strangers come first. */
export function addLongIssue(data: FakeData, { project, maintainer }: BusyProject, threads: number, created: string, answerHours = 1000): FakeIssue {
  const stranger = data.addUser({ username: `stranger-${data.users.length}` });
  const issue = data.addIssue(project, { author: stranger, createdAt: created });
  for (let index = 0; index < threads; index++) data.addNote(issue, { author: stranger, createdAt: iso(Date.parse(created) + (index + 1) * 60_000) });
  data.addNote(issue, { author: maintainer, createdAt: iso(Date.parse(created) + answerHours * hour) });
  return issue;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
