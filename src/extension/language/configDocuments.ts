import * as vscode from 'vscode';
import { configGlobs, defaultBadgeFolder, kindOf, type ConfigKind } from '../../config/language/configFile';
import { readDocument, type ConfigDocument } from '../../config/language/document';
import type { Range } from '../../core/problem';
import { settings, settingsSection } from '../contributions';

/** Configuration files in editors, each version read once. */
export class ConfigDocuments {
  readonly #read = new WeakMap<vscode.TextDocument, { readonly version: number; readonly document: ConfigDocument }>();

  /** Null for a document that is not ours. */
  of(document: vscode.TextDocument): ConfigDocument | null {
    const kind = configKind(document.uri);
    if (kind === null) return null;
    const known = this.#read.get(document);
    if (known?.version === document.version) return known.document;
    const read = readDocument(document.getText(), kind);
    this.#read.set(document, { version: document.version, document: read });
    return read;
  }
}

/** The kind of a file on disk; null for all else. */
export function configKind(uri: vscode.Uri): ConfigKind | null {
  if (uri.scheme !== 'file') return null;
  const folder = vscode.workspace.getConfiguration(settingsSection, uri).get<unknown>(settings.path);
  return kindOf(uri.path, typeof folder === 'string' && folder !== '' ? folder : defaultBadgeFolder);
}

/** For providers: files of these kinds. */
export function selectorOf(...kinds: readonly ConfigKind[]): vscode.DocumentSelector {
  return kinds.flatMap((kind) => configGlobs[kind]).map((pattern) => ({ scheme: 'file', pattern }));
}

export function toRange(document: vscode.TextDocument, { start, end }: Range): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
