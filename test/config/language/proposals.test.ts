import assert from 'node:assert/strict';
import { complete, type Completion } from '../../../src/config/language/completion';
import type { ConfigKind } from '../../../src/config/language/configFile';
import { diagnose } from '../../../src/config/language/diagnose';
import { readDocument } from '../../../src/config/language/document';
import type { Values } from '../../../src/config/language/values';

/** Names that need quotes or escapes where they are written. */
const values: Values = {
  project: { instance: 'https://gitlab.example.com', path: 'acme/shop' },
  stems: ['coverage', 'my badge'],
  branches: ['main', 'feat/x#1'],
  badgeNames: ['build', 'a: b'],
  reports: ['reports/junit.xml', 'a b,c.xml'],
  valueFiles: ['package.json'],
};

const yaml = `# settings
path: public/badges
facts: [license_name, open_issues]
static_badges:
  - [conventional commits, 1.0.0, yellow]
  - { label: chat, message: join us, color: "#4c1" }
  - label: a
    message: b
template_badges:
  - label: v
    message: "{release.tag}"
badges:
  open_issues: { color: { 0: brightgreen, 10: yellow } }
  license_name:
    color: blue
publish:
  prune: false
  project:
    - name: coverage
      image_url: "https://gitlab.example.com/%{project_path}/x.svg"
      link_url: "https://gitlab.example.com/%{project_path}"
  groups:
    acme:
      - { name: m, image_url: "https://example.org/a.svg", link_url: "https://example.org" }
`;

const toml = `path = "public/badges"
facts = ["license_name", "open_issues"]
static_badges = [
  ["conventional commits", "1.0.0", "yellow"],
  { label = "chat", message = 'join', color = "#4c1" },
]
[badges.open_issues]
color = { 0 = "red", 50 = "green" }
[badges]
license_name.color = "blue"
[publish]
prune = false
[[publish.project]]
name = "a"
link_url = "https://example.org"
image_url = "https://example.org/%{project_path}"
[[template_badges]]
label = "v"
message = "{release.tag}"
`;

const levels = `badges:
  - id: maintained
    levels:
      - name: bronze
        checks:
          - { type: COMMITS, threshold: { timeRangeInMonths: 6, min: 5 } }
      - name: silver
        notNecessaryForNextHigherLevel: true
        checks:
          - type: MANUAL
            decisionJsonUrl: https://example.org/x.json
          - type: RELEASES
            threshold:
              min: 1
personalEmailDomains: [gmail.com]
gitClients:
  - baseUrl: https://gitlab.example.com
`;

const pyproject = `[tool.badges_gitlab]\n${toml.replace(/^(\[+)/gm, '$1tool.badges_gitlab.')}`;

/** What a person has not written yet is missing; a key in place of another gets a value that was meant for that one. */
const unfinished: ReadonlySet<string> = new Set(['missing-key', 'no-bound', 'row-length', 'empty-table', 'empty-list', 'wrong-type']);

describe('what is proposed', () => {
  for (const [kind, text] of [
    ['yaml', yaml],
    ['toml', toml],
    ['levels', levels],
    ['pyproject', pyproject],
  ] as const) {
    it(`is right wherever a cursor stands in ${kind}`, () => {
      assert.deepEqual(mistakes(text, kind), []);
      let proposed = 0;
      for (let offset = 0; offset <= text.length; offset++) proposed += check(text, kind, offset);
      assert.ok(proposed > 200, String(proposed));
    });

    it(`is right in a line of ${kind} that is half typed, and in a new one`, () => {
      for (const { index, 0: line } of text.matchAll(/^.*$/gm)) {
        const indent = /^ */.exec(line)?.[0] ?? '';
        for (let cut = indent.length; cut < line.length; cut += 3) check(text.slice(0, index + cut) + text.slice(index + line.length), kind, index + cut);
        const end = index + line.length;
        for (const column of [indent.slice(2), indent, `${indent}  `]) check(`${text.slice(0, end)}\n${column}${text.slice(end)}`, kind, end + 1 + column.length);
      }
    });
  }
});

/** Takes each proposal at an offset. Answers how many there are. */
function check(text: string, kind: ConfigKind, offset: number): number {
  const before = new Set(mistakes(text, kind));
  const proposals = complete(readDocument(text, kind), offset, values);
  for (const proposal of proposals) {
    const { replace, label, insert } = proposal;
    const replaced = text.slice(replace.start, replace.end);
    assert.ok(replace.start <= offset && offset <= replace.end && !replaced.includes('\n'), label);
    // Whoever puts a key or header in place of another one has the rest of it to change.
    const isOther = replaced !== '' && /^[^$\n]*$/.test(insert) && (proposal.kind === 'key' || proposal.kind === 'table');
    const found = mistakes(filled(text, kind, proposal), kind).filter((code) => !before.has(code) && (isOther ? code === 'syntax' : !unfinished.has(code)));
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    assert.deepEqual(found, [], `${label} at ${text.slice(lineStart, offset)}|${text.slice(offset).split('\n', 1)[0] ?? ''}`);
  }
  return proposals.length;
}

function mistakes(text: string, kind: ConfigKind): readonly string[] {
  return diagnose(readDocument(text, kind), values).flatMap(({ code, severity }) => (severity === 'error' ? [code] : []));
}

/** The text with a proposal taken, and each value that it leaves to a person given: the first that is proposed there, or else one that fits. */
function filled(text: string, kind: ConfigKind, { insert, isSnippet, replace }: Completion, depth = 0): string {
  const { written, holes } = isSnippet ? expanded(insert) : { written: insert, holes: [] };
  return [...holes].reverse().reduce((edited, hole) => {
    const offset = replace.start + hole;
    const [first] = depth > 4 ? [] : [...complete(readDocument(edited, kind), offset, values)].sort((a, b) => a.rank - b.rank);
    if (first) return filled(edited, kind, first, depth + 1);
    return edited.slice(0, offset) + valueBehind(edited.slice(edited.lastIndexOf('\n', offset - 1) + 1, offset)) + edited.slice(offset);
  }, text.slice(0, replace.start) + written + text.slice(replace.end));
}

function valueBehind(line: string): string {
  if (/(?:url|link|badges)[\s"':=[-]*$/i.test(line)) return 'https://example.org';
  if (/domain/i.test(line)) return 'example.org';
  if (/(?:prerelease|prune|level)\W*$/i.test(line)) return 'true';
  if (/(?:seconds?|min|max|months)\W*$/i.test(line)) return '1';
  return /command/.test(line) ? '[x]' : 'x';
}

/** A snippet with its first choices and examples, and where it has none. */
function expanded(snippet: string): { readonly written: string; readonly holes: readonly number[] } {
  const holes: number[] = [];
  let written = '';
  for (const [token, escaped, choice, example, stop] of snippet.matchAll(/\\([\\$},|])|\$\{\d+\|((?:[^\\,|]|\\.)*)[^|]*\|\}|\$\{\d+:((?:[^\\}]|\\.)*)\}|\$(\d+)|[^]/g)) {
    const given = escaped ?? (choice ?? example)?.replace(/\\([\\$},|])/g, '$1').replace(/^https:\/\/$/, 'https://example.org');
    if (stop !== undefined || given === '') holes.push(written.length);
    written += stop === undefined ? (given ?? token) : '';
  }
  return { written, holes };
}
