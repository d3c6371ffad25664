import type { BadgePlaces } from '../app/levelsSarif';
import type { Log } from '../app/ports';
import type { LevelsDefinition } from '../core/levels/definition';
import type { ProjectRef } from '../core/snapshot';
import type { FactSources } from '../sources/levels/collectFacts';
import type { EvaluateOptions } from './evaluateOptions';
import type { Instances } from './levels';
import type { Surroundings } from './surroundings';

/** What an evaluation needs, whether of a project or of a group. */
export interface Evaluation {
  readonly options: EvaluateOptions;
  readonly surroundings: Surroundings;
  readonly log: Log;
  readonly instances: Instances;
  readonly sources: FactSources;
  /** The project, or the group with its path in place of a project's. */
  readonly ref: ProjectRef;
  readonly definition: LevelsDefinition;
  readonly places: BadgePlaces;
  /** ISO 8601 in UTC. */
  readonly now: string;
}
