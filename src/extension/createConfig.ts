import * as vscode from 'vscode';
import { configFile, configTemplate } from './configTemplate';
import { CommandError } from './errors';
import type { LoadEngine } from './loadEngine';
import { configExists, notOnDisk, untrusted } from './messages';

/** Writes a configuration to start from and opens it. Where the folder has one already, that one is opened instead. */
export async function createConfig(folder: vscode.WorkspaceFolder, loadEngine: LoadEngine): Promise<vscode.Uri> {
  if (!vscode.workspace.isTrusted) throw new CommandError(untrusted());
  if (folder.uri.scheme !== 'file') throw new CommandError(notOnDisk(folder.name));
  const engine = await loadEngine();
  const existing = await engine.findConfig(folder.uri.fsPath);
  if (existing === null) await engine.writeFile(folder.uri.fsPath, configFile, configTemplate);
  else void vscode.window.showInformationMessage(configExists(existing));
  const uri = vscode.Uri.joinPath(folder.uri, existing ?? configFile);
  await vscode.window.showTextDocument(uri);
  return uri;
}
