import type { PublishDefinition, PublishedList } from '../core/definition';
import { writes, type Change, type Target } from '../core/plan';
import type { Range } from '../core/problem';
import type { GitLabErrorReason } from '../gitlab/gitlabError';

export interface PlanRequest {
  /** Numeric id or full path. */
  readonly project: string;
  readonly publish: PublishDefinition;
  /** In place of what the definition says. */
  readonly prune?: boolean;
}

/** What would change on GitLab, as it was at one moment. */
export interface Plan {
  readonly request: PlanRequest;
  readonly targets: readonly PlannedTarget[];
  /** Of all targets, in their order. */
  readonly changes: readonly Change[];
  /** Targets that could not be planned; the others are. */
  readonly failures: readonly PlanFailure[];
  readonly warnings: readonly PlanWarning[];
  /** Why GitLab could not be used at all (unreachable, 401); null where it answered for at least one target. */
  readonly unusable: string | null;
  /** When GitLab was asked, ISO 8601 in UTC. */
  readonly at: string;
}

export interface PlannedTarget {
  readonly target: Target;
  readonly wanted: PublishedList;
  readonly prune: boolean;
  /** The first ones are those of `wanted.badges`, in their order. */
  readonly changes: readonly Change[];
  /** Why the token cannot make these changes; null where it can, as far as is known. */
  readonly obstacle: string | null;
}

export interface PlanFailure {
  readonly target: Target;
  readonly why: GitLabErrorReason;
  readonly reason: string;
  /** The list in the configuration. */
  readonly range: Range;
}

export interface PlanWarning {
  readonly target: Target;
  /** Name of the badge, where it is about one. */
  readonly name: string | null;
  readonly message: string;
  readonly range?: Range;
}

/** The changes that can be made with this token, as far as is known. */
export function pushable({ targets }: Plan): readonly Change[] {
  return targets.flatMap(({ changes, obstacle }) => (obstacle === null ? changes.filter(writes) : []));
}
