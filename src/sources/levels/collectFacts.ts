import type { Fact } from '../../core/fact';
import type { FactsDemand } from '../../core/levels/demand';
import type { Dated, DecisionFact, ProjectFacts, Window } from '../../core/levels/facts';
import type { Connection } from '../../gitlab/connection';
import { createProjectQuery } from '../../gitlab/projectQuery';
import { getProject, type Project } from '../../gitlab/projects';
import { createQueryBatch } from '../../gitlab/queryBatch';
import { queryAuthoredCommits, readAuthorship, readCommits } from './commitFacts';
import type { IsBot } from './accounts';
import { createFactReader, describeProject } from './factReader';
import { readIssues } from './issueFacts';
import { createMeeting } from './meeting';
import { readMembers } from './memberFacts';
import { readMergeRequests } from './mergeRequestFacts';
import { readImages, readPackages } from './packageFacts';
import { countPipelinesSince } from './pipelineFacts';
import { readProtection } from './protectionFacts';
import type { Reading } from './reading';
import { readReleases, readTags } from './releaseFacts';

/** What the facts of a project come from. */
export interface FactSources {
  readonly connection: Connection;
  /** A job token reads less than others: the advice differs. */
  readonly isJobToken: boolean;
  /** Remembers what it was told, so one serves all projects of a run. */
  readonly isBot: IsBot;
  /** What a decision JSON says of the project. */
  readonly decide: (url: string, project: ProjectFacts['project'], signal: AbortSignal) => Promise<Fact<DecisionFact>>;
  /** The organisations that reported productive use of the project. */
  readonly findUsers: (project: ProjectFacts['project'], signal: AbortSignal) => Promise<Fact<readonly string[]>>;
}

/**
 * Reads what the demand asks for and nothing else, each thing once, side by side and only as far back as needed. A reading that
 * fails costs only its own fact. `project` is a full path or a number. Rejects with GitLabError where the project itself
 * cannot be read, and with the signal's reason where it is aborted. `findProject` gives the project where somebody asks for it anyway.
 */
export async function collectProjectFacts(sources: FactSources, project: string, demand: FactsDemand, signal: AbortSignal, findProject?: () => Promise<Project>): Promise<ProjectFacts> {
  const { connection, isJobToken, isBot } = sources;
  const stop = stopWith(signal);
  let answer: Promise<Project> | undefined;
  const projectOnce = findProject ?? (() => (answer ??= getProject(connection, project, {}, stop.signal)));
  const ask = createQueryBatch(connection.graphql, stop.signal);
  const reading: Reading = {
    connection,
    project,
    getProject: projectOnce,
    ask,
    askProject: createProjectQuery(ask, project, async () => (await projectOnce()).path),
    isBot,
    now: demand.now,
    signal: stop.signal,
  };
  const read = createFactReader({ instance: connection.instance, isJobToken, project: projectOnce, at: demand.now, signal: stop.signal });
  const [issuesCome, commitsCome] = createMeeting();
  const described = projectOnce().then(describeProject);
  const needsMembers = demand.members || demand.issues.length > 0 || demand.mergeRequests.length > 0;
  const members = needsMembers ? read('members', () => readMembers(reading)) : null;

  const readings = [
    described,
    commitsAndAuthors(),
    ifAsked(demand.issues.length > 0, () => members && read('issues', () => readIssues(reading, demand.issues, members, issuesCome))),
    ifAsked(needsMembers, () => members),
    releasesAndPackages(),
    mapped(demand.pipelines, (since) => read('pipelines', () => countPipelinesSince(reading, since))),
    ifAsked(demand.mergeRequests.length > 0, () => members && read('mergeRequests', () => readMergeRequests(reading, demand.mergeRequests, members))),
    ifAsked(demand.protection, () => read('protection', () => readProtection(reading))),
    mapped(demand.decisions, async (url) => sources.decide(url, await described, stop.signal)),
    ifAsked(demand.subsequentUse, async () => sources.findUsers(await described, stop.signal)),
  ] as const;
  try {
    const [about, commits, issues, memberList, releases, pipelines, mergeRequests, protection, decisions, subsequentUse] = await Promise.all(readings);
    return { project: about, ...commits, issues, members: demand.members ? memberList : null, ...releases, pipelines, mergeRequests, protection, decisions, subsequentUse };
  } finally {
    // None goes on after this has ended, be it for another that failed, or because the answer came another way.
    stop.abort();
    await Promise.allSettled(readings);
    stop.dispose();
  }

  /** The same commits tell both where GraphQL has them; for the authors' accounts nothing else does. */
  async function commitsAndAuthors(): Promise<Pick<ProjectFacts, 'commits' | 'commitAuthorship'>> {
    const queried = demand.issues.length > 0 ? queryAuthoredCommits(reading, demand.issues, demand.commits, commitsCome).finally(() => void commitsCome()) : null;
    const [commits, commitAuthorship] = await Promise.all([
      ifAsked(demand.commits.length > 0, () => read('commits', () => readCommits(reading, demand.commits, queried))),
      ifAsked(queried !== null, () => queried && read('commits', () => readAuthorship(reading, demand.issues, queried))),
    ]);
    return { commits, commitAuthorship };
  }

  /** One after the other, because together they count: each is read only as far as those before it leave a question. */
  async function releasesAndPackages(): Promise<Pick<ProjectFacts, 'releases' | 'tags' | 'packages' | 'images'>> {
    const asksPackages = demand.packages.length > 0;
    const packages = await ifAsked(asksPackages, () => read('packages', () => readPackages(reading, demand.packages)));
    const packaged = itemsOf(packages);
    const releases = await ifAsked(asksPackages || demand.releases.length > 0, () =>
      read('releases', () => readReleases(reading, { releases: demand.releases, packages: demand.packages, packaged })),
    );
    const released = itemsOf(releases);
    const [tags, images] = await Promise.all([
      ifAsked(demand.releases.length > 0, () => read('tags', () => readTags(reading, demand.releases, released))),
      ifAsked(asksPackages, () => read('images', () => readImages(reading, demand.packages, [...packaged, ...released.filter(({ assetLinks }) => assetLinks > 0)]))),
    ]);
    return { releases, tags, packages, images };
  }
}

function itemsOf<T extends Dated>(fact: Fact<Window<T>> | null): readonly T[] {
  return fact?.status === 'known' ? fact.value.items : [];
}

async function ifAsked<T>(asked: boolean, read: () => Promise<T> | null): Promise<T | null> {
  return asked ? read() : null;
}

async function mapped<Key, Value>(keys: readonly Key[], make: (key: Key) => Promise<Value>): Promise<ReadonlyMap<Key, Value>> {
  return new Map(await Promise.all(keys.map(async (key) => [key, await make(key)] as const)));
}

/** A signal that is aborted with another one, or by itself. Disposed, it leaves nothing behind on the other. */
function stopWith(signal: AbortSignal): { readonly signal: AbortSignal; abort(): void; dispose(): void } {
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    abort: () => controller.abort(),
    dispose: () => signal.removeEventListener('abort', onAbort),
  };
}
