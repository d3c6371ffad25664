import assert from 'node:assert/strict';
import fc from 'fast-check';
import { complaintsAboutBadgeUrl } from '../../src/config/badgeUrl';
import { fileSources, optionComplaint, optionsOf, readyBadge, readyKinds, readyOptionNames, readyOptions, recogniseReady, type ReadyKind, type ReadyOptionName, type ReadyOptions } from '../../src/core/readyBadges';

const place = { instance: 'https://gitlab.example.com/git', path: 'public/badges', pages: 'https://acme.pages.example.com/shop' };
const project = 'https://gitlab.example.com/git/%{project_path}';

describe('a ready-made badge', () => {
  const images: readonly (readonly [ReadyKind, ReadyOptions, string])[] = [
    ['pipeline', {}, `${project}/badges/%{default_branch}/pipeline.svg`],
    ['pipeline', { branch: 'feature/a b', style: 'flat-square', key_text: 'build & test', ignore_skipped: 'true', key_width: '90' }, `${project}/badges/feature/a%20b/pipeline.svg?ignore_skipped=true&key_text=build%20%26%20test&style=flat-square&key_width=90`],
    ['pipeline', { style: 'flat', job: 'of another kind' }, `${project}/badges/%{default_branch}/pipeline.svg`],
    ['coverage', { job: 'unit tests', min_good: '90', min_acceptable: '80', min_medium: '60' }, `${project}/badges/%{default_branch}/coverage.svg?job=unit%20tests&min_good=90&min_acceptable=80&min_medium=60`],
    ['release', { key_text: 'version', order_by: 'released_at' }, `${project}/-/badges/release.svg?key_text=version`],
    ['release', { order_by: 'created_at', value_width: '120' }, `${project}/-/badges/release.svg?order_by=created_at&value_width=120`],
    ['text', { key_text: 'latest', value_text: 'tag %{latest_tag}', key_color: '#fff', value_color: 'blue' }, `${project}/-/badges/custom.svg?key_text=latest&value_text=tag%20%{latest_tag}&key_color=%23fff&value_color=blue`],
    ['generated', { stem: 'open_issues', job: 'badges' }, `${project}/-/jobs/artifacts/%{default_branch}/raw/public/badges/open_issues.svg?job=badges`],
    ['generated', { stem: 'open_issues', job: 'badges', from: 'repository', branch: 'dev' }, `${project}/-/raw/dev/public/badges/open_issues.svg`],
    ['leveled', { stem: 'maintained', from: 'pages' }, 'https://acme.pages.example.com/shop/badges/maintained.svg'],
    ['own', {}, ''],
  ];
  for (const [kind, options, image] of images) it(`${kind} ${JSON.stringify(options)} has its image`, () => assert.equal(readyBadge(kind, options, place).image_url, image));

  const anyOptions: fc.Arbitrary<ReadyOptions> = fc.record(
    Object.fromEntries(readyOptionNames.map((name) => [name, name === 'from' ? fc.constantFrom('', ...fileSources) : fc.oneof(fc.constantFrom('', 'a/b c', '"%"', '%{project_id}', 'ü#?&=%{x}'), fc.string({ maxLength: 6 }))])),
    { requiredKeys: [] },
  );
  const anyKind = fc.constantFrom(...readyKinds);

  it('has URLs that GitLab takes, whatever the options', () => {
    fc.assert(
      fc.property(anyKind, anyOptions, (kind, options) => {
        if (kind === 'own') return;
        const badge = readyBadge(kind, options, place);
        for (const url of [badge.link_url, badge.image_url]) assert.deepEqual(complaintsAboutBadgeUrl(url).filter(({ code }) => code !== 'secret-in-url'), [], url);
      }),
    );
  });

  it('is recognised by its image', () => {
    fc.assert(
      fc.property(anyKind, anyOptions, (kind, options) => {
        if (kind === 'own') return;
        const { image_url } = readyBadge(kind, options, place);
        const found = recogniseReady(image_url, place);
        if (found) assert.equal(readyBadge(found.kind, found.options, place).image_url, image_url);
        const isPlain = Object.values(options).every((value) => value !== '%{default_branch}') && (kind === 'pipeline' || kind === 'release' || kind === 'text');
        if (isPlain) assert.equal(found?.kind, kind);
      }),
    );
  });

  const recognised: readonly (readonly [ReadyKind, ReadyOptions])[] = [
    ['coverage', { branch: 'a/b', job: 'unit tests', min_good: '90' }],
    ['text', { key_text: 'latest', value_text: '100% %{latest_tag}' }],
    ['generated', { stem: 'größe 2', job: 'badges' }],
    ['generated', { stem: 'a', from: 'repository', branch: 'x/raw/y' }],
    ['generated', { stem: 'a', from: 'pages' }],
  ];
  for (const [kind, options] of recognised) {
    it(`${kind} ${JSON.stringify(options)} is recognised with its options`, () => assert.deepEqual(recogniseReady(readyBadge(kind, options, place).image_url, place), { kind, options }));
  }

  const foreign = [
    'https://example.com/%{project_path}/badges/main/pipeline.svg',
    `${project}/badges/main/pipeline.svg?style=flat`,
    `${project}/badges/main/pipeline.svg?other=1`,
    `${project}/badges/main/pipeline.svg?key_text=100%`,
    `${project}/-/raw/main/elsewhere/a.svg`,
    '',
  ];
  for (const url of foreign) it(`is none of ${url || 'nothing'}`, () => assert.equal(recogniseReady(url, place), null));

  it('has options that all have a rule, and no other', () => {
    for (const kind of readyKinds) for (const name of Object.keys(readyOptions[kind])) assert.ok((readyOptionNames as readonly string[]).includes(name), name);
  });

  it('asks for a job and a branch only where they count', () => {
    const names = (from: string) => optionsOf('generated', { from }).map(([name]) => name);
    assert.deepEqual([names(''), names('artifact'), names('repository'), names('pages')], [['stem', 'from', 'job', 'branch'], ['stem', 'from', 'job', 'branch'], ['stem', 'from', 'branch'], ['stem', 'from']]);
  });
});

describe('what GitLab makes of an option', () => {
  const cases: readonly (readonly [ReadyKind, ReadyOptionName, string, ReadyOptions, RegExp | null])[] = [
    ['pipeline', 'key_width', '0', {}, /1 to 512.* 62 counts/],
    ['pipeline', 'key_width', '1', {}, null],
    ['pipeline', 'key_width', '512', {}, null],
    ['pipeline', 'key_width', '513', {}, /62/],
    ['release', 'key_width', 'x', {}, /90/],
    ['release', 'value_width', '200', {}, null],
    ['release', 'value_width', '201', {}, /54/],
    ['release', 'order_by', 'release_at', {}, /released_at and created_at/],
    ['pipeline', 'key_text', 'x'.repeat(64), {}, null],
    ['pipeline', 'key_text', 'x'.repeat(65), {}, /64 characters/],
    ['release', 'key_text', 'x'.repeat(65), {}, null],
    ['text', 'value_text', 'x'.repeat(129), {}, /128/],
    ['coverage', 'min_good', '2', {}, /3 to 100.* 95/],
    ['coverage', 'min_good', '100', {}, null],
    ['coverage', 'min_good', '90.5', {}, /3 to 100/],
    ['coverage', 'min_acceptable', '94', {}, null],
    ['coverage', 'min_acceptable', '95', {}, /2 to 94.* 90/],
    ['coverage', 'min_acceptable', '85', { min_good: '80' }, /2 to 79.* 79 counts/],
    ['coverage', 'min_medium', '89', {}, null],
    ['coverage', 'min_medium', '79', { min_good: '80' }, /1 to 78.* 75/],
    ['coverage', 'min_medium', '5', { min_good: '3' }, /1 to 1.* 1 counts/],
    ['text', 'key_color', 'fff', {}, null],
    ['text', 'key_color', '#7bc043', {}, null],
    ['text', 'key_color', 'f2a', {}, /three equal/],
    ['text', 'key_color', 're', {}, /colour/],
    ['text', 'key_color', 'lightgoldenrodyellow', {}, null],
    ['pipeline', 'ignore_skipped', 'true', {}, null],
    ['own', 'branch', 'x', {}, null],
  ];
  for (const [kind, name, value, others, expected] of cases) {
    it(`${name}=${value.slice(0, 10)} of ${kind}${others.min_good ? ` below ${others.min_good}` : ''}: ${expected ? 'another' : 'as it is'}`, () => {
      const complaint = optionComplaint(kind, name, { ...others, [name]: value });
      if (expected) assert.match(complaint ?? '', expected);
      else assert.equal(complaint, null);
    });
  }
});
