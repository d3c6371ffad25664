import * as vscode from 'vscode';
import { inParallel } from '../../sources/parallel';
import { decodeFromPublishedPage, type ToPublishedPage } from '../../webview/publishedProtocol';
import { commands } from '../contributions';
import { explain } from '../errors';
import { Latest } from '../latest';
import * as messages from '../messages';
import { pageHtml, pageRoots } from '../webviewPage';
import type { PublishServices } from './publishContext';
import type { Published } from './published';
import type { PublishedModel } from './publishedModel';
import { badgeOfPage, publishedPage } from './publishedPageView';

const viewType = 'badgesmith.publishedPage';
const parallelPictures = 6;

/** The open pages of badges on GitLab, at most one for each folder. */
export class PublishedPages {
  readonly #open = new Map<string, vscode.WebviewPanel>();

  constructor(private readonly services: PublishServices) {}

  show(model: PublishedModel): void {
    const key = model.folder.uri.toString();
    const open = this.#open.get(key);
    if (open) return open.reveal(undefined, true);
    const panel = vscode.window.createWebviewPanel(viewType, messages.publishedPageTitle(model.folder.name), { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
    this.#open.set(key, panel);
    const page = new PublishedPagePanel(panel, model, this.services);
    panel.onDidDispose(() => {
      this.#open.delete(key);
      page.dispose();
    });
  }
}

class PublishedPagePanel implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  readonly #loading = new Latest();
  /** By address; the page has been told of each. */
  readonly #pictures = new Map<string, ToPublishedPage>();
  #viewer: vscode.Disposable | undefined;
  #ready = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly model: PublishedModel,
    private readonly services: PublishServices,
  ) {
    const { extensionUri, published } = services;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'preview.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: pageRoots(extensionUri) };
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      panel.onDidChangeViewState(() => this.#watch()),
      model.onDidChange(() => this.#show()),
      published.onDidChange(() => {
        if (published.folder(model.folder.uri) !== model) panel.dispose();
      }),
    ];
    panel.webview.html = pageHtml(panel.webview, extensionUri, { title: panel.title, script: 'published.js', style: 'published.css', data: {} });
    this.#watch();
  }

  dispose(): void {
    this.#loading.cancel();
    this.#viewer?.dispose();
    this.#viewer = undefined;
    for (const subscription of this.#subscriptions.splice(0)) subscription.dispose();
  }

  /** A hidden page asks for nothing. It is gone as well, and says `ready` when it is made again. */
  #watch(): void {
    if (this.panel.visible) {
      this.#viewer ??= this.model.show();
    } else {
      this.#loading.cancel();
      this.#viewer?.dispose();
      this.#viewer = undefined;
      this.#ready = false;
    }
  }

  #receive(message: unknown): void {
    const decoded = decodeFromPublishedPage(message);
    if (!decoded) return;
    switch (decoded.type) {
      case 'ready':
        this.#ready = true;
        for (const picture of this.#pictures.values()) this.#post(picture);
        return this.#show();
      case 'refresh':
        this.#pictures.clear();
        return void this.model.refresh();
      case 'edit': {
        const chosen = badgeOfPage(this.model.state, decoded.key);
        if (chosen) void vscode.commands.executeCommand(commands.editBadge, { kind: 'published', model: this.model, ...chosen });
      }
    }
  }

  #show(): void {
    if (!this.#ready) return;
    const { state, busy, folder } = this.model;
    const page = publishedPage(folder.name, state, busy);
    this.#post({ type: 'page', page });
    if (state.kind !== 'read' || busy) return;
    const wanted = new Set(page.targets.flatMap(({ badges }) => badges.flatMap(({ picture }) => picture ?? [])));
    const urls = [...wanted].filter((url) => !this.#pictures.has(url));
    if (urls.length > 0) void this.#load(urls, state.published);
  }

  async #load(urls: readonly string[], published: Published): Promise<void> {
    await this.#loading.run((signal) =>
      inParallel(urls, parallelPictures, signal, async (url) => {
        const found = await this.model.picture(url, published, signal).catch((error: unknown) => {
          signal.throwIfAborted();
          this.services.log.warn(`${this.model.folder.name}: ${explain(error).log}`);
          return { why: messages.noPicture() };
        });
        const picture: ToPublishedPage = { type: 'picture', url, image: null, why: '', ...found };
        this.#pictures.set(url, picture);
        this.#post(picture);
      }),
    );
  }

  #post(message: ToPublishedPage): void {
    void this.panel.webview.postMessage(message);
  }
}
