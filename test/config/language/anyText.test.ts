import assert from 'node:assert/strict';
import fc from 'fast-check';
import { colorsIn } from '../../../src/config/language/colors';
import { complete } from '../../../src/config/language/completion';
import type { ConfigKind } from '../../../src/config/language/configFile';
import { diagnose } from '../../../src/config/language/diagnose';
import { readDocument } from '../../../src/config/language/document';
import { applyEdits, fixAll, fixesAt } from '../../../src/config/language/fixes';
import { hintsIn } from '../../../src/config/language/hints';
import { hoverAt } from '../../../src/config/language/hover';
import { linksIn } from '../../../src/config/language/links';
import { foldsIn, outlineOf } from '../../../src/config/language/outline';
import { nameAt, renameIn } from '../../../src/config/language/rename';
import type { Values } from '../../../src/config/language/values';
import { editsOf, typedPieces } from '../edits';

const values: Values = { placeholders: { project_path: 'acme/shop', latest_tag: null }, filesOf: new Map([['reports/**/*.xml', []]]), project: { instance: 'https://gitlab.example.com', path: 'acme/shop' } };

const generator = `path: public/badges
facts: [license_name, open_issues]
junit_xml: reports/**/*.xml
static_badges:
  - [conventional commits, 1.0.0, yellow]
  - { label: chat, message: join us, color: "#4c1", link: "https://example.org" }
badges:
  open_issues: { label: open, color: { 0: brightgreen, 10: yellow, 50: red } }
publish:
  prune: false
  project:
    - name: coverage
      image_url: "https://gitlab.example.com/%{project_path}/-/jobs/artifacts/%{latest_tag}/raw/public/badges/chat.svg?job=badges"
      link_url: "https://gitlab.example.com/%{project_path}"
`;

const toml = `path = "public/badges"
facts = ["license_name"]
static_badges = [
  ["conventional commits", "1.0.0", "yellow"],
  { label = "chat", message = 'join', color = "#4c1" },
]
[badges.open_issues]
color = { 0 = "red", 50 = "green" }
[[publish.project]]
name = "a"
link_url = "https://example.org"
image_url = """https://example.org/%{project_path}"""
`;

const levels = `gitClients:
  - baseUrl: https://gitlab.example.com
badges:
  - id: maintained
    levels: &levels
      - name: bronze
        notNecessaryForNextHigherLevels: true
        checks:
          - { type: COMMITS, threshold: { timeRangeInMonths: 6, min: 5 } }
      - name: silver
        checks:
          - type: MANUAL
            decisionJsonUrl: https://example.org/x.json
  - id: other
    levels: *levels
personalEmailDomains: [gmail.com]
`;

const endpoint = '{ "schemaVersion": 1, "label": "a", "message": "b", "color": "red" }\n';

describe('whatever is typed', () => {
  /** Ten thousand in all. */
  for (const [kind, text, numRuns] of [
    ['yaml', generator, 3000],
    ['toml', toml, 2500],
    ['pyproject', `[tool.ruff]\nx = 1\n[tool.badges_gitlab]\n${toml.replace('[badges', '[tool.badges_gitlab.badges').replace('[[publish', '[[tool.badges_gitlab.publish')}`, 1500],
    ['levels', levels, 2500],
    ['endpoint', endpoint, 500],
  ] as const satisfies readonly (readonly [ConfigKind, string, number])[]) {
    it(`into ${kind}, everything is answered and every place lies in the text`, function () {
      this.timeout(120_000);
      fc.assert(
        fc.property(editsOf(text, typedPieces), fc.double({ min: 0, max: 1, noNaN: true }), (typed, where) => {
          const offset = Math.round(where * typed.length);
          const document = readDocument(typed, kind);
          const inside = ({ start, end }: { readonly start: number; readonly end: number }) => assert.ok(0 <= start && start <= end && end <= typed.length, `${start}..${end} of ${typed.length}`);
          for (const { range } of diagnose(document, values)) inside(range);
          for (const { typed: left, replace } of complete(document, offset, values)) {
            inside(replace);
            assert.ok(replace.start <= left.start && left.end <= replace.end);
          }
          for (const { edits } of fixesAt(document, { start: offset, end: offset }, values)) edits.forEach(({ range }) => inside(range));
          for (const { range } of [...colorsIn(document), ...linksIn(document, values)]) inside(range);
          for (const fold of foldsIn(document)) inside(fold);
          outlineOf(document);
          hintsIn(document, values);
          hoverAt(document, offset, values);
          const name = nameAt(document, offset);
          if (name) renameIn(document, name.stem, 'new name').forEach(({ range }) => inside(range));
          applyEdits(typed, fixAll(document, values));
        }),
        // A quote that nothing closes is the last thing in the text.
        { numRuns, examples: [['{\n  "https:', 1]] },
      );
    });
  }
});
