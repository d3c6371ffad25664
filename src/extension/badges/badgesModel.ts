import type * as vscode from 'vscode';
import { defaultStyle, type BadgeStyle } from '../../core/badge';
import type { OwnValues } from '../../core/imageSources';
import { levelsFile } from '../../core/levels/definition';
import type { Snapshot } from '../../core/snapshot';
import type { Collected, CollectFolder, Facts } from '../engine';
import { findAccess, type AccessServices, type Obstacle } from '../findAccess';
import type { LevelsModel } from '../levels/levelsModel';
import type { ProjectSearch } from '../projects';
import { generatorSettings } from '../settings';
import { configFileGlob, FolderModel, type FolderState, type ReadingServices } from '../view/folderModel';

/**
 * The badges of a folder. They may stand beside an obstacle, and are then those that need no GitLab (static, JUnit, link
 * and endpoint badges).
 */
interface ReadBadges {
  readonly snapshot: Snapshot;
  /** The configuration cannot be read as a whole: nothing may be written from this. */
  readonly isUnreadable: boolean;
  /** Of badges without a style of their own. */
  readonly style: BadgeStyle;
  /** What GitLab's own badges show. */
  readonly ownValues: OwnValues;
  readonly search: ProjectSearch;
  readonly obstacle?: Obstacle;
  readonly detail?: string;
}

const watchedFiles = [configFileGlob, levelsFile];

/** The badges of one workspace folder. */
export class BadgesModel extends FolderModel<ReadBadges> {
  readonly #subscriptions: readonly vscode.Disposable[];
  #facts: Facts | undefined;
  /** The moment of the levels that the badges show. */
  #levelsAt: string | null = null;

  constructor(
    folder: vscode.WorkspaceFolder,
    protected override readonly services: ReadingServices & AccessServices,
    isShown: () => boolean,
    private readonly levels: LevelsModel | undefined,
  ) {
    super(folder, services, isShown);
    this.watch(watchedFiles);
    // Levels that were evaluated anew, by their own view, are other badges here.
    const follow = () => {
      if (!this.busy && levels && !levels.busy && levels.at !== null && levels.at !== this.#levelsAt) void this.invalidate('local');
    };
    this.#subscriptions = [this.onDidChange(follow), ...(levels ? [levels.onDidChange(follow)] : [])];
  }

  override dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    super.dispose();
  }

  get snapshot(): Snapshot | null {
    return this.state.kind === 'read' ? this.state.snapshot : null;
  }

  /** The style of badges without one of their own. */
  get style(): BadgeStyle {
    return this.state.kind === 'read' ? this.state.style : defaultStyle;
  }

  /** Reads everything for a command, whether or not somebody looks. Rejects only when aborted. */
  readNow(signal: AbortSignal): Promise<FolderState<ReadBadges>> {
    this.levels?.expire();
    return this.readAll(signal);
  }

  protected async find(staleness: 'local' | 'all', signal: AbortSignal): Promise<FolderState<ReadBadges>> {
    const found = await findAccess(this.folder, this.services, signal);
    if ('obstacle' in found) {
      const { search, obstacle, detail } = found;
      if (search) return this.#readLocal(search, obstacle, signal);
      return { kind: 'nothing', obstacle, ...(detail === undefined ? {} : { detail }) };
    }
    const { search, project } = found;
    // A token that was refused is not sent again because a file changed.
    if (staleness === 'local' && this.state.kind !== 'loading' && this.state.obstacle === 'refused') return this.#readLocal(search, 'refused', signal);
    const collected = await this.#collect(project, staleness, signal);
    if (collected.refused) return this.#readLocal(search, 'refused', signal);
    this.#facts = collected.facts ?? undefined;
    const { snapshot, style, isUnreadable, ownValues } = collected;
    return { kind: 'read', snapshot, isUnreadable, style, ownValues, search, ...(snapshot.unusable === undefined ? {} : { obstacle: 'error', detail: snapshot.unusable }) };
  }

  /** Without GitLab: the badges that need none, if there are any. */
  async #readLocal(search: ProjectSearch, obstacle: Obstacle, signal: AbortSignal): Promise<FolderState<ReadBadges>> {
    const { snapshot, style, isUnreadable } = await this.#collect(null, 'local', signal);
    const badges = snapshot.badges.filter(({ origin }) => origin.kind !== 'gitlab');
    if (badges.length === 0 && snapshot.problems.length === 0) return { kind: 'nothing', obstacle, search };
    return { kind: 'read', snapshot: { ...snapshot, badges }, isUnreadable, style, ownValues: {}, search, obstacle };
  }

  /** `local` asks GitLab only for facts that were not read before. */
  async #collect(project: CollectFolder['project'], staleness: 'local' | 'all', signal: AbortSignal): Promise<Collected> {
    const { levels } = this;
    const engine = await this.services.loadEngine();
    const isAnew = staleness === 'all';
    const collected = await engine.collect(
      {
        root: this.folder.uri.fsPath,
        project,
        settings: generatorSettings(this.folder.uri),
        facts: isAnew ? undefined : this.#facts,
        collectLevels: project && levels && ((_at, either) => levels.drawSaved(project, isAnew, either)),
      },
      signal,
    );
    signal.throwIfAborted();
    this.#levelsAt = this.levels?.at ?? null;
    this.watch([...watchedFiles, `${collected.snapshot.path}/*.json`, ...collected.reports]);
    return collected;
  }
}
