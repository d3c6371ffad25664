import type { ImagePlace, ImageSource, Offer, OwnKind } from '../core/imageSources';
import type { Pending } from '../core/levels/place';
import { scopeGap } from '../core/tokenScopes';
import { instanceName } from './remotes';
import { daysLeft, type Account } from './signIn/account';

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

function expires(expiresAt: string, now: number): string {
  const days = daysLeft(expiresAt, now);
  if (days <= 0) return `The token expired on ${expiresAt}`;
  return `The token expires on ${expiresAt}, in ${days === 1 ? '1 day' : `${days} days`}`;
}

export const expiryWarning = (account: Account, now: number) => `${instanceName(account.instance)}: ${expires(account.expiresAt ?? '', now)}.`;
export const addBadgeJobAction = () => 'Add Badge Job';
export const chooseProjectAction = () => 'Choose Project…';
export const signInAction = () => 'Sign In…';
export const manageTrustAction = () => 'Manage Workspace Trust';
export const pickSignOut = () => 'Sign out of which GitLab?';
export const nobodySignedIn = () => 'Nobody is signed in to a GitLab.';
export const signedOut = (instance: string) => `Signed out of ${instanceName(instance)}. The token was removed from VS Code; it stays valid on GitLab until it is revoked there.`;
export const signInInvalidArgument = () => 'badgesmith.signIn takes { instance, token }, both text.';

// Folders and projects

export const untrusted = () => 'In Restricted Mode nothing is sent to GitLab and nothing is written.';
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
  noConfig: 'no .badge-api.yaml',
  unreadable: '.badge-api.yaml cannot be read, see the problems',
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

// Levels

export const notFetchedYet = () => 'not fetched yet';
export const pendingWord = (pending: Pending) => (pending === 'trust' ? 'not evaluated' : notFetchedYet());
export const levelsUntrusted = (file: string) => `In Restricted Mode nothing is evaluated: this is what ${file} asks for. Trust this workspace to see what is reached.`;
export const notReached = () => 'not reached';
export const missingFor = (level: string) => `Missing for ${level}:`;
export const notNecessaryAbove = () => 'Higher levels do not need this one.';
export const valueIs = (value: string) => `Value: ${value}`;
export const thresholdIs = (wanted: string) => `Threshold: ${wanted}`;
export const rangeIs = (from: string, to: string) => `From ${from} to ${to}`;
export const sampleIs = (counted: string) => `Made from ${counted}`;
export const levelsUnreadable = (file: string) => `${file} cannot be read as it stands, see the problems. These are the levels of what it said before.`;
export const evaluating = (folder: string) => `Evaluating badge levels of ${folder}`;
export const noLevelsConfig = (folder: string) => `${folder} has no .badge-api.yaml, which says what the levels of a badge are.`;
export const createAction = () => 'Create';
export const noLeveledBadges = () => '.badge-api.yaml asks for no badge yet.';
export const levelsUnsaved = () => 'As the configuration is typed now; it is not saved yet.';
export const exportTitle = () => 'Export Badge Levels';
export const nothingToExport = () => 'Nothing was evaluated that could be exported.';
export const exported = (file: string) => `Badge levels were written to ${file}.`;
export const placeGone = () => 'This does not stand in a file of the workspace as it is now.';
export const evaluateLens = () => 'Evaluate Badge Levels';
export const loadingLevels = () => 'Reading levels…';
export const openInConfig = () => 'Go to Configuration';
export const openEvidence = () => 'Open Page';

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
export const notRead = (reason: string) => `${reason} Refresh this view to try again.`;
export const readBefore = (reason: string, when: string) => `${reason} These badges were read at ${when}.`;
export const linkRow = () => 'link';
export const imageRow = () => 'image';
export const writtenAs = () => 'Written: ';
export const shownAs = (url: string) => `Shown: ${url}`;
export const changesFrom = () => 'On GitLab now: ';
export const linkTo = (url: string) => `Link: ${url}`;
export const imageAt = (url: string) => `Image: ${url}`;
export const noPicture = () => 'The picture could not be loaded.';
export const publishedPageTitle = (name: string) => `On GitLab: ${name}`;
export const publishedHeading = (project: string, instance: string) => `Badges of ${project} on ${instanceName(instance)}`;
export const copiedImageUrl = (name: string) => `Copied image URL of ${name}`;
export const targetName = (scope: keyof typeof scopeNames, path: string) => `${scopeNames[scope]} ${path}`;
export const mayNotChange = (target: string, why: string) => `The badges of the ${target} cannot be changed with this token: it ${why}.`;
export const readingPublished = () => 'Reading badges on GitLab';

// Plan and push

export const planning = () => 'Comparing the configuration with GitLab';
export const planTitle = (project: string) => `Badges on GitLab: ${project} (now ↔ after push)`;
export const resultTitle = () => 'Push Result';
export const planGone = () => 'What stood here is gone: give the command again that showed it.\n';
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

export const addFormTitle = (project: string) => `Add Badge: ${project}`;
export const editFormTitle = (name: string) => `Edit Badge: ${name}`;
export const formGone = () => 'The folder of this form is not open any more.';
export const addHeading = (project: string) => `Add a badge to ${project}`;
export const editHeading = (name: string, target: string) => `Edit ${name} of the ${target}`;
export const ofProject = () => 'shown on the project';
export const ofGroup = () => 'shown on all projects of the group';
export const nothingKnown = () => 'this project';

export const readingForForm = () => 'Reading the badges on GitLab…';
export const cannotAsk = (why: string) => `GitLab cannot be asked now, so nothing is checked: ${why}`;
export const onlyIntoFile = (reason: string) => `${reason} The badge can be written into the configuration all the same.`;
export const badgeIsGone = () => 'This badge is not on GitLab any more: somebody else removed it. What you typed can still be copied.';
export const changedMeanwhileOnGitLab = () => 'This badge was changed on GitLab meanwhile. Only the fields you change here are saved.';

export const stemMissing = () => 'Name the badge: its file without .svg.';
export const stemInvalid = () => 'The name of a file has no slash in it.';
export const jobMissing = () => 'Name the CI job that keeps the badges as artifact.';
export const nameTooLong = (length: number, most: number) => `The name has ${length} characters; GitLab keeps ${most} at most.`;
export const nameTaken = () => 'There is a badge of this name already. GitLab would show both.';
export const urlMissing = () => 'Write a URL that starts with https://.';
export const refusedByGitLab = (reasons: readonly string[]) => `GitLab refuses this: ${reasons.join(', ')}.`;
export const placeholdersStay = (names: readonly string[]) => `${asPlaceholders(names)} will stay as text: there is nothing it stands for here.`;
export const placeholdersTooNew = (names: readonly string[]) => `${asPlaceholders(names)} will stay as text: this GitLab does not know it yet.`;

export const placeholderUnknown = () => 'stays as text: GitLab knows no such placeholder';
export const placeholderNotKnown = () => 'not known now';
export const placeholderAsked = () => 'being asked for…';
export const placeholderWithoutProject = () => 'stays as text here: there is no project in the group';
export const placeholderTooNew = () => 'stays as text: this GitLab does not know it yet';
export const placeholderOfGitLab = () => 'replaced by GitLab, which does not tell this token by what';
export const placeholderOfNothing = () => 'stays as text: there is nothing it stands for here';
export const valuesOfProject = (project: string) => `Values of ${project}.`;
export const valuesOfGroup = (project: string) => `Values of ${project}, the newest project of the group that you may see: GitLab takes it for its preview. Each project shows its own.`;
export const groupWithoutProject = () => 'There is no project in the group that you may see, so GitLab replaces nothing here. Each project of the group will show its own values.';

export const checking = () => 'GitLab checks both URLs…';
export const checkedByGitLab = () => 'GitLab takes both URLs.';
export const notChecked = (why: string) => `GitLab could not check the URLs: ${why}`;

export const loadingPicture = () => 'Loading the picture…';
export const noPictureYet = () => 'The picture is shown once its URL is complete.';
export const pictureAsShown = () => 'As GitLab shows it now.';
export const pictureFromFolder = (why: string) => `As it was generated here. ${why}`;
export const pictureSketch = (why: string) => `A sketch, drawn here. ${why}`;
export const pictureNotLoaded = (what: string) => `The address ${what}.`;
export const pictureNotThere = (what: string) => `${what} does not exist yet.`;
export const pictureNotHttps = () => 'Pictures of other hosts are loaded over https only.';
export const pictureNotPublic = () => 'GitLab shows this picture to people who are signed in on its pages, and a token does not sign in there.';
export const pictureOfOtherKind = () => 'What is there is no picture of a kind that can be shown.';

export const notKeptInFile = (target: string) => `The badges of the ${target} are not kept in a configuration.`;
export const listedInFile = (file: string) => `${file} lists this badge, so the next push would set it back: change it there, too.`;
export const notListedInFile = (file: string, prune: boolean) =>
  prune ? `${file} does not list this badge, and prune is on: the next push would delete it.` : `${file} does not list this badge. A push leaves it alone.`;
export const addedBesideFile = (file: string, target: string, prune: boolean) =>
  `${file} keeps the badges of the ${target}${prune ? ', and prune is on: a badge that is added on GitLab alone is deleted by the next push' : '. A badge that is added on GitLab alone is left alone by a push'}.`;
export const nameInFile = (file: string) => `${file} lists a badge of this name already, which the next push adds.`;

export const addOnGitLab = () => 'Add on GitLab';
export const saveOnGitLab = () => 'Save on GitLab';
export const addToFile = (file: string) => `Add to ${file}`;
export const nothingChanged = () => 'Nothing was changed yet.';
export const waitForTarget = () => 'It is not known yet where the badge goes.';
export const saveStopped = () => 'Stopped while GitLab was asked. Whether it was done shows in the view "On GitLab".';
export const correctFields = () => 'Correct what is marked first.';

export const addingBadge = (name: string) => `Adding ${name}…`;
export const added = (name: string, target: string) => `${name} was added to the ${target}.`;
export const addedToFile = (name: string, file: string) => `${name} was added to ${file}.`;
export const editing = (name: string) => `Saving ${name}…`;
export const edited = (name: string) => `${name} was changed on GitLab.`;
export const notEdited = (name: string) => `${name} stays as it is.`;
export const editGone = (name: string) => `${name} was removed by somebody else meanwhile.`;
export const pickEditTitle = () => 'Edit which badge on GitLab?';
export const pickRemoveTitle = () => 'Remove which badge from GitLab?';
export const noBadgeToChange = () => 'There is no badge on GitLab that can be changed with this token.';
export const removeQuestion = (name: string, target: string) => `Remove ${name} from the ${target}?`;
export const removeDetail = (isListed: boolean, file: string | null) =>
  `It is deleted on GitLab, for everybody.${isListed ? ` ${file ?? 'The configuration'} still lists it, so the next push would add it again.` : ''}`;
export const removeAction = () => 'Remove';
export const removing = (name: string) => `Removing ${name}`;
export const removed = (name: string) => `${name} was removed from GitLab.`;
export const wasGone = (name: string) => `${name} was gone already.`;

function asPlaceholders(names: readonly string[]): string {
  return names.map((name) => `%{${name}}`).join(', ');
}

// Changes to look at before they are made

export const applyAction = () => 'Apply';
export const changedSinceReview = (file: string) => `${file} was changed meanwhile, so nothing was applied: give the command again.`;
export const notApplied = (files: readonly string[]) => `VS Code could not change ${files.join(', ')}.`;

// Configuration

export const lookingAt = (folder: string) => `Looking at ${folder}`;
export const proposed = (file: string) => `$(info) A proposal for ${file}: edit it, then save it.`;

// Pipeline

export const pickCiJob = () => 'Which job?';
export const generateJob = () => 'Badge job';
export const generateJobDetail = () => 'Generates the badges on the default branch, and by a pipeline schedule';
export const reviewJob = () => 'Job for merge requests';
export const reviewJobDetail = () => 'Checks the configuration, shows what would change on GitLab, and reports to the merge request';
export const dockerfile = () => 'Dockerfile for an image of your own';
export const dockerfileDetail = () => 'Opens it in an editor; nothing is saved';
export const pickCiImage = () => 'In which image does the job run?';
export const nodeImageDetail = () => "Installs the command line with npm from where the CI/CD variable BADGESMITH_PACKAGE says";
export const ownImage = () => 'An image of your own…';
export const ownImageDetail = () => 'Has the command line already, so the job starts at once';
export const ownImagePrompt = () => 'Name of the image, as a job of GitLab takes it';
export const ownImageInvalid = () => 'Write the name of an image, such as $CI_REGISTRY_IMAGE/badgesmith.';
export const preparingCi = () => 'Preparing the change of the pipeline';
export const ciUpToDate = (file: string, job: string) => `${file} has this job already: ${job}.`;
export const ciReviewTitle = (file: string, job: string) => `${file}: ${job} (now ↔ after)`;
export const ciValid = () => 'GitLab takes the pipeline as it would be.';
export const ciWarned = (warning: string) => `GitLab takes the pipeline as it would be, with a warning: ${warning}`;
export const ciRefused = (error: string) => `GitLab refuses the pipeline as it would be: ${error}`;
export const ciNotJudged = (why: string) => `GitLab was not asked about the pipeline: ${why}`;
export const ciApplied = (job: string, file: string, change: 'added' | 'updated') => `The job ${job} was ${change === 'added' ? 'added to' : 'updated in'} ${file}.`;
export const scheduleHint = () => 'A pipeline schedule keeps the badges fresh between commits.';
export const scheduleAction = () => 'New Schedule…';
export const variablesAction = () => 'CI/CD Variables…';

// Documents

export const openDocument = () => 'Open the document that the badges are to go into: Markdown, AsciiDoc, reStructuredText, HTML, Org, Textile or RDoc.';
export const outsideOfWorkspace = (file: string) => `${file} lies outside of the folders of this workspace, so it is not known whose badges it shows.`;
export const readingBadges = (folder: string) => `Reading the badges of ${folder}…`;
export const snippetTitle = (document: string) => `Insert Badges into ${document}`;
export const generatedBadges = () => 'generated';
export const drawnByGitLab = () => 'drawn by GitLab';
export const ownBadge: Record<OwnKind, { readonly label: string; readonly description: string }> = {
  pipeline: { label: 'pipeline', description: 'status on the default branch, always as it is' },
  coverage: { label: 'coverage', description: 'on the default branch, as GitLab found it in the logs' },
  release: { label: 'latest release', description: 'tag of the newest release' },
};
export const pickSource = () => 'Where do the pictures come from?';
export const noSource = (path: string, isHidden: boolean) =>
  `There is nothing yet that the pictures could be shown from: no job in .gitlab-ci.yml keeps ${path} as artifact or publishes it with GitLab Pages, and not all files are there. Generate the badges and commit them, or add a job.${isHidden ? ' Services outside of GitLab see nothing of a project that is not public.' : ''}`;
export const sourceNames: Record<ImageSource, (place: ImagePlace) => string> = {
  artifact: ({ job }) => `Artifact of the job “${job}”`,
  artifactUrl: ({ job }) => `Artifact of the job “${job}”, by its full address`,
  file: ({ path }) => `File in the repository (${path})`,
  fileUrl: ({ path }) => `File in the repository (${path}), by its full address`,
  pages: () => 'GitLab Pages',
  shields: () => 'shields.io, from the JSON file beside the picture',
};
const sourceReasons: Record<ImageSource, (place: ImagePlace) => string> = {
  artifact: ({ branch }) => `Of the last successful run on ${branch}. Stays right in forks and after a move; on GitLab only.`,
  artifactUrl: ({ branch }) => `Of the last successful run on ${branch}, also outside of GitLab.`,
  file: () => 'As committed beside the document, also in VS Code’s preview; to be committed again when values change.',
  fileUrl: ({ branch }) => `As committed on ${branch}, also outside of GitLab.`,
  pages: ({ pages }) => `As last published at ${pages}.`,
  shields: () => 'Drawn by shields.io in its own style; that service learns who looks at the page.',
};
const audiences = { anybody: 'everybody sees it', signedIn: 'readers need a login', unknown: 'readers need a login where the project is not public' };
export const sourceAudience = ({ audience }: Offer) => audiences[audience ?? 'unknown'];
export const sourceDetail = ({ source, needs }: Offer, place: ImagePlace) =>
  [sourceReasons[source](place), ...(needs === 'job' ? ['The job is not in .gitlab-ci.yml itself: check its name.'] : needs === 'commit' ? [`Commit ${place.path} first.`] : [])].join(' ');
export const pickPlaceInDocument = () => 'Where do they go?';
export const atCursor = () => 'At the cursor';
export const atCursorDetail = () => 'In the place of what is selected.';
export const inBlock = () => 'In a marked block';
export const inBlockDetail = () => '“Update Badges in README” keeps it up to date: a default branch that is renamed, a job that is called otherwise.';
export const intoBlock = () => 'Into the marked block of this document';
export const readOnlyDocument = (file: string) => `${file} cannot be changed: it is read-only.`;
export const notInserted = (file: string) => `VS Code did not change ${file}; it may be read-only.`;
export const noReadme = (folder: string) => `${folder} has no README that badges could be kept in: README.md, .adoc, .rst, .html, .org, .textile or .rdoc.`;
export const noBlock = (file: string) => `${file} has no block of badges yet.`;
export const insertBlockAction = () => 'Insert Badges…';
export const brokenBlock = (file: string, line: number, message: string) => `${file}, line ${line}: ${message}`;
export const blockUpToDate = (file: string) => `The badges in ${file} are up to date.`;
export const nothingForBlock = (file: string) => `The block of badges in ${file} holds no badge of this project, and there is nothing to fill it with: generate badges, or add a job to .gitlab-ci.yml that keeps them.`;
export const blockUpdated = (file: string, count: number) => `${file}: ${count === 1 ? 'one change' : `${count} changes`} in the block of badges.`;
export const updateLens = (count: number) => `$(sync) Update badges: ${count === 1 ? 'one change' : `${count} changes`}`;
export const upToDateLens = (count: number) => `$(check) ${count === 1 ? 'One badge' : `${count} badges`}, up to date`;
export const brokenLens = () => '$(warning) This block cannot be updated: see the problem';
export const addBadgesLens = () => '$(add) Add badges…';
export const completionLabel = (badge: string) => `badge: ${badge}`;
export const hoverValue = (label: string, message: string) => `${label}: ${message}`;
export const hoverOrigin = (origin: string, at: Date) => `${origin}, ${at.toLocaleString()}`;
export const hoverOwn = (kind: OwnKind) => `The ${ownBadge[kind].label} as GitLab draws it for each reader. Its value shows here once it is among the facts of the view “Badges”.`;
export const hoverNotRead = (badge: string) => `The badge “${badge}” of this project. Its value shows here once the view “Badges” has read it.`;
export const hoverForeign = (isShown: boolean) => (isShown ? 'A badge of another service, as it shows it now.' : 'A badge of another service. It is not loaded from here.');
export const fillLens = () => '$(sync) Fill in the badges';

// Migration

export const lookingForReference = () => 'Looking for badges-gitlab';
export const nothingToMigrate = (folder: string) => `Neither the pipeline of ${folder} nor a pyproject.toml uses badges-gitlab.`;
export const migrateTitle = (files: readonly string[]) => `${files.join(', ')}: badges-gitlab → badgesmith (now ↔ after)`;
export const notMigrated = (remarks: readonly string[]) => `Nothing was changed. ${remarks.join(' ')}`;
export const migrated = (jobs: readonly string[]) => `${jobs.join(', ')} ${jobs.length === 1 ? 'runs' : 'run'} badgesmith now. Set the CI/CD variable BADGESMITH_PACKAGE to what npm installs.`;

// Errors

export const bug = () => 'Something unexpected went wrong; the log has the details.';
