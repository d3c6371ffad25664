import type { Fact } from '../../core/fact';
import { accessLevels } from '../../core/accessLevel';
import type { CountDemand } from '../../core/levels/demand';
import type { MergeRequestFact, Window } from '../../core/levels/facts';
import { getApprovers, listMergedMergeRequests, queryMergedMergeRequests } from '../../gitlab/mergeRequests';
import { inParallel } from '../parallel';
import { overGraphQL } from '../overGraphQL';
import type { Reading } from './reading';
import { planWindow } from './windowPlan';

/** The merge requests that were merged, with whoever approved them where that can matter: one that a maintainer merged needs nobody else. */
export async function readMergeRequests(reading: Reading, demands: readonly CountDemand[], members: Promise<Fact<ReadonlyMap<string, number>>>): Promise<Window<MergeRequestFact>> {
  const { connection, project, askProject, now, signal } = reading;
  const plan = planWindow(demands, now);
  const merged = await overGraphQL(
    () => queryMergedMergeRequests(askProject, plan.range),
    async () => {
      const listed = await listMergedMergeRequests(connection, project, plan.days.since, plan.range, signal);
      const list = await members;
      const needsApproval = (user: string | null) => list.status === 'known' && (user === null || (list.value.get(user.toLowerCase()) ?? 0) < accessLevels.maintainer);
      return inParallel(listed, mostAtOnce, signal, async (each) => ({
        ...each,
        approvedBy: needsApproval(each.mergedBy) ? await getApprovers(connection, project, each.iid, signal) : [],
      }));
    },
  );
  return plan.window(merged.map(({ iid, webUrl, mergedAt, author, mergedBy, approvedBy }) => ({ at: mergedAt, iid, url: webUrl, author, mergedBy, approvedBy })), true);
}

/** The connection limits requests; this keeps its queue short. */
const mostAtOnce = 10;
