import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface GenerateFigures {
  readonly files: number;
  /** Whole process, wall milliseconds: every SVG is new. */
  readonly firstMs: number;
  /** The same again: nothing changed, nothing is written. */
  readonly againMs: number;
  /** Only reading the JSON files, writing and renaming as many SVGs of the same size, and no engine. */
  readonly diskMs: number;
  /** Greatest resident memory of the first run, MiB. */
  readonly peakMiB: number;
}

const cli = path.resolve('dist/cli.js');

/** `badgesmith generate` over a folder of endpoint JSON files, as a whole process. */
export function benchGenerate(files: number): GenerateFigures {
  const folder = mkdtempSync(path.join(tmpdir(), 'badgesmith-bench-'));
  try {
    const badges = path.join(folder, 'public/badges');
    mkdirSync(badges, { recursive: true });
    for (let index = 0; index < files; index++) {
      writeFileSync(path.join(badges, `badge_${index}.json`), JSON.stringify({ schemaVersion: 1, label: `badge ${index}`, message: `${index * 7919} passed`, color: 'green' }));
    }
    const first = run(folder, files);
    const again = run(folder, files);
    return { files, firstMs: first.ms, againMs: again.ms, diskMs: diskAlone(badges), peakMiB: first.peakMiB };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(folder: string, files: number): { ms: number; peakMiB: number } {
  const report = path.join(folder, 'report.json');
  const hook = path.join(folder, 'report.cjs');
  writeFileSync(hook, `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify(process.resourceUsage().maxRSS)));`);
  writeFileSync(path.join(folder, 'badges.yaml'), 'facts: []\n');
  const start = performance.now();
  const output = execFileSync(process.execPath, ['--require', hook, cli, 'generate', '--config', path.join(folder, 'badges.yaml'), '--json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] },
  });
  const ms = performance.now() - start;
  const made = (JSON.parse(output) as { badges: unknown[] }).badges.length;
  if (made !== files) throw new Error(`generate made ${made} badges of ${files} files`);
  return { ms, peakMiB: Number(readFileSync(report, 'utf8')) / 1024 };
}

function diskAlone(badges: string): number {
  const out = `${badges}-copy`;
  mkdirSync(out);
  const start = performance.now();
  for (const name of readdirSync(badges)) {
    if (name.endsWith('.json')) readFileSync(path.join(badges, name), 'utf8');
    else {
      copyFileSync(path.join(badges, name), path.join(out, `${name}.new`));
      renameSync(path.join(out, `${name}.new`), path.join(out, name));
    }
  }
  return performance.now() - start;
}
