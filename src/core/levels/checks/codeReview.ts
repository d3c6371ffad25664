import { accessLevels } from '../../accessLevel';
import type { MergeRequestFact, ProjectFacts } from '../facts';
import { unmeasured, valueOf, type Measurement } from '../measurement';
import { excerpt, type CheckRange } from '../window';
import { counted, dayText } from '../words';

/**
 * The share in percent of the merge requests merged in the range that were reviewed: merged by a maintainer, or by somebody
 * else with a maintainer's approval.
 */
export function measureCodeReview(range: CheckRange, facts: ProjectFacts): Measurement {
  const mergeRequests = valueOf(facts.mergeRequests, 'the merge requests');
  if ('reason' in mergeRequests) return unmeasured(mergeRequests.reason, { range });
  const { items, gap } = excerpt(mergeRequests.value, range);
  const since = `since ${dayText(range.from, range.to)}`;
  if (gap !== null) return unmeasured(gap, { range, sample: items.length });
  if (items.length === 0) return unmeasured(`there is nothing to judge, no merge request was merged ${since}`, { range, sample: 0 });
  const members = valueOf(facts.members, 'the members');
  if ('reason' in members) return unmeasured(members.reason, { range, sample: items.length });

  const isMaintainer = (username: string | null) => username !== null && (members.value.get(username.toLowerCase()) ?? 0) >= accessLevels.maintainer;
  const unreviewed = items.filter(({ mergedBy, approvedBy }) => !isMaintainer(mergedBy) && !approvedBy.some(isMaintainer));
  const percent = ((items.length - unreviewed.length) * 100) / items.length;
  return {
    kind: 'measured',
    value: percent,
    say: (value) => `${value} % of ${counted(items.length, 'merge request')} ${since} reviewed`,
    range,
    sample: items.length,
    evidence: [
      { text: `${unreviewed.length} of ${counted(items.length, 'merge request')} without the review of a maintainer`, url: `${facts.project.webUrl}/-/merge_requests?state=merged` },
      ...unreviewed.slice(0, 5).map(unreviewedText),
    ],
  };
}

function unreviewedText({ iid, url }: MergeRequestFact) {
  return { text: `!${iid} was merged without it`, ...(url !== null && { url }) };
}
