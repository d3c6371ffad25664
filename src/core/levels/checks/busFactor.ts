import type { ProjectFacts } from '../facts';
import type { Measurement } from '../measurement';
import type { CheckRange } from '../window';
import { counted } from '../words';
import { measureFactor, sharesText, type FactorKind } from './factor';

/** The smallest number of people who together made at least half of the commits in the range. A person is an address. */
export function measureBusFactor(range: CheckRange, facts: ProjectFacts): Measurement {
  return measureFactor(busFactor, range, facts);
}

const busFactor: FactorKind = {
  name: 'bus factor',
  noun: ['address', 'addresses'],
  ownerOf: (commit) => (commit.bot ? null : commit.author),
  nobody: 'no commits but those of bots',
  evidence: (byOwner, leftOut) => {
    const shares = [...byOwner.values()].map(({ commits }) => commits);
    return [
      ...(shares.length > 0 ? [{ text: `${counted(shares.length, 'address', 'addresses')} made the commits: ${sharesText(shares)}` }] : []),
      ...(leftOut.length > 0 ? [{ text: `${counted(leftOut.length, 'commit')} by bots left out` }] : []),
    ];
  },
};
