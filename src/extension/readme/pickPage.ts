import * as vscode from 'vscode';
import { decodeFromPick, type PickBadge, type ToPick } from '../../webview/pickProtocol';
import * as messages from '../messages';
import { pageHtml, pageRoots } from '../webviewPage';

const viewType = 'badgesmith.pick';

/** A page beside a document that shows badges as they are drawn, of which the user picks one or several. */
export class PickPage implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #closing = new AbortController();
  #badges: readonly PickBadge[] | undefined;
  #isReady = false;
  #picked: readonly string[] | undefined;
  #wake: (() => void) | undefined;

  constructor(
    extensionUri: vscode.Uri,
    private readonly document: string,
  ) {
    const title = messages.snippetTitle(document);
    this.#panel = vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Beside);
    const { webview } = this.#panel;
    this.#panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'preview.svg');
    webview.options = { enableScripts: true, localResourceRoots: pageRoots(extensionUri) };
    webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    // A page that was hidden is made anew, and says so.
    this.#panel.onDidChangeViewState(() => (this.#isReady &&= this.#panel.visible));
    this.#panel.onDidDispose(() => {
      this.#closing.abort();
      this.#wake?.();
    });
    webview.html = pageHtml(webview, extensionUri, { title, script: 'pick.js', style: 'pick.css', data: {} });
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** Aborted once the page is closed. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  /** Shows badges and answers the keys of those that are picked next, in the order of choosing; undefined when the page is closed instead. */
  async pick(badges: readonly PickBadge[]): Promise<readonly string[] | undefined> {
    const isAskedAgain = this.#badges !== undefined;
    this.#badges = badges;
    if (!this.#picked && !this.signal.aborted) {
      // The first time the user may have gone on with other work while badges were read.
      if (isAskedAgain) this.#panel.reveal();
      this.#post();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const picked = this.signal.aborted ? undefined : this.#picked;
    this.#picked = undefined;
    return picked;
  }

  #receive(message: unknown): void {
    const decoded = decodeFromPick(message);
    if (decoded?.type === 'ready') {
      this.#isReady = true;
      this.#post();
    }
    if (decoded?.type === 'cancel') this.dispose();
    if (decoded?.type === 'pick') {
      this.#picked = decoded.keys;
      this.#wake?.();
    }
  }

  #post(): void {
    if (this.#isReady && this.#badges) void this.#panel.webview.postMessage({ type: 'badges', document: this.document, takesFocus: this.#panel.active, badges: this.#badges } satisfies ToPick);
  }
}
