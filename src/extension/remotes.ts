import type { ProjectRef } from '../core/snapshot';
import { parseRemoteUrl } from '../gitlab/remoteUrl';

export interface Remote {
  readonly name: string;
  /** As git would use it, `insteadOf` applied. May hold a password: never shown, never logged. */
  readonly url: string;
}

/** The order in which remotes are asked for a project: the current branch's own, then `origin`, then the rest as git lists them. */
export function inOrder<T extends { readonly name: string }>(remotes: readonly T[], upstream: string | undefined): readonly T[] {
  const rank = (remote: T) => (remote.name === upstream ? 0 : remote.name === 'origin' ? 1 : 2);
  return [...remotes].sort((a, b) => rank(a) - rank(b));
}

export function sameProject(a: ProjectRef, b: ProjectRef): boolean {
  return a.instance === b.instance && a.project === b.project;
}

/** Each project once, first mention first. */
function distinct(projects: readonly ProjectRef[]): readonly ProjectRef[] {
  return projects.filter((project, index) => projects.findIndex((other) => sameProject(other, project)) === index);
}

/**
 * Which of the projects that remotes point to is meant: the one the user chose, if a remote still points there,
 * then the current branch's own. `several` is true where the user has a choice to make or to change.
 */
export function choose(
  candidates: readonly { readonly remote: string; readonly project: ProjectRef }[],
  upstream: string | undefined,
  chosen: ProjectRef | undefined,
): { readonly projects: readonly ProjectRef[]; readonly project: ProjectRef | null } {
  const projects = distinct(candidates.map((candidate) => candidate.project));
  const kept = chosen && projects.find((project) => sameProject(project, chosen));
  const own = candidates.find((candidate) => candidate.remote === upstream)?.project;
  return { projects, project: kept ?? own ?? (projects.length === 1 ? projects[0]! : null) };
}

/** Where the GitLab of a remote would be on the web, a relative URL root left out because a remote does not tell it. */
export function webAddress(remoteUrl: string): string | null {
  const remote = parseRemoteUrl(remoteUrl);
  if (!remote) return null;
  const overHttp = remote.scheme === 'http' || remote.scheme === 'https';
  return overHttp ? `${remote.scheme}://${remote.host}${remote.port === null ? '' : `:${remote.port}`}` : `https://${remote.host}`;
}

/** `gitlab.example.com/gitlab` for `https://gitlab.example.com/gitlab`: what a person calls an instance. */
export function instanceName(instance: string): string {
  return instance.replace(/^https?:\/\//, '');
}
