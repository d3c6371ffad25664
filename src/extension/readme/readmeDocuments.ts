import type * as vscode from 'vscode';
import { maxReadmeLength, readReadme, type ReadmeDocument } from '../../config/readme/document';
import { formatEndings, formatOf, markupFormats } from '../../core/markup/format';

/** Documents in editors, each version read once. */
export class ReadmeDocuments {
  readonly #read = new WeakMap<vscode.TextDocument, { readonly version: number; readonly document: ReadmeDocument }>();

  /**
   * Null for a document of no format of ours, and for one without badges.
   * @param isNew whether it is to hold its first badge
   */
  of(document: vscode.TextDocument, isNew = false): ReadmeDocument | null {
    const format = document.uri.scheme === 'file' ? formatOf(document.languageId, document.uri.path) : null;
    if (!format) return null;
    const known = this.#read.get(document);
    if (known?.version === document.version) return known.document;
    const text = document.getText();
    if (text.length > maxReadmeLength || !(isNew || mayHoldBadges(text))) return null;
    const read = readReadme(text, format);
    this.#read.set(document, { version: document.version, document: read });
    return read;
  }
}

/** Whether a text is worth reading. */
function mayHoldBadges(text: string): boolean {
  return /badge|shield|\.svg|\/-\//i.test(text);
}

export const readmeSelector: vscode.DocumentSelector = [
  ...markupFormats.map((language) => ({ scheme: 'file', language })),
  { scheme: 'file', pattern: `**/*.{${markupFormats.flatMap((format) => formatEndings[format]).join(',')}}` },
];
