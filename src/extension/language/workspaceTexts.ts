import * as vscode from 'vscode';
import { FileError, type Folder } from '../../app/ports';

/** Texts of a workspace folder, as they stand in an editor where they are open. No path leads out of the folder. */
export function textsIn(folder: vscode.WorkspaceFolder): Pick<Folder, 'readText' | 'find'> {
  const saved = savedTextsIn(folder);
  return {
    async readText(path, maxBytes) {
      const uri = inside(folder, path).toString();
      return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.getText() ?? saved.readText(path, maxBytes);
    },
    async find(glob) {
      const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, glob), null, 200);
      return found.map((uri) => uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1)).sort();
    },
  };
}

/** Texts of a workspace folder as they are on disk. No path leads out of the folder. */
export function savedTextsIn(folder: vscode.WorkspaceFolder): Pick<Folder, 'readText'> {
  return {
    async readText(path, maxBytes) {
      const uri = inside(folder, path);
      try {
        const bytes = await vscode.workspace.fs.readFile(uri);
        return bytes.length > maxBytes ? null : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      } catch {
        return null;
      }
    },
  };
}

function inside(folder: vscode.WorkspaceFolder, path: string): vscode.Uri {
  const uri = vscode.Uri.joinPath(folder.uri, path);
  if (!uri.path.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`)) throw new FileError('outside', path, `${path} lies outside of the folder.`);
  return uri;
}
