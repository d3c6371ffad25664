import * as vscode from 'vscode';
import type { BadgesModel } from '../badges/badgesModel';
import type { LoadEngine } from '../loadEngine';
import { obstacleError } from '../obstacleError';
import type { ProjectAccess } from '../projectAccess';
import { requireTrust } from '../requireTrust';
import type { WorkspaceModel } from '../view/workspaceModel';
import type { PlanDocuments } from './planDocuments';
import type { PublishedModel } from './publishedModel';

/** What the commands about badges on GitLab have in common. */
export interface PublishServices {
  readonly published: WorkspaceModel<PublishedModel>;
  /** The generated badges of the same folders. */
  readonly badges: WorkspaceModel<BadgesModel>;
  readonly extensionUri: vscode.Uri;
  readonly loadEngine: LoadEngine;
  readonly documents: PlanDocuments;
  readonly log: vscode.LogOutputChannel;
}

/** The project of a folder and its token. Rejects with what stands in the way; an untrusted workspace gets no further. */
export async function accessOf(model: PublishedModel, signal: AbortSignal): Promise<ProjectAccess> {
  requireTrust();
  const found = await model.access(signal);
  if (!('obstacle' in found)) return found.project;
  throw obstacleError(model.folder.name, found.obstacle, found.detail);
}

/** What is done by then needs no notification. */
const patienceMs = 700;

/** Does something that may take a while: a notification that can cancel it comes only if it does. Undefined where it was cancelled. */
export async function withNotice<T>(title: string, work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>): Promise<{ readonly value: T } | undefined> {
  const controller = new AbortController();
  const { signal } = controller;
  let last = '';
  let report = (message: string): void => void (last = message);
  const done = work(signal, (message) => report(message));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slow = new Promise<'slow'>((resolve) => (timer = setTimeout(() => resolve('slow'), patienceMs)));
  try {
    if ((await Promise.race([done, slow])) === 'slow') {
      await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, cancellation) => {
        cancellation.onCancellationRequested(() => controller.abort());
        report = (message) => progress.report({ message });
        if (last !== '') report(last);
        await done;
      });
    }
    return { value: await done };
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const statusMs = 5000;

/** A result that needs no answer, where it does not get in the way. */
export function tell(text: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${text}`, statusMs);
}
