import * as vscode from 'vscode';
import { configGlobs, kindOf, type ConfigKind } from '../../config/language/configFile';
import { readDocument, type ConfigDocument } from '../../config/language/document';
import type { Range } from '../../core/problem';
import type { BadgeFolders } from './badgeFolders';

/** Configuration files in editors, each version read once. */
export class ConfigDocuments {
  readonly #read = new WeakMap<vscode.TextDocument, { readonly version: number; readonly document: ConfigDocument }>();

  constructor(readonly folders: BadgeFolders) {}

  /** Null for a document that is not ours. */
  of(document: vscode.TextDocument): ConfigDocument | null {
    const kind = this.kindOf(document.uri);
    if (kind === null) return null;
    const known = this.#read.get(document);
    if (known?.version === document.version) return known.document;
    const read = readDocument(document.getText(), kind);
    this.#read.set(document, { version: document.version, document: read });
    return read;
  }

  /** The kind of a file on disk, or of one that is proposed and not saved yet; null for all else. */
  kindOf(uri: vscode.Uri): ConfigKind | null {
    if (!schemes.includes(uri.scheme)) return null;
    return kindOf(uri.path) ?? (uri.path.endsWith('.json') && this.folders.holds(uri) ? 'endpoint' : null);
  }

  /** JSON files of badges, wherever the configuration puts them. */
  endpointSelector(): vscode.DocumentSelector {
    return [...configGlobs.endpoint, ...this.folders.patterns()].map((pattern) => ({ scheme: 'file', pattern }));
  }
}

/** The proposal of a configuration is a document without a file that has the path of one. */
const schemes: readonly string[] = ['file', 'untitled'];

/** For providers: files of these kinds. */
export function selectorOf(...kinds: readonly ConfigKind[]): vscode.DocumentSelector {
  return kinds.flatMap((kind) => configGlobs[kind]).flatMap((pattern) => schemes.map((scheme) => ({ scheme, pattern })));
}

/** The workspace folder of a document, whether or not it is saved yet. */
export function folderOf(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.getWorkspaceFolder(uri.with({ scheme: 'file' }));
}

export function toRange(document: vscode.TextDocument, { start, end }: Range): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
