import assert from 'node:assert/strict';
import type { Fact } from '../../../src/core/fact';
import type { FactsDemand } from '../../../src/core/levels/demand';
import type { ProjectFacts } from '../../../src/core/levels/facts';
import { createConnection, type Connection, type ConnectionOptions } from '../../../src/gitlab/connection';
import { createIsBot } from '../../../src/sources/levels/accounts';
import { collectProjectFacts, type FactSources } from '../../../src/sources/levels/collectFacts';
import type { FakeGitLab } from '../../fakes/gitlab/server';

export const now = '2026-07-15T12:00:00.000Z';
export const sixMonths = '2026-01-15T12:00:00.000Z';
export const threeMonths = '2026-04-15T12:00:00.000Z';

/** What no check asks for. */
export const nothing: FactsDemand = {
  now,
  commits: [],
  issues: [],
  releases: [],
  packages: [],
  pipelines: [],
  mergeRequests: [],
  members: false,
  protection: false,
  decisions: [],
  subsequentUse: false,
};

/** What the official badge `maintained` asks for. */
export const maintained: FactsDemand = {
  ...nothing,
  commits: [{ since: sixMonths, enough: null }],
  issues: [{ since: threeMonths, enough: null }],
  releases: [{ since: sixMonths, enough: 1 }],
  members: true,
};

/** As the user of the token `secret`, trying everything once. */
export function connect(gitlab: FakeGitLab, options: Partial<ConnectionOptions> = {}): Connection {
  return createConnection({ instance: gitlab.url, token: { kind: 'private', value: 'secret' }, fetch: (url, init) => fetch(url, init), retry: { attempts: 1 }, ...options });
}

export function sourcesOf(connection: Connection, isJobToken = false): FactSources {
  return {
    connection,
    isJobToken,
    isBot: createIsBot(connection),
    decide: (url, project) => Promise.resolve({ status: 'known', value: { granted: true, by: null, ignored: [url, project.path] }, origin: { kind: 'link', text: url, at: now } }),
    findUsers: (project) => Promise.resolve({ status: 'known', value: [project.path], origin: { kind: 'link', text: 'api', at: now } }),
  };
}

export function collect(connection: Connection, demand: Partial<FactsDemand>, project = 'acme/shop', isJobToken = false): Promise<ProjectFacts> {
  return collectProjectFacts(sourcesOf(connection, isJobToken), project, { ...nothing, ...demand }, new AbortController().signal);
}

/** The value of a fact that is to be known. */
export function known<T>(fact: Fact<T> | null | undefined): T {
  assert(fact?.status === 'known', JSON.stringify(fact));
  return fact.value;
}

/** Why a fact has no value. */
export function reason(fact: Fact<unknown> | null | undefined, status: 'unknown' | 'failed'): string {
  assert(fact && fact.status !== 'known', JSON.stringify(fact));
  assert.equal(fact.status, status, fact.reason);
  return fact.reason;
}
