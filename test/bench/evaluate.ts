import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evaluateOne } from '../../src/app/evaluate';
import { readLevelsConfig } from '../../src/config/levelsFile';
import { createConnection } from '../../src/gitlab/connection';
import type { FactSources } from '../../src/sources/levels/collectFacts';
import { FakeData } from '../fakes/gitlab/data';
import { largeGroup } from '../fakes/gitlab/largeGroup';
import { startFakeGitLab } from '../fakes/gitlab/server';
import { addBusyProject } from '../sources/levels/busyProject';
import { fetchInWaves } from '../sources/levels/waves';

interface EvaluateFigures {
  readonly project: {
    readonly issues: number;
    readonly requests: number;
    /** How many answers had to be waited for one after the other. */
    readonly roundTrips: number;
    readonly latencyMs: number;
    readonly elapsedMs: number;
  };
  readonly groups: readonly GroupFigures[];
}

interface GroupFigures {
  readonly projects: number;
  readonly requests: number;
  /** Of the whole process, milliseconds. */
  readonly elapsedMs: number;
  /** Greatest resident memory of the process, MiB. It holds garbage, too: Node collects it late as long as nothing bounds the heap. */
  readonly peakMiB: number;
  /** The same with a heap of `smallHeapMiB`, which leaves room for little but what is in use. */
  readonly smallHeapPeakMiB: number;
}

export const smallHeapMiB = 64;

/** openCode's own badge. */
const maintained = `badges:
  - id: maintained
    levels:
      - name: bronze
        checks:
          - { type: COMMITS, threshold: { timeRangeInMonths: 6, min: 5 } }
          - { type: ISSUE_REACTION_TIME, threshold: { timeRangeInMonths: 3, max: 7 } }
      - name: silver
        checks:
          - { type: RELEASES, threshold: { timeRangeInMonths: 6, min: 1 } }
      - name: gold
        checks:
          - { type: BUS_FACTOR, threshold: { timeRangeInMonths: 6, min: 2 } }
`;

const now = '2026-07-15T12:00:00.000Z';

export async function benchEvaluate(latencyMs: number, sizes: readonly number[]): Promise<EvaluateFigures> {
  const project = await benchProject(latencyMs);
  const groups: GroupFigures[] = [];
  for (const size of sizes) groups.push(await benchGroup(size));
  return { project, groups };
}

/** The badge `maintained` of a project with 300 issues in its range, by facts that nobody fetched before. */
async function benchProject(latencyMs: number): Promise<EvaluateFigures['project']> {
  const issues = 300;
  const gitlab = await startFakeGitLab({ now: () => new Date(now) });
  try {
    addBusyProject(gitlab.data, now, { issues });
    const evaluate = async (fetching: typeof fetch) => {
      const connection = createConnection({ instance: gitlab.url, token: { kind: 'private', value: 'secret' }, fetch: (url, init) => fetching(url, init) });
      const nobody = () => Promise.reject(new Error('Nothing asks for it.'));
      const sources: FactSources = { connection, isJobToken: false, isBot: nobody, decide: nobody, findUsers: nobody };
      const definition = readLevelsConfig(maintained).definition;
      if (!definition) throw new Error('The configuration of the bench is broken.');
      const start = performance.now();
      const { evaluation } = await evaluateOne(sources, { definition, project: 'acme/shop', now }, new AbortController().signal);
      if (evaluation.badges[0]?.status === 'unknown') throw new Error(evaluation.badges[0].summary);
      return { requests: connection.requests, elapsedMs: performance.now() - start };
    };
    const { fetch: inWaves, waves } = fetchInWaves();
    await evaluate(inWaves as typeof fetch);
    gitlab.faults.latencyMs = latencyMs;
    const { requests, elapsedMs } = await evaluate(fetch);
    return { issues, requests, roundTrips: waves.length, latencyMs, elapsedMs };
  } finally {
    await gitlab.close();
  }
}

async function benchGroup(projects: number): Promise<GroupFigures> {
  const { requests, elapsedMs, peakMiB } = await evaluateGroup(projects, []);
  const small = await evaluateGroup(projects, [`--max-old-space-size=${smallHeapMiB}`]);
  if (small.requests !== requests) throw new Error(`${requests} requests in the first run, ${small.requests} in the second.`);
  return { projects, requests, elapsedMs, peakMiB, smallHeapPeakMiB: small.peakMiB };
}

/** `badgesmith evaluate --group`, as a whole process; the GitLab it asks is in this one. */
async function evaluateGroup(count: number, nodeOptions: readonly string[]): Promise<Pick<GroupFigures, 'requests' | 'elapsedMs' | 'peakMiB'>> {
  const data = new FakeData();
  const { group, token } = largeGroup(data, { now: new Date(now), count });
  const gitlab = await startFakeGitLab({ data, now: () => new Date(now) });
  const folder = mkdtempSync(path.join(tmpdir(), 'badgesmith-bench-'));
  try {
    const report = path.join(folder, 'peak');
    const hook = path.join(folder, 'hook.cjs');
    writeFileSync(hook, `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.resourceUsage().maxRSS)));`);
    writeFileSync(path.join(folder, '.badge-api.yaml'), maintained);
    const args = [...nodeOptions, '--require', hook, path.resolve('dist/cli.js'), 'evaluate', '--server', gitlab.url, '--group', group.path, '--recursive', '--now', now, '--out', 'levels'];
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd: folder, env: { PATH: process.env['PATH'], GITLAB_TOKEN: token }, stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    child.stderr.on('data', (text: Buffer) => (told += text.toString()));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    const elapsedMs = performance.now() - start;
    if (code !== 0) throw new Error(`evaluate ended with ${code}: ${told}`);
    return { requests: gitlab.requests.length, elapsedMs, peakMiB: Number(readFileSync(report, 'utf8')) / 1024 };
  } finally {
    await gitlab.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
