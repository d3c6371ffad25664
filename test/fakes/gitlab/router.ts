import type { IncomingHttpHeaders } from 'node:http';
import { refuseError, type Answer } from './answer';
import { authenticate, type Caller } from './authentication';
import type { FakeData } from './data';
import type { GraphqlAge } from './graphql/schema';
import { readParams, type Declarations, type Given, type Params } from './params';

/** What routes know of the server they belong to. */
export interface Instance {
  readonly data: FakeData;
  readonly now: () => Date;
  /** The address GitLab believes it has, with the relative root and without a slash at the end. */
  readonly externalUrl: () => string;
  readonly settings: InstanceSettings;
  readonly hideTotals: () => boolean;
}

export interface InstanceSettings {
  /** Whether rendered badge URLs are escaped, as since about GitLab 18.6. */
  escapedRendering: boolean;
  /** Address of the asset proxy that pictures of other hosts are shown through; null without one. */
  assetProxy: string | null;
  pagesDomain: string;
  /** Placeholders of badges that its version does not know yet. */
  unknownPlaceholders: readonly string[];
  version: string;
  revision: string;
  graphql: { age: GraphqlAge };
}

export interface ApiRequest {
  readonly method: string;
  /** Below `/api/v4`, still percent-encoded, without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Query and body. */
  readonly given: Given;
}

/** One request on its way through a route. */
export interface Call {
  readonly instance: Instance;
  readonly request: ApiRequest;
  /** Parameters of the path, decoded. */
  readonly path: ReadonlyMap<string, string>;
  /** Declared parameters. Empty in `before`, which runs ahead of them. */
  readonly params: Params;
  /** Who asks. Throws the 401 or 403 of a token that is of no use here. */
  caller(): Caller;
}

interface RouteOptions {
  readonly params?: Declarations;
  /** Runs before the parameters are judged. */
  readonly before?: (call: Call) => unknown;
  /** Scopes that will do beside `api` (and `read_api` for reading), or any scope at all. */
  readonly scopes?: readonly string[] | 'any';
  /** Where false, which is the default, GitLab doesn't see a job token at all. */
  readonly jobToken?: boolean;
}

type Handler = (call: Call) => Answer;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly options: RouteOptions;
  readonly handler: Handler;
}

/** Routes in the order of their declaration: the first that fits answers. `:name` is one segment, `*name` the rest. */
export class Router {
  readonly #routes: Route[] = [];

  get(path: string, options: RouteOptions, handler: Handler): void {
    this.#add('GET', path, options, handler);
  }
  post(path: string, options: RouteOptions, handler: Handler): void {
    this.#add('POST', path, options, handler);
  }
  put(path: string, options: RouteOptions, handler: Handler): void {
    this.#add('PUT', path, options, handler);
  }
  delete(path: string, options: RouteOptions, handler: Handler): void {
    this.#add('DELETE', path, options, handler);
  }

  #add(method: string, path: string, options: RouteOptions, handler: Handler): void {
    const source = path.replace(/[.]/g, '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)').replace(/\*(\w+)/g, '(?<$1>.+?)');
    this.#routes.push({ method, pattern: new RegExp(`^${source}/?$`), options, handler });
  }

  /** Answers, or throws a Refusal. */
  answer(instance: Instance, request: ApiRequest): Answer {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const fitting = this.#routes.filter((route) => route.pattern.test(request.path));
    const route = fitting.find((candidate) => candidate.method === method);
    if (!route) {
      if (fitting.length === 0) throw refuseError(404, '404 Not Found');
      throw refuseError(405, '405 Not Allowed', { Allow: ['OPTIONS', ...new Set(fitting.map((candidate) => candidate.method))].join(', ') });
    }
    const path = new Map(Object.entries(route.pattern.exec(request.path)?.groups ?? {}).map(([name, value]) => [name, decode(value)]));
    const given = new Map([...request.given, ...path]);
    let caller: Caller | undefined;
    const call = {
      instance,
      request,
      path,
      params: readParams(new Map(), {}),
      caller: () => (caller ??= authenticate(instance.data, instance.now(), { method, headers: request.headers, given, ...route.options })),
    };
    // Writing needs a user, and GitLab says so before it looks at anything else.
    if (method !== 'GET') call.caller().requireUser();
    route.options.before?.(call);
    call.params = readParams(given, { ...(path.has('id') ? { id: { type: 'string' } } : {}), ...route.options.params });
    return route.handler(call);
  }
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw refuseError(400, 'Bad Request');
  }
}
