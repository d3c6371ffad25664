import {
  defaultFieldResolver,
  executeSync,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { canReadProject } from '../access';
import { json, Refusal, type Answer } from '../answer';
import { authenticate, credentialOf, type Caller } from '../authentication';
import { projectPath, type FakeProject } from '../data';
import type { ApiRequest, Instance } from '../router';
import { connection, type PageArgs } from './connection';
import { globalId, type Context } from './context';
import { costOf } from './cost';
import { answeredErrors } from './errors';
import { containerRepositoryNode } from './packages';
import { projectNode } from './project';
import { schemaOf } from './schema';

/** Of the text of all queries of a request together; variables don't count. */
const longestQuery = 10_000;
const mostPaths = 50;

const limits = {
  anonymous: { complexity: 200, depth: 15 },
  user: { complexity: 250, depth: 20 },
  admin: { complexity: 300, depth: 20 },
} as const;

/** `/api/graphql`: one query or a list of them. Errors of queries come with 200, those of the request with their status. */
export function graphqlAnswer(instance: Instance, request: ApiRequest, timeoutOn: string | null): Answer {
  const caller = callerOf(instance, request);
  const batch = request.given.get('_json');
  const asked = (Array.isArray(batch) ? batch : [Object.fromEntries(request.given)]).map(asQuery);
  if (asked.reduce((sum, { query }) => sum + query.length, 0) > longestQuery) throw refusal(422, 'Query too large');
  const schema = schemaOf(instance.settings.graphql.age);
  const prepared = asked.map((each) => prepare(schema, each));
  // A batch is charged as one.
  const score = prepared.reduce((sum, each) => sum + ('complexity' in each ? each.complexity : 0), 0);
  const results = prepared.map((each) => carryOut(schema, each, { instance, caller, timeoutOn, cost: { score, limit: limitsOf(caller).complexity } }));
  return json(Array.isArray(batch) ? results : results[0]);
}

/** Unlike REST it says only that a token is of no use, and takes none of a job. */
function callerOf(instance: Instance, request: ApiRequest): Caller {
  const credential = credentialOf(request.headers, request.given);
  const token = instance.data.tokens.find(({ value }) => value === credential?.value);
  if (token?.user.state === 'blocked') throw refusal(403, 'API not accessible for user');
  try {
    const caller = authenticate(instance.data, instance.now(), { method: 'GET', headers: request.headers, given: request.given });
    if (credential && !caller.user) throw refusal(401, 'Invalid token');
    return caller;
  } catch (error) {
    throw error instanceof Refusal ? refusal(401, 'Invalid token') : error;
  }
}

function refusal(status: number, message: string): Refusal {
  return new Refusal(json({ errors: [{ message }] }, status));
}

function limitsOf(caller: Caller): { readonly complexity: number; readonly depth: number } {
  if (!caller.user) return limits.anonymous;
  return caller.user.admin ? limits.admin : limits.user;
}

interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

function asQuery(given: unknown): Asked {
  const { query, variables, operationName } = (given ?? {}) as Record<string, unknown>;
  return { query: typeof query === 'string' ? query : '', variables: readVariables(variables), operationName: typeof operationName === 'string' ? operationName : null };
}

/** An object, or the JSON text of one. */
function readVariables(given: unknown): Readonly<Record<string, unknown>> {
  if (given == null || given === '') return {};
  if (typeof given === 'object' && !Array.isArray(given)) return given as Record<string, unknown>;
  if (typeof given !== 'string') throw refusal(422, `Unexpected parameter: ${JSON.stringify(given)}`);
  try {
    return readVariables(JSON.parse(given));
  } catch (error) {
    throw error instanceof Refusal ? error : refusal(422, `unexpected token at '${given}'`);
  }
}

interface Prepared {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly complexity: number;
  readonly depth: number;
}

/** What can be said of a query before it is carried out: it is wrong, or it costs so and so much. */
function prepare(schema: GraphQLSchema, { query, variables, operationName }: Asked): Prepared | { readonly errors: readonly GraphQLError[] } {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors };
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    return { errors: [new GraphQLError(operationName === null ? 'An operation name is required' : `No operation named "${operationName}"`)] };
  }
  const values = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (values.errors) return { errors: values.errors };
  return { document, operation, variables, ...costOf(schema, document, operation, values.coerced) };
}

function carryOut(schema: GraphQLSchema, prepared: ReturnType<typeof prepare>, context: Context): unknown {
  if ('errors' in prepared) return { errors: answeredErrors(prepared.errors) };
  const { complexity, depth } = limitsOf(context.caller);
  const beyond = [
    ...(context.cost.score > complexity ? [`Query has complexity of ${context.cost.score}, which exceeds max complexity of ${complexity}`] : []),
    ...(prepared.depth > depth ? [`Query has depth of ${prepared.depth}, which exceeds max depth of ${depth}`] : []),
  ];
  if (beyond.length > 0) return { errors: beyond.map((message) => ({ message })) };
  const { errors, data } = executeSync({
    schema,
    document: prepared.document,
    operationName: prepared.operation.name?.value ?? null,
    variableValues: prepared.variables,
    rootValue: root(context),
    contextValue: context,
    fieldResolver: resolveInTime,
  });
  return { data, ...(errors ? { errors: answeredErrors(errors) } : {}) };
}

const resolveInTime: GraphQLFieldResolver<unknown, Context> = (source, args: unknown, context, info) => {
  const field = `${info.parentType.name}.${info.fieldName}`;
  if (context.timeoutOn === field) throw new GraphQLError(`Timeout on ${field}`);
  return defaultFieldResolver(source, args, context, info);
};

function root(context: Context): unknown {
  const { instance, caller, cost } = context;
  return {
    queryComplexity: cost,
    metadata: caller.user ? { version: instance.settings.version, revision: instance.settings.revision, enterprise: false } : null,
    project: ({ fullPath }: { readonly fullPath: string }) => {
      const found = instance.data.projects.find((project) => isPath(project, fullPath));
      return found && canReadProject(caller, found) ? projectNode(context, found) : null;
    },
    projects: (args: ProjectsArgs) => {
      if ((args.fullPaths?.length ?? 0) > mostPaths) throw new GraphQLError(`You cannot pass more than ${mostPaths} full_paths`);
      const wanted = instance.data.projects
        .filter((project) => args.fullPaths == null || args.fullPaths.some((path) => isPath(project, path)))
        .filter((project) => args.ids == null || args.ids.includes(globalId('Project', project.id)))
        .filter((project) => args.search == null || `${project.name}\n${project.path}`.toLowerCase().includes(args.search.toLowerCase()))
        .filter((project) => canReadProject(caller, project));
      return connection(wanted.reverse(), args, { key: (project) => project.id, node: (project) => projectNode(context, project) });
    },
    containerRepository: (args: { readonly id: string }) => containerRepositoryNode(context, args),
  };
}

interface ProjectsArgs extends PageArgs {
  readonly fullPaths?: readonly string[] | null;
  readonly ids?: readonly string[] | null;
  readonly search?: string | null;
}

function isPath(project: FakeProject, path: string): boolean {
  return projectPath(project).toLowerCase() === path.toLowerCase();
}
