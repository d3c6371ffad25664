import type { Badge } from '../../core/badge';
import type { Fact, Origin } from '../../core/fact';
import type { FactOptions } from '../../core/facts';
import type { ProjectRef } from '../../core/snapshot';
import type { WantedFact } from '../../core/wantedFacts';
import type { Connection } from '../../gitlab/connection';
import { type GitLabError, isGitLabError, isUnusable } from '../../gitlab/gitlabError';
import { getIssueCounts, type IssueFilter } from '../../gitlab/issues';
import { getLatestPipeline } from '../../gitlab/pipelines';
import { createProjectQuery } from '../../gitlab/projectQuery';
import type { Project } from '../../gitlab/projects';
import { createQueryBatch } from '../../gitlab/queryBatch';
import { getNewestCommit } from '../../gitlab/repository';
import { detailTable } from './detailTable';
import { type FactBadge, factTable, noCommits, type Rendered, type Rendering } from './factTable';
import { type Answers, type Asking, type CountAuthors, mayShare, onceEach, projectOnce, requestKey, type RequestName, requests } from './requests';

/** The project whose facts are wanted, and the way to it. */
export interface FactProject {
  readonly connection: Connection;
  readonly ref: ProjectRef;
  /** A job token reads less than others: the advice differs. */
  readonly isJobToken: boolean;
  /** See `projectOnce`; where somebody else asks for the project, too. */
  readonly getProject?: () => Promise<Project>;
  /** Where a checkout of it is at hand. */
  readonly countAuthors?: CountAuthors;
}

export interface FactBadges {
  /** In the order in which they were asked for. */
  readonly badges: readonly Badge[];
  /** Why GitLab could not be used at all (unreachable, 401 …); null where at least one request was answered, or none was sent. */
  readonly unusable: string | null;
}

/**
 * Asks GitLab for what the badges need and nothing else, all requests side by side: at most six for the default ones, eleven for all
 * of them, one more for `commits` where GitLab keeps the statistics to itself, and one for each set of options that differs; only the coverage of a job and the progress of the next milestone wait for another answer.
 * A request that failed costs only the badges made of it.
 */
export async function collectFactBadges({ connection, ref, isJobToken, getProject: given, countAuthors }: FactProject, wanted: readonly WantedFact[], at: string, signal: AbortSignal): Promise<FactBadges> {
  const getProject = given ?? projectOnce(connection, ref.project, signal);
  const countIssues = onceEach((filter: IssueFilter) => getIssueCounts(connection, ref.project, filter, signal));
  const getPipeline = onceEach((branch: string | undefined) => getLatestPipeline(connection, ref.project, branch, signal));
  const getCommit = onceEach((branch: string | undefined) => getNewestCommit(connection, ref.project, branch, signal));
  const stems = new Set<string>(wanted.map(({ stem }) => stem));
  const facts = wanted.flatMap(({ stem, options }) => {
    const fact = sourceOf(stem);
    return fact ? [{ stem, fact, options, key: requestKey(fact.request, options) }] : [];
  });
  const asked = new Map(facts.map(({ fact, options, key }) => [key, { name: fact.request, options }]));
  const sharing = [...asked.values()].filter(({ name, options }) => mayShare(name, options)).length > 1;
  const askProject = sharing ? createProjectQuery(createQueryBatch(connection.graphql, signal), ref.project, async () => (await getProject()).path) : null;
  const outcomes = new Map(await Promise.all(Array.from(asked, async ([key, { name, options }]) => [key, await ask(name, options)] as const)));
  const projectOutcome = outcomes.has('project') || outcomes.has('commitCount') ? await ask('project', {}) : undefined;

  const badges = facts.map(({ stem, fact, options, key }) => {
    const value = valueOf(fact.request, outcomes.get(key) as Outcome<Answers[RequestName]>, (answer) => fact.render(answer, { options, at }), originOf(fact.page));
    return badgeOf(stem, fact.label, fact.color, value);
  });
  return { badges, unusable: whyUnusable([...outcomes.values()]) };

  async function ask<Name extends RequestName>(name: Name, options: FactOptions): Promise<Outcome<Answers[Name]>> {
    const asking: Asking = { connection, project: ref.project, signal, options, stems, getProject, countIssues, getPipeline, getCommit, askProject, at, countAuthors };
    try {
      return { answer: (await requests[name](asking)) as Answers[Name] };
    } catch (error) {
      signal.throwIfAborted();
      if (isGitLabError(error)) return { error };
      throw error;
    }
  }

  function valueOf(name: RequestName, outcome: Outcome<Answers[RequestName]>, render: (answer: Answers[RequestName]) => Rendering, origin: Origin): Fact<Rendered> {
    if ('answer' in outcome) {
      const rendering = render(outcome.answer);
      if (typeof rendering === 'string') return { status: 'known', value: { message: rendering }, origin };
      return 'missing' in rendering ? { status: 'unknown', reason: rendering.missing, origin } : { status: 'known', value: rendering, origin };
    }
    return { ...explain(name, outcome.error), origin };
  }

  function explain(name: RequestName, error: GitLabError): { status: 'unknown' | 'failed'; reason: string } {
    const projectError = projectOutcome && 'error' in projectOutcome ? projectOutcome.error : null;
    const projectAnswer = projectOutcome && 'answer' in projectOutcome ? projectOutcome.answer : null;
    const hidden = error.reason === 'forbidden' || error.reason === 'not-found';
    // Where the project itself was refused, its words explain the refusal of its parts better than theirs.
    if (projectError && (hidden || error.reason === projectError.reason)) {
      return { status: isNoAnswer(projectError) ? 'unknown' : 'failed', reason: projectError.message };
    }
    if (projectAnswer?.emptyRepository && error.reason === 'not-found' && ofRepository.has(name)) return { status: 'unknown', reason: noCommits };
    if (isJobToken && (hidden || error.reason === 'unauthorized') && !projectError) {
      return { status: 'unknown', reason: `A CI job token does not read ${described[name]}: set GITLAB_TOKEN to a token with the read_api scope. ${error.message}` };
    }
    if (hidden && name === 'pipeline') {
      return { status: 'unknown', reason: `The branch has no pipeline yet, or pipelines are switched off or hidden from this token's role: GitLab answers them alike. ${error.message}` };
    }
    if (hidden && name !== 'project') {
      return { status: 'unknown', reason: `${sentence(described[name])} of ${ref.project} are switched off, or hidden from this token's role. ${error.message}` };
    }
    return { status: isNoAnswer(error) ? 'unknown' : 'failed', reason: error.message };
  }

  function originOf(page: string): Origin {
    const web = projectOutcome && 'answer' in projectOutcome ? projectOutcome.answer.webUrl : null;
    const home = web ?? (/^\d+$/.test(ref.project) ? null : `${ref.instance}/${ref.project}`);
    const path = projectOutcome && 'answer' in projectOutcome ? projectOutcome.answer.path : ref.project;
    return { kind: 'gitlab', text: `${path} on ${ref.instance.replace(/^https?:\/\//, '')}`, ...(home === null ? {} : { url: home + page }), at };
  }
}

/** The badges of a folder that no project was found for. */
export function unknownFactBadges(stems: readonly string[], reason: string, at: string): readonly Badge[] {
  const origin: Origin = { kind: 'gitlab', text: 'GitLab', at };
  return stems.flatMap((stem) => {
    const label = sourceOf(stem)?.label;
    return label === undefined ? [] : [{ status: 'unknown', stem, label, origin, reason }];
  });
}

/** A fact by its stem or name; undefined where there is none. */
export function sourceOf(name: string): FactBadge | undefined {
  return factTable.get(name) ?? (detailTable as ReadonlyMap<string, FactBadge>).get(name);
}

type Outcome<T> = { readonly answer: T } | { readonly error: GitLabError };

const described: Readonly<Record<RequestName, string>> = {
  project: 'the project',
  commitCount: 'commits',
  issues: 'issues',
  milestone: 'milestones',
  contributors: 'contributors',
  commit: 'commits',
  releases: 'releases',
  tags: 'tags',
  pipeline: 'pipelines',
  openMergeRequests: 'merge requests',
  mergedMergeRequests: 'merge requests',
  closedMergeRequests: 'merge requests',
  packages: 'packages',
  languages: 'the languages',
};

const ofRepository: ReadonlySet<RequestName> = new Set(['commitCount', 'contributors', 'commit', 'tags', 'releases', 'languages']);

/** GitLab answered, and the answer is that it has none for this token. */
const isNoAnswer = (error: GitLabError) => error.reason === 'forbidden' || error.reason === 'insufficient-scope' || error.reason === 'not-found';

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function badgeOf(stem: string, label: string, color: string, fact: Fact<Rendered>): Badge {
  const { origin } = fact;
  if (fact.status !== 'known') return { status: fact.status, reason: fact.reason, stem, label, origin };
  const { message, color: ofValue = color, value } = fact.value;
  return { status: 'known', stem, label, origin, face: { label, message, color: ofValue }, ...(value !== undefined && { value }) };
}

function whyUnusable(outcomes: readonly Outcome<unknown>[]): string | null {
  const unusable = outcomes.map((outcome) =>
    'error' in outcome && isUnusable(outcome.error.reason) ? outcome.error.message : null,
  );
  return unusable.every((reason) => reason !== null) ? (unusable[0] ?? null) : null;
}
