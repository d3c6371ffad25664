import { canReadGroup, findGroup, projectRole, projectsOf } from '../access';
import { json } from '../answer';
import { groupAndAncestors, type FakeProject } from '../data';
import { fullProject, groupEntity, shortProject } from '../entities';
import { ordered } from '../filters';
import { paginated } from '../paginate';
import { anyOf, flag, integer, oneOf, pagination, text } from '../params';
import type { Call, Router } from '../router';

/** Most projects that the answer about a group itself lists. */
const mostProjectsShown = 100;

export function groupRoutes(router: Router): void {
  router.get('/groups/:id', { params: { with_projects: { type: 'boolean', default: 'true' } } }, (call) => {
    const group = findGroup(call);
    if (!call.params.flag('with_projects')) return json(groupEntity(call, group));
    const projects = projectsOf(call, group, { subgroups: false, shared: false }).slice(0, mostProjectsShown);
    return json({ ...groupEntity(call, group), projects: projects.map((project) => presented(call, project)) });
  });

  const params = {
    ...pagination,
    archived: flag,
    visibility: anyOf('private', 'internal', 'public'),
    search: text,
    order_by: oneOf('created_at', 'id', 'name', 'path', 'updated_at', 'last_activity_at', 'star_count'),
    sort: oneOf('desc', 'asc'),
    simple: { type: 'boolean', default: 'false' },
    owned: flag,
    starred: flag,
    with_shared: { type: 'boolean', default: 'true' },
    include_subgroups: { type: 'boolean', default: 'false' },
    min_access_level: integer,
  } as const;
  router.get('/groups/:id/projects', { params }, (call) => {
    const group = findGroup(call);
    const { params } = call;
    const caller = call.caller();
    const search = params.text('search')?.toLowerCase() ?? '';
    const visibility = params.text('visibility');
    const least = params.number('min_access_level') ?? 0;
    const projects = projectsOf(call, group, { subgroups: params.flag('include_subgroups'), shared: params.flag('with_shared') })
      .filter((project) => !params.has('archived') || project.archived === params.flag('archived'))
      .filter((project) => visibility === null || project.visibility === visibility)
      .filter((project) => `${project.name}\n${project.path}`.toLowerCase().includes(search))
      .filter((project) => least === 0 || projectRole(caller, project) >= least);
    const order = params.text('order_by');
    return paginated(call, ordered(projects, key(order), params.text('sort')), (project) => presented(call, project));
  });

  router.get('/groups/:id/subgroups', { params: { ...pagination, search: text, order_by: oneOf('name', 'path', 'id'), sort: oneOf('asc', 'desc') } }, (call) => {
    const group = findGroup(call);
    const search = call.params.text('search')?.toLowerCase() ?? '';
    const inside = call.instance.data.groups
      .filter((each) => each.parent === group && canReadGroup(call.caller(), call.instance.data, each))
      .filter((each) => each.name.toLowerCase().includes(search));
    const order = call.params.text('order_by');
    const sorted = ordered(inside, (each) => (order === 'id' ? each.id : order === 'path' ? each.path : each.name.toLowerCase()), call.params.text('sort'));
    return paginated(call, sorted, (each) => groupEntity(call, each));
  });

  router.get('/groups/:id/descendant_groups', { params: pagination }, (call) => {
    const group = findGroup(call);
    const inside = call.instance.data.groups.filter(
      (each) => each !== group && groupAndAncestors(each).includes(group) && canReadGroup(call.caller(), call.instance.data, each),
    );
    return paginated(call, inside, (each) => groupEntity(call, each));
  });
}

function presented(call: Call, project: FakeProject): unknown {
  return call.params.flag('simple') || !call.caller().user ? shortProject(call, project) : fullProject(call, project);
}

function key(order: string | null): (project: FakeProject) => string | number {
  switch (order) {
    case 'id':
      return (project) => project.id;
    case 'name':
      return (project) => project.name.toLowerCase();
    case 'path':
      return (project) => project.path;
    case 'star_count':
      return (project) => project.starCount;
    case 'updated_at':
    case 'last_activity_at':
      return (project) => Date.parse(project.lastActivityAt);
    default:
      return (project) => Date.parse(project.createdAt);
  }
}
