import * as vscode from 'vscode';
import type { FileProblem, Severity } from '../core/problem';
import type { ViewState } from './contributions';
import type { FolderModel } from './folderModel';
import type { WorkspaceModel } from './workspaceModel';

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** Shows in the editor what the last reading found wrong in the configuration files. */
export function showProblems<Model extends FolderModel<unknown, ViewState>>(workspace: WorkspaceModel<Model>, problemsOf: (model: Model) => readonly FileProblem[]): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('badgesmith');
  const update = () => {
    const files = new Map<string, { readonly uri: vscode.Uri; readonly diagnostics: vscode.Diagnostic[] }>();
    for (const model of workspace.folders) {
      for (const problem of problemsOf(model)) {
        const uri = vscode.Uri.joinPath(model.folder.uri, problem.file);
        const file = files.get(uri.toString()) ?? { uri, diagnostics: [] };
        file.diagnostics.push(diagnostic(problem));
        files.set(uri.toString(), file);
      }
    }
    collection.clear();
    collection.set([...files.values()].map(({ uri, diagnostics }) => [uri, diagnostics]));
  };
  return vscode.Disposable.from(collection, workspace.onDidChange(update));
}

function diagnostic({ line, column, endLine, endColumn, message, severity, code }: FileProblem): vscode.Diagnostic {
  const result = new vscode.Diagnostic(new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1), message, severities[severity]);
  result.source = 'badgesmith';
  result.code = code;
  return result;
}
