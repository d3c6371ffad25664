import * as vscode from 'vscode';
import { coversCheck } from '../../core/levels/covers';
import { levelsFile, remoteLifetimeMs, type LevelsDefinition } from '../../core/levels/definition';
import { pendingOf, placeResults, type PlacedBadge } from '../../core/levels/place';
import type { ProjectEvaluation } from '../../core/levels/result';
import type { FileProblem } from '../../core/problem';
import { isGitLabError } from '../../gitlab/gitlabError';
import type { FactBadges } from '../../sources/gitlab/factBadges';
import { debounce } from '../debounce';
import type { Engine } from '../engine';
import { findAccess, type AccessServices, type FoundAccess } from '../findAccess';
import * as messages from '../messages';
import type { ProjectAccess } from '../projectAccess';
import { sameProject } from '../remotes';
import { FolderModel, type FolderState, type ReadingServices } from '../view/folderModel';
import type { FetchedFacts, InstanceAccess, LoadedLevels, LoadLevels, ReportFormat } from './levelsEngine';

/** Typing pauses so long before it is looked at. */
const typingMs = 150;
/** And so long before GitLab is asked for what the text asks for now. */
const fetchMs = 1000;

/** The leveled badges of a folder's project. */
interface ReadLevels {
  readonly badges: readonly PlacedBadge[];
  readonly evaluation: ProjectEvaluation;
  /** The moment that the levels are about, ISO 8601; null where nothing was fetched. */
  readonly at: string | null;
  /** Why this is not what the configuration and GitLab say now. */
  readonly trouble?: string;
}

type LevelsState = FolderState<ReadLevels, 'noConfig' | 'unreadable'>;

/**
 * The leveled badges of one workspace folder. What is typed into the configuration is judged by the facts at hand; GitLab is
 * asked for those that are missing when somebody looks.
 */
export class LevelsModel extends FolderModel<ReadLevels, 'noConfig' | 'unreadable'> {
  readonly #subscriptions: vscode.Disposable;
  #config: LoadedLevels | undefined;
  /** The last one that could be read: while a text is typed it often can't. */
  #definition: LevelsDefinition | undefined;
  #fetched: FetchedFacts | undefined;
  /** Why the last reading did not find out what it was to find out. */
  #trouble: string | undefined;
  #loading: Promise<void> = Promise.resolve();

  constructor(
    folder: vscode.WorkspaceFolder,
    protected override readonly services: ReadingServices & AccessServices,
    isShown: () => boolean,
  ) {
    super(folder, services, isShown);
    this.watch([levelsFile]);
    const edited = ({ uri }: vscode.TextDocument) => {
      if (uri.toString() === this.uri.toString()) this.#typed();
    };
    // A remote configuration may change at any time, and nobody tells.
    const timer = setInterval(() => this.lookAtRemote(), remoteLifetimeMs);
    this.#subscriptions = vscode.Disposable.from(
      this.#typed,
      this.#fetchLater,
      vscode.workspace.onDidOpenTextDocument(edited),
      vscode.workspace.onDidChangeTextDocument(({ document }) => edited(document)),
      vscode.workspace.onDidCloseTextDocument(edited),
      vscode.window.onDidChangeWindowState(() => this.lookAtRemote()),
      new vscode.Disposable(() => clearInterval(timer)),
    );
    if (vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === this.uri.toString())) this.#typed();
  }

  override dispose(): void {
    this.#subscriptions.dispose();
    super.dispose();
  }

  get uri(): vscode.Uri {
    return vscode.Uri.joinPath(this.folder.uri, levelsFile);
  }

  get badges(): readonly PlacedBadge[] {
    return this.state.kind === 'read' ? this.state.badges : [];
  }

  /** What is wrong in the configuration as it stands, saved or not. */
  get problems(): readonly FileProblem[] {
    return this.#config?.problems ?? [];
  }

  /** What is wrong with the entry of a badge. */
  problemsIn({ range }: PlacedBadge): readonly FileProblem[] {
    return range === null ? [] : this.problems.filter((problem) => problem.severity === 'error' && problem.range.start >= range.start && problem.range.start <= range.end);
  }

  /** The moment that the levels are about, ISO 8601; null where nothing was fetched. */
  get at(): string | null {
    return this.state.kind === 'read' ? this.state.at : null;
  }

  /** What the view shows as a document; null where nothing was evaluated. */
  async report(format: ReportFormat, version: string): Promise<string | null> {
    const { state } = this;
    const fetched = this.#fetched;
    if (state.kind !== 'read' || !fetched || !this.#definition) return null;
    const engine = await this.services.loadEngine();
    return engine.levels.report({ format, version, fetched, evaluation: state.evaluation, definition: this.#definition, text: this.text, badgesFile: this.#config?.badgesFile ?? null });
  }

  /** Whether the levels are those of a text that is not saved. */
  get isUnsaved(): boolean {
    return this.#unsavedText !== null;
  }

  /** The text that the places of the badges are in; null where they are not from a file of the folder. */
  get text(): string | null {
    return this.#config?.definition && this.#config.badgesFile === levelsFile ? this.#config.text : null;
  }

  /** Looks at the text as it stands in the editor now, without a request. */
  async lookAtText(): Promise<void> {
    const before = this.#config;
    const engine = await this.services.loadEngine();
    await this.#load(engine, vscode.workspace.isTrusted ? 'never' : { refused: messages.untrusted() });
    if (before && before.text === this.#config?.text && before.file === this.#config.file) return;
    const { state } = this;
    if (state.kind === 'nothing' && (state.obstacle === 'noConfig' || state.obstacle === 'unreadable')) {
      await this.invalidate('local');
      return;
    }
    this.update(state.kind !== 'nothing' && this.#definition ? this.#judge(engine, this.#definition) : state);
    if (this.badges.some(waitsForFacts) || this.#config?.unavailable !== null) this.#fetchLater();
  }

  /** Looks whether the remote configuration is another one by now, if it is time to and somebody looks. */
  lookAtRemote(): void {
    const isRemote = this.#config !== undefined && this.#config.badgesFile !== this.#config.file;
    // What is being read would be aborted and read from the start.
    if (isRemote && vscode.window.state.focused && !this.busy) void this.invalidate('local');
  }

  /**
   * The badges that the saved configuration asks for as they are drawn, by facts that are up to date. `isAnew`: pictures of
   * levels are fetched again. What fails costs these badges only; rejects when aborted.
   */
  async drawSaved(project: ProjectAccess, isAnew: boolean, signal: AbortSignal): Promise<FactBadges> {
    const engine = await this.services.loadEngine();
    await this.current(signal);
    const accesses = await this.#accesses();
    const root = this.folder.uri.fsPath;
    const { definition } = await engine.levels.load({ root, unsavedText: null, accesses, remote: 'whenDue' }, signal);
    if (!definition || definition.badges.length + definition.broken.length === 0) return { badges: [], unusable: null };
    const checks = definition.badges.flatMap((badge) => badge.levels.flatMap((level) => level.checks));
    const known = () => {
      const fetched = this.#fetched;
      return fetched && this.state.kind === 'read' && sameProject(fetched.project, project.ref) && checks.every((check) => coversCheck(fetched.demand, check)) ? fetched : null;
    };
    // A file that was just saved is fetched for once, and for both views.
    if (!known() && this.#unsavedText === null) {
      void this.refresh('local');
      await this.current(signal);
    }
    return engine.levels.draw({ root, project, accesses, definition, fetched: known(), isAnew }, signal);
  }

  protected async find(staleness: 'local' | 'all', signal: AbortSignal): Promise<LevelsState> {
    const engine = await this.services.loadEngine();
    const { isTrusted } = vscode.workspace;
    await this.#load(engine, !isTrusted ? { refused: messages.untrusted() } : staleness === 'all' ? 'anew' : 'whenDue', signal);
    const config = this.#config;
    if (config?.file === null && config.definition?.badges.length === 0) return { kind: 'nothing', obstacle: 'noConfig' };
    const definition = this.#definition;
    if (!definition) {
      if (!isTrusted) return { kind: 'nothing', obstacle: 'untrusted' };
      return config?.unavailable ? { kind: 'nothing', obstacle: 'error', detail: config.unavailable } : { kind: 'nothing', obstacle: 'unreadable' };
    }
    const found = await this.#access(engine, signal);
    this.#trouble = undefined;
    if ('obstacle' in found) {
      this.#fetched = undefined;
      const { obstacle, detail } = found;
      if (obstacle !== 'untrusted') return { kind: 'nothing', obstacle, ...(detail === undefined ? {} : { detail }) };
      this.#trouble = messages.levelsUntrusted(levelsFile);
      return this.#judge(engine, definition);
    }
    // A token that was refused is not sent again because a file changed.
    if (staleness === 'local' && this.state.kind === 'nothing' && this.state.obstacle === 'refused') return this.state;
    if (this.#fetched && !sameProject(this.#fetched.project, found.project.ref)) this.#fetched = undefined;
    const known = this.#judge(engine, definition);
    if (staleness === 'local' && !known.badges.some(waitsForFacts)) return known;
    this.update(known);
    try {
      this.#fetched = await engine.levels.fetch(this.folder.uri.fsPath, found.project, await this.#accesses(), definition, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (isGitLabError(error) && error.reason === 'unauthorized') return { kind: 'nothing', obstacle: 'refused' };
      const failure = this.failure(error);
      if (!this.#fetched) return failure;
      this.#trouble = failure.detail;
    }
    signal.throwIfAborted();
    // The text may be another one by now.
    const judged = this.#judge(engine, this.#definition ?? definition);
    if (this.#trouble === undefined && judged.badges.some(waitsForFacts)) this.#fetchLater();
    return judged;
  }

  readonly #typed = debounce(() => void this.lookAtText(), typingMs);
  readonly #fetchLater = debounce(() => void this.invalidate('local'), fetchMs);

  /** What an editor holds of the configuration that is not on the disk; null where there is no such text. */
  get #unsavedText(): string | null {
    return vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.toString() === this.uri.toString())?.getText() ?? null;
  }

  /**
   * The project of the folder with the token of whoever signed in to its GitLab, else with that of the configuration's own token
   * file. That one is read for no other GitLab: whoever wrote the workspace chose the file, but not where the project lies, since
   * a GitLab is known by the user alone.
   */
  async #access(engine: Engine, signal: AbortSignal): Promise<FoundAccess> {
    const found = await findAccess(this.folder, this.services, signal);
    const { search } = found;
    if ('project' in found || found.obstacle !== 'signedOut' || !search?.project) return found;
    const token = await engine.levels.tokenOfFile(this.folder.uri.fsPath, search.project.instance);
    return token ? { search, project: { ref: search.project, token } } : found;
  }

  /** Files that a configuration names may lie on any GitLab that somebody signed in to. */
  async #accesses(): Promise<readonly InstanceAccess[]> {
    const { sessions } = this.services;
    const found = await Promise.all(
      sessions.accounts.map(async ({ instance }) => {
        const token = await sessions.token(instance);
        return token ? [{ instance, token }] : [];
      }),
    );
    return found.flat();
  }

  /** One after the other, so that the newest text is the last to be taken in. */
  async #load(engine: Engine, remote: LoadLevels['remote'], signal = new AbortController().signal): Promise<void> {
    const loading = this.#loading.then(async () => {
      signal.throwIfAborted();
      const accesses = vscode.workspace.isTrusted ? await this.#accesses() : [];
      const config = await engine.levels.load({ root: this.folder.uri.fsPath, unsavedText: this.#unsavedText, accesses, remote }, signal);
      this.#config = config;
      // While a text is typed it often cannot be read, and the levels of before are better than none.
      if (config.definition || config.file === null) this.#definition = config.definition ?? undefined;
    });
    this.#loading = loading.catch(() => {});
    await loading;
  }

  /** What the definition comes to by the facts at hand. */
  #judge(engine: Engine, definition: LevelsDefinition): { readonly kind: 'read' } & ReadLevels {
    const fetched = this.#fetched;
    const evaluation = fetched ? engine.levels.evaluate(definition, fetched) : engine.levels.unknown(definition, this.#trouble ?? messages.notFetchedYet());
    const lack = vscode.workspace.isTrusted ? 'facts' : 'trust';
    const badges = placeResults(definition, evaluation, (check) => (fetched && coversCheck(fetched.demand, check) ? null : lack));
    const trouble = this.#trouble ?? (this.#config?.definition ? undefined : (this.#config?.unavailable ?? messages.levelsUnreadable(levelsFile)));
    return { kind: 'read', badges, evaluation, at: fetched?.demand.now ?? null, ...(trouble === undefined ? {} : { trouble }) };
  }
}

function waitsForFacts(badge: PlacedBadge): boolean {
  return pendingOf(badge) === 'facts';
}
