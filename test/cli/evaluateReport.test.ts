import assert from 'node:assert/strict';
import type { ResultSet } from '../../src/app/mergeResults';
import type { ProjectResult } from '../../src/app/resultFolder';
import type { EvaluateFormat } from '../../src/cli/evaluateOptions';
import { ladders, resultLine, writeReport } from '../../src/cli/evaluateReport';
import { badge, check, evaluation, now, result } from '../app/results';

function setOf(...results: readonly (ProjectResult | string)[]): ResultSet {
  return {
    server: 'https://gitlab.example.com',
    now,
    places: { uri: '.badge-api.yaml', badges: [] },
    requests: 12,
    // eslint-disable-next-line @typescript-eslint/require-await
    async *results() {
      for (const each of results) yield typeof each === 'string' ? { path: each, result: null } : { path: each.evaluation.project, result: each };
    },
  };
}

async function written(format: EvaluateFormat, set: ResultSet): Promise<string> {
  let text = '';
  await writeReport(set, format, { version: '1.2.3', stdout: { write: (piece) => (text += piece) } });
  return text;
}

describe('the report of evaluate', () => {
  it('is one JSON document, indented as one', async () => {
    const shop = result(7, 'acme/shop', { archived: true });
    const text = await written('json', setOf(shop, 'acme/interrupted', result(8, 'acme/web')));
    const { badges } = shop.evaluation;
    const expected = {
      now,
      server: 'https://gitlab.example.com',
      projects: [
        { project: 'acme/shop', webUrl: 'https://gitlab.example.com/acme/shop', archived: true, badges },
        { project: 'acme/web', webUrl: 'https://gitlab.example.com/acme/web', archived: false, badges },
      ],
      requests: 12,
    };
    assert.equal(text, `${JSON.stringify(expected, null, 2)}\n`);
    assert.equal(await written('json', setOf()), `${JSON.stringify({ ...expected, projects: [] }, null, 2)}\n`);
  });

  it('shows the ladder of a project, words before signs', () => {
    const levels = badge('maintained', [true, false, null]);
    const open = { ...check('unknown'), summary: 'bus factor unknown: GitLab answered 403', evidence: [] };
    const gold = { ...(levels.levels[2] ?? assert.fail()), checks: [check('pass'), open] };
    const badges = [{ ...levels, levels: [...levels.levels.slice(0, 2), gold] }, { ...badge('broken', []), summary: 'could not be determined: mend it' }];
    const text = ladders(result(7, 'acme/shop', { evaluation: evaluation('acme/shop', ...badges) }), now);
    assert.equal(
      text,
      [
        `acme/shop, as of ${now}`,
        '',
        'maintained: bronze',
        '  bronze: reached',
        '    passed  ✓  3 commits since 5 September 2025, needs 5',
        '  silver: 1 check missing',
        '    failed  ✗  3 commits since 5 September 2025, needs 5',
        '               3 commits on the default branch https://gitlab.example.com/acme/shop/-/commits',
        '  gold: needs silver first',
        '    passed  ✓  3 commits since 5 September 2025, needs 5',
        '    unknown ?  bus factor unknown: GitLab answered 403',
        '',
        'broken: could not be determined: mend it',
        '',
      ].join('\n'),
    );
  });

  it('says why nothing of a project could be read', () => {
    assert.equal(ladders(result(7, 'acme/shop', { archived: true, evaluation: { ...evaluation('acme/shop'), reason: 'GitLab answered 404' } }), now), `acme/shop (archived), as of ${now}: GitLab answered 404\n`);
  });

  it('shows a table of several projects and how many are at each level', async () => {
    const set = setOf(
      result(1, 'acme/api', { evaluation: evaluation('acme/api', badge('maintained', [true, true, null]), badge('open-source', [true])) }),
      result(2, 'acme/old', { archived: true, evaluation: evaluation('acme/old', badge('maintained', [false, false, false]), badge('open-source', [false])) }),
      result(3, 'acme/web', { evaluation: { ...evaluation('acme/web', badge('maintained', [null, null, null]), badge('open-source', [null])), reason: 'GitLab answered 502' } }),
      'acme/interrupted',
      result(4, 'acme/web/shop', { evaluation: evaluation('acme/web/shop', badge('maintained', [true, true, false]), badge('open-source', [true])) }),
      // A lower level that could not be determined leaves no doubt about the one reached.
      result(5, 'acme/web/zoo', { evaluation: evaluation('acme/web/zoo', badge('maintained', [null, true, false]), badge('open-source', [true])) }),
    );
    assert.equal(
      await written('text', set),
      [
        'project              maintained       open-source',
        'acme/api             at least silver  bronze',
        'acme/old (archived)  not reached      not reached',
        'acme/web             unknown          unknown',
        'acme/web/shop        silver           bronze',
        'acme/web/zoo         silver           bronze',
        '',
        'maintained: 0 gold, 3 silver, 0 bronze, 1 not reached, 1 unknown',
        'open-source: 3 bronze, 1 not reached, 1 unknown',
        '5 projects, 1 archived',
        '',
        'Could not be read:',
        '  acme/web: GitLab answered 502',
        '',
      ].join('\n'),
    );
  });

  it('puts a project into one line', () => {
    assert.equal(resultLine(evaluation('acme/shop', badge('maintained'), badge('open-source', [false]))), 'acme/shop: maintained bronze, open-source not reached');
    assert.equal(resultLine({ ...evaluation('acme/shop', badge('maintained')), reason: 'GitLab answered 404' }), 'acme/shop: GitLab answered 404');
  });

  it('does not steer the terminal', async () => {
    const evil = evaluation('acme/\u001b[31mshop', { ...badge('a\u202eb'), summary: '\u001b]0;x\u0007' });
    for (const text of [ladders(result(1, 'acme/x', { evaluation: evil }), now), await written('text', setOf(result(1, 'acme/x', { evaluation: evil })))]) {
      assert(!/[\u001b\u0007\u202e]/.test(text), JSON.stringify(text));
    }
  });
});
