import * as vscode from 'vscode';
import { nextLevel } from '../../core/levels/explain';
import { pendingLevel, pendingOf, type PlacedBadge, type PlacedCheck, type PlacedLevel } from '../../core/levels/place';
import type { FileProblem } from '../../core/problem';
import { rowCommands, rowTraits } from '../contributions';
import { detailsMarkdown } from '../detailsMarkdown';
import * as messages from '../messages';
import { oneLine } from '../oneLine';
import { FolderTree, rowItem, type FolderNode } from '../view/folderTree';
import type { LazyView } from '../view/lazyView';
import type { WorkspaceModel } from '../view/workspaceModel';
import { badgeDetails, checkDetails, levelDetails, lineOf, type Line } from './levelDetails';
import { checkRow, leveledBadgeRow, levelRow } from './levelRow';
import type { LevelsModel } from './levelsModel';

/** A row of the view, and what its commands are called with. */
export type LevelsNode = FolderNode<LevelsModel> | Row;

interface BadgeRow {
  readonly kind: 'leveled';
  readonly model: LevelsModel;
  readonly badge: PlacedBadge;
  /** Where it stands in the list: what is wrong may have no id. */
  readonly index: number;
}

interface LevelRow {
  readonly kind: 'level';
  readonly model: LevelsModel;
  readonly badge: PlacedBadge;
  readonly level: PlacedLevel;
  readonly id: string;
}

interface CheckRow {
  readonly kind: 'check';
  readonly model: LevelsModel;
  readonly check: PlacedCheck;
  readonly id: string;
}

interface EvidenceRow {
  readonly kind: 'evidence';
  readonly model: LevelsModel;
  readonly line: Line;
  readonly id: string;
}

/** What is wrong with a badge in the configuration. */
interface ProblemRow {
  readonly kind: 'problem';
  readonly model: LevelsModel;
  readonly problem: FileProblem;
  readonly id: string;
}

type Row = BadgeRow | LevelRow | CheckRow | EvidenceRow | ProblemRow;

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** The view of leveled badges. */
export class LevelsTree extends FolderTree<LevelsModel, Row> {
  constructor(view: LazyView<LevelsNode>, workspace: WorkspaceModel<LevelsModel>) {
    super(view, workspace, false);
  }

  resolveTreeItem(item: vscode.TreeItem, node: LevelsNode): vscode.TreeItem {
    if (node.kind === 'leveled') item.tooltip = new vscode.MarkdownString(detailsMarkdown(badgeDetails(node.badge)));
    else if (node.kind === 'level') item.tooltip = new vscode.MarkdownString(detailsMarkdown(levelDetails(node.badge, node.level)));
    else if (node.kind === 'check') item.tooltip = new vscode.MarkdownString(detailsMarkdown(checkDetails(node.check, node.model.at)));
    return item;
  }

  protected rowsOf(model: LevelsModel): Row[] {
    return model.badges.map((badge, index) => ({ kind: 'leveled', model, badge, index }));
  }

  protected rowsBelow(node: Row): Row[] {
    const { model } = node;
    switch (node.kind) {
      case 'leveled': {
        const id = idOf(node);
        if (node.badge.levels.length > 0) return node.badge.levels.map((level, index) => ({ kind: 'level', model, badge: node.badge, level, id: `${id}#${index}` }));
        const problems = model.problemsIn(node.badge);
        // A single one stands in the row itself.
        return problems.length < 2 ? [] : problems.map((problem, index) => ({ kind: 'problem', model, problem, id: `${id}#problem${index}` }));
      }
      case 'level':
        return node.level.checks.map((check, index) => ({ kind: 'check', model, check, id: `${node.id}#${index}` }));
      case 'check':
        return evidenceOf(node.check).map((line, index) => ({ kind: 'evidence', model, line, id: `${node.id}#${index}` }));
      case 'evidence':
      case 'problem':
        return [];
    }
  }

  protected folderItem({ folder, state, badges }: LevelsModel): vscode.TreeItem {
    const item = new vscode.TreeItem(folder.name, badges.length > 0 ? Expanded : None);
    item.id = `${folder.uri.toString()}${badges.length > 0 ? '' : '#empty'}`;
    item.description = state.kind === 'loading' ? messages.loadingLevels() : state.kind === 'read' ? (state.trouble ?? '') : (state.detail ?? messages.folderReasons[state.obstacle]);
    item.contextValue = rowTraits.folder;
    return item;
  }

  protected itemOf(node: Row): vscode.TreeItem {
    switch (node.kind) {
      case 'leveled': {
        const { badge, model } = node;
        const isBroken = badge.levels.length === 0;
        const problems = isBroken ? model.problemsIn(badge) : [];
        const item = rowItem(leveledBadgeRow(badge.result, pendingOf(badge), problems[0]?.message), isBroken ? (problems.length > 1 ? Collapsed : None) : Expanded);
        item.id = `${idOf(node)}${isBroken ? '#broken' : ''}`;
        if (isBroken) item.command = { command: rowCommands.openInConfig, title: messages.openInConfig(), arguments: [node] };
        return item;
      }
      case 'level': {
        const { badge, level, id } = node;
        const isNext = nextLevel(badge.result)?.level === level.result;
        const item = rowItem(levelRow(badge.result, level.result, pendingLevel(badge, level)), level.checks.length === 0 ? None : isNext ? Expanded : Collapsed);
        // VS Code keeps what is folded, and the level that is next is another one when a check comes out otherwise.
        item.id = `${id}${isNext ? '#next' : ''}`;
        return item;
      }
      case 'check': {
        const hasEvidence = evidenceOf(node.check).length > 0;
        const item = rowItem(checkRow(node.check.result, node.check.pending), hasEvidence ? Collapsed : None);
        // VS Code keeps a row folded that had nothing below it, unless it is another row then.
        item.id = `${node.id}${hasEvidence ? '' : '#bare'}`;
        return item;
      }
      case 'evidence': {
        const { text, url } = node.line;
        const item = new vscode.TreeItem(oneLine(text));
        item.id = node.id;
        item.tooltip = url === undefined ? text : `${text}\n${url}`;
        if (url !== undefined) {
          item.iconPath = new vscode.ThemeIcon('link-external');
          item.command = { command: 'vscode.open', title: messages.openEvidence(), arguments: [vscode.Uri.parse(url)] };
        }
        return item;
      }
      case 'problem': {
        const { message } = node.problem;
        const item = rowItem({ label: oneLine(message), description: '', icon: 'error', color: 'testing.iconFailed', spoken: message, traits: rowTraits.placed });
        item.id = node.id;
        item.tooltip = message;
        item.command = { command: rowCommands.openInConfig, title: messages.openInConfig(), arguments: [node] };
        return item;
      }
    }
  }

  protected override update(): void {
    const { folders, viewState } = this.workspace;
    const [only] = folders.length === 1 ? folders : [];
    this.lazy.view.message = viewState === 'ready' && only?.state.kind === 'read' ? messageOf(only.state) : '';
  }
}

function messageOf({ trouble, badges }: { readonly trouble?: string; readonly badges: readonly PlacedBadge[] }): string {
  return trouble ?? (badges.length === 0 ? messages.noLeveledBadges() : '');
}

/** What explains a check: why it is unknown, and what it was made from. */
function evidenceOf({ result: { reason, evidence }, pending }: PlacedCheck): readonly Line[] {
  return [...(reason === undefined || pending !== null ? [] : [{ text: reason }]), ...evidence.map(lineOf)];
}

function idOf({ model, badge, index }: BadgeRow): string {
  // A badge that is moved is still the same one.
  return `${model.folder.uri.toString()}#${badge.levels.length > 0 ? badge.result.id : String(index)}`;
}
