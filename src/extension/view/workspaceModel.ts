import * as vscode from 'vscode';
import { settings, settingsSection, type ViewState } from '../contributions';
import type { AccessServices } from '../findAccess';
import type { FolderModel } from './folderModel';

interface WorkspaceModelOptions<Model> {
  readonly create: (folder: vscode.WorkspaceFolder, isShown: () => boolean) => Model;
  /** Names of settings that change what a model makes of what it has read. */
  readonly settings: readonly string[];
}

/** What says which GitLab may be asked: after a change all is read again. */
const accessSettings = [settings.instances, settings.useGitLabWorkflowAccount];

/** The workspace folders in the order of the workspace, as one view shows them. */
export class WorkspaceModel<Model extends FolderModel<unknown, ViewState>> implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Model | undefined>();
  readonly #subscriptions: vscode.Disposable[];
  #folders: readonly { readonly model: Model; readonly listener: vscode.Disposable }[] = [];
  #shown = false;

  /** Fires with the folder that changed, or with undefined when folders came or went. */
  readonly onDidChange = this.#changed.event;

  constructor(
    { projects, sessions }: Pick<AccessServices, 'projects' | 'sessions'>,
    private readonly options: WorkspaceModelOptions<Model>,
  ) {
    this.#sync();
    const invalidate = () => this.#invalidate();
    const affects = (event: vscode.ConfigurationChangeEvent, names: readonly string[], scope?: vscode.Uri) => names.some((name) => event.affectsConfiguration(`${settingsSection}.${name}`, scope));
    this.#subscriptions = [
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#sync()),
      vscode.workspace.onDidGrantWorkspaceTrust(invalidate),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affects(event, accessSettings)) this.#invalidate();
        else for (const model of this.folders) if (affects(event, options.settings, model.folder.uri)) void model.invalidate('local');
      }),
      projects.onDidChange(invalidate),
      sessions.onDidChange(invalidate),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const { model, listener } of this.#folders) vscode.Disposable.from(listener, model).dispose();
    this.#changed.dispose();
  }

  get folders(): readonly Model[] {
    return this.#folders.map(({ model }) => model);
  }

  get busy(): boolean {
    return this.folders.some((model) => model.busy);
  }

  folder(uri: vscode.Uri): Model | undefined {
    return this.folders.find((model) => model.folder.uri.toString() === uri.toString());
  }

  /** Whether the view can be seen. */
  set shown(shown: boolean) {
    this.#shown = shown;
    if (shown) for (const model of this.folders) model.catchUp();
  }

  /** What the view has to say: rows as soon as any folder has one to show, else why there are none. */
  get viewState(): ViewState {
    const [first, ...rest] = this.folders.map((model) => model.state);
    if (!first) return 'noFolder';
    const isAnyRead = [first, ...rest].some(({ kind }) => kind === 'read');
    if (!vscode.workspace.isTrusted && !isAnyRead) return 'untrusted';
    if (rest.length > 0 || isAnyRead) return 'ready';
    return first.kind === 'nothing' ? first.obstacle : 'loading';
  }

  #invalidate(): void {
    for (const model of this.folders) void model.invalidate();
    this.#changed.fire(undefined);
  }

  #sync(): void {
    const wanted = vscode.workspace.workspaceFolders ?? [];
    const known = new Map(this.#folders.map((each) => [each.model.folder.uri.toString(), each]));
    this.#folders = wanted.map((folder) => {
      const kept = known.get(folder.uri.toString());
      known.delete(folder.uri.toString());
      if (kept) return kept;
      const model = this.options.create(folder, () => this.#shown);
      return { model, listener: model.onDidChange(() => this.#changed.fire(model)) };
    });
    for (const { model, listener } of known.values()) vscode.Disposable.from(listener, model).dispose();
    this.#changed.fire(undefined);
    for (const model of this.folders) model.catchUp();
  }
}
