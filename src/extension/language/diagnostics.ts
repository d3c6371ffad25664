import * as vscode from 'vscode';
import { configGlobs, syntaxOf, type ConfigKind } from '../../config/language/configFile';
import { diagnose } from '../../config/language/diagnose';
import { readDocument, type ConfigDocument } from '../../config/language/document';
import { atPositions } from '../../config/position';
import type { FileProblem, Severity } from '../../core/problem';
import { settings, settingsSection } from '../contributions';
import { configKind, type ConfigDocuments } from './configDocuments';
import type { LiveValues } from './liveValues';
import { hasSchemaBySetting, namesSchema, rivalIds, shownProblems, validateModes, type Rival, type ValidateMode } from './rivals';

/** After the last keystroke. */
const settleMs = 200;

/**
 * Shows what is wrong in configuration files: those in editors as they are typed, and those on disk that somebody asked to
 * be looked at. The one source of such problems.
 */
export class Diagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('badgesmith');
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Files that are not in an editor and were looked at, by URI. */
  readonly #onDisk = new Map<string, vscode.Uri>();
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
      watcher.onDidChange((uri) => this.#onDisk.has(uri.toString()) && this.look(uri)),
      watcher.onDidDelete((uri) => this.look(uri)),
      workspace.onDidOpenTextDocument((document) => this.#schedule(document, 0)),
      workspace.onDidChangeTextDocument(({ document }) => soon(document)),
      workspace.onDidCloseTextDocument((document) => this.#closed(document)),
      workspace.onDidChangeConfiguration((event) => {
        if ([settingsSection, 'yaml', 'evenBetterToml'].some((section) => event.affectsConfiguration(section))) this.refresh();
      }),
      extensions.onDidChange(() => this.refresh()),
      values.onDidChange(() => this.refresh()),
    ];
    this.refresh();
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#collection.dispose();
  }

  /** Looks at everything again. */
  refresh(): void {
    for (const document of vscode.workspace.textDocuments) this.#schedule(document, 0);
    for (const uri of this.#onDisk.values()) void this.look(uri);
  }

  /** Looks at a file that need not be in an editor. */
  async look(uri: vscode.Uri): Promise<void> {
    const kind = configKind(uri);
    if (kind === null) return;
    this.#onDisk.set(uri.toString(), uri);
    try {
      const open = openDocument(uri);
      // VS Code keeps a text for a while that is in no editor, also when its file is gone.
      if (open && !open.isDirty) await vscode.workspace.fs.stat(uri);
      if (open) return;
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
      const document = readDocument(text, kind);
      const problems = await this.#problems(document, uri);
      if (!openDocument(uri)) this.#collection.set(uri, atPositions(problems, text, '').map(diagnosticOf));
    } catch {
      // Gone, or no text: whoever needs the file says so.
      this.#collection.delete(uri);
      this.#onDisk.delete(uri.toString());
    }
  }

  #schedule(document: vscode.TextDocument, ms: number): void {
    if (configKind(document.uri) === null) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        void this.#check(document);
      }, ms),
    );
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const read = document.isClosed ? null : this.documents.of(document);
    if (!read) return;
    const problems = await this.#problems(read, document.uri);
    // Typed on meanwhile: a later check is under way.
    if (document.isClosed || document.version !== version) return;
    this.#collection.set(document.uri, atPositions(problems, read.text, '').map(diagnosticOf));
  }

  async #problems(document: ConfigDocument, uri: vscode.Uri) {
    const mode = modeFor(uri);
    if (mode === 'off') return [];
    const problems = diagnose(document, await this.values.forProblems(document, uri));
    return shownProblems(problems, document.kind, mode, rivalOf(document.kind, document.text, uri));
  }

  #closed(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    if (this.#onDisk.has(key)) void this.look(document.uri);
    else this.#collection.delete(document.uri);
  }
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === uri.toString());
}

function modeFor(uri: vscode.Uri): ValidateMode {
  const mode = vscode.workspace.getConfiguration(settingsSection, uri).get<unknown>(settings.validate);
  return validateModes.find((candidate) => candidate === mode) ?? 'auto';
}

/** What the other extension for files of this syntax does, where it runs. */
function rivalOf(kind: ConfigKind, text: string, uri: vscode.Uri): Rival | null {
  const syntax = syntaxOf[kind];
  const id = rivalIds[syntax];
  if (id === undefined || !vscode.extensions.getExtension(id)?.isActive) return null;
  const section = syntax === 'yaml' ? 'yaml' : 'evenBetterToml';
  const configuration = vscode.workspace.getConfiguration(section, uri);
  const [validates, schemas] = syntax === 'yaml' ? ['validate', 'schemas'] : ['schema.enabled', 'schema.associations'];
  return {
    reportsSyntax: syntax === 'toml' || configuration.get<unknown>(validates) !== false,
    hasSchema: configuration.get<unknown>(validates) !== false && (namesSchema(text, syntax) || hasSchemaBySetting(configuration.get<unknown>(schemas), uri.path, syntax)),
  };
}

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

function diagnosticOf({ line, column, endLine, endColumn, message, severity, code }: FileProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1), message, severities[severity]);
  diagnostic.source = 'badgesmith';
  diagnostic.code = code;
  if (code === 'deprecated-key') diagnostic.tags = [vscode.DiagnosticTag.Deprecated];
  if (code === 'unused-key' || code === 'unused-override') diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}
