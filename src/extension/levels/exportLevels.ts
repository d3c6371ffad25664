import * as vscode from 'vscode';
import { CommandError } from '../errors';
import * as messages from '../messages';
import { tell } from '../published/publishContext';
import { requireTrust } from '../requireTrust';
import { evaluateLevels } from './evaluateLevels';
import type { LevelsModel } from './levelsModel';

/** Writes what the view shows to a file that the user names, evaluating first where nothing was evaluated yet. Answers the file. */
export async function exportLevels(model: LevelsModel, version: string): Promise<vscode.Uri | undefined> {
  requireTrust();
  if (model.at === null && !(await evaluateLevels(model))) return undefined;
  const target = await vscode.window.showSaveDialog({
    title: messages.exportTitle(),
    defaultUri: vscode.Uri.joinPath(model.folder.uri, 'badge-levels.sarif'),
    filters: { SARIF: ['sarif'], JSON: ['json'] },
  });
  if (!target) return undefined;
  const text = await model.report(target.path.toLowerCase().endsWith('.json') ? 'json' : 'sarif', version);
  if (text === null) throw new CommandError(messages.nothingToExport());
  await vscode.workspace.fs.writeFile(target, Buffer.from(text));
  tell(messages.exported(vscode.workspace.asRelativePath(target)));
  return target;
}
