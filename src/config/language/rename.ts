import { decoded } from '../../core/percent';
import { stemOf } from '../../core/stem';
import type { Range } from '../../core/problem';
import { partOf } from '../place';
import { nodeAtPath, placeAt, propertyOf, type TreeNode } from '../tree';
import { textOf } from '../validate';
import { readArtifactUrl } from './artifactUrl';
import { visitShapes, type ConfigDocument, type Path } from './document';
import { keyLiteral, textLiteral } from './literals';

/** A name of a badge that can be changed everywhere at once. */
interface Nameable {
  /** As it is written at the cursor: an id, a label, or the name of a file without ending. */
  readonly name: string;
  readonly range: Range;
  readonly stem: string;
}

export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** The badge that is named at an offset: by its id, by the label of a static badge, or by its file. */
export function nameAt(document: ConfigDocument, offset: number): Nameable | null {
  const place = document.root && placeAt(document.root, offset);
  if (!place) return null;
  if (place.inKey && place.property && place.path[0] === 'badges' && place.path.length === 2 && document.kind !== 'levels') {
    return { name: place.property.key, range: place.property.keyRange, stem: place.property.key };
  }
  if (!isNaming(document, place.path)) return null;
  const name = textOf(place.node, { asWritten: true });
  const result = name === null ? null : stemOf(name);
  return name !== null && result && 'stem' in result ? { name, range: place.node.range, stem: result.stem } : null;
}

/** The edits of one file that give a badge another name. The new one is written as it is where names stand, and as a file name elsewhere. */
export function renameIn(document: ConfigDocument, stem: string, newName: string): readonly TextEdit[] {
  const result = stemOf(newName);
  if (!('stem' in result) || !document.root) return [];
  const edits: TextEdit[] = [];
  const { root, text } = document;
  const flow = document.syntax === 'yaml' ? 'flow' : 'inline';
  visitShapes(document, (node, shape, path) => {
    const value = textOf(node, { asWritten: true });
    if (value !== null && isNaming(document, path) && sameStem(value, stem)) edits.push({ range: node.range, text: textLiteral(newName, flow, quoteOf(text, node)) });
    if (shape.type === 'text' && shape.source === 'badgeUrl' && node.type === 'string') {
      const file = readArtifactUrl(node.value)?.fileRange;
      const name = file && /([^/]+)\.(?:svg|json)$/.exec(node.value.slice(file.start, file.end));
      if (!file || decoded(name?.[1] ?? '') !== stem) return;
      const start = file.start + (name?.index ?? 0);
      edits.push({ range: partOf(text, node, { start, end: start + (name?.[1] ?? '').length }), text: encodeURIComponent(result.stem) });
    }
  });
  const overrides = document.kind === 'levels' ? undefined : nodeAtPath(root, ['badges']);
  const changed = overrides?.type === 'object' ? propertyOf(overrides, stem) : undefined;
  if (changed) edits.push({ range: changed.keyRange, text: keyLiteral(result.stem, document.syntax === 'yaml' ? 'flow' : 'table') });
  return edits.sort((a, b) => a.range.start - b.range.start);
}

/** Why a badge cannot be called that, or null. */
export function whyNoName(name: string): string | null {
  const result = stemOf(name);
  return 'stem' in result ? null : `The badge cannot be called that: ${result.problem}.`;
}

/** Whether a text at a path names the file of a badge: `badges[].id` of levels, or the label of a static badge. */
function isNaming({ kind }: ConfigDocument, path: Path): boolean {
  if (kind === 'levels') return path.length === 3 && path[0] === 'badges' && path[2] === 'id';
  return path.length === 3 && path[0] === 'static_badges' && (path[2] === 'label' || path[2] === 0);
}

function sameStem(name: string, stem: string): boolean {
  const result = stemOf(name);
  return 'stem' in result && result.stem === stem;
}

function quoteOf(text: string, node: TreeNode): '"' | "'" | null {
  const first = text.charAt(node.range.start);
  return first === '"' || first === "'" ? first : null;
}
