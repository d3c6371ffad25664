import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { configGlobs, jsonKinds, kindOf, shapeOf } from '../../../src/config/language/configFile';
import { schemaFiles, withGeneratedParts } from '../../../src/config/language/generated';
import { jsonSchemaOf } from '../../../src/config/language/jsonSchema';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: { readonly jsonValidation: readonly { readonly fileMatch: string; readonly url: string }[] };
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

describe('what is made from the tables of fields', () => {
  it('is up to date in media/schemas: npm run generate', () => {
    const files = schemaFiles();
    assert.deepEqual(readdirSync('media/schemas').sort(), Object.keys(files).sort());
    for (const [name, text] of Object.entries(files)) assert.equal(readFileSync(`media/schemas/${name}`, 'utf8'), text, name);
  });

  it('is up to date in README.md: npm run generate', () => {
    const readme = readFileSync('README.md', 'utf8');
    assert.equal(readme, withGeneratedParts(readme));
  });

  it('is given to VS Code for JSON files of ours alone', () => {
    const matched = manifest.contributes.jsonValidation.map(({ fileMatch, url }) => [fileMatch, url]);
    assert.deepEqual(matched, [
      ['public/badges/*.json', './media/schemas/endpoint.schema.json'],
      ['*.badge-decision.json', './media/schemas/decision.schema.json'],
      ['.badge-subsequent-use.json', './media/schemas/subsequent-use.schema.json'],
    ]);
    assert.deepEqual(jsonKinds.flatMap((kind) => configGlobs[kind]), matched.map(([glob]) => `**/${glob}`));
  });

  it('knows the configurations that start the extension, whatever language VS Code takes them for', () => {
    const files = manifest.activationEvents.flatMap((event) => (event.startsWith('workspaceContains:') ? [event.slice('workspaceContains:'.length)] : []));
    assert.deepEqual(files.map((file) => kindOf(file)).sort(), ['levels', 'pyproject', 'toml', 'yaml']);
  });
});

describe('a JSON Schema of fields', () => {
  it('says types, bounds, allowed values and what is needed', () => {
    const schema = jsonSchemaOf(shapeOf.endpoint, { title: 'T', description: 'D' }) as { $schema: string; required: string[]; additionalProperties: boolean; properties: Record<string, Record<string, unknown>> };
    assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
    assert.deepEqual(schema.required, ['schemaVersion', 'label', 'message']);
    assert.equal(schema.additionalProperties, false);
    assert.deepEqual([schema.properties['style']?.['enum'], schema.properties['cacheSeconds']?.['type'], schema.properties['cacheSeconds']?.['minimum']], [['flat', 'flat-square', 'plastic', 'for-the-badge', 'social'], 'integer', 0]);
    assert.equal(schema.properties['color']?.['default'], 'lightgrey');
  });

  it('marks an older spelling', () => {
    const text = JSON.stringify(jsonSchemaOf(shapeOf.levels, { title: 'T', description: 'D' }));
    assert.match(text, /"notNecessaryForNextHigherLevels":\{[^}]*"deprecated":true/);
  });
});
