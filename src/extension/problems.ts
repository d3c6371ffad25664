import * as vscode from 'vscode';
import type { FileProblem } from '../core/problem';
import type { ViewState } from './contributions';
import type { FolderModel } from './folderModel';
import type { LazyLanguage } from './language/lazyLanguage';
import type { WorkspaceModel } from './workspaceModel';

/** Lets the help with configuration files show what a reading found wrong in them, also in those that are in no editor. */
export function showProblems<Model extends FolderModel<unknown, ViewState>>(workspace: WorkspaceModel<Model>, problemsOf: (model: Model) => readonly FileProblem[], language: LazyLanguage): vscode.Disposable {
  /** Files that had a problem once, so that it is seen when it is gone. */
  const files = new Map<string, vscode.Uri>();
  return workspace.onDidChange(() => {
    for (const model of workspace.folders) {
      for (const { file } of problemsOf(model)) {
        const uri = vscode.Uri.joinPath(model.folder.uri, file);
        files.set(uri.toString(), uri);
      }
    }
    if (files.size > 0) void language.load().then((loaded) => Promise.all([...files.values()].map((uri) => loaded.look(uri))));
  });
}
