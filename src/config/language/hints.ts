import { partOf } from '../place';
import { findPlaceholders, isPlaceholderName } from '../../core/placeholder';
import { visitShapes, type ConfigDocument } from './document';
import type { Values } from './values';

/** A word that is shown in the text without being part of it. */
interface Hint {
  readonly offset: number;
  readonly text: string;
}

/** What the placeholders of URLs stand for right now; those that only repeat what anybody knows of the project are left out. */
export function hintsIn(document: ConfigDocument, { placeholders = {} }: Values): readonly Hint[] {
  const hints: Hint[] = [];
  visitShapes(document, (node, shape) => {
    if (shape.type !== 'text' || shape.source !== 'badgeUrl' || node.type !== 'string') return;
    for (const { name, range } of findPlaceholders(node.value)) {
      const value = isPlaceholderName(name) && !familiar.has(name) ? placeholders[name] : undefined;
      if (typeof value !== 'string') continue;
      const written = partOf(document.text, node, range);
      // Not behind a placeholder that stands among escapes, whose place is not known.
      if (written.end - written.start === range.end - range.start) hints.push({ offset: written.end, text: shortened(value) });
    }
  });
  return hints;
}

const familiar = new Set(['project_path', 'project_namespace', 'project_name', 'gitlab_server']);

/** A value as it is shown beside a text. */
export function shortened(value: string): string {
  return /^[\da-f]{40,}$/.test(value) ? value.slice(0, 8) : value.length > 40 ? `${value.slice(0, 39)}…` : value;
}
