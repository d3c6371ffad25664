import type { FakeProject, FakeRelease } from '../data';
import { connection, type Connection, type PageArgs } from './connection';
import { globalId, sorted, userNode, type Context } from './context';

export function releaseConnection(context: Context, project: FakeProject, releases: readonly FakeRelease[], args: PageArgs & { readonly sort?: string | null }): Connection {
  const numbered = releases.map((release, index) => ({ id: index, release }));
  const rows = sorted(numbered, args.sort, {
    CREATED: ({ release }) => Date.parse(release.createdAt),
    RELEASED_AT: ({ release }) => Date.parse(release.releasedAt),
  });
  return connection(rows, args, { key: ({ release }) => release.tag, node: ({ release }) => releaseNode(context, project, release) });
}

export function releaseNode({ instance }: Context, project: FakeProject, release: FakeRelease): unknown {
  const isUpcoming = Date.parse(release.releasedAt) > instance.now().getTime();
  return {
    id: globalId('Release', `${project.id}${project.releases.indexOf(release) + 1}`),
    tagName: release.tag,
    name: release.name,
    createdAt: release.createdAt,
    releasedAt: release.releasedAt,
    upcomingRelease: isUpcoming,
    historicalRelease: Date.parse(release.releasedAt) < Date.parse(release.createdAt),
    author: () => userNode(release.author),
    assets: {
      count: release.links.length + 4,
      links: (args: PageArgs) =>
        connection(release.links, args, {
          key: (link) => link.url,
          node: (link) => ({ id: globalId('Releases::Link', release.links.indexOf(link) + 1), name: link.name, url: link.url, linkType: link.linkType.toUpperCase() }),
        }),
    },
  };
}
