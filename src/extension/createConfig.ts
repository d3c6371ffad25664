import * as vscode from 'vscode';
import { levelsFile } from '../core/levels/definition';
import { configFile, configTemplate } from './configTemplate';
import { CommandError } from './errors';
import { levelsTemplate } from './levelsTemplate';
import type { LoadEngine } from './loadEngine';
import { configExists, notOnDisk, untrusted } from './messages';

/** Writes a configuration to start from and opens it. Where the folder has one already, that one is opened instead. */
export async function createConfig(folder: vscode.WorkspaceFolder, loadEngine: LoadEngine): Promise<vscode.Uri> {
  return create(folder, loadEngine, { file: configFile, template: configTemplate, find: async (root) => (await loadEngine()).findConfig(root) });
}

/** The same for the file that asks for leveled badges. */
export async function createLevelsConfig(folder: vscode.WorkspaceFolder, loadEngine: LoadEngine): Promise<vscode.Uri> {
  return create(folder, loadEngine, { file: levelsFile, template: levelsTemplate, find: async (root) => (await loadEngine()).levels.findConfig(root) });
}

interface NewConfig {
  readonly file: string;
  readonly template: string;
  /** The file that is there already, relative to the folder. */
  readonly find: (root: string) => Promise<string | null>;
}

async function create(folder: vscode.WorkspaceFolder, loadEngine: LoadEngine, { file, template, find }: NewConfig): Promise<vscode.Uri> {
  if (!vscode.workspace.isTrusted) throw new CommandError(untrusted());
  if (folder.uri.scheme !== 'file') throw new CommandError(notOnDisk(folder.name));
  const root = folder.uri.fsPath;
  const existing = await find(root);
  if (existing === null) await (await loadEngine()).writeFile(root, file, template);
  else void vscode.window.showInformationMessage(configExists(existing));
  const uri = vscode.Uri.joinPath(folder.uri, existing ?? file);
  await vscode.window.showTextDocument(uri);
  return uri;
}
