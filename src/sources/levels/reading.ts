import type { Connection } from '../../gitlab/connection';
import type { Project } from '../../gitlab/projects';

/** What every reading of a project's facts may use. */
export interface Reading {
  readonly connection: Connection;
  /** As the caller names it: a full path or a number. */
  readonly project: string;
  /** The project itself, which is asked for once. */
  readonly getProject: () => Promise<Project>;
  /** The demand's moment, ISO 8601 in UTC. */
  readonly now: string;
  readonly signal: AbortSignal;
}
