import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readGeneratorConfig } from '../../../src/config/generatorFile';
import type { Badge } from '../../../src/core/badge';
import { defaultFactStems, factDetails, type FactOptions, type FactStem, factStems } from '../../../src/core/facts';
import { type WantedFact, wantedFacts } from '../../../src/core/wantedFacts';
import { createConnection } from '../../../src/gitlab/connection';
import { createRateLimiter, type RateLimiter } from '../../../src/gitlab/rateLimiter';
import type { Token } from '../../../src/gitlab/token';
import { detailTable } from '../../../src/sources/gitlab/detailTable';
import { collectFactBadges } from '../../../src/sources/gitlab/factBadges';
import { factTable } from '../../../src/sources/gitlab/factTable';
import { manyCommits, manyIssues, manyTags } from '../../fakes/gitlab/builders';
import { accessLevel, type FakeProject, type FakeUser } from '../../fakes/gitlab/data';
import { graphqlFailures } from '../../fakes/gitlab/faults';
import { type FakeGitLab, startFakeGitLab } from '../../fakes/gitlab/server';
import { fetchInWaves } from '../levels/waves';

describe('fact badges', () => {
  const { signal } = new AbortController();
  let gitlab: FakeGitLab;
  let user: FakeUser;
  let shop: FakeProject;

  beforeEach(async () => {
    gitlab = await startFakeGitLab();
    const { data } = gitlab;
    user = data.addUser({ username: 'web-team' });
    const acme = data.addGroup({ path: 'acme', name: 'Acme' });
    shop = data.addProject({
      path: 'shop',
      name: 'Shop',
      namespace: acme,
      visibility: 'private',
      createdAt: '2021-03-05T23:30:00.000-05:00',
      lastActivityAt: '2021-03-05T23:30:00.000-05:00',
      starCount: 7,
      forksCount: 3,
      license: { key: 'mit', name: 'MIT License', nickname: null, htmlUrl: null, sourceUrl: null },
      members: [{ user, accessLevel: accessLevel.reporter }],
    });
    const authors = Array.from({ length: 25 }, (_, index) => ({ name: `Author ${index}`, email: `a${index}@example.com` }));
    manyCommits(data, shop, 120, { authors, from: '2021-01-01T00:00:00.000Z', stepHours: 24 });
    manyIssues(data, shop, 30, { author: user, closed: 12 });
    manyTags(data, shop, 23, { author: user });
    data.addToken({ value: 'secret', user, scopes: ['read_api'] });
    data.addToken({ value: 'job-secret', user, kind: 'job', project: shop });
  });
  afterEach(() => gitlab.close());

  const connect = (token?: Token, limiter?: RateLimiter) => createConnection({ instance: gitlab.url, token, fetch: (url, init) => fetch(url, init), retry: { attempts: 1 }, ...(limiter && { limiter }) });
  const wanted = (stems: readonly FactStem[], options: FactOptions = {}): readonly WantedFact[] => stems.map((stem) => ({ stem, options }));
  const collect = async (stems: readonly FactStem[] = defaultFactStems, token: Token | undefined = { kind: 'private', value: 'secret' }, project = 'acme/shop', limiter?: RateLimiter) =>
    collectFactBadges({ connection: connect(token, limiter), ref: { instance: gitlab.url, project }, isJobToken: token?.kind === 'job' }, wanted(stems), '2026-01-01T00:00:00.000Z', signal);
  const shown = (badge: Badge | undefined) => (badge?.status === 'known' ? badge.face.message : `${badge?.status}: ${badge?.reason}`);
  const byStem = (badges: readonly Badge[]) => new Map(badges.map((badge) => [badge.stem, shown(badge)]));
  const asked = () => gitlab.requests.map(({ path }) => path.replace(/^.*\/projects\/[^/]+\/?/, '')).sort();

  it('have a source for every stem, and no other', () => assert.deepEqual([...factTable.keys()], [...factStems]));
  it('have a source for every detail, and no other', () => assert.deepEqual([...detailTable.keys()], [...factDetails]));

  it('are asked for by what templates name, and nothing else', async () => {
    const { definition } = readGeneratorConfig('facts: []\nbadges: { tag_version: { prerelease: true } }\ntemplate_badges: [{ label: a, message: "{release.tag} {tag.version} {own}", value: commit.date|age, values: { own: { file: name } } }]', 'yaml');
    assert.ok(definition);
    const facts = wantedFacts(definition);
    assert.deepEqual(facts, [{ stem: 'release.tag', options: {} }, { stem: 'tag.version', options: { prerelease: true } }, { stem: 'commit.date', options: {} }]);
    const { badges } = await collectFactBadges({ connection: connect({ kind: 'private', value: 'secret' }), ref: { instance: gitlab.url, project: 'acme/shop' }, isJobToken: false }, facts, '2026-01-01T00:00:00.000Z', signal);
    assert.deepEqual(badges.map(shown), ['v0.0.23', '0.0.23', '2021-04-30T00:00:00.000Z']);
    assert.deepEqual(asked(), ['releases', 'repository/commits', 'repository/tags']);
  });

  it('say what templates want to know', async () => {
    const details = new Map((await collectFactBadges({ connection: connect({ kind: 'private', value: 'secret' }), ref: { instance: gitlab.url, project: 'acme/shop' }, isJobToken: false }, factDetails.map((stem) => ({ stem, options: {} })), '2026-01-01T00:00:00.000Z', signal)).badges.map((badge) => [badge.stem, shown(badge)]));
    assert.equal(details.get('project.path'), 'acme/shop');
    assert.equal(details.get('project.url'), `${gitlab.url}/acme/shop`);
    assert.equal(details.get('project.created'), '2021-03-05T23:30:00.000-05:00');
    assert.match(details.get('repository.bytes') ?? '', /^\d+$/);
    assert.match(details.get('commit.sha') ?? '', /^[\da-f]{40}$/);
    assert.equal(details.get('package.version'), 'unknown: There is no package in the registry yet.');
    assert.equal(asked().length, 6);
  });

  it('are the 21 of the reference', async () => {
    const { badges, unusable } = await collect();
    assert.equal(unusable, null);
    assert.deepEqual(badges.map((badge) => (badge.status === 'known' ? [badge.stem, badge.face.label, badge.face.message, badge.face.color] : [badge.stem, badge.reason])), [
      ['issues', 'issues', '30', 'blue'],
      ['open_issues', 'open issues', '18', 'red'],
      ['closed_issues', 'closed issues', '12', 'green'],
      ['license_key', 'license', 'mit', 'yellow'],
      ['license_name', 'license', 'MIT License', 'yellow'],
      ['project_id', 'ID', String(shop.id), 'purple'],
      ['owner', 'owner', 'Acme', 'yellow'],
      ['name', 'Name', 'Shop', 'yellowgreen'],
      ['default_branch', 'default branch', 'main', 'green'],
      ['created_at', 'created at', 'March 2021', 'lightgrey'],
      ['last_activity_at', 'last activity', '5 March 2021', 'lightgrey'],
      ['contributors', 'contributors', '25', 'blue'],
      ['forks_count', 'forks', '3', 'orange'],
      ['star_count', 'stars', '7', 'yellowgreen'],
      ['commits', 'commits', '120', 'red'],
      ['last_commit', 'last Commit', 'April 2021', 'lightgrey'],
      ['release', 'release', 'v0.0.23', 'green'],
      ['last_release', 'last Release', 'January 2021', 'lightgrey'],
      ['releases', 'releases', '23', 'red'],
      ['tag', 'tag', 'v0.0.23', 'green'],
      ['last_tag', 'last Tag', 'January 2021', 'lightgrey'],
    ]);
  });

  it('take six requests, all under way at once', async () => {
    gitlab.faults.latencyMs = 400;
    const all = collect();
    const paths = ['shop\\?', 'issues_statistics', 'contributors', 'commits', 'releases', 'tags'];
    await Promise.all(paths.map((path) => gitlab.arrival({ path: new RegExp(path) })));
    assert.ok(gitlab.requests.every(({ outcome }) => outcome === 'pending'));
    await all;
    assert.equal(gitlab.requests.length, 6);
  });

  describe('beyond those of the reference', () => {
    beforeEach(() => {
      const { data } = gitlab;
      shop.languages = { 'C++': 16.9, TypeScript: 83.1 };
      shop.artifactsSize = 3 * 1024 ** 2;
      data.addPipeline(shop, { user, status: 'failed', coverage: '87.65' });
      for (const state of ['opened', 'opened', 'merged', 'closed', 'merged', 'merged'] as const) data.addMergeRequest(shop, { author: user, state });
      data.addPackage(shop, { name: 'shop', version: '1.9.0' });
      data.addPackage(shop, { name: 'shop', version: '1.10.0', createdAt: '2025-01-01T00:00:00.000Z' });
      data.addPackage(shop, { name: 'shop-extra', version: '7.0.0', createdAt: '2025-02-01T00:00:00.000Z' });
      data.addTag(shop, { name: 'v1.2.0', sha: shop.commits[50]!.sha });
    });

    it('show what GitLab knows', async () => {
      const { badges } = await collect(factStems);
      assert.deepEqual(badges.slice(defaultFactStems.length).map((badge) => (badge.status === 'known' ? [badge.stem, badge.face.label, badge.face.message, badge.face.color] : [badge.stem, badge.status])), [
        ['pipeline', 'pipeline', 'failed', 'red'],
        ['coverage', 'coverage', '87%', 'yellowgreen'],
        ['open_merge_requests', 'merge requests', '2 open', 'blue'],
        ['merged_merge_requests', 'merge requests', '3 merged', 'blue'],
        ['closed_merge_requests', 'merge requests', '1 closed', 'blue'],
        ['milestone', 'unknown'],
        ['release_version', 'release', 'v0.0.23', 'orange'],
        ['tag_version', 'tag', 'v1.2.0', 'blue'],
        ['commit_age', 'last commit', '30 April 2021', 'red'],
        ['package', 'package', 'shop-extra 7.0.0', 'blue'],
        ['top_language', 'language', 'typescript 83.1%', 'blue'],
        ['languages', 'languages', '2', 'blue'],
        ['repository_size', 'repository size', '0 B', 'blue'],
        ['artifacts_size', 'artifacts size', '3 MiB', 'blue'],
        ['visibility', 'visibility', 'private', 'lightgrey'],
        ['archived', 'archived', 'no', 'brightgreen'],
      ]);
    });

    it('take four requests more than those, none of which waits for the answer of another', async () => {
      gitlab.faults.latencyMs = 400;
      const all = collect(factStems);
      await Promise.all(['pipelines/latest', 'graphql', 'packages', 'languages', 'tags'].map((path) => gitlab.arrival({ path: new RegExp(path) })));
      assert.ok(gitlab.requests.every(({ outcome }) => outcome === 'pending'));
      await all;
      assert.equal(gitlab.requests.length, 10);
    });

    it('take options, each set with a request of its own', async () => {
      shop.branches.push({ name: 'old', sha: shop.commits[100]!.sha });
      gitlab.data.addPipeline(shop, { user, ref: 'old', sha: shop.commits[100]!.sha, status: 'running' });
      for (const [index, issue] of shop.issues.entries()) Object.assign(issue, { labels: index < 4 ? ['bug'] : [], milestone: index < 2 ? '1.0' : null });
      const project = { connection: connect({ kind: 'private', value: 'secret' }), ref: { instance: gitlab.url, project: 'acme/shop' }, isJobToken: false };
      const asking = (stem: FactStem, options: FactOptions): WantedFact => ({ stem, options });
      const { badges } = await collectFactBadges(
        project,
        [
          asking('pipeline', { branch: 'old' }),
          asking('coverage', {}),
          asking('last_commit', { branch: 'old' }),
          asking('commit_age', { branch: 'nowhere' }),
          asking('issues', { labels: ['bug'] }),
          asking('closed_issues', { labels: ['bug'] }),
          asking('open_issues', {}),
          asking('milestone', { milestone: '1.0' }),
          asking('package', { package: 'shop' }),
          asking('tag_version', { prerelease: true }),
          asking('tag', {}),
        ],
        '2026-01-01T00:00:00.000Z',
        signal,
      );
      const found = badges.map(shown);
      assert.deepEqual(found.filter((_, index) => index !== 3), ['running', '87%', 'January 2021', '4', '4', '18', '1.0 100%', '1.10.0', 'v1.2.0', 'v1.2.0']);
      assert.match(found[3] ?? '', /^unknown: There is no branch "nowhere"/);
      assert.equal(gitlab.requests.length, 9);
    });

    it('show the coverage of a job, for one request more behind that of the pipeline', async () => {
      const jobs = [...Array.from({ length: 120 }, (_, index) => ({ name: `lint ${index}` })), { name: 'unit', coverage: 91.5 }, { name: 'deploy' }];
      gitlab.data.addPipeline(shop, { user, coverage: '80.0', jobs });
      const project = { connection: connect({ kind: 'private', value: 'secret' }), ref: { instance: gitlab.url, project: 'acme/shop' }, isJobToken: false };
      const coverages = async (...wantedJobs: readonly (string | null)[]) => {
        const facts: readonly WantedFact[] = [{ stem: 'pipeline', options: {} }, ...wantedJobs.map((job): WantedFact => ({ stem: 'coverage', options: job === null ? {} : { job } }))];
        return (await collectFactBadges(project, facts, '2026-01-01T00:00:00.000Z', signal)).badges.slice(1).map(shown);
      };
      assert.deepEqual(await coverages('unit'), ['91%']);
      assert.deepEqual(asked(), ['pipelines/latest', ...['jobs', 'jobs'].map((each) => `pipelines/${shop.pipelines.at(-1)?.id}/${each}`)].sort());
      assert.deepEqual(await coverages('deploy', 'none', null), ['unknown: The job "deploy" of the latest pipeline reported no coverage: it has no “coverage” pattern, or has not ended.', 'unknown: The latest pipeline has no job "none".', '80%']);
    });

    for (const [what, options, requests] of [
      ['without options', {}, [10, 1]],
      ['with the coverage of a job', { coverage: { job: 'unit' } }, [10, 2]],
      ['with the coverage of a job and a milestone by its title', { coverage: { job: 'unit' }, milestone: { milestone: '1.0' } }, [11, 1]],
    ] as const) {
      it(`take at most 12 requests in two round trips ${what}`, async () => {
        gitlab.data.addPipeline(shop, { user, jobs: [{ name: 'unit', coverage: 91.5 }] });
        gitlab.data.addMilestone(shop, { title: '1.0' });
        shop.issues.forEach((issue) => (issue.milestone = '1.0'));
        const { fetch: inWaves, waves } = fetchInWaves();
        const connection = createConnection({ instance: gitlab.url, token: { kind: 'private', value: 'secret' }, fetch: inWaves, retry: { attempts: 1 }, limiter: createRateLimiter({ concurrency: 12 }) });
        const facts = factStems.map((stem): WantedFact => ({ stem, options: (options as Readonly<Record<string, FactOptions>>)[stem] ?? {} }));
        const { badges } = await collectFactBadges({ connection, ref: { instance: gitlab.url, project: 'acme/shop' }, isJobToken: false }, facts, '2026-01-01T00:00:00.000Z', signal);
        assert.equal(byStem(badges).get('milestone'), '1.0 40%');
        assert.deepEqual(waves, requests);
      });
    }

    describe('the milestone without a title', () => {
      const milestoneBeside = async (stems: readonly FactStem[]) => shown((await collect(['milestone', ...stems])).badges[0]);
      beforeEach(() => {
        for (const [title, dueDate] of [['past', '2025-12-31'], ['next', '2026-01-01'], ['later', '2026-02-01']] as const) gitlab.data.addMilestone(shop, { title, dueDate });
        for (const [index, issue] of shop.issues.entries()) Object.assign(issue, { milestone: index < 16 ? 'next' : 'past', state: index < 4 ? 'closed' : 'opened' });
      });

      for (const [how, stems, hasGraphQL, requests] of [
        ['by itself', [], true, ['issues_statistics', 'milestones']],
        ['beside counts of merge requests', ['open_merge_requests'], true, ['/api/graphql', 'issues_statistics']],
        ['where GraphQL does not answer', ['open_merge_requests'], false, ['/api/graphql', 'issues_statistics', 'merge_requests', 'milestones']],
      ] as const) {
        describe(how, () => {
          beforeEach(() => {
            if (!hasGraphQL) gitlab.faults.next({ match: { path: /graphql/ }, action: { status: 404, body: { message: '404 Not Found' } }, times: Infinity });
          });

          it('is the active one that is due next', async () => {
            assert.equal(await milestoneBeside(stems), 'next 25%');
            assert.deepEqual(asked().map((path) => path.replace(/\?.*/, '')), requests);
          });

          it('is one of a group above the project', async () => {
            for (const milestone of shop.milestones) milestone.state = 'closed';
            gitlab.data.addMilestone(gitlab.data.groups[0]!, { title: 'next', startDate: '2025-12-01' });
            assert.equal(await milestoneBeside(stems), 'next 25%');
          });

          it('is unknown where none is active', async () => {
            for (const milestone of shop.milestones) milestone.state = 'closed';
            assert.equal(await milestoneBeside(stems), 'unknown: There is no active milestone.');
          });
        });
      }

      it('is unknown where the project shows none', async () => {
        Object.assign(shop.features, { merge_requests: 'disabled', issues: 'disabled' });
        for (const stems of [[], ['open_merge_requests']] as const) assert.match(await milestoneBeside(stems), /^unknown: Milestones of acme\/shop are switched off/);
      });
    });

    describe('the counts of merge requests', () => {
      const stems = ['open_merge_requests', 'merged_merge_requests', 'closed_merge_requests'] as const;
      const counted = async (options: readonly FactOptions[], fetched = fetchInWaves()) => {
        const connection = createConnection({ instance: gitlab.url, token: { kind: 'private', value: 'secret' }, fetch: fetched.fetch, retry: { attempts: 1 } });
        const facts = stems.map((stem, index): WantedFact => ({ stem, options: options[index] ?? {} }));
        const { badges } = await collectFactBadges({ connection, ref: { instance: gitlab.url, project: 'acme/shop' }, isJobToken: false }, facts, '2026-01-01T00:00:00.000Z', signal);
        return { messages: badges.map(shown), waves: fetched.waves };
      };
      beforeEach(() => {
        for (const [index, each] of shop.mergeRequests.entries()) Object.assign(each, { labels: ['bug', 'ui'].slice(0, index), milestone: index % 2 === 0 ? '1.0' : null });
        gitlab.data.addMergeRequest(shop, { author: user, state: 'locked' });
      });

      const bug = { labels: ['bug'] };
      const both = { labels: ['bug', 'ui'], milestone: '1.0' };
      for (const [title, options, messages] of [
        ['without options', [], ['2 open', '3 merged', '1 closed']],
        ['with a label', [bug, bug, bug], ['1 open', '3 merged', '1 closed']],
        ['with two labels and a milestone', [both, both, both], ['0 open', '2 merged', '0 closed']],
        ['with options that differ', [{ milestone: '1.0' }, {}, both], ['1 open', '3 merged', '0 closed']],
        ['with no label', [{ labels: [] }, { labels: [] }, {}], ['2 open', '3 merged', '1 closed']],
        ['with a label that nothing has', [{ labels: ['none'] }, { milestone: '2.0' }, {}], ['0 open', '0 merged', '1 closed']],
      ] as const) {
        it(`are one request over GraphQL, and the same over REST: ${title}`, async () => {
          assert.deepEqual(await counted(options), { messages, waves: [1] });
          gitlab.faults.next({ match: { path: /graphql/ }, action: { status: 404, body: { message: '404 Not Found' } }, times: Infinity });
          assert.deepEqual(await counted(options), { messages, waves: [1, 3] });
        });
      }

      for (const [what, setUp] of [
        ['has too old a GraphQL', () => void (gitlab.settings.graphql.age = 'old')],
        ['has a GraphQL that takes too long', () => gitlab.faults.next({ match: { path: /graphql/ }, action: graphqlFailures.databaseTimeout, times: Infinity })],
      ] as const) {
        it(`come over REST where the server ${what}`, async () => {
          setUp();
          assert.deepEqual((await counted([])).messages, ['2 open', '3 merged', '1 closed']);
        });
      }

      it('come over REST with a job token, which GraphQL does not know, and by themselves', async () => {
        await collect(stems, { kind: 'job', value: 'job-secret' });
        assert.deepEqual(asked(), ['merge_requests', 'merge_requests', 'merge_requests']);
        gitlab.requests.length = 0;
        assert.equal(byStem((await collect(['merged_merge_requests'])).badges).get('merged_merge_requests'), '3 merged');
        assert.deepEqual(asked(), ['merge_requests']);
      });

      it('of a project known by its number are one request as well', async () => {
        assert.deepEqual((await collect(stems, undefined, String(shop.id))).badges.map(shown), ['2 open', '3 merged', '1 closed']);
        assert.equal(gitlab.requests.length, 1);
      });

      it('are unknown, not 0, for those who may not see them', async () => {
        shop.visibility = 'public';
        shop.features.merge_requests = 'private';
        shop.members = [];
        for (const message of (await counted([])).messages) assert.match(message, /^unknown: Merge requests of acme\/shop are switched off, or hidden/);
      });
    });

    it('say so where a branch has no pipeline', async () => {
      shop.pipelines = [];
      const badges = byStem((await collect(['pipeline', 'coverage'])).badges);
      for (const stem of ['pipeline', 'coverage']) assert.match(badges.get(stem) ?? '', /^unknown: The branch has no pipeline yet, or pipelines are switched off/);
    });

    it('of features that are switched off are unknown', async () => {
      Object.assign(shop.features, { merge_requests: 'disabled', packages: 'disabled', builds: 'disabled' });
      const badges = byStem((await collect(factStems)).badges);
      for (const stem of ['pipeline', 'coverage', 'open_merge_requests', 'merged_merge_requests', 'closed_merge_requests', 'package']) assert.match(badges.get(stem) ?? '', /^unknown: .*switched off/, stem);
      assert.equal(badges.get('languages'), '2');
    });
  });

  for (const [stems, requests] of [
    [['license_key', 'commits', 'owner'], ['']],
    [['open_issues', 'issues'], ['issues_statistics']],
    [['release', 'releases', 'last_release'], ['releases']],
    [['tag', 'last_commit'], ['repository/commits', 'repository/tags']],
    [[], []],
  ] as const) {
    it(`take only the requests they need: ${stems.join(', ') || 'none'}`, async () => {
      await collect(stems);
      assert.deepEqual(asked(), requests);
    });
  }

  it('say where they come from', async () => {
    const [issues, name] = (await collect(['issues', 'name'])).badges;
    assert.equal(issues?.origin.url, `${gitlab.url}/acme/shop/-/issues`);
    assert.equal(name?.origin.text, `acme/shop on ${gitlab.url.replace('http://', '')}`);
    assert.equal(name?.origin.url, `${gitlab.url}/acme/shop`);
  });

  it('count the commits of a role that gets no statistics', async () => {
    shop.visibility = 'public';
    shop.members = [];
    assert.equal(byStem((await collect(['commits'])).badges).get('commits'), '120');
  });

  it('count the commits while GitLab has not counted them yet', async () => {
    shop.statisticsCommitCount = 0;
    assert.equal(byStem((await collect(['commits'])).badges).get('commits'), '120');
  });

  it('of an empty repository say so, and the others are there', async () => {
    Object.assign(shop, { commits: [], tags: [], releases: [], license: null });
    const badges = byStem((await collect()).badges);
    for (const stem of ['license_key', 'default_branch', 'contributors', 'last_commit']) assert.equal(badges.get(stem), 'unknown: The repository has no commits yet.', stem);
    assert.equal(badges.get('commits'), '0');
    assert.equal(badges.get('releases'), '0');
    assert.match(badges.get('release') ?? '', /^unknown: There is no release yet/);
    assert.match(badges.get('tag') ?? '', /^unknown: There is no tag yet/);
    assert.equal(badges.get('star_count'), '7');
  });

  it('of a project without a license file say so', async () => {
    shop.license = null;
    assert.match(byStem((await collect(['license_name'])).badges).get('license_name') ?? '', /^unknown: GitLab found no license file/);
  });

  it('of disabled issues are unknown, not 0', async () => {
    shop.features.issues = 'disabled';
    const badges = byStem((await collect()).badges);
    for (const stem of ['issues', 'open_issues', 'closed_issues']) assert.match(badges.get(stem) ?? '', /^unknown: Issues are switched off/);
    assert.equal(badges.get('commits'), '120');
  });

  it('that a Guest of a private project may not see are unknown and say which role sees them', async () => {
    shop.members = [{ user, accessLevel: accessLevel.guest }];
    const badges = byStem((await collect()).badges);
    for (const stem of ['contributors', 'tag', 'last_commit', 'commits', 'default_branch']) assert.match(badges.get(stem) ?? '', /^unknown: .*role/, stem);
    assert.equal(badges.get('name'), 'Shop');
    assert.equal(badges.get('releases'), '23');
  });

  it('that one failed request costs are failed, the others are there', async () => {
    gitlab.faults.next({ match: { path: /releases/ }, action: { status: 500 }, times: Infinity });
    const { badges, unusable } = await collect();
    assert.deepEqual(badges.filter(({ status }) => status !== 'known').map(({ stem, status }) => [stem, status]), [['release', 'failed'], ['last_release', 'failed'], ['releases', 'failed']]);
    assert.equal(unusable, null);
  });

  for (const [what, action] of [
    ['a feature that answers 403', { status: 403, body: { message: '403 Forbidden' } }],
    ['a feature that answers 404', { status: 404, body: { message: '404 Not found' } }],
  ] as const) {
    it(`of ${what} are unknown`, async () => {
      gitlab.faults.next({ match: { path: /releases/ }, action });
      const badges = byStem((await collect()).badges);
      assert.match(badges.get('release') ?? '', /^unknown: Releases of acme\/shop are switched off, or hidden from this token's role/);
      assert.equal(badges.get('name'), 'Shop');
    });
  }

  it('all fail with an unknown token, which is never shown', async () => {
    const result = await collect(factStems, { kind: 'private', value: 'glpat-wrong' });
    assert.ok(result.badges.every(({ status }) => status === 'failed'));
    assert.match(result.unusable ?? '', /401/);
    assert.ok(!JSON.stringify(result).includes('glpat-wrong'));
  });

  it('all fail where GitLab cannot be reached', async () => {
    await gitlab.close();
    const result = await collect();
    assert.ok(result.badges.every(({ status }) => status === 'failed'));
    assert.match(result.unusable ?? '', /cannot be reached/);
  });

  it('of a project that is not there are unknown, and say so in one voice', async () => {
    const { badges, unusable } = await collect(factStems, { kind: 'private', value: 'secret' }, 'acme/nowhere');
    assert.equal(unusable, null);
    assert.deepEqual([...new Set(badges.map(shown))].length, 1);
    assert.match(shown(badges[0]), /^unknown: GitLab answered 404 for acme\/nowhere: /);
  });

  it('that a job token does not read say which token does', async () => {
    gitlab.faults.next({ match: { path: /issues_statistics/ }, action: { status: 401, body: { message: '401 Unauthorized' } } });
    gitlab.faults.next({ match: { path: /shop\?/ }, action: { status: 200, body: { id: 1, path_with_namespace: 'acme/shop', name: 'Shop', web_url: 'https://x', created_at: '2021-01-01', last_activity_at: '2021-01-01', star_count: 0 } } });
    const badges = byStem((await collect(['issues', 'name'], { kind: 'job', value: 'job-secret' })).badges);
    assert.match(badges.get('issues') ?? '', /^unknown: A CI job token does not read issues: set GITLAB_TOKEN/);
  });

  it('stop when cancelled', async () => {
    gitlab.faults.next({ action: { hang: true }, times: Infinity });
    const controller = new AbortController();
    const running = collectFactBadges({ connection: connect(), ref: { instance: gitlab.url, project: 'acme/shop' }, isJobToken: false }, wanted(factStems), '', controller.signal);
    await gitlab.arrival({});
    controller.abort();
    await assert.rejects(running, { name: 'AbortError' });
  });
});
