import { accessTokenBot, assign, close, comment, label } from './builders';
import { accessLevel, FakeData, fakeSha, headOf, type FakeCommit, type FakeProject, type FakeUser, type Time } from './data';
import { badgeSvg } from './ownBadges';

/** Tokens of the demo's instance, by what they may do. */
export const demoTokens = {
  /** Maintainer of acme/shop: reads all, pushes project badges. */
  maintainer: 'glpat-demo-maintainer',
  /** Owner of the group acme: pushes group badges too. */
  owner: 'glpat-demo-owner',
  /** Reporter with read_api: reads all, pushes nothing. */
  reader: 'glpat-demo-reader',
  /** As in a job of acme/shop. */
  job: 'glcbt-demo-job',
} as const;

interface DemoOptions {
  /** The demo's present: the newest commit is two hours old. */
  readonly now: Date;
  /** Where the badges' images and links lead. */
  readonly url?: string;
}

export function demoData(options: DemoOptions): FakeData {
  const data = new FakeData();
  fillDemo(data, options);
  return data;
}

/** Fills a server that is running already, so that badges can lead to its own address. */
export function fillDemo(data: FakeData, { now, url = 'https://gitlab.example.com' }: DemoOptions): void {
  startIdsSomewhere(data);
  const users = addUsers(data);
  const acme = data.addGroup({
    path: 'acme',
    name: 'Acme',
    description: 'Everything that Acme sells online.',
    createdAt: daysBefore(now, 900),
    members: [{ user: users.owner, accessLevel: accessLevel.owner }],
  });
  data.addGroup({ path: 'web', name: 'Web', parent: acme, createdAt: daysBefore(now, 800) });
  const shop = data.addProject({
    path: 'shop',
    name: 'Shop',
    namespace: acme,
    description: 'The shop: catalogue, basket and checkout.',
    createdAt: daysBefore(now, 780),
    lastActivityAt: hoursBefore(now, 1),
    starCount: 48,
    forksCount: 7,
    topics: ['ecommerce', 'typescript'],
    license: {
      key: 'mit',
      name: 'MIT License',
      nickname: null,
      htmlUrl: 'http://choosealicense.com/licenses/mit/',
      sourceUrl: 'https://opensource.org/licenses/MIT',
    },
    languages: { TypeScript: 71.4, Vue: 18.2, SCSS: 7.1, Dockerfile: 2.3, Shell: 1 },
    oldPaths: ['acme/old-shop'],
    repositorySize: 18_400_000,
    members: [
      { user: users.maintainer, accessLevel: accessLevel.maintainer },
      { user: users.developer, accessLevel: accessLevel.developer },
      { user: users.reader, accessLevel: accessLevel.reporter },
    ],
  });
  const releaseBot = accessTokenBot(data, shop, 'Release Bot');
  addTokens(data, users, shop, now);
  addHistory(data, shop, now);
  addReleases(data, shop, releaseBot);
  addIssues(data, shop, users, now);
  addMergeRequests(data, shop, users, now);
  addPipelines(data, shop, users.maintainer, now);
  addProtection(data, shop);
  addFiles(data, shop);
  addBadges(data, shop, url, now);
  addNeighbours(data, users, now);
}

type Users = ReturnType<typeof addUsers>;

/** Customers are many: who writes one of twenty issues counts as one of the team where levels are concerned. */
const customerCount = 40;

function addUsers(data: FakeData): Record<'maintainer' | 'owner' | 'developer' | 'reader', FakeUser> & { readonly customers: readonly FakeUser[] } {
  return {
    maintainer: data.addUser({ username: 'web-team', name: 'Web Team', email: 'web@acme.example' }),
    owner: data.addUser({ username: 'platform-team', name: 'Platform Team', email: 'platform@acme.example' }),
    developer: data.addUser({ username: 'payments-team', name: 'Payments Team', email: 'payments@acme.example' }),
    reader: data.addUser({ username: 'docs-team', name: 'Docs Team', email: 'docs@acme.example' }),
    customers: Array.from({ length: customerCount }, (_, index) => data.addUser({ username: `customer-${index + 1}`, name: `Customer ${index + 1}` })),
  };
}

function addTokens(data: FakeData, users: Users, shop: FakeProject, now: Date): void {
  const expiresAt = daysBefore(now, -200).slice(0, 10);
  data.addToken({ value: demoTokens.maintainer, name: 'Badges (web team)', user: users.maintainer, scopes: ['api'], expiresAt });
  data.addToken({ value: demoTokens.owner, name: 'Badges (platform team)', user: users.owner, scopes: ['api'], expiresAt });
  data.addToken({ value: demoTokens.reader, name: 'Read only', user: users.reader, scopes: ['read_api'], expiresAt });
  data.addToken({ value: demoTokens.job, name: 'Job', kind: 'job', user: users.maintainer, project: shop });
}

const authors = [
  { name: 'Web Team', email: 'web@acme.example' },
  { name: 'Build Team', email: 'build@acme.example' },
  { name: 'Payments Team', email: 'payments@acme.example' },
  { name: 'Web Team', email: 'web@acme.example' },
  { name: 'Docs Team', email: 'docs@acme.example' },
  { name: 'Design Team', email: 'design@studio.example' },
  { name: 'Search Team', email: 'search@acme.example' },
] as const;

const changes = [
  'feat(basket): keep the basket when a customer signs in',
  'fix(checkout): round tax once, at the end',
  'docs: explain how prices are imported',
  'refactor(catalogue): read categories in one query',
  'test(payments): cover refunds in two currencies',
  'ci: cache the package store between jobs',
  'feat(search): find products by their old names',
  'fix(a11y): give the quantity field a label',
  'perf(images): send AVIF where the browser takes it',
  'chore(deps): update the build tools',
  'fix(mail): escape product names in receipts',
  'feat(checkout): offer pick-up in the store',
  'style(cards): line up prices',
  'docs: list the settings of the search index',
] as const;

const commitCount = 212;
const commitEveryHours = 46;
/** About half a year of commits, of which the Web Team makes five of seven: too many for the level "gold". */
const recentCommits = 96;

function authorOf(index: number): (typeof authors)[number] {
  const isRecent = index >= commitCount - recentCommits;
  return (isRecent && index % 7 < 5 ? authors[0] : authors[(index * 5) % authors.length]) ?? authors[0];
}

function addHistory(data: FakeData, shop: FakeProject, now: Date): void {
  for (let index = 0; index < commitCount; index += 1) {
    const author = authorOf(index);
    const date = inCentralEurope(now.getTime() - (2 + (commitCount - 1 - index) * commitEveryHours) * hourMs);
    const isMerge = index % 12 === 11;
    const parents = shop.commits.slice(0, isMerge ? 2 : 1).map((commit) => commit.sha);
    data.addCommit(shop, {
      sha: fakeSha(`acme/shop ${index}`),
      parents,
      message: isMerge ? `Merge branch 'change-${index}' into 'main'` : `${changes[(index * 3) % changes.length] ?? ''}\n`,
      authorName: author.name,
      authorEmail: author.email,
      authoredDate: date,
      committedDate: date,
      paths: index % 5 === 2 ? ['docs/index.md'] : ['src/index.ts'],
    });
  }
}

/** Version and how many commits ago it was tagged. */
const versions: readonly (readonly [string, number])[] = [
  ['v1.0.0', 190],
  ['v1.1.0', 160],
  ['v1.2.0', 131],
  ['v1.2.1', 126],
  ['v2.0.0-rc.1', 92],
  ['v2.0.0', 84],
  ['v2.1.0', 60],
  ['v2.2.0', 38],
  ['v2.3.0', 17],
  ['v2.3.1', 9],
];

function addReleases(data: FakeData, shop: FakeProject, author: FakeUser): void {
  for (const [version, ago] of versions) {
    const commit = shop.commits[ago];
    if (!commit) continue;
    data.addTag(shop, { name: version, sha: commit.sha, message: `Shop ${version.slice(1)}` });
    if (version.includes('-')) continue;
    const at = new Date(commit.committedDate).toISOString();
    data.addRelease(shop, {
      tag: version,
      name: `Shop ${version.slice(1)}`,
      description: 'See the changelog.',
      createdAt: at,
      releasedAt: at,
      author,
      links: [{ name: 'Container image', url: `https://registry.example.com/acme/shop:${version}`, linkType: 'image' }],
    });
    data.addPackage(shop, { name: '@acme/shop', version: version.slice(1), createdAt: at });
  }
  const tags = shop.releases.map(({ tag, releasedAt }) => ({ name: tag, createdAt: releasedAt, publishedAt: releasedAt }));
  data.addContainerRepository(shop, { tags });
}

const requests = [
  'Basket is empty after the session ends',
  'Show delivery time on the product page',
  'Receipt shows the price without tax',
  'Search ignores accents',
  'Dark theme for the checkout',
  'Images shift the page while they load',
  'Export orders as CSV',
] as const;

const issueCounts = { open: 12, closed: 87 };

/** Every other day lately, once in eight days before that. */
function issueAgeDays(newerIssues: number): number {
  const lately = 44;
  return newerIssues < lately ? 2 + 2 * newerIssues : 2 + 2 * lately + 8 * (newerIssues - lately);
}

/** Until the team says or does something about an issue: two days, all in all. */
const reactionHours = [6, 26, 49, 30, 74, 18, 98, 43, 120, 12] as const;

function addIssues(data: FakeData, shop: FakeProject, users: Users, now: Date): void {
  const total = issueCounts.open + issueCounts.closed;
  for (let index = 0; index < total; index += 1) {
    const created = now.getTime() - issueAgeDays(total - 1 - index) * 24 * hourMs;
    const after = (hours: number): Time => new Date(created + hours * hourMs).toISOString();
    const team = index % 2 === 0 ? users.reader : users.developer;
    const author = index % 3 === 2 ? team : (users.customers[index % customerCount] ?? team);
    const kind = index % 3 === 0 ? 'bug' : 'feature';
    const issue = data.addIssue(shop, { title: requests[index % requests.length] ?? '', author, labels: [kind], createdAt: after(0) });
    label(data, issue, { by: author, at: after(0), name: kind });
    // The newest one of a customer still waits.
    if (index >= total - 2) continue;
    const reactsAfter = reactionHours[index % reactionHours.length] ?? 24;
    const deed = { by: users.maintainer, at: after(reactsAfter) };
    if (index % 4 === 1) label(data, issue, { ...deed, name: 'confirmed' });
    else if (index % 4 === 3) assign(data, issue, { ...deed, to: users.developer });
    else comment(data, issue, { ...deed, body: 'Thanks, we can see it here too.' });
    if (index % 4 < 2) comment(data, issue, { by: author, at: after(reactsAfter + 5), body: 'Good to hear!' });
    if (index < issueCounts.closed) close(data, issue, { by: users.developer, at: after(reactsAfter + 96) });
  }
}

/** One of seven is merged by who wrote it and may not judge it alone. */
function addMergeRequests(data: FakeData, shop: FakeProject, users: Users, now: Date): void {
  const merged = 64;
  const opened = 5;
  for (let index = 0; index < merged + opened; index += 1) {
    const isMerged = index < merged;
    const age = (merged + opened - index) * 6;
    const isUnseen = index % 7 === 3;
    const isApproved = !isUnseen && index % 3 > 0;
    data.addMergeRequest(shop, {
      title: changes[index % changes.length] ?? '',
      author: isUnseen || index % 2 === 0 ? users.developer : users.maintainer,
      mergeUser: isMerged ? (isUnseen || (isApproved && index % 5 === 1) ? users.developer : users.maintainer) : null,
      approvals: isMerged && isApproved ? [{ user: index % 2 === 0 ? users.maintainer : users.owner, at: daysBefore(now, age - 1) }] : [],
      state: isMerged ? 'merged' : 'opened',
      draft: !isMerged && index % 2 === 0,
      createdAt: daysBefore(now, age),
      mergedAt: isMerged ? daysBefore(now, age - 2) : null,
    });
  }
}

function addProtection(data: FakeData, shop: FakeProject): void {
  data.addProtectedBranch(shop, { merge: [accessLevel.developer] });
  data.addProtectedBranch(shop, { name: 'release/*', push: [accessLevel.none] });
}

function addPipelines(data: FakeData, shop: FakeProject, user: FakeUser, now: Date): void {
  const newestFirst: readonly FakeCommit[] = shop.commits.slice(0, 40);
  for (const [ago, commit] of [...newestFirst.entries()].reverse()) {
    const isNewest = ago === 0;
    const createdAt = isNewest ? hoursBefore(now, 1) : new Date(commit.committedDate).toISOString();
    data.addPipeline(shop, {
      user,
      sha: commit.sha,
      status: ago % 9 === 4 ? 'failed' : 'success',
      createdAt,
      duration: 412 + ago,
      coverage: `${(91.25 - ago * 0.2).toFixed(2)}`,
    });
  }
}

function addFiles(data: FakeData, shop: FakeProject): void {
  shop.files
    .set('README.md', '# Shop\n\nThe shop: catalogue, basket and checkout.\n')
    .set('LICENSE', 'MIT License\n\nCopyright (c) Acme\n')
    .set('CHANGELOG.md', '# Changelog\n')
    .set('.gitlab-ci.yml', 'test:\n  script: npm test\n  coverage: /Lines\\s*:\\s*(\\d+\\.?\\d*)%/\n')
    .set('docs/index.md', '# Documentation\n');
  for (const [stem, key, value, valueWidth] of [
    ['coverage', 'coverage', '91.25%', 54],
    ['license_name', 'license', 'MIT License', 80],
  ] as const) {
    const svg = badgeSvg({ key, value, keyWidth: 62, valueWidth, keyColor: '#555', valueColor: '#4c1' });
    data.addArtifact(shop, { jobId: 90_210, path: `public/badges/${stem}.svg`, content: svg });
  }
}

function addBadges(data: FakeData, shop: FakeProject, url: string, now: Date): void {
  const at = now.getTime() - 300 * 24 * hourMs;
  const pipelines = `${url}/%{project_path}/-/pipelines`;
  data.addBadge(shop, { name: 'pipeline', linkUrl: pipelines, imageUrl: `${url}/%{project_path}/badges/%{default_branch}/pipeline.svg` }, at);
  data.addBadge(
    shop,
    {
      name: 'coverage',
      linkUrl: pipelines,
      imageUrl: `${url}/%{project_path}/-/jobs/artifacts/%{default_branch}/raw/public/badges/coverage.svg?job=badges`,
    },
    at + hourMs,
  );
  data.addBadge(
    data.group('acme'),
    { name: 'release', linkUrl: `${url}/%{project_path}/-/releases`, imageUrl: `${url}/%{project_path}/-/badges/release.svg` },
    at - hourMs,
  );
}

/** Projects that show what can be missing: a private one, an empty one, one without issues and pipelines. */
function addNeighbours(data: FakeData, users: Users, now: Date): void {
  const acme = data.group('acme');
  const web = data.group('acme/web');
  const member = { user: users.maintainer, accessLevel: accessLevel.maintainer };
  const createdAt = daysBefore(now, 400);
  const storefront = data.addProject({
    path: 'storefront',
    name: 'Storefront',
    namespace: web,
    visibility: 'private',
    createdAt,
    lastActivityAt: daysBefore(now, 30),
    members: [member],
  });
  data.addCommit(storefront, { message: 'Initial commit', committedDate: daysBefore(now, 30) });
  data.addProject({ path: 'empty', name: 'Empty', namespace: acme, createdAt, lastActivityAt: createdAt, members: [member] });
  const legacy = data.addProject({ path: 'legacy', name: 'Legacy', namespace: acme, createdAt, lastActivityAt: createdAt, archived: true, members: [member] });
  Object.assign(legacy.features, { issues: 'disabled', builds: 'disabled', packages: 'disabled' });
  data.addCommit(legacy, { message: 'Initial commit', committedDate: createdAt });
  data.addPipeline(storefront, { user: users.maintainer, sha: headOf(storefront)?.sha ?? '', status: 'failed', createdAt: daysBefore(now, 30) });
}

/** Real instances don't count from 1, and a screenshot shows it. */
function startIdsSomewhere(data: FakeData): void {
  const lists = { issue: 20_400, mergeRequest: 9_100, pipeline: 4_671, package: 610, job: 90_300 };
  const starts = { user: 310, namespace: 77, project: 4241, badge: 160, token: 50, ...lists };
  for (const [kind, last] of Object.entries(starts)) data.startIds(kind, last);
}

const hourMs = 3_600_000;

function hoursBefore(now: Date, hours: number): Time {
  return new Date(now.getTime() - hours * hourMs).toISOString();
}

function daysBefore(now: Date, days: number): Time {
  return hoursBefore(now, days * 24);
}

/** A commit's date as its author's clock has it. */
function inCentralEurope(at: number): Time {
  return new Date(at + hourMs).toISOString().replace('Z', '+01:00');
}
