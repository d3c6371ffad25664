import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { draw } from '../../src/drawing/draw';
import { loadPlainBadgeMaker } from '../drawing/plainBadgeMaker';

export interface DrawingFigures {
  /** How many different badges each round draws. */
  readonly badges: number;
  /** Median over the rounds, milliseconds for all badges. */
  readonly drawMs: number;
  /** The same for badge-maker as it is published. */
  readonly plainMs: number;
  /** drawMs / plainMs: below 1 ours is faster. */
  readonly ratio: number;
  /** Minified bytes of the drawing bundle, and of badge-maker alone bundled with its own width tables. */
  readonly bundleBytes: number;
  readonly plainBundleBytes: number;
  /** Median milliseconds that loading the bundle takes in a fresh process. */
  readonly loadMs: number;
  readonly plainLoadMs: number;
}

const badges = 10_000;
const rounds = 7;
const loads = 9;

/**
 * Draws the same badges with ours and with plain badge-maker, turn by turn, so that a busy machine slows both, and loads the built
 * bundle and one of plain badge-maker, turn by turn as well.
 */
export async function benchDrawing(bundle = path.resolve('dist/drawing.js')): Promise<DrawingFigures> {
  const { makeBadge } = await loadPlainBadgeMaker();
  const faces = Array.from({ length: badges }, (_, index) => ({ label: `badge ${index}`, message: `value ${index * 7919}`, color: 'green' }));
  const ours = (): void => faces.forEach((face, index) => draw(face, { stem: `badge_${index}`, style: 'flat' }));
  const plain = (): void => faces.forEach((face, index) => makeBadge({ ...face, style: 'flat', idSuffix: `-badge_${index}` }));
  ours();
  plain();
  const times = { ours: [] as number[], plain: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    // Who comes first changes: the second one runs on the first one's garbage.
    for (const who of round % 2 === 0 ? (['ours', 'plain'] as const) : (['plain', 'ours'] as const)) {
      times[who].push(timed(who === 'ours' ? ours : plain));
    }
  }
  const [drawMs, plainMs] = [median(times.ours), median(times.plain)];
  return { badges, drawMs, plainMs, ratio: drawMs / plainMs, ...benchBundles(bundle) };
}

function benchBundles(bundle: string): Pick<DrawingFigures, 'bundleBytes' | 'plainBundleBytes' | 'loadMs' | 'plainLoadMs'> {
  // Required at run time: esbuild can't be part of a bundle.
  const { buildSync } = createRequire(path.resolve('package.json'))('esbuild') as { buildSync: (options: object) => unknown };
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-drawing-'));
  try {
    const plain = path.join(folder, 'plain.js');
    buildSync({
      stdin: { contents: `export * from 'badge-maker'`, resolveDir: process.cwd() },
      outfile: plain,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      minify: true,
      legalComments: 'none',
    });
    const loadMs: number[] = [];
    const plainLoadMs: number[] = [];
    for (let load = 0; load < loads; load++) {
      loadMs.push(loadTime(bundle));
      plainLoadMs.push(loadTime(plain));
    }
    return { bundleBytes: statSync(bundle).size, plainBundleBytes: statSync(plain).size, loadMs: median(loadMs), plainLoadMs: median(plainLoadMs) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function loadTime(bundle: string): number {
  const script = `const start = performance.now(); require(process.argv[1]); process.stdout.write(String(performance.now() - start));`;
  return Number(execFileSync(process.execPath, ['-e', script, bundle], { encoding: 'utf8' }));
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
