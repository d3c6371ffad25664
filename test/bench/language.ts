import { complete } from '../../src/config/language/completion';
import type { ConfigKind } from '../../src/config/language/configFile';
import { diagnose } from '../../src/config/language/diagnose';
import { readDocument } from '../../src/config/language/document';
import { hoverAt } from '../../src/config/language/hover';

export interface LanguageFigures {
  readonly kind: ConfigKind;
  readonly lines: number;
  /** Medians, in milliseconds. Each edit makes a new text, which is read anew. */
  readonly diagnosticsMs: number;
  readonly completionMs: number;
  readonly hoverMs: number;
  /** Of diagnostics where every second entry is wrong. */
  readonly faultyMs: number;
  /** Of diagnostics while a key in the middle is half typed, which is a mistake of syntax. */
  readonly halfTypedMs: number;
}

const edits = 40;

/** Reads and judges a file of 1,000 lines after each of several edits, as the editor does after a keystroke. */
export function benchLanguage(kind: 'levels' | 'toml'): LanguageFigures {
  const text = (kind === 'levels' ? levelsText : tomlText)(1_000);
  const faulty = kind === 'levels' ? text.replaceAll('min: 5', 'min: five') : text.replaceAll('"blue"', '"bleu"');
  const at = text.lastIndexOf(kind === 'levels' ? 'type: ' : 'color = "') + 9;
  const keyAt = text.lastIndexOf(kind === 'levels' ? 'threshold' : 'label') + 2;
  const middle = text.indexOf(kind === 'levels' ? '            threshold' : 'message', text.length / 2);
  const halfTyped = `${text.slice(0, middle)}${kind === 'levels' ? '            thr' : 'mess'}\n${text.slice(middle)}`;
  return {
    kind,
    lines: text.split('\n').length - 1,
    diagnosticsMs: median(text, (edited) => diagnose(readDocument(edited, kind))),
    completionMs: median(text, (edited) => complete(readDocument(edited, kind), at)),
    hoverMs: median(text, (edited) => hoverAt(readDocument(edited, kind), keyAt)),
    faultyMs: median(faulty, (edited) => diagnose(readDocument(edited, kind))),
    halfTypedMs: median(halfTyped, (edited) => diagnose(readDocument(edited, kind))),
  };
}

/** Each call gets a text of its own, so that nothing of an earlier one can be used. */
function median(text: string, act: (edited: string) => unknown): number {
  const durations = Array.from({ length: edits }, (_, edit) => {
    const edited = `${text}# ${edit}\n`;
    const start = performance.now();
    act(edited);
    return performance.now() - start;
  });
  // The first ones pay for what Node compiles.
  return durations.slice(edits / 2).sort((a, b) => a - b)[edits / 4] ?? NaN;
}

function levelsText(lines: number): string {
  const types = ['COMMITS', 'RELEASES', 'BUS_FACTOR', 'CI_PIPELINES'];
  const written = ['badges:'];
  for (let badge = 0; written.length < lines; badge++) {
    written.push(`  - id: badge-${badge}`, `    description: What badge ${badge} is about`, '    levels:');
    for (const [index, level] of ['bronze', 'silver', 'gold'].entries()) {
      written.push(`      - name: ${level}`, '        checks:');
      for (const [place, type] of types.entries()) written.push(`          - type: ${type}`, `            threshold: { timeRangeInMonths: ${place + 1}, min: ${5 + index} }`);
    }
  }
  return `${written.slice(0, lines).join('\n')}\n`;
}

function tomlText(lines: number): string {
  const written = ['path = "public/badges"', 'style = "flat"'];
  for (let badge = 0; written.length < lines; badge++) written.push('', '[[static_badges]]', `label = "badge ${badge}"`, 'message = "some text"', 'color = "blue"');
  return `${written.slice(0, lines).join('\n')}\n`;
}
