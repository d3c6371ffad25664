import type { LevelsDefinition } from '../core/levels/definition';
import { demandOf } from '../core/levels/demand';
import { evaluateProject, unreachableProject } from '../core/levels/evaluate';
import type { ProjectFacts } from '../core/levels/facts';
import type { ProjectEvaluation } from '../core/levels/result';
import { isGitLabError, type GitLabErrorReason } from '../gitlab/gitlabError';
import type { Project } from '../gitlab/projects';
import { collectProjectFacts, type FactSources } from '../sources/levels/collectFacts';

export interface EvaluateRequest {
  readonly definition: LevelsDefinition;
  /** Full path or numeric id. */
  readonly project: string;
  /** The moment that everything is about, ISO 8601. */
  readonly now: string;
  /** Where the project is asked for in the same run, too. */
  readonly findProject?: () => Promise<Project>;
}

export interface EvaluatedProject {
  readonly evaluation: ProjectEvaluation;
  /** Null where nothing of the project could be read. */
  readonly facts: ProjectFacts | null;
  /** What should have worked and did not, in words; what GitLab merely has no answer to is none of it. */
  readonly failures: readonly string[];
  /** Why nothing of the project could be read; null where it could. The evaluation says it in words. */
  readonly error: GitLabErrorReason | null;
}

/** Evaluates the badges of one project, with facts that are fetched once for all of them. Never rejects for what GitLab answers; rejects when cancelled. */
export async function evaluateOne(sources: FactSources, { definition, project, now, findProject }: EvaluateRequest, signal: AbortSignal): Promise<EvaluatedProject> {
  try {
    const facts = await collectProjectFacts(sources, project, demandOf(definition.badges, now), signal, findProject);
    return { evaluation: reevaluate(definition, facts, now), facts, failures: failuresIn(facts), error: null };
  } catch (error) {
    signal.throwIfAborted();
    if (!isGitLabError(error)) throw error;
    // GitLab leads from the number of a project to its page.
    const page = /^\d+$/.test(project) ? `projects/${project}` : project;
    const evaluation = unreachableProject(definition, project, `${sources.connection.instance}/${page}`, error.message);
    return { evaluation, facts: null, failures: [error.message], error: error.reason };
  }
}

/** Evaluates facts that were fetched already, without a request: what they don't tell is unknown. */
export function reevaluate(definition: LevelsDefinition, facts: ProjectFacts, now: string): ProjectEvaluation {
  return evaluateProject(definition, facts, now);
}

/** The definition with this badge alone; null where there is none of that id. */
export function onlyBadge(definition: LevelsDefinition, id: string): LevelsDefinition | null {
  const badges = definition.badges.filter((badge) => badge.id === id);
  const broken = definition.broken.filter(({ value }) => value === id);
  return badges.length + broken.length === 0 ? null : { ...definition, badges, broken };
}

/** What should have worked and did not, in words. */
export function failuresIn({ project: _, pipelines, decisions, ...others }: ProjectFacts): readonly string[] {
  const facts = [...Object.values(others), ...pipelines.values(), ...decisions.values()];
  return [...new Set(facts.flatMap((fact) => (fact?.status === 'failed' ? fact.reason : [])))];
}
