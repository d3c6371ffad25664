import * as vscode from 'vscode';
import type { Import } from '../../app/importBadges';
import { editConfig } from '../configEdit';
import { CommandError } from '../errors';
import * as messages from '../messages';
import { accessOf, withNotice, type PublishServices } from './publishContext';
import type { PublishedModel } from './publishedModel';

/** Writes the badges that GitLab shows into the configuration, and opens it. Answers how many there were. */
export async function importIntoConfig(services: PublishServices, model: PublishedModel): Promise<number | undefined> {
  const { loadEngine, log } = services;
  const read = await withNotice(messages.importing(), async (signal) => {
    const project = await accessOf(model, signal);
    return { project, published: await model.readNow(project, signal) };
  });
  if (!read) return undefined;
  const { project, published } = read.value;

  // Groups that are listed already are imported anyway; others only where a push could change them.
  const offered = published.targets.flatMap(({ target, isInherited, access, changes }) => (target?.scope === 'group' && isInherited && access.may && changes === null ? [target.path] : []));
  const picked = offered.length === 0 ? [] : await vscode.window.showQuickPick(offered, { canPickMany: true, placeHolder: messages.pickGroupsToImport() });
  if (!picked) return undefined;

  let result: Import | undefined;
  const edited = await withNotice(messages.importing(), async (signal) => {
    const engine = await loadEngine();
    return editConfig(model.folder, loadEngine, async (file, text) => {
      result = await engine.publish.import(project, { file, text, groups: picked }, signal);
      if (result.problem !== null) return { problem: result.problem };
      return result.text === null || result.imported.length === 0 ? null : { text: result.text };
    });
  });
  if (!edited || !result) return undefined;

  const { imported, skipped, failures } = result;
  const left = [...skipped.map(({ badge, reason }) => messages.leftOut(badge.name ?? messages.noBadgeName(), reason)), ...failures.map(({ target, reason }) => messages.leftOut(target.path, reason))];
  for (const line of left) log.warn(`${model.folder.name}: ${line}`);
  const [project_] = failures.filter(({ target }) => target.scope === 'project');
  if (project_) throw new CommandError(project_.reason, project_.why === 'unauthorized' ? 'signIn' : null);
  const isEmpty = published.targets.every(({ badges }) => badges.length === 0);
  const text = imported.length > 0 ? messages.imported(imported.length, edited.value) : isEmpty ? messages.nothingOnGitLab() : messages.nothingToImport(edited.value);
  if (left.length > 0) void vscode.window.showWarningMessage([text, ...left.slice(0, 1)].join(' '));
  else void vscode.window.showInformationMessage(text);
  void model.invalidate();
  return imported.length;
}
