import * as vscode from 'vscode';
import type { ViewState } from '../contributions';
import { debounce } from '../debounce';
import { explain } from '../errors';
import type { Obstacle } from '../findAccess';
import type { LoadEngine } from '../loadEngine';
import type { ProjectSearch } from '../projects';
import { Reading } from './reading';

const settleMs = 300;

/** Where the generator's configuration may lie. */
export const configFileGlob = '{.gitlab/badges.yaml,.gitlab/badges.yml,.gitlab/badges.toml,pyproject.toml}';

/** What is known of a folder. `More`: obstacles besides those in the way to GitLab. */
export type FolderState<Read, More extends ViewState = never> = { readonly kind: 'loading' } | ({ readonly kind: 'read' } & Read) | NothingRead<Obstacle | More>;

interface NothingRead<Why> {
  readonly kind: 'nothing';
  readonly obstacle: Why;
  readonly search?: ProjectSearch;
  readonly detail?: string;
}

export interface ReadingServices {
  readonly loadEngine: LoadEngine;
  readonly log: vscode.LogOutputChannel;
}

/** What is known of one workspace folder, read while somebody looks. */
export abstract class FolderModel<Read, More extends ViewState = never> implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #viewers = new Set<object>();
  readonly #watchers: vscode.Disposable[] = [];
  readonly #reading: Reading<FolderState<Read, More>>;
  #watched = '';

  readonly onDidChange = this.#changed.event;

  constructor(
    readonly folder: vscode.WorkspaceFolder,
    protected readonly services: ReadingServices,
    /** Whether anything shows this folder besides its own viewers. */
    isShown: () => boolean,
  ) {
    this.#reading = new Reading<FolderState<Read, More>>({
      start: { kind: 'loading' },
      read: (staleness, signal) => this.#read(staleness, signal),
      isSeen: () => this.#viewers.size > 0 || isShown(),
      onChange: () => this.#changed.fire(),
    });
  }

  /** Finds out the state. What it rejects with becomes a state as well. */
  protected abstract find(staleness: 'local' | 'all', signal: AbortSignal): Promise<FolderState<Read, More>>;

  dispose(): void {
    this.#reading.cancel();
    this.#filesChanged.dispose();
    for (const watcher of this.#watchers) watcher.dispose();
    this.#changed.dispose();
  }

  get state(): FolderState<Read, More> {
    return this.#reading.state;
  }

  get busy(): boolean {
    return this.#reading.busy;
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
    this.#reading.catchUp();
  }

  /** Something changed: reads it now if somebody looks, else when somebody does. Never rejects: what went wrong is in the state. */
  invalidate(staleness: 'local' | 'all' = 'all'): Promise<void> {
    return this.#reading.invalidate(staleness);
  }

  /** All of it is to be read again, by whoever needs it next. */
  expire(): void {
    this.#reading.expire();
  }

  /** What is known once it is up to date. Rejects only when aborted. */
  current(signal: AbortSignal): Promise<FolderState<Read, More>> {
    return this.#reading.current(signal);
  }

  /** Reads whether or not somebody looks. Answers what it found, or undefined where a newer refresh took over or the signal came first. */
  refresh(staleness: 'local' | 'all' = 'all', signal?: AbortSignal): Promise<FolderState<Read, More> | undefined> {
    return this.#reading.refresh(staleness, signal);
  }

  /** Takes a state that was found out on the way; what is being read goes on. */
  protected update(state: FolderState<Read, More>): void {
    this.#reading.update(state);
  }

  /** Takes a state that was found out for a command, in the place of what is being read. */
  protected adopt(state: FolderState<Read, More>): void {
    this.#reading.adopt(state);
  }

  /** Reads for a command, whether or not somebody looks. Rejects only when aborted. */
  protected async readAll(signal: AbortSignal): Promise<FolderState<Read, More>> {
    const state = await this.#read('all', signal);
    signal.throwIfAborted();
    this.adopt(state);
    return state;
  }

  /** Follows files of the folder by globs, in the place of those that were followed before. */
  protected watch(globs: readonly string[]): void {
    const wanted = JSON.stringify(globs);
    if (wanted === this.#watched) return;
    this.#watched = wanted;
    for (const watcher of this.#watchers.splice(0)) watcher.dispose();
    for (const glob of globs) {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.folder, glob));
      this.#watchers.push(watcher, watcher.onDidChange(this.#filesChanged), watcher.onDidCreate(this.#filesChanged), watcher.onDidDelete(this.#filesChanged));
    }
    // A folder that comes or goes is told as one event, without one for each file in it.
    for (const parent of new Set(globs.flatMap(parentsOf))) {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(this.folder, parent), false, true);
      this.#watchers.push(watcher, watcher.onDidCreate(this.#filesChanged), watcher.onDidDelete(this.#filesChanged));
    }
  }

  /** An error as a state, and in the log. */
  protected failure(error: unknown): NothingRead<'error'> & { readonly detail: string } {
    const { text, log } = explain(error);
    this.services.log.warn(`${this.folder.name}: ${log}`);
    return { kind: 'nothing', obstacle: 'error', detail: text };
  }

  readonly #filesChanged = debounce(() => void this.invalidate('local'), settleMs);

  async #read(staleness: 'local' | 'all', signal: AbortSignal): Promise<FolderState<Read, More>> {
    try {
      return await this.find(staleness, signal);
    } catch (error) {
      signal.throwIfAborted();
      return this.failure(error);
    }
  }
}

/** The folders that a glob names on the way to its files: `a` and `a/b` of `a/b/*.json`. */
function parentsOf(glob: string): readonly string[] {
  const alternatives = /^\{([^{}]*)\}$/.exec(glob)?.[1]?.split(',') ?? [glob];
  return alternatives.flatMap((alternative) => {
    const segments = alternative.split('/').slice(0, -1);
    const wild = segments.findIndex((segment) => /[*?[{]/.test(segment));
    const named = wild < 0 ? segments : segments.slice(0, wild);
    return named.map((_, index) => named.slice(0, index + 1).join('/'));
  });
}
