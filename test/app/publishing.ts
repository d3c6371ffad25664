import type { PublishDefinition, PublishedList } from '../../src/core/definition';
import type { BadgeRecord } from '../../src/core/plan';
import type { ApplyPorts } from '../../src/app/apply';
import { createConnection } from '../../src/gitlab/connection';
import { accessLevel, type FakeGroup, type FakeProject, type FakeUser } from '../fakes/gitlab/data';
import { startFakeGitLab, type FakeGitLab, type FakeGitLabOptions } from '../fakes/gitlab/server';

/** A GitLab with the groups acme and acme/web, the project acme/web/shop, and a token for each role. */
export interface Stage {
  readonly gitlab: FakeGitLab;
  readonly acme: FakeGroup;
  readonly web: FakeGroup;
  readonly shop: FakeProject;
  ports(role?: Role): ApplyPorts;
  /** Requests so far without the looks at roles: method and path below /api/v4. */
  requests(): readonly string[];
}

export type Role = keyof typeof roles;

const roles = { owner: accessLevel.owner, maintainer: accessLevel.maintainer, developer: accessLevel.developer };

export async function startStage(options: FakeGitLabOptions = {}): Promise<Stage> {
  const gitlab = await startFakeGitLab(options);
  const { data } = gitlab;
  const users = Object.keys(roles).map((role): [Role, FakeUser] => [role as Role, data.addUser({ username: role })]);
  for (const [role, user] of users) data.addToken({ value: `glpat-test-${role}`, user, name: role });
  const acme = data.addGroup({ path: 'acme', members: users.map(([role, user]) => ({ user, accessLevel: roles[role] })) });
  const web = data.addGroup({ path: 'web', parent: acme });
  const shop = data.addProject({ path: 'shop', name: 'Shop & Co', namespace: web, oldPaths: ['acme/old-shop'] });
  return {
    gitlab,
    acme,
    web,
    shop,
    ports: (role = 'owner') => ({
      connection: createConnection({ instance: gitlab.url, token: { kind: 'private', value: `glpat-test-${role}` }, fetch, retry: { baseMs: 1 } }),
      tokenKind: 'private',
      now: () => new Date('2026-01-02T03:04:05.000Z'),
      lookAfterMs: 1,
    }),
    requests: () => gitlab.requests.map(({ method, path }) => `${method} ${decodeURIComponent(path).replace('/api/v4/', '')}`),
  };
}

export const never = new AbortController().signal;

export function record(name: string | null, part = name ?? 'x', link = 'l'): BadgeRecord {
  return { name, link_url: `https://example.com/${link}`, image_url: `https://example.com/${part}.svg` };
}

export function list(badges: readonly BadgeRecord[], broken: readonly (string | null)[] = []): PublishedList {
  const range = { start: 10, end: 20 };
  return { badges: badges.map((value, index) => ({ value, range: { start: 100 * index, end: 100 * index + 50 } })), broken: broken.map((value) => ({ value, range })), range };
}

export function publishing(parts: Partial<Pick<PublishDefinition, 'project' | 'prune'>> & { readonly groups?: Readonly<Record<string, PublishedList>> }): PublishDefinition {
  return { prune: parts.prune ?? false, project: parts.project ?? null, groups: new Map(Object.entries(parts.groups ?? {})) };
}

/** What a project or group shows, in GitLab's order. */
export function shown(source: FakeProject | FakeGroup): readonly BadgeRecord[] {
  return [...source.badges].sort((a, b) => a.createdAt - b.createdAt).map(({ name, linkUrl, imageUrl }) => ({ name, link_url: linkUrl, image_url: imageUrl }));
}

export function put(stage: Stage, source: FakeProject | FakeGroup, badges: readonly BadgeRecord[]): void {
  for (const { name, link_url: linkUrl, image_url: imageUrl } of badges) stage.gitlab.data.addBadge(source, { name, linkUrl, imageUrl });
}
