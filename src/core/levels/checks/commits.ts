import type { ProjectFacts } from '../facts';
import type { Measurement } from '../measurement';
import type { CheckRange } from '../window';
import { counted } from '../words';
import { measureCount, readPart } from './count';

/** Commits of the default branch in the range, merges and bots included. */
export function measureCommits(range: CheckRange, facts: ProjectFacts): Measurement {
  const commits = readPart(facts.commits, 'the commits', range);
  const bots = commits.items.filter((commit) => commit.bot).length;
  return measureCount(commits.items.length, ['commit', 'commits'], [commits], range, [
    {
      text: `${counted(commits.items.length, 'commit')} on the default branch${bots > 0 ? `, ${bots} of them by bots` : ''}`,
      url: `${facts.project.webUrl}/-/commits`,
    },
  ]);
}
