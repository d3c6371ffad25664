import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { parseCommandLine } from '../../src/cli/options';
import { badgeCommandOf } from '../../src/config/editCi';
import { migrateCi, type MigratedCi } from '../../src/config/migrateCi';
import { migrateCommand } from '../../src/config/migrateCommand';

function migrated(text: string): MigratedCi {
  const result = migrateCi(text);
  assert(result && 'text' in result);
  return result;
}

const install = 'npm install --global "${BADGESMITH_PACKAGE:?set this CI/CD variable to what npm installs}"';

describe('a command of badges-gitlab', () => {
  const commands: readonly (readonly [before: string, after: string])[] = [
    ['badges-gitlab', 'badgesmith generate'],
    ['badges-gitlab -V', 'badgesmith --version'],
    ['badges-gitlab -p out/badges', 'badgesmith generate --path out/badges'],
    ['badges-gitlab -pout', 'badgesmith generate --path out'],
    ['badges-gitlab --path=out', 'badgesmith generate --path out'],
    ['badges-gitlab --junit FILE', 'badgesmith generate --junit-xml FILE'],
    ['badges-gitlab --junit-xml "$CI_PROJECT_DIR/a b.xml" -p x', 'badgesmith generate --junit-xml "$CI_PROJECT_DIR/a b.xml" --path x'],
    ['badges-gitlab -s "conventional commits" 1.0.0 yellow -s a b red', 'badgesmith generate --static-badges "conventional commits" 1.0.0 yellow --static-badges a b red'],
    ["badges-gitlab -lb https://img.shields.io/badge/a-b-red 'https://img.shields.io/badge/c;d-e-red'", "badgesmith generate --link-badges https://img.shields.io/badge/a-b-red 'https://img.shields.io/badge/c;d-e-red'"],
    ['badges-gitlab -t $TOKEN', 'badgesmith generate --token $TOKEN'],
    ['python3 -m badges_gitlab --path x', 'badgesmith generate --path x'],
    ['venv/bin/badges-gitlab', 'badgesmith generate'],
    ['PRIVATE_TOKEN="$T" badges-gitlab', 'PRIVATE_TOKEN="$T" badgesmith generate'],
    ['badges-gitlab > log.txt 2>&1', 'badgesmith generate > log.txt 2>&1'],
    ['badges-gitlab || true', 'badgesmith generate || true'],
    ['pip install badges-gitlab && badges-gitlab', `${install} && badgesmith generate`],
    ['python -V; pip install -U "badges_gitlab==1.0.2"; badges-gitlab -V; badges-gitlab', `${install}; badgesmith --version; badgesmith generate`],
    ['mkdir -p public/badges && badges-gitlab', 'mkdir -p public/badges && badgesmith generate'],
  ];
  for (const [before, after] of commands) it(`becomes “${after}” from “${before}”`, () => assert.deepEqual(migrateCommand(before).lines, [after]));

  it('has options that badgesmith takes', () => {
    const { lines } = migrateCommand('badges-gitlab -p out --junit-xml a.xml -s a b red -s c d blue -lb https://e.x/1 https://e.x/2 -t X');
    const parsed = parseCommandLine((lines[0] ?? '').split(' ').slice(1));
    assert.equal(parsed.command, 'generate');
    assert.deepEqual(parsed.command === 'generate' && [parsed.options.path, parsed.options.junitXml, parsed.options.staticBadges, parsed.options.linkBadges, parsed.options.token], ['out', ['a.xml'], [['a', 'b', 'red'], ['c', 'd', 'blue']], ['https://e.x/1', 'https://e.x/2'], 'X']);
  });

  const dropped = ['python -V', 'pip install virtualenv', 'virtualenv venv', 'source venv/bin/activate', '. venv/bin/activate', 'python3 -m venv .venv', 'python -m pip install --upgrade pip', 'pip --version'];
  for (const command of dropped) it(`needs “${command}” no more`, () => assert.deepEqual(migrateCommand(command).lines, []));

  const foreign = ['pytest', 'pip install -r requirements.txt', 'pip install badges-gitlab pytest', 'python make_report.py', 'poetry run badges-gitlab', 'badges-gitlab -p "open'];
  for (const command of foreign) it(`is left alone in “${command}”`, () => assert.deepEqual([migrateCommand(command).foreign.length, migrateCommand(command).lines], [1, [command]]));

  it('says what cannot be mapped, and where a token is seen, without repeating it', () => {
    assert.match(migrateCommand('badges-gitlab --color red').remarks.join(), /no option --color: it stays/);
    assert.match(migrateCommand('badges-gitlab -t $TOKEN').remarks.join(), /can be read by other processes/);
    const [remark = ''] = migrateCommand('badges-gitlab -t glpat-secretsecret').remarks;
    assert.match(remark, /revoke it/);
    assert(!remark.includes('secret'));
  });
});

describe('a job of badges-gitlab', () => {
  const usual = `# CI
badges:
  image: python:3.9   # for the tool
  stage: badges
  variables:
    PIP_CACHE_DIR: "$CI_PROJECT_DIR/.cache/pip"
  script:
     # prepares
     - python -V
     - pip install virtualenv
     - virtualenv venv
     - source venv/bin/activate
     - pip install badges-gitlab
     - badges-gitlab -V
     - badges-gitlab -p public/badges # all of them
  artifacts:
    when: always
    paths:
      - public/badges/*.svg
    expire_in: 3 months
`;

  it('runs badgesmith, and keeps all else', () => {
    const { text, jobs, remarks } = migrated(usual);
    const expected = usual
      .replace('python:3.9', 'node:22-alpine')
      .replace(/ {5}- python -V\n.*\n.*\n.*\n/, '')
      .replace('pip install badges-gitlab', install)
      .replace('badges-gitlab -V', 'badgesmith --version')
      .replace('badges-gitlab -p public/badges', 'badgesmith generate --path public/badges');
    assert.equal(text, expected);
    assert.deepEqual([jobs, remarks], [['badges'], ['What the job “badges” keeps for pip is of no use any more.']]);
  });

  it('is known for one of ours then, and not changed again', () => {
    const { text } = migrated(usual);
    assert.equal(badgeCommandOf({ script: (parse(text) as { badges: { script: string[] } }).badges.script }), 'generate');
    assert.equal(migrateCi(text), null);
  });

  it('keeps line ends', () => assert.equal(migrated(usual.replaceAll('\n', '\r\n')).text, migrated(usual).text.replaceAll('\n', '\r\n')));

  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    ['installs what its image had', 'b:\n  image: registry.gitlab.com/felipe_public/badges-gitlab:latest\n  script:\n    - badges-gitlab # all\n', `b:\n  image: node:22-alpine\n  script:\n    - ${install}\n    - badgesmith generate # all\n`],
    ['has an image with settings', 'b:\n  image:\n    name: registry.gitlab.com/felipe_public/badges-gitlab\n    entrypoint: [""]\n  script: [badges-gitlab]\n', `b:\n  image:\n    name: node:22-alpine\n    entrypoint: [""]\n  script: [${JSON.stringify(`${install} && badgesmith generate`).replace(/^"|"$/g, '')}]\n`],
    ['has no image of its own', 'b:\n  script:\n    - pip install badges-gitlab\n    - badges-gitlab\n', `b:\n  script:\n    - ${install}\n    - badgesmith generate\n  image: node:22-alpine\n`],
    ['installs before its script', 'b:\n  image: python\n  before_script:\n    - pip install badges-gitlab\n  script: badges-gitlab\n', `b:\n  image: node:22-alpine\n  before_script:\n    - ${install}\n  script: badgesmith generate\n`],
    ['has a block of commands', 'b:\n  image: python\n  script:\n    - |\n      pip install badges-gitlab\n      badges-gitlab -p x\n    - ls x\n', `b:\n  image: node:22-alpine\n  script:\n    - |\n      ${install}\n      badgesmith generate --path x\n    - ls x\n`],
    ['is hidden', '.b:\n  image: python\n  script:\n    - pip install badges-gitlab\n    - badges-gitlab\nb:\n  extends: .b\n', `.b:\n  image: node:22-alpine\n  script:\n    - ${install}\n    - badgesmith generate\nb:\n  extends: .b\n`],
    ['stands behind a header of inputs', 'spec:\n  inputs: {}\n---\nb:\n  image: python\n  script:\n    - pip install badges-gitlab\n    - badges-gitlab\n', `spec:\n  inputs: {}\n---\nb:\n  image: node:22-alpine\n  script:\n    - ${install}\n    - badgesmith generate\n`],
  ];
  for (const [what, before, after] of cases) {
    it(what, () => {
      const { text } = migrated(before);
      if (what === 'has an image with settings') assert.deepEqual((parse(text) as { b: { script: string[]; image: unknown } }).b, { image: { name: 'node:22-alpine', entrypoint: [''] }, script: [`${install} && badgesmith generate`] });
      else assert.equal(text, after);
    });
  }

  it('stays where it needs Python for more, and others are migrated', () => {
    const other = 'tests:\n  image: python\n  script:\n    - pytest --junitxml=x.xml\n    - badges-gitlab\n';
    const { text, jobs, remarks } = migrated(`${other}badges:\n  script: badges-gitlab\n`);
    assert(text.startsWith(other));
    assert.deepEqual(jobs, ['badges']);
    assert.match(remarks.join(), /The job “tests” also runs “pytest --junitxml=x.xml” in its image, so it stays/);
  });

  it('stays where another job would change with it', () => {
    const text = '.s: &s\n  - pip install badges-gitlab\n  - badges-gitlab\nb:\n  script: *s\nc:\n  script: *s\n';
    assert.equal(migrateCi(text), null);
    const shared = 'b:\n  script: &s\n    - pip install badges-gitlab\n    - badges-gitlab\nc:\n  script: *s\n';
    assert.deepEqual([migrated(shared).text, migrated(shared).remarks.length], [shared, 1]);
  });

  it('says which other commands its new image has to have', () => {
    assert.match(migrated('b:\n  script:\n    - badges-gitlab\n    - curl -T x https://e.x\n').remarks.join(), /also runs “curl -T x https:\/\/e.x”: see to it that node:22-alpine can do that/);
  });

  it('is looked for in texts that can be read only', () => {
    assert.equal(migrateCi('b: { script: make }\n'), null);
    assert.equal(migrateCi('# badges-gitlab was here\nb: { script: make }\n'), null);
    const broken = migrateCi('b:\n\tscript: badges-gitlab\n');
    assert(broken && 'problem' in broken);
  });
});
