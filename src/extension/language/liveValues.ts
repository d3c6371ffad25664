import * as vscode from 'vscode';
import { readCiFile } from '../../app/ciJobs';
import type { CiFile } from '../../config/ciFile';
import { defaultBadgeFolder } from '../../config/language/configFile';
import type { ConfigDocument } from '../../config/language/document';
import { namedFiles } from '../../config/language/generatorRules';
import type { Values } from '../../config/language/values';
import { nodeAtPath } from '../../config/tree';
import type { PlaceholderName, PlaceholderValues } from '../../core/placeholder';
import { branchesOf } from './branches';
import { folderOf } from './configDocuments';
import { ShortMemory } from './shortMemory';
import { textsIn } from './workspaceTexts';

/** What GitLab is known to say of a folder's project. */
interface RemoteValues {
  readonly project: { readonly instance: string; readonly path: string };
  readonly badgeNames: readonly string[];
  readonly placeholders: PlaceholderValues;
  readonly unsupportedPlaceholders: readonly PlaceholderName[];
}

/** Asks GitLab; null where nobody is signed in to the project's, or it does not answer. */
export type AskGitLab = (folder: vscode.WorkspaceFolder, signal: AbortSignal) => Promise<RemoteValues | null>;

/** How long what GitLab said counts, in milliseconds. */
const remoteMs = 5 * 60_000;

const maxFiles = 100;
const valueFiles = '{*.json,*.toml,*.yaml,*.yml,VERSION,version.txt}';
const reportFiles = '{**/*junit*.xml,**/TEST-*.xml,**/*cobertura*.xml,**/coverage*.xml,**/jacoco*.xml,**/lcov.info,**/coverage-summary.json,**/report*.xml}';

/**
 * What lies outside of a text: files and branches of its folder, and what GitLab says once it was asked. GitLab is asked in
 * the background, and only for a text that has placeholders in view: what is not known yet is left out.
 */
export class LiveValues implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #local = new ShortMemory();
  readonly #remote = new Map<string, { readonly at: number; readonly values: RemoteValues | null }>();
  readonly #asking = new Map<string, AbortController>();
  readonly #watcher = vscode.workspace.createFileSystemWatcher('**/.gitlab-ci.yml');

  /** Something that problems depend on changed. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly ask: AskGitLab) {
    const forget = () => {
      this.#local.clear();
      this.#changed.fire();
    };
    this.#watcher.onDidChange(forget);
    this.#watcher.onDidCreate(forget);
    this.#watcher.onDidDelete(forget);
  }

  dispose(): void {
    for (const asking of this.#asking.values()) asking.abort();
    this.#watcher.dispose();
    this.#changed.dispose();
  }

  /** What GitLab said may be out of date: somebody signed in or out, or chose another project. */
  forgetGitLab(): void {
    this.#remote.clear();
    this.#changed.fire();
  }

  /** For diagnostics, links and hovers. */
  async forProblems(document: ConfigDocument, uri: vscode.Uri): Promise<Values> {
    const folder = folderOf(uri);
    if (!folder || document.syntax === 'json' || document.kind === 'levels') return {};
    const [ci, stems, filesOf] = await Promise.all([this.ci(folder), this.#stems(document, folder), this.#filesOf(document, folder)]);
    return { ...(ci && { ci }), stems, filesOf, ...this.#known(document, folder) };
  }

  /** For completion. */
  async forCompletion(document: ConfigDocument, uri: vscode.Uri): Promise<Values> {
    const folder = folderOf(uri);
    if (!folder || document.syntax === 'json' || document.kind === 'levels') return {};
    const [values, branches, reports, ofValues] = await Promise.all([
      this.forProblems(document, uri),
      this.#local.get(`branches ${folder.uri.toString()}`, () => branchesOf(folder.uri)),
      this.#local.get(`reports ${folder.uri.toString()}`, () => find(folder, reportFiles)),
      this.#local.get(`values ${folder.uri.toString()}`, () => find(folder, valueFiles)),
    ]);
    return { ...values, branches, reports, valueFiles: ofValues };
  }

  #known(document: ConfigDocument, folder: vscode.WorkspaceFolder): Values {
    const key = folder.uri.toString();
    const known = this.#remote.get(key);
    const isFresh = known !== undefined && Date.now() - known.at < remoteMs;
    if (!isFresh && vscode.workspace.isTrusted && /%\{|\bpublish\b/.test(document.text)) this.#askGitLab(folder);
    return known?.values ?? {};
  }

  #askGitLab(folder: vscode.WorkspaceFolder): void {
    const key = folder.uri.toString();
    if (this.#asking.has(key)) return;
    const asking = new AbortController();
    this.#asking.set(key, asking);
    void this.ask(folder, asking.signal)
      .catch(() => null)
      .then((values) => {
        this.#asking.delete(key);
        if (asking.signal.aborted) return;
        const before = this.#remote.get(key)?.values ?? null;
        this.#remote.set(key, { at: Date.now(), values });
        if (JSON.stringify(before) !== JSON.stringify(values)) this.#changed.fire();
      });
  }

  /** The pipeline of a folder, as far as it is written there. */
  ci(folder: vscode.WorkspaceFolder): Promise<CiFile | null> {
    return this.#local.get(`ci ${folder.uri.toString()}`, () => readCiFile(textsIn(folder), new AbortController().signal));
  }

  #stems(document: ConfigDocument, folder: vscode.WorkspaceFolder): Promise<readonly string[]> {
    const path = document.root && nodeAtPath(document.root, ['path']);
    const badgeFolder = path?.type === 'string' && path.value !== '' ? path.value : defaultBadgeFolder;
    return this.#local.get(`stems ${folder.uri.toString()} ${badgeFolder}`, async () => {
      const files = await find(folder, `${badgeFolder.replace(/^(?:\.?\/)+|\/+$/g, '')}/*.{json,svg}`);
      return [...new Set(files.map((file) => file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '')))];
    });
  }

  async #filesOf(document: ConfigDocument, folder: vscode.WorkspaceFolder): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await Promise.all(namedFiles(document).map(async (glob) => [glob, await this.#local.get(`files ${folder.uri.toString()} ${glob}`, () => find(folder, glob.replace(/^(?:\.\/)+/, '')))] as const));
    return new Map(found);
  }
}

/** Files of a folder by a glob, with `/`, relative to it. */
async function find(folder: vscode.WorkspaceFolder, glob: string): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, glob), '**/node_modules/**', maxFiles);
  return found.map((uri) => uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1)).sort();
}
