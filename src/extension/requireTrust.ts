import * as vscode from 'vscode';
import { CommandError } from './errors';
import { untrusted } from './messages';

/** In a workspace that nobody trusts nothing is sent or written. Throws what says so, with the way out. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new CommandError(untrusted(), 'trust');
}
