import * as vscode from 'vscode';
import { scopeGap } from '../../core/tokenScopes';
import { abortable } from '../../gitlab/abortable';
import { isGitLabError } from '../../gitlab/gitlabError';
import { signalOf } from '../signalOf';
import { commands } from '../contributions';
import { CommandError, explain } from '../errors';
import type { LoadEngine } from '../loadEngine';
import * as messages from '../messages';
import type { Projects } from '../projects';
import { instanceName } from '../remotes';
import { requireTrust } from '../requireTrust';
import { namedInstances, useWorkflowAccount, usesWorkflowAccount } from '../settings';
import { expiresSoon, type Account } from './account';
import { gitlabCom } from './instances';
import type { Sessions } from './sessions';
import { askForWorkflowAccount, hasWorkflowExtension } from './workflowAccount';

/** For finding the remotes. The list shows at once and fills when they are known, so this may take its time where git is slow to start. */
const remoteTimeoutMs = 10_000;
const warnedKey = (instance: string) => `expiryWarned:${instance}`;

export interface SignInServices {
  readonly sessions: Sessions;
  readonly projects: Projects;
  readonly loadEngine: LoadEngine;
  readonly state: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Signs in to a GitLab: asks which one and for a token, and keeps the token once that GitLab has accepted it.
 * With `{ instance, token }` it asks and tells nothing; it answers the account, or rejects with what was wrong.
 */
export async function signIn(services: SignInServices, argument?: unknown): Promise<Account | undefined> {
  requireTrust();
  if (argument !== undefined) return signInSilently(services, argument);

  const chosen = await pickInstance(services);
  if (chosen === undefined) return undefined;
  if (chosen === 'workflow') {
    await signInWithWorkflow(services);
    return undefined;
  }
  const instance = await askInstance(services, chosen.address);
  const account = instance && (await askToken(services, instance));
  if (!account) return undefined;
  // The message below tells the expiry, so the warning would only repeat it.
  if (expiresSoon(account, Date.now())) await services.state.update(warnedKey(instance), account.expiresAt);
  const show = scopeGap(account.scopes) === 'read' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(messages.signedIn(account, Date.now()));
  return account;
}

export async function signOut({ sessions, loadEngine }: SignInServices): Promise<void> {
  const items = sessions.accounts.map((account) => ({ label: instanceName(account.instance), description: messages.signedInAs(account), account }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(messages.nobodySignedIn());
    return;
  }
  const picked = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { placeHolder: messages.pickSignOut() });
  if (!picked) return;
  const { instance } = picked.account;
  await sessions.remove(instance);
  (await loadEngine()).forget(instance);
  void vscode.window.showInformationMessage(messages.signedOut(instance));
}

/** Warns of tokens that expire within the week, once for each expiry date. */
export async function warnOfExpiry({ sessions, state }: Pick<SignInServices, 'sessions' | 'state'>): Promise<void> {
  const now = Date.now();
  for (const account of sessions.accounts) {
    if (!expiresSoon(account, now) || state.get(warnedKey(account.instance)) === account.expiresAt) continue;
    await state.update(warnedKey(account.instance), account.expiresAt);
    void vscode.window.showWarningMessage(messages.expiryWarning(account, now), messages.signInAction()).then((chosen) => {
      if (chosen) void vscode.commands.executeCommand(commands.signIn);
    });
  }
}

async function signInSilently(services: SignInServices, argument: unknown): Promise<Account> {
  const { instance: written, token } = (typeof argument === 'object' && argument !== null ? argument : {}) as Record<string, unknown>;
  if (typeof written !== 'string' || typeof token !== 'string') throw new CommandError(messages.signInInvalidArgument());
  const engine = await services.loadEngine();
  const instance = engine.normalizeInstance(written);
  if (instance === null) throw new CommandError(messages.instanceInvalid());
  const { signal } = new AbortController();
  const answer = await engine.probe(instance, signal);
  if (!answer.gitlab) throw new CommandError(answer.reason);
  return keep(services, instance, token, signal);
}

/** The token is kept only after the instance it is meant for has accepted it. */
async function keep({ loadEngine, sessions, log }: SignInServices, instance: string, token: string, signal: AbortSignal): Promise<Account> {
  const engine = await loadEngine();
  const account: Account = { instance, ...(await engine.identify(instance, token, signal)) };
  signal.throwIfAborted();
  engine.forget(instance);
  await sessions.add(account, token);
  log.info(`Signed in to ${instance}${account.user === null ? '' : ` as @${account.user}`}`);
  return account;
}

async function signInWithWorkflow({ log }: SignInServices): Promise<void> {
  let instance: string | null = null;
  try {
    await useWorkflowAccount();
    instance = await askForWorkflowAccount();
  } catch (error) {
    log.warn(`GitLab Workflow: ${explain(error).log}`);
  }
  if (instance === null) void vscode.window.showWarningMessage(messages.workflowAccountUnusable());
  else void vscode.window.showInformationMessage(messages.workflowAccountUsed(instance));
}

/** An address as written, or undefined when the user turned away. */
async function pickInstance(services: SignInServices): Promise<{ readonly address: string } | 'workflow' | undefined> {
  const another = { label: messages.anotherInstance(), description: messages.anotherInstanceDetail(), address: '' };
  const workflow = { label: messages.useWorkflowAccount(), description: messages.useWorkflowAccountDetail(), address: '' };
  const further = [another, ...(hasWorkflowExtension() && !usesWorkflowAccount() ? [workflow] : [])];
  const items = likelyInstances(services).then((likely) => [...likely, ...further]);
  const picked = await vscode.window.showQuickPick(items, { title: messages.signInTitle(), placeHolder: messages.pickInstance(), ignoreFocusOut: true });
  if (picked === workflow) return 'workflow';
  if (picked !== another) return picked;
  const address = await vscode.window.showInputBox({
    title: messages.signInTitle(),
    prompt: messages.instancePrompt(),
    placeHolder: messages.instancePlaceholder(),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? messages.instanceInvalid() : undefined),
  });
  return address === undefined ? undefined : { address };
}

/** Those of the workspace's remotes first, then those that somebody signed in to or named, then gitlab.com. */
async function likelyInstances({ sessions, projects }: SignInServices): Promise<readonly (vscode.QuickPickItem & { readonly address: string })[]> {
  const remotes = await projects.addresses(AbortSignal.timeout(remoteTimeoutMs)).catch((): readonly string[] => []);
  const addresses = new Set([...remotes, ...sessions.accounts.map((account) => account.instance), ...namedInstances(), gitlabCom]);
  return [...addresses].map((address) => {
    const account = sessions.account(address);
    const notes = [...(account ? [messages.signedInAs(account)] : []), ...(remotes.includes(address) ? [messages.remoteOfWorkspace()] : [])];
    return { label: instanceName(address), description: notes.join(', '), address };
  });
}

/** The canonical address, once a GitLab answered there; no token is sent for this. */
async function askInstance({ loadEngine }: SignInServices, written: string): Promise<string | undefined> {
  const engine = await loadEngine();
  const instance = engine.normalizeInstance(written);
  if (instance === null) throw new CommandError(messages.instanceInvalid());
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: messages.asking(instance), cancellable: true }, async (_progress, cancellation) => {
    const signal = signalOf(cancellation);
    const answer = await abortable(engine.probe(instance, signal), signal);
    if (!answer.gitlab) throw new CommandError(answer.reason);
    return instance;
  });
}

/** Stays open until a token is accepted or the user turns away. */
async function askToken(services: SignInServices, instance: string): Promise<Account | undefined> {
  const input = vscode.window.createInputBox();
  const create: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('link-external'), tooltip: messages.createToken(instance) };
  const closed = new AbortController();
  input.title = messages.signInTitle();
  input.prompt = messages.tokenPrompt(instance);
  input.placeholder = messages.tokenPlaceholder();
  input.password = true;
  input.ignoreFocusOut = true;
  input.buttons = [create];
  try {
    return await new Promise<Account | undefined>((resolve) => {
      input.onDidTriggerButton(() => void vscode.env.openExternal(vscode.Uri.parse(tokenPage(instance))));
      input.onDidChangeValue(() => (input.validationMessage = undefined));
      input.onDidHide(() => {
        closed.abort();
        resolve(undefined);
      });
      input.onDidAccept(async () => {
        const token = input.value.trim();
        if (token === '') {
          input.validationMessage = messages.tokenMissing();
          return;
        }
        input.busy = true;
        input.enabled = false;
        try {
          resolve(await keep(services, instance, token, closed.signal));
        } catch (error) {
          input.validationMessage = isGitLabError(error) && error.reason === 'unauthorized' ? messages.tokenRefused(instance) : explain(error).text;
        } finally {
          input.busy = false;
          input.enabled = true;
        }
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}

function tokenPage(instance: string): string {
  return `${instance}/-/user_settings/personal_access_tokens?name=Badgesmith&scopes=read_api`;
}
