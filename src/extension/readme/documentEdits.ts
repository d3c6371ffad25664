import { statSync } from 'node:fs';
import * as vscode from 'vscode';
import type { MarkupEdit } from '../../core/markup/change';
import { CommandError } from '../errors';
import { toRange } from '../language/configDocuments';
import * as messages from '../messages';

/** Changes a document as one step that can be undone. What else was typed into it and not saved stays as it is. */
export async function applyEdits(document: vscode.TextDocument, edits: readonly MarkupEdit[], name: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of edits) edit.replace(document.uri, toRange(document, range), text);
  if (!(await vscode.workspace.applyEdit(edit))) throw new CommandError(messages.notInserted(name));
}

/**
 * VS Code lets one type into a file that nobody may write, and fails when it is saved. Answered without waiting: what the user types
 * until a page or a list has the focus goes into the document.
 */
export function requireWritable({ uri }: vscode.TextDocument, name: string): void {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) throw new CommandError(messages.readOnlyDocument(name));
  // A document that was not saved yet has no file.
  const file = uri.scheme === 'file' ? statSync(uri.fsPath, { throwIfNoEntry: false }) : undefined;
  if (file && (file.mode & 0o222) === 0) throw new CommandError(messages.readOnlyDocument(name));
}
