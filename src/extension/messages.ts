import { scopeGap } from '../core/tokenScopes';
import { daysLeft, type Account } from './account';
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
  switch (scopeGap(account.scopes)) {
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

// Badges on GitLab

export const scopeNames = { project: 'project', group: 'group' } as const;
export const otherGroups = () => 'above, which this token may not read';
export const inheritedCount = (count: number) => `inherited, ${count}`;
export const notInConfiguration = () => 'not configured';
export const noBadgeName = () => '(no name)';
export const onGitLab = () => 'on GitLab';
export const willBeDeleted = (reason: string) => `to be deleted: ${reason}`;
export const needsRole = (role: string) => `needs ${role}`;
export const needsScope = () => 'needs a token with the scope api';
export const notReadable = (reason: string) => `could not be read: ${reason}`;
export const pendingMark = (count: number) => (count > 0 ? `⇡ ${count}` : '');
export const noPublishedBadges = () => 'GitLab shows no badge for this project yet.';
export const readBefore = (reason: string, when: string) => `${reason} These badges were read at ${when}.`;
export const linkRow = () => 'link';
export const imageRow = () => 'image';
export const writtenAs = () => 'Written: ';
export const shownAs = (url: string) => `Shown: ${url}`;
export const changesFrom = () => 'On GitLab now: ';
export const linkTo = (url: string) => `Link: ${url}`;
export const imageAt = (url: string) => `Image: ${url}`;
export const noPublicPicture = () => 'The picture cannot be shown here: it is not public, or not there.';
export const copiedImageUrl = (name: string) => `Copied image URL of ${name}`;
export const targetName = (scope: keyof typeof scopeNames, path: string) => `${scopeNames[scope]} ${path}`;
export const mayNotChange = (target: string, why: string) => `The badges of the ${target} cannot be changed with this token: it ${why}.`;
export const readingPublished = () => 'Reading badges on GitLab';

// Plan and push

export const planning = () => 'Comparing the configuration with GitLab';
export const planTitle = (project: string) => `Badges on GitLab: ${project} (now ↔ after push)`;
export const resultTitle = () => 'Push Result';
export const planGone = () => 'This plan is gone: run "GitLab Badges: Show Changes to Push" again.\n';
export const noConfigToPush = () => 'There is no badge configuration, so there is nothing to compare GitLab with. "Import Badges from GitLab" writes the badges that GitLab shows into one.';
export const noPublishSection = (file: string) => `${file} has no section "publish", so there is nothing to compare GitLab with. "Import Badges from GitLab" adds it, with the badges that GitLab shows.`;
export const configUnreadable = (file: string) => `${file} cannot be read: correct what is marked in it first.`;
export const importAction = () => 'Import Badges';
export const pushAction = () => 'Push…';
export const nothingToPush = (file: string) => `GitLab shows what ${file} asks for: there is nothing to push.`;
export const planShown = (summary: string, hints: number) => `To push: ${summary}.${hints > 0 ? ` ${hints === 1 ? '1 remark' : `${hints} remarks`} in the plan.` : ''}`;
export const unsavedConfig = (file: string) => `${file} has changes that are not saved. The plan leaves them out.`;
export const changedMeanwhile = () => 'GitLab has changed meanwhile, and nothing was written yet. This is the plan now.';
export const pushing = (project: string) => `Pushing badges to ${project}`;
export const pushProgress = (done: number, total: number) => `${done} of ${total}`;
export const consentQuestion = (changes: number, deletions: number, place: string) =>
  `Push ${changes === 1 ? '1 change' : `${changes} changes`} to ${place}${deletions > 0 ? `, deleting ${deletions === 1 ? '1 badge' : `${deletions} badges`}` : ''}?`;
export const consentAction = (deletions: number) => (deletions === 0 ? 'Push' : `Push and Delete ${deletions}`);
export const andMore = (count: number) => `and ${count} more, see the plan`;
export const cannotPush = (reasons: readonly string[]) => `Nothing can be pushed. ${reasons.join(' ')}`;
export const targetsLeftOut = (count: number) => (count === 1 ? '1 project or group is left out, see the plan.' : `${count} projects and groups are left out, see the plan.`);
export const showResultAction = () => 'Show Result';
export const pushCancelled = () => 'Nothing was pushed.';

export function pushed(done: number, failedCount: number, skipped: number): string {
  const parts = [`Pushed ${done === 1 ? '1 change' : `${done} changes`} to GitLab`];
  if (failedCount > 0) parts.push(`${failedCount} failed`);
  if (skipped > 0) parts.push(`${skipped} not done: push again to finish`);
  return `${parts.join(', ')}.`;
}

// Import

export const importing = () => 'Importing badges from GitLab';
export const pickGroupsToImport = () => 'Badges of which groups are to be kept in this configuration, too?';
export const imported = (count: number, file: string) => `Added ${count === 1 ? '1 badge' : `${count} badges`} to ${file}.`;
export const nothingToImport = (file: string) => `${file} has all badges that GitLab shows.`;
export const nothingOnGitLab = () => 'GitLab shows no badge that could be imported.';
export const leftOut = (name: string, reason: string) => `${name} was left out: ${reason}`;
export const configUneditable = (file: string, problem: string) => `${file} cannot be added to: ${problem}`;

// Add, edit and remove

export const addTitle = () => 'Add Badge on GitLab';
export const editTitle = (name: string) => `Edit Badge: ${name}`;
export const pickTarget = () => 'Where is the badge to be shown?';
export const ofProject = () => 'shown on the project';
export const ofGroup = () => 'shown on all projects of the group';
export const pickReady = () => 'Which badge?';
export const readyLabels = {
  pipeline: ['Pipeline status', 'drawn by GitLab'],
  coverage: ['Test coverage', 'drawn by GitLab'],
  release: ['Latest release', 'drawn by GitLab'],
  artifact: ['Generated badge from a job artifact', 'made by a CI job'],
  raw: ['Generated badge from the repository', 'committed as a file'],
  pages: ['Generated badge from GitLab Pages', 'published with the project\'s pages'],
  custom: ['Another badge…', 'any link and image'],
} as const;
export const pickOptions = (label: string) => `${label}: change an option, or continue`;
export const continueAction = () => 'Continue';
export const optionLabels = { branch: 'Branch', style: 'Style', keyText: 'Text on the left', job: 'Job', stem: 'Badge' } as const;
export const optionDefaults = { branch: 'default branch', style: 'flat', keyText: "GitLab's own", job: 'all jobs', stem: '' } as const;
export const optionPrompts = {
  branch: 'Name of a branch; leave it empty for the default branch',
  keyText: "In place of GitLab's own text; leave it empty for that one",
  job: 'Name of the CI job',
  stem: 'Name of the badge file, without .svg',
} as const;
export const pickStyle = () => 'Which style?';
export const pickStem = () => 'Which generated badge?';
export const anotherStem = () => 'Another name…';
/** The prompt of a field gives way to what is said of its text, so the title says which field it is. */
export const fieldTitle = (title: string, field: keyof typeof fieldNames) => `${title}: ${fieldNames[field]}`;
const fieldNames = { name: 'Name', link_url: 'Link URL', image_url: 'Image URL' } as const;
export const namePrompt = () => 'Name of the badge. It tells badges apart, and readers hear it; it may be empty.';
export const nameTooLong = (length: number, most: number) => `The name has ${length} characters; GitLab keeps ${most} at most.`;
export const nameTaken = () => 'There is a badge of this name already. GitLab would show both.';
export const linkPrompt = () => 'Where a click on the badge leads. Placeholders such as %{project_path} are replaced.';
export const imagePrompt = () => 'The picture of the badge. Placeholders such as %{project_path} are replaced.';
export const urlMissing = () => 'Write a URL that starts with https://.';
export const willShow = (url: string) => `Will be ${url}`;
export const willShowChecked = (url: string) => `GitLab makes of it ${url}`;
export const placeholderStays = (names: readonly string[]) => `${names.map((name) => `%{${name}}`).join(', ')} will stay as text: there is nothing it stands for here.`;
export const placeholderTooNew = (names: readonly string[]) => `${names.map((name) => `%{${name}}`).join(', ')} will stay as text: this GitLab does not know it yet.`;
export const refusedByGitLab = (reasons: readonly string[]) => `GitLab refuses this URL: ${reasons.join(', ')}.`;
export const pickDestination = () => 'What is to be done with the badge?';
export const addNow = () => 'Add on GitLab now';
export const addToFile = (file: string) => `Add to ${file}`;
export const addToFileDetail = () => 'pushed with "Push Badges to GitLab"';
export const addingBadge = (name: string) => `Adding ${name}`;
export const added = (name: string, target: string) => `${name} was added to the ${target}.`;
export const addedToFile = (name: string, file: string) => `${name} was added to ${file}.`;
export const editing = (name: string) => `Saving ${name}`;
export const edited = (name: string) => `${name} was changed on GitLab.`;
export const notEdited = (name: string) => `${name} stays as it is.`;
export const editGone = (name: string) => `${name} was removed by somebody else meanwhile.`;
export const pickEditTitle = () => 'Edit Badge on GitLab';
export const pickRemoveTitle = () => 'Remove Badge on GitLab';
export const pickBadge = () => 'Which badge?';
export const noBadgeToChange = () => 'There is no badge on GitLab that can be changed with this token.';
export const removeQuestion = (name: string, target: string) => `Remove ${name} from the ${target}?`;
export const removeDetail = (isListed: boolean, file: string | null) =>
  `It is deleted on GitLab, for everybody.${isListed ? ` ${file ?? 'The configuration'} still lists it, so the next push would add it again.` : ''}`;
export const removeAction = () => 'Remove';
export const removing = (name: string) => `Removing ${name}`;
export const removed = (name: string) => `${name} was removed from GitLab.`;
export const wasGone = (name: string) => `${name} was gone already.`;

// Errors

export const bug = () => 'Something unexpected went wrong; the log has the details.';
