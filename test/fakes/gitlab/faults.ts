/** Which requests a fault meets. All that is given must fit. */
export interface FaultMatch {
  readonly method?: string;
  /** Tested against the path with its query, as sent. */
  readonly path?: RegExp;
  /** Name of a GraphQL operation in it. */
  readonly operation?: string;
  /** Tested against the body, as sent. */
  readonly body?: RegExp;
}

/** What is matched. */
export interface FaultTarget {
  readonly method: string;
  readonly pathAndQuery: string;
  /** Names of the GraphQL operations that it asks for. */
  readonly operations: readonly string[];
  readonly body: string;
}

/** What goes wrong. `delayMs` alone only makes the answer slow. */
export type FaultAction = { readonly delayMs?: number } & (
  | { readonly status: number; readonly body?: string | object; readonly headers?: Readonly<Record<string, string>> }
  | { readonly delayMs: number }
  /** The connection is cut before the request is carried out. */
  | { readonly drop: true }
  /** The request is carried out, and the connection cut before the answer. */
  | { readonly dropAfter: true }
  /** The answer announces its whole length and stops halfway. */
  | { readonly cutBody: true }
  | { readonly redirect: string; readonly status?: number }
  /** A `Type.field` of GraphQL takes too long: it is null, with an error beside the rest. */
  | { readonly timeoutOn: string }
  /** Nothing is ever answered. */
  | { readonly hang: true }
);

interface Fault {
  readonly match?: FaultMatch;
  /** How many requests it meets; 1 by default, Infinity for all. */
  readonly times?: number;
  readonly action: FaultAction;
}

/** Faults in the order in which they were given: the first that fits a request and isn't used up is taken. */
export class Faults {
  /** Every answer waits this long, besides the delay of a fault. Milliseconds. */
  latencyMs = 0;
  /** Leaves out X-Total, X-Total-Pages and rel="last", as a proxy or a very long list does. */
  hideTotals = false;
  #waiting: { readonly fault: Fault; left: number }[] = [];

  next(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
    this.latencyMs = 0;
    this.hideTotals = false;
  }

  /** Takes the fault for a request, if there is one. */
  take(target: FaultTarget): FaultAction | null {
    const entry = this.#waiting.find(({ fault }) => fits(fault.match ?? {}, target));
    if (!entry) return null;
    entry.left -= 1;
    if (entry.left <= 0) this.#waiting = this.#waiting.filter((each) => each !== entry);
    return entry.fault.action;
  }
}

/** Whether a request fits. Not `RegExp.test`, which with the g flag finds something else each time. */
export function fits({ method, path, operation, body }: FaultMatch, target: FaultTarget): boolean {
  return (
    (method === undefined || method === target.method) &&
    (path === undefined || target.pathAndQuery.search(path) >= 0) &&
    (operation === undefined || target.operations.includes(operation)) &&
    (body === undefined || target.body.search(body) >= 0)
  );
}

/** What GitLab answers where GraphQL fails as a whole. */
export const graphqlFailures = {
  databaseTimeout: { status: 503, body: { errors: [{ message: 'Request timed out. Please try a less complex query or a smaller set of records.' }] } },
  internalError: { status: 500, body: { errors: [{ message: 'Internal server error' }] } },
  invalidArgument: { status: 422, body: { errors: [{ message: 'Invalid argument' }] } },
} as const satisfies Record<string, FaultAction>;
