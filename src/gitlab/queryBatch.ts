import { nextTick } from 'node:process';
import type * as v from 'valibot';
import { decode } from './decode';
import { type GraphQL, type GraphQLAnswer, GraphQLError, type GraphQLErrorReason, type GraphQLProblem, isGraphQLError } from './graphql';

/** One question, written so that it can travel with others in one query. */
export interface Selection<T> {
  /** What the server has to support for it. Once it does not, every selection of that name fails without being sent. */
  readonly feature: string;
  /** A field of `Query` with its selection: `project(fullPath: $path) { … }`. */
  readonly field: string;
  /** Types and values of the variables in it. */
  readonly variables: Readonly<Record<string, readonly [type: string, value: unknown]>>;
  /** What the server charges for it, rather too much than too little. */
  readonly points: number;
  /** Of the field's value. */
  readonly schema: v.GenericSchema<unknown, T>;
}

/**
 * Asks it together with all that is asked in the same turn, in as few requests as their cost allows. Rejects with GraphQLError
 * where this part has no answer, whatever became of the others; or as `GraphQL.send` does.
 */
export type Ask = <T>(selection: Selection<T>) => Promise<T>;

/** For the questions of one undertaking: one signal stops them all. */
export function createQueryBatch(graphql: GraphQL, signal: AbortSignal): Ask {
  let waiting: Part[] = [];

  return (selection) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      if (!graphql.available) throw new GraphQLError('unavailable', 'There is no GraphQL for this token.');
      if (graphql.features.get(selection.feature) === false) throw new GraphQLError('unsupported', `This GitLab does not have ${selection.feature}.`);
      if (waiting.length === 0) queueMicrotask(() => nextTick(flush));
      waiting.push({ selection, resolve: resolve as (value: unknown) => void, reject });
    });

  function flush(): void {
    const parts = waiting;
    waiting = [];
    sendPacked(parts);
  }

  function sendPacked(parts: readonly Part[]): void {
    for (const together of packed(parts, graphql.maxPoints)) void send(together);
  }

  /** Each feature by itself, so that one does not cost the others their answer. */
  function sendApart(parts: readonly Part[]): void {
    for (const feature of featuresOf(parts)) {
      const together = parts.filter(({ selection }) => selection.feature === feature);
      if (together.length === parts.length) for (const part of parts) void send([part]);
      else sendPacked(together);
    }
  }

  async function send(parts: readonly Part[]): Promise<void> {
    let answer: GraphQLAnswer;
    try {
      answer = await graphql.send(queryOf(parts), variablesOf(parts), signal);
    } catch (error) {
      if (parts.length > 1 && isGraphQLError(error) && error.reason === 'timeout') sendApart(parts);
      else for (const { reject } of parts) reject(error);
      return;
    }
    const { data, problems } = answer;
    if (data === null) refused(parts, problems);
    else parts.forEach((part, index) => settle(part, data[aliasOf(index)] ?? null, problemsOf(index, data, problems)));
  }

  /** Nothing of the query was carried out. */
  function refused(parts: readonly Part[], problems: readonly GraphQLProblem[]): void {
    const { reason, message } = problems[0] ?? { reason: 'failed', message: 'GraphQL answered with nothing.' };
    if (parts.length > 1 && reason === 'complexity') {
      graphql.maxPoints = Math.min(graphql.maxPoints, Math.floor(sumOf(parts) / 2));
      return sendPacked(parts);
    }
    const features = featuresOf(parts);
    if (parts.length > 1 && (reason !== 'unsupported' || features.size > 1)) {
      const blamed = reason === 'unsupported' ? blamedFor(problems, parts) : [];
      // Where it is certain what the server does not know, the others need not wait for it to be found out.
      const [certain, others] = featuresOf(blamed).size === 1 ? [blamed, parts.filter((part) => !blamed.includes(part))] : [[], []];
      if (certain.length === 0) return sendApart(parts);
      giveUp(certain, reason, message);
      return void send(others);
    }
    giveUp(parts, reason, message);
  }

  function giveUp(parts: readonly Part[], reason: GraphQLErrorReason, message: string): void {
    for (const { selection, reject } of parts) {
      if (reason === 'unsupported') graphql.features.set(selection.feature, false);
      reject(new GraphQLError(reason, message));
    }
  }
}

interface Part {
  readonly selection: Selection<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function settle({ selection, resolve, reject }: Part, value: unknown, [problem]: readonly GraphQLProblem[]): void {
  try {
    if (problem) throw new GraphQLError(problem.reason, problem.message);
    resolve(decode(selection.schema, value, 'GraphQL'));
  } catch (error) {
    reject(isGraphQLError(error) ? error : new GraphQLError('failed', error instanceof Error ? error.message : ''));
  }
}

function aliasOf(index: number): string {
  return `part${index}`;
}

/** Those with a path belong to the part it leads into, the others to whatever is missing. */
function problemsOf(index: number, data: Readonly<Record<string, unknown>>, problems: readonly GraphQLProblem[]): readonly GraphQLProblem[] {
  const isMissing = data[aliasOf(index)] == null || Object.values(data).every((value) => value != null);
  return problems.filter(({ path }) => (path.length > 0 ? path[0] === aliasOf(index) : isMissing));
}

function queryOf(parts: readonly Part[]): string {
  const declared = parts.flatMap(({ selection }, index) => Object.entries(selection.variables).map(([name, [type]]) => `$${variableOf(index, name)}: ${type}`));
  const fields = parts.map(({ selection }, index) => `${aliasOf(index)}: ${selection.field.replace(/\$(\w+)/g, (_, name: string) => `$${variableOf(index, name)}`)}`);
  return `query Facts${declared.length > 0 ? `(${declared.join(', ')})` : ''} {\n${fields.join('\n')}\n}`;
}

function variablesOf(parts: readonly Part[]): Record<string, unknown> {
  return Object.fromEntries(parts.flatMap(({ selection }, index) => Object.entries(selection.variables).map(([name, [, value]]) => [variableOf(index, name), value])));
}

function variableOf(index: number, name: string): string {
  return `${name}${index}`;
}

function featuresOf(parts: readonly Part[]): ReadonlySet<string> {
  return new Set(parts.map(({ selection }) => selection.feature));
}

/** The parts that use a name which the server does not know. */
function blamedFor(problems: readonly GraphQLProblem[], parts: readonly Part[]): readonly Part[] {
  const names = new Set(problems.flatMap((problem) => problem.names));
  return parts.filter(({ selection }) => selection.field.match(/\w+/g)?.some((word) => names.has(word)));
}

/** First fit, the dearest first: about as few groups as can be. What is dearer than the limit goes alone. */
function packed(parts: readonly Part[], maxPoints: number): readonly (readonly Part[])[] {
  const groups: Part[][] = [];
  for (const part of [...parts].sort((a, b) => b.selection.points - a.selection.points)) {
    const group = groups.find((each) => sumOf(each) + part.selection.points <= maxPoints && lengthOf(each) + lengthOf([part]) <= maxLength);
    if (group) group.push(part);
    else groups.push([part]);
  }
  return groups;
}

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { selection }) => sum + selection.points, 0);
}

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { selection }) => sum + selection.field.length, 0);
}

/** GitLab refuses queries of more than 10,000 characters; this leaves room for the names of variables. */
const maxLength = 8000;
