import * as vscode from 'vscode';
import { FileError, type Folder } from '../../app/ports';

/** Texts of a workspace folder as VS Code reads them. No path leads out of the folder. */
export function textsIn(folder: vscode.WorkspaceFolder): Pick<Folder, 'readText' | 'find'> {
  return {
    async readText(path, maxBytes) {
      const uri = vscode.Uri.joinPath(folder.uri, path);
      if (!uri.path.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`)) throw new FileError('outside', path, `${path} lies outside of the folder.`);
      try {
        const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
        if (open) return open.getText();
        const bytes = await vscode.workspace.fs.readFile(uri);
        return bytes.length > maxBytes ? null : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      } catch {
        return null;
      }
    },
    async find(glob) {
      const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, glob), null, 200);
      return found.map((uri) => uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1)).sort();
    },
  };
}
