import { ContainerRegistry } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { readCursorPages } from './cursorPages';
import { decode, optional, time } from './decode';
import { type Paging, readRows, type Rows } from './pagedList';
import { type AskProject, nodesSchema, pageInfoSchema } from './projectQuery';
import type { Ask } from './queryBatch';

/** A repository of container images. `id` is a number, or the global id where it came over GraphQL. */
interface ImageRepository<Id> {
  readonly id: Id;
  /** Path of the image: `acme/shop/server`. */
  readonly path: string;
}

export interface ImageTag {
  readonly name: string;
  /** ISO 8601, as GitLab sent it; null where the image and the registry do not tell. */
  readonly createdAt: string | null;
}

export async function listImageRepositories(connection: Connection, project: string, signal?: AbortSignal): Promise<readonly ImageRepository<number>[]> {
  const registry = connection.resource(ContainerRegistry<false>, signal);
  const call = (paging: Paging) => registry.allRepositories({ projectId: project, ...paging });
  return (await readRows(`${project} (registry/repositories)`, v.object({ id: v.number(), path: v.string() }), call, { key: ({ id }) => id })).items;
}

/** By name: the list tells nothing else. */
export async function listImageTags(connection: Connection, project: string, repository: number, signal?: AbortSignal): Promise<readonly string[]> {
  const target = `${project} (registry/repositories/${repository}/tags)`;
  const registry = connection.resource(ContainerRegistry<false>, signal);
  const call = (paging: Paging) => registry.allTags(project, repository, paging);
  return (await readRows(target, v.object({ name: v.string() }), call, { key: ({ name }) => name })).items.map(({ name }) => name);
}

export async function getImageTag(connection: Connection, project: string, repository: number, name: string, signal?: AbortSignal): Promise<ImageTag> {
  const answer: unknown = await connection.resource(ContainerRegistry<false>, signal).showTag(project, repository, name);
  const tag = decode(v.object({ name: v.string(), created_at: optional(time) }), answer, `${project} (registry/repositories/${repository}/tags/${name})`);
  return { name: tag.name, createdAt: tag.created_at };
}

export async function queryImageRepositories(ask: AskProject): Promise<readonly ImageRepository<string>[]> {
  const { items } = await readCursorPages(async (after) => {
    const { containerRepositories } = await ask({
      feature: 'container repositories',
      field: 'containerRepositories(first: 100, after: $after) { nodes { id path } pageInfo { hasNextPage endCursor } }',
      variables: { after: ['String', after] },
      points: 16,
      schema: v.object({ containerRepositories: v.object({ nodes: nodesSchema(v.object({ id: v.string(), path: v.string() })), pageInfo: pageInfoSchema }) }),
    });
    return containerRepositories;
  });
  return items;
}

/** The tags of a repository with their dates, the latest published first, as far as `readOn` wants them. */
export async function queryImageTags(ask: Ask, repository: string, readOn: (tags: readonly ImageTag[]) => boolean): Promise<Rows<ImageTag>> {
  return readCursorPages(async (after) => {
    const { tags } = await ask({
      feature: 'tags of a container repository',
      field: `containerRepository(id: $id) { tags(first: 100, after: $after, sort: PUBLISHED_AT_DESC) { nodes { name createdAt publishedAt } pageInfo { hasNextPage endCursor } } }`,
      variables: { id: ['ContainerRepositoryID!', repository], after: ['String', after] },
      points: 20,
      schema: v.object({ tags: v.object({ nodes: nodesSchema(tagNodeSchema), pageInfo: pageInfoSchema }) }),
    });
    return tags;
  }, readOn);
}

const tagNodeSchema = v.pipe(
  v.object({ name: v.string(), createdAt: optional(time), publishedAt: optional(time) }),
  v.transform(({ name, createdAt, publishedAt }): ImageTag => ({ name, createdAt: createdAt ?? publishedAt })),
);
