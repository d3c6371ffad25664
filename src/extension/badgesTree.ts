import * as vscode from 'vscode';
import type { Badge } from '../core/badge';
import { alternative } from './badgeSnippet';
import { badgeRow } from './badgeRow';
import { rowTraits, views } from './contributions';
import type { FolderModel } from './folderModel';
import type { LoadEngine } from './loadEngine';
import { folderReasons, loadingBadges, readAt, source, unknownBadge } from './messages';
import { instanceName } from './remotes';
import type { WorkspaceModel } from './workspaceModel';

/** A row of the view, and what its commands are called with. */
export type BadgeNode =
  | { readonly kind: 'folder'; readonly model: FolderModel }
  | { readonly kind: 'badge'; readonly model: FolderModel; readonly badge: Badge };

/** The view of all folders and their badges. */
export class BadgesTree implements vscode.TreeDataProvider<BadgeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<BadgeNode | undefined>();
  readonly #folders = new WeakMap<FolderModel, BadgeNode & { readonly kind: 'folder' }>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #view: vscode.TreeView<BadgeNode>;
  #settled: (() => void) | undefined;
  /** What the rows show. */
  #states: readonly { readonly model: FolderModel; readonly state: FolderModel['state'] }[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly workspace: WorkspaceModel,
    private readonly loadEngine: LoadEngine,
  ) {
    this.#view = vscode.window.createTreeView(views.badges, { treeDataProvider: this, showCollapseAll: true });
    workspace.shown = this.#view.visible;
    this.#subscriptions = [
      this.#view,
      this.#view.onDidChangeVisibility(({ visible }) => (workspace.shown = visible)),
      workspace.onDidChange(() => {
        this.#showProgress();
        this.#showChanges();
      }),
    ];
  }

  dispose(): void {
    this.#settled?.();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** The folder of the selected row, for commands given without one. */
  get selectedFolder(): FolderModel | undefined {
    return this.#view.selection[0]?.model;
  }

  getChildren(node?: BadgeNode): BadgeNode[] {
    if (!node) return this.workspace.viewState === 'ready' ? this.workspace.folders.map((model) => this.#folderNode(model)) : [];
    if (node.kind === 'badge') return [];
    return (node.model.snapshot?.badges ?? []).map((badge) => ({ kind: 'badge', model: node.model, badge }));
  }

  getParent(node: BadgeNode): BadgeNode | undefined {
    return node.kind === 'badge' ? this.#folderNode(node.model) : undefined;
  }

  getTreeItem(node: BadgeNode): vscode.TreeItem {
    return node.kind === 'folder' ? folderItem(node.model) : badgeItem(node.model, node.badge);
  }

  /** The drawn badge is only made for the row under the mouse. */
  async resolveTreeItem(item: vscode.TreeItem, node: BadgeNode): Promise<vscode.TreeItem> {
    if (node.kind === 'badge') item.tooltip = await this.#badgeTooltip(node);
    return item;
  }

  async #badgeTooltip({ badge, model }: BadgeNode & { readonly kind: 'badge' }): Promise<vscode.MarkdownString> {
    const tooltip = new vscode.MarkdownString();
    if (badge.status === 'known') {
      const svg = await (await this.loadEngine()).draw(badge, model.style).catch(() => null);
      if (svg === null) tooltip.appendText(alternative(badge));
      else tooltip.appendMarkdown(`![badge](data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')})`);
    } else {
      tooltip.appendText(badge.status === 'unknown' ? unknownBadge(badge.reason) : badge.reason);
    }
    tooltip.appendMarkdown('\n\n').appendText(source(badge.origin.text));
    return tooltip.appendMarkdown('  \n').appendText(readAt(new Date(badge.origin.at).toLocaleString()));
  }

  #folderNode(model: FolderModel): BadgeNode {
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
    const sameRows = before.length === folders.length && before.every(({ model, state }, index) => model === folders[index] && state.kind === model.state.kind);
    if (!sameRows) this.#changed.fire(undefined);
    else for (const { model, state } of before) if (state !== model.state) this.#changed.fire(this.#folderNode(model));
  }

  /** The bar at the top of the view runs while any folder is read. */
  #showProgress(): void {
    if (this.workspace.busy === (this.#settled !== undefined)) return;
    if (this.#settled) {
      this.#settled();
      this.#settled = undefined;
    } else {
      void vscode.window.withProgress({ location: { viewId: views.badges } }, () => new Promise<void>((resolve) => (this.#settled = resolve)));
    }
  }
}

function folderItem(model: FolderModel): vscode.TreeItem {
  const { folder, state } = model;
  const item = new vscode.TreeItem(folder.name, vscode.TreeItemCollapsibleState.Expanded);
  // VS Code keeps a row folded that had nothing below it, unless it is another row then.
  item.id = `${folder.uri.toString()}${state.kind === 'snapshot' ? '' : '#empty'}`;
  item.description = folderDescription(model);
  item.tooltip = state.kind !== 'loading' && state.detail !== undefined ? `${item.description}\n${state.detail}` : item.description;
  item.accessibilityInformation = { label: `${folder.name}, ${item.description}` };
  const obstacle = state.kind === 'loading' ? undefined : state.obstacle;
  const several = state.kind !== 'loading' && (state.search?.projects.length ?? 0) > 1;
  item.contextValue = [
    rowTraits.folder,
    ...(obstacle === 'signedOut' || obstacle === 'refused' || obstacle === 'noProject' ? [rowTraits.signedOut] : []),
    ...(several ? [rowTraits.several] : []),
  ].join(' ');
  if (obstacle === 'error' || obstacle === 'refused') item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  if (state.kind !== 'snapshot') item.collapsibleState = vscode.TreeItemCollapsibleState.None;
  return item;
}

/** `acme/shop · gitlab.example.com`, and what stands in the way. */
function folderDescription({ state }: FolderModel): string {
  if (state.kind === 'loading') return loadingBadges();
  const project = state.search?.project;
  const place = project ? [project.project, instanceName(project.instance)] : [];
  const obstacle = state.obstacle && (state.obstacle === 'error' && state.detail !== undefined ? state.detail : folderReasons[state.obstacle]);
  return [...place, ...(obstacle ? [obstacle] : [])].join(' · ');
}

function badgeItem(model: FolderModel, badge: Badge): vscode.TreeItem {
  const row = badgeRow(badge);
  const item = new vscode.TreeItem(row.label);
  item.id = `${model.folder.uri.toString()}#${badge.stem}`;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(row.icon, row.color === undefined ? undefined : new vscode.ThemeColor(row.color));
  item.accessibilityInformation = { label: row.spoken };
  item.contextValue = row.traits;
  return item;
}
