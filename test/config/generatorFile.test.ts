import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { generatorFields } from '../../src/config/fields';
import { readGeneratorConfig } from '../../src/config/generatorFile';
import type { GeneratorConfig, GeneratorFileKind } from '../../src/config/generatorFile';
import { atPositions, lineTable, positionAt } from '../../src/config/position';
import { validate } from '../../src/config/validate';
import type { Field } from '../../src/config/shape';
import { readYamlTree } from '../../src/config/yamlTree';
import type { GeneratorDefinition } from '../../src/core/definition';
import { factStems } from '../../src/core/facts';
import { marked, withMarks } from './marked';

const documented = `# .gitlab/badges.yaml: every key is optional. In pyproject.toml the same keys stand in [tool.badges_gitlab].
path: public/badges                 # output folder, inside the workspace
style: flat                         # flat, flat-square, plastic, for-the-badge, social
facts: [license_name, pipeline]     # which fact badges; "all" (default) or a list of stems
junit_xml: reports/**/*.xml         # a path, a glob or a list
coverage_report: coverage.xml       # Cobertura, JaCoCo, LCOV, Istanbul summary; a path, a glob or a list
static_badges:
  - [conventional commits, 1.0.0, yellow]
  - { label: chat, message: join us, color: blue, logo: matrix, link: "https://example.org" }
link_badges: ["https://img.shields.io/badge/hello-world-orange"]
badges:                             # per-badge overrides by stem
  coverage: { label: cov, color: { 0: red, 60: yellow, 80: green, 95: brightgreen } }
publish:                            # badges on GitLab itself
  prune: false                      # true: badges that are not listed are planned for deletion
  project:
    - name: coverage                # GitLab refuses a placeholder in the host: the host is written out
      image_url: "https://gitlab.example.com/%{project_path}/-/jobs/artifacts/%{default_branch}/raw/public/badges/coverage.svg?job=badges"
      link_url: "https://gitlab.example.com/%{project_path}/-/pipelines"
  groups:
    acme/web:
      - { name: maintained, image_url: "https://gitlab.example.com/x.svg", link_url: "https://gitlab.example.com/x" }
`;

const documentedToml = `path = "public/badges"
style = "flat"
facts = ["license_name", "pipeline"]
junit_xml = "reports/**/*.xml"
coverage_report = "coverage.xml"
static_badges = [
  ["conventional commits", "1.0.0", "yellow"],
  { label = "chat", message = "join us", color = "blue", logo = "matrix", link = "https://example.org" },
]
link_badges = ["https://img.shields.io/badge/hello-world-orange"]
[badges.coverage]
label = "cov"
color = { 95 = "brightgreen", "80" = "green", 60 = "yellow", 0 = "red" }
[publish]
prune = false
[[publish.project]]
name = "coverage"
image_url = "https://gitlab.example.com/%{project_path}/raw/coverage.svg"
link_url = "https://gitlab.example.com/%{project_path}/-/pipelines"
[publish.groups]
"acme/web" = [{ name = "maintained", image_url = "https://gitlab.example.com/x.svg", link_url = "https://gitlab.example.com/x" }]
`;

/** The same settings as a part of a pyproject.toml, whose other parts are none of our business. */
function inPyproject(toml: string): string {
  return `[project]\nname = "shop"\n\n[tool.badges_gitlab]\n${toml.replace(/^(\[+)/gm, (bracket, _group, at: number) => (at > 0 && /^\[+(badges|publish)/.test(toml.slice(at)) ? `${bracket}tool.badges_gitlab.` : bracket))}\n[tool.other]\npath = 5\nunknown = true\n`;
}

/** In place of the problem with its line and column. */
const told = '(the problem)';

/** The definition without the places, to compare syntaxes; `publish` has tests of its own. */
function values({ definition }: GeneratorConfig): unknown {
  if (definition === null) return null;
  const { publish: _, ...rest } = definition;
  return stripped(rest);
}

function stripped(value: unknown): unknown {
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)].map(([key, entry]) => [key, stripped(entry)]);
  if (Array.isArray(value)) return value.map((entry: unknown) => stripped(entry));
  if (value === null || typeof value !== 'object') return value;
  if ('range' in value && 'value' in value) return stripped(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, entry]: [string, unknown]) => [key, stripped(entry)]));
}

function readYaml(text: string): GeneratorDefinition {
  const { definition, problems } = readGeneratorConfig(text, 'yaml');
  assert.ok(definition, JSON.stringify(problems));
  return definition;
}

describe('the documented configuration', () => {
  const expected = {
    path: 'public/badges',
    style: 'flat',
    facts: ['license_name', 'pipeline'],
    junitXml: ['reports/**/*.xml'],
    staticBadges: [
      { label: 'conventional commits', message: '1.0.0', color: 'yellow' },
      { label: 'chat', message: 'join us', color: 'blue', logo: 'matrix', link: 'https://example.org' },
    ],
    coverageReport: ['coverage.xml'],
    linkBadges: ['https://img.shields.io/badge/hello-world-orange'],
    overrides: [
      ['coverage', { label: 'cov', color: [{ from: 0, color: 'red' }, { from: 60, color: 'yellow' }, { from: 80, color: 'green' }, { from: 95, color: 'brightgreen' }] }],
    ],
  };
  for (const [kind, text] of [
    ['yaml', documented],
    ['toml', documentedToml],
    ['pyproject', inPyproject(documentedToml)],
  ] as const) {
    it(`means the same as ${kind}, without a warning`, () => {
      const config = readGeneratorConfig(text, kind);
      assert.deepEqual(values(config), expected);
      assert.deepEqual(config.problems, []);
    });
  }

  it('says where each value stands', () => {
    const { path, staticBadges, overrides } = readYaml(documented);
    const at = (written?: { range?: { start: number; end: number } }): string => documented.slice(written?.range?.start, written?.range?.end);
    assert.equal(at(path), 'public/badges');
    assert.equal(at(staticBadges?.[0]), '[conventional commits, 1.0.0, yellow]');
    assert.match(at(overrides?.get('coverage')), /^\{ label: cov.*\}$/);
  });
});

describe('a generator file as a whole', () => {
  for (const [name, kind, text, expected] of [
    ['empty YAML', 'yaml', '', { present: true, definition: {}, codes: [] }],
    ['YAML of comments', 'yaml', '# later\n', { present: true, definition: {}, codes: [] }],
    ['empty TOML', 'toml', '', { present: true, definition: {}, codes: [] }],
    ['an empty table of pyproject.toml', 'pyproject', '[tool.badges_gitlab]\n', { present: true, definition: {}, codes: [] }],
    ['pyproject.toml without the table', 'pyproject', '[tool.other]\npath = 5\n', { present: false, definition: null, codes: [] }],
    ['pyproject.toml where tool is no table', 'pyproject', 'tool = 5\n', { present: false, definition: null, codes: [] }],
    ['an empty pyproject.toml', 'pyproject', '', { present: false, definition: null, codes: [] }],
    ['pyproject.toml where ours is no table', 'pyproject', '[tool]\nbadges_gitlab = 5\n', { present: true, definition: null, codes: ['wrong-type'] }],
    ['pyproject.toml with a syntax error in our table', 'pyproject', '[tool.badges_gitlab]\npath = x\n[other]\na = 1\n', { present: true, definition: null, codes: ['syntax'] }],
    ['pyproject.toml with a syntax error in our header', 'pyproject', '[tool.badges_gitlab\npath = "x"\n[other]\na = 1\n', { present: true, definition: null, codes: ['syntax'] }],
    ['pyproject.toml with a syntax error elsewhere, which is not ours to judge', 'pyproject', '[tool.badges_gitlab]\npath = "x"\n[other]\na = b\n', { present: true, definition: { path: { value: 'x', range: { start: 28, end: 31 } } }, codes: [] }],
    ['a YAML list', 'yaml', '- a\n', { present: true, definition: null, codes: ['wrong-type'] }],
    ['a YAML text', 'yaml', 'hello\n', { present: true, definition: null, codes: ['wrong-type'] }],
    ['TOML with a syntax error', 'toml', 'path = \n', { present: true, definition: null, codes: ['syntax'] }],
  ] as const) {
    it(`reads ${name}`, () => {
      const { present, definition, problems } = readGeneratorConfig(text, kind);
      assert.deepEqual({ present, definition, codes: problems.map(({ code }) => code) }, expected);
    });
  }

  it('says all that is wrong with YAML that has a syntax error, and makes nothing of the rest, as in TOML', () => {
    const { present, definition, problems } = readGeneratorConfig('path: out\nsty\n', 'yaml');
    assert.deepEqual({ present, definition }, { present: true, definition: null });
    assert.deepEqual(problems.map(({ code }) => code), ['syntax', 'unknown-key']);
  });

  it('reads the first of two documents', () => {
    const { definition, problems } = readGeneratorConfig('path: a\n---\npath: b\n', 'yaml');
    assert.equal(definition?.path?.value, 'a');
    assert.deepEqual(problems.map(({ code }) => code), ['second-document']);
  });

  it('reads values through anchors, aliases and merge keys', () => {
    const text = 'badges:\n  tests: &base { style: plastic, color: blue }\n  coverage: { <<: *base, color: red }\nstatic_badges:\n  - &row [a, b, red]\n  - *row\n';
    const { overrides, staticBadges } = readYaml(text);
    assert.deepEqual(overrides?.get('coverage')?.value, { style: 'plastic', color: 'red' });
    assert.equal(staticBadges?.length, 2);
  });

  it('reports a mistake behind aliases once', () => {
    const { problems } = readGeneratorConfig('static_badges:\n  - { label: a, message: b, color: &c reed }\nbadges:\n  a: &o { style: flatt }\n  b: { <<: *o }\n  c: { <<: *o }\n', 'yaml');
    assert.deepEqual(problems.map(({ code }) => code), ['unknown-color', 'unknown-value']);
  });

  it('reports in the order of the text', () => {
    const { problems } = readGeneratorConfig('b: 1\na: *x\npath: 5\npath: 6\n', 'yaml');
    const starts = problems.map(({ range }) => range.start);
    assert.deepEqual(starts, [...starts].sort((a, b) => a - b));
  });

  it('counts lines and columns for people after CRLF and a byte order mark', () => {
    const text = '\uFEFFpath: out\r\nstyle: flatt\r\n';
    const [problem] = atPositions(readGeneratorConfig(text, 'yaml').problems, text, 'f');
    assert.deepEqual([problem?.line, problem?.column, problem?.endLine, problem?.endColumn], [2, 8, 2, 13]);
  });
});

/** kind, text with marks around the places, code and a part of the message; and what remains. */
interface Case {
  readonly kind?: GeneratorFileKind;
  readonly text: string;
  readonly code: string;
  readonly says: RegExp;
  readonly leaves: unknown;
  readonly severity?: 'warning';
}

const cases: Record<string, Case> = {
  'an unknown key': { text: 'path: out\n«stlye»: flat\n', code: 'unknown-key', says: /“stlye” is not known here: use path, style.* or publish\. Did you mean “style”\?/, leaves: { path: 'out' } },
  'an unknown key unlike all': { text: '«xyzzy»: 1\n', code: 'unknown-key', says: /or publish\.$/, leaves: {} },
  'a key without a value': { text: 'path: out\n«style»:\n', code: 'empty-value', severity: 'warning', says: /no value.*Expected a style/, leaves: { path: 'out' } },
  'a key given twice': { text: 'path: a\n«path»: b\n', code: 'duplicate-key', says: /first one counts/, leaves: { path: 'a' } },

  'an alias of nothing': { text: 'path: out\nstatic_badges:\n  - [a, «*b», red]\n', code: 'unknown-alias', says: /No value above is marked &b/, leaves: { path: 'out', staticBadges: [{ label: 'a', mistake: { at: '3:5', problem: 'Its entry in the configuration is wrong: see the problem there.' } }] } },
  'a path that is a number': { text: 'path: «5»\n', code: 'wrong-type', says: /Expected a path inside the workspace folder, not a number\. Put it in quotes/, leaves: {} },
  'a path that is a list': { text: 'path: «[a]»\n', code: 'wrong-type', says: /not a list\.$/, leaves: {} },
  'an empty path': { text: 'path: «""»\n', code: 'empty-text', says: /empty/, leaves: {} },
  'an absolute path': { text: 'path: «/tmp/x»\n', code: 'outside-workspace', says: /relative to that folder/, leaves: {} },
  'a Windows path': { text: 'path: «C:\\x»\n', code: 'outside-workspace', says: /relative/, leaves: {} },
  'a path that climbs out': { text: 'path: «a/../../b»\n', code: 'outside-workspace', says: /leads out/, leaves: {} },
  'a path that climbs out with backslashes': { text: 'path: «a\\..\\..\\b»\n', code: 'outside-workspace', says: /leads out/, leaves: {} },
  'a path with a NUL': { text: 'path: «"a\\0b"»\n', code: 'bad-path', says: /control character/, leaves: {} },

  'an unknown style': { text: 'style: «flatt»\n', code: 'unknown-value', says: /is not a style: use flat, flat-square, plastic, for-the-badge or social\. Did you mean “flat”\?/, leaves: {} },
  'a style that is a boolean': { text: 'style: «true»\n', code: 'wrong-type', says: /not true or false/, leaves: {} },

  'an unknown fact': { text: 'facts: [issues, «licence_name»]\n', code: 'unknown-fact', says: /Did you mean “license_name”\? There are issues, .* or archived\./, leaves: { facts: ['issues'] } },
  'labels in one text': { text: 'badges: {issues: {labels: [«"a, b"»], branch: x}}\n', code: 'several-labels', says: /each one as an item/, leaves: { overrides: [['issues', { options: { branch: 'x' }, mistake: told }]] } },
  'no labels': { text: 'badges: {issues: {labels: «[]»}}\n', code: 'empty-list', says: /a list of labels/, leaves: { overrides: [['issues', { mistake: told }]] } },
  'whether pre-releases count as a text': { text: 'badges: {tag_version: {prerelease: «often»}}\n', code: 'wrong-type', says: /true or false/, leaves: { overrides: [['tag_version', { mistake: told }]] } },
  'a word for facts that is not “all”': { text: 'facts: «issues»\n', code: 'unknown-value', says: /“all” or a list of fact badges/, leaves: {} },
  'facts as a table': { text: 'facts: «{a: 1}»\n', code: 'wrong-type', says: /“all” or a list/, leaves: {} },

  'an unknown test badge': { text: 'junit_badges: [tests, «passrate»]\n', code: 'unknown-value', says: /Did you mean “pass_rate”/, leaves: { junitBadges: ['tests'] } },
  'a report path that is a number': { text: 'junit_xml: [a.xml, «7»]\n', code: 'wrong-type', says: /Expected a path/, leaves: { junitXml: ['a.xml', { mistake: told }] } },
  'a report outside': { text: 'junit_xml: «../*.xml»\n', code: 'outside-workspace', says: /leads out/, leaves: { junitXml: [{ mistake: told }] } },
  'a coverage report of the wrong type': { text: 'coverage_report: «{}»\n', code: 'missing-key', says: /“job” and “path” must be given/, leaves: { coverageReport: [{ mistake: told }] } },
  'an artifact with an unknown key': { text: 'coverage_report: [a.xml, {job: a, path: b, «brnch»: c}]\n', code: 'unknown-key', says: /Did you mean “branch”\?/, leaves: { coverageReport: ['a.xml', { mistake: told }] } },

  'a row of two items': { text: 'static_badges:\n  - «[a, b]»\n  - [c, d, red]\n', code: 'row-length', says: /needs 3 items, \[label, message, color\]; this one has 2/, leaves: { staticBadges: [{ label: 'a', mistake: told }, { label: 'c', message: 'd', color: 'red' }] } },
  'a row of four items': { text: 'static_badges: [«[a, b, red, x]»]\n', code: 'row-length', says: /has 4/, leaves: { staticBadges: [{ label: 'a', mistake: told }] } },
  'an empty row': { text: 'static_badges: [«[]»]\n', code: 'row-length', says: /has 0/, leaves: { staticBadges: [] } },
  'a message that is a list': { text: 'static_badges: [[a, «[b]», red]]\n', code: 'wrong-type', says: /Expected a message, not a list/, leaves: { staticBadges: [{ label: 'a', mistake: told }] } },
  'a message that is nothing': { text: 'static_badges: [[a, «~», red]]\n', code: 'wrong-type', says: /not nothing/, leaves: { staticBadges: [{ label: 'a', mistake: told }] } },
  'an empty message': { text: 'static_badges: [[a, «""», red]]\n', code: 'empty-text', says: /Expected a message/, leaves: { staticBadges: [{ label: 'a', mistake: told }] } },
  'an unknown colour': { text: 'static_badges: [[a, b, «reed»], [c, d, red]]\n', code: 'unknown-color', says: /“reed” is not a colour: use .* Did you mean “red”\?/, leaves: { staticBadges: [{ label: 'a', mistake: told }, { label: 'c', message: 'd', color: 'red' }] } },
  'a label that leads elsewhere': { text: 'static_badges: [[«../../x», b, red]]\n', code: 'bad-label', says: /“..\/..\/x” cannot name the file .* slash/, leaves: { staticBadges: [] } },
  'an empty label': { text: 'static_badges: [[«""», b, red]]\n', code: 'bad-label', says: /empty/, leaves: { staticBadges: [] } },
  'a table without a message': { text: 'static_badges: [«{label: a}»]\n', code: 'missing-key', says: /“message” must be given/, leaves: { staticBadges: [{ label: 'a', mistake: told }] } },
  'a table with an unknown key': { text: 'static_badges: [{label: a, message: b, «colour»: red}]\n', code: 'unknown-key', says: /Did you mean “color”\?/, leaves: { staticBadges: [{ label: 'a', mistake: told }] } },
  'a logo that is not built in': { text: 'static_badges: [{label: a, message: b, logo: «matrixx»}]\n', code: 'unknown-logo', severity: 'warning', says: /Did you mean “matrix”\?/, leaves: { staticBadges: [{ label: 'a', message: 'b', color: 'lightgrey', logo: 'matrixx' }] } },
  'a logo by its URL': { text: 'static_badges: [{label: a, message: b, logo: «"https://e.org/a.svg"»}]\n', code: 'unsupported-logo', says: /data:image/, leaves: { staticBadges: [{ label: 'a', mistake: told }] } },
  'a logo with a script': { text: 'static_badges: [{label: a, message: b, logo: «"data:image/svg+xml;base64,PHN2Zz48c2NyaXB0Lz48L3N2Zz4="»}]\n', code: 'unsafe-logo', says: /holds a script/, leaves: { staticBadges: [{ label: 'a', mistake: told }] } },
  'a link of another scheme': { text: 'static_badges: [{label: a, message: b, link: «"javascript:alert(1)"»}]\n', code: 'bad-url', says: /https:\/\//, leaves: { staticBadges: [{ label: 'a', mistake: told }] } },
  'a static badge that is a text': { text: 'static_badges: [«a»]\n', code: 'wrong-type', says: /Expected \[label, message, color\] or \{/, leaves: { staticBadges: [] } },
  'static badges that are a table': { text: 'static_badges: «{a: b}»\n', code: 'wrong-type', says: /a list of badges/, leaves: {} },

  'a URL without a scheme': { text: 'link_badges: [«img.shields.io/badge/a»]\n', code: 'bad-url', says: /not a complete URL/, leaves: { linkBadges: [] } },
  'a URL of another scheme': { text: 'link_badges: [«"ftp://x/y"», "https://x/y"]\n', code: 'bad-url', says: /not with “ftp:”/, leaves: { linkBadges: ['https://x/y'] } },
  'a file URL': { text: 'link_badges: [«"file:///etc/passwd"»]\n', code: 'bad-url', says: /must start with https/, leaves: { linkBadges: [] } },
  'link badges that are one text': { text: 'link_badges: «"https://x"»\n', code: 'wrong-type', says: /a list of URLs/, leaves: {} },

  'an override with an unknown style, which keeps its label': { text: 'badges: {tests: {label: t, style: «rund»}}\n', code: 'unknown-value', says: /is not a style/, leaves: { overrides: [['tests', { label: 't', mistake: told }]] } },
  'an override with an unknown key': { text: 'badges: {issues: {«lables»: [bug]}}\n', code: 'unknown-key', says: /Did you mean “labels”\?/, leaves: { overrides: [['issues', { mistake: told }]] } },
  'an override that is a text': { text: 'badges: {tests: «red», x: {label: y}}\n', code: 'wrong-type', says: /a table \{ label, color, style, logo \}/, leaves: { overrides: [['tests', { mistake: told }], ['x', { label: 'y' }]] } },
  'an override of an unknown colour': { text: 'badges: {x: {color: «gren», label: y}}\n', code: 'unknown-color', says: /“green”/, leaves: { overrides: [['x', { label: 'y', mistake: told }]] } },
  'thresholds with a key that is no number': { text: 'badges: {x: {color: {0: red, «high»: green}}}\n', code: 'bad-number', says: /“high” is not a number.*such as 80/, leaves: { overrides: [['x', { mistake: told }]] } },
  'thresholds with an unknown colour': { text: 'badges: {x: {color: {0: red, 80: «gren»}}}\n', code: 'unknown-color', says: /“green”/, leaves: { overrides: [['x', { mistake: told }]] } },
  'thresholds without a colour': { text: 'badges: {x: {color: {0: red, «80»: }}}\n', code: 'wrong-type', says: /Expected a colour for “80”/, leaves: { overrides: [['x', { mistake: told }]] } },
  'thresholds out of order': { text: 'badges: {x: {color: {0: red, 80: green, «60»: yellow}}}\n', code: 'unordered-thresholds', says: /60 stands out of order behind 80: write the values from the lowest/, leaves: { overrides: [['x', { mistake: told }]] } },
  'no thresholds at all': { text: 'badges: {x: {color: «{}»}}\n', code: 'empty-table', says: /by value/, leaves: { overrides: [['x', { mistake: told }]] } },
  'a threshold of TOML that the point cut in two': { kind: 'toml', text: 'badges.x.color = { «60.5» = "red" }\n', code: 'split-number', says: /two keys to TOML: write "60.5"/, leaves: { overrides: [['x', { mistake: told }]] } },

  'a prune that is a text': { text: 'publish: {prune: «"no"»}\n', code: 'wrong-type', says: /true or false, not a text/, leaves: {} },
  'a published badge without a link': { text: 'publish: {project: [«{name: a, image_url: "https://x/b"}»]}\n', code: 'missing-key', says: /“link_url” must be given/, leaves: {} },
  'an unknown key of a group badge': { text: 'publish: {groups: {acme/web: [{name: a, «image»: b, image_url: "https://x/c", link_url: "https://x/d"}]}}\n', code: 'unknown-key', says: /use name, link_url or image_url/, leaves: {} },
  'a group that holds no list': { text: 'publish: {groups: {acme: «5»}}\n', code: 'wrong-type', says: /a list of badges/, leaves: {} },

  'an unknown key of TOML': { kind: 'toml', text: '«stil» = "flat"\n', code: 'unknown-key', says: /not known/, leaves: {} },
  'an unknown key of pyproject.toml': { kind: 'pyproject', text: '[tool.x]\na = 1\n[tool.badges_gitlab]\n«pth» = "x"\n', code: 'unknown-key', says: /“path”/, leaves: {} },
  'a row of pyproject.toml': { kind: 'pyproject', text: '[tool.badges_gitlab]\nstatic_badges = [["a", "b", "red"], «["c", "d"]»]\n', code: 'row-length', says: /has 2/, leaves: { staticBadges: [{ label: 'a', message: 'b', color: 'red' }, { label: 'c', mistake: told }] } },
};

describe('a wrong entry costs only itself and is reported at its place:', () => {
  for (const [name, { kind = 'yaml', text: written, code, says, leaves, severity = 'error' }] of Object.entries(cases)) {
    it(name, () => {
      const { text } = marked(written);
      const config = readGeneratorConfig(text, kind);
      assert.equal(withMarks(text, config.problems), written);
      const [problem, ...more] = config.problems;
      assert.ok(problem && more.length === 0);
      assert.deepEqual([problem.code, problem.severity], [code, severity]);
      assert.match(problem.message, says);
      const { line, column } = positionAt(lineTable(text), problem.range.start);
      const inWords = JSON.stringify({ problem: problem.message, at: `${line}:${column}` });
      assert.deepEqual(JSON.parse(JSON.stringify(values(config)).replaceAll(inWords, JSON.stringify(told))), leaves);
    });
  }
});

describe('credentials in URLs', () => {
  const token = 'glpat-abcdefghij0123456789';
  for (const url of [
    'https://user:secret@example.org/x.svg',
    'https://user@example.org/x.svg',
    `https://example.org/x.svg?private_token=${token}`,
    'https://example.org/x.svg?job=badges&access_token=abc',
    'https://example.org/x.svg?API-Key=abc',
    'https://example.org/x.svg#access_token=abc',
    `https://example.org/${token}/x.svg`,
    `https://example.org/x.svg?q=${token}`,
    `https://example.org/x.svg?q=glpa%74-abcdefghij0123456789`,
  ]) {
    it(`are found in ${url.replace(token, 'TOKEN')} and not repeated`, () => {
      const { definition, problems } = readGeneratorConfig(`link_badges: ["${url}"]\n`, 'yaml');
      assert.deepEqual(definition?.linkBadges, []);
      assert.deepEqual(problems.map(({ code }) => code), ['secret-in-url']);
      assert.doesNotMatch(problems[0]?.message ?? '', /glpat|abc|secret@|user:/);
    });
  }
  for (const url of ['https://img.shields.io/badge/token-ok-green', 'http://localhost:8080/x.svg?job=badges', 'https://example.org/100%/x.svg', 'https://example.org/x?token=', 'https://example.org/glossary-of-words/x.svg']) {
    it(`are not seen in ${url}`, () => assert.deepEqual(readGeneratorConfig(`link_badges: ["${url}"]\n`, 'yaml').problems, []));
  }
  it('are not repeated by other messages', () => {
    for (const text of [`style: ${token}\n`, `${token}: 1\n`, `path: /${token}\n`, `static_badges: [[${token}/, b, red]]\n`, `${token}: 1\n${token}: 2\n`]) {
      const { problems } = readGeneratorConfig(text, 'yaml');
      assert.ok(problems.length > 0);
      for (const { message } of problems) assert.doesNotMatch(message, /abcdefghij/);
    }
  });
});

describe('values that are right', () => {
  for (const [name, text, expected] of [
    ['numbers and booleans as labels, messages and colours, as they are written', 'static_badges: [[2024, 1.0, 000000], [a, true, "#4c1"], {label: 1e3, message: 0x1F, color: 123}]\n', { staticBadges: [{ label: '2024', message: '1.0', color: '000000' }, { label: 'a', message: 'true', color: '#4c1' }, { label: '1e3', message: '0x1F', color: '123' }] }],
    ['dates of YAML as texts', 'static_badges: [[a, 2024-01-01, red]]\n', { staticBadges: [{ label: 'a', message: '2024-01-01', color: 'red' }] }],
    ['a table without a colour', 'static_badges: [{label: a, message: b}]\n', { staticBadges: [{ label: 'a', message: 'b', color: 'lightgrey' }] }],
    ['a logo as a data URI', 'static_badges: [{label: a, message: b, logo: "data:image/svg+xml;base64,PHN2Zz4="}]\n', { staticBadges: [{ label: 'a', message: 'b', color: 'lightgrey', logo: 'data:image/svg+xml;base64,PHN2Zz4=' }] }],
    ['the default test badges and another', 'junit_badges: [all, pass_rate]\n', { junitBadges: ['all', 'pass_rate'] }],
    ['all test badges', 'junit_badges: all\n', { junitBadges: 'all' }],
    ['logos by name', 'static_badges: [{label: a, message: b, logo: Node.js}]\nbadges: {x: {logo: gitlab}}\n', { staticBadges: [{ label: 'a', message: 'b', color: 'lightgrey', logo: 'Node.js' }], overrides: [['x', { logo: 'gitlab' }]] }],
    ['all facts', 'facts: all\n', { facts: 'all' }],
    ['no facts', 'facts: []\n', { facts: [] }],
    ['a fact named twice, once', 'facts: [tag, issues, tag]\n', { facts: ['tag', 'issues'] }],
    ['the default facts and another', 'facts: [all, pipeline]\n', { facts: ['all', 'pipeline'] }],
    ['what narrows facts down', 'badges: {pipeline: {branch: 7.x}, issues: {labels: [bug, 2024], milestone: 1.0}, package: {package: shop, prerelease: false}}\n', { overrides: [['pipeline', { options: { branch: '7.x' } }], ['issues', { options: { labels: ['bug', '2024'], milestone: '1.0' } }], ['package', { options: { prerelease: false, package: 'shop' } }]] }],
    ['each fact', `facts: [${factStems.join(', ')}]\n`, { facts: [...factStems] }],
    ['lists of reports', 'junit_xml: [a.xml, "b/**/*.xml"]\ncoverage_report: [c.xml]\nfindings_report: "*.sarif"\n', { junitXml: ['a.xml', 'b/**/*.xml'], coverageReport: ['c.xml'], findingsReport: ['*.sarif'] }],
    ['the workspace folder itself', 'path: .\n', { path: '.' }],
    ['a path that climbs and stays inside', 'path: a/../b\n', { path: 'a/../b' }],
    ['artifacts', 'junit_xml: { job: test, path: a.xml }\ncoverage_report: [b.xml, { job: 1.0, path: c.xml, branch: stable }]\n', { junitXml: [{ job: 'test', path: 'a.xml' }], coverageReport: ['b.xml', { job: '1.0', path: 'c.xml', branch: 'stable' }] }],
    ['how a badge looks', 'badges: { a: { label_color: black, logo: npm, logo_color: red, logo_size: auto, cache_seconds: 60 } }\n', { overrides: [['a', { labelColor: 'black', logo: 'npm', logoColor: 'red', logoSize: 'auto', cacheSeconds: 60 }]] }],
    ['empty lists, which replace those of a lower place', 'static_badges: []\nlink_badges: []\njunit_xml: []\n', { junitXml: [], staticBadges: [], linkBadges: [] }],
    ['overrides of stems of any origin', 'badges: {my_own: {label: "", color: blue}}\n', { overrides: [['my_own', { label: '', color: 'blue' }]] }],
    ['falling thresholds, sorted', 'badges: {x: {color: {95: blue, "60.5": yellow, 7.5: 4c1, -1: red}}}\n', { overrides: [['x', { color: [{ from: -1, color: 'red' }, { from: 7.5, color: '4c1' }, { from: 60.5, color: 'yellow' }, { from: 95, color: 'blue' }] }]] }],
  ] as const) {
    it(name, () => {
      const config = readGeneratorConfig(text, 'yaml');
      assert.deepEqual(config.problems, []);
      assert.deepEqual(values(config), expected);
    });
  }

  it('dates of TOML as texts, numbers as they are written', () => {
    const config = readGeneratorConfig('static_badges = [["a", 2024-01-01, "red"], ["b", 1.0, "red"]]\n', 'toml');
    assert.deepEqual(config.problems, []);
    assert.deepEqual(config.definition?.staticBadges?.map(({ value }) => 'message' in value && value.message), ['2024-01-01', '1.0']);
  });
});

describe('the table of fields', () => {
  it('allows each default it names', () => {
    const fields: readonly Field[] = generatorFields.fields;
    for (const { key, shape, default: value } of fields) {
      if (value === undefined) continue;
      const { root } = readYamlTree(String(value));
      assert.ok(root);
      assert.deepEqual(validate(root, shape).problems, [], key);
    }
  });
});

describe('any text', () => {
  const kinds: readonly (readonly [GeneratorFileKind, string])[] = [
    ['yaml', documented],
    ['toml', documentedToml],
    ['pyproject', inPyproject(documentedToml)],
  ];
  const snippet = fc.oneof(fc.constantFrom(':', ': ', '- ', '[', ']', '{', '}', '"', "'", '\n', '\r\n', '\t', '&a ', '*a', '<<: ', '# ', '|\n', '---\n', '=', '.', '? ', '!x ', '%', '\uFEFF', '\u0000', '\ud83d', '5', 'null'), fc.string({ maxLength: 3 }));
  const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(12), insert: snippet });
  for (const [kind, valid] of kinds) {
    it(`made by random edits of ${kind} is read without throwing, with problems inside it`, function () {
      // A thousand texts take a second, and ten where the machine is busy.
      this.timeout(60_000);
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
          const text = edits.reduce((edited, { at, remove, insert }) => {
            const start = Math.floor(at * edited.length);
            return edited.slice(0, start) + insert + edited.slice(start + remove);
          }, valid);
          const { definition, problems, present } = readGeneratorConfig(text, kind);
          for (const { range } of problems) assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length, JSON.stringify(problems));
          assert.ok(definition !== null || problems.length > 0 || !present);
        }),
        { numRuns: 1000 },
      );
    });
  }
});
