import type { CountDemand } from '../../core/levels/demand';
import type { CommitFact, Window } from '../../core/levels/facts';
import { listCommits, type ListedCommit } from '../../gitlab/commits';
import type { Reading } from './reading';
import { planWindow } from './windowPlan';

/** The commits of the default branch, as far back as the demands need them. */
export async function readCommits({ connection, project, now, signal }: Reading, demands: readonly CountDemand[]): Promise<Window<CommitFact>> {
  const plan = planWindow(demands, now);
  const readOn = (rows: readonly ListedCommit[]) => !plan.isAnswered(rows.map(({ committedAt }) => ({ at: committedAt })), Infinity);
  const [rows, { organisationOf }] = await Promise.all([
    listCommits(connection, project, plan.days, { readOn, perPage: plan.perPage }, signal),
    import('./organisation'),
  ]);
  const items = rows.items.map(({ committedAt, authorEmail }) => {
    const author = authorEmail.toLowerCase();
    return { at: committedAt, author, organisation: organisationOf(author), bot: false };
  });
  return plan.window(items, rows.ended);
}
