import { canReadProject } from './access';
import { html, redirect, type Answer } from './answer';
import { authenticate } from './authentication';
import { projectPath, type FakeProject } from './data';
import { ordered } from './filters';
import { artifactAnswer, findArtifact } from './routes/artifacts';
import type { ApiRequest, Instance } from './router';

/**
 * What a browser gets: GitLab's own badges, artifacts, a page for a project that all may see, and the sign-in page for
 * everything else. A token changes nothing here: GitLab's web pages go by the session cookie.
 */
export function page(instance: Instance, request: ApiRequest): Answer {
  const root = instance.externalUrl();
  const path = decoded(request.path).replace(/\/$/, '');
  if (path === '/users/sign_in') return html(document('Sign in · GitLab', '<form action="/users/sign_in" method="post"></form>'));
  const project = instance.data.projects.find((each) => path === `/${projectPath(each)}` || path.startsWith(`/${projectPath(each)}/`));
  const anonymous = authenticate(instance.data, instance.now(), { method: 'GET', headers: {}, given: new Map() });
  if (!project || !canReadProject(anonymous, project)) return redirect(`${root}/users/sign_in`, 302);
  const rest = path.slice(projectPath(project).length + 2);
  return (
    ownBadge(project, rest) ??
    artifact(project, rest, request, root) ??
    (rest === '' ? html(document(`${project.name} · GitLab`, `<h1>${escapeHtml(project.name)}</h1>`)) : notThere())
  );
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

/** The pipeline, coverage and release badges that GitLab draws itself. */
function ownBadge(project: FakeProject, rest: string): Answer | null {
  const release = /^-\/badges\/release\.svg$/.test(rest);
  const [, ref, kind] = /^(?:-\/)?badges\/(.+)\/(pipeline|coverage)\.svg$/.exec(rest) ?? [];
  const pipeline = [...project.pipelines].filter((each) => each.ref === ref).sort((a, b) => b.id - a.id)[0];
  if (release) return badge('Latest Release', ordered(project.releases, (each) => each.releasedAt, 'desc')[0]?.tag ?? 'none');
  if (kind === 'pipeline') return badge('pipeline', pipeline ? (pipeline.status === 'success' ? 'passed' : pipeline.status) : 'unknown');
  if (kind === 'coverage') return badge('coverage', pipeline?.coverage ? `${pipeline.coverage}%` : 'unknown');
  return null;
}

function badge(label: string, message: string): Answer {
  const [title, left, right] = [`${label}: ${message}`, label, message].map(escapeHtml);
  const body =
    `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="20"><title>${title}</title><rect width="120" height="20" fill="#555"/>` +
    `<text x="4" y="14" fill="#fff">${left}</text><text x="66" y="14" fill="#fff">${right}</text></svg>`;
  return { status: 200, headers: { 'Content-Type': 'image/svg+xml; charset=utf-8', 'Cache-Control': 'private, no-store' }, body };
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
