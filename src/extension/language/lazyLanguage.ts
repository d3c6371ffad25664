import * as vscode from 'vscode';
import type { Language } from './language';
import type { LanguagePorts } from './ports';

/** Loads the help with configuration files and badges when the first one is opened. */
export class LazyLanguage implements vscode.Disposable {
  #language: Promise<Language> | undefined;
  readonly #listeners: vscode.Disposable;

  constructor(private readonly ports: LanguagePorts) {
    const look = (document: vscode.TextDocument) => {
      const { uri } = document;
      if (uri.scheme === 'file' && (mayShowBadges(document) || isEndpoint(document))) void this.load();
      // The paths of `configGlobs`, also of a proposal that is not saved yet.
      if (/^(?:file|untitled)$/.test(uri.scheme) && ourPaths.test(uri.path)) void this.load();
    };
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(look),
      // The first badge of a README may be about to be typed.
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (!this.#language && document.uri.scheme === 'file' && isReadme.test(document.uri.path)) void this.load();
      }),
    );
    vscode.workspace.textDocuments.forEach(look);
  }

  load(): Promise<Language> {
    return (this.#language ??= import('./language').then(({ Language }) => new Language(this.ports)));
  }

  /** Does something with what is loaded already. */
  ifLoaded(act: (language: Language) => void): void {
    void this.#language?.then(act);
  }

  dispose(): void {
    this.#listeners.dispose();
    this.ifLoaded((language) => language.dispose());
  }
}

/** Whether a document is of a language for READMEs and has badges in it. Badges stand near the start. */
function mayShowBadges(document: vscode.TextDocument): boolean {
  if (!isReadme.test(document.uri.path) && !/^(?:markdown|asciidoc|restructuredtext|org|textile|rdoc)$/.test(document.languageId)) return false;
  return /badges?[:/]|shields\.io|badgen\.net/.test(document.getText(new vscode.Range(0, 0, maxLines, 0)));
}

/** Whether it is a JSON file with a badge, wherever the configuration puts them. */
function isEndpoint(document: vscode.TextDocument): boolean {
  return document.uri.path.endsWith('.json') && /"schemaVersion"\s*:\s*1\b/.test(document.getText(new vscode.Range(0, 0, maxLines, 0)));
}

const ourPaths = /\/(?:\.gitlab\/badges\.(?:ya?ml|toml)|\.badge-api\.ya?ml|pyproject\.toml|badges\/[^/]+\.json)$|\.badge-decision\.json$|\/\.badge-subsequent-use\.json$/;
const isReadme = /\/readme\.\w+$/i;
const maxLines = 100;
