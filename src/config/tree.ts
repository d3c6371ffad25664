import type { Problem, Range } from '../core/problem';

/** What a configuration text says, whichever syntax it is written in. Ranges are UTF-16 offsets into the text as it was given. */
export type TreeNode = ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode;

export interface ObjectNode {
  readonly type: 'object';
  /**
   * From the first key to the last value, or from brace to brace. For a TOML table: its header and the lines below it;
   * for a table that only longer keys imply: the place of the first of them.
   */
  readonly range: Range;
  /** In the order of the text; what YAML's `<<` merges in comes last. A key that was given twice is here twice, and a problem. */
  readonly properties: readonly Property[];
}

export interface Property {
  readonly key: string;
  /** The key as written, with its quotes. */
  readonly keyRange: Range;
  readonly value: TreeNode;
}

export interface ArrayNode {
  readonly type: 'array';
  readonly range: Range;
  readonly items: readonly TreeNode[];
  /** As YAML has it before the list, such as GitLab's `!reference`. */
  readonly tag?: string;
}

/** Also a TOML date or time, as it is written. */
export interface StringNode {
  readonly type: 'string';
  readonly range: Range;
  readonly value: string;
}

export interface NumberNode {
  readonly type: 'number';
  readonly range: Range;
  /** The nearest number JavaScript has; `source` keeps what that loses (`1.0`, 64-bit integers). */
  readonly value: number;
  readonly source: string;
}

interface BooleanNode {
  readonly type: 'boolean';
  readonly range: Range;
  readonly value: boolean;
  readonly source: string;
}

/** Nothing was written, or YAML's `null` or `~`. Where nothing was written the range is empty. */
export interface NullNode {
  readonly type: 'null';
  readonly range: Range;
  /** Something was written that is not understood; a problem of the tree says so. */
  readonly isBroken?: true;
}

export interface Tree {
  /** Null where nothing could be made of the text; `problems` then says why. An empty text is an empty object or null node. */
  readonly root: TreeNode | null;
  readonly problems: readonly Problem[];
  /** The text breaks rules of its syntax: the tree is good enough to find more problems and to help while typing, not to act upon. */
  readonly isGuess: boolean;
}

/** The first property of that key. */
export function propertyOf(node: ObjectNode, key: string): Property | undefined {
  return node.properties.find((property) => property.key === key);
}

/** The value of a key; undefined where the node is no table, or has no such key. */
export function memberOf(node: TreeNode | null | undefined, key: string): TreeNode | undefined {
  return node?.type === 'object' ? propertyOf(node, key)?.value : undefined;
}

/** The node at a path of keys and indices, or undefined. The empty path is the root. */
export function nodeAtPath(root: TreeNode, path: readonly (string | number)[]): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  for (const step of path) {
    if (node?.type === 'object' && typeof step === 'string') node = propertyOf(node, step)?.value;
    else if (node?.type === 'array' && typeof step === 'number') node = node.items[step];
    else return undefined;
  }
  return node;
}

/** The first result of a search that finds something. */
export function firstFound<Item, Result>(items: readonly Item[], search: (item: Item) => Result | null): Result | null {
  for (const item of items) {
    const found = search(item);
    if (found !== null) return found;
  }
  return null;
}

/** The tree with a text replaced wherever it stands in a value. Ranges stay those of what is written. */
export function withReplacedTexts(node: TreeNode, text: string, replacement: string): TreeNode {
  switch (node.type) {
    case 'string':
      return node.value.includes(text) ? { ...node, value: node.value.replaceAll(text, () => replacement) } : node;
    case 'array':
      return { ...node, items: node.items.map((item) => withReplacedTexts(item, text, replacement)) };
    case 'object':
      return { ...node, properties: node.properties.map((property) => ({ ...property, value: withReplacedTexts(property.value, text, replacement) })) };
    default:
      return node;
  }
}

/** Where an offset stands in a tree. */
export interface Place {
  /** From the root down: keys and indices. */
  readonly path: readonly (string | number)[];
  readonly node: TreeNode;
  /** The property whose key or value the offset is in, if the node belongs to one. */
  readonly property: Property | null;
  /** The offset is in the key of `property`; `node` is then its value. */
  readonly inKey: boolean;
}

/**
 * The innermost node or key that holds the offset; both ends count as inside, since that is where a cursor stands that has just typed it.
 * Every node is looked at: the parts of a TOML table, and what a YAML alias stands for, lie outside their parent's range.
 */
export function placeAt(root: TreeNode, offset: number): Place | null {
  let best: Place | null = null;
  let bestLength = Infinity;
  const offer = (range: Range, place: Place): void => {
    const length = range.end - range.start;
    if (range.start > offset || offset > range.end || length >= bestLength) return;
    best = place;
    bestLength = length;
  };
  // What is inside comes first and keeps its place against a parent of the same range.
  const visit = (node: TreeNode, path: Place['path'], property: Property | null): void => {
    if (node.type === 'object') {
      for (const child of node.properties) {
        const childPath = [...path, child.key];
        offer(child.keyRange, { path: childPath, node: child.value, property: child, inKey: true });
        visit(child.value, childPath, child);
      }
    } else if (node.type === 'array') {
      node.items.forEach((item, index) => visit(item, [...path, index], null));
    }
    offer(node.range, { path, node, property, inKey: false });
  };
  visit(root, [], null);
  return best;
}
