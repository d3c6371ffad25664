import * as vscode from 'vscode';
import type { Badge } from '../../core/badge';
import { svgUri } from '../../sources/svgUri';
import { rowTraits } from '../contributions';
import type { LoadEngine } from '../loadEngine';
import { folderReasons, loadingBadges, readAt, source, unknownBadge } from '../messages';
import { instanceName } from '../remotes';
import { FolderTree, rowItem, type FolderNode } from '../view/folderTree';
import type { LazyView } from '../view/lazyView';
import type { WorkspaceModel } from '../view/workspaceModel';
import { badgeRow } from './badgeRow';
import { alternative } from './badgeSnippet';
import type { BadgesModel } from './badgesModel';

export interface BadgeNode {
  readonly kind: 'badge';
  readonly model: BadgesModel;
  readonly badge: Badge;
}

/** A row of the view, and what its commands are called with. */
export type BadgesNode = FolderNode<BadgesModel> | BadgeNode;

/** The view of all folders and their badges. */
export class BadgesTree extends FolderTree<BadgesModel, BadgeNode> {
  constructor(
    view: LazyView<BadgesNode>,
    workspace: WorkspaceModel<BadgesModel>,
    private readonly loadEngine: LoadEngine,
  ) {
    super(view, workspace, true);
  }

  /** The drawn badge is only made for the row under the mouse. */
  async resolveTreeItem(item: vscode.TreeItem, node: BadgesNode): Promise<vscode.TreeItem> {
    if (node.kind === 'badge') item.tooltip = await this.#badgeTooltip(node);
    return item;
  }

  protected rowsOf(model: BadgesModel): BadgeNode[] {
    return (model.snapshot?.badges ?? []).map((badge) => ({ kind: 'badge', model, badge }));
  }

  protected rowsBelow(): BadgeNode[] {
    return [];
  }

  protected folderItem(model: BadgesModel): vscode.TreeItem {
    return folderItem(model);
  }

  protected itemOf({ model, badge }: BadgeNode): vscode.TreeItem {
    const item = rowItem(badgeRow(badge));
    item.id = `${model.folder.uri.toString()}#${badge.stem}`;
    return item;
  }

  async #badgeTooltip({ badge, model }: BadgeNode): Promise<vscode.MarkdownString> {
    const tooltip = new vscode.MarkdownString();
    if (badge.status === 'known') {
      const svg = await (await this.loadEngine()).draw(badge, model.style).catch(() => null);
      if (svg === null) tooltip.appendText(alternative(badge));
      else tooltip.appendMarkdown(`![badge](${svgUri(svg)})`);
    } else {
      tooltip.appendText(badge.status === 'unknown' ? unknownBadge(badge.reason) : badge.reason);
    }
    tooltip.appendMarkdown('\n\n').appendText(source(badge.origin.text));
    return tooltip.appendMarkdown('  \n').appendText(readAt(new Date(badge.origin.at).toLocaleString()));
  }
}

function folderItem(model: BadgesModel): vscode.TreeItem {
  const { folder, state } = model;
  const item = new vscode.TreeItem(folder.name, vscode.TreeItemCollapsibleState.Expanded);
  // VS Code keeps a row folded that had nothing below it, unless it is another row then.
  item.id = `${folder.uri.toString()}${state.kind === 'read' ? '' : '#empty'}`;
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
  if (state.kind !== 'read') item.collapsibleState = vscode.TreeItemCollapsibleState.None;
  return item;
}

/** `acme/shop · gitlab.example.com`, and what stands in the way. */
function folderDescription({ state }: BadgesModel): string {
  if (state.kind === 'loading') return loadingBadges();
  const project = state.search?.project;
  const place = project ? [project.project, instanceName(project.instance)] : [];
  const obstacle = state.obstacle && (state.obstacle === 'error' && state.detail !== undefined ? state.detail : folderReasons[state.obstacle]);
  return [...place, ...(obstacle ? [obstacle] : [])].join(' · ');
}
