import { parseUrl } from '../config/parseUrl';
import { decoded } from '../core/percent';
import { findPlaceholders, resolvePlaceholders, type PlaceholderName } from '../core/placeholder';
import { writes } from '../core/plan';
import type { Connection } from '../gitlab/connection';
import { isGitLabError } from '../gitlab/gitlabError';
import { newestProjectOf } from '../gitlab/groups';
import type { Project } from '../gitlab/projects';
import { inParallel } from '../sources/parallel';
import type { PlannedTarget, PlanWarning } from './publishPlan';

/**
 * Warns of badges that would be pushed with a picture that is not there: a job artifact or a file on the default branch of
 * the project. A badge of a group has a picture in each project below it; it is looked at in `project`, the one at hand, where
 * that lies below the group, else in the one by which GitLab previews the badges of the group. Every other picture, and what
 * GitLab does not tell, passes in silence. Looks at 20 pictures at most, and for projects to look at in as many groups.
 */
export async function findMissingPictures(connection: Connection, project: Project | null, targets: readonly PlannedTarget[], signal: AbortSignal): Promise<readonly PlanWarning[]> {
  const lookedAt = await projectsToLookAt(connection, project, targets, signal);
  const pictures = targets.flatMap((planned) => {
    const where = lookedAt.get(planned);
    if (!where) return [];
    return pushedPictures(planned).flatMap(({ imageUrl, ...badge }) => {
      const place = pictureInApi(imageUrl, where, connection.instance);
      return place ? [{ ...badge, target: planned.target, where, place }] : [];
    });
  });
  const urls = [...new Set(pictures.map(({ place }) => place.url))].slice(0, maxPictures);
  const missing = new Set((await inParallel(urls, maxParallel, signal, async (url) => ((await isMissing(connection, url, signal)) ? [url] : []))).flat());
  return pictures
    .filter(({ place }) => missing.has(place.url))
    .map(({ target, name, range, where, place: { what } }) => ({
      target,
      name,
      message:
        target.scope === 'project'
          ? `${what} does not exist yet, so GitLab would show a broken picture until it does.`
          : `${what} does not exist yet in ${where.path}, the project of this group that was looked at, so GitLab would show a broken picture there until it does.`,
      ...(range && { range }),
    }));
}

const maxPictures = 20;
const maxGroups = 20;
const maxParallel = 5;
/** To see that it is there; a badge has 2 KB. */
const maxPictureBytes = 16 * 1024;

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
    return target.scope === 'group' && obstacle === null && !atHand.includes(planned) && pushedPictures(planned).some(({ imageUrl }) => namesProject(imageUrl, connection.instance));
  });
  const found = await inParallel(others.slice(0, maxGroups), maxParallel, signal, async (planned) => {
    const newest = await unlessRefused(() => newestProjectOf(connection, planned.target.path, signal), signal);
    return newest ? [[planned, newest] as const] : [];
  });
  return new Map<PlannedTarget, PictureProject>([...(project ? atHand.map((planned) => [planned, project] as const) : []), ...found.flat()]);
}

/** Paths do not differ by case on GitLab. */
function isBelow(project: string, group: string): boolean {
  return project.toLowerCase().startsWith(`${group.toLowerCase()}/`);
}

/** Whether it may be the address of a picture that each project has. */
function namesProject(imageUrl: string, instance: string): boolean {
  return imageUrl.toLowerCase().startsWith(`${instance.toLowerCase()}/`) && findPlaceholders(imageUrl).some(({ name }) => projectPlaceholders.includes(name));
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
  const values = { project_path: project.path, project_namespace: project.path, project_name: project.path.split('/').at(-1) ?? null, default_branch: project.defaultBranch };
  const resolved = resolvePlaceholders(imageUrl, values);
  const url = resolved.includes('%{') ? null : parseUrl(resolved);
  if (!url) return null;
  const { origin, pathname, searchParams } = url;
  const root = `${instance}/${project.path}/-/`.toLowerCase();
  if (!`${origin}${pathname}`.toLowerCase().startsWith(root)) return null;
  const rest = decoded(`${origin}${pathname}`.slice(root.length));
  const api = `${instance}/api/v4/projects/${project.id}`;

  const [, ref, file] = /^jobs\/artifacts\/(.+?)\/(?:raw|file)\/(.+)$/.exec(rest) ?? [];
  const job = searchParams.get('job');
  if (ref !== undefined && file !== undefined && job !== null) {
    const url = `${api}/jobs/artifacts/${encodeURIComponent(ref)}/raw/${file.split('/').map(encodeURIComponent).join('/')}?job=${encodeURIComponent(job)}`;
    return { url, what: `The artifact ${file} of the job ${job} on ${ref}` };
  }
  // Which part of the path is the branch can only be told for a branch that is known.
  const branch = project.defaultBranch;
  if (branch === null || !rest.startsWith(`raw/${branch}/`)) return null;
  const path = rest.slice(`raw/${branch}/`.length);
  return { url: `${api}/repository/files/${encodeURIComponent(path)}/raw?ref=${encodeURIComponent(branch)}`, what: `The file ${path} on ${branch}` };
}

async function isMissing(connection: Connection, url: string, signal: AbortSignal): Promise<boolean> {
  try {
    await connection.download(url, { maxBytes: maxPictureBytes }, signal);
    return false;
  } catch (error) {
    signal.throwIfAborted();
    if (!isGitLabError(error)) throw error;
    return error.reason === 'not-found';
  }
}

async function unlessRefused<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    if (!isGitLabError(error)) throw error;
    return null;
  }
}
