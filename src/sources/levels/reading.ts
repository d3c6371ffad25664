import type { Connection } from '../../gitlab/connection';
import type { AskProject } from '../../gitlab/projectQuery';
import type { Project } from '../../gitlab/projects';
import type { Ask } from '../../gitlab/queryBatch';
import type { IsBot } from './accounts';

/** What every reading of a project's facts may use. */
export interface Reading {
  readonly connection: Connection;
  /** As the caller names it: a full path or a number. */
  readonly project: string;
  /** The project itself, which is asked for once. */
  readonly getProject: () => Promise<Project>;
  /** Questions over GraphQL, which travel together where they are asked in the same turn; about anything, and about the project. */
  readonly ask: Ask;
  readonly askProject: AskProject;
  readonly isBot: IsBot;
  /** The demand's moment, ISO 8601 in UTC. */
  readonly now: string;
  readonly signal: AbortSignal;
}
