import type * as vscode from 'vscode';
import { draw } from '../drawBadge';
import { Readme } from '../readme/readme';
import { BadgeFolders } from './badgeFolders';
import { ConfigDocuments } from './configDocuments';
import { Diagnostics, type ToldFiles } from './diagnostics';
import { LiveValues } from './liveValues';
import type { LanguagePorts } from './ports';
import { registerProviders } from './providers';

/** Help with configuration files and badges in documents. A bundle of its own, loaded with the first of them. */
export class Language implements vscode.Disposable {
  readonly #folders = new BadgeFolders();
  readonly #values: LiveValues;
  readonly #diagnostics: Diagnostics;
  readonly #providers: vscode.Disposable;
  readonly readme: Readme;

  constructor({ askGitLab, readme, extensionUri }: LanguagePorts) {
    const documents = new ConfigDocuments(this.#folders);
    this.#values = new LiveValues(askGitLab);
    this.#diagnostics = new Diagnostics(documents, this.#values);
    this.#providers = registerProviders(documents, this.#values, draw);
    this.readme = new Readme(readme, this.#values, draw, extensionUri);
  }

  dispose(): void {
    this.readme.dispose();
    this.#providers.dispose();
    this.#diagnostics.dispose();
    this.#values.dispose();
    this.#folders.dispose();
  }

  /** Shows what readings found wrong in files that need not be in an editor. */
  tell(files: ToldFiles): void {
    this.#diagnostics.tell(files);
  }

  /** What GitLab said may be out of date. */
  forgetGitLab(): void {
    this.#values.forgetGitLab();
  }
}
