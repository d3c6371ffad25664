import { abortable } from '../../gitlab/abortable';
import { Latest } from '../latest';

/** How much of what is known is out of date. `local`: files changed, GitLab need not be asked again. */
type Staleness = 'none' | 'local' | 'all';

interface ReadingOptions<State> {
  /** What is known before anything was read. */
  readonly start: State;
  readonly read: (staleness: 'local' | 'all', signal: AbortSignal) => Promise<State>;
  readonly isSeen: () => boolean;
  /** Called when the state or `busy` changed. */
  readonly onChange: () => void;
}

/**
 * Something that is read while somebody looks. What changes while nobody does is read when somebody does; a newer reading
 * aborts the older, and reads what that one was to read.
 */
export class Reading<State> {
  readonly #latest = new Latest();
  #state: State;
  #stale: Staleness = 'all';
  /** What the reading that runs brings up to date. */
  #underway: Staleness = 'none';
  #run: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ReadingOptions<State>) {
    this.#state = options.start;
  }

  get state(): State {
    return this.#state;
  }

  get busy(): boolean {
    return this.#latest.running;
  }

  /** Somebody looks now: reads what became stale while nobody did. */
  catchUp(): void {
    if (this.#stale !== 'none' && this.options.isSeen()) void this.refresh(this.#stale);
  }

  /** Something changed: reads it now if somebody looks, else when somebody does. */
  async invalidate(staleness: 'local' | 'all'): Promise<void> {
    if (this.options.isSeen()) await this.refresh(staleness);
    else this.#stale = wider(this.#stale, staleness);
  }

  /** All of it is to be read again, by whoever needs it next. */
  expire(): void {
    this.#stale = 'all';
  }

  /**
   * Reads whether or not somebody looks. Answers what it read, or undefined where a newer reading took over or the signal
   * came first; rejects as `read` does.
   */
  async refresh(staleness: 'local' | 'all', signal?: AbortSignal): Promise<State | undefined> {
    const wanted = wider(wider(this.#stale, this.busy ? this.#underway : 'none'), staleness);
    this.#stale = 'none';
    this.#underway = wanted;
    const run = this.#latest.run((either) => this.options.read(wanted, either), signal);
    this.#run = run.catch(() => {});
    this.options.onChange();
    const result = await run;
    if (result) {
      this.update(result.value);
    } else if (signal?.aborted && !this.busy) {
      this.#stale = wider(this.#stale, wanted);
      this.options.onChange();
    }
    return result?.value;
  }

  /** What is known once it is up to date: waits for what is being read, and reads what is stale. */
  async current(signal: AbortSignal): Promise<State> {
    while (this.busy || this.#stale !== 'none') {
      await abortable(this.busy ? this.#run : this.refresh(this.#stale === 'local' ? 'local' : 'all'), signal);
    }
    return this.#state;
  }

  /** Takes a state that was found out on the way; what is being read goes on. */
  update(state: State): void {
    this.#state = state;
    this.options.onChange();
  }

  /** Takes a state that was found out otherwise, in the place of what is being read. */
  adopt(state: State): void {
    this.#latest.cancel();
    this.#stale = 'none';
    this.update(state);
  }

  cancel(): void {
    this.#latest.cancel();
  }
}

function wider<T extends Staleness>(a: Staleness, b: T): T | 'local' | 'all';
function wider(a: Staleness, b: Staleness): Staleness {
  return a === 'all' || b === 'all' ? 'all' : a === 'local' || b === 'local' ? 'local' : 'none';
}
