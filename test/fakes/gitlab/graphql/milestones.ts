import { canUse } from '../access';
import { type FakeProject, milestonesOf } from '../data';
import { connection, type Connection, type PageArgs } from './connection';
import { type Context, globalId, notAvailable } from './context';

export interface MilestoneArgs extends PageArgs {
  readonly includeAncestors?: boolean | null;
  readonly state?: 'active' | 'closed' | null;
  readonly title?: string | null;
}

/** By due date, those without one last. Days are shown as midnights. */
export function milestoneConnection(context: Context, project: FakeProject, args: MilestoneArgs): Connection {
  if (!canUse(context.caller, project, 'issues') && !canUse(context.caller, project, 'merge_requests')) throw notAvailable();
  const rows = milestonesOf(project, { ancestors: args.includeAncestors === true })
    .filter((each) => args.state == null || each.state === args.state)
    .filter((each) => args.title == null || each.title === args.title)
    .sort((a, b) => (a.dueDate ?? '9').localeCompare(b.dueDate ?? '9'));
  return connection(rows, args, {
    key: (each) => each.id,
    node: (each) => ({ id: globalId('Milestone', each.id), iid: String(each.iid), title: each.title, state: each.state, dueDate: midnight(each.dueDate), startDate: midnight(each.startDate) }),
  });
}

const midnight = (day: string | null): string | null => (day === null ? null : `${day}T00:00:00.000Z`);
