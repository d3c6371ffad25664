import { canUse, findProject } from '../access';
import { forbidden, refuseError } from '../answer';
import { milestonesOf } from '../data';
import { paginated } from '../paginate';
import { flag, oneOf, pagination, text } from '../params';
import type { Router } from '../router';

/** Those of the project; of the groups above it only where they are asked for, under one of two names. */
export function milestoneRoutes(router: Router): void {
  const params = { ...pagination, state: oneOf('all', 'active', 'closed'), title: text, include_parent_milestones: flag, include_ancestors: flag };
  router.get('/projects/:id/milestones', { params }, (call) => {
    const project = findProject(call);
    if (!canUse(call.caller(), project, 'issues') && !canUse(call.caller(), project, 'merge_requests')) throw forbidden();
    if (call.params.has('include_parent_milestones') && call.params.has('include_ancestors')) throw refuseError(400, 'include_ancestors, include_parent_milestones are mutually exclusive');
    const state = call.params.text('state');
    const milestones = milestonesOf(project, { ancestors: call.params.flag('include_parent_milestones') || call.params.flag('include_ancestors') })
      .filter((each) => state === 'all' || each.state === state)
      .filter((each) => call.params.text('title') === null || each.title === call.params.text('title'));
    return paginated(call, milestones, (each) => ({ id: each.id, iid: each.iid, title: each.title, description: '', state: each.state, due_date: each.dueDate, start_date: each.startDate, expired: false }));
  });
}
