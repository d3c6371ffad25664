import assert from 'node:assert/strict';
import { roleName } from '../../src/core/accessLevel';

describe('roleName', () => {
  for (const [level, name] of [[0, 'no role'], [4, 'no role'], [5, 'Minimal Access'], [10, 'Guest'], [15, 'Planner'], [20, 'Reporter'], [29, 'Reporter'], [30, 'Developer'], [40, 'Maintainer'], [50, 'Owner'], [60, 'Administrator']] as const) {
    it(`calls ${level} ${name}`, () => assert.equal(roleName(level), name));
  }
});
