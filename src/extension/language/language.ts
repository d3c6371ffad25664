import type * as vscode from 'vscode';
import { draw } from './drawBadge';
import { ConfigDocuments } from './configDocuments';
import { Diagnostics } from './diagnostics';
import { LiveValues, type AskGitLab } from './liveValues';
import { registerProviders } from './providers';

/** Help with configuration files in editors. A bundle of its own, loaded with the first of them. */
export class Language implements vscode.Disposable {
  readonly #values: LiveValues;
  readonly #diagnostics: Diagnostics;
  readonly #providers: vscode.Disposable;

  constructor(ask: AskGitLab) {
    const documents = new ConfigDocuments();
    this.#values = new LiveValues(ask);
    this.#diagnostics = new Diagnostics(documents, this.#values);
    this.#providers = registerProviders(documents, this.#values, draw);
  }

  dispose(): void {
    this.#providers.dispose();
    this.#diagnostics.dispose();
    this.#values.dispose();
  }

  /** Shows what is wrong in a file that need not be in an editor. */
  look(uri: vscode.Uri): Promise<void> {
    return this.#diagnostics.look(uri);
  }

  /** What GitLab said may be out of date. */
  forgetGitLab(): void {
    this.#values.forgetGitLab();
  }
}
