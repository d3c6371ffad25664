import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** Files of the workspace folder for the tests of a suite: after each test they are closed and gone. */
export function useDocuments() {
  const made: string[] = [];

  afterEach(async () => {
    for (let open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length; open > 0; open--) await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const name of made.splice(0)) rmSync(file(name).fsPath, { force: true });
  });

  const folder = () => vscode.workspace.workspaceFolders![0]!;
  const file = (name: string) => vscode.Uri.joinPath(folder().uri, name);

  function write(name: string, text: string): void {
    mkdirSync(path.dirname(file(name).fsPath), { recursive: true });
    writeFileSync(file(name).fsPath, text);
    made.push(name);
  }

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    write(name, text);
    const document = await vscode.workspace.openTextDocument(file(name));
    await vscode.window.showTextDocument(document);
    // It may have been open before, with another text.
    if (document.getText() !== text) await replace(document, text);
    return document;
  }

  /** Writes another text into an editor. */
  async function replace(document: vscode.TextDocument, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
  }

  /** Waits until a document has these of our problems, in any order. */
  async function problems(uri: vscode.Uri, codes: readonly string[]): Promise<readonly vscode.Diagnostic[]> {
    const ours = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'badgesmith');
    const found = () => ours().map(({ code }) => (typeof code === 'string' ? code : '')).sort().join();
    const holds = () => found() === [...codes].sort().join();
    if (!holds()) {
      await new Promise<void>((resolve, reject) => {
        const end = (settle: () => void) => {
          subscription.dispose();
          clearTimeout(timer);
          settle();
        };
        const subscription = vscode.languages.onDidChangeDiagnostics(() => holds() && end(resolve));
        const timer = setTimeout(() => end(() => reject(new Error(`${uri.path} has [${found()}] instead of [${codes.join()}]`))), 15_000);
      });
    }
    return ours();
  }

  /** Where a part of a document stands. */
  const at = (document: vscode.TextDocument, text: string, offset = 0) => document.positionAt(document.getText().indexOf(text) + offset);

  return { folder, file, write, open, replace, problems, at };
}
