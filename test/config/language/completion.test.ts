import assert from 'node:assert/strict';
import { ciFileOf } from '../../../src/config/ciFile';
import type { ConfigKind } from '../../../src/config/language/configFile';
import type { Values } from '../../../src/config/language/values';
import { readYamlTree } from '../../../src/config/yamlTree';
import { accept, completionsAt, labelsAt } from './cursor';

const pipeline = readYamlTree('badges: { script: x }\n"two words": { script: y }\n').root;
assert.ok(pipeline?.type === 'object');
const values: Values = {
  ci: ciFileOf(pipeline, false),
  branches: ['main', 'stable'],
  badgeNames: ['pipeline', 'coverage'],
  stems: ['coverage'],
  reports: ['reports/a.xml'],
  valueFiles: ['package.json'],
  project: { instance: 'https://git.example.com', path: 'acme/web/shop' },
  placeholders: { project_path: 'acme/web/shop', latest_tag: null },
};

const level = 'badges:\n  - id: a\n    levels:\n      - name: b\n        checks:\n';
const url = 'publish:\n  project:\n    - image_url: ';

const template = 'template_badges:\n  - values: { version: { file: package.json } }\n    message: ';

/** Where the cursor is, and what is proposed there, all of it or (ending in …) the first ones. */
const proposals: readonly (readonly [kind: ConfigKind, written: string, labels: readonly string[]])[] = [
  ['yaml', '|', ['path', 'style', 'facts', '…']],
  ['yaml', 'sty|', ['style']],
  ['yaml', 'style: flat\nsta|\n', ['static_badges']],
  ['yaml', 'style: flat\n|\npath: x\n', ['facts', 'junit_xml', '…']],
  ['yaml', '"sty|"\n', ['style']],
  ['yaml', 'sty|le: flat\n', ['style']],
  ['yaml', 'style: |', ['flat', 'flat-square', 'plastic', 'for-the-badge', 'social']],
  ['yaml', 'style:|', ['flat', 'flat-square', '…']],
  ['yaml', 'style: fl|\nfacts: all\n', ['flat', 'flat-square']],
  ['yaml', 'style: "pl|"', ['plastic']],
  ['yaml', 'style: "pl|', ['plastic']],
  ['yaml', "style: 'pl|\nfacts: all\n", ['plastic']],
  ['yaml', 'facts: |', ['all', '[…]']],
  ['yaml', 'facts:\n  - name\n  - own|', ['owner']],
  ['yaml', 'facts: [name, lic|]\n', ['license_key', 'license_name']],
  ['yaml', 'path: |', ['public/badges']],
  ['yaml', 'junit_xml: |', ['reports/a.xml', '{ job, path }', '[…]']],
  ['yaml', 'junit_xml: { job: |, path: a.xml }', ['badges', 'two words']],
  ['yaml', 'badges:\n  pipeline:\n    branch: |', ['main', 'stable']],
  ['yaml', 'publish:\n  |', ['prune', 'project', 'groups']],
  ['yaml', 'publish:\n  prune: |', ['true', 'false']],
  ['yaml', 'publish: { pr| }', ['prune', 'project']],
  ['yaml', 'publish:\n  project:\n    |', ['- badge']],
  ['yaml', 'publish:\n  project:\n    - |', ['link_url', 'image_url', '{ name, link_url, image_url }', 'name']],
  ['yaml', 'publish:\n  project:\n    - name: x\n      |', ['link_url', 'image_url']],
  ['yaml', 'publish:\n  project:\n    - name: |', ['pipeline', 'coverage', '…']],
  ['yaml', 'publish:\n  groups:\n    |', ['acme/web', 'acme']],
  ['yaml', 'static_badges:\n  - [a, b, brig|]\n', ['brightgreen']],
  ['yaml', 'static_badges:\n  - [a, b, red]\n  |\npath: x\n', ['- row', '- badge']],
  ['yaml', 'facts:\n  - name\n  |', ['- ']],
  ['yaml', 'facts:\n- name\n|', ['- ', 'path', 'style', '…']],
  ['yaml', 'facts:\n  - name\n|', ['path', 'style', '…']],
  ['yaml', 'static_badges: [[Chat, b, red]]\nbadges:\n  |', ['chat', 'coverage', '…']],
  ['yaml', 'static_badges:\n  - { label: a, message: b, logo: alp| }\n', ['alpinelinux']],
  ['yaml', 'path: x\n  |  # no\nstyle: flat\n', []],
  ['yaml', 'publish:\n |   project: []\n', []],
  ['yaml', 'static_badges:\n  - { label: a, | }\n', ['message', 'color', 'label_color', 'style', 'logo', '…']],
  ['yaml', 'static_badges:\n  - label: a\n    color: #4c1|\n', ['#4c1']],
  ['yaml', 'badges:\n  cov|', ['coverage']],
  ['yaml', 'badges:\n  name:\n    color:\n      |', ['0', '60', '80', '95']],
  ['yaml', `${template}"{rel|"`, ['release', '…']],
  ['yaml', `${template}"{open_m|}"`, ['open_merge_requests']],
  ['yaml', `${template}"{name} · {(1 + vers|"`, ['version', '…']],
  ['yaml', `${template}"{name|up¦}"`, ['upper']],
  ['yaml', `${template}"{name|upper|low¦"`, ['lower']],
  ['yaml', `${template}"{name} na|"`, []],
  ['yaml', `${template}"{name|default('na¦"`, []],
  ['yaml', `${template}"{{na|"`, []],
  ['yaml', 'template_badges:\n  - value: open_m|', ['open_merge_requests']],
  ['yaml', 'template_badges:\n  - values: { v: { file: | } }', ['package.json']],
  ['toml', '[[template_badges]]\nmessage = "{project.pa|}"', ['project.path']],
  ['yaml', '# sty|\n', []],
  ['yaml', 'path: out # |\n', []],
  ['yaml', 'path: "a#b|"\n', []],
  ['yaml', `${url}"https://git.example.com/%|"`, ['%{project_path}', '%{project_title}', '…']],
  ['yaml', `${url}"https://git.example.com/%{lat|}/x"`, ['%{latest_tag}']],
  ['yaml', `${url}"https://%{|"`, []],
  ['yaml', `${url}"https://x/%{project_path}/-/jobs/artifacts/ma|/raw/a.svg?job=x"`, ['main']],
  ['yaml', `${url}"https://x/%{project_path}/-/jobs/artifacts/main/raw/a.svg?job=|"`, ['badges', 'two words']],
  ['yaml', `${url}"https://x/%{project_path}/badges/|"`, ['%{default_branch}', 'main', 'stable']],
  ['yaml', 'style: flat\nbroken: "x\nsty|', []],
  ['yaml', 'publish:\n\tprune: x\nsta|', ['static_badges']],

  ['levels', '|', ['gitClients', 'badges', '…']],
  ['levels', 'badges:\n  |', ['- badge']],
  ['levels', `${level}          - type: COMMITS\n          |\n`, ['- check']],
  ['levels', `${level}          - type: COMMITS\n      |\n`, ['- level']],
  ['levels', `${level}          - type: COMMITS\n  |\n`, ['- badge']],
  ['levels', `${level}          - type: COMMITS\n        |\n`, ['description', 'svgUrl', 'notNecessaryForNextHigherLevel']],
  ['levels', 'badges:\n  - id: a\n    |', ['levels', 'description']],
  ['levels', `${level}          - |`, ['type', '{ type, threshold }', 'description', 'threshold', 'decisionJsonUrl']],
  ['levels', `${level}          - type: BUS|\n`, ['BUS_FACTOR', 'SUBSEQUENT_USE', 'CONTRIBUTOR_ABSENCE_FACTOR']],
  ['levels', `${level}          - { type: COMMITS, threshold: { timeRangeInMonths: | } }\n`, ['1', '3', '6', '12']],
  ['levels', 'badges:\n  - id: a\n    levels:\n      - name: |\n', ['bronze', 'silver', 'gold']],
  ['levels', 'badges:\n  - id: a\n    levels:\n      - name: b\n        not|\n', ['notNecessaryForNextHigherLevel']],

  ['toml', 'sty|', ['style']],
  ['toml', 'style = |', ['flat', 'flat-square', '…']],
  ['toml', 'style = "pl|"', ['plastic']],
  ['toml', 'style = "pl|\nfacts = "all"\n', ['plastic']],
  ['toml', 'facts = ["name", |]\n', ['issues', 'open_issues', '…']],
  ['toml', 'facts = [\n  "own|"\n]\n', ['owner']],
  ['toml', 'static_badges = [{ label = "a", | }]', ['message', 'color', 'label_color', 'style', 'logo', '…']],
  ['toml', 'static_badges = [["a", "b", "brig|"]]', ['brightgreen']],
  ['toml', '[publish]\n|', ['prune', 'project', 'groups']],
  ['toml', '[[publish.project]]\nname = "a"\n|', ['link_url', 'image_url']],
  ['toml', '[[publish.project]]\nname = "a"\n[[publish.project]]\n|', ['link_url', 'image_url', 'name']],
  ['toml', '[pub|]', ['publish']],
  ['toml', '[[|', ['junit_xml', 'coverage_report', 'findings_report', 'static_badges', 'template_badges', 'publish.project', 'publish.groups."acme/web"', 'publish.groups.acme']],
  ['toml', '[badges.cov|]', ['badges.coverage']],
  ['toml', 'badges.own|', ['owner']],
  ['toml', 'style = "flat" |', []],
  ['toml', 'style = "flat" # |', []],
  ['toml', 'broken =\n[publish]\npru|', ['prune']],
  ['pyproject', '[tool.ruff]\n|', []],
  ['pyproject', '[tool.badges_gitlab]\npa|', ['path', '…']],
  ['pyproject', '[tool.badges_gitlab.publish]\n|', ['prune', 'project', 'groups']],
  ['pyproject', '[tool]\nbadges_gitlab.sty|', ['style']],
  ['pyproject', '[tool.badges_gitlab]\nstyle = "so|"\n', ['social']],
  ['endpoint', '{ "| }', []],
];

/** What a text becomes when a proposal is taken: with the stops of its snippet. */
const insertions: readonly (readonly [kind: ConfigKind, written: string, label: string, expected: string])[] = [
  ['yaml', 'sty|', 'style', 'style: $0'],
  ['yaml', 'sty|le: flat\n', 'style', 'style: flat\n'],
  ['yaml', 'style: fl|\n', 'flat-square', 'style: flat-square\n'],
  ['yaml', 'style:|', 'flat', 'style: flat'],
  ['yaml', 'style: "pl|asti"\n', 'plastic', 'style: "plastic"\n'],
  ['yaml', "style: 'pl|\nfacts: all\n", 'plastic', "style: 'plastic'\nfacts: all\n"],
  ['yaml', 'publ|', 'publish', 'publish:\n  ${1:key}: $0'.replace('${1:key}: $0', 'prune: ${1|true,false|}')],
  ['yaml', 'fac|', 'facts', 'facts: $0'],
  ['yaml', 'static_b|', 'static_badges', 'static_badges:\n  - [${1:label}, ${2:message}, ${3:blue}]'],
  ['yaml', 'publish:\n    |', 'project', 'publish:\n    project:\n      - name: ${1:name}\n        link_url: "${2:https://}"\n        image_url: "${3:https://}"'],
  ['yaml', 'publish:\n  project:\n    |', '- badge', 'publish:\n  project:\n    - name: ${1:name}\n      link_url: "${2:https://}"\n      image_url: "${3:https://}"'],
  ['yaml', 'publish:\n  project:\n    - |', '{ name, link_url, image_url }', 'publish:\n  project:\n    - name: ${1:name}\n      link_url: "${2:https://}"\n      image_url: "${3:https://}"'],
  ['yaml', 'publish: { | }', 'prune', 'publish: { prune: $0 }'],
  ['yaml', 'facts:\r\n  - na|\r\n', 'name', 'facts:\r\n  - name\r\n'],
  ['yaml', 'static_badges:\n  - [a, b, #4c1|]\n', '#4c1', 'static_badges:\n  - [a, b, "#4c1"]\n'],
  ['yaml', 'static_badges:\n  - label: a\n    color: #4c1|\n', '#4c1', 'static_badges:\n  - label: a\n    color: "#4c1"\n'],
  ['yaml', `${url}"https://git.example.com/%{lat|}/x"`, '%{latest_tag}', `${url}"https://git.example.com/%{latest_tag}/x"`],
  ['yaml', `${url}"https://x/%{project_path}/-/jobs/artifacts/main/raw/a.svg?job=two|"`, 'two words', `${url}"https://x/%{project_path}/-/jobs/artifacts/main/raw/a.svg?job=two%20words"`],
  ['yaml', `${url}|`, 'GitLab’s pipeline status', `${url}https://git.example.com/%{project_path}/badges/%{default_branch}/pipeline.svg`],
  ['yaml', 'publish:\n  project:\n    - { image_url: | }', 'GitLab’s latest release', 'publish:\n  project:\n    - { image_url: "https://git.example.com/%{project_path}/-/badges/release.svg" }'],
  ['levels', 'badges:\n  |', '- badge', 'badges:\n  - id: ${1:id}\n    levels:\n      - name: ${2:bronze}\n        checks:\n          - type: ${3|COMMITS,ISSUE_REACTION_TIME,BUS_FACTOR,ELEPHANT_FACTOR,RELEASES,PACKAGES,CI_PIPELINES,SUBSEQUENT_USE,CODE_REVIEW,PROTECTED_BRANCHES,MANUAL|}\n            threshold:\n              timeRangeInMonths: ${4:1}\n              min: ${5:1}'],
  ['levels', 'badges:\n  - id: a\n    lev|', 'levels', 'badges:\n  - id: a\n    levels:\n      - name: ${1:bronze}\n        checks:\n          - type: ${2|COMMITS,ISSUE_REACTION_TIME,BUS_FACTOR,ELEPHANT_FACTOR,RELEASES,PACKAGES,CI_PIPELINES,SUBSEQUENT_USE,CODE_REVIEW,PROTECTED_BRANCHES,MANUAL|}\n            threshold:\n              timeRangeInMonths: ${3:1}\n              min: ${4:1}'],
  ['levels', `${level}          - { type: COMMITS, | }\n`, 'threshold', `${level}          - { type: COMMITS, threshold: { timeRangeInMonths: \${1:1}, min: \${2:1} } }\n`],
  ['toml', 'sty|', 'style', 'style = $0'],
  ['toml', 'pat|', 'path', 'path = "$1"'],
  ['toml', 'style = |', 'flat', 'style = "flat"'],
  ['toml', 'style =|', 'flat', 'style = "flat"'],
  ['toml', "style = 'pl|'", 'plastic', "style = 'plastic'"],
  ['toml', 'style = "pl|\n', 'plastic', 'style = "plastic"\n'],
  ['toml', 'facts = ["name", |]\n', 'owner', 'facts = ["name", "owner"]\n'],
  ['toml', 'static_b|', 'static_badges', 'static_badges = [["${1:label}", "${2:message}", "${3:blue}"]]'],
  ['toml', 'static_badges = [{ label = "a", | }]', 'message', 'static_badges = [{ label = "a", message = "$1" }]'],
  ['toml', '|', '[[publish.project]]', '[[publish.project]]\nname = "${1:name}"\nlink_url = "${2:https://}"\nimage_url = "${3:https://}"'],
  ['toml', '[pub|]', 'publish', '[publish]'],
  ['toml', '[[publ|', 'publish.project', '[[publish.project]]'],
  ['toml', '[[|\n', 'publish.groups."acme/web"', '[[publish.groups."acme/web"]]\n'],
  ['pyproject', '[to|', 'tool.badges_gitlab', '[tool.badges_gitlab]'],
];

describe('completion', () => {
  for (const [kind, written, labels] of proposals) {
    it(`in ${kind} at ${JSON.stringify(written)} proposes ${labels.length === 0 ? 'nothing' : labels.join(', ')}`, () => {
      const found = labelsAt(written, kind, values);
      if (labels.at(-1) === '…') assert.deepEqual(found.slice(0, labels.length - 1), labels.slice(0, -1));
      else assert.deepEqual(found, labels);
    });
  }

  for (const [kind, written, label, expected] of insertions) {
    it(`in ${kind} makes ${JSON.stringify(expected)} of ${JSON.stringify(written)}`, () => assert.equal(accept(written, label, kind, values), expected));
  }

  it('says what a key and a value are for', () => {
    const style = completionsAt('|', 'yaml').find(({ label }) => label === 'style');
    assert.match(style?.doc ?? '', /How all badges are drawn.*Default: `flat`/s);
    const commits = completionsAt(`${level}          - type: |\n`, 'levels').find(({ label }) => label === 'COMMITS');
    assert.match(commits?.doc ?? '', /Commits on the default branch/);
  });

  it('shows what a placeholder stands for right now', () => {
    const found = completionsAt(`${url}"https://x/%{|"`, 'yaml', values);
    assert.deepEqual(['%{project_path}', '%{latest_tag}', '%{project_id}'].map((label) => found.find((item) => item.label === label)?.detail), ['acme/web/shop', 'nothing yet', undefined]);
  });

  it('asks again where a value follows the key', () => {
    const asks = (written: string, kind: ConfigKind, label: string) => completionsAt(written, kind).find((item) => item.label === label)?.asksAgain;
    assert.deepEqual([asks('sty|', 'yaml', 'style'), asks('|', 'yaml', 'static_badges'), asks('sty|', 'toml', 'style')], [true, false, true]);
  });

  it('proposes nothing from elsewhere where nothing is known', () => {
    assert.deepEqual(labelsAt('junit_xml: |', 'yaml'), ['{ job, path }', '[…]']);
    assert.deepEqual(labelsAt(`${url}"https://x/%{project_path}/-/jobs/artifacts/main/raw/a.svg?job=|"`, 'yaml'), []);
  });
});
