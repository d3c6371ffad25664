import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { collect } from '../../src/app/collect';
import { openFolder } from '../../src/app/diskFolder';
import { createConnection } from '../../src/gitlab/connection';
import { diskCache } from '../../src/gitlab/httpCache';
import { createFetchPublic } from '../../src/sources/fetchPublic';
import { demoData, demoTokens } from '../fakes/gitlab/demo';
import { startFakeGitLab } from '../fakes/gitlab/server';

interface RequestFigures {
  readonly badges: number;
  readonly requests: number;
  /** Of every answer, milliseconds. */
  readonly latencyMs: number;
  readonly elapsedMs: number;
  /** elapsedMs / latencyMs. */
  readonly ratio: number;
  readonly secondRun: { readonly requests: number; readonly notModified: number };
}

/** All fact badges of the demo project, twice, from a GitLab that takes its time. */
export async function benchRequests(latencyMs: number): Promise<RequestFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'badgesmith-bench-'));
  const gitlab = await startFakeGitLab({ data: demoData({ now: new Date() }) });
  const log = { debug: () => {}, info: () => {}, warn: () => {} };
  const run = async () => {
    const connection = createConnection({
      instance: gitlab.url,
      token: { kind: 'private', value: demoTokens.maintainer },
      fetch: (url, init) => fetch(url, init),
      cache: diskCache(path.join(folder, 'cache')),
    });
    const before = gitlab.requests.length;
    const start = performance.now();
    const snapshot = await collect(
      {
        folder: openFolder(folder),
        project: { connection, ref: { instance: gitlab.url, project: 'acme/shop' }, isJobToken: false },
        fetchPublic: createFetchPublic(fetch),
        now: () => new Date(),
        log,
      },
      { definition: {}, definitionFile: null, problems: [] },
      new AbortController().signal,
    );
    const known = snapshot.badges.filter((badge) => badge.status === 'known').length;
    return { known, elapsedMs: performance.now() - start, requests: gitlab.requests.slice(before) };
  };
  try {
    await run();
    rmSync(path.join(folder, 'cache'), { recursive: true });
    gitlab.faults.latencyMs = latencyMs;
    const first = await run();
    const second = await run();
    return {
      badges: first.known,
      requests: first.requests.length,
      latencyMs,
      elapsedMs: first.elapsedMs,
      ratio: first.elapsedMs / latencyMs,
      secondRun: { requests: second.requests.length, notModified: second.requests.filter((request) => request.status === 304).length },
    };
  } finally {
    await gitlab.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
