import * as vscode from 'vscode';
import type { BadgeFace } from '../../core/badge';
import { annotate, placedAt, type Placed } from '../../core/levels/annotate';
import { faceOf, levelFace, pictureUrlOf } from '../../core/levels/face';
import { badgePicture, type DrawBadge } from '../badgePicture';
import { commands, settings, settingsSection, views } from '../contributions';
import { detailsMarkdown } from '../detailsMarkdown';
import * as messages from '../messages';
import type { WorkspaceModel } from '../view/workspaceModel';
import { badgeDetails, checkDetails, levelDetails, type Details } from './levelDetails';
import type { LevelsModel } from './levelsModel';

/** The present outcome beside each badge, level and check of the configuration, and in full under the mouse. */
export class LevelLenses implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly levels: WorkspaceModel<LevelsModel>,
    private readonly draw: DrawBadge,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      levels.onDidChange(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${settingsSection}.${settings.codeLens}`)) this.#changed.fire();
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async codeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (vscode.workspace.getConfiguration(settingsSection, document).get<boolean>(settings.codeLens) !== true) return [];
    const model = await this.#modelOf(document);
    if (!model) return [];
    const show = { title: '', command: `${views.levels}.focus` };
    const evaluate = { tooltip: messages.evaluateLens(), command: commands.evaluate, arguments: [document.uri] };
    return annotate(model.badges).map(({ at, text, pending }) => {
      const position = document.positionAt(at);
      const command = pending === null ? { ...show, title: text } : { ...(pending === 'facts' ? evaluate : show), title: `? ${messages.pendingWord(pending)}` };
      return new vscode.CodeLens(new vscode.Range(position, position), command);
    });
  }

  async hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const model = await this.#modelOf(document);
    const placed = model && placedAt(model.badges, document.offsetAt(position));
    if (!placed) return undefined;
    const details = new vscode.MarkdownString(detailsMarkdown(detailsOf(placed, model.at)));
    const face = faceAt(placed);
    return new vscode.Hover(face ? [await badgePicture(face, this.draw), details] : [details]);
  }

  /** The model whose places are places of this very text. */
  async #modelOf(document: vscode.TextDocument): Promise<LevelsModel | undefined> {
    const model = this.levels.folders.find(({ uri }) => uri.toString() === document.uri.toString());
    if (model && model.text !== document.getText()) await model.lookAtText();
    return model?.text === document.getText() ? model : undefined;
  }
}

/** What the badge shows at present, or would at a level; null for a picture of another's, which would have to be fetched. */
function faceAt(placed: Placed): BadgeFace | null {
  if (placed.kind === 'check') return null;
  const { badge: { result } } = placed;
  if (placed.kind === 'level') return placed.level.result.svgUrl === null ? levelFace(result, placed.level.result) : null;
  return pictureUrlOf(result) === null ? faceOf(result) : null;
}

function detailsOf(placed: Placed, now: string | null): Details {
  switch (placed.kind) {
    case 'badge':
      return badgeDetails(placed.badge);
    case 'level':
      return levelDetails(placed.badge, placed.level);
    case 'check':
      return checkDetails(placed.check, now);
  }
}
