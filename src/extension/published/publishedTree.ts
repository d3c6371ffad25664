import * as vscode from 'vscode';
import * as messages from '../messages';
import { instanceName } from '../remotes';
import { FolderTree, rowItem, type FolderNode } from '../view/folderTree';
import type { LazyView } from '../view/lazyView';
import type { WorkspaceModel } from '../view/workspaceModel';
import { badgesOf, type PublishedBadge, type PublishedTarget } from './published';
import { pendingOf, type PublishedModel } from './publishedModel';
import { pictureUrl, publishedMessage, publishedRow, targetRow, urlRow } from './publishedRow';

const pictureTimeoutMs = 5000;

/** A row of the view, and what its commands are called with. */
export type PublishedNode = FolderNode<PublishedModel> | Row;

interface TargetNode {
  readonly kind: 'target';
  readonly model: PublishedModel;
  readonly target: PublishedTarget;
}

export interface PublishedBadgeNode {
  readonly kind: 'published';
  readonly model: PublishedModel;
  readonly target: PublishedTarget;
  readonly entry: PublishedBadge;
}

interface UrlNode {
  readonly kind: 'url';
  readonly model: PublishedModel;
  readonly target: PublishedTarget;
  readonly entry: PublishedBadge;
  readonly field: 'link_url' | 'image_url';
}

type Row = TargetNode | PublishedBadgeNode | UrlNode;

/** The view of the badges on GitLab. */
export class PublishedTree extends FolderTree<PublishedModel, Row> {
  constructor(
    view: LazyView<PublishedNode>,
    workspace: WorkspaceModel<PublishedModel>,
  ) {
    super(view, workspace, false);
  }

  /** The picture is only asked for when the mouse is over a row. */
  async resolveTreeItem(item: vscode.TreeItem, node: PublishedNode, token?: vscode.CancellationToken): Promise<vscode.TreeItem> {
    if (node.kind !== 'published') return item;
    const { entry, model } = node;
    const link = urlRow(entry, 'link_url');
    const image = urlRow(entry, 'image_url');
    const tooltip = new vscode.MarkdownString();
    const url = pictureUrl(entry);
    if (url !== null && model.published) {
      const request = signalFor(token);
      try {
        const picture = await model.picture(url, model.published, request.signal).catch(() => ({ why: messages.noPicture() }));
        if ('image' in picture) tooltip.appendMarkdown(`![badge](${picture.image})`);
        else tooltip.appendMarkdown('$(circle-slash) ').appendText(picture.why);
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

  protected rowsOf(model: PublishedModel): Row[] {
    return (model.published?.targets ?? []).map((target) => ({ kind: 'target', model, target }));
  }

  protected rowsBelow(node: Row): Row[] {
    switch (node.kind) {
      case 'target':
        return badgesOf(node.target).map((entry) => ({ ...node, kind: 'published', entry }));
      case 'published':
        return (['link_url', 'image_url'] as const).map((field) => ({ ...node, kind: 'url', field }));
      case 'url':
        return [];
    }
  }

  protected folderItem({ folder, state }: PublishedModel): vscode.TreeItem {
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(folder.name, state.kind === 'read' ? Expanded : None);
    item.id = `${folder.uri.toString()}${state.kind === 'read' ? '' : '#empty'}`;
    item.description =
      state.kind === 'read' ? (state.trouble ?? instanceName(state.published.instance)) : state.kind === 'loading' ? messages.loadingBadges() : (state.detail ?? messages.folderReasons[state.obstacle]);
    return item;
  }

  protected itemOf(node: Row): vscode.TreeItem {
    const root = node.model.folder.uri.toString();
    switch (node.kind) {
      case 'target': {
        const { target, badges } = node.target;
        const isGroup = target?.scope !== 'project';
        const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
        const empty = badges.length === 0 && !node.target.changes?.length;
        const item = rowItem(targetRow(node.target), empty ? None : isGroup ? Collapsed : Expanded);
        // VS Code keeps a row folded that had nothing below it, unless it is another row then.
        item.id = `${root}#${target?.scope ?? 'above'}:${target?.path ?? ''}${empty ? '#empty' : ''}`;
        return item;
      }
      case 'published': {
        const { target, entry } = node;
        const item = rowItem(publishedRow(entry, target), vscode.TreeItemCollapsibleState.Collapsed);
        const index = badgesOf(target).findIndex((other) => other.record === entry.record);
        item.id = `${root}#${target.target?.path ?? ''}#${entry.badge?.id ?? `new:${index}`}`;
        return item;
      }
      case 'url':
        return urlItem(node);
    }
  }

  protected override update(): void {
    const { folders } = this.workspace;
    const { view } = this.lazy;
    view.description = messages.pendingMark(pendingOf(this.workspace));
    const [only] = folders.length === 1 ? folders : [];
    view.message = only ? publishedMessage(only.state) : '';
  }
}

function urlItem({ entry, field }: UrlNode): vscode.TreeItem {
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
