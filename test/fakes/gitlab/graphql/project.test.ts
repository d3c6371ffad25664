import assert from 'node:assert/strict';
import { accessLevel, fakeSha } from '../data';
import { manyIssues } from '../builders';
import { startTestInstance, type TestInstance } from '../testInstance';

type Node = Record<string, unknown>;

const unavailable = "The resource that you are attempting to access does not exist or you don't have permission to perform this action";
const at = (minute: number): string => `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`;

describe('fake GitLab: a project over GraphQL', () => {
  let instance: TestInstance;
  beforeEach(async () => {
    instance = await startTestInstance();
  });
  afterEach(() => instance.gitlab.close());

  const project = async (fields: string, as: string | null = null): Promise<Node | null> => {
    const { data, errors } = await instance.query(`{ project(fullPath: "acme/web/shop") { ${fields} } }`, { as });
    assert.deepEqual(errors, []);
    return data?.project as Node | null;
  };
  const nodes = async (field: string, as: string | null = null): Promise<Node[]> => Object.values((await project(field, as)) ?? {}).flatMap((found) => (found as { nodes: Node[] }).nodes);

  it('is null to whoever may not read it, without a word', async () => {
    instance.shop.visibility = 'private';
    for (const as of [null, 'stranger']) assert.equal(await project('name', as), null);
    assert.deepEqual(await project('name', 'guest'), { name: 'The Shop' });
  });

  it('tells its facts, times to the second', async () => {
    Object.assign(instance.shop, { starCount: 3, topics: ['a'], languages: { Rust: 99.5, Shell: 0.5 }, createdAt: '2024-02-03T04:05:06.789Z' });
    assert.deepEqual(await project('id fullPath starCount forksCount visibility archived topics createdAt languages { name share } repository { rootRef empty } statistics { commitCount }'), {
      id: 'gid://gitlab/Project/1',
      fullPath: 'acme/web/shop',
      starCount: 3,
      forksCount: 0,
      visibility: 'public',
      archived: false,
      topics: ['a'],
      createdAt: '2024-02-03T04:05:06Z',
      languages: [
        { name: 'Rust', share: 99.5 },
        { name: 'Shell', share: 0.5 },
      ],
      repository: { rootRef: null, empty: true },
      statistics: null,
    });
    assert.deepEqual(await project('statistics { commitCount } maxAccessLevel { integerValue stringValue humanAccess }', 'reporter'), {
      statistics: { commitCount: 0 },
      maxAccessLevel: { integerValue: 20, stringValue: 'REPORTER', humanAccess: 'Reporter' },
    });
  });

  it('comes with others by path, unreadable ones left out, at most 50', async () => {
    const { data } = instance.gitlab;
    data.addProject({ path: 'hidden', namespace: instance.acme, visibility: 'private' });
    const ask = (paths: readonly string[]): ReturnType<TestInstance['query']> =>
      instance.query('query($paths: [String!]) { projects(fullPaths: $paths) { count nodes { fullPath } } }', { variables: { paths } });
    assert.deepEqual((await ask(['acme/hidden', 'acme/web/shop', 'none'])).data, { projects: { count: 1, nodes: [{ fullPath: 'acme/web/shop' }] } });
    assert.deepEqual((await ask(Array.from({ length: 50 }, String))).errors, []);
    const { data: refused, errors } = await ask(Array.from({ length: 51 }, String));
    assert.deepEqual([refused, errors], [{ projects: null }, ['You cannot pass more than 50 full_paths']]);
  });

  it('says nothing where a part is off or kept from the caller', async () => {
    const { data } = instance.gitlab;
    data.addIssue(instance.shop, { author: instance.users.owner });
    data.addCommit(instance.shop, { message: 'one' });
    data.addPipeline(instance.shop, { user: instance.users.owner });
    data.addPackage(instance.shop, { name: 'a' });
    const fields = 'openIssuesCount issuesEnabled issues { count } mergeRequests { count } pipelines { count } releases { count } packages { count nodes { name } } containerRepositories { nodes { id } } repository { rootRef } pipeline { id }';
    assert.deepEqual(await project(fields), {
      openIssuesCount: 1,
      issuesEnabled: true,
      issues: { count: 1 },
      mergeRequests: { count: 0 },
      pipelines: { count: 1 },
      releases: { count: 0 },
      packages: { count: 1, nodes: [{ name: 'a' }] },
      containerRepositories: { nodes: [] },
      repository: { rootRef: 'main' },
      pipeline: { id: 'gid://gitlab/Ci::Pipeline/1' },
    });
    for (const feature of ['issues', 'merge_requests', 'repository', 'builds', 'releases', 'packages', 'container_registry'] as const) instance.shop.features[feature] = 'disabled';
    assert.deepEqual(await project(fields, 'owner'), {
      openIssuesCount: null,
      issuesEnabled: false,
      issues: { count: 0 },
      mergeRequests: { count: 0 },
      pipelines: { count: 0 },
      releases: { count: 0 },
      packages: { count: 1, nodes: [] },
      containerRepositories: null,
      repository: null,
      pipeline: null,
    });
  });

  it('is told of when it is archived, and when it is empty', async () => {
    instance.shop.archived = true;
    instance.gitlab.data.addProtectedBranch(instance.shop);
    assert.deepEqual(await project('archived repository { empty rootRef commits(ref: "") { nodes { sha } } tree { lastCommit { sha } } } pipeline { id } releases { count } branchRules { nodes { name matchingBranchesCount } }', 'maintainer'), {
      archived: true,
      repository: { empty: true, rootRef: null, commits: { nodes: [] }, tree: null },
      pipeline: null,
      releases: { count: 0 },
      branchRules: { nodes: [{ name: 'main', matchingBranchesCount: 0 }] },
    });
  });

  it('tells the version to whoever is signed in', async () => {
    const ask = async (as: string | null): Promise<unknown> => (await instance.query('{ metadata { version } }', { as })).data;
    assert.deepEqual([await ask(null), await ask('guest')], [{ metadata: null }, { metadata: { version: '18.6.1' } }]);
  });

  describe('pages', () => {
    beforeEach(() => manyIssues(instance.gitlab.data, instance.shop, 130, { author: instance.users.owner, from: '2026-01-01T00:00:00.000Z' }));

    const page = async (args: string): Promise<[string | undefined, string | undefined, number, unknown]> => {
      const { nodes: found, pageInfo } = (await project(`issues(${args}) { nodes { iid } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`))?.issues as {
        nodes: { iid: string }[];
        pageInfo: Record<string, unknown>;
      };
      return [found[0]?.iid, found.at(-1)?.iid, found.length, pageInfo];
    };

    it('have 100 rows by default and at most, newest first', async () => {
      for (const args of ['sort: CREATED_DESC', 'first: 1000', 'sort: created_desc, first: null']) assert.deepEqual((await page(args)).slice(0, 3), ['130', '31', 100]);
      assert.deepEqual((await page('sort: CREATED_ASC, last: 2')).slice(0, 3), ['129', '130', 2]);
      assert.deepEqual((await page('first: 0'))[2], 0);
    });

    it('lead on by opaque cursors, which stay when rows are added', async () => {
      const [, , , first] = await page('sort: CREATED_DESC, first: 50');
      const { endCursor, hasNextPage, hasPreviousPage } = first as Record<string, unknown>;
      assert.deepEqual([hasNextPage, hasPreviousPage], [true, false]);
      instance.gitlab.data.addIssue(instance.shop, { author: instance.users.owner, createdAt: '2027-01-01T00:00:00.000Z' });
      const [from, to, , second] = await page(`sort: CREATED_DESC, first: 100, after: ${JSON.stringify(endCursor)}`);
      assert.deepEqual([from, to, (second as Record<string, unknown>).hasNextPage, (second as Record<string, unknown>).hasPreviousPage], ['80', '1', false, true]);
      assert.deepEqual((await page(`sort: CREATED_DESC, last: 1, before: ${JSON.stringify(endCursor)}`)).slice(0, 3), ['82', '82', 1]);
    });

    it('go on where they were when the last row of a page is gone', async () => {
      const [, , , first] = await page('sort: CREATED_DESC, first: 50');
      instance.shop.issues = instance.shop.issues.filter(({ iid }) => iid !== 81);
      assert.equal((await page(`sort: CREATED_DESC, after: ${JSON.stringify((first as Record<string, unknown>).endCursor)}`))[0], '80');
    });

    it('refuse a cursor that is none', async () => {
      assert.deepEqual((await instance.query('{ project(fullPath: "acme/web/shop") { issues(after: "x") { count } } }')).errors, ['Please provide a valid cursor']);
    });

    it('count all, or up to a limit and one', async () => {
      assert.deepEqual(await project('issues(first: 1) { count a: count(limit: 129) b: count(limit: 130) c: count(limit: 5) }'), { issues: { count: 130, a: 130, b: 130, c: 6 } });
      assert.deepEqual((await instance.query('{ project(fullPath: "acme/web/shop") { issues { count(limit: 0) } } }')).errors, ['limit must be greater than 0']);
    });

    it('hold the bounds of time in', async () => {
      const count = async (args: string): Promise<unknown> => ((await project(`issues(${args}) { count }`))?.issues as Node).count;
      assert.deepEqual(
        [await count('createdAfter: "2026-01-06T09:00:00Z"'), await count('createdAfter: "2026-01-06T09:00:01Z"'), await count('createdBefore: "2026-01-01T00:00:00Z"')],
        [1, 0, 1],
      );
    });

    it('are chosen by author, number, type and state, and by what not', async () => {
      const { data } = instance.gitlab;
      data.addIssue(instance.shop, { author: instance.users.stranger, state: 'closed', type: 'INCIDENT', labels: ['bug'], createdAt: '2027-01-01T00:00:00.000Z' });
      const count = async (args: string): Promise<unknown> => ((await project(`issues(${args}) { count }`))?.issues as Node).count;
      assert.deepEqual(
        [
          await count('authorUsername: "stranger"'),
          await count('not: { authorUsername: ["owner"] }'),
          await count('iids: ["1", "2", "999"]'),
          await count('iid: "7"'),
          await count('types: [ISSUE]'),
          await count('state: closed'),
          await count('labelName: ["bug"]'),
          await count('not: { types: [INCIDENT] }'),
        ],
        [1, 1, 2, 1, 130, 1, 1, 130],
      );
      assert.deepEqual((await project('issueStatusCounts(createdAfter: "2026-01-06T09:00:00Z") { all opened closed }'))?.issueStatusCounts, { all: 2, opened: 1, closed: 1 });
      const { errors } = await instance.query('query($iids: [String!]) { project(fullPath: "acme/web/shop") { workItems(iids: $iids) { count } } }', { variables: { iids: Array.from({ length: 101 }, String) } });
      assert.deepEqual(errors, ['iids is too long (maximum is 100)']);
    });
  });

  describe('what happens on an issue', () => {
    beforeEach(() => {
      const { data } = instance.gitlab;
      const { stranger, maintainer, reporter } = instance.users;
      const issue = data.addIssue(instance.shop, { author: stranger, createdAt: at(0), state: 'closed', closedAt: at(7) });
      const first = data.addNote(issue, { author: maintainer, createdAt: at(3), body: 'first' });
      data.addNote(issue, { author: maintainer, createdAt: at(1), body: 'assigned', system: true });
      data.addNote(issue, { author: stranger, createdAt: at(5), body: 'reply', discussion: first.discussion });
      data.addNote(issue, { author: reporter, createdAt: at(4), body: 'inside', internal: true });
      data.addEvent(issue, { kind: 'label', user: maintainer, createdAt: at(2), subject: 'bug' });
      data.addEvent(issue, { kind: 'label', user: maintainer, createdAt: at(2), subject: 'ui' });
      data.addEvent(issue, { kind: 'milestone', user: maintainer, createdAt: at(6), subject: '1.0' });
      data.addEvent(issue, { kind: 'state', user: null, createdAt: at(7) });
    });

    it('is in its notes without labels, milestones and states, oldest first', async () => {
      const notes = async (args: string, as: string | null = 'reporter'): Promise<unknown[]> => {
        const [issue] = await nodes(`issues { nodes { notes${args} { count nodes { body } } } }`, as);
        return ((issue?.notes as { nodes: Node[] }).nodes).map((note) => note.body);
      };
      assert.deepEqual(await notes(''), ['assigned', 'first', 'inside', 'reply']);
      assert.deepEqual(await notes('(filter: ONLY_COMMENTS)'), ['first', 'inside', 'reply']);
      assert.deepEqual(await notes('(filter: ONLY_ACTIVITY)'), ['assigned']);
      // What may not be read falls out of its page.
      assert.deepEqual(await notes('(first: 3)', null), ['assigned', 'first']);
    });

    it('has no cursor where a whole page falls out, and goes on all the same', async () => {
      const note = instance.shop.issues[0]?.notes.find(({ internal }) => internal);
      assert.ok(note);
      instance.shop.issues[0]?.notes.splice(0, 9, { ...note, createdAt: at(1) }, { ...note, id: 99, internal: false, createdAt: at(2), body: 'open' });
      const [issue] = await nodes('issues { nodes { notes(first: 1) { nodes { body } pageInfo { hasNextPage endCursor } } } }');
      assert.deepEqual(issue?.notes, { nodes: [], pageInfo: { hasNextPage: true, endCursor: null } });
    });

    const discussions = async (args: string, as: string | null = 'reporter'): Promise<unknown[]> => {
      const [item] = await nodes(`workItems { nodes { widgets(onlyTypes: [NOTES]) { ... on WorkItemWidgetNotes { discussions${args} { nodes { notes { nodes { body system createdAt } } } pageInfo { hasNextPage } } } } } }`, as);
      const [widget] = item?.widgets as { discussions: { nodes: { notes: { nodes: Node[] } }[] } }[];
      return widget?.discussions.nodes.map((discussion) => discussion.notes.nodes.map((note) => note.body)) ?? [];
    };

    it('is in its discussions as a work item with all of them, oldest first', async () => {
      assert.deepEqual(await discussions(''), [['assigned'], ['add bug, add ui label'], ['first', 'reply'], ['inside'], ['add 1.0 milestone'], ['closed']]);
      assert.deepEqual(await discussions('(first: 2)'), [['assigned'], ['add bug, add ui label']]);
      assert.deepEqual(await discussions('(filter: ONLY_COMMENTS)'), [['first', 'reply'], ['inside']]);
      assert.deepEqual(await discussions('(filter: ONLY_ACTIVITY, sort: CREATED_DESC)'), [['closed'], ['add 1.0 milestone'], ['add bug, add ui label'], ['assigned']]);
      assert.deepEqual(await discussions('(first: 4)', null), [['assigned'], ['add bug, add ui label'], ['first', 'reply']]);
    });

    it('comes in pages of discussions, whose cursors are those of the pages beside', async () => {
      const page = async (args: string): Promise<{ nodes: { notes: { nodes: Node[] } }[]; pageInfo: Node }> => {
        const [item] = await nodes(`workItems { nodes { widgets(onlyTypes: [NOTES]) { ... on WorkItemWidgetNotes { discussions(${args}) { nodes { notes { nodes { body } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } } }`, 'reporter');
        return (item?.widgets as { discussions: { nodes: { notes: { nodes: Node[] } }[]; pageInfo: Node } }[])[0]?.discussions ?? assert.fail();
      };
      const first = await page('first: 4');
      assert.deepEqual([first.nodes.length, first.pageInfo.hasNextPage, first.pageInfo.startCursor], [4, true, null]);
      const second = await page(`first: 4, after: ${JSON.stringify(first.pageInfo.endCursor)}`);
      assert.deepEqual([second.nodes.length, second.pageInfo.hasNextPage, second.pageInfo.hasPreviousPage, second.pageInfo.endCursor], [2, false, true, null]);
    });

    it('knows what each author is in the project', async () => {
      const [issue] = await nodes('issues { nodes { author { username bot human type } notes { nodes { author { username } maxAccessLevelOfAuthor } } } }', 'reporter');
      assert.deepEqual(issue?.author, { username: 'stranger', bot: false, human: true, type: 'HUMAN' });
      assert.deepEqual((issue?.notes as { nodes: Node[] }).nodes.map((note) => note.maxAccessLevelOfAuthor), ['Maintainer', 'Maintainer', 'Reporter', null]);
    });

    it('counts comments of people, and is hidden with its issue', async () => {
      assert.deepEqual(await nodes('issues { nodes { iid userNotesCount closedAt state } }'), [{ iid: '1', userNotesCount: 3, closedAt: '2026-01-01T10:07:00Z', state: 'closed' }]);
      instance.shop.issues.forEach((issue) => Object.assign(issue, { confidential: true }));
      assert.deepEqual([await nodes('issues { nodes { iid } }', 'guest'), await nodes('workItems { nodes { iid } }', 'guest')], [[], []]);
      assert.equal((await nodes('workItems { nodes { iid } }', 'stranger')).length, 1);
    });
  });

  describe('members', () => {
    const members = async (args: string, as: string | null = null): Promise<unknown[]> =>
      (await nodes(`projectMembers${args} { nodes { __typename accessLevel { integerValue } user { username } } }`, as)).map((member) => [
        (member.user as Node | null)?.username ?? null,
        (member.accessLevel as Node).integerValue,
        member.__typename,
      ]);

    it('are those of the project and the groups above it, once, with the role that counts', async () => {
      instance.acme.members.push({ user: instance.users.guest, accessLevel: accessLevel.developer });
      const all = [
        ['guest', 30, 'ProjectMember'],
        ['reporter', 20, 'ProjectMember'],
        ['maintainer', 40, 'ProjectMember'],
        ['owner', 50, 'GroupMember'],
      ];
      assert.deepEqual(await members(''), all);
      assert.deepEqual(await members('(relations: [DIRECT])'), all.slice(0, 3));
      assert.deepEqual(await members('(accessLevels: [OWNER, REPORTER], sort: ACCESS_LEVEL_DESC)'), [all[3], all[1]]);
      assert.deepEqual(await members('(search: "MAIN")'), [all[2]]);
    });

    it('come by invitation of groups only where that is asked for', async () => {
      const { data } = instance.gitlab;
      const partner = data.addUser({ username: 'partner' });
      const group = data.addGroup({ path: 'partners', members: [{ user: partner, accessLevel: accessLevel.owner }] });
      instance.shop.sharedWith.push({ group, accessLevel: accessLevel.developer });
      assert.equal((await members('')).length, 4);
      assert.deepEqual((await members('(relations: [DIRECT, INHERITED, INVITED_GROUPS, SHARED_INTO_ANCESTORS])')).at(-1), ['partner', 30, 'GroupMember']);
      assert.deepEqual(await members('(relations: [INVITED_GROUPS])'), [
        ['owner', 50, 'GroupMember'],
        ['partner', 30, 'GroupMember'],
      ]);
    });

    it('have one without a user for each open invitation, for Maintainers', async () => {
      instance.shop.invitations.push({ email: 'new@example.com', accessLevel: accessLevel.developer });
      assert.deepEqual((await members('', 'maintainer')).at(-1), [null, 30, 'ProjectMember']);
      assert.equal((await members('', 'reporter')).length, 4);
    });

    it('are an error beside the data to whoever may not see them', async () => {
      instance.shop.hidesMembers = true;
      const { status, data, errors } = await instance.query('{ project(fullPath: "acme/web/shop") { name projectMembers { nodes { id } } } }', { as: 'stranger' });
      assert.deepEqual([status, data, errors], [200, { project: { name: 'The Shop', projectMembers: null } }, [unavailable]]);
    });
  });

  it('has merge requests by when they were merged, with who merged and who approved', async () => {
    const { data } = instance.gitlab;
    const { maintainer, reporter, stranger } = instance.users;
    data.addMergeRequest(instance.shop, { author: stranger, mergeUser: maintainer, state: 'merged', createdAt: at(0), mergedAt: at(5), approvals: [{ user: reporter, at: at(4) }] });
    data.addMergeRequest(instance.shop, { author: stranger, state: 'merged', createdAt: at(1), mergedAt: at(2), mergeUser: null });
    data.addMergeRequest(instance.shop, { author: stranger, createdAt: at(3) });
    const fields = 'nodes { iid mergedAt author { username } mergeUser { username } approved approvedBy(first: 1) { nodes { username } } }';
    assert.deepEqual(await nodes(`mergeRequests(state: merged, mergedAfter: "${at(5)}") { ${fields} }`), [
      { iid: '1', mergedAt: '2026-01-01T10:05:00Z', author: { username: 'stranger' }, mergeUser: { username: 'maintainer' }, approved: true, approvedBy: { nodes: [{ username: 'reporter' }] } },
    ]);
    assert.deepEqual(await project(`a: mergeRequests(mergedBefore: "${at(4)}") { count } b: mergeRequests(state: opened) { count } c: mergeRequests { count }`), { a: { count: 1 }, b: { count: 1 }, c: { count: 3 } });
    assert.deepEqual((await nodes('mergeRequests(sort: MERGED_AT_DESC, state: merged) { nodes { iid mergeUser { username } } }')).map((each) => [each.iid, each.mergeUser]), [
      ['1', { username: 'maintainer' }],
      ['2', null],
    ]);
  });

  it('has pipelines by status and time, and the latest of the default branch', async () => {
    const { data } = instance.gitlab;
    const user = instance.users.owner;
    data.addCommit(instance.shop, { message: 'one' });
    data.addPipeline(instance.shop, { user, coverage: '91.25', updatedAt: at(1) });
    data.addPipeline(instance.shop, { user, status: 'failed', ref: 'other', updatedAt: at(2) });
    data.addPipeline(instance.shop, { user, source: 'parent_pipeline', ref: 'main', sha: 'child', updatedAt: at(2) });
    assert.deepEqual(await project('pipelines(source: "parent_pipeline") { count }'), { pipelines: { count: 1 } });
    assert.deepEqual(await project(`a: pipelines(status: SUCCESS, updatedAfter: "${at(1)}") { count } b: pipelines(updatedAfter: "${at(2)}") { count nodes { status ref coverage } } pipeline { coverage status }`), {
      a: { count: 1 },
      b: { count: 1, nodes: [{ status: 'FAILED', ref: 'other', coverage: null }] },
      pipeline: { coverage: 91.25, status: 'SUCCESS' },
    });
    instance.shop.publicJobs = false;
    assert.deepEqual(await project('pipelines { count } pipeline { id } pipelineCounts { all }'), { pipelines: { count: 0 }, pipeline: null, pipelineCounts: null });
  });

  it('has releases with their links, packages, and images whose tags come one repository at a time', async () => {
    const { data } = instance.gitlab;
    data.addRelease(instance.shop, { tag: 'v1', author: instance.users.owner, releasedAt: at(0), links: [{ name: 'binary', url: 'https://example.com/v1', linkType: 'package' }] });
    data.addRelease(instance.shop, { tag: 'v2', author: instance.users.owner, releasedAt: '2027-01-01T00:00:00.000Z' });
    data.addPackage(instance.shop, { name: 'a', createdAt: at(1) });
    data.addPackage(instance.shop, { name: 'hidden', createdAt: at(2), status: 'hidden' });
    const image = data.addContainerRepository(instance.shop, { tags: [{ name: 'v1', createdAt: at(3), publishedAt: null }, { name: 'v2', createdAt: null, publishedAt: at(4) }] });
    assert.deepEqual(await project('releases { count nodes { tagName releasedAt upcomingRelease assets { links(first: 1) { nodes { name linkType } } } } } packages { count nodes { name createdAt status } } containerRepositories { nodes { id tagsCount } }'), {
      releases: {
        count: 2,
        nodes: [
          { tagName: 'v2', releasedAt: '2027-01-01T00:00:00Z', upcomingRelease: true, assets: { links: { nodes: [] } } },
          { tagName: 'v1', releasedAt: '2026-01-01T10:00:00Z', upcomingRelease: false, assets: { links: { nodes: [{ name: 'binary', linkType: 'PACKAGE' }] } } },
        ],
      },
      packages: { count: 1, nodes: [{ name: 'a', createdAt: '2026-01-01T10:01:00Z', status: 'DEFAULT' }] },
      containerRepositories: { nodes: [{ id: 'gid://gitlab/ContainerRepository/1', tagsCount: 2 }] },
    });
    const tags = `{ containerRepository(id: "gid://gitlab/ContainerRepository/${image.id}") { tags(sort: PUBLISHED_AT_DESC) { nodes { name createdAt publishedAt } } } }`;
    assert.deepEqual((await instance.query(tags)).data, {
      containerRepository: { tags: { nodes: [{ name: 'v2', createdAt: null, publishedAt: '2026-01-01T10:04:00Z' }, { name: 'v1', createdAt: '2026-01-01T10:03:00Z', publishedAt: null }] } },
    });
    data.registryIsDown = true;
    const down = await instance.query(tags);
    assert.deepEqual([down.data, down.errors.length], [{ containerRepository: { tags: null } }, 1]);
    data.registryIsDown = false;
    instance.shop.features.container_registry = 'private';
    const refused = await instance.query(tags);
    assert.deepEqual([refused.data, refused.errors], [{ containerRepository: null }, [unavailable]]);
  });

  describe('commits', () => {
    beforeEach(() => {
      const { data } = instance.gitlab;
      for (let minute = 0; minute < 3; minute += 1) data.addCommit(instance.shop, { message: `Commit ${minute}\n\nbody`, committedDate: `2026-01-01T10:0${minute}:00.000+01:00`, authorEmail: minute === 0 ? 'OWNER@example.com' : 'build@example.com' });
    });

    const commits = async (args: string): Promise<{ nodes: Node[]; pageInfo: Node }> =>
      ((await project(`repository { commits(${args}) { nodes { sha title committedDate authorEmail author { username bot } } pageInfo { hasNextPage endCursor } } }`))?.repository as { commits: { nodes: Node[]; pageInfo: Node } }).commits;

    it('come newest first, with the user whose address the author has', async () => {
      const { nodes: found, pageInfo } = await commits('ref: "main"');
      assert.deepEqual(found.map((commit) => [commit.title, commit.author]), [
        ['Commit 2', null],
        ['Commit 1', null],
        ['Commit 0', { username: 'owner', bot: false }],
      ]);
      assert.equal(found[0]?.committedDate, '2026-01-01T10:02:00+01:00');
      assert.deepEqual(pageInfo, { hasNextPage: false, endCursor: null });
    });

    it('come in pages, and by time', async () => {
      const { nodes: found, pageInfo } = await commits('ref: "main", first: 2');
      assert.deepEqual([found.length, pageInfo.hasNextPage], [2, true]);
      assert.deepEqual((await commits(`ref: "main", after: ${JSON.stringify(pageInfo.endCursor)}`)).nodes.map((commit) => commit.title), ['Commit 0']);
      assert.deepEqual((await commits('ref: "main", committedAfter: "2026-01-01T09:01:00Z"')).nodes.length, 2);
    });

    it('are an error at an unknown ref, and none at an empty one', async () => {
      const { data, errors } = await instance.query('{ project(fullPath: "acme/web/shop") { repository { commits(ref: "none") { nodes { sha } } } } }');
      assert.deepEqual([data, errors], [{ project: { repository: { commits: null } } }, ['ListCommits: Gitlab::Git::CommandError']]);
      assert.deepEqual((await commits('ref: ""')).nodes, []);
    });

    it('are found one by one', async () => {
      const sha = instance.shop.commits[1]?.sha ?? '';
      assert.deepEqual(await project(`repository { rootRef commitCount commit(ref: "${sha}") { title } lastCommit(ref: "main") { title } other: commit(ref: "${fakeSha('none')}") { title } tree { lastCommit { title } } }`), {
        repository: { rootRef: 'main', commitCount: 3, commit: { title: 'Commit 1' }, lastCommit: { title: 'Commit 2' }, other: null, tree: { lastCommit: { title: 'Commit 2' } } },
      });
    });
  });

  it('has branch rules for Maintainers, with one for all branches first, and none for others', async () => {
    const { data } = instance.gitlab;
    data.addCommit(instance.shop, { message: 'one' });
    data.addProtectedBranch(instance.shop, { push: [40, { user: instance.users.reporter }] });
    data.addProtectedBranch(instance.shop, { name: 'm*', allowForcePush: true, push: [0] });
    instance.shop.allBranchesRule = true;
    const field = 'branchRules { nodes { name isDefault isProtected matchingBranchesCount branchProtection { allowForcePush pushAccessLevels { nodes { accessLevel accessLevelDescription } } } } }';
    assert.deepEqual(await nodes(field, 'maintainer'), [
      { name: 'All branches', isDefault: false, isProtected: false, matchingBranchesCount: 1, branchProtection: null },
      {
        name: 'm*',
        isDefault: false,
        isProtected: true,
        matchingBranchesCount: 1,
        branchProtection: { allowForcePush: true, pushAccessLevels: { nodes: [{ accessLevel: 0, accessLevelDescription: 'No one' }] } },
      },
      {
        name: 'main',
        isDefault: true,
        isProtected: true,
        matchingBranchesCount: 1,
        branchProtection: {
          allowForcePush: false,
          pushAccessLevels: {
            nodes: [
              { accessLevel: 40, accessLevelDescription: 'Maintainers' },
              { accessLevel: 40, accessLevelDescription: 'reporter' },
            ],
          },
        },
      },
    ]);
    for (const as of [null, 'reporter']) assert.deepEqual(await nodes(field, as), []);
  });
});
