import { accessLevel, FakeData, type FakeGroup, type FakeProject, type FakeUser } from './data';
import { startFakeGitLab, type FakeGitLab, type FakeGitLabOptions } from './server';

/** A small instance for the tests of the fake: acme (group) / web (group) / shop (project), and one user a role. */
export interface TestInstance {
  readonly gitlab: FakeGitLab;
  readonly acme: FakeGroup;
  readonly web: FakeGroup;
  readonly shop: FakeProject;
  readonly users: Readonly<Record<Role, FakeUser>>;
  /** Sends a request below /api/v4 and reads the answer. Users' tokens have their names: `maintainer`, `guest`, … */
  ask(path: string, options?: AskOptions): Promise<Asked>;
  /** Sends a GraphQL query. */
  query(text: string, options?: QueryOptions): Promise<Queried>;
}

interface QueryOptions {
  readonly as?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

interface Queried {
  readonly status: number;
  readonly headers: Headers;
  /** Absent where the query was not carried out. */
  readonly data?: Record<string, unknown> | null;
  /** Messages only. */
  readonly errors: readonly string[];
}

type Role = 'guest' | 'reporter' | 'maintainer' | 'owner' | 'stranger';

export interface AskOptions {
  readonly as?: string | null;
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  /** Decoded JSON, or the text of anything else; null for an empty body. */
  readonly body: unknown;
}

export const testNow = new Date('2026-03-05T10:00:00.000Z');

export async function startTestInstance(options: FakeGitLabOptions = {}): Promise<TestInstance> {
  const data = options.data ?? new FakeData();
  const user = (username: Role): FakeUser => {
    const made = data.addUser({ username });
    data.addToken({ value: username, user: made });
    return made;
  };
  const users = { guest: user('guest'), reporter: user('reporter'), maintainer: user('maintainer'), owner: user('owner'), stranger: user('stranger') };
  const acme = data.addGroup({ path: 'acme', name: 'Acme', members: [{ user: users.owner, accessLevel: accessLevel.owner }] });
  const web = data.addGroup({ path: 'web', name: 'Web', parent: acme });
  const shop = data.addProject({
    path: 'shop',
    name: 'The Shop',
    namespace: web,
    members: [
      { user: users.guest, accessLevel: accessLevel.guest },
      { user: users.reporter, accessLevel: accessLevel.reporter },
      { user: users.maintainer, accessLevel: accessLevel.maintainer },
    ],
  });
  const gitlab = await startFakeGitLab({ now: () => testNow, ...options, data });
  return { gitlab, acme, web, shop, users, ask: (path, asked) => ask(gitlab, path, asked), query: (text, asked) => query(gitlab, text, asked) };
}

async function query(gitlab: FakeGitLab, text: string, { as = null, variables, operationName }: QueryOptions = {}): Promise<Queried> {
  const response = await fetch(`${gitlab.url}/api/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(as === null ? {} : { Authorization: `Bearer ${as}` }) },
    body: JSON.stringify({ query: text, variables, operationName }),
  });
  const { data, errors = [] } = (await response.json()) as { data?: Record<string, unknown> | null; errors?: { message: string }[] };
  return { status: response.status, headers: response.headers, ...(data === undefined ? {} : { data }), errors: errors.map(({ message }) => message) };
}

async function ask(gitlab: FakeGitLab, path: string, { as = null, method = 'GET', body, headers = {} }: AskOptions = {}): Promise<Asked> {
  const response = await fetch(`${gitlab.url}/api/v4${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(as === null ? {} : { 'PRIVATE-TOKEN': as }), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  return { status: response.status, headers: response.headers, body: text === '' ? null : isJson ? (JSON.parse(text) as unknown) : text };
}
