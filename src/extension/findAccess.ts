import * as vscode from 'vscode';
import { notOnDisk } from './messages';
import type { ProjectAccess } from './projectAccess';
import type { Projects, ProjectSearch } from './projects';
import type { Instances } from './signIn/instances';
import type { Sessions } from './signIn/sessions';
import { workflowToken } from './signIn/workflowAccount';

/** Why a folder shows no badge of its project. */
export type Obstacle = 'untrusted' | 'noProject' | 'signedOut' | 'choose' | 'refused' | 'error';

export interface AccessServices {
  readonly sessions: Sessions;
  readonly instances: Instances;
  readonly projects: Projects;
}

export type FoundAccess =
  | { readonly search: ProjectSearch; readonly project: ProjectAccess }
  /** Without a search where the folder was not looked at. */
  | { readonly search?: ProjectSearch; readonly obstacle: Obstacle; readonly detail?: string };

/** The project that a folder belongs to and the token for its instance, or what stands in the way. Sends nothing with a token. */
export async function findAccess(folder: vscode.WorkspaceFolder, { instances, projects, sessions }: AccessServices, signal: AbortSignal): Promise<FoundAccess> {
  if (!vscode.workspace.isTrusted) return { obstacle: 'untrusted' };
  if (folder.uri.scheme !== 'file') return { obstacle: 'error', detail: notOnDisk(folder.name) };
  const search = await projects.find(folder, (remotes) => instances.known(remotes, signal), signal);
  const { project } = search;
  if (!project) return { search, obstacle: search.projects.length > 1 ? 'choose' : 'noProject' };
  const token = (await sessions.token(project.instance)) ?? (await workflowToken(project.instance, signal));
  return token ? { search, project: { ref: project, token } } : { search, obstacle: 'signedOut' };
}
