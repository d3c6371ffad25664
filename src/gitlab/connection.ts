import type { Projects } from '@gitbeaker/rest';
import { createGraphQL, type GraphQL } from './graphql';
import { encodeQuery, snakeCaseNames } from './query';
import { createTransport, type Method, type TransportOptions } from './transport';

/** One GitLab instance as one user sees it: all of src/gitlab asks through it. */
export interface Connection {
  /** Canonical address, see `normalizeInstance`. */
  readonly instance: string;
  /** Requests that went out to the instance so far; retries, redirects and 304 answers count. */
  readonly requests: number;
  /** Its other API, which reads in one request what takes many over the resources. */
  readonly graphql: GraphQL;
  /**
   * A resource class of @gitbeaker/rest that talks through this connection. Its calls reject with GitLabError, or with the
   * signal's reason. What they resolve to is whatever GitLab sent, not what its types say: decode it.
   */
  resource<T>(Resource: new (options: ResourceOptions) => T, signal?: AbortSignal): T;
  /**
   * The text of a file under the instance's address, asked for with the token. A redirect to another origin is followed
   * without it, or refused. Rejects with GitLabError, e.g. `too-large` above `maxBytes`.
   */
  download(url: string, options: DownloadOptions, signal?: AbortSignal): Promise<string>;
}

export interface DownloadOptions {
  readonly maxBytes: number;
  readonly accept?: string | undefined;
  /** `withoutToken` by default: instances keep files in object storages of other hosts. */
  readonly foreignRedirects?: 'refuse' | 'withoutToken' | undefined;
}

export type ConnectionOptions = TransportOptions;

/** What every resource class of gitbeaker is made from. */
type ResourceOptions = ConstructorParameters<typeof Projects<false>>[0];

export function createConnection(options: ConnectionOptions): Connection {
  const { instance } = options;
  const transport = createTransport(options);

  /** Takes the place of gitbeaker's whole transport. `resourceUrl` is the API's address, for some classes with `/projects` or `/groups` behind. */
  function requester(resourceUrl: string, signal: AbortSignal | undefined): RequesterType {
    const base = resourceUrl.endsWith('/') ? resourceUrl : `${resourceUrl}/`;
    const call =
      (method: Method): Requester =>
      async (endpoint, { searchParams = {}, body } = {}) => {
        const answer = await transport.request({
          method,
          url: base + endpoint,
          query: encodeQuery(searchParams),
          body: bodyOf(method, body),
          responseType: 'json',
          signal,
        });
        // Gitbeaker types the body by what each call expects; nothing here can know it, so callers decode it.
        return { ...answer, headers: { ...answer.headers }, body: answer.body as never };
      };
    return { get: call('GET'), post: call('POST'), put: call('PUT'), patch: call('PATCH'), delete: call('DELETE') };
  }

  return {
    instance,
    get requests() {
      return transport.requests;
    },
    graphql: createGraphQL({ instance, transport, isJobToken: options.token?.kind === 'job' }),
    resource(Resource, signal) {
      return new Resource({
        host: instance,
        // Its timer would span all pages of a list; the transport has one for each try.
        queryTimeout: 0,
        requesterFn: (service) => requester(service.url, signal),
      });
    },
    async download(url, { maxBytes, accept, foreignRedirects = 'withoutToken' }, signal) {
      const answer = await transport.request({
        method: 'GET',
        url,
        accept,
        maxBodyBytes: maxBytes,
        responseType: 'text',
        foreignRedirects,
        signal,
      });
      return answer.body as string;
    },
  };
}

type RequesterType = ReturnType<NonNullable<ResourceOptions['requesterFn']>>;
type Requester = RequesterType['get'];

/** Gitbeaker gives every DELETE an empty object, which some proxies refuse. */
function bodyOf(method: Method, body: unknown): unknown {
  if (method === 'DELETE' && typeof body === 'object' && body !== null && Object.keys(body).length === 0) return undefined;
  return snakeCaseNames(body);
}
