import { nearest } from '../core/nearest';
import { JsonError, jsonKinds, lineAndColumn, parseJson } from './jsonTree';
import type { TreeNode } from './tree';
import { quoted } from './words';

/** Far more than a list of every project of an instance. */
export const maxDecisionBytes = 4 * 1024 * 1024;

/** What a decision JSON says, before it is compared with a project. */
export interface Decisions {
  /** Addresses of projects, as they are written. */
  readonly granted: readonly string[];
  /** Regular expressions, as they are written; whether they are any is not known yet. */
  readonly grantedRegex: readonly string[];
  /** Entries that could not be used, and why. */
  readonly ignored: readonly string[];
  /** False where a list may have been meant that could not be read: whom the others don't grant, it might. */
  readonly isWhole: boolean;
}

type DecisionReading = { readonly decisions: Decisions } | { readonly problem: string };

/**
 * Reads a decision JSON: `{"granted": [url, …], "grantedRegex": [pattern, …]}`, of which one list is enough. An entry that is
 * no text costs itself. A list that is none makes the file unusable, since nobody can tell whom it was to grant.
 * The problem starts with line and column, from 1.
 */
export function readDecisions(text: string): DecisionReading {
  try {
    return { decisions: decode(parseJson(text), text) };
  } catch (error) {
    if (error instanceof JsonError) return { problem: `${lineAndColumn(text, error.offset)}: ${error.message}` };
    throw error;
  }
}

const listKeys = ['granted', 'grantedRegex'] as const;

function decode(root: TreeNode, text: string): Decisions {
  if (root.type !== 'object') throw new JsonError(`the file holds ${jsonKinds[root.type]}, not an object with ${listKeys.join(' or ')}`, root.range.start);
  const ignored: string[] = [];
  const lists = { granted: [] as string[], grantedRegex: [] as string[] };
  const given = new Set<string>();
  let isWhole = true;
  for (const { key, keyRange: { start }, value } of root.properties) {
    const listKey = listKeys.find((known) => known === key);
    if (listKey === undefined) {
      // Other keys may be anybody's notes, but a list that nobody reads because of a typing error is worth a word.
      const meant = nearest(key, listKeys);
      if (meant !== null) {
        ignored.push(`${lineAndColumn(text, start)}: the key ${quoted(key)} is not known: write ${meant}`);
        isWhole = false;
      }
      continue;
    }
    if (given.has(key)) throw new JsonError(`${key} is here twice`, start);
    given.add(key);
    lists[listKey] = textsOf(listKey, value, (reason, at) => ignored.push(`${lineAndColumn(text, at)}: ${reason}`));
  }
  if (given.size === 0 && ignored.length === 0) throw new JsonError(`the object has neither ${listKeys.join(' nor ')}`, root.range.start);
  return { ...lists, ignored, isWhole };
}

function textsOf(key: string, list: TreeNode, ignore: (reason: string, at: number) => void): string[] {
  if (list.type !== 'array') throw new JsonError(`${key} must be a list, not ${jsonKinds[list.type]}`, list.range.start);
  return list.items.flatMap((item) => {
    if (item.type === 'string') return [item.value];
    ignore(`an entry of ${key} must be a text, not ${jsonKinds[item.type]}`, item.range.start);
    return [];
  });
}
