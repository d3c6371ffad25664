import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { usualBadgeJob } from '../../src/config/badgeJob';
import { addBadgeJob, badgeCommandOf, type ChangedCi, type CiEditOptions } from '../../src/config/editCi';

const usual: CiEditOptions = { kind: 'generate', image: null, folder: 'public/badges', plans: true, reports: [] };
const generate = usualBadgeJob('generate');

function edit(text: string, options: Partial<CiEditOptions> = {}): ChangedCi {
  const result = addBadgeJob(text, null, { ...usual, ...options });
  assert('text' in result, 'problem' in result ? result.problem : '');
  return result;
}

type Job = Readonly<Record<string, unknown>>;
const jobOf = (text: string, name: string): Job => (parse(text, { logLevel: 'error' }) as Record<string, Job>)[name] ?? {};

/** The lines of the job, in the order and indentation in which they stand. */
const withoutComments = (text: string): string => text.replace(/^#.*\n/gm, '').replace(/ #.*$/gm, '');

describe('the badge job', () => {
  it('is what the README shows', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const kind of ['generate', 'review'] as const) assert(readme.includes(`\`\`\`yaml\n${usualBadgeJob(kind)}\n\`\`\``), kind);
  });

  it('keeps the badges fresh on the default branch and by schedules', () => {
    assert.deepEqual(jobOf(generate, 'badges'), {
      image: 'node:22-alpine',
      rules: [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }, { if: '$CI_PIPELINE_SOURCE == "schedule"' }],
      script: ['npm install --global "${BADGESMITH_PACKAGE:?set this CI/CD variable to what npm installs}"', 'badgesmith generate --cache .badgesmith'],
      allow_failure: true,
      cache: { key: 'badges', paths: ['.badgesmith'] },
      artifacts: { when: 'always', paths: ['public/badges'], expire_in: '3 months' },
    });
  });

  it('of merge requests writes its report before it fails', () => {
    assert.deepEqual(jobOf(usualBadgeJob('review'), 'check-badges'), {
      image: 'node:22-alpine',
      rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }],
      script: ['npm install --global "${BADGESMITH_PACKAGE:?set this CI/CD variable to what npm installs}"', 'badgesmith check --format codequality > gl-code-quality-report.json || badgesmith check', 'badgesmith plan'],
      artifacts: { when: 'always', reports: { codequality: 'gl-code-quality-report.json' } },
    });
  });

  it('of merge requests plans only where there is something to plan', () => {
    assert.equal((jobOf(edit('', { kind: 'review', plans: false }).text, 'check-badges')['script'] as string[]).length, 2);
  });

  it('with an image of its own installs nothing', () => {
    const { text } = edit('', { image: '$CI_REGISTRY_IMAGE/badgesmith' });
    assert.deepEqual([jobOf(text, 'badges')['image'], jobOf(text, 'badges')['script']], ['$CI_REGISTRY_IMAGE/badgesmith', ['badgesmith generate --cache .badgesmith']]);
    assert(!text.includes('BADGESMITH_PACKAGE'));
  });

  it('keeps the folder that badges are written to, whatever it is called', () => {
    for (const folder of ['a b', 'x: y', "it's", '"q"', '[1]', 'true', '1.5', '# no', 'ä']) {
      assert.deepEqual((jobOf(edit('', { folder }).text, 'badges')['artifacts'] as Job)['paths'], [folder]);
    }
  });
});

describe('adding the badge job', () => {
  const places: readonly (readonly [where: string, expected: string])[] = [
    ['an empty file', '«JOB»'],
    ['a file of comments', '# ours\n\n«JOB»'],
    ['a file of comments without an empty line', '# ours\n«\nJOB»'],
    ['a file that ends in a job', 'build:\n  script:\n    - make # all\n«\nJOB»'],
    ['a file without a line break at its end', 'build:\n  script:\n    - make«\n\nJOB»'],
    ['a file that ends in an empty line', 'build:\n  script: [make]\n\n«JOB»'],
    ['a file that ends in a comment', 'build:\n  script: [make]\n# the end\n«\nJOB»'],
    ['a document with an end', '---\nbuild: { script: make }\n«\nJOB»...\n'],
    ['a file behind a header of inputs', 'spec:\n  inputs:\n    image: { default: x }\n---\nbuild:\n  image: $[[ inputs.image ]]\n  script:\n    - make\n«\nJOB»'],
    ['anchors, merges and references', '.base: &base\n  tags: [x]\nbuild:\n  <<: *base\n  script:\n    - !reference [.base, script]\n    - make\n«\nJOB»'],
    ['keys that are there twice', 'build: { script: a }\nbuild: { script: b }\n«\nJOB»'],
  ];
  for (const [where, expected] of places) {
    const filled = expected.replace('JOB', `${generate}\n`);
    const before = filled.replace(/«[^»]*»/g, '');
    const after = filled.replace(/[«»]/g, '');
    it(`goes behind ${where}`, () => assert.equal(edit(before).text, after));
    it(`keeps line ends and byte order mark of ${where}`, () => {
      if (before.includes('\n')) assert.equal(edit(`\uFEFF${before.replaceAll('\n', '\r\n')}`).text, `\uFEFF${after.replaceAll('\n', '\r\n')}`);
      else assert.equal(edit(`\uFEFF${before}`).text, `\uFEFF${after}`);
    });
  }

  it('takes the indentation of the file', () => {
    const { text } = edit('build:\n    script:\n    - make\n');
    assert.match(text, /\nbadges:\n {4}image: .*\n {4}rules:\n {4}- if: .*\n {4}- if: .*\n {4}script:\n {4}- npm .*\n {4}- badgesmith .*\n {4}allow_failure: true .*\n {4}cache:\n {8}key: badges\n/);
  });

  it('leaves a block of text that ends the file as it is', () => {
    const before = 'build:\n  script: |+\n    make\n\n';
    assert.equal(jobOf(edit(before).text, 'build')['script'], 'make\n\n');
  });

  const stages: readonly (readonly [pipeline: string, stage: string | undefined])[] = [
    ['', undefined],
    ['stages: [build, test, deploy]\n', undefined],
    ['stages:\n  - lint\n  - ship\n', 'ship'],
    ['stages: [.pre, one, .post]\n', 'one'],
    ['stages: []\n', '.post'],
  ];
  for (const [pipeline, stage] of stages) it(`chooses ${stage ?? 'the usual stage'} of “${pipeline.trim()}”`, () => assert.equal(jobOf(edit(pipeline).text, 'badges')['stage'], stage));

  const reports = ['reports/**/*.xml', 'coverage.xml'];
  const suppliers: readonly (readonly [what: string, pipeline: string, needs: readonly string[], stage?: string])[] = [
    ['the job that reports its tests', 'unit: { script: x, artifacts: { paths: [reports], reports: { junit: reports/junit.xml } } }\n', ['unit']],
    ['the job that keeps its coverage', 'unit: { script: x, artifacts: { paths: [coverage.xml] } }\nlint: { script: y }\n', ['unit']],
    ['a job of a later stage', 'unit: { stage: deploy, script: x, artifacts: { paths: [coverage.xml] } }\n', ['unit'], 'deploy'],
    ['a job of a stage of its own', 'stages: [test, verify, ship]\nunit: { stage: verify, script: x, artifacts: { reports: { coverage_report: { coverage_format: cobertura, path: coverage.xml } } } }\n', ['unit'], 'verify'],
    ['a job that reports as all do by default', 'default: { artifacts: { reports: { junit: reports/a.xml } } }\nunit: { script: x }\nlint: { script: y, artifacts: { paths: [dist] } }\n', ['unit']],
    ['a job whose reports stand elsewhere', '.t: { artifacts: { reports: { junit: reports/a.xml } } }\nunit: { script: x, artifacts: { reports: !reference [.t, artifacts, reports] } }\n', ['unit']],
    ['a job that extends another', '.t: { artifacts: { paths: [reports/a.xml] } }\nunit: { extends: .t, script: x }\n', ['unit']],
    ['no job that keeps other files', 'unit: { script: x, artifacts: { paths: [dist] } }\n', []],
  ];
  for (const [what, pipeline, needs, stage] of suppliers) {
    it(`waits for ${what}`, () => {
      const job = jobOf(edit(pipeline, { reports }).text, 'badges');
      assert.deepEqual([job['needs'], job['stage']], [needs.length === 0 ? undefined : needs.map((name) => ({ job: name, optional: true })), stage]);
    });
  }

  it('says which report later jobs do not get', () => {
    assert.deepEqual(edit('unit: { script: x, artifacts: { reports: { junit: [reports/a.xml, other.xml] } } }\n', { reports }).remarks, [
      'The job “unit” keeps reports/a.xml for GitLab only: name it under artifacts: paths as well, so that later jobs get it.',
    ]);
  });

  it('does not run the scripts of all jobs in its image', () => {
    for (const pipeline of ['default:\n  before_script: [bundle install]\n', 'before_script: [bundle install]\n']) assert.deepEqual(jobOf(edit(pipeline).text, 'badges')['before_script'], []);
    assert.equal(jobOf(edit('build: { before_script: [x], script: y }\n').text, 'badges')['before_script'], undefined);
  });

  const workflows: readonly (readonly [rules: string, isRemarked: boolean])[] = [
    ['[{ if: $CI_COMMIT_TAG }]', true],
    ['[{ if: $CI_PIPELINE_SOURCE == "merge_request_event" }]', true],
    ['[{ if: $CI_COMMIT_BRANCH }]', false],
    ['[{ if: $CI_COMMIT_TAG, when: never }, { when: always }]', false],
  ];
  for (const [rules, isRemarked] of workflows) it(`${isRemarked ? 'warns of' : 'accepts'} workflow rules ${rules}`, () => assert.equal(edit(`workflow: { rules: ${rules} }\n`).remarks.length, isRemarked ? 1 : 0));

  it('leads to the migration where badges-gitlab does this already', () => {
    const { job, remarks } = edit('badges: { script: [pip install badges-gitlab, badges-gitlab] }\n');
    assert.equal(job, 'badges-2');
    assert.match(remarks.join(' '), /The job “badges” runs badges-gitlab: “Migrate from badges-gitlab”/);
  });

  const names: readonly (readonly [pipeline: string, name: string])[] = [
    ['badges: { script: make badges }\n', 'badges-2'],
    ['badges: { script: x }\nbadges-2: { script: y }\n', 'badges-3'],
    ['badges: [not, a, job]\n', 'badges-2'],
    ['.badges: { script: badgesmith generate }\n', 'badges'],
  ];
  for (const [pipeline, name] of names) {
    it(`takes the name ${name} beside “${pipeline.trim()}”`, () => {
      const { job, remarks } = edit(pipeline);
      assert.deepEqual([job, remarks.length], [name, name === 'badges' ? 0 : 1]);
    });
  }
});

describe('a badge job that is there', () => {
  const complete = 'badges:\n  script: badgesmith\n  rules: [{ when: always }]\n  artifacts: { paths: [public] }\n';
  const cases: readonly (readonly [what: string, text: string, options?: Partial<CiEditOptions>])[] = [
    ['stays as it is', complete],
    ['of another name stays as it is', 'nightly:\n  script: [echo, "npx badgesmith generate -p x"]\n  only: [main]\n  artifacts: { paths: ["public/badges/*.svg"] }\n'],
    ['keeps its folder, too', 'badges: # ours\n  script: badgesmith\n  only: [main]\n  artifacts:\n    paths:\n      - dist # site\n«      - public/badges\n»    when: always\n'],
    ['keeps its folder in brackets', 'badges:\n  script: badgesmith\n  only: [main]\n  artifacts: { paths: [dist«, public/badges»] }\n'],
    ['keeps its folder besides reports', 'badges:\n  script: badgesmith\n  only: [main]\n  artifacts:\n    reports: { junit: x }\n«    paths: [public/badges]\n»'],
    ['keeps anything at all', 'badges:\n  script: badgesmith\n  only: [main]\n«  artifacts:\n    when: always\n    paths: [public/badges]\n    expire_in: 3 months\n»lint:\n  script: x\n'],
    ['runs where badges are shown', 'badges:\n  script: badgesmith # all\n  artifacts: { paths: [public] }\n«  rules:\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n    - if: $CI_PIPELINE_SOURCE == "schedule"\n»\n# next\nlint: { script: x }\n'],
    ['in braces', 'badges: { script: badgesmith, artifacts: { paths: [public] }«, rules: [{ if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH }, { if: $CI_PIPELINE_SOURCE == "schedule" }]» }\n'],
    ['gets its image', 'badges:\n  script: badgesmith\n  rules: [{ when: always }]\n  artifacts: { paths: [public] }\n«  image: x/y:1\n»', { image: 'x/y:1' }],
    ['keeps what it has read for the next run', 'badges:\n  script:\n    - badgesmith generate --cache .read\n  rules: [{ when: always }]\n  artifacts: { paths: [public] }\n«  cache:\n    key: badges\n    paths: [.read]\n»'],
    ['keeps it already', 'badges:\n  script: badgesmith generate --cache=.read\n  rules: [{ when: always }]\n  artifacts: { paths: [public] }\n  cache: { paths: [node_modules] }\n'],
    ['shares a cache with all jobs', 'default:\n  cache: { paths: [.read] }\nbadges:\n  script: badgesmith --cache .read\n  rules: [{ when: always }]\n  artifacts: { paths: [public] }\n'],
    ['extends another, which says what it keeps', '.b: { artifacts: { paths: [public/badges] } }\nbadges:\n  extends: .b\n  script: badgesmith\n'],
    ['extends what nobody knows', 'badges:\n  extends: .elsewhere\n  script: badgesmith\n'],
  ];
  for (const [what, expected, options] of cases) {
    it(what, () => {
      const before = expected.replace(/«[^»]*»/g, '');
      const { text, change } = edit(before, options);
      assert.equal(text, expected.replace(/[«»]/g, ''));
      assert.equal(change, text === before ? 'none' : 'updated');
    });
  }

  it('changes to an image of one’s own, and installs nothing any more', () => {
    const { text } = edit(generate, { image: 'x/y:1' });
    assert.deepEqual([jobOf(text, 'badges')['image'], jobOf(text, 'badges')['script']], ['x/y:1', ['badgesmith generate --cache .badgesmith']]);
    assert.equal(withoutComments(text).replace(/\n?$/, ''), withoutComments(generate).replace('node:22-alpine', 'x/y:1').replace(/ {4}- npm .*\n/, ''));
  });

  it('is not the one of merge requests', () => {
    assert.deepEqual([edit(generate, { kind: 'review' }).job, edit(`${generate}\n`, { kind: 'review' }).change], ['check-badges', 'added']);
  });

  const commands: readonly (readonly [script: string, kind: ReturnType<typeof badgeCommandOf>])[] = [
    ['badgesmith', 'generate'],
    ['badgesmith --path x', 'generate'],
    ['badgesmith generate', 'generate'],
    ['cd x && badgesmith generate', 'generate'],
    ['set -e\nnpx badgesmith', 'generate'],
    ['npx --yes --package "$BADGESMITH_PACKAGE" badgesmith generate', 'generate'],
    ['npx --yes badgesmith check', 'review'],
    ['npx -p badgesmith other', null],
    ['GITLAB_TOKEN="$T" ./node_modules/.bin/badgesmith', 'generate'],
    ['badgesmith check', 'review'],
    ['badgesmith plan | tee plan.txt', 'review'],
    ['badgesmith check; badgesmith generate', 'generate'],
    ['badgesmith evaluate', null],
    ['echo badgesmith', null],
    ['npm install badgesmith', null],
  ];
  for (const [script, kind] of commands) it(`${kind === null ? 'is none' : `is for ${kind}`} by “${script.replace('\n', '↵')}”`, () => assert.equal(badgeCommandOf({ script: [script] }), kind));

  it('is left to the user where another would change with it', () => {
    for (const text of ['badges: &b\n  script: badgesmith\nother: *b\n', '.b: &b { script: badgesmith }\nbadges: *b\n']) assert('problem' in addBadgeJob(text, null, usual));
  });
});

describe('a pipeline that cannot be edited', () => {
  const refused: readonly (readonly [what: string, text: string, at: number | null])[] = [
    ['has a tab', 'build:\n\tscript: x\n', 7],
    ['is not finished', 'build: [\n', null],
    ['is a list', '- a\n', 0],
    ['is in braces', '{"build": {"script": "x"}}', 0],
    ['is two', 'a: { script: x }\n---\nb: { script: y }\n', 17],
    ['names an anchor that is not there', 'build: *gone\n', 7],
    ['is too large', `# ${'x'.repeat(600_000)}`, 0],
    ['has a mistake behind its header', 'spec: {}\n---\nbuild:\n\tscript: x\n', 20],
  ];
  for (const [what, text, at] of refused) {
    it(what, () => {
      const result = addBadgeJob(text, null, usual);
      assert('problem' in result);
      assert.notEqual(result.problem, '');
      assert(result.range);
      if (at !== null) assert.equal(result.range.start, at);
    });
  }
});

describe('any pipeline', () => {
  const blocks: readonly ((name: string) => string)[] = [
    (name) => `# about ${name}`,
    (name) => `\n# ---- ${name} ----\n`,
    () => 'variables:\n  A: "1" # one\n  B: $A\n',
    () => 'default:\n  image: ruby:3\n  before_script:\n    - bundle\n',
    () => 'workflow:\n  rules:\n    - if: $CI_COMMIT_BRANCH\n',
    () => 'include:\n  - local: /ci/a.yml\n  - template: Jobs/SAST.gitlab-ci.yml\n',
    (name) => `.${name}: &${name}\n    tags: [docker]\n    script: [x]\n`,
    (name) => `${name}:\n  script:\n  - make ${name}   # run\n  - |\n      if true; then\n        echo "x: y"\n      fi\n`,
    (name) => `${name}: { script: 'it''s', stage: test, artifacts: { paths: [out] } }`,
    (name) => `"${name}":\n   stage:   test\n   script: >-\n     a\n     b\n\n   rules:\n     - if: '$X == "y"'\n       when: never\n`,
    (name) => `${name}:\n  extends: .gone\n  script:\n    - !reference [.gone, script]\n`,
    (name) => `badges:\n  script:\n    - make ${name}\n`,
    (name) => `${name}:\n  needs:\n  - job: a\n    artifacts: true\n  parallel:\n    matrix:\n    - X: [1, 2]\n  script: x`,
  ];
  const pipelines = fc
    .record({
      blocks: fc.uniqueArray(fc.record({ make: fc.constantFrom(...blocks), name: fc.stringMatching(/^[a-z]{3,6}$/) }), { selector: ({ make, name }) => (/variables|default|workflow|include|badges/.exec(make(''))?.[0] ?? name), maxLength: 8 }),
      stages: fc.constantFrom('', 'stages: [build, test]\n', 'stages:\n- one\n- two\n'),
      lineBreak: fc.constantFrom('\n', '\r\n'),
      mark: fc.constantFrom('', '\uFEFF'),
      end: fc.constantFrom('', '\n', '\n\n', '\n# end', '\n...\n'),
    })
    .map(({ blocks: chosen, stages, lineBreak, mark, end }) => mark + (stages + chosen.map(({ make, name }) => make(name)).join('\n') + end).replaceAll('\n', lineBreak));
  const options = fc.record({ kind: fc.constantFrom('generate', 'review'), image: fc.constantFrom(null, 'x/y:1'), folder: fc.constantFrom('public/badges', 'a b'), plans: fc.boolean(), reports: fc.constant(['out/a.xml']) }) satisfies fc.Arbitrary<CiEditOptions>;

  it('keeps its jobs and each of its lines, is read as before, and gets the job once', () => {
    fc.assert(
      fc.property(pipelines, options, (before, chosen) => {
        const read = (text: string) => (parse(text.replace('\uFEFF', ''), { uniqueKeys: false, logLevel: 'error' }) ?? {}) as Record<string, unknown>;
        const { text, job, change } = edit(before, chosen);
        assert.equal(change, 'added');
        const { [job]: added, ...rest } = read(text);
        assert.deepEqual(rest, read(before));
        assert.deepEqual(Object.keys(rest), Object.keys(read(before)));
        assert(typeof added === 'object');

        assert.equal(text.startsWith('\uFEFF'), before.startsWith('\uFEFF'));
        const lines = text.replace('\uFEFF', '').split(/(?<=\n)/);
        let at = 0;
        for (const line of before.replace('\uFEFF', '').split(/(?<=\n)/).filter((each) => each !== '')) {
          // The last line may get a line break.
          while (at < lines.length && lines[at] !== line && lines[at]?.replace(/\r?\n$/, '') !== line) at++;
          assert(at++ < lines.length, `lost: ${JSON.stringify(line)}`);
        }
        assert.deepEqual(edit(text, chosen), { text, job, change: 'none', remarks: edit(text, chosen).remarks });
      }),
      { numRuns: 1000 },
    );
  }).timeout(60_000);
});
