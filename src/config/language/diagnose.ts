import { maxProblems } from '../limits';
import type { Problem } from '../../core/problem';
import { memberOf, type ObjectNode } from '../tree';
import type { ConfigDocument } from './document';
import { judgeGenerator } from './generatorRules';
import { judgeEndpoint } from './jsonRules';
import { judgeReach } from './levelReach';
import type { Values } from './values';

/**
 * Who else may say the same. `syntax`: whoever reads the file. `shape`: whoever knows our JSON Schema. `meaning`: nobody else.
 */
type Layer = 'syntax' | 'shape' | 'meaning';

/** Everything that is wrong with a text, in the order of the text, at most 100 problems. */
export function diagnose(document: ConfigDocument, values: Values = {}): readonly Problem[] {
  const all = new Map<string, Problem>();
  for (const problem of [...document.problems, ...judge(document, values)]) {
    const key = `${problem.range.start} ${problem.range.end} ${problem.code}`;
    if (!all.has(key)) all.set(key, problem);
  }
  return [...all.values()].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end).slice(0, maxProblems);
}

export function layerOf(code: string): Layer {
  return syntaxCodes.has(code) ? 'syntax' : shapeCodes.has(code) ? 'shape' : 'meaning';
}

const syntaxCodes = new Set(['syntax', 'duplicate-key', 'unknown-alias', 'unknown-tag', 'bad-merge', 'key-not-text', 'no-key']);
const shapeCodes = new Set(['unknown-key', 'missing-key', 'wrong-type', 'unknown-value', 'empty-value', 'empty-text', 'empty-list', 'empty-table', 'row-length', 'bad-number', 'split-number', 'deprecated-key']);

function judge(document: ConfigDocument, values: Values): readonly Problem[] {
  switch (document.kind) {
    case 'yaml':
    case 'toml':
    case 'pyproject':
      return judgeGenerator(document, values);
    case 'levels':
      return judgeLevelsOf(document);
    case 'endpoint':
      return judgeEndpoint(document);
    case 'decision':
    case 'subsequentUse':
      return [];
  }
}

function judgeLevelsOf(document: ConfigDocument): readonly Problem[] {
  const badges = memberOf(document.root, 'badges');
  if (badges?.type !== 'array') return [];
  return (document.levels?.badges ?? []).flatMap((badge) => {
    const node = badges.items.find(({ range }) => range.start === badge.range.start && range.end === badge.range.end);
    const levels = memberOf(node, 'levels');
    const nodes = levels?.type === 'array' ? levels.items.filter((level): level is ObjectNode => level.type === 'object') : [];
    return judgeReach(badge, nodes);
  });
}
