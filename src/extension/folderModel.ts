import * as vscode from 'vscode';
import { defaultStyle, type BadgeStyle } from '../core/badge';
import type { Snapshot } from '../core/snapshot';
import { debounce } from './debounce';
import type { Collected, CollectFolder, Facts } from './engine';
import { explain } from './errors';
import { Latest } from './latest';
import type { LoadEngine } from './loadEngine';
import { findAccess, type AccessServices, type Obstacle } from './findAccess';
import type { ProjectSearch } from './projects';
import { generatorSettings } from './settings';

const settleMs = 300;
export const configFileGlob = '{.gitlab/badges.yaml,.gitlab/badges.yml,.gitlab/badges.toml,pyproject.toml}';

/**
 * What is known of a folder. A snapshot may stand beside an obstacle: it then holds the badges that need no GitLab
 * (static, JUnit, link and endpoint badges).
 */
export type FolderState =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'snapshot';
      readonly snapshot: Snapshot;
      /** The configuration cannot be read as a whole: nothing may be written from this. */
      readonly isUnreadable: boolean;
      /** Of badges without a style of their own. */
      readonly style: BadgeStyle;
      readonly search: ProjectSearch;
      readonly obstacle?: Obstacle;
      readonly detail?: string;
    }
  | { readonly kind: 'nothing'; readonly obstacle: Obstacle; readonly search?: ProjectSearch; readonly detail?: string };

/** `local`: files changed, GitLab need not be asked again. */
export type Staleness = 'none' | 'local' | 'all';

export interface FolderServices extends AccessServices {
  readonly loadEngine: LoadEngine;
  readonly log: vscode.LogOutputChannel;
  /** Whether anything shows this folder besides its own viewers. */
  readonly isShown: () => boolean;
}

/** The badges of one workspace folder: reads them while somebody looks, and says when they changed. */
export class FolderModel implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #latest = new Latest();
  readonly #viewers = new Set<object>();
  readonly #watchers: vscode.Disposable[] = [];
  #state: FolderState = { kind: 'loading' };
  #stale: Staleness = 'all';
  #watched = '';
  #facts: Facts | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(
    readonly folder: vscode.WorkspaceFolder,
    private readonly services: FolderServices,
  ) {
    this.#watch([]);
  }

  dispose(): void {
    this.#latest.cancel();
    this.#filesChanged.dispose();
    for (const watcher of this.#watchers) watcher.dispose();
    this.#changed.dispose();
  }

  get state(): FolderState {
    return this.#state;
  }

  get busy(): boolean {
    return this.#latest.running;
  }

  get snapshot(): Snapshot | null {
    return this.#state.kind === 'snapshot' ? this.#state.snapshot : null;
  }

  /** The style of badges without one of their own. */
  get style(): BadgeStyle {
    return this.#state.kind === 'snapshot' ? this.#state.style : defaultStyle;
  }

  /** Somebody looks at this folder now: what is stale is read again, until the answer is disposed. */
  show(): vscode.Disposable {
    const viewer = {};
    this.#viewers.add(viewer);
    this.catchUp();
    return new vscode.Disposable(() => this.#viewers.delete(viewer));
  }

  /** Reads again what became stale while nobody looked. */
  catchUp(): void {
    if (this.#stale !== 'none' && !this.busy && this.#isShown()) void this.refresh(this.#stale);
  }

  /** Something changed: read it now if somebody looks, else when somebody does. */
  invalidate(staleness: 'local' | 'all'): void {
    if (this.#isShown()) void this.refresh(staleness);
    else this.#stale = wider(this.#stale, staleness);
  }

  /** Reads the badges; a newer refresh takes over from this one. Never rejects: what went wrong is in the state. */
  async refresh(staleness: 'local' | 'all'): Promise<void> {
    // What an aborted refresh was to read is still to be read.
    this.#stale = wider(this.#stale, staleness);
    const wanted = this.#stale;
    const run = this.#latest.run((signal) => this.#read(wanted, signal));
    this.#changed.fire();
    const result = await run;
    if (result) this.#adopt(result.value);
  }

  /** Reads everything for a command, whether or not somebody looks. Rejects only when aborted. */
  async readNow(signal: AbortSignal): Promise<FolderState> {
    const state = await this.#read('all', signal);
    signal.throwIfAborted();
    this.#latest.cancel();
    this.#adopt(state);
    return state;
  }

  #adopt(state: FolderState): void {
    this.#state = state;
    this.#stale = 'none';
    this.#changed.fire();
  }

  #isShown(): boolean {
    return this.#viewers.size > 0 || this.services.isShown();
  }

  async #read(staleness: Staleness, signal: AbortSignal): Promise<FolderState> {
    try {
      return await this.#find(staleness, signal);
    } catch (error) {
      signal.throwIfAborted();
      const { text, log } = explain(error);
      this.services.log.warn(`${this.folder.name}: ${log}`);
      return { kind: 'nothing', obstacle: 'error', detail: text };
    }
  }

  async #find(staleness: Staleness, signal: AbortSignal): Promise<FolderState> {
    const found = await findAccess(this.folder, this.services, signal);
    if ('obstacle' in found) {
      const { search, obstacle, detail } = found;
      if (search) return this.#readLocal(search, obstacle, signal);
      return { kind: 'nothing', obstacle, ...(detail === undefined ? {} : { detail }) };
    }
    const { search, project } = found;
    // A token that was refused is not sent again because a file changed.
    if (staleness === 'local' && this.#state.kind !== 'loading' && this.#state.obstacle === 'refused') return this.#readLocal(search, 'refused', signal);
    const collected = await this.#collect(project, staleness === 'local' ? this.#facts : undefined, signal);
    if (collected.refused) return this.#readLocal(search, 'refused', signal);
    this.#facts = collected.facts ?? undefined;
    const { snapshot, style, isUnreadable } = collected;
    return { kind: 'snapshot', snapshot, isUnreadable, style, search, ...(snapshot.unusable === undefined ? {} : { obstacle: 'error', detail: snapshot.unusable }) };
  }

  /** Without GitLab: the badges that need none, if there are any. */
  async #readLocal(search: ProjectSearch, obstacle: Obstacle, signal: AbortSignal): Promise<FolderState> {
    const { snapshot, style, isUnreadable } = await this.#collect(null, undefined, signal);
    const badges = snapshot.badges.filter((badge) => badge.origin.kind !== 'gitlab');
    if (badges.length === 0 && snapshot.problems.length === 0) return { kind: 'nothing', obstacle, search };
    return { kind: 'snapshot', snapshot: { ...snapshot, badges }, isUnreadable, style, search, obstacle };
  }

  async #collect(project: CollectFolder['project'], facts: Facts | undefined, signal: AbortSignal): Promise<Collected> {
    const engine = await this.services.loadEngine();
    const collected = await engine.collect({ root: this.folder.uri.fsPath, project, settings: generatorSettings(this.folder.uri), facts }, signal);
    signal.throwIfAborted();
    this.#watch([`${collected.snapshot.path}/*.json`, ...collected.reports]);
    return collected;
  }

  /** Follows the configuration files and, once they are known, the folder of endpoint files and the reports. */
  #watch(globs: readonly string[]): void {
    const wanted = JSON.stringify(globs);
    if (wanted === this.#watched) return;
    this.#watched = wanted;
    for (const watcher of this.#watchers.splice(0)) watcher.dispose();
    for (const glob of [configFileGlob, ...globs]) {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.folder, glob));
      watcher.onDidChange(() => this.#filesChanged());
      watcher.onDidCreate(() => this.#filesChanged());
      watcher.onDidDelete(() => this.#filesChanged());
      this.#watchers.push(watcher);
    }
    // A folder that comes or goes is told as one event, without one for each file in it.
    for (const parent of new Set(['.gitlab', ...globs.flatMap(parentsOf)])) {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.folder, parent), false, true);
      watcher.onDidCreate(() => this.#filesChanged());
      watcher.onDidDelete(() => this.#filesChanged());
      this.#watchers.push(watcher);
    }
  }

  readonly #filesChanged = debounce(() => this.invalidate('local'), settleMs);
}

function wider(a: Staleness, b: Staleness): Staleness {
  return a === 'all' || b === 'all' ? 'all' : a === 'local' || b === 'local' ? 'local' : 'none';
}

/** The folders that a glob names on the way to its files: `a` and `a/b` of `a/b/*.json`. */
function parentsOf(glob: string): readonly string[] {
  const segments = glob.split('/').slice(0, -1);
  const wild = segments.findIndex((segment) => /[*?[{]/.test(segment));
  const named = wild < 0 ? segments : segments.slice(0, wild);
  return named.map((_, index) => named.slice(0, index + 1).join('/'));
}
