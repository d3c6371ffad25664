import type { ProjectFacts } from '../facts';
import { notFetched, unmeasured, type Measurement } from '../measurement';
import type { CheckRange } from '../window';
import { counted, dayText } from '../words';

/** Successful pipelines in the range; since a later moment, they are a lower bound. */
export function measurePipelines(range: CheckRange, facts: ProjectFacts): Measurement {
  const start = Date.parse(range.from);
  const counts = [...facts.pipelines].map(([since, fact]) => ({ since, time: Date.parse(since), fact }));
  const exact = counts.find(({ time }) => time === start);
  if (exact && exact.fact.status !== 'known') return unmeasured(exact.fact.reason, { range });

  const later = counts.flatMap(({ since, time, fact }) => (time >= start && fact.status === 'known' ? [{ since, time, ...fact.value }] : []));
  const [longest] = later.sort((a, b) => a.time - b.time);
  if (!longest) return unmeasured(notFetched('the pipelines'), { range });
  const { since, successful, all } = longest;
  return {
    kind: 'measured',
    value: successful,
    ...(!exact && { gap: 'the facts were fetched for a shorter range: evaluate again' }),
    say: (value, number) => `${value} ${number === 1 ? 'successful pipeline' : 'successful pipelines'} since ${dayText(range.from, range.to)}`,
    range,
    sample: all,
    evidence: [
      { text: `${successful} of ${counted(all, 'pipeline')} since ${dayText(since, range.to)} succeeded`, url: `${facts.project.webUrl}/-/pipelines?status=success` },
    ],
  };
}
