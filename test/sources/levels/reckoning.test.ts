import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { checkTypes, type CheckDefinition, type LevelsDefinition } from '../../../src/core/levels/definition';
import { demandOf } from '../../../src/core/levels/demand';
import { evaluateProject } from '../../../src/core/levels/evaluate';
import type { CheckResult } from '../../../src/core/levels/result';
import { badge, check, definition as definitionOf, level } from '../../core/levels/builders';
import { FakeData, type FakeProject } from '../../fakes/gitlab/data';
import type { GraphqlAge } from '../../fakes/gitlab/graphql/schema';
import { startFakeGitLab } from '../../fakes/gitlab/server';
import { collect, connect } from './collecting';
import { addRandomProject, chooser, randomNumbers, type Choose } from './randomProject';
import { monthsBefore, reckon } from './reckon';

const ranges = [null, 1, 3, 6, 12];
const moments = ['2026-03-31T12:00:00.000Z', '2024-02-29T00:00:00.000Z', '2026-11-28T12:34:56.789Z', '2026-05-31T23:59:59.999Z', '2026-12-31T23:00:00.500Z'];
const measured = checkTypes.filter((type) => type !== 'MANUAL' && type !== 'SUBSEQUENT_USE');

/** Checks of random types, ranges and bounds. */
function randomChecks({ chance, pick, times }: Choose): CheckDefinition[] {
  return times([2, 5, 8], () => {
    const type = pick(measured);
    const bound = pick(type === 'PROTECTED_BRANCHES' ? [0, 30, 40, 60, 100] : type === 'CODE_REVIEW' ? [0, 33.3, 50, 100] : type === 'ISSUE_REACTION_TIME' ? [0.5, 3, 30] : [0, 1, 2, 2.5, 5, 30, 130]);
    const months = pick(ranges);
    const isUpper = type === 'ISSUE_REACTION_TIME' || chance(0.15);
    return check(type, { ...(months !== null && { months }), ...(isUpper ? { max: bound } : { min: bound }) });
  });
}

interface Random {
  readonly data: FakeData;
  readonly project: FakeProject;
  readonly now: string;
  readonly checks: readonly CheckDefinition[];
  readonly definition: LevelsDefinition;
}

function randomOf(seed: number): Random {
  const choose = chooser(randomNumbers(seed));
  const now = choose.pick(moments);
  const data = new FakeData();
  const project = addRandomProject(data, choose, now, ranges.map((months) => monthsBefore(now, months)));
  const checks = randomChecks(choose);
  const definition = definitionOf([badge('all', [level('gold', checks)])], { personalEmailDomains: choose.some(['gmail.com', 'gmx.de'], 0.7) });
  return { data, project, now, checks, definition };
}

async function evaluated({ data, now, definition }: Random, age: GraphqlAge | null): Promise<readonly CheckResult[]> {
  const gitlab = await startFakeGitLab({ data, now: () => new Date(now), ...(age && { graphqlAge: age }) });
  if (!age) gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action: { status: 404, body: { error: '404 Not Found' } } });
  try {
    const { badges } = evaluateProject(definition, await collect(connect(gitlab), demandOf(definition.badges, now)), now);
    return badges[0]?.levels[0]?.checks ?? [];
  } finally {
    await gitlab.close();
  }
}

describe('the checks of random projects', () => {
  for (const [what, age] of [['over REST alone', null], ['on a current server', 'current'], ['on a server before commits', 'before-commits'], ['on an old server', 'old']] as const) {
    it(`come to what their definitions say ${what}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.noShrink(fc.integer()), async (seed) => {
          const random = randomOf(seed);
          const { project, checks, definition: { personalEmailDomains } } = random;
          const results = await evaluated(random, age);
          checks.forEach((definition, index) => {
            const { outcome, value, atLeast, summary } = results[index] ?? assert.fail();
            const expected = reckon(definition, project, { ...random, personalEmailDomains, committers: age === 'current' });
            const about = `${definition.type} ${JSON.stringify(definition.threshold)}: ${summary}; expected ${JSON.stringify(expected)}`;
            assert.equal(outcome, expected.outcome, about);
            if (atLeast) assert.ok((value ?? Infinity) <= (expected.value ?? -Infinity), about);
            else assert.equal(value?.toFixed(9), expected.value?.toFixed(9), about);
          });
        }),
        { numRuns: 12 },
      );
    });
  }
});
