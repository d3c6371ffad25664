import * as vscode from 'vscode';
import type { ViewState } from '../contributions';
import type { FolderModel } from './folderModel';
import type { LazyView, Rows } from './lazyView';
import type { RowLook } from './rowLook';
import type { WorkspaceModel } from './workspaceModel';

/** The row of a workspace folder. */
export interface FolderNode<Model> {
  readonly kind: 'folder';
  readonly model: Model;
}

/** A view of the workspace folders and what is known of each. */
export abstract class FolderTree<Model extends FolderModel<unknown, ViewState>, Node extends { readonly kind: string; readonly model: Model }> implements Rows<FolderNode<Model> | Node>, vscode.Disposable {
  readonly #folders = new WeakMap<Model, FolderNode<Model>>();
  readonly #subscriptions: vscode.Disposable[];
  #settled: (() => void) | undefined;
  /** What the rows show. */
  #states: readonly { readonly model: Model; readonly state: Model['state'] }[] = [];

  constructor(
    protected readonly lazy: LazyView<FolderNode<Model> | Node>,
    protected readonly workspace: WorkspaceModel<Model>,
    /** Whether a folder has a row of its own where it is the only one. */
    private readonly showsSingleFolder: boolean,
  ) {
    const { view } = lazy;
    lazy.fill(this);
    this.#subscriptions = [
      view.onDidChangeVisibility(({ visible }) => (workspace.shown = visible)),
      workspace.onDidChange(() => {
        this.#showProgress();
        this.#showChanges();
        this.update();
      }),
    ];
    workspace.shown = view.visible;
  }

  protected abstract rowsOf(model: Model): Node[];
  protected abstract rowsBelow(node: Node): Node[];
  protected abstract folderItem(model: Model): vscode.TreeItem;
  protected abstract itemOf(node: Node): vscode.TreeItem;

  /** Called whenever something changed, for what a view shows beside its rows. */
  protected update(): void {}

  dispose(): void {
    this.#settled?.();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The folder of the selected row, for commands given without one. */
  get selectedFolder(): vscode.WorkspaceFolder | undefined {
    return this.lazy.view.selection[0]?.model.folder;
  }

  getChildren(node?: FolderNode<Model> | Node): (FolderNode<Model> | Node)[] {
    if (!node) {
      const { folders, viewState } = this.workspace;
      if (viewState !== 'ready') return [];
      return this.#hasFolderRows ? folders.map((model) => this.#folderNode(model)) : folders.flatMap((model) => this.rowsOf(model));
    }
    return isFolder(node) ? this.rowsOf(node.model) : this.rowsBelow(node);
  }

  getTreeItem(node: FolderNode<Model> | Node): vscode.TreeItem {
    return isFolder(node) ? this.folderItem(node.model) : this.itemOf(node);
  }

  get #hasFolderRows(): boolean {
    return this.showsSingleFolder || this.workspace.folders.length > 1;
  }

  #folderNode(model: Model): FolderNode<Model> {
    const known = this.#folders.get(model);
    if (known) return known;
    const node = { kind: 'folder', model } as const;
    this.#folders.set(model, node);
    return node;
  }

  /** Asks anew for no more than changed: until it has the answers, VS Code does not know the rows that a menu was opened on. */
  #showChanges(): void {
    const before = this.#states;
    const folders = this.workspace.viewState === 'ready' ? this.workspace.folders : [];
    this.#states = folders.map((model) => ({ model, state: model.state }));
    const changed = before.filter(({ model, state }) => state !== model.state);
    const sameRows = before.length === folders.length && before.every(({ model, state }, index) => model === folders[index] && state.kind === model.state.kind);
    if (!sameRows || (changed.length > 0 && !this.#hasFolderRows)) this.lazy.renew(undefined);
    else for (const { model } of changed) this.lazy.renew(this.#folderNode(model));
  }

  /** The bar at the top of the view runs while any folder is read. */
  #showProgress(): void {
    if (this.workspace.busy === (this.#settled !== undefined)) return;
    if (this.#settled) {
      this.#settled();
      this.#settled = undefined;
    } else {
      void vscode.window.withProgress({ location: { viewId: this.lazy.id } }, () => new Promise<void>((resolve) => (this.#settled = resolve)));
    }
  }
}

function isFolder<Model, Node extends { readonly kind: string }>(node: FolderNode<Model> | Node): node is FolderNode<Model> {
  return node.kind === 'folder';
}

/** A row of a list as VS Code shows it. */
export function rowItem(row: RowLook, state = vscode.TreeItemCollapsibleState.None): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
  item.description = row.description;
  if (row.icon !== undefined) item.iconPath = new vscode.ThemeIcon(row.icon, row.color === undefined ? undefined : new vscode.ThemeColor(row.color));
  item.accessibilityInformation = { label: row.spoken };
  item.contextValue = row.traits;
  return item;
}
