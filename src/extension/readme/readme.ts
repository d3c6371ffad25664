import * as vscode from 'vscode';
import type { DrawBadge } from '../badgePicture';
import type { LiveValues } from '../language/liveValues';
import { insertSnippet } from './insertSnippet';
import { PickPage } from './pickPage';
import type { ReadmePorts } from './ports';
import { ReadmeContext } from './readmeContext';
import { ReadmeDiagnostics } from './readmeDiagnostics';
import { ReadmeDocuments } from './readmeDocuments';
import { registerReadmeProviders } from './readmeProviders';
import { updateReadme } from './updateReadme';

/** Badges in READMEs and other documents: help while they are written, and the commands that write into them. */
export class Readme implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #context: ReadmeContext;
  readonly #diagnostics: ReadmeDiagnostics;
  readonly #subscriptions: vscode.Disposable;
  #picking: PickPage | undefined;

  constructor(
    ports: ReadmePorts,
    values: LiveValues,
    private readonly draw: DrawBadge,
    private readonly extensionUri: vscode.Uri,
  ) {
    const documents = new ReadmeDocuments();
    this.#context = new ReadmeContext(values, ports);
    this.#diagnostics = new ReadmeDiagnostics(documents, this.#context);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      registerReadmeProviders(documents, this.#context, draw, this.#changed.event),
      values.onDidChange(() => this.forget()),
    );
  }

  dispose(): void {
    this.#picking?.dispose();
    this.#subscriptions.dispose();
    this.#diagnostics.dispose();
  }

  /** The views, files or git may know something else now. */
  forget(): void {
    this.#context.forget();
    this.#changed.fire();
    this.#diagnostics.refresh();
  }

  /** @param document that badges go into; the one in the editor where it is absent */
  insertSnippet(document: vscode.TextDocument | undefined): Promise<void> {
    const openPage = (name: string): PickPage => {
      this.#picking?.dispose();
      return (this.#picking = new PickPage(this.extensionUri, name));
    };
    return insertSnippet({ context: this.#context, draw: this.draw, openPage }, document);
  }

  updateReadme(folder: vscode.WorkspaceFolder, uri: vscode.Uri | null): Promise<void> {
    return updateReadme(this.#context, folder, uri);
  }
}
