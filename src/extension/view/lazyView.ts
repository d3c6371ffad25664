import * as vscode from 'vscode';

/** What fills a view. */
export type Rows<Node> = Pick<Required<vscode.TreeDataProvider<Node>>, 'getChildren' | 'getTreeItem'> & Pick<vscode.TreeDataProvider<Node>, 'resolveTreeItem'>;

/** A tree view that is registered with the extension and filled once it is seen: VS Code asks for the rows no earlier. */
export class LazyView<Node> implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly view: vscode.TreeView<Node>;
  #rows: Rows<Node> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param load ends with `fill` */
  constructor(
    readonly id: string,
    private readonly load: () => Promise<unknown>,
  ) {
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
  }

  dispose(): void {
    this.view.dispose();
    this.#changed.dispose();
  }

  fill(rows: Rows<Node>): void {
    this.#rows = rows;
  }

  /** Asks anew for what is below a node, or for everything. */
  renew(node: Node | undefined): void {
    this.#changed.fire(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!this.#rows) await this.load();
    return (await this.#rows?.getChildren(node)) ?? [];
  }

  getTreeItem(node: Node): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#rows?.getTreeItem(node) ?? {};
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node, token: vscode.CancellationToken): vscode.ProviderResult<vscode.TreeItem> {
    return this.#rows?.resolveTreeItem?.(item, node, token) ?? item;
  }
}
