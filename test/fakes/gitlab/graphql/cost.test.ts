import assert from 'node:assert/strict';
import { startTestInstance, type TestInstance } from '../testInstance';

/** A query whose cost is asked for beside it, which costs 3. */
const ofProject = (fields: string): string => `query($path: ID! = "acme/web/shop") { queryComplexity { score limit } project(fullPath: $path) { ${fields} } }`;

const issues = (issues: number, notes: number): string =>
  `issues(createdAfter: "2026-01-01", first: ${issues}) {
    nodes { iid createdAt closedAt author { username bot } userNotesCount notes(first: ${notes}) { nodes { createdAt system author { username bot } } } }
    pageInfo { hasNextPage endCursor }
  }`;

const reactions = (first: number, events: number, innerPage: string): string =>
  `workItems(types: [ISSUE], createdAfter: "2026-01-01", sort: CREATED_ASC, first: ${first}) {
    nodes {
      iid createdAt closedAt author { username bot }
      widgets(onlyTypes: [NOTES]) { ... on WorkItemWidgetNotes {
        discussions(filter: ALL_NOTES, sort: CREATED_ASC, first: ${events}) {
          nodes { notes { nodes { createdAt system maxAccessLevelOfAuthor author { username bot } } } } ${innerPage}
        } } }
    }
    pageInfo { hasNextPage endCursor }
  }`;

const inner = 'pageInfo { hasNextPage endCursor }';
const windows = (count: number, field: string): string => Array.from({ length: count }, (_, index) => `w${index}: ${field}`).join('\n');

describe('fake GitLab: what a GraphQL query costs', () => {
  let instance: TestInstance;
  before(async () => {
    instance = await startTestInstance();
    const { data } = instance.gitlab;
    data.addCommit(instance.shop, { message: 'one' });
    data.addToken({ value: 'admin', user: data.addUser({ username: 'admin', admin: true }) });
  });
  after(() => instance.gitlab.close());

  const score = async (query: string, as: string | null = 'admin'): Promise<unknown> => {
    const { data, errors } = await instance.query(query, { as });
    assert.deepEqual(errors, []);
    return (data?.queryComplexity as { score: number }).score;
  };

  // Each with the 3 for asking, which are not part of what is named.
  const table: readonly (readonly [string, string, number])[] = [
    ['the project alone', 'id', 2],
    ['fields that ask the Git server', 'id forksCount languages { name share } repository { rootRef }', 1 + 1 + 2 + 4 + 3],
    ['20 issues with 20 notes', issues(20, 20), 26],
    ['50 issues with 20 notes', issues(50, 20), 32],
    ['100 issues with 20 notes', issues(100, 20), 43],
    ['100 issues with 100 notes', issues(100, 100), 55],
    ['the same, asked for 1,000 and nothing', issues(1000, 1000), 55],
    ['two windows of 100', windows(2, issues(100, 100)), 109],
    ['three windows of 100', windows(3, issues(100, 100)), 163],
    ['four windows of 100', windows(4, issues(100, 100)), 217],
    ['50 work items with 20 events', reactions(50, 20, inner), 65],
    ['100 work items with 20 events', reactions(100, 20, inner), 87],
    ['100 work items with 100 events', reactions(100, 100, inner), 207],
    ['three windows of 100 with 10 events', windows(3, reactions(100, 10, '')), 187],
    ['three windows of 100 with 5 events', windows(3, reactions(100, 5, '')), 169],
    ['100 members', 'projectMembers(first: 100) { nodes { accessLevel { integerValue } user { username bot } } pageInfo { hasNextPage endCursor } }', 21],
    [
      '100 merge requests with who approved',
      `mergeRequests(state: merged, mergedAfter: "2026-01-01", first: 100) {
        count
        nodes { iid mergedAt author { username bot } mergeUser { username bot } approvedBy { nodes { username bot } } }
        pageInfo { hasNextPage endCursor }
      }`,
      47,
    ],
    [
      '100 commits',
      `repository { commits(ref: "main", committedAfter: "2026-01-01", first: 100) {
        nodes { sha authorName authorEmail committedDate author { username bot } } pageInfo { hasNextPage endCursor } } }`,
      28,
    ],
    ['issues by iid, however many', 'issues(iids: ["1", "2"]) { nodes { iid } }', 1 + 2 + 2],
    ['a page of nobody knows how many', 'issues { nodes { iid } }', 1 + 8],
    ['pipelines by ref and sha', 'pipelines(ref: "main", sha: "1", first: 1) { count }', 1 + 6],
    ['a search', 'projectMembers(search: "x", first: 1) { nodes { id } }', 1 + 8],
    ['one field under two names', 'a: id b: id', 3],
    ['one field asked for twice', 'id ...on Project { id } ...F } } fragment F on Project { name id ... on Project { id ', 3],
    ['what is skipped', 'id @skip(if: true) name @include(if: false) path', 2],
    ['its own name', '__typename', 2],
  ];
  for (const [title, fields, cost] of table) {
    it(`is ${cost} for ${title}`, async () => {
      assert.equal(await score(ofProject(fields)), cost + 3);
    });
  }

  it('is the dearest type where several may come', async () => {
    assert.equal(await score(ofProject('workItems(iids: []) { nodes { widgets { type ... on WorkItemWidgetDescription { description } } } }')), 1 + 2 + 2 + 2 + 3);
  });

  describe('and how much it may', () => {
    // 217 and 271 besides the 3.
    const table: readonly (readonly [string | null, number, number | null])[] = [
      [null, 3, null],
      [null, 4, 200],
      ['guest', 4, null],
      ['guest', 5, 250],
      ['admin', 5, null],
    ];
    for (const [as, count, limit] of table) {
      it(`${limit === null ? 'allows' : 'refuses'} ${count} windows to ${as ?? 'nobody'}`, async () => {
        const { status, data, errors } = await instance.query(ofProject(windows(count, issues(100, 100))), { as });
        assert.equal(status, 200);
        assert.deepEqual([errors, data === undefined], limit === null ? [[], false] : [[`Query has complexity of ${54 * count + 4}, which exceeds max complexity of ${limit}`], true]);
      });
    }

    const deep = (levels: number): string => `{ project(fullPath: "x") { issues(first: 1) { nodes { notes(first: 1) { nodes { ${'discussion { notes(first: 1) { nodes { '.repeat(levels)} id ${'} } }'.repeat(levels)} } } } } } }`;
    it('refuses fields too far inside', async () => {
      // Four fields around it, two for the notes and the id, three for each discussion.
      for (const [as, levels, error] of [
        [null, 3, null],
        [null, 4, 'Query has depth of 18, which exceeds max depth of 15'],
        ['guest', 4, null],
        ['guest', 5, 'Query has depth of 21, which exceeds max depth of 20'],
      ] as const) {
        assert.deepEqual((await instance.query(deep(levels), { as })).errors, error === null ? [] : [error]);
      }
    });
  });
});
