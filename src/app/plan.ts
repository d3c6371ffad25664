import { roleName } from '../core/accessLevel';
import type { PublishedList, Written } from '../core/definition';
import { planBadges, writes, type Change, type ExistingBadge, type Target } from '../core/plan';
import { scopeGap } from '../core/tokenScopes';
import { listBadges, ownBadges } from '../gitlab/badges';
import type { Connection } from '../gitlab/connection';
import { isGitLabError, type GitLabErrorReason, isUnusable } from '../gitlab/gitlabError';
import { getProject, type Project } from '../gitlab/projects';
import { getGroupAccess, leastAccess } from '../gitlab/roles';
import type { Token } from '../gitlab/token';
import { getTokenScopes } from '../gitlab/users';
import { inParallel } from '../sources/parallel';
import { findUnresolvedPlaceholders } from './plannedPlaceholders';
import { findMissingPictures } from './plannedPictures';
import type { Plan, PlanFailure, PlannedTarget, PlanRequest, PlanWarning } from './publishPlan';

export interface PlanPorts {
  readonly connection: Connection;
  /** A job token reaches no group, and its role is not told. Null without a token. */
  readonly tokenKind: Token['kind'] | null;
  readonly now: () => Date;
}

/**
 * Compares what is wanted with what GitLab shows; writes nothing. One request for the project, one for each target and 100
 * badges; roles, pictures and placeholders are looked up only for what would be written. A target that fails costs only
 * itself. Rejects when aborted, and for bugs.
 */
export async function makePlan({ connection, tokenKind, now }: PlanPorts, request: PlanRequest, signal: AbortSignal): Promise<Plan> {
  const isJobToken = tokenKind === 'job';
  const at = now().toISOString();
  const failures: PlanFailure[] = [];
  const warnings: PlanWarning[] = [];
  const prune = request.prune ?? request.publish.prune;
  const { project: projectList, groups } = request.publish;

  const asked: Target = { scope: 'project', path: request.project };
  const project = projectList && (await trying(asked, projectList, findProject));
  if (project && hasMoved(project, request.project)) {
    warnings.push({ target: projectTarget(project), name: null, message: `${request.project} was moved to ${project.path}: use that path from now on.` });
  }
  const unusable = unusableBy(failures);
  if (unusable !== null) return { request, targets: [], changes: [], failures, warnings, unusable, at };

  const lists: readonly { readonly target: Target; readonly wanted: PublishedList }[] = [
    ...(projectList && failures.length === 0 ? [{ target: project ? projectTarget(project) : asked, wanted: projectList }] : []),
    ...[...groups].map(([path, wanted]) => ({ target: { scope: 'group' as const, path }, wanted })),
  ];
  const planned = await inParallel(lists, parallelLists, signal, ({ target, wanted }) =>
    trying(target, wanted, async (): Promise<PlannedTarget> => {
      const changes = await planTarget(connection, { target, wanted, prune }, signal);
      return { target, wanted, prune, changes, obstacle: null };
    }),
  );
  failures.sort((a, b) => orderOf(a.target) - orderOf(b.target));
  const readable = planned.filter((target) => target !== null);
  const obstacles = await findObstacles(readable.filter(({ changes }) => changes.some(writes)), project);
  const targets = readable.map((target) => ({ ...target, obstacle: obstacles.get(target) ?? null }));
  warnings.push(...(await findMissingPictures(connection, project, targets, signal)));
  warnings.push(...(await findUnresolvedPlaceholders(connection, targets, signal)));
  return { request, targets, changes: targets.flatMap(({ changes }) => changes), failures, warnings, unusable: targets.length === 0 ? unusableBy(failures) : null, at };

  /** Null where it is hidden from the token: its badges may be open all the same, as those of a private project are to a job token. */
  async function findProject(): Promise<Project | null> {
    try {
      return await getProject(connection, request.project, {}, signal);
    } catch (error) {
      if (isGitLabError(error) && hidden.has(error.reason)) return null;
      throw error;
    }
  }

  function orderOf({ scope, path }: Target): number {
    return scope === 'project' ? -1 : [...groups.keys()].indexOf(path);
  }

  async function trying<T>(target: Target, list: PublishedList, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!isGitLabError(error)) throw error;
      failures.push({ target, why: error.reason, reason: error.reason === 'not-found' ? missing(target) : error.message, range: list.range });
      return null;
    }
  }

  function missing({ scope, path }: Target): string {
    const otherwise = isJobToken ? 'this GitLab takes no job token for its badges: use an access token' : tokenKind === null ? 'it is not public and needs a token' : 'this token may not see it';
    return `There is no ${scope} ${path} on GitLab, or ${otherwise}.`;
  }

  async function findObstacles(changing: readonly PlannedTarget[], found: Project | null): Promise<ReadonlyMap<PlannedTarget, string>> {
    if (changing.length === 0) return new Map();
    if (tokenKind === null) return new Map(changing.map((planned) => [planned, `Changing the badges of the ${planned.target.scope} ${planned.target.path} needs a token of the role ${roleName(leastAccess[planned.target.scope])}, with the scope api; there is none.`]));
    const paths = changing.flatMap(({ target }) => (target.scope === 'group' ? [target.path] : []));
    const [scopes, levels] = await Promise.all([
      isJobToken ? null : getTokenScopes(connection, signal),
      isJobToken || paths.length === 0 ? new Map<string, number | null>() : getGroupAccess(connection, paths, signal),
    ]);
    if (scopes && scopeGap(scopes) !== null) {
      const obstacle = `Changing badges needs a token with the scope api; this one has ${scopes.join(', ') || 'no scope'}.`;
      return new Map(changing.map((planned) => [planned, obstacle]));
    }
    return new Map(
      changing.flatMap((planned): [PlannedTarget, string][] => {
        const { scope, path } = planned.target;
        if (isJobToken) return scope === 'group' ? [[planned, `A job token cannot change the badges of the group ${path}: use a group access token of role Owner.`]] : [];
        const level = scope === 'project' ? found?.accessLevel : levels.get(path);
        if (level == null || level >= leastAccess[scope]) return [];
        return [[planned, `Changing the badges of the ${scope} ${path} needs the role ${roleName(leastAccess[scope])}; this token has ${roleName(level)}.`]];
      }),
    );
  }
}

/** Asks GitLab for the target's own badges and plans them. Rejects with GitLabError. */
export async function planTarget(connection: Connection, wanted: WantedBadges, signal: AbortSignal): Promise<readonly Change[]> {
  return planWanted(wanted, ownBadges(wanted.target, await listBadges(connection, wanted.target, {}, signal)));
}

/** Compares what the configuration lists for a target with the badges that it has. */
export function planWanted({ target, wanted, prune }: WantedBadges, existing: readonly ExistingBadge[]): readonly Change[] {
  const values = <T>(written: readonly Written<T>[]) => written.map(({ value }) => value);
  return planBadges(target, values(wanted.badges), existing, { prune, broken: values(wanted.broken) });
}

type WantedBadges = Pick<PlannedTarget, 'target' | 'wanted' | 'prune'>;

const hidden: ReadonlySet<GitLabErrorReason> = new Set<GitLabErrorReason>(['not-found', 'forbidden', 'insufficient-scope']);

/** The connection has a limit of its own; this one bounds what waits for it. */
const parallelLists = 10;

function projectTarget(project: Project): Target {
  return { scope: 'project', path: project.path };
}

/** Paths do not differ by case on GitLab. */
function hasMoved(project: Project, asked: string): boolean {
  return !/^\d+$/.test(asked) && project.path.toLowerCase() !== asked.toLowerCase();
}

function unusableBy(failures: readonly PlanFailure[]): string | null {
  return failures.find(({ why }) => isUnusable(why))?.reason ?? null;
}
