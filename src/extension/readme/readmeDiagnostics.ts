import * as vscode from 'vscode';
import { judgeReadme } from '../../config/readme/judge';
import { atPositions } from '../../config/position';
import { settings, settingsSection } from '../contributions';
import { DocumentTimers } from '../documentTimers';
import { diagnosticOf } from '../language/diagnostics';
import type { ReadmeContext } from './readmeContext';
import type { ReadmeDocuments } from './readmeDocuments';

/** After the last keystroke, in milliseconds; longer in a text that takes longer to be read (measured at 2 MB: a tenth of a second and more). */
const settleMs = 300;
const settleMsPerMegabyte = 500;
/** How long a text is can be told by its lines without reading it. */
const linesPerMegabyte = 20_000;

/** Marks what is wrong with the badges of documents that are in editors. */
export class ReadmeDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('badgesmith-readme');
  readonly #timers = new DocumentTimers((document) => void this.#check(document));
  readonly #subscriptions: vscode.Disposable[];

  constructor(
    private readonly documents: ReadmeDocuments,
    private readonly context: ReadmeContext,
  ) {
    const { workspace } = vscode;
    this.#subscriptions = [
      workspace.onDidOpenTextDocument((document) => this.#schedule(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => this.#schedule(document, settleMs + (document.lineCount / linesPerMegabyte) * settleMsPerMegabyte)),
      workspace.onDidCloseTextDocument((document) => {
        this.#timers.cancel(document);
        this.#collection.delete(document.uri);
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingsSection)) this.refresh();
      }),
    ];
    this.refresh();
  }

  dispose(): void {
    this.#timers.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#collection.dispose();
  }

  /** Looks at everything again. */
  refresh(): void {
    for (const document of vscode.workspace.textDocuments) this.#schedule(document, 0);
  }

  #schedule(document: vscode.TextDocument, ms: number): void {
    if (document.uri.scheme === 'file') this.#timers.schedule(document, ms);
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const { version, uri } = document;
    const read = document.isClosed ? null : this.documents.of(document);
    const isOff = vscode.workspace.getConfiguration(settingsSection, uri).get<unknown>(settings.validate) === 'off';
    // Without images there is nothing to look up either.
    const values = read && !isOff && (read.images.length > 0 || read.block.problems.length > 0) ? await this.context.values(uri) : null;
    if (document.isClosed || document.version !== version) return;
    this.#collection.set(uri, read && values ? atPositions(judgeReadme(read, values), read.text, '').map(diagnosticOf) : []);
  }
}
