import * as vscode from 'vscode';
import type { FileProblem } from '../core/problem';
import type { ViewState } from './contributions';
import type { LazyLanguage } from './language/lazyLanguage';
import type { FolderModel } from './view/folderModel';
import type { WorkspaceModel } from './view/workspaceModel';

type Reading = Pick<WorkspaceModel<FolderModel<unknown, ViewState>>, 'onDidChange'> & { problems(): Iterable<readonly [folder: vscode.Uri, problem: FileProblem]> };

/** What the readings of all folders found wrong in files of theirs. */
export function reading<Model extends FolderModel<unknown, ViewState>>(workspace: WorkspaceModel<Model>, problemsOf: (model: Model) => readonly FileProblem[]): Reading {
  return {
    onDidChange: workspace.onDidChange,
    problems: () => workspace.folders.flatMap((model) => problemsOf(model).map((problem) => [model.folder.uri, problem] as const)),
  };
}

/** Lets the help with configuration files show what readings found wrong in them, also in those that are in no editor. */
export function showProblems(readings: readonly Reading[], language: LazyLanguage): vscode.Disposable {
  let isToldOf = false;
  const tell = () => {
    const files = new Map<string, { readonly uri: vscode.Uri; readonly problems: FileProblem[] }>();
    for (const [folder, problem] of readings.flatMap((each) => [...each.problems()])) {
      const uri = vscode.Uri.joinPath(folder, problem.file);
      const file = files.get(uri.toString()) ?? { uri, problems: [] };
      file.problems.push(problem);
      files.set(uri.toString(), file);
    }
    // Also when the last one is gone.
    if (files.size === 0 && !isToldOf) return;
    isToldOf = true;
    void language.load().then((loaded) => loaded.tell(files));
  };
  return vscode.Disposable.from(...readings.map(({ onDidChange }) => onDidChange(tell)));
}
