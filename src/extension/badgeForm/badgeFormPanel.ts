import * as vscode from 'vscode';
import { defaultStyle, type KnownBadge } from '../../core/badge';
import type { Target } from '../../core/plan';
import { svgUri } from '../../sources/svgUri';
import { decodeFormState, decodeFromForm, type FormSubject, type Remedy, type Suggestion, type ToForm } from '../../webview/badgeFormProtocol';
import { alternative } from '../badges/badgeSnippet';
import type { BadgesModel } from '../badges/badgesModel';
import { editConfig } from '../configEdit';
import { commands, panels, rowCommands } from '../contributions';
import * as messages from '../messages';
import { tell, type PublishServices } from '../published/publishContext';
import type { PublishedModel } from '../published/publishedModel';
import { generatorSettings } from '../settings';
import { pageHtml, pageRoots } from '../webviewPage';
import { BadgeFormSession } from './badgeFormSession';
import { keyOf } from './formKnowledge';

const settleMs = 400;

/** The open forms, at most one for each badge and one for a new badge of each folder; they come back when the window is reloaded. */
export class BadgeForms {
  readonly #open = new Map<string, BadgeFormPanel>();

  constructor(private readonly services: PublishServices) {}

  /** @param preselected where the badge is to be shown, if the user has said so */
  add(model: PublishedModel, preselected: Target | null): void {
    this.#show({ folder: model.folder.uri.toString(), badge: null }, model, preselected, messages.addFormTitle(model.folder.name));
  }

  edit(model: PublishedModel, { scope, path }: Target, badge: { readonly id: number; readonly name: string | null }): void {
    this.#show({ folder: model.folder.uri.toString(), badge: { scope, path, id: badge.id } }, model, null, messages.editFormTitle(badge.name ?? messages.noBadgeName()));
  }

  /** Takes over a panel that was open before the window was reloaded. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const subject = decodeFormState(state)?.subject;
    const model = subject && this.services.published.folder(vscode.Uri.parse(subject.folder));
    if (model && !this.#open.has(keyOfSubject(subject))) return this.#adopt(panel, subject, model, null);
    this.services.log.info(messages.formGone());
    panel.dispose();
  }

  #show(subject: FormSubject, model: PublishedModel, preselected: Target | null, title: string): void {
    const open = this.#open.get(keyOfSubject(subject));
    if (open) return open.reveal();
    this.#adopt(vscode.window.createWebviewPanel(panels.badgeForm, title, vscode.ViewColumn.Beside), subject, model, preselected);
  }

  #adopt(panel: vscode.WebviewPanel, subject: FormSubject, model: PublishedModel, preselected: Target | null): void {
    const key = keyOfSubject(subject);
    const form = new BadgeFormPanel(panel, subject, model, preselected, this.services);
    this.#open.set(key, form);
    panel.onDidDispose(() => {
      this.#open.delete(key);
      form.dispose();
    });
  }
}

class BadgeFormPanel implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  readonly #session: BadgeFormSession;
  #viewer: vscode.Disposable | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    subject: FormSubject,
    private readonly model: PublishedModel,
    preselected: Target | null,
    private readonly services: PublishServices,
  ) {
    const { extensionUri, loadEngine, published, log } = services;
    const root = model.folder.uri.fsPath;
    this.#session = new BadgeFormSession(subject, preselected, {
      folderName: model.folder.name,
      settleMs,
      state: () => model.state,
      access: (signal) => model.access(signal),
      engine: loadEngine,
      generated: async (signal) => (await loadEngine()).publish.generated(root, generatorSettings(model.folder.uri), signal),
      known: () => this.#known,
      drawGenerated: (path, stem) => this.#drawGenerated(path, stem),
      draw: (face) => this.#draw({ status: 'known', stem: 'sketch', label: face.label, face, origin: { kind: 'static', text: '', at: '' } }),
      addToConfig: async (target, record) => {
        const { publish } = await loadEngine();
        return editConfig(model.folder, loadEngine, (file, text) => Promise.resolve(publish.addToConfig(file, text, target, record)));
      },
      remedy: (remedy) => this.#remedy(remedy),
      show: (view) => {
        const message: ToForm = { type: 'view', view };
        void panel.webview.postMessage(message);
      },
      saved: (text) => {
        tell(text);
        this.#close();
      },
      close: () => this.#close(),
      changed: () => void model.invalidate(),
      log: (line) => log.warn(`${model.folder.name}: ${line}`),
    });
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'preview.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [...pageRoots(extensionUri)] };
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => {
        const decoded = decodeFromForm(message);
        if (decoded) this.#session.receive(decoded);
      }),
      panel.onDidChangeViewState(() => this.#watch()),
      model.onDidChange(() => this.#session.follow()),
      published.onDidChange(() => {
        if (published.folder(model.folder.uri) !== model) panel.dispose();
      }),
    ];
    panel.webview.html = pageHtml(panel.webview, extensionUri, { title: panel.title, script: 'badgeForm.js', style: 'badgeForm.css', data: { subject: JSON.stringify(subject) } });
    this.#watch();
    this.#session.follow();
  }

  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    this.#viewer?.dispose();
    this.#viewer = undefined;
    this.#session.dispose();
    for (const subscription of this.#subscriptions.splice(0)) subscription.dispose();
  }

  /** While the form is hidden, nothing is read for it. */
  #watch(): void {
    if (this.panel.visible) {
      this.#viewer ??= this.model.show();
    } else {
      this.#viewer?.dispose();
      this.#viewer = undefined;
    }
  }

  /** GitLab may have been asked for something whose answer nobody waits for any more. */
  #close(): void {
    void this.model.invalidate();
    this.panel.dispose();
  }

  get #badges(): BadgesModel | undefined {
    return this.services.badges.folder(this.model.folder.uri);
  }

  get #known(): readonly Suggestion[] {
    return this.#badges?.snapshot?.badges.flatMap((badge) => (badge.status === 'known' ? [{ value: badge.stem, detail: alternative(badge) }] : [])) ?? [];
  }

  async #drawGenerated(path: string, stem: string): Promise<string | null> {
    const badge = this.#badges?.snapshot?.badges.find((each) => each.stem === stem);
    if (badge?.status === 'known') return this.#draw(badge);
    return (await this.services.loadEngine()).publish.writtenPicture(this.model.folder.uri.fsPath, path, stem);
  }

  async #draw(badge: KnownBadge): Promise<string> {
    const svg = await (await this.services.loadEngine()).draw(badge, this.#badges?.style ?? defaultStyle);
    return svgUri(svg);
  }

  #remedy(remedy: Remedy): void {
    const { folder } = this.model;
    const { executeCommand } = vscode.commands;
    switch (remedy) {
      case 'signIn':
        return void executeCommand(commands.signIn);
      case 'chooseProject':
        return void executeCommand(rowCommands.chooseProject, folder.uri);
      case 'retry':
        return void this.model.refresh();
      case 'trust':
        return void executeCommand('workbench.trust.manage');
      case 'openConfig': {
        const file = this.model.published?.configFile;
        if (file) void vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, file), { viewColumn: vscode.ViewColumn.One });
      }
    }
  }
}

function keyOfSubject({ folder, badge }: FormSubject): string {
  return `${folder} ${badge ? `${keyOf(badge)} ${badge.id}` : 'new'}`;
}
