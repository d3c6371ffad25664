import { findGroup, findProject, groupRole, projectRole, projectsOf } from '../access';
import { forbidden, json, noContent, recordNotFound, refuse } from '../answer';
import { badgeUrlFault } from '../badgeUrl';
import { accessLevel, groupsOf, type FakeBadge, type FakeGroup, type FakeProject } from '../data';
import type { Entity } from '../entities';
import { paginated } from '../paginate';
import { integer, pagination, text, type Declarations } from '../params';
import { renderImage, renderLink } from '../placeholders';
import type { Call, Router } from '../router';

type Source = { readonly kind: 'project'; readonly owner: FakeProject } | { readonly kind: 'group'; readonly owner: FakeGroup };

const urls: Declarations = { link_url: { type: 'string', required: true }, image_url: { type: 'string', required: true } };
const badgeId: Declarations = { badge_id: integer };
/** A wider column than this fails in the database, which GitLab doesn't catch. */
const longestName = 255;

/** Badges of projects and of groups: the same six calls twice. */
export function badgeRoutes(router: Router): void {
  for (const kind of ['project', 'group'] as const) {
    const base = `/${kind}s/:id/badges`;
    const jobToken = kind === 'project';

    router.get(base, { jobToken, params: { ...pagination, name: text } }, (call) => {
      const source = findSource(call, kind);
      const name = call.params.text('name');
      const badges = listed(source).filter((entry) => name === null || entry.badge.name === name);
      return paginated(call, badges, (entry) => badgeEntity(call, source, entry.badge, entry.kind));
    });

    router.get(`${base}/render`, { jobToken, params: urls }, (call) => {
      call.caller().requireUser();
      const source = findSourceAsAdmin(call, kind);
      const given = { name: null, linkUrl: call.params.text('link_url'), imageUrl: call.params.text('image_url') };
      return json(basicBadge(call, source, validated(given)));
    });

    router.get(`${base}/:badge_id`, { jobToken, params: badgeId }, (call) => {
      const source = findSource(call, kind);
      return json(badgeEntity(call, source, findBadge(call, source), kind));
    });

    router.post(base, { jobToken, params: { ...urls, name: text } }, (call) => {
      const source = findSourceAsAdmin(call, kind);
      const { params, instance } = call;
      const given = validated({ name: params.text('name'), linkUrl: params.text('link_url'), imageUrl: params.text('image_url') });
      const badge = instance.data.addBadge(source.owner, given, instance.now().getTime());
      return json(badgeEntity(call, source, badge, kind), 201);
    });

    // The id isn't declared here, so one that is no number is simply not found.
    router.put(`${base}/:badge_id`, { jobToken, params: { link_url: text, image_url: text, name: text } }, (call) => {
      const source = findSourceAsAdmin(call, kind);
      const badge = findBadge(call, source);
      const { params } = call;
      const given = validated({
        name: params.has('name') ? params.text('name') : badge.name,
        linkUrl: params.has('link_url') ? params.text('link_url') : badge.linkUrl,
        imageUrl: params.has('image_url') ? params.text('image_url') : badge.imageUrl,
      });
      const changed = given.name !== badge.name || given.linkUrl !== badge.linkUrl || given.imageUrl !== badge.imageUrl;
      if (changed) Object.assign(badge, given, { updatedAt: call.instance.now().getTime() });
      return json(badgeEntity(call, source, badge, kind));
    });

    router.delete(`${base}/:badge_id`, { jobToken, params: badgeId }, (call) => {
      const source = findSourceAsAdmin(call, kind);
      const badge = findBadge(call, source);
      const unmodifiedSince = Date.parse(call.request.headers['if-unmodified-since'] ?? '');
      if (badge.updatedAt > unmodifiedSince) throw refuse(412, '412 Precondition Failed');
      source.owner.badges.splice(source.owner.badges.indexOf(badge), 1);
      return noContent();
    });
  }
}

function findSource(call: Call, kind: Source['kind']): Source {
  return kind === 'project' ? { kind, owner: findProject(call) } : { kind, owner: findGroup(call) };
}

function findSourceAsAdmin(call: Call, kind: Source['kind']): Source {
  const source = findSource(call, kind);
  const may =
    source.kind === 'project'
      ? projectRole(call.caller(), source.owner) >= accessLevel.maintainer
      : groupRole(call.caller().user, source.owner) >= accessLevel.owner;
  if (!may) throw forbidden();
  return source;
}

/** A project shows the badges of the groups above it too; all of them by age. */
function listed(source: Source): { readonly badge: FakeBadge; readonly kind: Source['kind'] }[] {
  const own = source.owner.badges.map((badge) => ({ badge, kind: source.kind }));
  const above = source.kind === 'project' ? groupsOf(source.owner) : [];
  const inherited = above.flatMap((group) => group.badges.map((badge) => ({ badge, kind: 'group' as const })));
  return [...own, ...inherited].sort((a, b) => a.badge.createdAt - b.badge.createdAt);
}

/** Only a badge of the source itself: an inherited one is in the list, but can't be reached through the project. */
function findBadge(call: Call, source: Source): FakeBadge {
  const id = call.path.get('badge_id') ?? '';
  const badge = /^\d+$/.test(id) && source.owner.badges.find((candidate) => candidate.id === Number(id));
  if (!badge) throw recordNotFound();
  return badge;
}

interface BadgeText {
  readonly name: string | null;
  readonly linkUrl: string;
  readonly imageUrl: string;
}

/** What would be stored; throws the 400 that names both URLs if both are wrong. */
function validated(given: { readonly name: string | null; readonly linkUrl: string | null; readonly imageUrl: string | null }): BadgeText {
  const link = badgeUrlFault(given.linkUrl);
  const image = badgeUrlFault(given.imageUrl);
  if (link !== null || image !== null) {
    throw refuse(400, { ...(link === null ? {} : { link_url: [link] }), ...(image === null ? {} : { image_url: [image] }) });
  }
  if (given.name !== null && [...given.name].length > longestName) throw refuse(500, '500 Internal Server Error');
  return { name: given.name, linkUrl: given.linkUrl?.trim() ?? '', imageUrl: given.imageUrl?.trim() ?? '' };
}

function basicBadge(call: Call, source: Source, badge: BadgeText): Entity {
  const project = source.kind === 'project' ? source.owner : exampleProject(call, source.owner);
  return {
    name: badge.name,
    link_url: badge.linkUrl,
    image_url: badge.imageUrl,
    rendered_link_url: renderLink(badge.linkUrl, project, call.instance),
    rendered_image_url: renderImage(badge.imageUrl, project, call.instance),
  };
}

function badgeEntity(call: Call, source: Source, badge: FakeBadge, kind: Source['kind']): Entity {
  return { ...basicBadge(call, source, badge), id: badge.id, kind };
}

/** A group's badges are rendered for the newest project in it or shared with it that the caller may read. */
function exampleProject(call: Call, group: FakeGroup): FakeProject | null {
  const readable = projectsOf(call, group, { subgroups: false, shared: true });
  return readable.reduce<FakeProject | null>((newest, project) => (newest && newest.id > project.id ? newest : project), null);
}
