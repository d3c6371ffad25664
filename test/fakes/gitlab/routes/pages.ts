import { findProject, projectRole } from '../access';
import { forbidden, json, notFound } from '../answer';
import { accessLevel } from '../data';
import type { Router } from '../router';

/** What GitLab Pages shows of a project. */
export function pagesRoutes(router: Router): void {
  router.get('/projects/:id/pages', {}, (call) => {
    const project = findProject(call);
    if (projectRole(call.caller(), project) < accessLevel.maintainer) throw forbidden();
    if (!project.pages) throw notFound();
    const { url, hasUniqueDomain, deployments } = project.pages;
    return json({
      url,
      is_unique_domain_enabled: hasUniqueDomain,
      force_https: true,
      deployments: deployments.map(({ prefix, folder }) => ({ created_at: project.createdAt, url: `${url}/${prefix}`, path_prefix: prefix, root_directory: folder })),
      primary_domain: null,
    });
  });
}
