import * as vscode from 'vscode';
import { views } from './contributions';
import type { LoadEngine } from './loadEngine';
import * as messages from './messages';
import { badgesOf, type PublishedBadge, type PublishedTarget } from './published';
import type { PublishedModel, PublishedWorkspace } from './publishedModel';
import { publishedRow, targetRow, urlRow, type PublishedRow } from './publishedRow';
import { instanceName } from './remotes';

const pictureTimeoutMs = 5000;

/** A row of the view, and what its commands are called with. */
export type PublishedNode =
  /** Only where the workspace has several folders. */
  | { readonly kind: 'folder'; readonly published: PublishedModel }
  | { readonly kind: 'target'; readonly published: PublishedModel; readonly target: PublishedTarget }
  | PublishedBadgeNode
  | { readonly kind: 'url'; readonly published: PublishedModel; readonly target: PublishedTarget; readonly entry: PublishedBadge; readonly field: UrlField };

export interface PublishedBadgeNode {
  readonly kind: 'published';
  readonly published: PublishedModel;
  readonly target: PublishedTarget;
  readonly entry: PublishedBadge;
}

type UrlField = 'link_url' | 'image_url';

/** The view of the badges on GitLab. */
export class PublishedTree implements vscode.TreeDataProvider<PublishedNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<PublishedNode>;
  readonly #subscriptions: vscode.Disposable[];
  #settled: (() => void) | undefined;
  /** What the rows show, in the order of the folders. */
  #states: readonly unknown[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly workspace: PublishedWorkspace,
    private readonly loadEngine: LoadEngine,
  ) {
    this.#view = vscode.window.createTreeView(views.published, { treeDataProvider: this, showCollapseAll: true });
    workspace.shown = this.#view.visible;
    this.#subscriptions = [
      this.#view,
      this.#view.onDidChangeVisibility(({ visible }) => (workspace.shown = visible)),
      workspace.onDidChange(() => this.#update()),
    ];
  }

  dispose(): void {
    this.#settled?.();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** The folder of the selected row, for commands given without one. */
  get selectedFolder(): vscode.WorkspaceFolder | undefined {
    return this.#view.selection[0]?.published.folder;
  }

  getChildren(node?: PublishedNode): PublishedNode[] {
    if (!node) {
      if (this.workspace.viewState !== 'ready') return [];
      const [first, ...rest] = this.workspace.models;
      return first && rest.length === 0 ? targetNodes(first) : this.workspace.models.map((published) => ({ kind: 'folder', published }));
    }
    switch (node.kind) {
      case 'folder':
        return targetNodes(node.published);
      case 'target':
        return badgesOf(node.target).map((entry) => ({ ...node, kind: 'published', entry }));
      case 'published':
        return (['link_url', 'image_url'] as const).map((field) => ({ ...node, kind: 'url', field }));
      case 'url':
        return [];
    }
  }

  getTreeItem(node: PublishedNode): vscode.TreeItem {
    const root = node.published.folder.uri.toString();
    switch (node.kind) {
      case 'folder':
        return folderItem(node.published);
      case 'target': {
        const { target, badges } = node.target;
        const isGroup = target?.scope !== 'project';
        const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
        const empty = badges.length === 0 && !node.target.changes?.length;
        const item = itemOf(targetRow(node.target), empty ? None : isGroup ? Collapsed : Expanded);
        // VS Code keeps a row folded that had nothing below it, unless it is another row then.
        item.id = `${root}#${target?.scope ?? 'above'}:${target?.path ?? ''}${empty ? '#empty' : ''}`;
        return item;
      }
      case 'published': {
        const { target, entry } = node;
        const item = itemOf(publishedRow(entry, target), vscode.TreeItemCollapsibleState.Collapsed);
        const index = badgesOf(target).findIndex((other) => other.record === entry.record);
        item.id = `${root}#${target.target?.path ?? ''}#${entry.badge?.id ?? `new:${index}`}`;
        return item;
      }
      case 'url':
        return urlItem(node);
    }
  }

  /** The picture is only asked for when the mouse is over a row. */
  async resolveTreeItem(item: vscode.TreeItem, node: PublishedNode, token?: vscode.CancellationToken): Promise<vscode.TreeItem> {
    if (node.kind !== 'published') return item;
    const { entry, published } = node;
    const link = urlRow(entry, 'link_url');
    const image = urlRow(entry, 'image_url');
    const tooltip = new vscode.MarkdownString();
    if (entry.badge) {
      const request = signalFor(token);
      try {
        const engine = await this.loadEngine();
        const shown = image.before === null ? (image.shown ?? image.value) : entry.badge.rendered_image_url;
        const picture = await engine.publish.picture(shown, published.published?.instance ?? shown, request.signal).catch(() => null);
        if (picture === null) tooltip.appendMarkdown('$(circle-slash) ').appendText(messages.noPublicPicture());
        else tooltip.appendMarkdown(`![badge](${picture})`);
      } finally {
        request.dispose();
      }
      tooltip.supportThemeIcons = true;
      tooltip.appendMarkdown('\n\n');
    }
    appendUrl(tooltip, messages.linkTo(link.shown ?? link.value), link);
    tooltip.appendMarkdown('\n\n');
    appendUrl(tooltip, messages.imageAt(image.shown ?? image.value), image);
    item.tooltip = tooltip;
    return item;
  }

  #update(): void {
    const { pending, models, viewState } = this.workspace;
    this.#view.description = messages.pendingMark(pending);
    const [only] = models.length === 1 ? models : [];
    this.#view.message = viewState === 'ready' && only ? messageOf(only) : '';
    this.#showProgress();
    // Only what changed is asked for anew: VS Code forgets the rows that a menu was opened on.
    const states = [viewState, ...models.map(({ state }) => state)];
    const isSame = states.length === this.#states.length && states.every((state, index) => state === this.#states[index]);
    this.#states = states;
    if (!isSame) this.#changed.fire();
  }

  /** The bar at the top of the view runs while any folder is read. */
  #showProgress(): void {
    if (this.workspace.busy === (this.#settled !== undefined)) return;
    if (this.#settled) {
      this.#settled();
      this.#settled = undefined;
    } else {
      void vscode.window.withProgress({ location: { viewId: views.published } }, () => new Promise<void>((resolve) => (this.#settled = resolve)));
    }
  }
}

function targetNodes(published: PublishedModel): PublishedNode[] {
  return (published.published?.targets ?? []).map((target) => ({ kind: 'target', published, target }));
}

function messageOf({ state }: PublishedModel): string {
  if (state.kind !== 'read') return '';
  if (state.trouble !== undefined) return messages.readBefore(state.trouble, new Date(state.published.at).toLocaleTimeString());
  return state.published.targets.every(({ badges, changes, failure }) => badges.length === 0 && !changes?.length && failure === null) ? messages.noPublishedBadges() : '';
}

function folderItem(model: PublishedModel): vscode.TreeItem {
  const { folder, state } = model;
  const { Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(folder.name, state.kind === 'read' ? Expanded : None);
  item.id = `${folder.uri.toString()}${state.kind === 'read' ? '' : '#empty'}`;
  item.description =
    state.kind === 'read' ? (state.trouble ?? instanceName(state.published.instance)) : state.kind === 'loading' ? messages.loadingBadges() : (state.detail ?? messages.folderReasons[state.obstacle]);
  return item;
}

function itemOf(row: PublishedRow, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
  item.description = row.description;
  if (row.icon !== undefined) item.iconPath = new vscode.ThemeIcon(row.icon, row.color === undefined ? undefined : new vscode.ThemeColor(row.color));
  item.accessibilityInformation = { label: row.spoken };
  item.contextValue = row.traits;
  return item;
}

function urlItem({ entry, field }: PublishedNode & { readonly kind: 'url' }): vscode.TreeItem {
  const row = urlRow(entry, field);
  const label = field === 'link_url' ? messages.linkRow() : messages.imageRow();
  const item = new vscode.TreeItem(label);
  item.description = row.shown ?? row.value;
  item.iconPath = new vscode.ThemeIcon(field === 'link_url' ? 'link' : 'file-media');
  item.tooltip = [row.shown === null ? row.value : `${messages.shownAs(row.shown)}\n${messages.writtenAs()}${row.value}`, ...(row.before === null ? [] : [messages.changesFrom() + row.before])].join('\n');
  item.accessibilityInformation = { label: `${label}: ${item.description}` };
  return item;
}

function appendUrl(tooltip: vscode.MarkdownString, text: string, { value, shown, before }: ReturnType<typeof urlRow>): void {
  tooltip.appendText(text);
  if (shown !== null) tooltip.appendMarkdown('  \n').appendText(messages.writtenAs()).appendMarkdown(code(value));
  if (before !== null) tooltip.appendMarkdown('  \n').appendText(messages.changesFrom()).appendMarkdown(code(before));
}

/** As code, a URL with placeholders is no link. A backtick would end it. */
function code(url: string): string {
  return `\`${url.replace(/`/g, '%60').replace(/\s+/g, ' ')}\``;
}

function signalFor(token: vscode.CancellationToken | undefined): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const subscription = token?.onCancellationRequested(() => controller.abort());
  return { signal: AbortSignal.any([controller.signal, AbortSignal.timeout(pictureTimeoutMs)]), dispose: () => void subscription?.dispose() };
}
