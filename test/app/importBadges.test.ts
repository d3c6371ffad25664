import assert from 'node:assert/strict';
import { importBadges, type ImportRequest } from '../../src/app/importBadges';
import { makePlan } from '../../src/app/plan';
import { readGeneratorConfig } from '../../src/config/generatorFile';
import { never, put, record, startStage, type Stage } from './publishing';

describe('importBadges', () => {
  let stage: Stage;
  beforeEach(async () => void (stage = await startStage()));
  afterEach(() => stage.gitlab.close());
  const imported = (request: Partial<ImportRequest> = {}) =>
    importBadges(stage.ports().connection, { project: 'acme/web/shop', groups: [], text: '', kind: 'yaml', ...request }, never);

  it('takes the own badges of the project, and of the groups that are named or listed', async () => {
    put(stage, stage.shop, [record('own')]);
    put(stage, stage.web, [record('of web')]);
    put(stage, stage.acme, [record('of acme')]);
    const result = await imported({ groups: ['ACME/web', 'acme'], text: 'publish:\n  groups:\n    acme/web:\n' });
    assert.deepEqual(result.imported.map(({ target, badge }) => [target.path, badge.name]), [['acme/web/shop', 'own'], ['acme/web', 'of web'], ['acme', 'of acme']]);
    const { publish } = readGeneratorConfig(result.text ?? '', 'yaml').definition ?? {};
    assert.deepEqual([...(publish?.groups.keys() ?? [])], ['acme/web', 'acme']);
    assert(publish);
    const { changes } = await makePlan(stage.ports(), { project: 'acme/web/shop', publish, prune: true }, never);
    assert(changes.length === 3 && changes.every(({ reason }) => reason === 'the same on GitLab'));
  });

  it('does not repeat what is there, by name or by image URL', async () => {
    put(stage, stage.shop, [record('same'), record('changed', 'now'), record(null, 'nameless'), record('new')]);
    const { name: _, ...nameless } = record(null, 'nameless');
    const text = JSON.stringify({ publish: { project: [record('same'), record('changed', 'wanted'), nameless] } });
    const result = await imported({ text });
    assert.deepEqual(result.imported.map(({ badge }) => badge.name), ['new']);
    assert((result.text ?? '').startsWith(text.slice(0, -3)));
  });

  it('does not repeat what has a wrong entry', async () => {
    put(stage, stage.shop, [record('a')]);
    const result = await imported({ text: 'publish:\n  project:\n    - name: a\n' });
    assert.deepEqual([result.imported, result.skipped.map(({ badge }) => badge.name)], [[], ['a']]);
    assert.match(result.skipped[0]?.reason ?? '', /correct that one/);
  });

  it('takes a group once, however often and in whatever letters it is named', async () => {
    put(stage, stage.web, [record('of web')]);
    const result = await imported({ groups: ['acme/web', 'Acme/Web', 'acme/web'] });
    assert.deepEqual(result.imported.map(({ target }) => target.path), ['acme/web']);
  });

  it('costs a group that is not there only itself', async () => {
    put(stage, stage.shop, [record('a')]);
    const result = await imported({ groups: ['nobody'] });
    assert.deepEqual([result.imported.length, result.failures.map(({ target, why }) => [target.path, why])], [1, [['nobody', 'not-found']]]);
  });

  it('says why a text cannot be added to, and gives none', async () => {
    put(stage, stage.shop, [record('a')]);
    const result = await imported({ text: 'publish: [\n' });
    assert.deepEqual([result.text, result.imported], [null, []]);
    assert.match(result.problem ?? '', /errors/);
  });
});
