import * as vscode from 'vscode';
import { abortable } from '../../gitlab/abortable';
import type { Token } from '../../gitlab/token';
import { usesWorkflowAccount } from '../settings';
import { belongsTo, instanceOf } from './workflowSession';

const provider = 'gitlab';
const scopes = ['api'];
/** VS Code waits for a provider that never registers; the session is asked for while badges wait. */
const timeoutMs = 3000;

/** Whether the GitLab Workflow extension is there at all. */
export function hasWorkflowExtension(): boolean {
  return vscode.extensions.getExtension('GitLab.gitlab-workflow') !== undefined;
}

/** The session of GitLab Workflow for this very instance, if the user allowed it in the settings; asks nothing. */
export async function workflowToken(instance: string, signal: AbortSignal): Promise<Token | null> {
  const session = await silentSession(signal);
  return session && belongsTo(session.account, instance) ? { kind: 'oauth', value: session.accessToken } : null;
}

/** The instance GitLab Workflow is signed in to, if the user allowed its account in the settings. */
export async function workflowInstance(signal: AbortSignal): Promise<string | null> {
  const session = await silentSession(signal);
  return session ? instanceOf(session.account) : null;
}

/**
 * Asks the user, through VS Code, whether this extension may use the account. Only where an account is there already:
 * the provider throws when it is asked to create one.
 */
export async function askForWorkflowAccount(): Promise<string | null> {
  const [account] = await vscode.authentication.getAccounts(provider);
  if (!account) return null;
  const session = await vscode.authentication.getSession(provider, scopes, { account, createIfNone: true });
  return instanceOf(session.account);
}

async function silentSession(signal: AbortSignal): Promise<vscode.AuthenticationSession | null> {
  if (!usesWorkflowAccount() || !hasWorkflowExtension()) return null;
  try {
    const session = vscode.authentication.getSession(provider, scopes, { silent: true });
    return (await abortable(session, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]))) ?? null;
  } catch (error) {
    if (signal.aborted) throw error;
    // No provider, no answer in time, or no access: the extension's own token is the way then.
    return null;
  }
}
