import type { ProjectFacts } from '../facts';
import { unmeasured, valueOf, type Measurement } from '../measurement';
import { listed } from '../words';

/** Organisations that reported productive use, each once. */
export function measureSubsequentUse(facts: ProjectFacts): Measurement {
  const reported = valueOf(facts.subsequentUse, 'the reports of productive use');
  if ('reason' in reported) return unmeasured(reported.reason);
  const names = [...new Set(reported.value)];
  const shown = names.slice(0, 5);
  return {
    kind: 'measured',
    value: names.length,
    say: (value, number) => `${value} ${number === 1 ? 'organisation reports' : 'organisations report'} productive use`,
    range: null,
    sample: names.length,
    evidence: names.length === 0 ? [] : [{ text: shown.length < names.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : listed(shown) }],
  };
}
