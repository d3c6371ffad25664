import { canUse, findProjectFor } from '../access';
import { json, notFound, redirect, type Answer } from '../answer';
import type { FakeProject, FakeRelease } from '../data';
import { commitEntity, projectUrl, userEntity, type Entity } from '../entities';
import { isBetween, ordered } from '../filters';
import { paginated } from '../paginate';
import { flag, oneOf, pagination, text, time } from '../params';
import type { Call, Router } from '../router';

/** Whoever may not see releases gets 404 or 403 before the parameters are looked at. */
const releasesOf = (call: Call): FakeProject => findProjectFor(call, 'releases');

export function releaseRoutes(router: Router): void {
  const params = {
    ...pagination,
    order_by: oneOf('released_at', 'created_at'),
    sort: oneOf('desc', 'asc'),
    updated_after: time,
    updated_before: time,
    include_html_description: flag,
  };

  router.get('/projects/:id/releases', { jobToken: true, before: releasesOf, params }, (call) => {
    const project = releasesOf(call);
    const key = call.params.text('order_by') === 'created_at' ? (each: FakeRelease) => Date.parse(each.createdAt) : releasedAt;
    const releases = project.releases.filter((each) => isBetween(each.createdAt, call.params.time('updated_after'), call.params.time('updated_before')));
    return paginated(call, ordered(releases, key, call.params.text('sort')), (each) => releaseEntity(call, project, each));
  });

  router.get('/projects/:id/releases/permalink/latest', { jobToken: true, before: releasesOf, params: { suffix_path: text } }, latest);
  router.get('/projects/:id/releases/permalink/latest/*suffix_path', { jobToken: true, before: releasesOf, params: { suffix_path: text } }, latest);

  router.get('/projects/:id/releases/:tag_name', { jobToken: true, before: releasesOf, params: { include_html_description: flag } }, (call) => {
    const project = findProjectFor(call, 'repository');
    const release = project.releases.find((each) => each.tag === call.path.get('tag_name'));
    if (!release) throw notFound();
    return json(releaseEntity(call, project, release));
  });
}

function latest(call: Call): Answer {
  const project = findProjectFor(call, 'repository');
  const now = call.instance.now().getTime();
  const [release] = ordered(
    project.releases.filter((each) => releasedAt(each) <= now),
    releasedAt,
    'desc',
  );
  if (!release) throw notFound();
  const suffix = call.path.get('suffix_path');
  const { pathname } = new URL(`${call.instance.externalUrl()}/api/v4/projects/${project.id}/releases/${encodeURIComponent(release.tag)}`);
  const location = `${pathname}${suffix === undefined ? '' : `/${suffix}`}`;
  return redirect(location, 302, `This resource has been moved temporarily to ${location}.`);
}

function releasedAt(release: FakeRelease): number {
  return Date.parse(release.releasedAt);
}

function releaseEntity(call: Call, project: FakeProject, release: FakeRelease): Entity {
  const url = projectUrl(call, project);
  const seesCode = canUse(call.caller(), project, 'repository');
  const tag = project.tags.find((each) => each.name === release.tag);
  const commit = project.commits.find((each) => each.sha === tag?.sha);
  const archive = (format: string): string => `${url}/-/archive/${release.tag}/${project.path}-${release.tag}.${format}`;
  const sources = ['zip', 'tar.gz', 'tar.bz2', 'tar'].map((format) => ({ format, url: archive(format) }));
  return {
    tag_name: release.tag,
    description: release.description,
    name: release.name,
    created_at: release.createdAt,
    released_at: release.releasedAt,
    upcoming_release: releasedAt(release) > call.instance.now().getTime(),
    author: userEntity(call, release.author),
    ...(seesCode ? { commit: commit ? commitEntity(call, project, commit) : null } : {}),
    ...(seesCode && commit ? { commit_path: new URL(`${url}/-/commit/${commit.sha}`).pathname } : {}),
    ...(seesCode ? { tag_path: new URL(`${url}/-/tags/${release.tag}`).pathname } : {}),
    assets: {
      count: release.links.length + (seesCode ? sources.length : 0),
      ...(seesCode ? { sources } : {}),
      links: release.links.map((link, index) => ({ id: index + 1, name: link.name, url: link.url, direct_asset_url: link.url, link_type: link.linkType })),
    },
    evidences: [],
    _links: { self: `${url}/-/releases/${release.tag}` },
  };
}
