import { parseUrl } from '../config/parseUrl';
import { decoded } from '../core/percent';
import { findPlaceholders, resolvePlaceholders, type PlaceholderName } from '../core/placeholder';
import { writes } from '../core/plan';
import type { Connection } from '../gitlab/connection';
import { unlessRefused } from '../gitlab/gitlabError';
import { newestProjectOf } from '../gitlab/groups';
import { artifactUrl } from '../gitlab/jobArtifacts';
import { isMissing } from '../gitlab/presence';
import type { Project } from '../gitlab/projects';
import { inParallel } from '../sources/parallel';
import { mayBeOnPages, PagesPictures } from './pagesPictures';
import type { PlannedTarget, PlanWarning } from './publishPlan';

/**
 * Warns of badges that would be pushed with a picture that is not there: a job artifact, a file on the default branch, or one on
 * GitLab Pages. A badge of a group has a picture in each project below it; it is looked at in `project`, the one at hand, where
 * that lies below the group, else in the one by which GitLab previews the badges of the group. Every other picture, and what
 * GitLab does not tell, passes in silence. Looks at 20 pictures at most, and for projects to look at in as many groups.
 */
export async function findMissingPictures(connection: Connection, project: Project | null, targets: readonly PlannedTarget[], signal: AbortSignal): Promise<readonly PlanWarning[]> {
  const lookedAt = await projectsToLookAt(connection, project, targets, signal);
  const pages = new PagesPictures(connection, signal);
  const pictures = targets.flatMap((planned) => {
    const where = lookedAt.get(planned);
    if (!where) return [];
    return pushedPictures(planned).flatMap(({ imageUrl, ...badge }) => {
      const look = lookAt(imageUrl, where);
      return look ? [{ ...badge, target: planned.target, where, look }] : [];
    });
  });
  const looks = [...new Map(pictures.map(({ look }) => [look.url, look])).values()].slice(0, maxPictures);
  const missing = new Map(await inParallel(looks, maxParallel, signal, async ({ url, findMissing }) => [url, await findMissing()] as const));
  return pictures.flatMap(({ target, name, range, where, look }): PlanWarning[] => {
    const what = missing.get(look.url) ?? null;
    if (what === null) return [];
    const message =
      target.scope === 'project'
        ? `${what} does not exist yet, so GitLab would show a broken picture until it does.`
        : `${what} does not exist yet in ${where.path}, the project of this group that was looked at, so GitLab would show a broken picture there until it does.`;
    return [{ target, name, message, ...(range && { range }) }];
  });

  function lookAt(imageUrl: string, where: PictureProject): Look | null {
    if (where === project && project.emptyRepository) return lookAtNothing(imageUrl, project);
    const place = pictureInApi(imageUrl, where, connection.instance);
    if (place) return { url: place.url, findMissing: async () => ((await isMissing(connection, place.url, signal)) ? place.what : null) };
    const url = resolvedUrl(imageUrl, where);
    return url && mayBeOnPages(url.href, where.path) ? { url: url.href, findMissing: () => pages.findMissing(url, where) } : null;
  }

  /** Without a commit there is no branch, no job and no file, which GitLab need not be asked for. */
  function lookAtNothing(imageUrl: string, where: Project): Look | null {
    const place = pictureInApi(imageUrl, { ...where, defaultBranch: where.defaultBranch ?? 'the default branch' }, connection.instance);
    return place && { url: place.url, findMissing: () => Promise.resolve(place.what) };
  }
}

interface Look {
  /** The same for the same picture. */
  readonly url: string;
  /** What is not there, for people; null where it is there, or GitLab does not tell. */
  readonly findMissing: () => Promise<string | null>;
}

const maxPictures = 20;
const maxGroups = 20;
const maxParallel = 5;

/** The pictures of badges that would be created or changed. */
function pushedPictures({ wanted, changes }: PlannedTarget) {
  return changes.flatMap((change, index) => {
    if (!writes(change) || change.action === 'delete') return [];
    return [{ name: change.name, range: wanted.badges[index]?.range, imageUrl: change.after.image_url }];
  });
}

/** GitLab is asked only for groups with pictures that differ by project, and that the token may change. */
async function projectsToLookAt(
  connection: Connection,
  project: Project | null,
  targets: readonly PlannedTarget[],
  signal: AbortSignal,
): Promise<ReadonlyMap<PlannedTarget, PictureProject>> {
  const atHand = targets.filter(({ target }) => project !== null && (target.scope === 'project' || isBelow(project.path, target.path)));
  const others = targets.filter((planned) => {
    const { target, obstacle } = planned;
    return target.scope === 'group' && obstacle === null && !atHand.includes(planned) && pushedPictures(planned).some(({ imageUrl }) => namesProject(imageUrl, target.path, connection.instance));
  });
  const found = await inParallel(others.slice(0, maxGroups), maxParallel, signal, async (planned) => {
    const newest = await unlessRefused(null, () => newestProjectOf(connection, planned.target.path, signal));
    return newest ? [[planned, newest] as const] : [];
  });
  return new Map<PlannedTarget, PictureProject>([...(project ? atHand.map((planned) => [planned, project] as const) : []), ...found.flat()]);
}

/** Paths do not differ by case on GitLab. */
function isBelow(project: string, group: string): boolean {
  return project.toLowerCase().startsWith(`${group.toLowerCase()}/`);
}

/** Whether it may be the address of a picture that each project has; of those elsewhere, on Pages alone. */
function namesProject(imageUrl: string, group: string, instance: string): boolean {
  if (!findPlaceholders(imageUrl).some(({ name }) => projectPlaceholders.includes(name))) return false;
  return imageUrl.toLowerCase().startsWith(`${instance.toLowerCase()}/`) || mayBeOnPages(imageUrl, group);
}

const projectPlaceholders: readonly string[] = ['project_path', 'project_namespace', 'project_name'] satisfies readonly PlaceholderName[];

export interface ApiPicture {
  /** In GitLab's API, which takes the token. */
  readonly url: string;
  /** For people. */
  readonly what: string;
}

export type PictureProject = Pick<Project, 'id' | 'path' | 'defaultBranch'>;

/** Where the API has the picture behind the address of an artifact or file of this project; null for all others. */
export function pictureInApi(imageUrl: string, project: PictureProject, instance: string): ApiPicture | null {
  const url = resolvedUrl(imageUrl, project);
  if (!url) return null;
  const { origin, pathname, searchParams } = url;
  const root = `${instance}/${project.path}/-/`.toLowerCase();
  if (!`${origin}${pathname}`.toLowerCase().startsWith(root)) return null;
  const rest = decoded(`${origin}${pathname}`.slice(root.length));
  const api = `${instance}/api/v4/projects/${project.id}`;

  const [, ref, file] = /^jobs\/artifacts\/(.+?)\/(?:raw|file)\/(.+)$/.exec(rest) ?? [];
  const job = searchParams.get('job');
  if (ref !== undefined && file !== undefined && job !== null) return { url: artifactUrl(instance, project.id, { ref, job, path: file }), what: `The artifact ${file} of the job ${job} on ${ref}` };
  // Which part of the path is the branch can only be told for a branch that is known.
  const branch = project.defaultBranch;
  if (branch === null || !rest.startsWith(`raw/${branch}/`)) return null;
  const path = rest.slice(`raw/${branch}/`.length);
  return { url: `${api}/repository/files/${encodeURIComponent(path)}/raw?ref=${encodeURIComponent(branch)}`, what: `The file ${path} on ${branch}` };
}

/** Null where a placeholder is left that is not known here. */
function resolvedUrl(imageUrl: string, { path, defaultBranch }: PictureProject): URL | null {
  const resolved = resolvePlaceholders(imageUrl, { project_path: path, project_namespace: path, project_name: path.split('/').at(-1) ?? null, default_branch: defaultBranch });
  return resolved.includes('%{') ? null : parseUrl(resolved);
}
