import * as vscode from 'vscode';
import { configGlobs, kindOf, syntaxOf, type ConfigKind } from '../../config/language/configFile';
import { diagnose } from '../../config/language/diagnose';
import { readDocument, type ConfigDocument } from '../../config/language/document';
import { atPositions } from '../../config/position';
import { lineEnd } from '../../config/textInsertion';
import type { FileProblem, Problem, Range, Severity } from '../../core/problem';
import { settings, settingsSection } from '../contributions';
import { DocumentTimers } from '../documentTimers';
import { folderOf, type ConfigDocuments } from './configDocuments';
import type { LiveValues } from './liveValues';
import { rivalFor, shownProblems, validateModes, type Rival, type ValidateMode } from './rivals';

/** After the last keystroke. */
const settleMs = 200;

/** What readings found wrong, by the URI of the file. */
export type ToldFiles = ReadonlyMap<string, { readonly uri: vscode.Uri; readonly problems: readonly FileProblem[] }>;

/** What a text does not tell: the file as a whole, and what it leads to. All else is found here, by the text as it stands. */
const toldCodes: ReadonlySet<string> = new Set(['unreadable-file', 'remote-config']);

/**
 * Shows what is wrong in configuration files: those in editors as they are typed, and those on disk that somebody asked to
 * be looked at. The one source of such problems.
 */
export class Diagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('badgesmith');
  readonly #timers = new DocumentTimers((document) => void this.#check(document));
  /** Files that are not in an editor and were looked at, by URI. */
  readonly #onDisk = new Map<string, vscode.Uri>();
  #told: ToldFiles = new Map();
  readonly #subscriptions: vscode.Disposable[];

  constructor(
    private readonly documents: ConfigDocuments,
    private readonly values: LiveValues,
  ) {
    const { workspace, extensions } = vscode;
    const soon = (document: vscode.TextDocument) => this.#schedule(document, settleMs);
    const watcher = workspace.createFileSystemWatcher(`{${(['yaml', 'toml', 'pyproject', 'levels'] as const).flatMap((kind) => configGlobs[kind]).join(',')}}`, true);
    this.#subscriptions = [
      watcher,
      watcher.onDidChange((uri) => this.#onDisk.has(uri.toString()) && this.#look(uri)),
      watcher.onDidDelete((uri) => this.#look(uri)),
      workspace.onDidOpenTextDocument((document) => this.#schedule(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => soon(document)),
      workspace.onDidCloseTextDocument((document) => this.#closed(document)),
      workspace.onDidChangeConfiguration((event) => {
        if ([settingsSection, 'json', 'yaml', 'evenBetterToml'].some((section) => event.affectsConfiguration(section))) this.refresh();
      }),
      extensions.onDidChange(() => this.refresh()),
      values.onDidChange(() => this.refresh()),
      documents.folders.onDidChange(() => this.refresh()),
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
    for (const document of vscode.workspace.textDocuments) {
      this.#schedule(document, 0);
      // It was ours as long as the configuration put badges into its folder.
      if (this.documents.kindOf(document.uri) === null) this.#collection.delete(document.uri);
    }
    for (const uri of this.#onDisk.values()) void this.#look(uri);
  }

  /** Looks at the files that something was found wrong in, those of before included: it may be gone. */
  tell(files: ToldFiles): void {
    const all = new Map([...this.#told, ...files]);
    this.#told = files;
    for (const { uri } of all.values()) {
      const open = openDocument(uri);
      if (open) this.#schedule(open, 0);
      void this.#look(uri);
    }
  }

  /** Looks at a file that need not be in an editor. */
  async #look(uri: vscode.Uri): Promise<void> {
    const kind = this.documents.kindOf(uri);
    if (kind === null) return;
    if (!folderOf(uri)) return this.#forget(uri);
    this.#onDisk.set(uri.toString(), uri);
    try {
      const open = openDocument(uri);
      // VS Code keeps a text for a while that is in no editor, also when its file is gone.
      if (open && !open.isDirty) await vscode.workspace.fs.stat(uri);
      if (open) return;
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
      const document = readDocument(text, kind);
      const problems = await this.#problems(document, uri);
      if (!openDocument(uri)) this.#show(uri, text, problems);
    } catch {
      // Gone, or no text: whoever needs the file says so.
      this.#forget(uri);
    }
  }

  #schedule(document: vscode.TextDocument, ms: number): void {
    if (this.documents.kindOf(document.uri) !== null) this.#timers.schedule(document, ms);
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const read = document.isClosed ? null : this.documents.of(document);
    if (!read) return;
    const problems = await this.#problems(read, document.uri);
    // Typed on meanwhile: a later check is under way. Or it is no longer ours.
    if (document.isClosed || document.version !== version || this.documents.kindOf(document.uri) === null) return;
    this.#show(document.uri, read.text, problems);
  }

  /** Of a file whose text nobody can read. */
  #forget(uri: vscode.Uri): void {
    this.#collection.set(uri, this.#toldOf(uri).map(diagnosticOf));
    this.#onDisk.delete(uri.toString());
  }

  #show(uri: vscode.Uri, text: string, problems: readonly Problem[]): void {
    const placed = problems.map((problem) => ({ ...problem, range: firstLineOf(text, problem.range) }));
    this.#collection.set(uri, [...atPositions(placed, text, ''), ...this.#toldOf(uri)].map(diagnosticOf));
  }

  #toldOf(uri: vscode.Uri): readonly FileProblem[] {
    if (modeFor(uri) === 'off') return [];
    return this.#told.get(uri.toString())?.problems.filter(({ code }) => toldCodes.has(code)) ?? [];
  }

  async #problems(document: ConfigDocument, uri: vscode.Uri) {
    const mode = modeFor(uri);
    if (mode === 'off') return [];
    const problems = diagnose(document, await this.values.forProblems(document, uri));
    return shownProblems(problems, mode, rivalOf(document.kind, document.text, uri));
  }

  #closed(document: vscode.TextDocument): void {
    this.#timers.cancel(document);
    if (this.#onDisk.has(document.uri.toString())) void this.#look(document.uri);
    else this.#collection.delete(document.uri);
  }
}

/** Marks over several lines would draw the eye to what is right in them. */
function firstLineOf(text: string, { start, end }: Range): Range {
  return { start, end: Math.min(end, Math.max(start, lineEnd(text, start))) };
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === uri.toString());
}

function modeFor(uri: vscode.Uri): ValidateMode {
  const mode = vscode.workspace.getConfiguration(settingsSection, uri).get<unknown>(settings.validate);
  return validateModes.find((candidate) => candidate === mode) ?? 'auto';
}

function rivalOf(kind: ConfigKind, text: string, uri: vscode.Uri): Rival | null {
  return rivalFor(syntaxOf[kind], text, uri.path, kindOf(uri.path) !== null, {
    has: (extension) => vscode.extensions.getExtension(extension) !== undefined,
    setting: (section, key) => vscode.workspace.getConfiguration(section, uri).get<unknown>(key),
  });
}

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

export function diagnosticOf({ line, column, endLine, endColumn, message, severity, code }: FileProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1), message, severities[severity]);
  diagnostic.source = 'badgesmith';
  diagnostic.code = code;
  if (code === 'deprecated-key') diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
  if (code === 'unused-key' || code === 'unused-override') diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}
