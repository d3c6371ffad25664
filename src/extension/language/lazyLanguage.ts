import * as vscode from 'vscode';
import type { Language } from './language';
import type { AskGitLab } from './liveValues';

/** Loads the help with configuration files when the first one is opened. */
export class LazyLanguage implements vscode.Disposable {
  #language: Promise<Language> | undefined;
  readonly #opened: vscode.Disposable;

  constructor(private readonly ask: AskGitLab) {
    const look = ({ uri }: vscode.TextDocument) => {
      // The paths of `configGlobs`, and any JSON file beside pictures, whose folder is a setting.
      if (uri.scheme === 'file' && /\/(?:\.gitlab\/badges\.(?:ya?ml|toml)|\.badge-api\.ya?ml|pyproject\.toml|badges\/[^/]+\.json)$|\.badge-decision\.json$|\/\.badge-subsequent-use\.json$/.test(uri.path)) void this.load();
    };
    this.#opened = vscode.workspace.onDidOpenTextDocument(look);
    vscode.workspace.textDocuments.forEach(look);
  }

  load(): Promise<Language> {
    return (this.#language ??= import('./language').then(({ Language }) => new Language(this.ask)));
  }

  /** Does something with what is loaded already. */
  ifLoaded(act: (language: Language) => void): void {
    void this.#language?.then(act);
  }

  dispose(): void {
    this.#opened.dispose();
    this.ifLoaded((language) => language.dispose());
  }
}
