import assert from 'node:assert/strict';
import { graphqlFailures } from '../faults';
import { startTestInstance, testNow, type TestInstance } from '../testInstance';

const name = '{ project(fullPath: "acme/web/shop") { name } }';

describe('fake GitLab: GraphQL', () => {
  let instance: TestInstance;
  beforeEach(async () => {
    instance = await startTestInstance();
  });
  afterEach(() => instance.gitlab.close());

  const post = async (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<{ status: number; body: unknown; headers: Headers }> => {
    const response = await fetch(`${instance.gitlab.url}/api/graphql`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: response.headers.get('content-type') === 'application/json' ? (JSON.parse(text) as unknown) : text };
  };
  const failure = (message: string): unknown => ({ errors: [{ message }] });

  describe('tokens', () => {
    beforeEach(() => {
      const { data } = instance.gitlab;
      const user = instance.users.maintainer;
      data.addToken({ value: 'reading', user, scopes: ['read_api'] });
      data.addToken({ value: 'narrow', user, scopes: ['read_user'] });
      data.addToken({ value: 'expired', user, expiresAt: testNow.toISOString().slice(0, 10) });
      data.addToken({ value: 'revoked', user, revoked: true });
      data.addToken({ value: 'job', kind: 'job', user, project: instance.shop });
      data.addToken({ value: 'blocked', user: data.addUser({ username: 'blocked', state: 'blocked' }) });
    });

    const table: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
      ['nothing', {}, 200],
      ['a token with api', { Authorization: 'Bearer maintainer' }, 200],
      ['a token with read_api', { Authorization: 'Bearer reading' }, 200],
      ['a token in the header of REST', { 'PRIVATE-TOKEN': 'reading' }, 200],
      ['a token without either scope', { Authorization: 'Bearer narrow' }, 401],
      ['an unknown token', { Authorization: 'Bearer unknown' }, 401],
      ['an expired token', { 'PRIVATE-TOKEN': 'expired' }, 401],
      ['a revoked token', { Authorization: 'Bearer revoked' }, 401],
      ["a job's token", { 'JOB-TOKEN': 'job' }, 401],
      ["a job's token as a bearer", { Authorization: 'Bearer job' }, 401],
    ];
    for (const [title, headers, status] of table) {
      it(`answers ${status} to ${title}, on a public project`, async () => {
        const answer = await post({ query: name }, headers);
        assert.deepEqual([answer.status, answer.body], [status, status === 200 ? { data: { project: { name: 'The Shop' } } } : failure('Invalid token')]);
      });
    }

    it('answers 403 to a blocked user', async () => {
      const { status, body } = await post({ query: name }, { Authorization: 'Bearer blocked' });
      assert.deepEqual([status, body], [403, failure('API not accessible for user')]);
    });
  });

  describe('a request', () => {
    it('has no ETag, counts once against the rate limit, and is throttled in plain text', async () => {
      instance.gitlab.settings.rateLimit = { limit: 2 };
      const first = await post([{ query: name }, { query: name }]);
      assert.deepEqual([first.status, first.headers.get('etag'), first.headers.get('ratelimit-remaining')], [200, null, '1']);
      await post({ query: name });
      const third = await post({ query: name });
      assert.deepEqual([third.status, third.body], [429, 'Retry later\n']);
    });

    it('may have 10,000 characters of query, and as many of variables as it likes', async () => {
      const padded = (length: number): string => name.padEnd(length, ' ');
      assert.equal((await post({ query: padded(10_000), variables: { x: 'x'.repeat(20_000) } })).status, 200);
      for (const body of [{ query: padded(10_001) }, [{ query: padded(5_001) }, { query: padded(5_000) }]]) {
        const { status, body: answered } = await post(body);
        assert.deepEqual([status, answered], [422, failure('Query too large')]);
      }
    });

    it('may be a batch, which is charged as one', async () => {
      assert.deepEqual((await post([{ query: name }, { query: '{ metadata { version } }' }])).body, [{ data: { project: { name: 'The Shop' } } }, { data: { metadata: null } }]);
      const dear = '{ project(fullPath: "x") { workItems { nodes { widgets { ... on WorkItemWidgetNotes { discussions { nodes { id createdAt } } } } } } } }';
      assert.deepEqual((await post({ query: dear })).body, { data: { project: null } });
      const [first] = (await post(Array.from({ length: 10 }, () => ({ query: dear })))).body as { errors: { message: string }[] }[];
      assert.match(first?.errors[0]?.message ?? '', /^Query has complexity of \d+, which exceeds max complexity of 200$/);
    });

    it('names its operations in the log', async () => {
      await post([{ query: `query Named ${name}` }, { query: `query A ${name} query B ${name}`, operationName: 'B' }, { query: name }]);
      await instance.ask('/projects/1');
      assert.deepEqual(instance.gitlab.requests.map((request) => request.operations), [['Named', 'B'], []]);
    });

    it('takes variables as an object or as the text of one', async () => {
      const query = 'query($path: ID!) { project(fullPath: $path) { name } }';
      for (const variables of [{ path: 'ACME/web/shop' }, '{"path":"acme/web/shop"}']) assert.deepEqual((await post({ query, variables })).body, { data: { project: { name: 'The Shop' } } });
      for (const variables of [7, '{', '[1]']) assert.equal((await post({ query, variables })).status, 422);
    });
  });

  describe('a wrong query', () => {
    const inProject = (fields: string): string => `{ project(fullPath: "acme/web/shop") { ${fields} } }`;
    const table: readonly (readonly [string, string, RegExp])[] = [
      ['that is none', '{', /Syntax Error/],
      ['that is empty', '', /Syntax Error/],
      ['with an unknown field', inProject('badges'), /^Field 'badges' doesn't exist on type 'Project'$/],
      ['with an unknown argument', inProject('issues(since: 1) { count }'), /^Field 'issues' doesn't accept argument 'since'$/],
      ['with an unknown type', inProject('... on Repo { id }'), /^No such type Repo/],
      ['with an unknown word', inProject('issues(state: open) { count }'), /IssuableState/],
      ['that leaves out an argument', '{ project { name } }', /fullPath/],
      ['that leaves out a variable', 'query($path: ID!) { project(fullPath: $path) { name } }', /^Variable \$path of type ID! was provided invalid value$/],
      ['with a time that is none', inProject('issues(createdAfter: "soon") { count }'), /no time information in "soon"/],
      ['with two operations and no name', `query A ${name} query B ${name}`, /^An operation name is required$/],
    ];
    for (const [title, query, message] of table) {
      it(`${title} is answered with 200 and errors alone`, async () => {
        const { status, data, errors } = await instance.query(query);
        assert.deepEqual([status, data], [200, undefined]);
        assert.match(errors.join('\n'), message);
      });
    }

    it('with a wrong value at one place fails there, beside the rest', async () => {
      const { data, errors } = await instance.query(inProject('name issues(first: 1, last: 1) { count }'));
      assert.deepEqual([data, errors], [{ project: { name: 'The Shop', issues: null } }, ['Can only provide either `first` or `last`, not both']]);
    });
  });

  describe('older servers', () => {
    const inProject = (fields: string): string => `{ project(fullPath: "acme/web/shop") { ${fields} } }`;
    const table: readonly (readonly [string, 'before-commits' | 'old', readonly string[]])[] = [
      ['repository { commits(ref: "main") { nodes { sha } } }', 'before-commits', ["Field 'commits' doesn't exist on type 'Repository'"]],
      ['workItems(createdAfter: "2026-01-01") { nodes { iid } }', 'before-commits', []],
      ['workItems(createdAfter: "2026-01-01") { nodes { iid } }', 'old', ["Field 'workItems' doesn't accept argument 'createdAfter'"]],
      ['issues(createdAfter: "2026-01-01") { nodes { notes { nodes { createdAt author { bot } } } } }', 'old', []],
      ['issues { nodes { notes { nodes { maxAccessLevelOfAuthor } } } }', 'old', ["Field 'maxAccessLevelOfAuthor' doesn't exist on type 'Note'"]],
      ['workItems { nodes { widgets { ... on WorkItemWidgetNotes { type } } } }', 'old', ["No such type WorkItemWidgetNotes, so it can't be a fragment condition"]],
      ['projectMembers(relations: [DIRECT]) { nodes { id } }', 'old', ["Field 'projectMembers' doesn't accept argument 'relations'"]],
      ['repository { tree { lastCommit { sha } } }', 'old', []],
    ];
    for (const [fields, age, messages] of table) {
      it(`(${age}) ${messages.length === 0 ? 'know' : 'refuse'} ${fields}`, async () => {
        instance.gitlab.settings.graphql.age = age;
        const { status, data, errors } = await instance.query(inProject(fields));
        assert.deepEqual([status, errors, data === undefined], [200, messages, messages.length > 0]);
      });
    }

    it('have no other widget in place of the notes', async () => {
      instance.gitlab.data.addIssue(instance.shop, { author: instance.users.owner });
      const widgets = async (): Promise<unknown> => (await instance.query(inProject('workItems { nodes { widgets { type } } }'))).data;
      assert.match(JSON.stringify(await widgets()), /NOTES/);
      instance.gitlab.settings.graphql.age = 'old';
      assert.doesNotMatch(JSON.stringify(await widgets()), /NOTES/);
    });
  });

  describe('faults', () => {
    it('meet one operation by its name, and leave the others alone', async () => {
      instance.gitlab.faults.next({ match: { operation: 'Second' }, action: graphqlFailures.databaseTimeout });
      assert.equal((await post({ query: `query First ${name}` })).status, 200);
      const { status, body } = await post({ query: `query Second ${name}` });
      assert.deepEqual([status, body], [503, failure('Request timed out. Please try a less complex query or a smaller set of records.')]);
      assert.equal((await post({ query: `query Second ${name}` })).status, 200);
    });

    it('let one field take too long, with the rest beside the error', async () => {
      instance.gitlab.data.addIssue(instance.shop, { author: instance.users.owner });
      instance.gitlab.faults.next({ match: { operation: 'Slow' }, action: { timeoutOn: 'WorkItem.widgets' } });
      const { status, data, errors } = await instance.query('query Slow { project(fullPath: "acme/web/shop") { name workItems { nodes { iid widgets { type } } } } }');
      assert.deepEqual([status, errors], [200, ['Timeout on WorkItem.widgets']]);
      assert.deepEqual(data, { project: { name: 'The Shop', workItems: { nodes: [{ iid: '1', widgets: null }] } } });
    });
  });
});
