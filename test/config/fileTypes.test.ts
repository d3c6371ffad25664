import assert from 'node:assert/strict';
import type { DecisionFile } from '../../src/config/decisionFields';
import type { EndpointFile } from '../../src/config/endpointFields';
import type { GeneratorFile } from '../../src/config/fields';
import { readJsonTree } from '../../src/config/jsonTree';
import { shapeOf, type ConfigKind } from '../../src/config/language/configFile';
import type { LevelsFile } from '../../src/config/levelsFields';
import type { SubsequentUseFile } from '../../src/config/subsequentUseFields';
import { validate } from '../../src/config/validate';

/* What the compiler takes as a file is what the tables of fields take, and what it refuses is what they refuse. */

const codesOf = (kind: ConfigKind, file: unknown): readonly string[] => {
  const { root } = readJsonTree(JSON.stringify(file));
  assert.ok(root);
  return validate(root, shapeOf[kind]).problems.map(({ code }) => code);
};

const check = { type: 'COMMITS', threshold: { timeRangeInMonths: 6, min: 5 } } as const;

describe('the type of a file', () => {
  it('is that of its table', () => {
    const generator: GeneratorFile = {
      path: 'public',
      style: 'flat',
      facts: ['name'],
      junit_xml: 'a.xml',
      coverage_report: ['b.xml'],
      static_badges: [['a', 'b', 'red'], { label: 'a', message: 'b' }],
      badges: { name: { color: { 0: 'red', 80: 'green' }, prerelease: true } },
      publish: { prune: true, project: [{ link_url: 'https://example.org', image_url: 'https://example.org/a.svg' }], groups: { acme: [] } },
    };
    const levels: LevelsFile = { badges: [{ id: 'a', levels: [{ name: 'b', notNecessaryForNextHigherLevel: true, checks: [check] }] }], gitClients: [{ baseUrl: 'https://gitlab.example.com', maxRequestsPerSecond: 0.5 }] };
    const endpoint: EndpointFile = { schemaVersion: 1, label: 'a', message: 'b', logoSize: 'auto' };
    const decision: DecisionFile = { granted: ['https://example.org/a'] };
    const use: SubsequentUseFile = { 'https://example.org/a': ['City of Example'] };
    assert.deepEqual([codesOf('yaml', generator), codesOf('levels', levels), codesOf('endpoint', endpoint), codesOf('decision', decision), codesOf('subsequentUse', use)], [[], [], [], [], []]);
  });

  it('refuses what the table refuses', () => {
    // @ts-expect-error There is no such style.
    const style: GeneratorFile = { style: 'flatt' };
    // @ts-expect-error The key has a typing error.
    const key: GeneratorFile = { sytle: 'flat' };
    // @ts-expect-error A colour is missing.
    const row: GeneratorFile = { static_badges: [['a', 'b']] };
    // @ts-expect-error A published badge needs an image.
    const published: GeneratorFile = { publish: { project: [{ link_url: 'https://example.org' }] } };
    assert.deepEqual([style, key, row, published].map((file) => codesOf('yaml', file)), [['unknown-value'], ['unknown-key'], ['row-length'], ['missing-key']]);
    // @ts-expect-error A level needs checks.
    const level: LevelsFile = { badges: [{ id: 'a', levels: [{ name: 'b' }] }] };
    // @ts-expect-error A number is no text.
    const bound: LevelsFile = { badges: [{ id: 'a', levels: [{ name: 'b', checks: [{ ...check, threshold: { min: '5' } }] }] }] };
    assert.deepEqual([level, bound].map((file) => codesOf('levels', file)), [['missing-key'], ['wrong-type']]);
    // @ts-expect-error The version is missing.
    const endpoint: EndpointFile = { label: 'a', message: 'b' };
    assert.deepEqual(codesOf('endpoint', endpoint), ['missing-key']);
  });
});
