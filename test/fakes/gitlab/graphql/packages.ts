import { GraphQLError } from 'graphql';
import { canUse } from '../access';
import type { FakeContainerRepository, FakeImageTag, FakePackage, FakeProject } from '../data';
import { digest, imagePath, imageSize } from '../routes/containerRegistry';
import { onlyByType, shownPackages } from '../routes/projects';
import { connection, type Connection, type PageArgs } from './connection';
import { globalId, idOf, notAvailable, sorted, type Context } from './context';

export interface PackageArgs extends PageArgs {
  readonly packageName?: string | null;
  readonly packageType?: string | null;
  readonly sort?: string | null;
  readonly status?: string | null;
}

/** Who may not read packages sees none, and is told their number: GitLab takes them out of the page when it makes it. */
export function packageConnection(context: Context, project: FakeProject, args: PackageArgs): Connection {
  const wanted = project.packages
    .filter((each) => args.packageName == null || each.name.includes(args.packageName))
    .filter((each) => (args.packageType == null ? each.packageType !== onlyByType : each.packageType.toUpperCase() === args.packageType))
    .filter((each) => (args.status == null ? shownPackages.includes(each.status) : each.status.toUpperCase() === args.status));
  const rows = sorted(wanted, args.sort, {
    CREATED: (each) => Date.parse(each.createdAt),
    NAME: (each) => each.name,
    TYPE: (each) => each.packageType,
    VERSION: (each) => each.version,
  });
  return connection(rows, args, { key: (each) => each.id, node: packageNode, isVisible: () => canUse(context.caller, project, 'packages') });
}

function packageNode(each: FakePackage): unknown {
  return {
    id: globalId('Packages::Package', each.id),
    name: each.name,
    version: each.version,
    packageType: each.packageType.toUpperCase(),
    status: each.status.toUpperCase(),
    createdAt: each.createdAt,
    updatedAt: each.createdAt,
  };
}

export function containerRepositoryConnection(
  context: Context,
  project: FakeProject,
  args: PageArgs & { readonly name?: string | null; readonly sort?: string | null },
): Connection {
  const wanted = project.containerRepositories.filter((each) => args.name == null || imagePath(project, each).includes(args.name));
  const rows = sorted(wanted, args.sort, { CREATED: (each) => Date.parse(each.createdAt), NAME: (each) => imagePath(project, each) });
  return connection(rows, args, { key: (each) => each.id, node: (each) => containerRepositoryFields(context, project, each) });
}

/** One by its id, with its tags: the list has none. */
export function containerRepositoryNode(context: Context, { id }: { readonly id: string }): unknown {
  const wanted = idOf('ContainerRepository', id);
  for (const project of context.instance.data.projects) {
    const repository = project.containerRepositories.find((each) => each.id === wanted);
    if (!repository || !canUse(context.caller, project, 'container_registry')) continue;
    return {
      ...containerRepositoryFields(context, project, repository),
      size: imageSize,
      lastPublishedAt: null,
      tags: (args: PageArgs & { readonly name?: string | null; readonly sort?: string | null }) => imageTagConnection(context, project, repository, args),
    };
  }
  throw notAvailable();
}

function containerRepositoryFields(context: Context, project: FakeProject, repository: FakeContainerRepository): Record<string, unknown> {
  const path = imagePath(project, repository);
  return {
    id: globalId('ContainerRepository', repository.id),
    name: repository.name,
    path,
    location: `registry.${new URL(context.instance.externalUrl()).hostname}/${path}`,
    createdAt: repository.createdAt,
    updatedAt: repository.createdAt,
    tagsCount: () => tagsOf(context, repository).length,
  };
}

function imageTagConnection(
  context: Context,
  project: FakeProject,
  repository: FakeContainerRepository,
  args: PageArgs & { readonly name?: string | null; readonly sort?: string | null },
): Connection {
  const numbered = tagsOf(context, repository)
    .filter((tag) => args.name == null || tag.name.includes(args.name))
    .map((tag, index) => ({ id: index, tag }));
  const rows = sorted(numbered, args.sort ?? 'NAME_ASC', {
    NAME: ({ tag }) => tag.name,
    PUBLISHED_AT: ({ tag }) => (tag.publishedAt === null ? 0 : Date.parse(tag.publishedAt)),
  });
  return connection(rows, args, {
    key: ({ tag }) => tag.name,
    node: ({ tag }) => ({
      name: tag.name,
      path: `${imagePath(project, repository)}:${tag.name}`,
      createdAt: tag.createdAt,
      publishedAt: tag.publishedAt,
      digest: digest(repository, tag),
      totalSize: String(imageSize),
    }),
  });
}

function tagsOf({ instance }: Context, repository: FakeContainerRepository): readonly FakeImageTag[] {
  if (instance.data.registryIsDown) throw new GraphQLError("Can't connect to the container registry. If this error persists, please review the troubleshooting documentation.");
  return repository.tags;
}
