import { daysLeft, missing, type Account } from './account';
import { instanceName } from './remotes';

/** Every text the user reads that is not a title in package.nls.json. */

// Sign-in

export const signInTitle = () => 'Sign In to GitLab';
export const pickInstance = () => 'Which GitLab?';
export const anotherInstance = () => 'Another GitLab…';
export const anotherInstanceDetail = () => 'A self-managed instance, by its address';
export const signedInAs = (account: Account) => (account.user === null ? 'signed in' : `signed in as @${account.user}`);
export const remoteOfWorkspace = () => 'remote of this workspace';
export const useWorkflowAccount = () => 'Use the account of GitLab Workflow';
export const useWorkflowAccountDetail = () => 'Turns on badgesmith.useGitLabWorkflowAccount; VS Code asks whether you allow it';
export const workflowAccountUnusable = () =>
  'GitLab Workflow offers no account that can be used here: it is not signed in, access was not allowed, or its account is for another instance. Sign in with a token instead.';
export const workflowAccountUsed = (instance: string) => `The GitLab Workflow account is used for ${instanceName(instance)}.`;
export const instancePrompt = () => 'Address of your GitLab';
export const instancePlaceholder = () => 'https://gitlab.example.com';
export const instanceInvalid = () => 'Write an address such as https://gitlab.example.com.';
export const asking = (instance: string) => `Asking ${instanceName(instance)}…`;
export const tokenPrompt = (instance: string) =>
  `Personal access token for ${instanceName(instance)} with the scope read_api (api, if you want to push badges). It is kept in VS Code's secret storage and sent to this instance only.${instance.startsWith('http:') ? ' This address is http: the token travels unencrypted.' : ''}`;
export const tokenPlaceholder = () => 'glpat-…';
export const tokenMissing = () => 'Paste a token, or create one with the button above.';
export const tokenInactive = (instance: string) => `${instanceName(instance)} does not accept this token: it is expired, revoked or may not even tell its user.`;
export const noGitLabAsked = () => 'GitLab was not asked.';
export const tokenRefused = (instance: string) => `${instanceName(instance)} refused this token: it is wrong, expired or revoked. Check that it is whole and was made there.`;
export const createToken = (instance: string) => `Create a Token on ${instanceName(instance)}`;

export function signedIn(account: Account, now: number): string {
  const scopes = account.scopes?.length ? ` Scopes: ${account.scopes.join(', ')}.` : '';
  const expiry = account.expiresAt ? ` ${expires(account.expiresAt, now)}.` : '';
  return `Signed in to ${instanceName(account.instance)}${account.user === null ? '' : ` as @${account.user}`}.${scopes}${expiry}${scopeAdvice(account)}`;
}

function scopeAdvice(account: Account): string {
  switch (missing(account)) {
    case 'read':
      return ' Without the scope read_api this token cannot read most badges: create one that has it.';
    case 'push':
      return ' Pushing badges to GitLab would need the scope api.';
    case null:
      return '';
  }
}

export function expires(expiresAt: string, now: number): string {
  const days = daysLeft(expiresAt, now);
  if (days <= 0) return `The token expired on ${expiresAt}`;
  return `The token expires on ${expiresAt}, in ${days === 1 ? '1 day' : `${days} days`}`;
}

export const expiryWarning = (account: Account, now: number) => `${instanceName(account.instance)}: ${expires(account.expiresAt ?? '', now)}.`;
export const chooseProjectAction = () => 'Choose Project…';
export const signInAction = () => 'Sign In…';
export const pickSignOut = () => 'Sign out of which GitLab?';
export const nobodySignedIn = () => 'Nobody is signed in to a GitLab.';
export const signedOut = (instance: string) => `Signed out of ${instanceName(instance)}. The token was removed from VS Code; it stays valid on GitLab until it is revoked there.`;
export const signInInvalidArgument = () => 'badgesmith.signIn takes { instance, token }, both text.';

// Folders and projects

export const untrusted = () => 'In Restricted Mode nothing is sent to GitLab and nothing is written. Trust this workspace first.';
export const manageTrust = () => 'Manage Workspace Trust';
export const noFolder = () => 'Open a folder first: badges belong to a workspace folder.';
export const notOnDisk = (folder: string) => `${folder} is not a folder on disk.`;
export const pickFolder = () => 'Which folder?';
export const pickProject = (folder: string) => `Which project do the badges of ${folder} belong to?`;
export const nothingToChoose = (folder: string) => `The remotes of ${folder} name no other project on a GitLab you are signed in to.`;
export const folderReasons = {
  untrusted: 'not trusted',
  noProject: 'no remote on a known GitLab',
  signedOut: 'not signed in',
  choose: 'several projects: choose one',
  refused: 'GitLab refused the token: sign in again',
  error: 'could not be read',
} as const;

// Badges

export const unknownBadge = (reason: string) => `unknown: ${reason}`;
export const statusWords = { known: 'known', unknown: 'unknown', failed: 'failed' } as const;
export const source = (text: string) => `Source: ${text}`;
export const readAt = (when: string) => `Read: ${when}`;
export const loadingBadges = () => 'Reading badges…';
export const noBadges = () => 'There are no badges to show.';

// Generate

export interface GenerateCounts {
  readonly path: string;
  readonly written: number;
  readonly unchanged: number;
  readonly unknown: number;
  readonly failed: number;
  /** Why GitLab's own badges were left out. */
  readonly obstacle?: keyof typeof folderReasons;
}

export const generating = (folder: string) => `Generating badges of ${folder}`;
export const readingFacts = () => 'reading…';
export const writing = (done: number, total: number) => `${done} of ${total}`;

export function generated({ path, written, unchanged, unknown, failed, obstacle }: GenerateCounts): string {
  if (written + unchanged + unknown + failed === 0) return 'There are no badges to write: name some in the badge configuration.';
  const parts = [written > 0 || unchanged === 0 ? `Wrote ${written} ${written === 1 ? 'badge' : 'badges'} to ${path}` : `All badges in ${path} are up to date`];
  if (unchanged > 0) parts.push(`${unchanged} unchanged`);
  if (unknown > 0) parts.push(`${unknown} unknown`);
  if (failed > 0) parts.push(`${failed} failed`);
  return `${parts.join(', ')}.${obstacle ? ` GitLab's own badges were left out: ${folderReasons[obstacle]}.` : ''}`;
}

export const obstacleOf = (folder: string, obstacle: keyof typeof folderReasons) => `${folder}: ${folderReasons[obstacle]}.`;
export const showAction = () => 'Show';
export const previewAction = () => 'Open Preview';
export const showLogAction = () => 'Show Log';
export const noConfigYet = (folder: string) => `${folder} has no project on a known GitLab and no badges of its own. Sign in to its GitLab, or create a badge configuration.`;
export const configExists = (file: string) => `${file} is there already.`;
export const fileMissing = (file: string) => `${file} has not been written yet: run "Generate Badges".`;
export const badgeGone = () => 'This badge is not there any more.';

// Preview

export const previewTitle = (name: string) => `Badge Preview: ${name}`;
export const previewGone = () => 'The folder of this preview is not open any more.';
export const copied = (what: string, label: string) => `Copied ${what} of ${label}`;

// Errors

export const bug = () => 'Something unexpected went wrong; the log has the details.';
