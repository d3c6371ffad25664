import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { pageSize } from './connection';

interface Cost {
  readonly complexity: number;
  /** Of fields inside fields. */
  readonly depth: number;
}

/**
 * What GitLab charges for an operation: one for a field, more by the rules of `Types::BaseField` and
 * `Resolvers::BaseResolver` for one with a resolver, and a little for every row of a page.
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): Cost {
  const root = schema.getRootType(operation.operation);
  if (!root) return { complexity: 0, depth: 0 };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  return new Reckoning(schema, fragments, variables).selection(root, [operation.selectionSet.selections]);
}

class Reckoning {
  readonly #declared;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    this.#declared = schema.getDirective('cost');
  }

  /** Where objects of several types may come, the dearest counts. */
  selection(type: GraphQLCompositeType, selections: readonly (readonly SelectionNode[])[]): Cost {
    const types = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
    const costs = types.map((each) => this.#object(each, selections));
    return { complexity: Math.max(0, ...costs.map((cost) => cost.complexity)), depth: Math.max(0, ...costs.map((cost) => cost.depth)) };
  }

  /** Fields that share a name in the answer are one field. */
  #object(type: GraphQLObjectType, selections: readonly (readonly SelectionNode[])[]): Cost {
    const fields = new Map<string, FieldNode[]>();
    for (const each of selections) this.#collect(type, each, fields);
    const costs = [...fields.values()].map((nodes) => this.#field(type, nodes));
    return { complexity: costs.reduce((sum, cost) => sum + cost.complexity, 0), depth: Math.max(0, ...costs.map((cost) => cost.depth)) };
  }

  #collect(type: GraphQLObjectType, selections: readonly SelectionNode[], fields: Map<string, FieldNode[]>): void {
    for (const selection of selections) {
      if (this.#isLeftOut(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        fields.set(name, [...(fields.get(name) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value;
      const on = condition === undefined ? type : this.schema.getType(condition);
      const fits = on === type || (isAbstractType(on) && this.schema.isSubType(on, type));
      if (fragment && fits) this.#collect(type, fragment.selectionSet.selections, fields);
    }
  }

  #isLeftOut(node: SelectionNode): boolean {
    return (
      getDirectiveValues(GraphQLSkipDirective, node, this.variables)?.if === true || getDirectiveValues(GraphQLIncludeDirective, node, this.variables)?.if === false
    );
  }

  #field(parent: GraphQLObjectType, nodes: readonly FieldNode[]): Cost {
    const [node] = nodes;
    const field = node && parent.getFields()[node.name.value];
    // `__typename` counts as any other field.
    if (!node || !field) return { complexity: 1, depth: 1 };
    const type = getNamedType(field.type);
    const below = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet.selections] : []));
    const inside = isCompositeType(type) ? this.selection(type, below) : { complexity: 0, depth: 0 };
    const isPage = isObjectType(type) && type.name.endsWith('Connection');
    return { complexity: this.#charge(field, getArgumentValues(field, node, { ...this.variables }), inside.complexity, isPage), depth: inside.depth + 1 };
  }

  #charge(field: GraphQLField<unknown, unknown>, args: Readonly<Record<string, unknown>>, below: number, isPage: boolean): number {
    const rule = this.#ruleOf(field);
    if (rule.fixed !== null) return rule.fixed + below;
    const own = 1 + (rule.gitaly ? 1 : 0);
    if (!rule.resolver) return own + below;
    const given = (name: string): boolean => args[name] != null;
    const asked = (given('sort') ? 1 : 0) + (given('search') ? 5 : 0) + 2 * rule.expensive.filter(given).length;
    const charge = own + asked + below;
    if (!isPage || given('iid') || given('iids')) return charge;
    const rows = Math.min(...[args.first, args.last].filter((size) => typeof size === 'number'), pageSize);
    return Math.trunc(charge + charge * rows * rule.perRow);
  }

  #ruleOf(field: GraphQLField<unknown, unknown>): Rule {
    const written = this.#declared && field.astNode ? getDirectiveValues(this.#declared, field.astNode) : undefined;
    return { fixed: null, resolver: false, gitaly: false, perRow: 0, expensive: [], ...written };
  }
}

interface Rule {
  readonly fixed: number | null;
  readonly resolver: boolean;
  readonly gitaly: boolean;
  readonly perRow: number;
  readonly expensive: readonly string[];
}
