import assert from 'node:assert/strict';
import { readGeneratorConfig } from '../../src/config/generatorFile';
import { configTemplate } from '../../src/extension/configTemplate';

describe('the configuration to start from', () => {
  it('has no problems', () => assert.deepEqual(readGeneratorConfig(configTemplate, 'yaml').problems, []));

  it('has no problems with its examples turned on', () => {
    const everything = configTemplate.replace(/^# (?=[a-z_]+:| )/gm, '');
    assert.notEqual(everything, configTemplate);
    const { problems, definition } = readGeneratorConfig(everything, 'yaml');
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.keys(definition ?? {}).sort(), ['facts', 'junitXml', 'linkBadges', 'overrides', 'path', 'staticBadges', 'style']);
  });
});
