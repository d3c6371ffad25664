import { parseUrl } from '../config/parseUrl';
import { decoded } from '../core/percent';
import { resolvePlaceholders } from '../core/placeholder';
import { writes } from '../core/plan';
import type { Connection } from '../gitlab/connection';
import { isGitLabError } from '../gitlab/gitlabError';
import type { Project } from '../gitlab/projects';
import { inParallel } from '../sources/parallel';
import type { PlannedTarget, PlanWarning } from './publishPlan';

/**
 * Warns of badges that would be pushed with a picture that is not there: a job artifact or a file on the default branch of
 * this project. Every other picture, and what GitLab does not tell, passes in silence. Looks at 20 pictures at most.
 */
export async function findMissingPictures(connection: Connection, project: Project, targets: readonly PlannedTarget[], signal: AbortSignal): Promise<readonly PlanWarning[]> {
  const pictures = targets.flatMap(({ target, wanted, changes }) =>
    changes.flatMap((change, index) => {
      if (target.scope !== 'project' || !writes(change) || change.action === 'delete') return [];
      const place = pictureInApi(change.after.image_url, project, connection.instance);
      return place ? [{ target, name: change.name, range: wanted.badges[index]?.range, place }] : [];
    }),
  );
  const missing = await inParallel(pictures.slice(0, maxPictures), maxParallel, signal, async (picture) => ((await isMissing(connection, picture.place.url, signal)) ? [picture] : []));
  return missing.flat().map(({ target, name, range, place }) => ({
    target,
    name,
    message: `${place.what} does not exist yet, so GitLab would show a broken picture until it does.`,
    ...(range && { range }),
  }));
}

const maxPictures = 20;
const maxParallel = 5;
/** To see that it is there; a badge has 2 KB. */
const maxPictureBytes = 16 * 1024;

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
