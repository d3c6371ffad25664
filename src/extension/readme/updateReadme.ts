import * as vscode from 'vscode';
import { usualSource } from '../../config/readme/complete';
import { readReadme } from '../../config/readme/document';
import { updateReadme as updateBlock } from '../../config/readme/update';
import { findBlock } from '../../core/markup/block';
import { formatEndings, formatOf, isReadme, markupFormats, type MarkupFormat } from '../../core/markup/format';
import { signalOf } from '../signalOf';
import { commands } from '../contributions';
import { CommandError } from '../errors';
import { toRange } from '../language/configDocuments';
import * as messages from '../messages';
import { obstacleError } from '../obstacleError';
import { requireTrust } from '../requireTrust';
import { applyEdits, requireWritable } from './documentEdits';
import type { ReadmeContext } from './readmeContext';

/**
 * Brings the block of badges in a document up to date: in the one that is given, else in the README of the folder.
 * @param uri of a document
 */
export async function updateReadme(context: ReadmeContext, folder: vscode.WorkspaceFolder, uri: vscode.Uri | null): Promise<void> {
  requireTrust();
  const document = uri ? await vscode.workspace.openTextDocument(uri) : await readmeOf(folder);
  const format = document && formatOf(document.languageId, document.uri.path);
  if (!document || !format) throw new CommandError(messages.noReadme(folder.name));
  const name = vscode.workspace.asRelativePath(document.uri, false);

  const { block, problems } = findBlock(document.getText(), format);
  const [problem] = problems;
  if (problem) {
    const range = toRange(document, problem.range);
    await vscode.window.showTextDocument(document, { selection: range });
    throw new CommandError(messages.brokenBlock(name, range.start.line + 1, problem.message));
  }
  if (!block) {
    const action = messages.insertBlockAction();
    void vscode.window.showInformationMessage(messages.noBlock(name), action).then(async (chosen) => {
      if (chosen !== action) return;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand(commands.insertSnippet, document.uri);
    });
    return;
  }
  requireWritable(document, name);
  await update(context, folder, document, format, name);
}

async function update(context: ReadmeContext, folder: vscode.WorkspaceFolder, document: vscode.TextDocument, format: MarkupFormat, name: string): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: messages.readingBadges(folder.name), cancellable: true };
  const { values, known } = await vscode.window.withProgress(options, (_progress, cancellation) => context.readValues(document.uri, folder, signalOf(cancellation)));
  const wasDirty = document.isDirty;
  // It may have been typed into meanwhile.
  const result = updateBlock(readReadme(document.getText(), format), values, usualSource(values));
  if (!result) throw new CommandError(messages.noBlock(name));
  if (result.edits.length === 0) {
    if (result.known === 0) throw known.obstacle ? obstacleError(folder.name, known.obstacle.kind, known.obstacle.detail) : new CommandError(messages.nothingForBlock(name));
    vscode.window.setStatusBarMessage(messages.blockUpToDate(name), statusMs);
    return;
  }
  await applyEdits(document, result.edits, name);
  // What somebody was still typing is theirs to save.
  if (!wasDirty) await document.save();
  await vscode.window.showTextDocument(document, { preserveFocus: true, preview: false });
  vscode.window.setStatusBarMessage(messages.blockUpdated(name, result.edits.length), statusMs);
}

/** How long a message in the status bar stays, in milliseconds. */
const statusMs = 4000;

/** The document in the editor where it has a block; else the README of the folder, first one with a block, else the one that GitLab would show. */
async function readmeOf(folder: vscode.WorkspaceFolder): Promise<vscode.TextDocument | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  const isHere = active && vscode.workspace.getWorkspaceFolder(active.uri)?.uri.toString() === folder.uri.toString();
  if (isHere && hasMarker(active)) return active;
  const endings = markupFormats.flatMap((format) => formatEndings[format]);
  const found = (await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '*.*'), null)).filter(({ path }) => isReadme(path));
  const rank = ({ path }: vscode.Uri) => endings.indexOf(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
  const documents = await Promise.all(found.sort((a, b) => rank(a) - rank(b)).map((uri) => vscode.workspace.openTextDocument(uri)));
  return documents.find(hasMarker) ?? documents[0];
}

function hasMarker(document: vscode.TextDocument): boolean {
  const format = formatOf(document.languageId, document.uri.path);
  if (!format) return false;
  const { block, problems } = findBlock(document.getText(), format);
  return block !== null || problems.length > 0;
}

