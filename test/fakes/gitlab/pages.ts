import { canReadProject, canUse } from './access';
import { html, redirect, Refusal, type Answer } from './answer';
import { authenticate, type Caller } from './authentication';
import { commitsAt, projectPath, type FakeProject } from './data';
import { ownBadge } from './ownBadges';
import { artifactAnswer, findArtifact } from './routes/artifacts';
import type { ApiRequest, Instance } from './router';

/**
 * What a browser gets: GitLab's own badges, artifacts, files as they are, a page for a project that all may see, and the
 * sign-in page for everything else. GitLab's web pages go by the session cookie: a token opens nothing but files.
 */
export function page(instance: Instance, request: ApiRequest): Answer {
  const root = instance.externalUrl();
  const path = decoded(request.path).replace(/\/$/, '');
  if (path === '/users/sign_in') return html(document('Sign in · GitLab', '<form action="/users/sign_in" method="post"></form>'));
  const project = instance.data.projects.find((each) => path === `/${projectPath(each)}` || path.startsWith(`/${projectPath(each)}/`));
  const rest = project ? path.slice(projectPath(project).length + 2) : '';
  const file = /^-\/raw\/(.+)$/.exec(rest)?.[1];
  const caller = file === undefined ? nobody(instance) : readerOf(instance, request);
  if (!project || !canReadProject(caller, project)) return redirect(`${root}/users/sign_in`, 302);
  if (file !== undefined) return (canUse(caller, project, 'repository') ? rawPage(project, file) : null) ?? notThere();
  return (
    ownBadge(project, rest, request.given) ??
    artifact(project, rest, request, root) ??
    (rest === '' ? html(document(`${project.name} · GitLab`, `<h1>${escapeHtml(project.name)}</h1>`)) : notThere())
  );
}

function nobody(instance: Instance): Caller {
  return authenticate(instance.data, instance.now(), { method: 'GET', headers: {}, given: new Map() });
}

/** Whose token comes along; one that is of no use is none. */
function readerOf(instance: Instance, request: ApiRequest): Caller {
  try {
    return authenticate(instance.data, instance.now(), { ...request, method: 'GET' });
  } catch (error) {
    if (error instanceof Refusal) return nobody(instance);
    throw error;
  }
}

/** `ref/path`, where the ref may have slashes too: the longest one that is known counts. */
function rawPage(project: FakeProject, refAndPath: string): Answer | null {
  const parts = refAndPath.split('/');
  for (let length = parts.length - 1; length > 0; length -= 1) {
    if (!commitsAt(project, parts.slice(0, length).join('/'))) continue;
    const content = project.files.get(parts.slice(length).join('/'));
    if (content === undefined) return null;
    return {
      status: 200,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Disposition': 'inline', 'Cache-Control': 'max-age=60, public, must-revalidate' },
      body: Buffer.from(content),
    };
  }
  return null;
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function notThere(): Answer {
  return html(document('Not Found', '<h1>404: Page not found</h1>'), 404);
}

/** The address by branch and job name leads on to the job's own. */
function artifact(project: FakeProject, rest: string, request: ApiRequest, root: string): Answer | null {
  const [, ref, named] = /^-\/jobs\/artifacts\/(.+?)\/raw\/(.+)$/.exec(rest) ?? [];
  const [, id, path] = /^-\/jobs\/(\d+)\/artifacts\/raw\/(.+)$/.exec(rest) ?? [];
  if (ref !== undefined && named !== undefined) {
    const job = request.given.get('job');
    const found = findArtifact(project, ref, typeof job === 'string' ? job : '', named);
    return found && redirect(`${root}/${projectPath(project)}/-/jobs/${found.jobId}/artifacts/raw/${encodeURI(named)}`, 302);
  }
  const found = project.artifacts.find((each) => String(each.jobId) === id && each.path === path);
  return found ? artifactAnswer(found) : null;
}

function document(title: string, body: string): string {
  return `<!DOCTYPE html>\n<html lang="en"><head><title>${escapeHtml(title)}</title></head><body>${body}</body></html>\n`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
