import * as vscode from 'vscode';
import { CommandError } from './errors';
import type { LevelsModel } from './levels/levelsModel';
import type { LevelsNode } from './levels/levelsTree';
import { placeGone } from './messages';

/** Opens the configuration at the place that a row of the Levels view is about. */
export async function openInConfig(node: LevelsNode): Promise<void> {
  const { model } = node;
  const offsets = rangeOf(node);
  const document = model.text === null && node.kind !== 'problem' ? null : await vscode.workspace.openTextDocument(model.uri);
  if (!document || !offsets) throw new CommandError(placeGone());
  const start = document.positionAt(offsets.start);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
}

function rangeOf(node: LevelsNode): { readonly start: number } | null {
  switch (node.kind) {
    case 'leveled':
      return firstProblem(node.model, node.badge) ?? node.badge.range;
    case 'level':
      return node.level.range;
    case 'check':
      return node.check.range;
    case 'problem':
      return node.problem.range;
    case 'evidence':
    case 'folder':
      return null;
  }
}

function firstProblem(model: LevelsModel, badge: Parameters<LevelsModel['problemsIn']>[0]) {
  return badge.levels.length === 0 ? model.problemsIn(badge)[0]?.range : undefined;
}
