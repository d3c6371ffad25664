import type { CommitFact, ProjectFacts } from '../facts';
import type { CheckContext, Measurement } from '../measurement';
import type { CheckRange } from '../window';
import { counted } from '../words';
import { measureFactor, sharesText, type Tally } from './factor';

/** The smallest number of organisations whose people together made at least half of the commits that any organisation made. */
export function measureElephantFactor(range: CheckRange, facts: ProjectFacts, { personalEmailDomains }: CheckContext): Measurement {
  const isPersonal = personalAddresses(personalEmailDomains);
  return measureFactor(
    {
      name: 'elephant factor',
      noun: ['organisation', 'organisations'],
      ownerOf: (commit) => (commit.bot || isPersonal(commit.author) ? null : commit.organisation),
      nobody: 'no commits from an address of an organisation',
      evidence,
    },
    range,
    facts,
  );
}

/** Whether an address stands for no organisation, remembered, since a few people make most commits. */
function personalAddresses(personalEmailDomains: readonly string[]): (address: string) => boolean {
  const known = new Map<string, boolean>();
  return (address) => {
    const personal = known.get(address) ?? isPersonalHost(address.slice(address.lastIndexOf('@') + 1), personalEmailDomains);
    known.set(address, personal);
    return personal;
  };
}

function isPersonalHost(host: string, personalEmailDomains: readonly string[]): boolean {
  // Where GitLab and others put people who hide their address.
  if (host.startsWith('users.noreply.')) return true;
  return personalEmailDomains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

function evidence(byOrganisation: ReadonlyMap<string, Tally>, leftOut: readonly CommitFact[]) {
  const largest = [...byOrganisation].sort(([nameA, a], [nameB, b]) => b.commits - a.commits || (nameA < nameB ? -1 : 1));
  const shares = largest.map(([, { commits }]) => commits);
  // The domain of a single address may be a person's own, and so as good as the address.
  const named = largest.filter(([, { authors }]) => authors.size > 1).slice(0, 5);
  const bots = leftOut.filter((commit) => commit.bot).length;
  const personal = leftOut.length - bots;
  return [
    ...(shares.length > 0 ? [{ text: `${counted(shares.length, 'organisation')} made the commits: ${sharesText(shares)}` }] : []),
    ...named.map(([name, { commits, authors }]) => ({ text: `${name}: ${counted(commits, 'commit')} by ${authors.size} addresses` })),
    ...(personal > 0 ? [{ text: `${counted(personal, 'commit')} from addresses of no organisation left out` }] : []),
    ...(bots > 0 ? [{ text: `${counted(bots, 'commit')} by bots left out` }] : []),
  ];
}
