import assert from 'node:assert/strict';
import { ciFileOf, type CiFile } from '../../../src/config/ciFile';
import type { ConfigKind } from '../../../src/config/language/configFile';
import { diagnose, layerOf } from '../../../src/config/language/diagnose';
import { readDocument } from '../../../src/config/language/document';
import type { Values } from '../../../src/config/language/values';
import { readYamlTree } from '../../../src/config/yamlTree';
import { marked, withMarks } from '../marked';

function ci(text: string, isPartial = false): CiFile {
  const { root } = readYamlTree(text);
  assert.ok(root?.type === 'object');
  return ciFileOf(root, isPartial);
}

const project = { instance: 'https://gitlab.example.com', path: 'acme/shop' };
const jobs = ci('badges: { script: x, artifacts: { paths: [public/badges/, "site/*.svg"] } }\nbare: { script: x }\nopen: { artifacts: { paths: ["$OUT"] } }\nchild: { extends: .base }\n.base: { artifacts: { paths: [a] } }\nwhole: { artifacts: { untracked: true } }\nelsewhere: { artifacts: { paths: !reference [.gone, artifacts, paths] } }\nreferred: { artifacts: { paths: !reference [.base, artifacts, paths] } }\n');
const url = (rest: string) => `publish: { project: [{ name: n, link_url: "https://e.org", image_url: "${rest}" }] }\n`;
const artifact = (rest: string) => url(`https://gitlab.example.com/%{project_path}/-/jobs/artifacts/main/raw/${rest}`);

interface Case {
  readonly kind?: ConfigKind;
  /** With marks around each place. */
  readonly text: string;
  readonly codes: readonly string[];
  readonly says?: RegExp;
  readonly values?: Values;
}

const level = (name: string, checks: string) => `      - name: ${name}\n        checks: [${checks}]\n`;
const badge = (...levels: readonly string[]) => `badges:\n  - id: a\n    levels:\n${levels.join('')}`;

const cases: Readonly<Record<string, Case>> = {
  'two static badges of one file': { text: 'static_badges: [[Chat, a, red], [«chat», b, red]]\n', codes: ['duplicate-stem'], says: /as the badge “Chat” above does/ },
  'a static badge of one file by an alias': { text: 'static_badges: [&a [chat, a, red], «*a»]\n', codes: ['duplicate-stem'] },
  'a static badge with the file of a fact': { text: 'static_badges: [[«Open  Issues», a, red]]\n', codes: ['duplicate-stem'] },
  'a static badge with the file of a fact that is not wanted': { text: 'facts: [name]\nstatic_badges: [[issues, a, red]]\n', codes: [] },
  'a static badge with the file of a JUnit badge': { text: 'junit_xml: a.xml\nstatic_badges: [{ label: «tests», message: a }]\n', codes: ['duplicate-stem'] },
  'a static badge with the file of the coverage': { kind: 'toml', text: 'coverage_report = "a.xml"\nstatic_badges = [[«"coverage"», "a", "red"]]\n', codes: ['duplicate-stem'] },
  'facts that are listed twice': { text: 'facts: [name, owner, «name»]\n', codes: ['duplicate-item'] },
  'link badges that are listed twice': { text: 'link_badges: ["https://e.org/a", «"https://e.org/a"»]\n', codes: ['duplicate-item'] },
  'a change to a badge with a typing error in its name': { text: 'badges: { «licence_name»: { label: l } }\n', codes: ['unknown-stem'], says: /Did you mean “license_name”/ },
  'a change to a badge that nobody makes': { text: 'badges: { «zebra»: { label: l } }\n', codes: ['unknown-stem'], says: /JSON file/ },
  'a change to a badge that a JSON file makes': { text: 'badges: { zebra: { label: l } }\n', codes: [], values: { stems: ['zebra'] } },
  'a change to a badge that a link badge may make': { text: 'badges: { zebra: { label: l } }\nlink_badges: ["https://e.org"]\n', codes: [] },
  'a change to a static badge': { text: 'badges: { big_chat: { label: l } }\nstatic_badges: [[Big Chat, a, red]]\n', codes: [] },
  'a change to a fact that is not wanted': { text: 'facts: [name]\nbadges: { «owner»: { label: l } }\n', codes: ['unused-override'] },
  'an option that a badge does not know': { text: 'facts: [all, pipeline]\nbadges: { pipeline: { branch: x, «labels»: [a] }, name: { «branch»: x } }\n', codes: ['unused-option', 'unused-option'], says: /says nothing about the badge “pipeline”\. What narrows it down is branch\./ },
  'a static badge with the file of a further fact': { text: 'facts: [all, pipeline]\nstatic_badges: [[«pipeline», a, red]]\n', codes: ['duplicate-stem'] },
  'colours that a text cannot be read on': { text: 'static_badges: [[a, b, «"#d8b800"»], [c, d, yellow], [e, f, "#b00"]]\nbadges: { name: { color: { 0: «a9a9a9», 5: gold } } }\n', codes: ['low-contrast', 'low-contrast'], says: /is 1\.9 : 1, and WCAG asks for 3 : 1/ },
  'a static badge with the file of a further test badge': { text: 'junit_xml: a.xml\njunit_badges: [all, pass_rate]\nstatic_badges: [[«Pass Rate», a, red], [slowest suite, b, red]]\n', codes: ['duplicate-stem'] },
  'two colours from one value on': { text: 'badges: { name: { color: { 80: red, «80.0»: green } } }\n', codes: ['duplicate-threshold'] },
  'an artifact of a job that keeps it': { text: 'junit_xml: { job: badges, path: public/badges/a.xml }\n', codes: [], values: { ci: jobs } },
  'an artifact of a job that is not there': { text: 'junit_xml: [a.xml, { job: «bagdes», path: a.xml }]\n', codes: ['unknown-job'], says: /Did you mean “badges”/, values: { ci: jobs } },
  'an artifact that its job does not keep': { text: 'coverage_report: { job: badges, path: «coverage.xml» }\n', codes: ['unkept-artifact'], values: { ci: jobs } },
  'a report of a job without its job': { text: 'findings_report: «{ path: a.json }»\n', codes: ['missing-key'] },
  'an artifact outside of the artifacts': { text: 'findings_report: { job: a, path: «../a.json» }\n', codes: ['outside-workspace'] },
  'colours in rising and in falling order': { text: 'badges: { name: { color: { 0: red, 60: yellow, 80: green } }, owner: { color: { 80: green, 60: yellow, 0: red } }, tag: { color: { -1: red, "0.5": green } } }\n', codes: [] },
  'colours out of order': { text: 'badges: { name: { color: { 0: red, 80: green, «60»: yellow, 95: brightgreen } } }\n', codes: ['unordered-thresholds'], says: /60 stands out of order behind 80/ },
  'a logo that is not built in': { kind: 'endpoint', text: '{ "schemaVersion": 1, "label": "a", "message": "b", "namedLogo": «"githubb"» }', codes: ['unknown-logo'], says: /Did you mean “github”/ },
  'a logo that is built in': { kind: 'endpoint', text: '{ "schemaVersion": 1, "label": "a", "message": "b", "namedLogo": "GitHub" }', codes: [] },
  'a logo with a script': { kind: 'endpoint', text: '{ "schemaVersion": 1, "label": "a", "message": "b", "logoSvg": «"<svg><script>x</script></svg>"» }', codes: ['unsafe-logo'] },
  'a logo with an image from elsewhere': { kind: 'endpoint', text: '{ "schemaVersion": 1, "label": "a", "message": "b", "logoSvg": «"<svg><image href=\'https://e.org/a.png\'/></svg>"» }', codes: ['unsafe-logo'] },
  'a logo with a picture of its own': { kind: 'endpoint', text: '{ "schemaVersion": 1, "label": "a", "message": "b", "logoSvg": "<svg xmlns=\'http://www.w3.org/2000/svg\'><image href=\'data:image/png;base64,AA==\'/></svg>" }', codes: [] },
  'a report that is not there': { text: 'junit_xml: «a.xml»\n', codes: ['no-file'], says: /There is no file “a.xml”/, values: { filesOf: new Map([['a.xml', []]]) } },
  'a glob that finds nothing': { text: 'coverage_report: [b.xml, «"**/*.xml"»]\n', codes: ['no-file'], says: /No file matches/, values: { filesOf: new Map([['**/*.xml', []], ['b.xml', ['b.xml']]]) } },
  'a report that nobody has looked for': { text: 'junit_xml: a.xml\n', codes: [] },
  'a path outside the workspace': { text: 'path: «../out»\n', codes: ['outside-workspace'] },
  'a placeholder where none is replaced': { text: 'link_badges: ["https://e.org/«%{project_path}»"]\n', codes: ['placeholder-without-effect'] },
  'an unknown placeholder': { text: url('https://e.org/«%{projectpath}»'), codes: ['unknown-placeholder'] },
  'a percent-encoded placeholder': { text: url('https://e.org/«%7Bproject_id%7D»/«%25%7Bproject_id%7D»/%7Bother%7D'), codes: ['outdated-placeholder', 'outdated-placeholder'] },
  'a placeholder that this GitLab does not know': { text: url('https://e.org/«%{latest_tag}»'), codes: ['unsupported-placeholder'], values: { unsupportedPlaceholders: ['latest_tag'] } },
  'a placeholder that stands for nothing yet': { text: url('https://e.org/«%{latest_tag}»/%{project_id}'), codes: ['empty-placeholder'], values: { placeholders: { latest_tag: null, project_id: '7' } } },
  'a token in a URL': { text: url('«https://e.org/?x=glpat-abcdefghijklmnop1234»').replace('"«', '«"').replace('»"', '"»'), codes: ['secret-in-url'] },
  'a job that there is not': { text: artifact('public/badges/a.svg?job=«bagdes»'), codes: ['unknown-job'], says: /Did you mean “badges”/, values: { ci: jobs, project } },
  'a job that may come from elsewhere': { text: artifact('public/badges/a.svg?job=bagdes'), codes: [], values: { ci: ci('a: { script: x }\n', true), project } },
  'a job that keeps the file': { text: artifact('public/badges/a.svg?job=badges'), codes: [], values: { ci: jobs, project } },
  'a job that keeps the file by a glob': { text: artifact('site/a.svg?job=badges'), codes: [], values: { ci: jobs, project } },
  'a parallel job': { text: artifact('site/a.svg?job=badges%201/2'), codes: [], values: { ci: jobs, project } },
  'a job that keeps other files': { text: artifact('«public/badge/a.svg»?job=badges'), codes: ['unkept-artifact'], says: /keeps “public\/badges\/”/, values: { ci: jobs, project } },
  'a job that keeps no files': { text: artifact('«a.svg»?job=bare'), codes: ['unkept-artifact'], says: /keeps no artifacts/, values: { ci: jobs, project } },
  'a job whose files a variable names': { text: artifact('a.svg?job=open'), codes: [], values: { ci: jobs, project } },
  'a job that keeps what it extends': { text: artifact('a/b.svg?job=child'), codes: [], values: { ci: jobs, project } },
  'a job that keeps whatever git does not know': { text: artifact('a/b.svg?job=whole'), codes: [], values: { ci: jobs, project } },
  'a job that keeps what another one does': { text: artifact('a/b.svg?job=referred'), codes: [], values: { ci: jobs, project } },
  'a job that keeps other files than the one it refers to': { text: artifact('«b.svg»?job=referred'), codes: ['unkept-artifact'], says: /keeps “a”/, values: { ci: jobs, project } },
  'a job that refers to another file': { text: artifact('a/b.svg?job=elsewhere'), codes: [], values: { ci: jobs, project } },
  'an artifact without a job': { text: artifact('«a.svg»'), codes: ['missing-job'], values: { ci: jobs, project } },
  'an artifact of another project': { text: url('https://gitlab.example.com/acme/other/-/jobs/artifacts/main/raw/a.svg?job=x'), codes: [], values: { ci: jobs, project } },
  'an artifact of another instance': { text: url('https://gitlab.com/%{project_path}/-/jobs/artifacts/main/raw/a.svg?job=x'), codes: [], values: { ci: jobs, project } },
  'an artifact of the project by its path': { text: url('https://gitlab.example.com/Acme/shop/-/jobs/artifacts/main/raw/public/badges/a.svg?job=«x»'), codes: ['unknown-job'], values: { ci: jobs, project } },

  'nothing of ours in a pyproject.toml': { kind: 'pyproject', text: '[tool.ruff]\nselect = ["x"]\nbroken =\n', codes: [] },
  'mistakes around our table of a pyproject.toml': { kind: 'pyproject', text: '[tool.ruff]\nbroken =\n[tool.badges_gitlab]\nstyle = «"flatt"»\n[other]\nx = yes\n', codes: ['unknown-value'] },
  'a syntax error in our table of a pyproject.toml': { kind: 'pyproject', text: '[tool.badges_gitlab]\nstyle «=»\n[tool.badges_gitlab.badges.name]\n[other]\nx = yes\n', codes: ['syntax'] },
  'several mistakes in a TOML that is half typed': { kind: 'toml', text: 'style = «"flatt"»\nfacts «=»\n[publish]\n«prun» = true\n', codes: ['unknown-value', 'syntax', 'unknown-key'] },

  'a level that asks for nothing that the lower one does not': { kind: 'levels', text: badge(level('«bronze»', '{ type: COMMITS, threshold: { min: 5 } }'), level('silver', '{ type: COMMITS, threshold: { min: 5 } }')), codes: ['unreachable-level'], says: /reaches “silver”, too/ },
  'a level that asks for something else': { kind: 'levels', text: badge(level('bronze', '{ type: COMMITS, threshold: { min: 5 } }'), level('silver', '{ type: RELEASES, threshold: { min: 5 } }')), codes: [] },
  'levels that exclude each other': { kind: 'levels', text: badge(level('bronze', '{ type: COMMITS, threshold: { min: 1, max: 5 } }'), level('«silver»', '{ type: COMMITS, threshold: { min: 6 } }')), codes: ['unreachable-level'], says: /needs “bronze”.*at most 5 and at least 6/ },
  'levels out of order': { kind: 'levels', text: badge(level('bronze', '{ type: COMMITS, threshold: { min: 5 } }'), level('silver', '{ type: COMMITS, threshold: { min: «4» } }')), codes: ['levels-out-of-order'] },
  'min above max': { kind: 'levels', text: badge(level('bronze', '{ type: COMMITS, threshold: { min: «6», max: 5 } }')), codes: ['never-passes'] },
  'an older spelling': { kind: 'levels', text: 'badges:\n  - id: a\n    levels:\n      - { name: b, «notNecessaryForNextHigherLevels»: true, checks: [{ type: COMMITS, threshold: { min: 1 } }] }\n', codes: ['deprecated-key'] },
  'ids that are there twice': { kind: 'levels', text: `${badge(level('b', '{ type: COMMITS, threshold: { min: 1 } }'))}  - { id: «a», levels: [{ name: b, checks: [{ type: COMMITS, threshold: { min: 1 } }] }] }\n`, codes: ['duplicate-id'] },

  'an endpoint file': { kind: 'endpoint', text: '{ "schemaVersion": 1, "label": "", "message": "x", "color": "blue" }', codes: [] },
  'an endpoint file with mistakes': { kind: 'endpoint', text: '{ "schemaVersion": «2», "label": "", "message": «""», "color": «"reed"», «"colour"»: 1 }', codes: ['bad-number', 'empty-text', 'unknown-color', 'unknown-key'] },
  'an endpoint file with two logos': { kind: 'endpoint', text: '{ "schemaVersion": 1, "label": "", "message": "x", "namedLogo": "npm", «"logoSvg"»: "<svg/>" }', codes: ['two-logos'] },
  'an endpoint file with the colour of no logo': { kind: 'endpoint', text: '{ "schemaVersion": 1, "label": "", "message": "x", «"logoColor"»: "red" }', codes: ['unused-key'] },
  'JSON that is not closed': { kind: 'endpoint', text: '{ "label": "a«"»', codes: ['syntax'] },
  'a decision': { kind: 'decision', text: '{ "granted": ["https://gitlab.example.com/a"], "grantedRegex": ["^https://gitlab\\\\.example\\\\.com/b/.*$"] }', codes: [] },
  'a decision with notes, and a key that is none': { kind: 'decision', text: '{ "comment": "x", «"grantd"»: [] }', codes: ['unlikely-key'] },
  'a decision that grants no URL': { kind: 'decision', text: '{ "granted": [«"acme/shop"»] }', codes: ['bad-url'] },
  'a pattern that is not anchored': { kind: 'decision', text: '{ "grantedRegex": [«"https://gitlab.example.com/b/.*"»] }', codes: ['pattern-not-anchored'] },
  'a list of users': { kind: 'subsequentUse', text: '{ "https://gitlab.example.com/acme/shop": ["City of Example"], "https://gitlab.example.com/acme/bare": [] }', codes: [] },
  'users that are no list': { kind: 'subsequentUse', text: '{ "https://gitlab.example.com/acme/shop": «"City of Example"» }', codes: ['wrong-type'] },
  'a user without a name': { kind: 'subsequentUse', text: '{ "https://gitlab.example.com/acme/shop": [«5»] }', codes: ['wrong-type'] },
  'users of what is no URL': { kind: 'subsequentUse', text: '{ «"acme/shop"»: [] }', codes: ['bad-url'] },
  'a pattern that RE2 does not know': { kind: 'decision', text: '{ "grantedRegex": [«"^(?!x).*"»] }', codes: ['bad-pattern'], says: /look-around \(character 2\)/ },
};

describe('what is wrong with a configuration', () => {
  for (const [name, { kind = 'yaml', text: written, codes, says, values = {} }] of Object.entries(cases)) {
    it(`is told of ${name}`, () => {
      const { text } = marked(written);
      const problems = diagnose(readDocument(text, kind), values);
      assert.deepEqual(problems.map(({ code }) => code), codes);
      assert.equal(withMarks(text, problems), written);
      if (says) assert.match(problems[0]?.message ?? '', says);
    });
  }

  for (const [name, text, codes] of [
    ['tabs', 'facts:\n\t- name\n', ['syntax']],
    ['anchors and aliases', 'facts: &f [name]\nbadges: *f\n', ['wrong-type']],
    ['an alias bomb', `a: &a [${'x,'.repeat(300)}]\nb: &b [${'*a,'.repeat(30)}]\nc: [${'*b,'.repeat(30)}]\n`, ['too-many-aliases']],
    ['two documents', 'style: flat\n---\nstyle: flat\n', ['second-document']],
    ['CRLF and a byte order mark', '\uFEFFstyle: flat\r\nfoo: 1\r\n', ['unknown-key']],
    ['keys in quotes', '"style": flat\n\'facts\': all\n', []],
    ['a file of 10 MB', `# ${'x'.repeat(10_000_000)}`, ['too-large']],
  ] as const) {
    it(`is read with ${name}`, () => assert.deepEqual(diagnose(readDocument(text, 'yaml')).map(({ code }) => code), codes));
  }

  it('lies in one of three layers', () => {
    assert.deepEqual(['syntax', 'duplicate-key', 'unknown-key', 'wrong-type', 'unknown-color', 'unreachable-level'].map(layerOf), ['syntax', 'syntax', 'shape', 'shape', 'meaning', 'meaning']);
  });
});
