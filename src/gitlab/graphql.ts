import * as v from 'valibot';
import { decode } from './decode';
import { GitLabError, isGitLabError } from './gitlabError';
import { abortable } from './abortable';
import type { Transport } from './transport';

export type GraphQLErrorReason =
  /** The query costs more than the server allows: ask for less. */
  | 'complexity'
  /** It took the server too long, or its answer is too large: ask for less. */
  | 'timeout'
  /** The server is too old for a field or an argument. */
  | 'unsupported'
  /** What was asked for is not there, or this token may not see it. */
  | 'permission'
  /** There is no GraphQL for this token or on this server. */
  | 'unavailable'
  /** The server could not answer. */
  | 'failed';

/** A query, or a part of one, without an answer. All that GraphQL gives can be had over REST as well, so none of these is final. */
export class GraphQLError extends Error {
  override readonly name = 'GraphQLError';
  constructor(
    readonly reason: GraphQLErrorReason,
    message: string,
  ) {
    super(message);
  }
}

/** Works across bundles, where `instanceof` does not. */
export function isGraphQLError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === 'GraphQLError';
}

/** What went wrong with a part of a query, as the server says it. */
export interface GraphQLProblem {
  readonly reason: GraphQLErrorReason;
  /** In the server's words. */
  readonly message: string;
  /** Where in the data, from the top; empty where it is about the query as a whole. */
  readonly path: readonly (string | number)[];
  /** Names of fields, arguments and types that it is about, as far as the server tells them. */
  readonly names: readonly string[];
}

export interface GraphQLAnswer {
  /** Null where nothing was carried out. What is missing in it is unknown, not empty: see the problems. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly problems: readonly GraphQLProblem[];
}

/** The GraphQL of one instance as one user sees it. It remembers what the server turned out not to have. */
export interface GraphQL {
  /** False for job tokens, and once the instance turned out to have no GraphQL: queries are not even tried. */
  readonly available: boolean;
  /** Whether the server has a feature, as far as it turned out; by the names that their users give them. */
  readonly features: Map<string, boolean>;
  /** The most that the parts of one query should cost together; less once the server said so. */
  maxPoints: number;
  /** Rejects with GraphQLError; with GitLabError where the instance cannot be reached or is asked too often; or with the signal's reason. */
  send(query: string, variables: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<GraphQLAnswer>;
}

export function createGraphQL({ instance, transport, isJobToken }: { readonly instance: string; readonly transport: Transport; readonly isJobToken: boolean }): GraphQL {
  let available = !isJobToken;
  /** The queries of the first turn, whose answer shows whether there is GraphQL at all: later ones wait for it instead of finding out as well. */
  let first: Promise<unknown> | null = null;

  async function post(query: string, variables: Readonly<Record<string, unknown>>, signal: AbortSignal | undefined): Promise<GraphQLAnswer> {
    try {
      const { body } = await transport.request({
        method: 'POST',
        url: `${instance}/api/graphql`,
        body: { query, variables },
        responseType: 'json',
        target,
        bearer: true,
        // A query changes nothing. What timed out in the server would time out again.
        mayRepeat: (error) => !hasTimedOut(error),
        timeoutMs,
        signal,
      });
      return readAnswer(body);
    } catch (error) {
      if (!isGitLabError(error) || error.reason === 'rate-limited' || error.reason === 'unreachable') throw error;
      const reason = reasonOf(error);
      if (reason === 'unavailable') available = false;
      throw new GraphQLError(reason, error.message);
    }
  }

  return {
    get available() {
      return available;
    },
    features: new Map(),
    maxPoints: defaultMaxPoints,
    async send(query, variables, signal) {
      if (first) await abortable(first, signal);
      if (!available) throw new GraphQLError('unavailable', `There is no GraphQL for this token at ${instance}.`);
      const answer = post(query, variables, signal);
      queueMicrotask(() => {
        first ??= answer.catch(() => {});
      });
      return answer;
    },
  };
}

const target = 'GraphQL';

/** Without a sign-in GitLab allows 200. What stays below keeps what one query reads in proportion, too. */
const defaultMaxPoints = 170;

/** GitLab itself gives up after 30 seconds and says so. */
const timeoutMs = 45_000;

function reasonOf(error: GitLabError): GraphQLErrorReason {
  if (hasTimedOut(error) || error.reason === 'too-large') return 'timeout';
  // A web page may come from a proxy that is in trouble for a moment.
  return ['server-error', 'refused', 'not-gitlab'].includes(error.reason) ? 'failed' : 'unavailable';
}

function hasTimedOut(error: GitLabError): boolean {
  return error.reason === 'server-error' && timedOutWords.test(error.details.answer ?? '');
}

const timedOutWords = /\btimed out\b|^Timeout on /i;

function readAnswer(body: unknown): GraphQLAnswer {
  const { data, errors } = decode(answerSchema, body, target);
  if (data == null && !errors?.length) throw new GitLabError('not-gitlab', "GitLab's answer for GraphQL cannot be read: data is missing.");
  return { data: data ?? null, problems: (errors ?? []).map((error) => toProblem(error, data != null)) };
}

function toProblem({ message, path, extensions }: v.InferOutput<typeof errorSchema>, hasData: boolean): GraphQLProblem {
  return { reason: reasonOfMessage(message, hasData, extensions?.code), message: shorten(message), path: path ?? [], names: [...namesIn(message), ...Object.values(extensions ?? {}).filter((value) => typeof value === 'string')] };
}

/**
 * GitLab sends no codes with most errors, so its words decide. Without data a query was refused before it was carried out: what is
 * not about its cost is then about its text, which the servers it was written for understand.
 */
function reasonOfMessage(message: string, hasData: boolean, code: unknown): GraphQLErrorReason {
  if (/exceeds max (complexity|depth)/i.test(message)) return 'complexity';
  if (timedOutWords.test(message)) return 'timeout';
  if (/permission|not authorized|does not exist or you don't/i.test(message)) return 'permission';
  if (/internal server error/i.test(message)) return 'failed';
  if (hasData) return 'failed';
  return typeof code === 'string' || unsupportedWords.test(message) ? 'unsupported' : 'failed';
}

const unsupportedWords = /doesn't exist|does not exist|doesn't accept|isn't a defined|no such type|invalid value|cannot query|unknown (argument|type|field)|is not defined|not accept|mismatch/i;

function namesIn(message: string): readonly string[] {
  return Array.from(message.matchAll(/['"`](\w+)(?:\.(\w+))?['"`]/g), ([, first = '', second]) => second ?? first);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

const errorSchema = v.object({
  message: v.string(),
  path: v.nullish(v.array(v.union([v.string(), v.number()]))),
  extensions: v.nullish(v.record(v.string(), v.unknown())),
});

const answerSchema = v.object({
  data: v.nullish(v.record(v.string(), v.unknown())),
  errors: v.nullish(v.array(errorSchema)),
});
