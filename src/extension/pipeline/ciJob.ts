import * as vscode from 'vscode';
import { nodeImage } from '../../config/badgeJob';
import type { CiVerdict } from '../../gitlab/ciLint';
import { isGitLabError } from '../../gitlab/gitlabError';
import { CommandError } from '../errors';
import type { FoundAccess } from '../findAccess';
import { textsIn } from '../language/workspaceTexts';
import type { LoadEngine } from '../loadEngine';
import * as messages from '../messages';
import { withNotice } from '../published/publishContext';
import type { PublishedModel } from '../published/publishedModel';
import { requireTrust } from '../requireTrust';
import { generatorSettings } from '../settings';
import type { WantedJob } from './pipelineEngine';
import type { Reviews } from './reviews';

export interface CiServices {
  readonly loadEngine: LoadEngine;
  readonly reviews: Reviews;
  readonly log: vscode.LogOutputChannel;
}

/** Where a pipeline starts. */
export const ciFile = '.gitlab-ci.yml';

/** Adds a badge job to the pipeline of a folder, once the user has seen what would change. Answers its name. */
export async function insertCiJob(services: CiServices, model: PublishedModel): Promise<string | undefined> {
  const { folder } = model;
  requireTrust();
  if (folder.uri.scheme !== 'file') throw new CommandError(messages.notOnDisk(folder.name));
  const { pipeline } = await services.loadEngine();
  await pipeline.checkFile(folder.uri.fsPath, ciFile);

  const wanted = await chooseJob();
  if (wanted === 'dockerfile') {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'dockerfile', content: pipeline.dockerfile }));
    return undefined;
  }
  if (!wanted) return undefined;

  const document = await openIfThere(vscode.Uri.joinPath(folder.uri, ciFile));
  const before = document?.getText() ?? '';
  const prepared = await withNotice(messages.preparingCi(), async (signal) => {
    const edit = await pipeline.addJob(before, wanted, textsIn(folder), generatorSettings(folder.uri), signal);
    if ('problem' in edit) throw new CommandError(pipeline.placed(ciFile, before, edit.problem, edit.range?.start ?? null));
    const access = await model.access(signal);
    return { edit, access, verdict: edit.change === 'none' ? null : await judge(services, folder.name, access, edit.text, signal) };
  });
  if (!prepared) return undefined;
  const { edit, access, verdict } = prepared.value;
  if (edit.change === 'none' || !verdict) {
    void vscode.window.showInformationMessage([messages.ciUpToDate(ciFile, edit.job), ...edit.remarks].join(' '));
    return edit.job;
  }

  for (const line of [verdict.text, ...verdict.more, ...edit.remarks]) services.log.info(`${folder.name}: ${line}`);
  const isDone = await services.reviews.run({
    folder,
    files: [{ file: ciFile, document, before, after: edit.text }],
    title: messages.ciReviewTitle(ciFile, edit.job),
    text: [verdict.text, ...edit.remarks].join(' '),
    isWarning: verdict.isRefused || edit.remarks.length > 0,
  });
  if (!isDone) return undefined;
  await reveal(vscode.Uri.joinPath(folder.uri, ciFile), edit.job);
  const applied = messages.ciApplied(edit.job, ciFile, edit.change);
  const isGenerating = wanted.kind === 'generate';
  void tellWithPages(isGenerating ? `${applied} ${messages.scheduleHint()}` : applied, access, isGenerating ? { ...nextPages.schedule, ...nextPages.variables } : nextPages.variables);
  return edit.job;
}

async function chooseJob(): Promise<WantedJob | 'dockerfile' | undefined> {
  const kinds = [
    { label: messages.generateJob(), detail: messages.generateJobDetail(), value: 'generate' },
    { label: messages.reviewJob(), detail: messages.reviewJobDetail(), value: 'review' },
    { label: messages.dockerfile(), detail: messages.dockerfileDetail(), value: 'dockerfile' },
  ] as const;
  const kind = (await vscode.window.showQuickPick(kinds, { placeHolder: messages.pickCiJob() }))?.value;
  if (!kind || kind === 'dockerfile') return kind;
  const images = [
    { label: nodeImage, detail: messages.nodeImageDetail(), isOwn: false },
    { label: messages.ownImage(), detail: messages.ownImageDetail(), isOwn: true },
  ];
  const image = await vscode.window.showQuickPick(images, { placeHolder: messages.pickCiImage() });
  if (!image?.isOwn) return image && { kind, image: null };
  const name = await vscode.window.showInputBox({ prompt: messages.ownImagePrompt(), value: '$CI_REGISTRY_IMAGE/badgesmith', validateInput: (value) => (/^[^\s"'`]+$/.test(value.trim()) ? null : messages.ownImageInvalid()) });
  return name === undefined ? undefined : { kind, image: name.trim() };
}

interface Verdict {
  readonly text: string;
  readonly isRefused: boolean;
  /** What else GitLab says, for the log. */
  readonly more: readonly string[];
}

/** What GitLab makes of the pipeline, or why it was not asked. Rejects when aborted, and for bugs. */
export async function judge({ loadEngine }: CiServices, folder: string, access: FoundAccess, text: string, signal: AbortSignal): Promise<Verdict> {
  if ('obstacle' in access) return { text: messages.ciNotJudged(access.detail ?? messages.obstacleOf(folder, access.obstacle)), isRefused: false, more: [] };
  try {
    return verdictOf(await (await loadEngine()).pipeline.judge(access.project, text, signal));
  } catch (error) {
    signal.throwIfAborted();
    if (!isGitLabError(error)) throw error;
    return { text: messages.ciNotJudged(error.message), isRefused: false, more: [] };
  }
}

function verdictOf({ isValid, errors, warnings }: CiVerdict): Verdict {
  const [error = ''] = errors;
  const [warning] = warnings;
  const text = !isValid ? messages.ciRefused(error) : warning === undefined ? messages.ciValid() : messages.ciWarned(warning);
  return { text, isRefused: !isValid, more: [...errors.slice(1), ...warnings.slice(1)] };
}

/** Pages of GitLab on which the user goes on, by what the buttons say. */
export const nextPages = {
  schedule: { [messages.scheduleAction()]: '/-/pipeline_schedules/new' },
  variables: { [messages.variablesAction()]: '/-/settings/ci_cd#js-cicd-variables-settings' },
} as const;

/** Tells what was done, with buttons that lead to pages of the project, if it is known. */
export async function tellWithPages(text: string, access: FoundAccess, pages: Readonly<Record<string, string>>): Promise<void> {
  const ref = 'project' in access ? access.project.ref : (access.search?.project ?? null);
  const chosen = await vscode.window.showInformationMessage(text, ...(ref ? Object.keys(pages) : []));
  const page = chosen === undefined ? undefined : pages[chosen];
  if (ref && page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(`${ref.instance}/${ref.project}${page}`));
}

async function reveal(uri: vscode.Uri, job: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const position = document.positionAt(document.getText().indexOf(`\n${job}:`) + 1);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

export async function openIfThere(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  return isThere ? vscode.workspace.openTextDocument(uri) : null;
}
