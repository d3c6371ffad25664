import type { LevelsDefinition } from '../../core/levels/definition';
import type { Problem } from '../../core/problem';
import { readGeneratorConfig } from '../generatorFile';
import { readJsonTree } from '../jsonTree';
import { readLevelsConfig } from '../levelsFile';
import type { EitherShape, Field, Shape, TableShape } from '../shape';
import type { TreeNode } from '../tree';
import { accepts, validate } from '../validate';
import { isJsonKind, shapeOf, syntaxOf, type ConfigKind, type Syntax } from './configFile';

/** A text that was read once; everything about it is asked of this. */
export interface ConfigDocument {
  readonly text: string;
  readonly kind: ConfigKind;
  readonly syntax: Syntax;
  /** Our part of it; null where there is none. */
  readonly root: TreeNode | null;
  readonly shape: TableShape;
  /** What reading it found wrong. `diagnose` finds more. */
  readonly problems: readonly Problem[];
  /** Of a `.badge-api.yaml`, where it can be read. */
  readonly levels: LevelsDefinition | null;
}

export function readDocument(text: string, kind: ConfigKind): ConfigDocument {
  return { text, kind, syntax: syntaxOf[kind], shape: shapeOf[kind], ...read(text, kind) };
}

function read(text: string, kind: ConfigKind): Pick<ConfigDocument, 'root' | 'problems' | 'levels'> {
  if (kind === 'levels') {
    const { root, problems, definition } = readLevelsConfig(text);
    return { root, problems, levels: definition };
  }
  const { root, problems } = isJsonKind(kind) ? readJson(text, shapeOf[kind]) : readGeneratorConfig(text, kind);
  return { root, problems, levels: null };
}

function readJson(text: string, shape: TableShape): Pick<ConfigDocument, 'root' | 'problems'> {
  const { root, problems } = readJsonTree(text);
  return { root, problems: root === null ? problems : validate(root, shape).problems };
}

export type Path = readonly (string | number)[];
export type SimpleShape = Exclude<Shape, EitherShape>;

/** All shapes that may stand at a path, whatever stands there now. */
export function shapesAt(root: Shape, path: Path): readonly SimpleShape[] {
  return path.reduce<readonly SimpleShape[]>((shapes, step) => shapes.flatMap((shape) => inside(shape, step)), simple(root));
}

/** The one of several shapes that is meant by what stands there, or the first. */
export function shapeFor(shapes: readonly SimpleShape[], node: TreeNode): SimpleShape | undefined {
  return shapes.find((shape) => accepts(shape, node)) ?? shapes[0];
}

/** The field whose key is the last step of a path; of several the first. */
export function fieldAt(root: Shape, path: Path): Field | undefined {
  const key = path.at(-1);
  return shapesAt(root, path.slice(0, -1))
    .flatMap((shape) => (shape.type === 'record' ? shape.fields : []))
    .find((field) => field.key === key);
}

function inside(shape: SimpleShape, step: string | number): readonly SimpleShape[] {
  switch (shape.type) {
    case 'record': {
      const field = shape.fields.find(({ key }) => key === step);
      return field ? simple(field.shape) : [];
    }
    case 'map':
      return typeof step === 'string' ? simple(shape.values) : [];
    case 'list':
      return typeof step === 'number' ? simple(shape.items) : [];
    case 'row': {
      const cell = typeof step === 'number' ? shape.cells[step] : undefined;
      return cell ? simple(cell.shape) : [];
    }
    default:
      return [];
  }
}

export function simple(shape: Shape): readonly SimpleShape[] {
  return shape.type === 'either' ? shape.options : [shape];
}

/** Calls back for each node with the shape that is meant there, parents first. */
export function visitShapes(document: ConfigDocument, visit: (node: TreeNode, shape: SimpleShape, path: Path) => void): void {
  const walk = (node: TreeNode, shapes: readonly SimpleShape[], path: Path): void => {
    const shape = shapeFor(shapes, node);
    if (!shape) return;
    visit(node, shape, path);
    if (node.type === 'object') for (const { key, value } of node.properties) walk(value, inside(shape, key), [...path, key]);
    if (node.type === 'array') node.items.forEach((item, index) => walk(item, inside(shape, index), [...path, index]));
  };
  if (document.root) walk(document.root, [document.shape], []);
}
