import { findProjectFor } from '../access';
import { forbidden, json, notFound, recordNotFound, refuse } from '../answer';
import { fakeSha, projectPath, type FakeContainerRepository, type FakeImageTag, type FakeProject } from '../data';
import { paginated } from '../paginate';
import { flag, integer, pagination } from '../params';
import type { Call, Router } from '../router';

/** Images: tags have a date only one by one, and come from the registry, which is another server. */
export function containerRegistryRoutes(router: Router): void {
  const base = '/projects/:id/registry/repositories';
  const options = { jobToken: true, before: registryOf };

  router.get(base, { ...options, params: { ...pagination, tags: flag, tags_count: flag } }, (call) => {
    const project = registryOf(call);
    return paginated(call, project.containerRepositories, (repository) => ({
      id: repository.id,
      name: repository.name,
      path: imagePath(project, repository),
      project_id: project.id,
      location: location(call, project, repository),
      created_at: repository.createdAt,
      cleanup_policy_started_at: null,
      status: null,
      ...(call.params.flag('tags_count') ? { tags_count: reached(call, repository).length } : {}),
      ...(call.params.flag('tags') ? { tags: reached(call, repository).map((tag) => tagEntity(call, project, repository, tag)) } : {}),
    }));
  });

  router.get(`${base}/:repository_id/tags`, { ...options, params: { ...pagination, repository_id: integer } }, (call) => {
    const project = registryOf(call);
    const repository = findRepository(call, project);
    const tags = [...reached(call, repository)].sort((a, b) => (a.name < b.name ? -1 : 1));
    return paginated(call, tags, (tag) => tagEntity(call, project, repository, tag));
  });

  router.get(`${base}/:repository_id/tags/:tag_name`, { ...options, params: { repository_id: integer } }, (call) => {
    const project = registryOf(call);
    const repository = findRepository(call, project);
    const tag = reached(call, repository).find(({ name }) => name === call.path.get('tag_name'));
    if (!tag) throw notFound('Tag');
    const revision = digest(repository, tag).slice('sha256:'.length);
    return json({
      ...tagEntity(call, project, repository, tag),
      revision,
      short_revision: revision.slice(0, 9),
      digest: digest(repository, tag),
      created_at: tag.createdAt,
      total_size: imageSize,
    });
  });
}

export const imageSize = 12_345_678;

export function imagePath(project: FakeProject, repository: FakeContainerRepository): string {
  return [projectPath(project), repository.name].filter(Boolean).join('/').toLowerCase();
}

export function digest(repository: FakeContainerRepository, tag: FakeImageTag): string {
  return `sha256:${fakeSha(`image ${repository.id} ${tag.name}`).padEnd(64, '0')}`;
}

/** A job's token opens only the registry of its own project. */
function registryOf(call: Call): FakeProject {
  const project = findProjectFor(call, 'container_registry');
  const { token } = call.caller();
  if (token?.kind === 'job' && token.project !== project) throw forbidden();
  return project;
}

function findRepository(call: Call, project: FakeProject): FakeContainerRepository {
  const repository = project.containerRepositories.find(({ id }) => id === call.params.number('repository_id'));
  if (!repository) throw recordNotFound();
  return repository;
}

function reached(call: Call, repository: FakeContainerRepository): readonly FakeImageTag[] {
  if (call.instance.data.registryIsDown) throw refuse(500, '500 Internal Server Error');
  return repository.tags;
}

function tagEntity(call: Call, project: FakeProject, repository: FakeContainerRepository, tag: FakeImageTag): object {
  return { name: tag.name, path: `${imagePath(project, repository)}:${tag.name}`, location: `${location(call, project, repository)}:${tag.name}` };
}

function location(call: Call, project: FakeProject, repository: FakeContainerRepository): string {
  return `registry.${new URL(call.instance.externalUrl()).hostname}/${imagePath(project, repository)}`;
}
