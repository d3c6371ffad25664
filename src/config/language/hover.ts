import type { BadgeFace } from '../../core/badge';
import { parseColor } from '../../core/color';
import { findPlaceholders, isPlaceholderName, resolvePlaceholders } from '../../core/placeholder';
import type { Range } from '../../core/problem';
import { filterTable } from '../../core/template/filters';
import { templateNames } from '../../core/template/names';
import { partOf } from '../place';
import { defaultStaticColor } from '../fields';
import type { TextShape } from '../shape';
import { nodeAtPath, placeAt, propertyOf, type ObjectNode, type TreeNode } from '../tree';
import { textOf } from '../validate';
import { fieldAt, shapeFor, shapesAt, type ConfigDocument, type Path } from './document';
import { fieldDoc } from './fieldDoc';
import { wordsOf } from './templateWords';
import type { Values } from './values';

/** What is said about a place. */
interface Hover {
  /** Markdown, without anything that would run a command or load from elsewhere. */
  readonly text: string;
  /** The badge that is made there, to be drawn below the text. */
  readonly badge?: BadgeFace;
  readonly range: Range;
}

export function hoverAt(document: ConfigDocument, offset: number, values: Values = {}): Hover | null {
  const { root, shape } = document;
  const place = root && placeAt(root, offset);
  if (!place) return null;
  const { path, node, inKey, property } = place;
  if (inKey && property) {
    const field = fieldAt(shape, path);
    const parents = shapesAt(shape, path.slice(0, -1));
    const map = parents.find((parent) => parent.type === 'map');
    const text = field ? `**${field.key}**: ${field.shape.expected}\n\n${fieldDoc(field)}` : map ? `**${escaped(property.key)}**: ${map.keys}` : null;
    return text === null ? null : withBadge(document, path, { text, range: property.keyRange });
  }
  const wanted = shapeFor(shapesAt(shape, path), node);
  if (wanted?.type !== 'text') return null;
  const value = textOf(node, { asWritten: true });
  if (value === null) return null;
  const text = placeholderAt(document, node, offset, values) ?? expressionAt(document, node, wanted, offset) ?? textDoc(document, path, wanted, value, values) ?? cellDoc(document, path);
  return text && withBadge(document, path, { text: text.text, range: text.range ?? node.range });
}

interface Said {
  readonly text: string;
  readonly range?: Range;
}

function placeholderAt(document: ConfigDocument, node: TreeNode, offset: number, { placeholders, unsupportedPlaceholders }: Values): Said | null {
  if (node.type !== 'string') return null;
  for (const { name, range } of findPlaceholders(node.value)) {
    const written = partOf(document.text, node, range);
    if (offset < written.start || offset > written.end || !isPlaceholderName(name)) continue;
    const value = placeholders?.[name];
    const now = unsupportedPlaceholders?.includes(name)
      ? 'This GitLab is too old for it and leaves it as text.'
      : value === undefined
        ? ''
        : value === null
          ? 'Right now it stands for nothing, so it stays as text.'
          : `Right now: \`${value.replaceAll('`', "'")}\``;
    return { text: [`**%{${name}}**: ${placeholderDocs[name]}`, now].filter(Boolean).join('\n\n'), range: written };
  }
  return null;
}

/** The name or filter of an expression that stands there. */
function expressionAt(document: ConfigDocument, node: TreeNode, shape: TextShape, offset: number): Said | null {
  if (node.type !== 'string' || (shape.source !== 'template' && shape.source !== 'expression')) return null;
  for (const word of wordsOf(node.value, shape.source)) {
    const written = partOf(document.text, node, word.range);
    if (offset < written.start || offset > written.end) continue;
    const { doc, example } = word.kind === 'filter' ? filterTable[word.text] : { doc: templateNames.get(word.text), example: null };
    if (doc !== undefined) return { text: [`**${word.text}**: ${doc}`, example === null ? '' : `Such as \`{${example}}\`.`].filter(Boolean).join('\n\n'), range: written };
  }
  return null;
}

/** What GitLab puts in their place. */
const placeholderDocs = {
  project_path: 'full path of the project.',
  project_title: 'name of the project as people read it; nothing in it is encoded.',
  project_name: 'last part of the path of the project.',
  project_id: 'number of the project.',
  project_namespace: 'full path of the project; not of its group.',
  group_name: 'full path of the group that the project lies in.',
  gitlab_server: 'host of the GitLab.',
  gitlab_pages_domain: 'host of GitLab Pages.',
  default_branch: 'name of the default branch.',
  commit_sha: 'newest commit of the default branch.',
  latest_tag: 'tag with the newest commit; not the highest version.',
} as const;

function textDoc({ shape: root, text, root: tree }: ConfigDocument, path: Path, shape: TextShape, value: string, values: Values): Said | null {
  const doc = shape.valueDocs?.[value];
  if (doc !== undefined) return { text: `**${escaped(value)}**\n\n${doc}` };
  if (shape.check === 'color') {
    const color = parseColor(value);
    return color ? { text: `\`${color.hex}\`` } : null;
  }
  if (shape.source === 'badgeUrl' && findPlaceholders(value).length > 0 && values.placeholders) {
    return { text: `\`${resolvePlaceholders(value, values.placeholders).replaceAll('`', "'")}\`` };
  }
  if (shape.source === 'report' || shape.source === 'valueFile') {
    const files = values.filesOf?.get(value);
    return files ? { text: files.length === 0 ? 'No file right now.' : `${files.length === 1 ? 'One file' : `${files.length} files`}: ${files.slice(0, 5).map((file) => `\`${file}\``).join(', ')}${files.length > 5 ? ', …' : ''}` } : null;
  }
  const field = fieldAt(root, path);
  const parent = tree && nodeAtPath(tree, path.slice(0, -1));
  // The text of a badge shows the badge.
  return field && parent && text !== '' && badgeFields.has(field.key) ? { text: field.doc } : null;
}

/** Of a badge that is written as a list. */
function cellDoc({ shape }: ConfigDocument, path: Path): Said | null {
  const index = path.at(-1);
  const row = shapesAt(shape, path.slice(0, -1)).find((parent) => parent.type === 'row');
  const name = row?.type === 'row' && typeof index === 'number' ? row.cells[index]?.name : undefined;
  return name === undefined ? null : { text: `**${name}** of the badge` };
}

const badgeFields = new Set(['label', 'message', 'id', 'name']);

function withBadge(document: ConfigDocument, path: Path, hover: Hover): Hover {
  const badge = badgeAt(document, path);
  return badge ? { ...hover, badge } : hover;
}

/** The badge that an entry makes by itself: a static one, a level of a leveled one, or that of an endpoint file. */
function badgeAt({ root, kind }: ConfigDocument, path: Path): BadgeFace | null {
  if (!root) return null;
  if (kind === 'endpoint') return root.type === 'object' ? face(text(root, 'label') ?? '', text(root, 'message'), text(root, 'color')) : null;
  if (path[0] === 'static_badges' && typeof path[1] === 'number') {
    const entry = nodeAtPath(root, path.slice(0, 2));
    if (entry?.type === 'object') return face(text(entry, 'label') ?? '', text(entry, 'message'), text(entry, 'color'));
    if (entry?.type !== 'array') return null;
    const [label, message, color] = entry.items.map((item) => textOf(item, { asWritten: true }));
    return face(label ?? '', message ?? null, color ?? null);
  }
  return null;
}

function face(label: string, message: string | null, color: string | null): BadgeFace | null {
  if (message === null || message.trim() === '') return null;
  return { label, message, color: color !== null && parseColor(color) ? color : defaultStaticColor };
}

function text(node: ObjectNode, key: string): string | null {
  const value = propertyOf(node, key)?.value;
  return value ? textOf(value, { asWritten: true }) : null;
}

function escaped(markdown: string): string {
  return markdown.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&').replace(/\s+/g, ' ');
}
