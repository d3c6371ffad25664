import type * as vscode from 'vscode';
import type { ReadmePorts } from '../readme/ports';
import type { AskGitLab } from './liveValues';

/** What help in editors needs of the rest of the extension; loading that is up to them. */
export interface LanguagePorts {
  readonly askGitLab: AskGitLab;
  readonly readme: ReadmePorts;
  /** Where the files of its pages lie. */
  readonly extensionUri: vscode.Uri;
}
