import * as vscode from 'vscode';
import { planScheme } from '../contributions';
import { planGone } from '../messages';

/** The read-only documents that show a plan. Each has an address of its own, so showing the next plan changes an open one. */
export class PlanDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  readonly onDidChange = this.#changed.event;

  /** Last: VS Code takes the event at once, and would leave an open plan as it is without it. */
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(planScheme, this);

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? planGone();
  }

  /** @param name ends up in the title of an editor */
  show(folder: vscode.WorkspaceFolder, name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: planScheme, path: `/${folder.name}/${name}`, query: folder.uri.toString() });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }
}

/** The workspace folder that a document belongs to: a plan to the folder that it is about. */
export function folderAt(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.getWorkspaceFolder(uri.scheme === planScheme ? vscode.Uri.parse(uri.query) : uri);
}
