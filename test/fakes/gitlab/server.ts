import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { html, json, refuseError, Refusal, type Answer } from './answer';
import { credentialOf, type CredentialKind } from './authentication';
import { FakeData } from './data';
import { Faults, fits, type FaultAction, type FaultMatch, type FaultTarget } from './faults';
import { graphqlAnswer } from './graphql/endpoint';
import type { GraphqlAge } from './graphql/schema';
import { page } from './pages';
import { RateCounter, throttle, tooManyCalls, type ApplicationRateLimit, type RateLimit, type Throttled } from './rateLimit';
import { readBody, readRequest, type RawRequest } from './rawRequest';
import { Router, type ApiRequest, type Instance, type InstanceSettings } from './router';
import { artifactRoutes } from './routes/artifacts';
import { badgeRoutes } from './routes/badges';
import { containerRegistryRoutes } from './routes/containerRegistry';
import { ciLintRoutes } from './routes/ciLint';
import { groupRoutes } from './routes/groups';
import { issueRoutes } from './routes/issues';
import { memberRoutes } from './routes/members';
import { mergeRequestRoutes } from './routes/mergeRequests';
import { milestoneRoutes } from './routes/milestones';
import { noteRoutes } from './routes/notes';
import { pagesRoutes } from './routes/pages';
import { pipelineRoutes } from './routes/pipelines';
import { projectRoutes } from './routes/projects';
import { protectedBranchRoutes } from './routes/protectedBranches';
import { releaseRoutes } from './routes/releases';
import { repositoryRoutes } from './routes/repository';
import { userRoutes } from './routes/users';

export interface FakeGitLabOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Path below which the instance lives, such as `/gitlab`. */
  readonly relativeRoot?: string;
  readonly data?: FakeData;
  /** The clock for expiry, badges and rate limits; the real one by default. */
  readonly now?: () => Date;
  /** Whether rendered badge URLs are escaped, as since about GitLab 18.6; true by default. */
  readonly escapedRendering?: boolean;
  /** What GraphQL knows; `current` by default. */
  readonly graphqlAge?: GraphqlAge;
  readonly rateLimit?: RateLimit;
  readonly applicationRateLimits?: readonly ApplicationRateLimit[];
  /** How many requests are remembered, the newest; all by default. For runs of many thousands in little memory. */
  readonly keepRequests?: number;
  /** The address GitLab believes it has, where that isn't the one it is reached at: links and redirects lead there. */
  readonly externalUrl?: string;
}

export interface FakeGitLab {
  /** With the relative root, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly data: FakeData;
  readonly faults: Faults;
  readonly settings: InstanceSettings & { rateLimit: RateLimit | null; applicationRateLimits: readonly ApplicationRateLimit[] };
  /** Every request so far, as far as they are kept, oldest first; a test may empty it. */
  readonly requests: LoggedRequest[];
  /** How many requests there were, kept or not. */
  readonly requestCount: number;
  /** The next request from now on that fits, as soon as it arrives. */
  arrival(match: FaultMatch): Promise<LoggedRequest>;
  /** Also ends connections that are still open. */
  close(): Promise<void>;
}

interface LoggedRequest {
  readonly method: string;
  /** As sent, without the query; the relative root is part of it. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** As sent, but for the secrets, which read `[hidden]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** How a token came and which one it was (`name` of the token; null for one the server doesn't know); null without a token. */
  readonly credential: { readonly kind: CredentialKind; readonly name: string | null } | null;
  readonly body: string;
  /** Names of the GraphQL operations in it; none for REST. */
  readonly operations: readonly string[];
  /** 0 until there is an answer, and where there never was one. */
  readonly status: number;
  readonly outcome: 'pending' | 'answered' | 'dropped' | 'aborted';
  /** Resolves when the request is over: answered, dropped by a fault, or aborted by the client. */
  readonly ended: Promise<void>;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Starts a GitLab on 127.0.0.1 that behaves as the real one does, over a real connection. */
export async function startFakeGitLab(options: FakeGitLabOptions = {}): Promise<FakeGitLab> {
  const data = options.data ?? new FakeData();
  const now = options.now ?? (() => new Date());
  const root = normalRoot(options.relativeRoot ?? '');
  const faults = new Faults();
  const requests: LoggedRequest[] = [];
  const keepRequests = options.keepRequests ?? Number.POSITIVE_INFINITY;
  let requestCount = 0;
  const counter = new RateCounter();
  const settings: FakeGitLab['settings'] = {
    escapedRendering: options.escapedRendering ?? true,
    assetProxy: null,
    pagesDomain: 'pages.example.com',
    unknownPlaceholders: [],
    version: '18.6.1',
    revision: '4d1c3f2a9b8',
    graphql: { age: options.graphqlAge ?? 'current' },
    rateLimit: options.rateLimit ?? null,
    applicationRateLimits: options.applicationRateLimits ?? [],
  };
  const router = apiRouter();
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const arrivals: { readonly match: FaultMatch; readonly resolve: (request: LoggedRequest) => void }[] = [];
  let url = '';
  const instance: Instance = { data, now, settings, externalUrl: () => options.externalUrl ?? url, hideTotals: () => faults.hideTotals };

  const server = createServer((message, response) => {
    void serve(message, response).catch((error: unknown) => {
      console.error('The fake GitLab failed:', error);
      send(message, response, { status: 500, headers: { 'Content-Type': 'application/json' }, body: '{"message":"500 Internal Server Error"}' });
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(message);
    const request = readRequest(message, body);
    const entry = log(message, response, request, body);
    const action = faults.take(targetOf(message, entry));
    if (action && 'drop' in action) {
      entry.outcome = 'dropped';
      message.socket.destroy();
      return;
    }
    if (action && 'hang' in action) return;
    const answer = withTransport(request, faultAnswer(action) ?? carryOut(request, action && 'timeoutOn' in action ? action.timeoutOn : null));
    await delay(faults.latencyMs + (action?.delayMs ?? 0));
    if (response.destroyed) return;
    if (action && 'dropAfter' in action) {
      entry.outcome = 'dropped';
      message.socket.destroy();
      return;
    }
    entry.status = answer.status;
    if (action && 'cutBody' in action) {
      entry.outcome = 'dropped';
      sendHalf(response, answer);
      return;
    }
    send(message, response, answer);
  }

  /** The answer of the instance, as far as it is not about the connection. */
  function carryOut(request: RawRequest, timeoutOn: string | null): Answer {
    if (!request.path.startsWith(`${root}/`)) return html('<html><head><title>404 Not Found</title></head><body>nginx</body></html>', 404);
    const path = request.path.slice(root.length);
    if (!path.startsWith('/api/')) return answerOf(() => page(instance, { ...request, path, given: request.given() }));
    const { headers, refusal } = limitRate(request, path);
    const answer = refusal ?? answerOf(() => answerApi({ ...request, path, given: request.given() }, timeoutOn));
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }

  function answerApi(request: ApiRequest, timeoutOn: string | null): Answer {
    const [, version, path = '/'] = /^\/api\/([^/]+)(\/.*)?$/.exec(request.path) ?? [];
    if (version === 'graphql') {
      if (request.method !== 'POST' && request.method !== 'GET') throw refuseError(404, '404 Not Found');
      return graphqlAnswer(instance, request, timeoutOn);
    }
    if (version === 'v3') throw refuseError(410, 'API V3 is no longer supported. Use API V4 instead.');
    if (version !== 'v4') throw refuseError(404, '404 Not Found');
    return router.answer(instance, { ...request, path });
  }

  function limitRate(request: RawRequest, path: string): Throttled {
    const credential = credentialOf(request.headers, new Map(request.query));
    const known = data.tokens.find((token) => token.value === credential?.value);
    const caller = { key: known?.user.username ?? request.address, authenticated: known !== undefined };
    const first = settings.rateLimit ? throttle(counter, settings.rateLimit, caller, now()) : { headers: {}, refusal: null };
    if (first.refusal) return first;
    const rule = settings.applicationRateLimits.find((each) => path.replace(/^\/api\/v4/, '').search(each.path) >= 0);
    if (!rule) return first;
    const { observed } = counter.count(`application ${String(rule.path)} ${caller.key}`, rule.windowSeconds ?? 60, now());
    return observed > rule.limit ? { headers: {}, refusal: tooManyCalls() } : first;
  }

  function log(message: IncomingMessage, response: ServerResponse, request: RawRequest, body: Buffer): Mutable<LoggedRequest> {
    const credential = credentialOf(request.headers, new Map(request.query));
    const secret = credential?.value ?? '';
    const hide = (text: string): string => (secret === '' ? text : text.replaceAll(secret, '[hidden]'));
    const entry: Mutable<LoggedRequest> = {
      method: request.method,
      path: request.path,
      query: new URLSearchParams([...request.query].map(([name, value]): [string, string] => [name, hide(value)])),
      headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, hide(String(value))])),
      credential: credential && { kind: credential.kind, name: data.tokens.find((token) => token.value === secret)?.name ?? null },
      body: body.toString('utf8'),
      operations: operationsOf(request.path, body),
      status: 0,
      outcome: 'pending',
      ended: new Promise((resolve) => {
        response.on('close', () => {
          if (entry.outcome === 'pending') entry.outcome = response.writableFinished ? 'answered' : 'aborted';
          resolve();
        });
      }),
    };
    requestCount += 1;
    requests.push(entry);
    if (requests.length > keepRequests) requests.splice(0, requests.length - keepRequests);
    for (const waiting of arrivals.filter(({ match }) => fits(match, targetOf(message, entry)))) {
      arrivals.splice(arrivals.indexOf(waiting), 1);
      waiting.resolve(entry);
    }
    return entry;
  }

  function delay(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, milliseconds);
      timers.add(timer);
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}${root}`;

  return {
    url,
    port,
    data,
    faults,
    settings,
    requests,
    get requestCount() {
      return requestCount;
    },
    arrival: (match) => new Promise((resolve) => arrivals.push({ match, resolve })),
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer);
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function apiRouter(): Router {
  const router = new Router();
  for (const addRoutes of [
    userRoutes,
    projectRoutes,
    badgeRoutes,
    ciLintRoutes,
    issueRoutes,
    mergeRequestRoutes,
    milestoneRoutes,
    noteRoutes,
    protectedBranchRoutes,
    containerRegistryRoutes,
    pipelineRoutes,
    repositoryRoutes,
    releaseRoutes,
    artifactRoutes,
    pagesRoutes,
    groupRoutes,
    memberRoutes,
  ]) {
    addRoutes(router);
  }
  return router;
}

function targetOf(message: IncomingMessage, { method, operations, body }: LoggedRequest): FaultTarget {
  return { method, pathAndQuery: message.url ?? '', operations, body };
}

function operationsOf(path: string, body: Buffer): string[] {
  if (!path.endsWith('/api/graphql')) return [];
  try {
    const asked = [JSON.parse(body.toString('utf8'))].flat() as { query?: unknown; operationName?: unknown }[];
    return asked.flatMap(({ query, operationName }) => {
      if (typeof operationName === 'string') return [operationName];
      return /^\s*(?:query|mutation|subscription)\s+(\w+)/m.exec(String(query))?.slice(1) ?? [];
    });
  } catch {
    return [];
  }
}

/** What it answers, also where it refuses. */
function answerOf(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function faultAnswer(action: FaultAction | null): Answer | null {
  if (!action) return null;
  if ('redirect' in action) return { status: action.status ?? 302, headers: { 'Content-Type': 'text/html', Location: action.redirect }, body: '' };
  if (!('status' in action)) return null;
  const { body = '' } = action;
  if (typeof body !== 'string') return json(body, action.status, action.headers);
  const type = body.trimStart().startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain';
  return { status: action.status, headers: { 'Content-Type': type, ...action.headers }, body };
}

/** What GitLab's servers add around an answer of the application, among it the ETag and the 304. */
function withTransport(request: RawRequest, answer: Answer): Answer {
  const id = randomUUID().replaceAll('-', '');
  const common = {
    Server: 'nginx',
    'Cache-Control': answer.status < 300 ? 'max-age=0, private, must-revalidate' : 'no-cache',
    Vary: 'Origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'SAMEORIGIN',
    'X-Gitlab-Meta': JSON.stringify({ correlation_id: id, version: '1' }),
    'X-Request-Id': id,
    'X-Runtime': '0.012345',
  };
  const headers = { ...common, ...answer.headers };
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const isTagged = isRead && answer.status === 200 && answer.headers['Content-Type'] === 'application/json' && !('Cache-Control' in answer.headers);
  if (!isTagged) return { ...answer, headers };
  const etag = `W/"${createHash('sha256').update(answer.body ?? '').digest('hex').slice(0, 32)}"`;
  if (request.headers['if-none-match'] !== etag) return { ...answer, headers: { ...headers, ETag: etag } };
  const { 'Content-Type': _type, ...kept } = headers as Record<string, string>;
  return { status: 304, headers: { ...kept, ETag: etag }, body: null };
}

function send(message: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = answer.body === null ? null : Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, ...(body ? { 'Content-Length': body.length } : {}) });
  response.end(message.method === 'HEAD' || body === null ? undefined : body);
}

function sendHalf(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body ?? '');
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': body.length + 1 });
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy());
}

/** `gitlab/`, `/gitlab` and `/gitlab/` are all `/gitlab`. */
function normalRoot(given: string): string {
  const trimmed = given.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}
