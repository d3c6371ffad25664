import type * as vscode from 'vscode';
import { isGitLabError } from '../../gitlab/gitlabError';
import { findAccess, type AccessServices } from '../findAccess';
import type { ProjectAccess } from '../projectAccess';
import { configFileGlob, FolderModel, type FolderState, type ReadingServices } from '../view/folderModel';
import type { WorkspaceModel } from '../view/workspaceModel';
import type { Picture } from './pictures';
import { pendingChanges, type Published } from './published';

/** The badges on GitLab of a folder's project. */
export interface ReadPublished {
  readonly published: Published;
  /** It could not be read again, and this is what was read before. */
  readonly trouble?: string;
}

/** The badges on GitLab of one workspace folder's project. */
export class PublishedModel extends FolderModel<ReadPublished> {
  constructor(
    folder: vscode.WorkspaceFolder,
    protected override readonly services: ReadingServices & AccessServices,
    isShown: () => boolean,
  ) {
    super(folder, services, isShown);
    this.watch([configFileGlob]);
  }

  get published(): Published | null {
    return this.state.kind === 'read' ? this.state.published : null;
  }

  /** The project and its token, or what stands in the way. */
  access(signal: AbortSignal): ReturnType<typeof findAccess> {
    return findAccess(this.folder, this.services, signal);
  }

  /** The picture behind an address, with the token where that is needed and allowed. Rejects when aborted, and for bugs. */
  async picture(url: string, { instance, example }: Published, signal: AbortSignal): Promise<Picture> {
    const found = await this.access(signal);
    const engine = await this.services.loadEngine();
    return engine.publish.picture(url, instance, 'obstacle' in found ? null : { project: found.project, example }, signal);
  }

  /** Reads for a command, whether or not somebody looks. Rejects as the engine does. */
  async readNow(project: ProjectAccess, signal: AbortSignal): Promise<Published> {
    const published = await this.#ask(project, signal);
    this.adopt({ kind: 'read', published });
    return published;
  }

  protected async find(staleness: 'local' | 'all', signal: AbortSignal): Promise<FolderState<ReadPublished>> {
    // A token that was refused is not sent again because a file changed.
    if (staleness === 'local' && this.state.kind === 'nothing' && this.state.obstacle === 'refused') return this.state;
    const found = await this.access(signal);
    if ('obstacle' in found) return { kind: 'nothing', obstacle: found.obstacle, ...(found.detail === undefined ? {} : { detail: found.detail }) };
    try {
      return { kind: 'read', published: await this.#ask(found.project, signal) };
    } catch (error) {
      signal.throwIfAborted();
      if (isGitLabError(error) && error.reason === 'unauthorized') return { kind: 'nothing', obstacle: 'refused' };
      const failure = this.failure(error);
      const before = this.published;
      const { ref } = found.project;
      const isSame = before?.instance === ref.instance && before.project.toLowerCase() === ref.project.toLowerCase();
      return isSame ? { kind: 'read', published: before, trouble: failure.detail } : failure;
    }
  }

  async #ask(project: ProjectAccess, signal: AbortSignal): Promise<Published> {
    const scopes = this.services.sessions.account(project.ref.instance)?.scopes ?? null;
    const engine = await this.services.loadEngine();
    const published = await engine.publish.read({ root: this.folder.uri.fsPath, project, scopes }, signal);
    signal.throwIfAborted();
    return published;
  }
}

/** Whether the token may change the badges of any project or group of the view. */
export function mayPublish({ folders }: WorkspaceModel<PublishedModel>): boolean {
  return folders.some((model) => model.published?.targets.some(({ access }) => access.may));
}

/** How many badges a push would change. */
export function pendingOf({ folders }: WorkspaceModel<PublishedModel>): number {
  return folders.reduce((sum, { published }) => sum + (published ? pendingChanges(published) : 0), 0);
}
