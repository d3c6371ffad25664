import { differences, writes, type BadgeRecord, type Change, type Target } from '../core/plan';
import type { Range } from '../core/problem';
import { sleep } from '../gitlab/backoff';
import { addBadge, editBadge, findAdded, isBadgeGone, removeBadge, type GitLabBadge } from '../gitlab/badges';
import type { Connection } from '../gitlab/connection';
import { isGitLabError, mayBeCarriedOut, type GitLabError } from '../gitlab/gitlabError';
import { inParallel } from '../sources/parallel';
import { makePlan, planTarget, type PlanPorts } from './plan';
import type { Plan, PlannedTarget } from './publishPlan';

export interface ApplyPorts extends PlanPorts {
  /** How long to wait before looking whether a request without an answer was carried out, in milliseconds; 1000 by default. */
  readonly lookAfterMs?: number;
}

export interface AppliedChange {
  readonly change: Change;
  /** `skipped`: it was not tried, or cancelled; GitLab is as it was, unless the reason says that nobody knows. */
  readonly result: 'done' | 'failed' | 'skipped';
  readonly reason: string;
  /** The entry in the configuration, where there is one. */
  readonly range?: Range;
}

export type ApplyOutcome =
  /** One result for each change of the plan, in its order. */
  | { readonly status: 'applied'; readonly results: readonly AppliedChange[] }
  /** GitLab is another than the plan shows: nothing was written, and this is the plan now. */
  | { readonly status: 'replanned'; readonly plan: Plan };

/**
 * Carries out a plan that was shown, and nothing else: where GitLab has changed meanwhile, it writes nothing and plans anew.
 * Badges of one target are created one after the other, since GitLab shows them by age; all else goes side by side within the
 * connection's limit. When aborted, it starts nothing more and resolves: what remains is `skipped`; it rejects where nothing
 * was tried yet. Run again after any interruption, also a lost answer, planning and applying come to the same end, and
 * nothing is created twice.
 */
export async function applyPlan(
  ports: ApplyPorts,
  plan: Plan,
  signal: AbortSignal,
  onProgress: (done: number, total: number, applied: AppliedChange) => void = () => {},
): Promise<ApplyOutcome> {
  const { connection } = ports;
  const changing = plan.targets.filter(({ changes, obstacle }) => obstacle === null && changes.some(writes));
  const unreadable = new Map<PlannedTarget, string>();
  const nowPlanned = await inParallel(changing, parallelTargets, signal, async (planned) => {
    try {
      return await planTarget(connection, planned, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!isGitLabError(error)) throw error;
      unreadable.set(planned, error.message);
      return planned.changes;
    }
  });
  if (changing.some(({ changes }, index) => !isSame(changes, nowPlanned[index] ?? []))) {
    return { status: 'replanned', plan: await makePlan(ports, plan.request, signal) };
  }

  const total = plan.changes.filter(writes).length;
  let done = 0;
  const run: Run = { connection, signal, lookAfterMs: ports.lookAfterMs ?? 1000, stopped: null };
  // The work itself answers to the signal, so that each change has a result.
  const results = await inParallel(plan.targets, parallelTargets, neverAborted, (planned) => {
    const refusal = planned.obstacle ?? unreadable.get(planned) ?? null;
    return new TargetRun(run, planned, refusal, (applied) => onProgress((done += 1), total, applied)).apply();
  });
  return { status: 'applied', results: results.flat() };
}

const parallelTargets = 5;
const parallelChanges = 5;
const createAttempts = 3;
const neverAborted = new AbortController().signal;

/** What all targets of one run share. */
interface Run {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly lookAfterMs: number;
  /** Why nothing more is tried anywhere. */
  stopped: string | null;
}

type Outcome = Pick<AppliedChange, 'result' | 'reason'>;

class TargetRun {
  private readonly target: Target;
  /** Ids of badges that are not the answer to the question whether a create without an answer was carried out. */
  private readonly knownIds: Set<number>;
  private stopped: string | null = null;

  constructor(
    private readonly run: Run,
    private readonly planned: PlannedTarget,
    /** Why none of the changes can be made. */
    private readonly refusal: string | null,
    private readonly onApplied: (applied: AppliedChange) => void,
  ) {
    this.target = planned.target;
    this.knownIds = new Set(planned.changes.flatMap((change) => (change.action === 'create' ? [] : [change.id])));
  }

  async apply(): Promise<readonly AppliedChange[]> {
    const { changes, wanted } = this.planned;
    const results = new Map<Change, AppliedChange>();
    const settle = async (change: Change) => {
      const outcome = writes(change) ? await this.outcomeOf(change) : { result: 'done' as const, reason: change.reason };
      const range = wanted.badges[changes.indexOf(change)]?.range;
      const applied = { change, ...outcome, ...(range && { range }) };
      results.set(change, applied);
      if (writes(change)) this.onApplied(applied);
    };
    // The first one shows whether the token may write here at all, so it goes alone.
    const [first, ...rest] = changes.filter(writes);
    if (first) await settle(first);
    const creates = rest.filter(({ action }) => action === 'create');
    await Promise.all([
      inParallel(creates, 1, neverAborted, settle),
      inParallel(
        rest.filter(({ action }) => action !== 'create'),
        parallelChanges,
        neverAborted,
        settle,
      ),
    ]);
    for (const change of changes) if (!results.has(change)) await settle(change);
    return changes.map((change) => results.get(change) as AppliedChange);
  }

  private async outcomeOf(change: Exclude<Change, { action: 'keep' }>): Promise<Outcome> {
    const stopped = this.run.stopped ?? this.stopped;
    if (this.refusal !== null) return { result: 'failed', reason: this.refusal };
    if (this.run.signal.aborted) return { result: 'skipped', reason: 'cancelled before it was tried' };
    if (stopped !== null) return { result: 'skipped', reason: `not tried: ${stopped}` };
    try {
      switch (change.action) {
        case 'create':
          return await this.create(change);
        case 'update':
          return await this.update(change);
        case 'delete':
          return await this.remove(change);
      }
    } catch (error) {
      if (this.run.signal.aborted) return { result: 'skipped', reason: 'cancelled while GitLab was asked: plan again to see whether it was done' };
      if (!isGitLabError(error)) throw error;
      return this.failed(error);
    }
  }

  /** Never sends a create again before it has looked whether the one before was carried out. */
  private async create({ after }: Extract<Change, { action: 'create' }>): Promise<Outcome> {
    const { connection, signal, lookAfterMs } = this.run;
    for (let attempt = 1; ; attempt++) {
      try {
        const { id } = await addBadge(connection, this.target, after, signal);
        this.knownIds.add(id);
        return { result: 'done', reason: 'created' };
      } catch (error) {
        if (signal.aborted || !isGitLabError(error) || !mayBeCarriedOut(error.reason)) throw error;
        // A server that cut the connection may still be at work.
        await sleep(lookAfterMs, signal);
        const made = await this.findCreated(after);
        if (made === 'unknown') return { result: 'failed', reason: `${this.failed(error).reason} Whether the badge was created is not known: plan again.` };
        if (made) {
          this.knownIds.add(made.id);
          return { result: 'done', reason: 'created, although the answer was lost' };
        }
        if (attempt >= createAttempts) throw error;
      }
    }
  }

  /** The badge that a create without an answer has made, if it did; `unknown` where GitLab can't be asked. */
  private async findCreated(after: BadgeRecord): Promise<GitLabBadge | undefined | 'unknown'> {
    const { connection, signal } = this.run;
    try {
      return await findAdded(connection, this.target, after, this.knownIds, signal);
    } catch (error) {
      if (signal.aborted || !isGitLabError(error)) throw error;
      return 'unknown';
    }
  }

  private async update({ id, before, after }: Extract<Change, { action: 'update' }>): Promise<Outcome> {
    const changed = Object.fromEntries(differences(before, after).map((field) => [field, after[field]]));
    await editBadge(this.run.connection, this.target, id, changed, this.run.signal);
    return { result: 'done', reason: 'updated' };
  }

  private async remove({ id }: Extract<Change, { action: 'delete' }>): Promise<Outcome> {
    try {
      await removeBadge(this.run.connection, this.target, id, this.run.signal);
      return { result: 'done', reason: 'deleted' };
    } catch (error) {
      if (isBadgeGone(error)) return { result: 'done', reason: 'it was gone already' };
      throw error;
    }
  }

  private failed(error: GitLabError): Outcome {
    const reason = this.explain(error);
    if (stopsAll.has(error.reason)) this.run.stopped ??= reason;
    else if (stopsTarget.has(error.reason) || isMoved(error) || (error.reason === 'not-found' && !isBadgeGone(error))) this.stopped ??= reason;
    return { result: 'failed', reason };
  }

  private explain(error: GitLabError): string {
    const { scope, path } = this.target;
    if (isBadgeGone(error)) return 'it was removed by somebody else meanwhile: plan again';
    if (error.reason === 'not-found') return `the ${scope} ${path} is not there any more, or this token may not see it: plan again`;
    if (isMoved(error)) return `the ${scope} ${path} was moved, and GitLab takes changes at its new path only: plan again with that path`;
    if (error.reason === 'forbidden') return `GitLab refuses changes here (403): they need the role ${scope === 'project' ? 'Maintainer of the project' : 'Owner of the group'} ${path}`;
    const fields = Object.entries(error.details.fields ?? {});
    if (fields.length > 0) return `GitLab refuses ${fields.map(([field, texts]) => `the ${fieldNames[field] ?? field}: ${texts.join(', ')}`).join('; ')}`;
    return error.message;
  }
}

const fieldNames: { readonly [field: string]: string | undefined } = { link_url: 'link URL', image_url: 'image URL' };

/** What one target was refused for, the others would be, too. */
const stopsAll: ReadonlySet<string> = new Set<GitLabError['reason']>(['unauthorized', 'insufficient-scope', 'rate-limited', 'unreachable']);
const stopsTarget: ReadonlySet<string> = new Set<GitLabError['reason']>(['forbidden', 'redirected']);

/** GitLab answers 405 to changes under a path from which a project was moved away; a proxy may have other reasons for it. */
function isMoved({ details }: GitLabError): boolean {
  return details.status === 405 && /moved/i.test(details.answer ?? '');
}

function isSame(shown: readonly Change[], now: readonly Change[]): boolean {
  return JSON.stringify(shown) === JSON.stringify(now);
}
