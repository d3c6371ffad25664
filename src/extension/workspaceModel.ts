import * as vscode from 'vscode';
import { contextKeys, settings, settingsSection, type ViewState } from './contributions';
import { FolderModel, type FolderServices } from './folderModel';

interface Followed {
  readonly model: FolderModel;
  readonly listener: vscode.Disposable;
}

/** The workspace folders and their badges, in the order of the workspace. */
export class WorkspaceModel implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<FolderModel | undefined>();
  readonly #subscriptions: vscode.Disposable[];
  #folders: readonly Followed[] = [];
  #shown = false;

  /** Fires with the folder whose badges changed, or with undefined when folders came or went. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly services: Omit<FolderServices, 'isShown'>) {
    this.#sync();
    this.#subscriptions = [
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#sync()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#invalidate('all')),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${settingsSection}.${settings.instances}`) || event.affectsConfiguration(`${settingsSection}.${settings.useGitLabWorkflowAccount}`)) this.#invalidate('all');
        else for (const { model } of this.#folders) if (event.affectsConfiguration(settingsSection, model.folder.uri)) model.invalidate('local');
      }),
      services.projects.onDidChange(() => this.#invalidate('all')),
      services.sessions.onDidChange(() => this.#invalidate('all')),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#drop(this.#folders);
    this.#changed.dispose();
  }

  get folders(): readonly FolderModel[] {
    return this.#folders.map(({ model }) => model);
  }

  get busy(): boolean {
    return this.folders.some((model) => model.busy);
  }

  folder(uri: vscode.Uri): FolderModel | undefined {
    return this.folders.find((model) => model.folder.uri.toString() === uri.toString());
  }

  /** Whether the view that shows all folders can be seen. */
  set shown(shown: boolean) {
    this.#shown = shown;
    if (shown) for (const model of this.folders) model.catchUp();
  }

  /** What the view has to say: rows as soon as any folder has one to show, else why there are none. */
  get viewState(): ViewState {
    const [first, ...rest] = this.folders.map((model) => model.state);
    if (!first) return 'noFolder';
    if (!vscode.workspace.isTrusted) return 'untrusted';
    if (rest.length > 0) return 'ready';
    if (first.kind === 'snapshot') return 'ready';
    return first.kind === 'loading' ? 'loading' : first.obstacle;
  }

  async refresh(): Promise<void> {
    await Promise.all(this.folders.map((model) => model.refresh('all')));
  }

  #invalidate(staleness: 'local' | 'all'): void {
    for (const { model } of this.#folders) model.invalidate(staleness);
    this.#changed.fire(undefined);
  }

  #sync(): void {
    const wanted = vscode.workspace.workspaceFolders ?? [];
    const kept = this.#folders.filter(({ model }) => wanted.some((folder) => folder.uri.toString() === model.folder.uri.toString()));
    this.#drop(this.#folders.filter((folder) => !kept.includes(folder)));
    this.#folders = wanted.map((folder) => kept.find(({ model }) => model.folder.uri.toString() === folder.uri.toString()) ?? this.#add(folder));
    this.#changed.fire(undefined);
    for (const model of this.folders) model.catchUp();
  }

  #add(folder: vscode.WorkspaceFolder): Followed {
    const model = new FolderModel(folder, { ...this.services, isShown: () => this.#shown });
    return { model, listener: model.onDidChange(() => this.#changed.fire(model)) };
  }

  #drop(folders: readonly Followed[]): void {
    for (const { model, listener } of folders) {
      listener.dispose();
      model.dispose();
    }
  }
}

/** Keeps the context keys of the `when` clauses in step with the model. */
export function followInContext(model: WorkspaceModel, sessions: FolderServices['sessions']): vscode.Disposable {
  let state: ViewState | undefined;
  let signedIn: boolean | undefined;
  const update = () => {
    if (state !== model.viewState) void vscode.commands.executeCommand('setContext', contextKeys.state, (state = model.viewState));
    const any = sessions.accounts.length > 0;
    if (signedIn !== any) void vscode.commands.executeCommand('setContext', contextKeys.signedIn, (signedIn = any));
  };
  update();
  return vscode.Disposable.from(model.onDidChange(update), sessions.onDidChange(update));
}
