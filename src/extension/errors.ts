import type * as vscode from 'vscode';
import { isGitLabError } from '../gitlab/gitlabError';
import { commands, rowCommands } from './contributions';
import { addBadgeJobAction, bug, chooseProjectAction, manageTrustAction, showLogAction, signInAction } from './messages';

type Remedy = 'signIn' | 'chooseProject' | 'insertCiJob' | 'showLog' | 'trust';

interface Explanation {
  /** For the user. */
  readonly text: string;
  /** For the log; a bug brings its stack along. */
  readonly log: string;
  readonly remedy: Remedy | null;
}

/** An expected failure of a command, which says itself what to do. Bundles have a class of their own each: tell it by its name. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly remedy: Remedy | null = null,
  ) {
    super(message);
  }
}

/** Names of errors whose message is written for the user. By name, because they come from other bundles. */
const forTheUser = new Set(['FileError', 'DrawingError']);

/** What an error means to the user. */
export function explain(error: unknown): Explanation {
  if (isCommandError(error)) return { text: error.message, log: error.message, remedy: error.remedy };
  if (isGitLabError(error)) {
    const needsToken = error.reason === 'unauthorized' || error.reason === 'insufficient-scope';
    return { text: error.message, log: `${error.reason}: ${error.message}`, remedy: needsToken ? 'signIn' : null };
  }
  if (error instanceof Error && forTheUser.has(error.name)) return { text: error.message, log: error.message, remedy: null };
  return { text: bug(), log: error instanceof Error ? (error.stack ?? error.message) : String(error), remedy: 'showLog' };
}

/** Tells the user why the command they gave did not work. A cancelled command needs no telling. */
export function showError(error: unknown, log: Pick<vscode.LogOutputChannel, 'warn'>, ui: Pick<typeof vscode, 'window' | 'commands'>): void {
  if (isCancelled(error)) return;
  const { text, log: line, remedy } = explain(error);
  log.warn(line);
  const action = remedy && remedyActions[remedy];
  void ui.window.showErrorMessage(text, ...(action ? [action.title] : [])).then((chosen) => {
    if (action && chosen === action.title) void ui.commands.executeCommand(action.command);
  });
}

function isCommandError(error: unknown): error is CommandError {
  return error instanceof Error && error.name === 'CommandError';
}

function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');
}

const remedyActions: Record<Remedy, { readonly title: string; readonly command: string }> = {
  signIn: { title: signInAction(), command: commands.signIn },
  chooseProject: { title: chooseProjectAction(), command: rowCommands.chooseProject },
  insertCiJob: { title: addBadgeJobAction(), command: commands.insertCiJob },
  showLog: { title: showLogAction(), command: commands.showLog },
  trust: { title: manageTrustAction(), command: 'workbench.trust.manage' },
};
