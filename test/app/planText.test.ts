import assert from 'node:assert/strict';
import { makePlan } from '../../src/app/plan';
import { planText } from '../../src/app/planText';
import { list, never, publishing, put, record, startStage, type Stage } from './publishing';

describe('planText', () => {
  let stage: Stage;
  beforeEach(async () => void (stage = await startStage()));
  afterEach(() => stage.gitlab.close());

  it('has old and new values of what changes, and targets that could not be planned', async () => {
    put(stage, stage.shop, [record('gone'), record('old name', 'x')]);
    const publish = publishing({ prune: true, project: list([record('new name', 'x')]), groups: { nobody: list([]) } });
    assert.deepEqual(planText(await makePlan(stage.ports(), { project: 'acme/web/shop', publish }, never)).split('\n'), [
      'project acme/web/shop: 1 to update, 1 to delete',
      '  ~ new name: name differs',
      '      name   - old name',
      '             + new name',
      '  - gone: not in the configuration',
      '      link   https://example.com/l',
      '      image  https://example.com/gone.svg',
      '',
      'group nobody: not planned',
      '  ! There is no group nobody on GitLab, or this token may not see it.',
    ]);
  });

  it('keeps a name with line breaks, which could look like another change, on its line', async () => {
    put(stage, stage.shop, [record('a\n  - all\u2028gone', 'x')]);
    const publish = publishing({ project: list([record('b\r\nc', 'x')]) });
    assert.deepEqual(planText(await makePlan(stage.ports(), { project: 'acme/web/shop', publish }, never)).split('\n').slice(1), ['  ~ b c: name differs', '      name   - a   - all gone', '             + b c']);
  });

  it('says where there is nothing', async () => {
    assert.equal(planText(await makePlan(stage.ports(), { project: 'acme/web/shop', publish: publishing({}) }, never)), 'There is nothing to plan.');
  });
});
