import * as vscode from 'vscode';
import type { ProjectEvaluation } from '../../core/levels/result';
import { commands, views } from '../contributions';
import { CommandError } from '../errors';
import * as messages from '../messages';
import { obstacleError } from '../obstacleError';
import { tell, withNotice } from '../published/publishContext';
import { requireTrust } from '../requireTrust';
import type { LevelsModel } from './levelsModel';

/** Evaluates the leveled badges of a folder and shows them. Undefined where it was cancelled, or a newer run took over. */
export async function evaluateLevels(model: LevelsModel): Promise<ProjectEvaluation | undefined> {
  const { folder } = model;
  requireTrust();
  await vscode.commands.executeCommand(`${views.levels}.focus`);
  const evaluated = await withNotice(messages.evaluating(folder.name), (signal) => model.refresh('all', signal));
  const state = evaluated?.value;
  if (!state || state.kind === 'loading') return undefined;
  if (state.kind === 'nothing') {
    const { obstacle, detail } = state;
    if (obstacle === 'noConfig') {
      offerConfig(folder);
      return undefined;
    }
    if (obstacle === 'unreadable') throw new CommandError(messages.obstacleOf(folder.name, obstacle));
    throw obstacleError(folder.name, obstacle, detail);
  }
  if (state.trouble !== undefined) throw new CommandError(state.trouble);
  const { badges } = state.evaluation;
  tell(badges.length === 0 ? messages.noLeveledBadges() : badges.map(({ id, summary }) => `${id}: ${summary}`).join(' · '));
  return state.evaluation;
}

function offerConfig(folder: vscode.WorkspaceFolder): void {
  void vscode.window.showInformationMessage(messages.noLevelsConfig(folder.name), messages.createAction()).then((chosen) => {
    if (chosen) void vscode.commands.executeCommand(commands.createLevelsConfig, folder.uri);
  });
}
