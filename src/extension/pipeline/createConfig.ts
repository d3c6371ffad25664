import * as vscode from 'vscode';
import { levelsFile } from '../../core/levels/definition';
import { configFile } from '../configFile';
import { CommandError } from '../errors';
import { textsIn } from '../language/workspaceTexts';
import { levelsTemplate } from '../levels/levelsTemplate';
import type { LoadEngine } from '../loadEngine';
import * as messages from '../messages';
import { withNotice } from '../published/publishContext';
import type { PublishedModel } from '../published/publishedModel';
import { requireTrust } from '../requireTrust';

/**
 * Opens a configuration that fits what is found in the folder, to be edited and saved: nothing is written here. Where the folder has a
 * configuration, that one is opened instead. Undefined where the user stopped it.
 */
export async function createConfig(model: PublishedModel, loadEngine: LoadEngine): Promise<vscode.Uri | undefined> {
  const { folder } = model;
  check(folder);
  const engine = await loadEngine();
  const existing = await engine.findConfig(folder.uri.fsPath);
  if (existing !== null) return open(folder, existing);
  const proposed = await withNotice(messages.lookingAt(folder.name), async (signal) => {
    const access = await model.access(signal);
    const [project, ref] = 'project' in access ? [access.project, access.project.ref] : [null, access.search?.project ?? null];
    return engine.pipeline.propose(folder.uri.fsPath, { files: textsIn(folder), search: searchIn(folder) }, ref?.instance ?? null, project, signal);
  });
  if (!proposed) return undefined;

  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, configFile).with({ scheme: 'untitled' }));
  // One that is open already holds what the user made of it.
  if (document.getText() === '') {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), proposed.value);
    await vscode.workspace.applyEdit(edit);
    vscode.window.setStatusBarMessage(messages.proposed(configFile), statusMs);
  }
  await vscode.window.showTextDocument(document, { preview: false });
  return document.uri;
}

/** How long the status bar says that nothing is saved yet, in milliseconds. */
const statusMs = 10_000;

/** Writes a configuration of leveled badges to start from and opens it, or the one that is there. */
export async function createLevelsConfig(folder: vscode.WorkspaceFolder, loadEngine: LoadEngine): Promise<vscode.Uri> {
  check(folder);
  const engine = await loadEngine();
  const existing = await engine.levels.findConfig(folder.uri.fsPath);
  if (existing !== null) return open(folder, existing);
  await engine.writeFile(folder.uri.fsPath, levelsFile, levelsTemplate);
  return show(folder, levelsFile);
}

function check(folder: vscode.WorkspaceFolder): void {
  requireTrust();
  if (folder.uri.scheme !== 'file') throw new CommandError(messages.notOnDisk(folder.name));
}

async function open(folder: vscode.WorkspaceFolder, file: string): Promise<vscode.Uri> {
  void vscode.window.showInformationMessage(messages.configExists(file));
  return show(folder, file);
}

async function show(folder: vscode.WorkspaceFolder, file: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder.uri, file);
  await vscode.window.showTextDocument(uri);
  return uri;
}

/** Folders that hold the code of others, or what is made anew each time. */
const foreignFolders = ['node_modules', 'bower_components', '.git', '.hg', '.svn', 'vendor', '.venv', 'venv', '.tox', '__pycache__', '.gradle', '.cache', '.yarn', '.pnpm-store'] as const;

/** VS Code's own search, which stops when it is told to. */
function searchIn(folder: vscode.WorkspaceFolder) {
  const prefix = `${folder.uri.path.replace(/\/$/, '')}/`;
  return async (glob: string, most: number, signal: AbortSignal): Promise<readonly string[]> => {
    const source = new vscode.CancellationTokenSource();
    const cancel = () => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, glob), `**/{${foreignFolders.join(',')}}/**`, most, source.token);
      signal.throwIfAborted();
      return found.map(({ path }) => path.slice(prefix.length));
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  };
}
