import * as vscode from 'vscode';
import { isGitLabError } from '../gitlab/gitlabError';
import { contextKeys, settings, settingsSection, type ViewState } from './contributions';
import { debounce } from './debounce';
import { explain } from './errors';
import { configFileGlob, type FolderServices } from './folderModel';
import { Latest } from './latest';
import { findAccess, type Obstacle } from './findAccess';
import type { ProjectAccess } from './projectAccess';
import { pendingChanges, type Published } from './published';
import type { WorkspaceModel } from './workspaceModel';

const settleMs = 300;

export type PublishedState =
  | { readonly kind: 'loading' }
  /** `trouble`: it could not be read again, and this is what was read before. */
  | { readonly kind: 'read'; readonly published: Published; readonly trouble?: string }
  | { readonly kind: 'nothing'; readonly obstacle: Obstacle; readonly detail?: string };

type PublishedServices = Omit<FolderServices, 'isShown'>;

/** The badges on GitLab of one workspace folder's project, read while the view is seen. */
export class PublishedModel implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #latest = new Latest();
  readonly #watcher: vscode.Disposable;
  #state: PublishedState = { kind: 'loading' };
  #stale = true;

  readonly onDidChange = this.#changed.event;

  constructor(
    readonly folder: vscode.WorkspaceFolder,
    private readonly services: PublishedServices,
    private readonly isShown: () => boolean,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, configFileGlob));
    const settled = debounce(() => {
      // A token that was refused is not sent again because a file changed.
      if (this.#state.kind !== 'nothing' || this.#state.obstacle !== 'refused') this.invalidate();
    }, settleMs);
    this.#watcher = vscode.Disposable.from(watcher, settled, watcher.onDidChange(settled), watcher.onDidCreate(settled), watcher.onDidDelete(settled));
  }

  dispose(): void {
    this.#latest.cancel();
    this.#watcher.dispose();
    this.#changed.dispose();
  }

  get state(): PublishedState {
    return this.#state;
  }

  get published(): Published | null {
    return this.#state.kind === 'read' ? this.#state.published : null;
  }

  get busy(): boolean {
    return this.#latest.running;
  }

  /** Something changed: read it now if somebody looks, else when somebody does. */
  invalidate(): void {
    this.#stale = true;
    this.catchUp();
  }

  /** Reads what became stale while nobody looked. */
  catchUp(): void {
    if (this.#stale && this.isShown()) void this.refresh();
  }

  /** A newer refresh takes over from this one. Never rejects: what went wrong is in the state. */
  async refresh(): Promise<void> {
    this.#stale = false;
    const run = this.#latest.run((signal) => this.#read(signal));
    this.#changed.fire();
    const result = await run;
    if (!result) return;
    this.#state = result.value;
    this.#changed.fire();
  }

  /** For a user who asks for it: at once if somebody looks, else when somebody does. */
  async refreshIfShown(): Promise<void> {
    if (this.isShown()) await this.refresh();
    else this.#stale = true;
  }

  /** The project and its token, or what stands in the way. */
  access(signal: AbortSignal): ReturnType<typeof findAccess> {
    return findAccess(this.folder, this.services, signal);
  }

  /** Reads for a command, whether or not somebody looks. Rejects as the engine does. */
  async readNow(project: ProjectAccess, signal: AbortSignal): Promise<Published> {
    const published = await this.#ask(project, signal);
    this.#latest.cancel();
    this.#stale = false;
    this.#state = { kind: 'read', published };
    this.#changed.fire();
    return published;
  }

  async #read(signal: AbortSignal): Promise<PublishedState> {
    try {
      const found = await this.access(signal);
      if ('obstacle' in found) return { kind: 'nothing', obstacle: found.obstacle, ...(found.detail === undefined ? {} : { detail: found.detail }) };
      try {
        return { kind: 'read', published: await this.#ask(found.project, signal) };
      } catch (error) {
        signal.throwIfAborted();
        if (isGitLabError(error) && error.reason === 'unauthorized') return { kind: 'nothing', obstacle: 'refused' };
        const { text, log } = explain(error);
        this.services.log.warn(`${this.folder.name}: ${log}`);
        const before = this.published;
        const { ref } = found.project;
        if (before?.instance === ref.instance && before.project.toLowerCase() === ref.project.toLowerCase()) return { kind: 'read', published: before, trouble: text };
        return { kind: 'nothing', obstacle: 'error', detail: text };
      }
    } catch (error) {
      signal.throwIfAborted();
      const { text, log } = explain(error);
      this.services.log.warn(`${this.folder.name}: ${log}`);
      return { kind: 'nothing', obstacle: 'error', detail: text };
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

/** The badges on GitLab of all workspace folders, in the order of the workspace. */
export class PublishedWorkspace implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #models: readonly { readonly model: PublishedModel; readonly listener: vscode.Disposable }[] = [];
  #shown = false;

  readonly onDidChange = this.#changed.event;

  constructor(
    workspace: WorkspaceModel,
    private readonly services: PublishedServices,
  ) {
    this.#sync();
    const invalidate = () => this.invalidate();
    this.#subscriptions = [
      workspace.onDidChange((folder) => folder ?? this.#sync()),
      vscode.workspace.onDidGrantWorkspaceTrust(invalidate),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${settingsSection}.${settings.instances}`) || event.affectsConfiguration(`${settingsSection}.${settings.useGitLabWorkflowAccount}`)) invalidate();
      }),
      services.projects.onDidChange(invalidate),
      services.sessions.onDidChange(invalidate),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const { model, listener } of this.#models) vscode.Disposable.from(listener, model).dispose();
    this.#changed.dispose();
  }

  get models(): readonly PublishedModel[] {
    return this.#models.map(({ model }) => model);
  }

  get busy(): boolean {
    return this.models.some((model) => model.busy);
  }

  model(folder: vscode.WorkspaceFolder): PublishedModel | undefined {
    return this.models.find((model) => model.folder.uri.toString() === folder.uri.toString());
  }

  /** Whether the view can be seen. */
  set shown(shown: boolean) {
    this.#shown = shown;
    if (shown) for (const model of this.models) model.catchUp();
  }

  invalidate(): void {
    for (const model of this.models) model.invalidate();
  }

  /** What the view has to say: rows as soon as any folder has one to show, else why there are none. */
  get viewState(): ViewState {
    const [first, ...rest] = this.models.map((model) => model.state);
    if (!first) return 'noFolder';
    if (!vscode.workspace.isTrusted) return 'untrusted';
    if (rest.length > 0 || first.kind === 'read') return 'ready';
    return first.kind === 'loading' ? 'loading' : first.obstacle;
  }

  get mayPublish(): boolean {
    return this.models.some((model) => model.published?.targets.some(({ access }) => access.may));
  }

  get pending(): number {
    return this.models.reduce((sum, { published }) => sum + (published ? pendingChanges(published) : 0), 0);
  }

  #sync(): void {
    const wanted = vscode.workspace.workspaceFolders ?? [];
    const same = (model: PublishedModel, folder: vscode.WorkspaceFolder) => model.folder.uri.toString() === folder.uri.toString();
    for (const { model, listener } of this.#models) if (!wanted.some((folder) => same(model, folder))) vscode.Disposable.from(listener, model).dispose();
    this.#models = wanted.map((folder) => {
      const known = this.#models.find(({ model }) => same(model, folder));
      if (known) return known;
      const model = new PublishedModel(folder, this.services, () => this.#shown);
      return { model, listener: model.onDidChange(() => this.#changed.fire()) };
    });
    this.#changed.fire();
    if (this.#shown) for (const model of this.models) model.catchUp();
  }
}

/** Keeps the context keys of the `when` clauses in step with the model. */
export function followPublishedInContext(workspace: PublishedWorkspace): vscode.Disposable {
  let state: ViewState | undefined;
  let mayPublish: boolean | undefined;
  const update = () => {
    if (state !== workspace.viewState) void vscode.commands.executeCommand('setContext', contextKeys.publishedState, (state = workspace.viewState));
    if (mayPublish !== workspace.mayPublish) void vscode.commands.executeCommand('setContext', contextKeys.mayPublish, (mayPublish = workspace.mayPublish));
  };
  update();
  return workspace.onDidChange(update);
}
