import type { CheckDefinition } from '../definition';
import type { ProjectFacts } from '../facts';
import { unmeasured, valueOf, type Measurement } from '../measurement';
import type { Evidence } from '../result';

/** Whether the decision JSON of the check grants it to the project: 1 or 0. */
export function measureDecision(check: CheckDefinition, facts: ProjectFacts): Measurement {
  const url = check.decisionJsonUrl;
  if (url === null) return unmeasured('the check has no decisionJsonUrl: add the address of the JSON that lists the projects it is granted to');
  const decision = valueOf(facts.decisions.get(url), 'the decisions');
  if ('reason' in decision) return unmeasured(decision.reason);
  const { granted, by, ignored } = decision.value;
  const file = fileName(url);
  const evidence: Evidence[] = [
    ...(by ? [{ text: `${by.list} of ${file} has ${JSON.stringify(shorten(by.entry))}` }] : []),
    // Where it is open because of them, the reason names them.
    ...(granted === null ? [] : ignored.map((text) => ({ text: `not used in ${file}: ${text}` }))),
  ];
  return {
    kind: 'measured',
    value: granted ? 1 : 0,
    ...(granted === null && { gap: `not all of it could be used: ${ignored.join('; ')}` }),
    say: () => (granted ? `granted by ${file}` : `not granted by ${file}`),
    range: null,
    sample: null,
    evidence,
  };
}

/** The last part of the path: a query may hold a secret. */
function fileName(url: string): string {
  const [path = url] = url.split(/[?#]/);
  return path.split('/').at(-1) || path;
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
