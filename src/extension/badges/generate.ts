import * as vscode from 'vscode';
import { signalOf } from '../signalOf';
import { commands } from '../contributions';
import { CommandError } from '../errors';
import { Latest } from '../latest';
import type { LoadEngine } from '../loadEngine';
import * as messages from '../messages';
import { obstacleError } from '../obstacleError';
import { requireTrust } from '../requireTrust';
import type { BadgesModel } from './badgesModel';

interface GenerateServices {
  readonly loadEngine: LoadEngine;
  readonly log: vscode.LogOutputChannel;
  readonly hasPreview: (model: BadgesModel) => boolean;
}

/** Writes badges to files and tells the result. Generating again in the same folder aborts what still runs there. */
export class Generator {
  readonly #running = new WeakMap<BadgesModel, Latest>();

  constructor(private readonly services: GenerateServices) {}

  /**
   * @param stem only this badge
   * Answers what happened, or undefined when it was cancelled or a newer run took over.
   */
  async generate(model: BadgesModel, stem?: string): Promise<messages.GenerateCounts | undefined> {
    requireTrust();
    const latest = this.#running.get(model) ?? new Latest();
    this.#running.set(model, latest);
    const options = { location: vscode.ProgressLocation.Notification, title: messages.generating(model.folder.name), cancellable: true };
    const result = await vscode.window.withProgress(options, (progress, cancellation) =>
      latest.run((signal) => this.#write(model, stem, progress, signal), signalOf(cancellation)),
    );
    if (result) this.#tell(model, result.value);
    return result?.value;
  }

  async #write(model: BadgesModel, stem: string | undefined, progress: vscode.Progress<{ message: string }>, signal: AbortSignal): Promise<messages.GenerateCounts> {
    progress.report({ message: messages.readingFacts() });
    const state = await model.readNow(signal);
    if (state.kind !== 'read') throw obstacleOf(model, state);
    const { snapshot } = state;
    if (state.isUnreadable) throw new CommandError(messages.configUnreadable(snapshot.problems[0]?.file ?? model.folder.name));
    const badges = stem === undefined ? snapshot.badges : snapshot.badges.filter((badge) => badge.stem === stem);
    if (stem !== undefined && badges.length === 0) throw new CommandError(messages.badgeGone());

    const engine = await this.services.loadEngine();
    const results = await engine.write(model.folder.uri.fsPath, { ...snapshot, badges }, state.style, signal, (done, total) =>
      progress.report({ message: messages.writing(done, total) }),
    );
    const counts = { path: snapshot.path, written: 0, unchanged: 0, unknown: 0, failed: 0 };
    for (const { badge, status, reason } of results) {
      counts[status] += 1;
      if (status === 'failed') this.services.log.warn(`${model.folder.name}: ${badge.label || badge.stem}: ${reason ?? ''}`);
    }
    // With an obstacle of this kind the badges are there, and each says what went wrong.
    return { ...counts, ...(state.obstacle && state.obstacle !== 'error' ? { obstacle: state.obstacle } : {}) };
  }

  #tell(model: BadgesModel, counts: messages.GenerateCounts): void {
    const { log, hasPreview } = this.services;
    const text = messages.generated(counts);
    log.info(`${model.folder.name}: ${text}`);
    const written = counts.written + counts.unchanged > 0;
    const actions = [...(written ? [messages.showAction()] : []), ...(written && !hasPreview(model) ? [messages.previewAction()] : [])];
    const show = counts.failed > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    void show(text, ...actions).then((chosen) => {
      if (chosen === messages.showAction()) void vscode.commands.executeCommand('revealInExplorer', vscode.Uri.joinPath(model.folder.uri, counts.path));
      if (chosen === messages.previewAction()) void vscode.commands.executeCommand(commands.preview, model.folder.uri);
    });
  }
}

function obstacleOf({ folder: { name } }: BadgesModel, state: Exclude<BadgesModel['state'], { kind: 'read' }>): CommandError {
  if (state.kind === 'loading') return new CommandError(messages.noBadges());
  const { obstacle, detail } = state;
  return obstacle === 'noProject' ? new CommandError(messages.noConfigYet(name), 'signIn') : obstacleError(name, obstacle, detail);
}
