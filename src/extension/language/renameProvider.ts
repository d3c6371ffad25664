import * as vscode from 'vscode';
import type { ConfigDocument } from '../../config/language/document';
import { nameAt, renameIn, whyNoName } from '../../config/language/rename';
import { folderOf, toRange, type ConfigDocuments } from './configDocuments';

/** Files of a folder that can name a badge. */
const namingFiles = ['.badge-api.yaml', '.badge-api.yml', '.gitlab/badges.yaml', '.gitlab/badges.yml', '.gitlab/badges.toml', 'pyproject.toml'];

/** Renames a badge in all configuration files of its folder. */
export function renameProvider(documents: ConfigDocuments): vscode.RenameProvider {
  return {
    prepareRename(document, position) {
      const config = documents.of(document);
      const found = config && nameAt(config, document.offsetAt(position));
      if (!found) throw new Error('Only the name of a badge can be changed here: its id, the label of a static badge, or its file name.');
      return { range: toRange(document, found.range), placeholder: found.name };
    },
    async provideRenameEdits(document, position, newName) {
      const config = documents.of(document);
      const found = config && nameAt(config, document.offsetAt(position));
      if (!found) return undefined;
      const problem = whyNoName(newName);
      if (problem !== null) throw new Error(problem);
      const edit = new vscode.WorkspaceEdit();
      const folder = folderOf(document.uri);
      const others = folder ? await Promise.all(namingFiles.map((file) => openIfThere(vscode.Uri.joinPath(folder.uri, file)))) : [];
      for (const file of new Set([document, ...others])) {
        const read: ConfigDocument | null = file ? documents.of(file) : null;
        if (!file || !read) continue;
        for (const { range, text } of renameIn(read, found.stem, newName)) edit.replace(file.uri, toRange(file, range), text);
      }
      return edit;
    },
  };
}

async function openIfThere(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    await vscode.workspace.fs.stat(uri);
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return null;
  }
}
