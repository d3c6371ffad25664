import * as vscode from 'vscode';
import type { Badge, BadgeFace, BadgeStyle } from '../../core/badge';
import { levelBadges } from '../../core/levels/face';
import { svgUri } from '../../sources/svgUri';
import { decodeFromPreview, decodeState, type FromPreview, type PreviewBadge, type PreviewLadder, type ToPreview } from '../../webview/protocol';
import type { BadgeActions } from '../badges/badgeActions';
import { hasSource } from '../badges/badgeRow';
import { alternative } from '../badges/badgeSnippet';
import type { BadgesModel } from '../badges/badgesModel';
import { commands, panels } from '../contributions';
import { explain } from '../errors';
import type { LevelsModel } from '../levels/levelsModel';
import type { LoadEngine } from '../loadEngine';
import { folderReasons, levelsUnsaved, previewGone, previewTitle, unknownBadge } from '../messages';
import { instanceName } from '../remotes';
import type { WorkspaceModel } from '../view/workspaceModel';
import { pageHtml, pageRoots } from '../webviewPage';
import { previewLadder } from './previewLadder';

/** How many badges are drawn before other work gets its turn. */
const drawnAtOnce = 100;

interface PreviewServices {
  readonly workspace: WorkspaceModel<BadgesModel>;
  readonly levels: WorkspaceModel<LevelsModel>;
  readonly loadEngine: LoadEngine;
  readonly actions: BadgeActions;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** The open previews, at most one for each folder; they come back when the window is reloaded. */
export class Previews implements vscode.Disposable {
  readonly #open = new Map<string, PreviewPanel>();

  constructor(private readonly services: PreviewServices) {}

  dispose(): void {
    for (const preview of [...this.#open.values()]) preview.dispose();
  }

  isOpen(model: BadgesModel): boolean {
    return this.#open.has(key(model));
  }

  show(model: BadgesModel): void {
    const open = this.#open.get(key(model));
    if (open) open.reveal();
    else this.#adopt(vscode.window.createWebviewPanel(panels.preview, previewTitle(model.folder.name), { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }), model);
  }

  /** Takes over a panel that was open before the window was reloaded. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const kept = decodeState(state);
    const model = kept ? this.services.workspace.folder(vscode.Uri.parse(kept.folder)) : this.services.workspace.folders[0];
    if (model && !this.#open.has(key(model))) this.#adopt(panel, model);
    else {
      this.services.log.info(previewGone());
      panel.dispose();
    }
  }

  #adopt(panel: vscode.WebviewPanel, model: BadgesModel): void {
    const preview = new PreviewPanel(panel, model, this.services);
    this.#open.set(key(model), preview);
    panel.onDidDispose(() => {
      this.#open.delete(key(model));
      preview.dispose();
    });
  }
}

class PreviewPanel implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  #viewer: vscode.Disposable | undefined;
  #style: BadgeStyle | null = null;
  #ready = false;
  #turn = 0;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly model: BadgesModel,
    private readonly services: PreviewServices,
  ) {
    panel.iconPath = vscode.Uri.joinPath(services.extensionUri, 'media', 'preview.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: pageRoots(services.extensionUri) };
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => {
        const decoded = decodeFromPreview(message);
        if (decoded) this.#receive(decoded);
      }),
      panel.onDidChangeViewState(() => this.#follow()),
      model.onDidChange(() => void this.#send()),
      services.workspace.onDidChange(() => {
        if (services.workspace.folder(model.folder.uri) !== model) panel.dispose();
      }),
      services.levels.onDidChange((levels) => {
        if (levels === this.#levels) void this.#send();
      }),
    ];
    panel.webview.html = pageHtml(panel.webview, services.extensionUri, { title: 'Badge Preview', script: 'webview.js', style: 'preview.css', data: { folder: model.folder.uri.toString() } });
    this.#follow();
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#viewer?.dispose();
    this.#viewer = undefined;
    for (const subscription of this.#subscriptions.splice(0)) subscription.dispose();
    this.panel.dispose();
  }

  /** A hidden panel fetches nothing. Its page is gone as well, and says `ready` when it is made again. */
  #follow(): void {
    if (this.panel.visible) {
      this.#viewer ??= vscode.Disposable.from(this.model.show(), ...(this.#levels ? [this.#levels.show()] : []));
    } else {
      this.#viewer?.dispose();
      this.#viewer = undefined;
      this.#ready = false;
    }
  }

  #receive(message: FromPreview): void {
    switch (message.type) {
      case 'ready':
      case 'style':
        this.#ready = true;
        this.#style = message.style;
        void this.#send();
        return;
      case 'refresh':
        void vscode.commands.executeCommand(commands.refresh, this.model.folder.uri);
        return;
      case 'copy':
      case 'openSource': {
        const badge = this.model.snapshot?.badges.find(({ stem }) => stem === message.stem);
        if (badge) void this.#act(badge, message);
      }
    }
  }

  async #act(badge: Badge, message: FromPreview & { type: 'copy' | 'openSource' }): Promise<void> {
    const target = { kind: 'badge', model: this.model, badge } as const;
    if (message.type === 'openSource') await this.services.actions.openSource(target);
    else await this.#post({ type: 'copied', text: await this.services.actions.copy(target, message.format, this.#style) });
  }

  /** Shows the newest state; an older one that is still being drawn is dropped. */
  async #send(): Promise<void> {
    if (!this.#ready) return;
    const turn = ++this.#turn;
    const { state, busy, folder } = this.model;
    const badges = state.kind === 'read' ? await this.#draw(state.snapshot.badges, () => turn === this.#turn) : [];
    if (turn !== this.#turn || !badges) return;
    const project = state.kind === 'loading' ? null : state.search?.project;
    const name = project?.project ?? folder.name;
    this.panel.title = previewTitle(name);
    const obstacle = state.kind === 'loading' || !state.obstacle ? '' : (state.detail ?? folderReasons[state.obstacle]);
    await this.#post({ type: 'badges', name, place: project ? `${project.project} · ${instanceName(project.instance)}` : '', badges, obstacle, busy: busy || state.kind === 'loading' });
  }

  get #levels(): LevelsModel | undefined {
    return this.services.levels.folder(this.model.folder.uri);
  }

  async #draw(badges: readonly Badge[], isWanted: () => boolean): Promise<readonly PreviewBadge[] | null> {
    const engine = await this.services.loadEngine();
    const levels = shownLevels(this.#levels);
    const drawn: PreviewBadge[] = [];
    for (const badge of badges) {
      if (drawn.length % drawnAtOnce === drawnAtOnce - 1) await new Promise((resolve) => setImmediate(resolve));
      if (!isWanted()) return null;
      drawn.push(await this.#drawOne(engine, badge, badge.origin.kind === 'levels' ? levels.get(badge.stem) : undefined));
    }
    return drawn;
  }

  async #drawOne(engine: Awaited<ReturnType<LoadEngine>>, saved: Badge, levels: ShownLevels | undefined): Promise<PreviewBadge> {
    const badge = levels?.face && saved.status === 'known' && saved.svg === undefined ? { ...saved, face: { ...saved.face, ...levels.face } } : saved;
    const shown = { stem: badge.stem, label: badge.label || badge.stem, source: badge.origin.text, canOpen: hasSource(badge), at: badge.origin.at, ladder: levels?.ladder ?? null };
    if (badge.status !== 'known') return { ...shown, status: badge.status, text: badge.status === 'unknown' ? unknownBadge(badge.reason) : badge.reason, image: null };
    try {
      const svg = await engine.draw(badge, this.model.style, this.#style);
      return { ...shown, status: 'known', text: alternative(badge), image: svgUri(svg) };
    } catch (error) {
      return { ...shown, status: 'failed', text: explain(error).text, image: null };
    }
  }

  async #post(message: ToPreview): Promise<void> {
    await this.panel.webview.postMessage(message);
  }
}

interface ShownLevels {
  readonly ladder: PreviewLadder;
  /** How the badge looks by a text that is not saved; null where it is. */
  readonly face: Pick<BadgeFace, 'message' | 'color'> | null;
}

/** The levels as their own view shows them, by the stem of the badge: what is typed is seen before it is saved. */
function shownLevels(model: LevelsModel | undefined): ReadonlyMap<string, ShownLevels> {
  if (!model) return new Map();
  const { badges, isUnsaved } = model;
  const note = isUnsaved ? levelsUnsaved() : '';
  const drawn = levelBadges(badges.map(({ result }) => result), { kind: 'levels', text: '', at: model.at ?? '' });
  return new Map(
    badges.flatMap((placed, index) => {
      const badge = drawn[index];
      if (!badge || placed.levels.length === 0) return [];
      const face = isUnsaved && badge.status === 'known' ? { message: badge.face.message, color: badge.face.color } : null;
      return [[badge.stem, { ladder: previewLadder(placed, note), face }]];
    }),
  );
}

function key(model: BadgesModel): string {
  return model.folder.uri.toString();
}
