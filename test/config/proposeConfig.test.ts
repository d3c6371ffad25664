import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readGeneratorConfig } from '../../src/config/generatorFile';
import { ecosystems, proposeConfig, type ProjectSurvey, type SeenBadge, type SeenReport } from '../../src/config/proposeConfig';
import { factStems } from '../../src/core/facts';

const nothing: ProjectSurvey = { ecosystems: [], reports: [], coverageJob: null, hasPipeline: false, hasLicense: true, badges: [], readme: null, published: null, place: null };

function read(survey: Partial<ProjectSurvey>) {
  const text = proposeConfig({ ...nothing, ...survey });
  const { definition, problems } = readGeneratorConfig(text, 'yaml');
  assert.deepEqual(problems, []);
  assert(definition);
  return { text, definition };
}

const report = (kind: SeenReport['kind'], path: string, job: string | null = null): SeenReport => ({ kind, path, job });
const values = (written: readonly { readonly value: unknown }[] | undefined) => written?.map(({ value }) => value);

describe('the proposed configuration', () => {
  it('asks for what everybody gets where nothing was seen', () => {
    const { definition } = read({});
    assert.deepEqual([definition.path?.value, definition.style?.value, definition.facts?.value], ['public/badges', 'flat', 'all']);
    assert.deepEqual(Object.keys(definition).sort(), ['facts', 'path', 'style']);
  });

  it('is a configuration without mistakes, too, where everything in comments counts', () => {
    const everything = read({}).text.replace(/^# (?=[a-z_]+:| )/gm, '');
    const { definition, problems } = readGeneratorConfig(everything, 'yaml');
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.keys(definition ?? {}).sort(), ['coverageReport', 'facts', 'findingsReport', 'junitXml', 'linkBadges', 'overrides', 'path', 'publish', 'staticBadges', 'style']);
  });

  const facts: readonly (readonly [what: string, survey: Partial<ProjectSurvey>, facts: unknown, why?: RegExp])[] = [
    ['a pipeline', { hasPipeline: true }, ['all', 'pipeline'], /^# pipeline: there is a pipeline$/m],
    ['a job that tells the coverage', { coverageJob: 'unit tests' }, ['all', 'coverage'], /^# coverage: .* job unit tests$/m],
    ['a coverage report besides', { coverageJob: 'unit', reports: [report('coverage', 'coverage.xml')] }, 'all'],
    ['code', { ecosystems: ['go'] }, ['all', 'top_language']],
    ['a badge of GitLab in the README', { readme: 'README.md', badges: [{ kind: 'fact', stem: 'release_version' }] }, ['all', 'release_version'], /^# release_version: README.md shows it$/m],
    ['a badge that everybody gets in the README', { badges: [{ kind: 'fact', stem: 'license_name' }] }, 'all'],
    ['no license', { hasLicense: false }, 'all', /license stays unknown/],
  ];
  for (const [what, survey, expected, why] of facts) {
    it(`says which facts there are with ${what}, and why`, () => {
      const { text, definition } = read(survey);
      assert.deepEqual(definition.facts?.value, expected);
      if (why) assert.match(text, why);
    });
  }

  it('takes the reports of jobs, and names the jobs', () => {
    const { text, definition } = read({ reports: [report('junit', 'a.xml', 'unit'), report('junit', 'b/**/*.xml', 'e2e'), report('findings', 'gl-code-quality-report.json', 'lint')] });
    assert.deepEqual([values(definition.junitXml), values(definition.findingsReport), definition.coverageReport], [['a.xml', 'b/**/*.xml'], ['gl-code-quality-report.json'], undefined]);
    assert.match(text, /The jobs unit, e2e of the pipeline make them\.\njunit_xml:\n {2}- a\.xml\n/);
    assert.match(text, /The job lint of the pipeline makes them\.\nfindings_report: gl-code-quality-report\.json\n/);
  });

  it('leaves out a report outside of the folder', () => {
    const { definition } = read({ reports: [report('junit', '../x.xml'), report('junit', '/abs/x.xml')] });
    assert.equal(definition.junitXml, undefined);
  });

  it('says how a project of a kind makes reports', () => {
    assert.match(read({ ecosystems: ['python', 'node'] }).text, /For example by pytest --junitxml=reports\/junit\.xml\.\n# junit_xml: reports\/junit\.xml\n/);
  });

  it('takes the badges of the README, each once', () => {
    const chat: SeenBadge = { kind: 'static', label: 'chat', message: 'join us', color: 'blue', link: 'https://example.org' };
    const badges: readonly SeenBadge[] = [chat, { ...chat, label: 'Chat' }, { ...chat, label: 'a/b' }, { ...chat, label: 'x', color: 'no colour' }, { kind: 'link', url: 'https://img.shields.io/npm/v/x' }, { kind: 'link', url: 'https://img.shields.io/npm/v/x' }];
    const { definition } = read({ badges, readme: 'README.md' });
    assert.deepEqual(values(definition.staticBadges), [{ label: 'chat', message: 'join us', color: 'blue', link: 'https://example.org' }]);
    assert.deepEqual(values(definition.linkBadges), ['https://img.shields.io/npm/v/x']);
  });

  it('keeps the badges that GitLab shows', () => {
    const badge = { name: 'pipeline', link_url: 'https://gitlab.example.com/%{project_path}', image_url: 'https://gitlab.example.com/%{project_path}/badges/%{default_branch}/pipeline.svg' };
    assert.deepEqual(values(read({ published: [badge] }).definition.publish?.project?.badges), [badge]);
  });

  it('shows how a badge on GitLab looks with the address and the job of this project', () => {
    const { text, definition } = read({ published: [], place: { instance: 'https://gitlab.acme.example/git', job: 'all badges' } });
    assert.equal(definition.publish, undefined);
    assert.match(text, /#\s+image_url: "https:\/\/gitlab\.acme\.example\/git\/%\{project_path\}\/-\/jobs\/artifacts\/.*\?job=all%20badges"/);
  });

  it('has no mistake, whatever was seen', () => {
    const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('a: b', '# x', '- y', "'", '"', '[a]', '{b}', 'true', '1.0', ' ', '*x', '&y', '../a', '/a', 'https://e.x/ä?b=c#d', 'red', '#4c1'));
    const survey = fc.record({
      ecosystems: fc.uniqueArray(fc.constantFrom(...ecosystems)),
      reports: fc.array(fc.record({ kind: fc.constantFrom('junit', 'coverage', 'findings'), path: text, job: fc.option(text) }), { maxLength: 4 }),
      coverageJob: fc.option(text),
      hasPipeline: fc.boolean(),
      hasLicense: fc.boolean(),
      badges: fc.array(
        fc.oneof(
          fc.record({ kind: fc.constant('static' as const), label: text, message: text, color: text, link: fc.option(text) }),
          fc.record({ kind: fc.constant('link' as const), url: fc.oneof(text, fc.webUrl()) }),
          fc.record({ kind: fc.constant('fact' as const), stem: fc.constantFrom(...factStems) }),
        ),
        { maxLength: 5 },
      ),
      readme: fc.option(fc.constantFrom('README.md', 'readme.adoc')),
      // Two of one name on GitLab are worth the warning that they get.
      published: fc.option(fc.uniqueArray(fc.record({ name: fc.option(fc.constantFrom('a', 'b', 'ü "x"')), link_url: fc.webUrl(), image_url: fc.webUrl({ withQueryParameters: true }) }), { maxLength: 3, selector: ({ name }) => name })),
      place: fc.option(fc.record({ instance: fc.constant('https://gitlab.example.com'), job: fc.option(text) })),
    }) satisfies fc.Arbitrary<ProjectSurvey>;
    fc.assert(fc.property(survey, (seen) => void read(seen)), { numRuns: 2000 });
  }).timeout(60_000);
});
