import * as vscode from 'vscode';
import { configFile as newConfigFile } from './configFile';
import { CommandError } from './errors';
import type { LoadEngine } from './loadEngine';
import { configUneditable } from './messages';
import { textDifference } from './textDifference';

/** How often an edit is made anew because the user typed meanwhile. */
const maxAttempts = 3;

/** What an edit makes of the text of a configuration; null leaves it as it is. */
type MakeEdit = (file: string, text: string) => Promise<{ readonly text: string } | { readonly problem: string } | null>;

/**
 * Edits the configuration of a folder where the user sees it: in the text they have open, saved or not, with undo. What was
 * saved before is saved after. Without a configuration, one is made. Answers the file, relative to the folder.
 */
export async function editConfig(folder: vscode.WorkspaceFolder, loadEngine: LoadEngine, makeEdit: MakeEdit): Promise<string> {
  const engine = await loadEngine();
  const root = folder.uri.fsPath;
  const existing = await engine.publish.configFile(root);
  const file = existing ?? newConfigFile;
  const uri = vscode.Uri.joinPath(folder.uri, file);
  if (existing === null) {
    const edited = await makeEdit(file, '');
    if (edited === null) return file;
    if ('problem' in edited) throw new CommandError(configUneditable(file, edited.problem));
    await engine.writeFile(root, file, edited.text);
    await vscode.window.showTextDocument(uri);
    return file;
  }

  const document = await vscode.workspace.openTextDocument(uri);
  for (let attempt = 1; ; attempt++) {
    const text = document.getText();
    const edited = await makeEdit(file, text);
    if (document.getText() !== text && attempt < maxAttempts) continue;
    if (edited === null) return file;
    if ('problem' in edited) throw new CommandError(configUneditable(file, edited.problem));
    await replace(document, text, edited.text);
    return file;
  }
}

/** Replaces only what differs, so that cursors and folded lines stay. */
async function replace(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const wasDirty = document.isDirty;
  const { start, end, inserted } = textDifference(before, after);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), inserted);
  await vscode.workspace.applyEdit(edit);
  if (!wasDirty) await document.save();
  const changed = new vscode.Range(document.positionAt(start), document.positionAt(start + inserted.length));
  const seen = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, seen?.viewColumn);
  editor.revealRange(changed, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
