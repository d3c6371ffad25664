import type { CiJobs } from '../../app/ciJobs';
import { defaultFactStems } from '../../core/facts';
import { differences, type Target } from '../../core/plan';
import type { ProjectRef } from '../../core/snapshot';
import type { GitLabBadge } from '../../gitlab/badges';
import { isGitLabError } from '../../gitlab/gitlabError';
import type { FormNotice, FormSubject, FormView, Remedy, Suggestion } from '../../webview/badgeFormProtocol';
import { configFile as newConfigFile } from '../configFile';
import type { Engine } from '../engine';
import type { FoundAccess } from '../findAccess';
import { Latest } from '../latest';
import * as messages from '../messages';
import type { ProjectAccess } from '../projectAccess';
import type { GeneratedBadges, Placeholders } from '../published/publishEngine';
import { badgesOf, type Published, type PublishedBadge, type PublishedTarget } from '../published/published';
import type { ReadPublished } from '../published/publishedModel';
import type { FolderState } from '../view/folderModel';

export interface KnowledgePorts {
  readonly folderName: string;
  /** The badges on GitLab as they are known; they are read while the form is seen. */
  state(): FolderState<ReadPublished>;
  access(signal: AbortSignal): Promise<FoundAccess>;
  engine(): Promise<Pick<Engine, 'publish'>>;
  generated(signal: AbortSignal): Promise<GeneratedBadges>;
  /** Generated badges that are known without their files, and what they show. */
  known(): readonly Suggestion[];
}

/** What the CI job of the badges is called in our documentation. */
const usualJob = 'badges';

/** What a form builds upon: the project, where a badge may go, what placeholders stand for. Each thing is told as soon as it is known. */
export class FormKnowledge {
  readonly #reading = new Latest();
  readonly #placeholders = new Map<string, Placeholders | 'asking' | null>();
  #access: FoundAccess | null = null;
  #generated: GeneratedBadges | null = null;
  #linted: CiJobs | null = null;
  #further: readonly Target[] = [];
  /** The reading of the badges on GitLab for which the rest was asked. */
  #askedFor: Published | null = null;
  #base: GitLabBadge | null = null;

  /**
   * @param preselected where a new badge is to be shown, if the user has said so
   * @param onChange called when more is known
   */
  constructor(
    private readonly subject: FormSubject,
    private readonly preselected: Target | null,
    private readonly ports: KnowledgePorts,
    private readonly onChange: () => void,
  ) {}

  /** Finds out again what may have changed. Rejects for bugs only. */
  async follow(signal: AbortSignal): Promise<void> {
    this.#base ??= this.entry?.badge ?? null;
    await this.#reading.run((own) => this.#find(own), signal);
  }

  async #find(signal: AbortSignal): Promise<void> {
    const { publish } = await this.ports.engine();
    this.#access = await this.ports.access(signal);
    signal.throwIfAborted();
    this.onChange();
    this.#generated = await this.ports.generated(signal);
    signal.throwIfAborted();
    this.onChange();
    const { project, published } = this;
    if (!project || !published || published === this.#askedFor) return;
    this.#askedFor = published;
    this.#placeholders.clear();
    // For a new badge only: an edited one has its place.
    if (this.subject.badge) return this.onChange();
    try {
      [this.#further, this.#linted] = await Promise.all([publish.writableTargets(project, published, signal), publish.ciJobs(project, this.#generated.path, signal)]);
    } catch (error) {
      signal.throwIfAborted();
      if (!isGitLabError(error)) throw error;
    }
    this.onChange();
  }

  /** Asks what the placeholders stand for in a target, once. Rejects for bugs only. */
  async askPlaceholders(target: Target, signal: AbortSignal): Promise<void> {
    const { project, published } = this;
    const key = keyOf(target);
    if (!project || !published || this.#placeholders.has(key)) return;
    this.#placeholders.set(key, 'asking');
    try {
      const { publish } = await this.ports.engine();
      this.#placeholders.set(key, await publish.placeholders(project, target, this.mayWrite(target), signal));
    } catch (error) {
      this.#placeholders.set(key, null);
      if (!signal.aborted && !isGitLabError(error)) throw error;
    }
    this.onChange();
  }

  /** Whether it will soon be known what the placeholders stand for. */
  isAsking(target: Target): boolean {
    const known = this.#placeholders.get(keyOf(target));
    return known === 'asking' || this.ports.state().kind === 'loading' || (known === undefined && this.project !== null && this.published !== null);
  }

  /** Null while they are not known, and where they cannot be. */
  placeholders(target: Target | null): Placeholders | null {
    const known = target && this.#placeholders.get(keyOf(target));
    return known && known !== 'asking' ? known : null;
  }

  get published(): Published | null {
    const state = this.ports.state();
    return state.kind === 'read' ? state.published : null;
  }

  /** With the token; null without a sign-in. */
  get project(): ProjectAccess | null {
    return this.#access && 'project' in this.#access ? this.#access.project : null;
  }

  /** Without a sign-in, too. */
  get ref(): ProjectRef | null {
    return this.project?.ref ?? this.#access?.search?.project ?? null;
  }

  get place(): FormView['place'] {
    const instance = this.published?.instance ?? this.ref?.instance;
    return instance !== undefined && this.#generated ? { instance, path: this.#generated.path } : null;
  }

  /** Where the badge may go: where the user said first, then where the token may write, then the project for the configuration. */
  get targets(): readonly Target[] {
    const { badge } = this.subject;
    if (badge) return [{ scope: badge.scope, path: badge.path }];
    const own = this.published?.project ?? this.ref?.project;
    const all = [...(this.preselected ? [this.preselected] : []), ...this.#further, ...(own === undefined ? [] : [{ scope: 'project', path: own } as const])];
    return [...new Map(all.map((target) => [keyOf(target), target])).values()];
  }

  mayWrite(target: Target): boolean {
    return this.#further.some((each) => keyOf(each) === keyOf(target)) || this.publishedTarget(target)?.access.may === true;
  }

  publishedTarget(target: Target | null): PublishedTarget | null {
    return (target && this.published?.targets.find((each) => each.target && keyOf(each.target) === keyOf(target))) ?? null;
  }

  /** The badge that is edited, as it is now. */
  get entry(): PublishedBadge | null {
    const { badge } = this.subject;
    const target = badge && this.publishedTarget(badge);
    return (target && badgesOf(target).find((entry) => entry.badge?.id === badge.id)) ?? null;
  }

  /** The badge that is edited, as it was when the form was opened. */
  get base(): GitLabBadge | null {
    return this.#base;
  }

  get configFile(): string {
    return this.published?.configFile ?? newConfigFile;
  }

  get suggestions(): FormView['suggestions'] {
    const known = this.ports.known();
    const written = (this.#generated?.stems ?? []).filter((stem) => !known.some(({ value }) => value === stem));
    const named = (values: readonly string[]) => values.map((value): Suggestion => ({ value, detail: '' }));
    const stem = known.length + written.length > 0 ? [...known, ...named(written)] : named(defaultFactStems);
    const job = named([...new Set([...(this.#generated?.ci.names ?? []), ...(this.#linted?.names ?? [])])]);
    const leveled = (this.#generated?.leveled ?? []).map(({ id, description }): Suggestion => ({ value: id, detail: description ?? '' }));
    return { coverage: { job }, generated: { stem, job }, leveled: { stem: leveled, job } };
  }

  get defaults(): FormView['defaults'] {
    const options = { job: this.#generated?.ci.artifactJob ?? this.#linted?.artifactJob ?? usualJob };
    return { generated: options, leveled: options };
  }

  /** Why nothing is known of GitLab, or not its latest. */
  get trouble(): FormNotice | null {
    const state = this.ports.state();
    switch (state.kind) {
      case 'loading':
        return { severity: 'info', text: messages.readingForForm(), remedy: null };
      case 'read':
        return state.trouble === undefined ? null : { severity: 'warning', text: messages.cannotAsk(state.trouble), remedy: 'retry' };
      case 'nothing':
        if (state.obstacle === 'error') return { severity: 'warning', text: messages.cannotAsk(state.detail ?? messages.folderReasons.error), remedy: 'retry' };
        return { severity: 'warning', text: this.#withoutGitLab(state.detail ?? messages.obstacleOf(this.ports.folderName, state.obstacle)), remedy: remedyOf[state.obstacle] };
    }
  }

  /** A new badge of a project that is known can be kept for later. */
  #withoutGitLab(reason: string): string {
    return this.ref && !this.subject.badge ? messages.onlyIntoFile(reason) : reason;
  }

  /** What to tell of the form as a whole. */
  get notices(): readonly FormNotice[] {
    const { trouble, base, entry } = this;
    const notices = trouble ? [trouble] : [];
    if (!this.subject.badge || !this.published) return notices;
    if (!entry?.badge) return [...notices, { severity: 'error', text: messages.badgeIsGone(), remedy: null }];
    const changed = base && differences(base, entry.badge).length > 0;
    return changed ? [...notices, { severity: 'warning', text: messages.changedMeanwhileOnGitLab(), remedy: null }] : notices;
  }
}

const remedyOf: Record<'untrusted' | 'noProject' | 'signedOut' | 'choose' | 'refused', Remedy> = { untrusted: 'trust', noProject: 'signIn', signedOut: 'signIn', choose: 'chooseProject', refused: 'signIn' };

/** A target as the value of a choice. */
export function keyOf({ scope, path }: Target): string {
  return `${scope}:${path}`;
}

export function targetOf(key: string): Target | null {
  const [, scope, path] = /^(project|group):(.+)$/.exec(key) ?? [];
  return path === undefined ? null : { scope: scope === 'group' ? 'group' : 'project', path };
}
