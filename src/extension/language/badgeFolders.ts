import * as vscode from 'vscode';
import { configFiles, loadConfig } from '../../app/loadConfig';
import { settings, settingsSection } from '../contributions';
import { Latest } from '../latest';
import { savedTextsIn } from './workspaceTexts';

/** Where each workspace folder has its badges: as its saved configuration says, or else the settings. Known a moment after it is made. */
export class BadgeFolders implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Paths by the URI of the workspace folder. */
  readonly #configured = new Map<string, string>();
  /** By the same, so that the newest file counts whichever is read first. */
  readonly #reads = new Map<string, Latest>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    const { workspace } = vscode;
    const watcher = workspace.createFileSystemWatcher(`{${configFiles.map((file) => `**/${file}`).join(',')}}`);
    const look = (uri: vscode.Uri) => {
      const folder = workspace.getWorkspaceFolder(uri);
      if (folder) void this.#read(folder);
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      watcher,
      watcher.onDidCreate(look),
      watcher.onDidChange(look),
      watcher.onDidDelete(look),
      workspace.onDidChangeWorkspaceFolders(() => this.#readAll()),
    );
    this.#readAll();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Relative to the workspace folder, with `/`; undefined where nobody says. */
  of(folder: vscode.WorkspaceFolder): string | undefined {
    const setting = vscode.workspace.getConfiguration(settingsSection, folder.uri).get<unknown>(settings.path);
    const path = this.#configured.get(folder.uri.toString()) ?? (typeof setting === 'string' ? setting : '');
    return path.replaceAll('\\', '/').replace(/^(?:\.?\/)+|\/+$/g, '') || undefined;
  }

  /** Whether a file lies right in the folder for badges. */
  holds(uri: vscode.Uri): boolean {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const path = folder && this.of(folder);
    if (!folder || path === undefined) return false;
    const start = `${folder.uri.path.replace(/\/$/, '')}/${path}/`;
    return uri.path.startsWith(start) && !uri.path.slice(start.length).includes('/');
  }

  /** Of the JSON files in these folders. */
  patterns(): readonly vscode.RelativePattern[] {
    return (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
      const path = this.of(folder);
      // What is special in a glob matches any character.
      return path === undefined ? [] : [new vscode.RelativePattern(folder, `${path.replace(/[[\]{}*?]/g, '?')}/*.json`)];
    });
  }

  #readAll(): void {
    for (const folder of vscode.workspace.workspaceFolders ?? []) void this.#read(folder);
  }

  async #read(folder: vscode.WorkspaceFolder): Promise<void> {
    const key = folder.uri.toString();
    const latest = this.#reads.get(key) ?? new Latest();
    this.#reads.set(key, latest);
    const read = await latest.run(() => loadConfig(savedTextsIn(folder)));
    if (!read) return;
    const path = read.value.definition.path?.value;
    if (path === this.#configured.get(key)) return;
    if (path === undefined) this.#configured.delete(key);
    else this.#configured.set(key, path);
    this.#changed.fire();
  }
}
