import { complete } from '../../src/config/language/completion';
import { diagnose } from '../../src/config/language/diagnose';
import { readDocument } from '../../src/config/language/document';
import { hoverAt } from '../../src/config/language/hover';

interface LanguageFigures {
  readonly kind: keyof typeof samples;
  readonly lines: number;
  /** Medians, in milliseconds. Each edit makes a new text, which is read anew. */
  readonly diagnosticsMs: number;
  readonly completionMs: number;
  readonly hoverMs: number;
  /** Of diagnostics where every second entry is wrong. */
  readonly faultyMs: number;
  /** The same where the text is written otherwise, or while something in its middle is half typed. */
  readonly shapes: readonly { readonly shape: string; readonly diagnosticsMs: number; readonly completionMs: number }[];
}

const edits = 40;

interface Sample {
  readonly text: string;
  /** In its middle the cursor stands behind this. */
  readonly before: string;
  readonly faulty: (text: string) => string;
  readonly hover: string;
  readonly shapes: readonly Shape[];
}

/** Other ways to write all of it (`all`), or what is replaced in the middle. The cursor stands behind the replacement. */
interface Shape {
  readonly shape: string;
  readonly find: string;
  readonly replace: string;
  readonly all?: true;
}

/** Reads and judges a file of 1,000 lines after each of several edits, as the editor does after a keystroke. */
export function benchLanguage(kind: keyof typeof samples): LanguageFigures {
  const { text, before, faulty, hover, shapes } = samples[kind](1_000);
  const judge = (written: string) => median(written, (edited) => diagnose(readDocument(edited, kind)));
  const completeAt = (written: string, offset: number) => median(written, (edited) => complete(readDocument(edited, kind), offset));
  return {
    kind,
    lines: text.split('\n').length - 1,
    diagnosticsMs: judge(text),
    completionMs: completeAt(text, middle(text, before) + before.length),
    hoverMs: median(text, (edited) => hoverAt(readDocument(edited, kind), middle(text, hover) + 2)),
    faultyMs: judge(faulty(text)),
    shapes: shapes.map(({ shape, find, replace, all }) => {
      const at = middle(text, find);
      const written = all ? text.replaceAll(find, replace) : text.slice(0, at) + replace + text.slice(at + find.length);
      return { shape, diagnosticsMs: judge(written), completionMs: completeAt(written, middle(written, replace) + replace.length) };
    }),
  };
}

function middle(text: string, part: string): number {
  const at = text.indexOf(part, text.length / 2);
  if (at < 0) throw new Error(`The sample does not hold ${part}.`);
  return at;
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

const samples = {
  levels(lines: number): Sample {
    const types = ['COMMITS', 'RELEASES', 'BUS_FACTOR', 'CI_PIPELINES'];
    const written = ['badges:'];
    for (let badge = 0; written.length < lines; badge++) {
      written.push(`  - id: badge-${badge}`, `    description: What badge ${badge} is about`, '    levels:');
      for (const [index, level] of ['bronze', 'silver', 'gold'].entries()) {
        written.push(`      - name: ${level}`, '        checks:');
        for (const [place, type] of types.entries()) written.push(`          - type: ${type}`, `            threshold: { timeRangeInMonths: ${place + 1}, min: ${5 + index} }`);
      }
    }
    const threshold = '            threshold: { timeRangeInMonths: 1, min: 5 }';
    return {
      text: lined(written, lines),
      before: 'type: ',
      faulty: (text) => text.replaceAll('min: 5', 'min: five'),
      hover: 'threshold',
      shapes: [
        { shape: 'a half-typed key', find: threshold, replace: '            thr' },
        { shape: 'a key that lost its colon', find: '    levels:\n', replace: '    levels' },
        { shape: 'an open quote', find: 'name: bronze', replace: 'name: "bro' },
        { shape: 'an open bracket', find: '{ timeRangeInMonths: 1, min: 5 }', replace: '{ timeRangeInMonths: 1, m' },
        { shape: 'a wrong indentation', find: '        checks:', replace: '         checks:' },
        { shape: 'a tab', find: '        checks:', replace: '\tchecks:' },
        { shape: 'brackets over lines everywhere', find: '{ timeRangeInMonths: 1, min: 5 }', replace: '{\n              timeRangeInMonths: 1,\n              min: 5\n            }', all: true },
        { shape: 'texts over lines everywhere', find: 'description: What badge', replace: 'description: >-\n      What\n      badge', all: true },
        { shape: 'emoji everywhere', find: 'description: What', replace: 'description: 🚀 What', all: true },
      ],
    };
  },
  yaml(lines: number): Sample {
    const written = ['path: public/badges', 'style: flat', 'static_badges:'];
    for (let badge = 0; written.length < lines / 2; badge++) written.push(`  - { label: badge ${badge}, message: text, color: blue }`);
    written.push('publish:', '  project:');
    for (let badge = 0; written.length < lines; badge++) {
      const project = 'https://gitlab.example.com/%{project_path}';
      written.push(`    - name: badge ${badge}`, `      link_url: "${project}"`, `      image_url: "${project}/-/jobs/artifacts/%{default_branch}/raw/public/badges/badge_${badge}.svg?job=badges"`);
    }
    return {
      text: lined(written, lines),
      before: 'link_url: "https://gitlab.example.com/%{',
      faulty: (text) => text.replaceAll('%{project_path}', '%{project}').replaceAll('blue', 'bleu'),
      hover: 'link_url',
      shapes: [
        { shape: 'an open quote', find: '"https://gitlab.example.com/%{project_path}"', replace: '"https://gitlab.example.com/%{proj' },
        { shape: 'a text that cannot start so', find: 'link_url: "https://gitlab.example.com/%{project_path}"', replace: 'link_url: %{pro' },
        { shape: 'a colon without a blank', find: 'name: badge', replace: 'name:badge' },
      ],
    };
  },
  toml(lines: number): Sample {
    const written = ['path = "public/badges"', 'style = "flat"'];
    for (let badge = 0; written.length < lines; badge++) written.push('', '[[static_badges]]', `label = "badge ${badge}"`, 'message = "some text"', 'color = "blue"');
    return {
      text: lined(written, lines),
      before: 'color = "',
      faulty: (text) => text.replaceAll('"blue"', '"bleu"'),
      hover: 'label',
      shapes: [
        { shape: 'a half-typed key', find: 'message', replace: 'mess' },
        { shape: 'an open quote', find: '"some text"', replace: '"some te' },
        { shape: 'three quotes that are open', find: '"some text"', replace: '"""some te' },
        { shape: 'an open bracket', find: 'color = "blue"', replace: 'color = ["bl' },
        { shape: 'an open header', find: '[[static_badges]]', replace: '[[static' },
      ],
    };
  },
};

function lined(written: readonly string[], lines: number): string {
  return `${written.slice(0, lines).join('\n')}\n`;
}
