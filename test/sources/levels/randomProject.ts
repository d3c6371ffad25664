import type { FakeData} from '../../fakes/gitlab/data';
import { type FakeBranchAccess, type FakeProject, type FakeUser } from '../../fakes/gitlab/data';

const second = 1000;
const day = 86_400 * second;

/** The same numbers for the same seed, from 0 to below 1: mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Choices by such numbers. */
export function chooser(random: () => number) {
  const below = (count: number) => Math.floor(random() * count);
  return {
    below,
    chance: (share: number) => random() < share,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    some: <T>(items: readonly T[], share: number): T[] => items.filter(() => random() < share),
    times: <T>(counts: readonly number[], make: (index: number) => T): T[] => Array.from({ length: counts[below(counts.length)] as number }, (_, index) => make(index)),
  };
}
export type Choose = ReturnType<typeof chooser>;

/** Domains of addresses, with the organisation that each stands for. */
export const organisations: Readonly<Record<string, string>> = {
  'acme.example': 'acme.example',
  'mail.acme.example': 'acme.example',
  'a.corp.example.co.uk': 'example.co.uk',
  'corp.example.co.uk': 'example.co.uk',
  'gmail.com': 'gmail.com',
  'x.gmx.de': 'gmx.de',
  'firm.de': 'firm.de',
  'users.noreply.gitlab.example.com': 'example.com',
};

/** acme/shop with a random past, whose interesting moments are `edges`, in milliseconds; the token `secret` is an owner's. */
export function addRandomProject(data: FakeData, choose: Choose, now: string, edges: readonly number[]): FakeProject {
  const { below, chance, pick, some, times } = choose;
  const end = Date.parse(now);
  const near = [0, 1, -1, 300, 999, second, -500, -second, 1500];
  const moment = (): number => (chance(0.3) ? pick([...edges, end]) + pick(near) : end - below(pick([20, 90, 400]) * day) + (chance(0.05) ? 400 * day : 0));
  const iso = (time: number) => new Date(time).toISOString();
  const wholeSecond = (time: number) => Math.floor(time / second) * second;

  const owner = data.addUser({ username: 'owner' });
  data.addToken({ value: 'secret', user: owner, scopes: ['read_api'] });
  const users = times([4, 12, 30], (index): FakeUser => {
    const type = chance(0.15) ? pick(['PROJECT_BOT', 'SERVICE_ACCOUNT', 'SUPPORT_BOT'] as const) : 'HUMAN';
    const username = type === 'PROJECT_BOT' ? `project_${index}_bot_${index}` : pick([`User${index}`, `user.${index}`, `robot-${index}`]);
    return data.addUser({ username, type, bot: type !== 'HUMAN', email: `${username}@${pick(Object.keys(organisations))}` });
  });
  const members = (share: number) => some(users, share).map((user) => ({ user, accessLevel: pick([10, 20, 30, 40, 50]) }));
  const share = (path: string) => (chance(0.5) ? [{ group: data.addGroup({ path, members: members(0.1) }), accessLevel: pick([20, 30, 40]) }] : []);
  const top = data.addGroup({ path: 'acme', members: members(0.15), sharedWith: share('partners') });
  const project = data.addProject({
    path: 'shop',
    namespace: top,
    defaultBranch: pick(['main', 'release/v1']),
    members: [{ user: owner, accessLevel: 50 }, ...members(0.1)],
    sharedWith: share('helpers'),
  });

  const authors = [
    ...users.map(({ name, email }) => ({ name, email })),
    { name: 'Updates[bot]', email: 'updates@firm.de' },
    { name: 'Token', email: 'group_12_bot@noreply.firm.de' },
    { name: 'nobody', email: '' },
  ];
  const busy = some(authors, 0.3);
  let parent: FakeProject['commits'][number] | null = null;
  const dates = times([0, 1, 30, 130, 230], () => wholeSecond(moment())).sort((a, b) => a - b);
  project.commits = dates.map((date) => {
    const { name, email } = pick(chance(0.7) && busy.length > 0 ? busy : authors);
    const zone = pick(['Z', '+00:00']);
    const committedDate = iso(date).replace('Z', zone);
    parent = data.makeCommit(project, { message: 'x', authorName: name, authorEmail: chance(0.2) ? email.toUpperCase() : email, authoredDate: committedDate, committedDate }, parent);
    return parent;
  }).reverse();
  if (chance(0.5)) project.files.set('.mailmap', `One Person <one@acme.example> <${pick(users).email.toUpperCase()}>\nOne Person <one@acme.example> <${pick(users).email}>\n`);

  const openers = some(users, 0.3);
  for (const created of times([0, 3, 25, 110], moment).sort((a, b) => a - b)) {
    const issue = data.addIssue(project, { author: pick(chance(0.3) && openers.length > 0 ? openers : users), createdAt: iso(created), type: chance(0.05) ? 'INCIDENT' : 'ISSUE', confidential: chance(0.1) });
    times([0, 1, 3, project.issues.length % 20 === 0 ? 40 : 5], () => {
      const at = iso(created + (chance(0.3) ? pick([0, 400, 999, second, 1001, 1999, 2 * second, 2500]) : below(pick([1, 5, 100]) * day)));
      const by = chance(0.05) ? null : chance(0.3) ? issue.author : pick(users);
      if (chance(0.5)) data.addNote(issue, { author: by, createdAt: at, system: chance(0.3), ...(chance(0.2) && issue.notes[0] && { discussion: issue.notes[0].discussion }) });
      else data.addEvent(issue, { kind: pick(['label', 'state', 'milestone']), user: by, createdAt: at });
    });
  }

  if (project.commits.length > 0) times([0, 1, 30], (index) => data.addTag(project, { name: `v${index}`, sha: pick(project.commits).sha }));
  times([0, 1, 25], (index) => {
    const tag = chance(0.6) && project.tags.length > 0 ? pick(project.tags).name : `release-${index}`;
    if (project.releases.every((release) => release.tag !== tag)) data.addRelease(project, { tag, author: owner, createdAt: iso(moment()), releasedAt: iso(moment()), links: times([0, 0, 2], (link) => ({ name: `${link}`, url: 'https://example.com/x', linkType: 'other' })) });
  });
  times([0, 3, 30], (index) => data.addPackage(project, { name: `package-${index}`, createdAt: iso(moment()) }));
  times([0, 1, 2], (index) => {
    const tags = times([0, 2, 12], (tag) => ({ name: `${tag}`, createdAt: chance(0.1) ? null : iso(moment()), publishedAt: null }));
    data.addContainerRepository(project, { name: index === 0 ? '' : `image-${index}`, tags });
  });
  times([0, 10, 110], () => data.addPipeline(project, { user: owner, status: pick(['success', 'failed', 'running']), createdAt: iso(moment()), updatedAt: iso(moment()) }));
  times([0, 8, 110], () => {
    const merged = moment();
    const approvals = times([0, 0, 1, 2], () => ({ user: pick(users), at: iso(merged) }));
    data.addMergeRequest(project, { author: pick(users), state: 'merged', createdAt: iso(merged - day), mergedAt: iso(merged), updatedAt: iso(merged + below(5) * day), mergeUser: chance(0.05) ? null : pick(users), approvals });
  });
  const push: readonly (readonly FakeBranchAccess[])[] = [[], [0], [30], [40], [60], [30, 40], [0, 40], [{ deployKeyId: 3 }], [{ user: owner }]];
  times([0, 1, 1, 3], () => data.addProtectedBranch(project, { name: pick(['main', 'release/*', '*', 'dev', 'm*n', '*v1', 'ma']), allowForcePush: chance(0.2), push: [...pick(push)] }));
  return project;
}
