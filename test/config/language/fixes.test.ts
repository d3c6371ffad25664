import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ciFileOf } from '../../../src/config/ciFile';
import type { ConfigKind } from '../../../src/config/language/configFile';
import { diagnose } from '../../../src/config/language/diagnose';
import { readDocument } from '../../../src/config/language/document';
import { applyEdits, fixAll, fixesAt } from '../../../src/config/language/fixes';
import type { Values } from '../../../src/config/language/values';
import { readYamlTree } from '../../../src/config/yamlTree';
import { editsOf, typedPieces } from '../edits';
import { atCursor } from './cursor';

const pipeline = readYamlTree('badges: { script: x, artifacts: { paths: [public] } }\n').root;
assert.ok(pipeline?.type === 'object');
const values: Values = { ci: ciFileOf(pipeline, false), project: { instance: 'https://git.example.com', path: 'acme/shop' } };

const url = (rest: string) => `publish: { project: [{ link_url: "https://e.org", image_url: "${rest}" }] }\n`;
const checks = (rest: string) => `badges:\n  - id: a\n    levels:\n      - name: b\n        checks:\n          - ${rest}\n`;

/** What becomes of a text, with the cursor in it, by the fix of a title. */
const cases: readonly (readonly [kind: ConfigKind, before: string, title: string, after: string])[] = [
  ['yaml', 'st|yl: flat\n', 'Rename to “style”', 'style: flat\n'],
  ['yaml', '"st|yl": flat\n', 'Rename to “style”', 'style: flat\n'],
  ['toml', 'st|yl = "flat"\n', 'Rename to “style”', 'style = "flat"\n'],
  ['pyproject', '[tool.badges_gitlab]\nst|yl = "flat"\n', 'Rename to “style”', '[tool.badges_gitlab]\nstyle = "flat"\n'],
  ['endpoint', '{ "schemaVersion": 1, "label": "", "message": "x", "col|our": "red" }', 'Rename to “color”', '{ "schemaVersion": 1, "label": "", "message": "x", "color": "red" }'],
  ['yaml', 'path: out\nfo|o:\n  - 1\n  - 2\nstyle: flat\n', 'Remove “foo”', 'path: out\nstyle: flat\n'],
  ['yaml', 'publish: { fo|o: 1, prune: true }\n', 'Remove “foo”', 'publish: { prune: true }\n'],
  ['yaml', 'publish: { prune: true, fo|o: 1 }\n', 'Remove “foo”', 'publish: { prune: true }\n'],
  ['yaml', 'publish: { fo|o: 1 }\n', 'Remove “foo”', 'publish: {  }\n'],
  ['yaml', 'publish:\n  project:\n    - fo|o: 1\n      link_url: https://e.org\n      image_url: https://e.org\n', 'Remove “foo”', 'publish:\n  project:\n    - link_url: https://e.org\n      image_url: https://e.org\n'],
  ['toml', 'path = "out"\nfo|o = [\n  1,\n]\nstyle = "flat"\n', 'Remove “foo”', 'path = "out"\nstyle = "flat"\n'],
  ['toml', 'publish = { prune = true, fo|o = 1 }\n', 'Remove “foo”', 'publish = { prune = true }\n'],
  ['yaml', 'style: fl|att\n', 'Replace with “flat”', 'style: flat\n'],
  ['yaml', 'style: "fla|t\npath: out\n', 'Close the quote', 'style: "flat"\npath: out\n'],
  ['yaml', "static_badges: [[a, 'b|\npath: out\n", 'Close the quote', "static_badges: [[a, 'b']]\npath: out\n"],
  ['toml', 'style = "fla|t\npath = "out"\n', 'Close the quote', 'style = "flat"\npath = "out"\n'],
  ['yaml', 'facts: [name, owne|r\npath: out\n', 'Close the bracket', 'facts: [name, owner]\npath: out\n'],
  ['toml', 'facts = ["name", "owner|"\npath = "out"\n', 'Close the bracket', 'facts = ["name", "owner"]\npath = "out"\n'],
  ['yaml', 'path: out\npubli|sh\n  prune: true\n', 'Add the colon', 'path: out\npublish:\n  prune: true\n'],
  ['toml', 'badges.coverage.color = { 60|.5 = "red" }\n', 'Put the number in quotes', 'badges.coverage.color = { "60.5" = "red" }\n'],
  ['yaml', "style: 'fl|att'\n", 'Replace with “flat”', "style: 'flat'\n"],
  ['yaml', 'style: fl|att\n', 'Replace with “social”', 'style: social\n'],
  ['toml', 'style = "fl|att"\n', 'Replace with “flat”', 'style = "flat"\n'],
  ['yaml', 'static_badges: [[a, b, re|ed]]\n', 'Replace with “red”', 'static_badges: [[a, b, red]]\n'],
  ['yaml', 'template_badges: [{ label: a, message: "{relese|.tag} x" }]\n', 'Replace with “release.tag”', 'template_badges: [{ label: a, message: "{release.tag} x" }]\n'],
  ['yaml', 'template_badges: [{ label: a, message: "{name|up¦pr}" }]\n', 'Replace with “upper”', 'template_badges: [{ label: a, message: "{name|upper}" }]\n'],
  ['yaml', 'static_badges: [{ label: a, message: b, logo: "mat|rixx" }]\n', 'Replace with “matrix”', 'static_badges: [{ label: a, message: b, logo: "matrix" }]\n'],
  ['endpoint', '{ "schemaVersion": 1, "label": "", "message": "x", "namedLogo": "git|hubb" }', 'Replace with “github”', '{ "schemaVersion": 1, "label": "", "message": "x", "namedLogo": "github" }'],
  ['yaml', 'badges: { a: { color: { 0: red, 80: green, 6|0: "#fc0" } } }\n', 'Put the values in order', 'badges: { a: { color: { 0: red, 60: "#fc0", 80: green } } }\n'],
  ['yaml', 'badges:\n  a:\n    color:\n      95: blue # best\n      60: yellow\n      8|0: green\n      0: red\n', 'Put the values in order', 'badges:\n  a:\n    color:\n      95: blue # best\n      80: green\n      60: yellow\n      0: red\n'],
  ['toml', 'badges.a.color = { 0 = "red", 80 = "green", 6|0 = "yellow" }\n', 'Put the values in order', 'badges.a.color = { 0 = "red", 60 = "yellow", 80 = "green" }\n'],
  ['yaml', 'facts: [licence_|name]\n', 'Replace with “license_name”', 'facts: [license_name]\n'],
  ['yaml', 'facts: [name, na|me, owner]\n', 'Remove this one', 'facts: [name, owner]\n'],
  ['yaml', 'facts:\n  - name\n  - na|me\n  - owner\n', 'Remove this one', 'facts:\n  - name\n  - owner\n'],
  ['yaml', 'style: flat\nst|yle: social\npath: out\n', 'Remove this one', 'style: flat\npath: out\n'],
  ['toml', 'style = "flat"\nst|yle = "social"\npath = "out"\n', 'Remove this one', 'style = "flat"\npath = "out"\n'],
  ['yaml', 'static_badges:\n  - label|: a\n', 'Add what is missing', 'static_badges:\n  - label: a\n    message: message\n'],
  ['yaml', 'static_badges: [{ label: |a }]\n', 'Add what is missing', 'static_badges: [{ label: a, message: message }]\n'],
  ['yaml', 'static_badges: [{\n  label: |a # mine\n}]\n', 'Add what is missing', 'static_badges: [{\n  label: a, # mine\n  message: message\n}]\n'],
  ['toml', 'static_badges = [{ label = |"a" }]\n', 'Add what is missing', 'static_badges = [{ label = "a", message = "message" }]\n'],
  ['toml', '[[publish.project]]\nnam|e = "a"\n\n[badges]\n', 'Add what is missing', '[[publish.project]]\nname = "a"\nlink_url = "https://"\nimage_url = "https://"\n\n[badges]\n'],
  ['levels', checks('type: MAN|UAL'), 'Add what is missing', checks('type: MANUAL\n            decisionJsonUrl: "https://"')],
  ['levels', checks('type: COM|MITS'), 'Add a threshold', checks('type: COMMITS\n            threshold:\n              timeRangeInMonths: 1\n              min: 1')],
  ['levels', 'badges:\n  - i|d: a\n', 'Add what is missing', 'badges:\n  - id: a\n    levels:\n      - name: bronze\n        checks:\n          - type: COMMITS\n            threshold:\n              timeRangeInMonths: 1\n              min: 1\n'],
  ['levels', checks('{ type: COMMITS, threshold: { min: |6, max: 5 } }'), 'Swap “min” and “max”', checks('{ type: COMMITS, threshold: { min: 5, max: 6 } }')],
  ['levels', checks('{ type: COMMITS, threshold: { min: "|5" } }'), 'Remove the quotes', checks('{ type: COMMITS, threshold: { min: 5 } }')],
  ['levels', 'badges:\n  - id: a\n    levels:\n      - { name: b, not|NecessaryForNextHigherLevels: true, checks: [{ type: COMMITS, threshold: { min: 1 } }] }\n', 'Rename to “notNecessaryForNextHigherLevel”', 'badges:\n  - id: a\n    levels:\n      - { name: b, notNecessaryForNextHigherLevel: true, checks: [{ type: COMMITS, threshold: { min: 1 } }] }\n'],
  ['yaml', 'path: |5\n', 'Put it in quotes', 'path: "5"\n'],
  ['toml', 'path = |5\n', 'Put it in quotes', 'path = "5"\n'],
  ['yaml', 'static_badges:\n  - label: a\n    message: b\n    col|or: #4c1\n', 'Put #4c1 in quotes', 'static_badges:\n  - label: a\n    message: b\n    color: "#4c1"\n'],
  ['yaml', 'publish:\n  project:\n    - link_url: |%{project_path}\n', 'Put the value in quotes', 'publish:\n  project:\n    - link_url: "%{project_path}"\n'],
  ['yaml', 'path: |a: b\n', 'Put the value in quotes', 'path: "a: b"\n'],
  ['toml', 'style = |flat\n', 'Put the value in quotes', 'style = "flat"\n'],
  ['yaml', 'publish:\n|\tprune: true\n', 'Use blanks for indentation', 'publish:\n  prune: true\n'],
  ['yaml', url('https://e.org/%{project|_pat}'), 'Replace with %{project_path}', url('https://e.org/%{project_path}')],
  ['yaml', url('https://e.org/%7Bproject_|id%7D'), 'Replace with %{project_id}', url('https://e.org/%{project_id}')],
  ['yaml', url('https://%{gitlab|_server}/x'), 'Replace with git.example.com', url('https://git.example.com/x')],
  ['yaml', url('https://git.example.com/%{project_path}/-/jobs/artifacts/main/raw/public/a.svg?job=bad|ge'), 'Replace with “badges”', url('https://git.example.com/%{project_path}/-/jobs/artifacts/main/raw/public/a.svg?job=badges')],
  ['yaml', url('https://git.example.com/%{project_path}/-/jobs/artifacts/main/raw/public/a|.svg'), 'Add ?job=badges', url('https://git.example.com/%{project_path}/-/jobs/artifacts/main/raw/public/a.svg?job=badges')],
  ['yaml', 'static_badges: [[a, |b]]\n', 'Add the colour', 'static_badges: [[a, b, lightgrey]]\n'],
  ['yaml', 'static_badges:\n  - [a, "b c", |red]\n', 'Write it as a table', 'static_badges:\n  - { label: a, message: "b c", color: red }\n'],
  ['toml', 'static_badges = [["a", |"b", "red"]]\n', 'Write it as a table', 'static_badges = [{ label = "a", message = "b", color = "red" }]\n'],
  ['yaml', 'static_badges:\n  - { message: b, label: |a, color: red }\n', 'Write it as a list', 'static_badges:\n  - [a, b, red]\n'],
  ['decision', '{ "grantedRegex": ["https|://e\\\\.org/.*"] }', 'Let it match whole URLs only', '{ "grantedRegex": ["^https://e\\\\.org/.*"] }'],
];

/** What people mistype, in texts that can be read. */
const faulty = {
  yaml: `pth: public/badges
styl: flatt
facts: [licence_name, open_isues, owner, owner, stars]
static_badges:
  - [conventional commits, 1.0.0, yelow]
  - [a, b]
  - { label: chat, mesage: join us, colour: bleu, logo: gitub }
  - { label: chat, color: #4c1
    }
template_badges: [{ label: a, message: "{relese.tag|uper} {nam|lower}" }]
badges:
  open_isues: { label: open, color: { 0: brightgren, 50: red, 10: yellow, 60: 5 } }
  stars: { branch: x, style: plastc }
publish:
  prun: false
  project:
    - name: coverage
      image_url: "https://%{gitlab_server}/%{project_pth}/-/jobs/artifacts/main/raw/public/badges/chat.svg?job=bages"
      link_url: "https://git.example.com/%7Bproject_path%7D"
    - image_url: "https://git.example.com/%{project_path}/-/jobs/artifacts/main/raw/public/badges/chat.svg"
`,
  toml: `pth = "public/badges"
styl = "flatt"
facts = ["licence_name", "owner", "owner"]
static_badges = [
  ["conventional commits", "1.0.0", "yelow"],
  ["a", "b"],
  { label = "chat", mesage = 'join', colour = "#4c1" },
]
[badges.open_isues]
color = { 0 = "red", 50 = "green", 10 = "blu", 60.5 = "red" }
stile = "plastc"
[[publish.project]]
name = 5
link_ur = "https://example.org/%{project_pth}"
`,
  levels: `gitClient:
  - baseUrl: https://gitlab.example.com
badges:
  - id: maintained
    levels: &levels
      - name: bronze
        notNecessaryForNextHigherLevels: true
        checks:
          - { typ: COMITS, threshold: { timeRangeInMonth: "6", min: 5, max: 2 } }
          - { type: COMMITS }
      - name: 5
        notNecessaryForNextHigherLevel: true
        notNecessaryForNextHigherLevels: true
        checks:
          - type: MANUALL
            decisionJsonUr: https://example.org/x.json
  - id: other
    levels: *levels
personalEmailDomains: [gmail.com, gmail.com]
`,
  endpoint: '{ "schemaVersion": "1", "lable": "a", "mesage": "b", "colour": "reed", "namedLogo": "gitub" }\n',
  decision: '{ "granted": ["https://e.org"], "grantedRegx": ["https://e\\\\.org/.*", "https://e\\\\.org/.*"] }\n',
};

describe('a fix', () => {
  for (const [kind, before, title, after] of cases) {
    it(`“${title}” in ${kind} makes ${JSON.stringify(after)} of ${JSON.stringify(before)}`, () => {
      const { text, offset } = atCursor(before);
      const fixes = fixesAt(readDocument(text, kind), { start: offset, end: offset }, values);
      const fix = fixes.find((candidate) => candidate.title === title);
      assert.ok(fix, `only ${fixes.map((candidate) => candidate.title).join(', ')}`);
      assert.equal(applyEdits(text, fix.edits), after);
    });
  }

  it('is proposed where it helps only', () => {
    const titles = (written: string, kind: ConfigKind = 'yaml') => {
      const { text, offset } = atCursor(written);
      return fixesAt(readDocument(text, kind), { start: offset, end: offset }, values).map(({ title }) => title);
    };
    assert.deepEqual(titles('style: fl|at\n'), []);
    assert.deepEqual(titles('zzz|zzz: 1\n'), ['Remove “zzzzzz”']);
    assert.deepEqual(titles('style: flat\nsty|l: social\n'), ['Remove “styl”']);
    assert.deepEqual(titles('path: [1, |\n'), []);
  });

  it('of all problems at once mends what is certain, and leaves the rest', () => {
    const text = 'styl: flatt\nfacts: [nam, owner, owner]\nzzz: 1\nstatic_badges: [[a, b, reed]]\n';
    assert.equal(applyEdits(text, fixAll(readDocument(text, 'yaml'), values)), 'style: flat\nfacts: [name, owner]\nzzz: 1\nstatic_badges: [[a, b, red]]\n');
  });

  it('of all problems at once invents nothing, and leaves a text alone that cannot be read', () => {
    for (const text of ['static_badges: [{ label: a }]\n', 'styl: flat\nfacts: [name\n']) assert.deepEqual(fixAll(readDocument(text, 'yaml'), values), []);
  });
});

describe('fixing all at once', () => {
  for (const [kind, text, numRuns] of [
    ['yaml', faulty.yaml, 300],
    ['toml', faulty.toml, 300],
    ['levels', faulty.levels, 300],
    ['endpoint', faulty.endpoint, 200],
    ['decision', faulty.decision, 200],
  ] as const) {
    it(`leaves nothing in ${kind} that could be fixed so, and what can be read stays so`, function () {
      this.timeout(60_000);
      const isRead = (written: string) => readDocument(written, kind).problems.every(({ code }) => code !== 'syntax');
      const leavesNothing = (written: string) => {
        const fixed = applyEdits(written, fixAll(readDocument(written, kind), values));
        if (!isRead(written)) return assert.equal(fixed, written);
        assert.ok(isRead(fixed), fixed);
        const document = readDocument(fixed, kind);
        const left = diagnose(document, values).flatMap(({ range }) => fixesAt(document, range, values)).filter(({ problem, isPreferred }) => problem && isPreferred);
        assert.deepEqual(left.map(({ title }) => title), []);
      };
      assert.ok(isRead(text));
      fc.assert(fc.property(editsOf(text, typedPieces), leavesNothing), { numRuns, examples: [[text]] });
    });
  }
});
