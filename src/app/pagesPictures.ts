import { parseUrl } from '../config/parseUrl';
import { decoded } from '../core/percent';
import type { Connection } from '../gitlab/connection';
import { unlessRefused } from '../gitlab/gitlabError';
import type { PreviewProject } from '../gitlab/groups';
import { artifactUrl, hasArtifacts, type ArtifactAddress } from '../gitlab/jobArtifacts';
import { getPages, type PagesSite } from '../gitlab/pages';
import { isMissing } from '../gitlab/presence';

/**
 * Whether it may be the address of a picture on GitLab Pages of a project, or of one below a group, as far as addresses are the usual
 * ones: `acme.pages.example.com/web/shop` and `shop-acme-web-0a1b2c.pages.example.com`. Whether it is, GitLab says.
 */
export function mayBeOnPages(url: string, path: string): boolean {
  const [, host = ''] = /^https?:\/\/([^/?#]*)/.exec(url.toLowerCase()) ?? [];
  const [namespace = '', ...rest] = path.toLowerCase().split('/');
  const name = (rest.at(-1) ?? namespace).replace(/[^a-z0-9]/g, '-');
  return host.startsWith(`${namespace}.`) || host.startsWith(`${name}-`);
}

/** Pictures on GitLab Pages, by what is published there and the artifacts it was published from. Each project is asked for once. */
export class PagesPictures {
  readonly #sites = new Map<number, Promise<PagesSite | null>>();
  readonly #archives = new Map<number, Promise<boolean>>();

  constructor(
    private readonly connection: Connection,
    private readonly signal: AbortSignal,
  ) {}

  /** What is not there, for people; null where the picture is there, or GitLab does not tell. */
  async findMissing(url: URL, project: PreviewProject): Promise<string | null> {
    const site = await this.#siteOf(project);
    const path = site && pathOn(site, url);
    if (!site || path === null) return null;
    if (site.deployments.length === 0) return 'A site on GitLab Pages';
    const isElsewhere = site.deployments.some(({ prefix }) => prefix !== '' && path.startsWith(`${prefix}/`));
    const folder = site.deployments.find(({ prefix }) => prefix === '')?.folder;
    if (isElsewhere || folder === undefined || project.defaultBranch === null) return null;
    const artifact = { ref: project.defaultBranch, job: pagesJob, path: `${folder}/${path}` };
    // The site outlives the artifacts: only where these are there, a file that they lack is missing.
    const isGone = (await isMissing(this.connection, artifactUrl(this.connection.instance, project.id, artifact), this.signal)) && (await this.#hasArchive(project.id, artifact));
    return isGone ? `The file ${artifact.path} for GitLab Pages, an artifact of the job ${artifact.job} on ${artifact.ref},` : null;
  }

  #siteOf({ id }: PreviewProject): Promise<PagesSite | null> {
    const site = this.#sites.get(id) ?? unlessRefused(null, () => getPages(this.connection, id, this.signal));
    this.#sites.set(id, site);
    return site;
  }

  #hasArchive(id: number, { ref, job }: ArtifactAddress): Promise<boolean> {
    const archive = this.#archives.get(id) ?? hasArtifacts(this.connection, id, { ref, job }, this.signal);
    this.#archives.set(id, archive);
    return archive;
  }
}

/** Newer versions publish from any job that says so; from one of this name all do. */
const pagesJob = 'pages';

/** The path of a picture within the site; null where it is not there. Below the home page of a namespace lie the sites of its other projects, too. */
function pathOn(site: PagesSite, { host, pathname }: URL): string | null {
  const home = parseUrl(`${site.url}/`);
  if (!home || home.host !== host || (home.pathname === '/' && !site.hasOwnDomain)) return null;
  return pathname.toLowerCase().startsWith(home.pathname.toLowerCase()) ? decoded(pathname.slice(home.pathname.length)) : null;
}
