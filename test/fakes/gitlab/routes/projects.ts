import { findProject, findProjectFor } from '../access';
import { json } from '../answer';
import { fullProject, permissionsEntity, shortProject } from '../entities';
import { paginated } from '../paginate';
import { anyOf, flag, oneOf, pagination, text } from '../params';
import type { FakePackage } from '../data';
import { ordered } from '../filters';
import type { Router } from '../router';

/** What the list shows when no status is asked for. */
export const shownPackages = ['default', 'error', 'deprecated'];
/** Left out where no type is asked for. */
export const onlyByType = 'terraform_module';

const packageTypes = [
  'maven',
  'npm',
  'conan',
  'nuget',
  'pypi',
  'composer',
  'generic',
  'golang',
  'debian',
  'rubygems',
  'helm',
  'terraform_module',
  'rpm',
  'ml_model',
];

const packageOrders: Readonly<Record<string, (each: FakePackage) => string>> = {
  created_at: (each) => each.createdAt,
  name: (each) => each.name,
  version: (each) => each.version,
  type: (each) => each.packageType,
};

/** A project, its languages and packages. */
export function projectRoutes(router: Router): void {
  router.get('/projects/:id', { params: { statistics: flag, license: flag, with_custom_attributes: flag } }, (call) => {
    const project = findProject(call);
    if (!call.caller().user) return json(shortProject(call, project));
    return json({ ...fullProject(call, project), permissions: permissionsEntity(call, project) });
  });

  router.get('/projects/:id/languages', {}, (call) => json(findProjectFor(call, 'repository').languages));

  const packageParams = {
    ...pagination,
    order_by: oneOf('created_at', 'name', 'version', 'type'),
    sort: oneOf('asc', 'desc'),
    package_type: anyOf(...packageTypes),
    package_name: text,
    status: anyOf('default', 'hidden', 'processing', 'error', 'pending_destruction', 'deprecated'),
  };
  router.get('/projects/:id/packages', { jobToken: true, params: packageParams }, (call) => {
    const project = findProjectFor(call, 'packages');
    const { params } = call;
    const type = params.text('package_type');
    const name = params.text('package_name');
    const status = params.text('status');
    const packages = project.packages
      .filter((each) => (type === null ? each.packageType !== onlyByType : each.packageType === type) && (name === null || each.name.includes(name)))
      .filter((each) => (status === null ? shownPackages.includes(each.status) : each.status === status));
    const key = packageOrders[params.text('order_by') ?? ''] ?? ((each) => each.createdAt);
    const sorted = ordered(packages, key, params.text('sort'));
    return paginated(call, sorted, (each) => ({
      id: each.id,
      name: each.name,
      version: each.version,
      package_type: each.packageType,
      status: each.status,
      created_at: each.createdAt,
      tags: [],
    }));
  });
}
