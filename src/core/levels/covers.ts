import type { CheckDefinition } from './definition';
import { demandOf, type CountDemand, type FactsDemand } from './demand';

/** Whether facts that were fetched for one demand hold everything that another one of the same moment asks for. */
export function covers(fetched: FactsDemand, wanted: FactsDemand): boolean {
  return (
    coversCounts(fetched.commits, wanted.commits) &&
    wanted.issues.every(({ since }) => fetched.issues.some((each) => each.since === since)) &&
    coversCounts(fetched.releases, wanted.releases) &&
    coversCounts(fetched.packages, wanted.packages) &&
    wanted.pipelines.every((since) => fetched.pipelines.includes(since)) &&
    coversCounts(fetched.mergeRequests, wanted.mergeRequests) &&
    (fetched.members || !wanted.members) &&
    (fetched.protection || !wanted.protection) &&
    wanted.decisions.every((url) => fetched.decisions.includes(url)) &&
    (fetched.subsequentUse || !wanted.subsequentUse)
  );
}

/** Whether facts that were fetched for a demand hold what a check asks for. */
export function coversCheck(fetched: FactsDemand, check: CheckDefinition): boolean {
  const { range } = check;
  const level = { name: '', description: null, svgUrl: null, notNecessaryForNextHigherLevel: false, checks: [check], range };
  return covers(fetched, demandOf([{ id: '', description: null, levels: [level], range }], fetched.now));
}

/** A count is answered along the way by one that starts no later and asks for no less. */
function coversCounts(fetched: readonly CountDemand[], wanted: readonly CountDemand[]): boolean {
  return wanted.every(({ since, enough }) => fetched.some((each) => Date.parse(each.since) <= Date.parse(since) && (each.enough ?? Infinity) >= (enough ?? Infinity)));
}
