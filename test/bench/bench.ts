// Prints figures of speed and size beside the bounds they have to hold; with --json as one document. Compare figures of one run only.
// `widths` compares estimated text widths with those of Chromium instead; with --write it makes the tables of letters anew.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { benchActivation, type Activations } from './activation';
import { benchDrawing } from './drawing';
import { benchEvaluate, smallHeapMiB } from './evaluate';
import { benchGenerate } from './generate';
import { benchLanguage } from './language';
import { benchLevels } from './levels';
import { benchReadme } from './readme';
import { benchRequests } from './requests';
import { benchWidths } from './widths';

if (process.argv.includes('widths')) {
  await benchWidths(process.argv.includes('--write'));
  process.exit();
}

const asJson = process.argv.includes('--json');
const progress = (text: string) => process.stderr.write(`${text}\n`);

const bundles = ['extension.js', 'composition.js', 'engine.js', 'language.js', 'publishing.js', 'drawing.js', 'webview.js', 'badgeForm.js', 'published.js', 'pick.js', 'cli.js', 'proxy.js', 'domains.js', 'patterns.js', 'badgesmith.vsix'];

progress('Drawing…');
const drawing = await benchDrawing();
progress('Requests…');
const requests = await benchRequests(200);
progress('Judging levels…');
const levels = benchLevels();
progress('Reading READMEs…');
const readme = benchReadme();
progress('Reading configuration files as they are typed…');
const language = [benchLanguage('levels'), benchLanguage('yaml'), benchLanguage('toml')];
progress('Evaluating a project, and groups of 200 and 1,000…');
const evaluate = await benchEvaluate(200, [200, 1_000]);
progress('Generating from 1,000 and from 10,000 files…');
const generate = [benchGenerate(1_000), benchGenerate(10_000)];
progress('Activation in a real VS Code…');
const activation = await benchActivation();

const bytes = Object.fromEntries(
  bundles.filter((name) => existsSync(path.join('dist', name))).map((name) => [name, statSync(path.join('dist', name)).size]),
);
const figures = { bytes, drawing, requests, levels, language, readme, evaluate, generate, activation };

if (asJson) {
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
} else {
  const row = (label: string, value: string, bound = '') => process.stdout.write(`${label.padEnd(52)} ${value.padStart(14)}   ${bound}\n`);
  const kib = (size: number | undefined) => (size === undefined ? 'not built' : `${(size / 1024).toFixed(1)} KiB`);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  row('extension bundle that loads at activation', kib(bytes['extension.js']), 'at most 60 KB');
  row('drawing bundle', kib(bytes['drawing.js']), 'at most 150 KB');
  row('bundle behind the views and commands, on first use', kib(bytes['composition.js']));
  row('engine bundle, loaded on first use', kib(bytes['engine.js']));
  row('bundle that helps with configuration files', kib(bytes['language.js']));
  row('VSIX (npm run package)', kib(bytes['badgesmith.vsix']), 'at most 1 MB');
  row(`drawing ${drawing.badges} badges, ours`, ms(drawing.drawMs));
  row(`drawing ${drawing.badges} badges, plain badge-maker`, ms(drawing.plainMs));
  row('drawing, ours / plain', drawing.ratio.toFixed(2), 'at most 1');
  row(`  in ${Object.keys(drawing.scripts).join(', ')}`, Object.values(drawing.scripts).map((ratio) => ratio.toFixed(2)).join(', '), 'at most 1');
  row('loading the drawing bundle, ours', ms(drawing.loadMs), 'at most 10 ms');
  row('loading badge-maker as published', ms(drawing.plainLoadMs));
  row(`requests for ${requests.badges} fact badges`, String(requests.requests), 'at most 6');
  row(`their time with ${requests.latencyMs} ms of latency / that latency`, requests.ratio.toFixed(2), 'at most 1.5');
  row('second run with the same cache: requests, 304 answers', `${requests.secondRun.requests}, ${requests.secondRun.notModified}`, 'all 304');
  row(`judging ${levels.badges} badges, ${levels.checks} checks, ${levels.commits} commits, ${levels.issues} issues`, ms(levels.firstMs));
  row('  again after an edit of the thresholds', ms(levels.againMs), 'at most 50 ms');
  for (const { kind, lines, diagnosticsMs, faultyMs, completionMs, hoverMs, shapes } of language) {
    row(`${lines} lines of ${{ levels: '.badge-api.yaml', yaml: 'badges.yaml', toml: 'badges.toml' }[kind]}: diagnostics`, ms(diagnosticsMs), 'at most 16 ms');
    row('  with a mistake in many lines', ms(faultyMs), 'at most 16 ms');
    row('  completion', ms(completionMs), 'at most 16 ms');
    for (const { shape, diagnosticsMs: judged, completionMs: completed } of shapes) row(`  with ${shape}: both`, `${ms(judged)}, ${ms(completed)}`, 'at most 16 ms');
    row('  hover', ms(hoverMs));
  }
  for (const { bytes: size, images, readMs, judgeMs } of [readme.ordinary, readme.large]) {
    row(`a README of ${kib(size)}, ${images} images: reading it`, ms(readMs), size > 1_000_000 ? '' : 'at most 16 ms');
    row('  judging its badges, and its block', ms(judgeMs));
  }
  const { project, groups } = evaluate;
  row(`maintained, ${project.issues} issues: requests, round trips`, `${project.requests}, ${project.roundTrips}`, 'at most 10, 4');
  row(`  time with ${project.latencyMs} ms of latency`, ms(project.elapsedMs));
  for (const { projects, requests: sent, elapsedMs, peakMiB, smallHeapPeakMiB } of groups) {
    row(`a group of ${projects} projects, whole process: requests`, String(sent));
    row('  projects a second', (projects / (elapsedMs / 1000)).toFixed(1));
    row('  peak memory', `${peakMiB.toFixed(0)} MiB`);
    row(`  peak memory with a heap of ${smallHeapMiB} MiB`, `${smallHeapPeakMiB.toFixed(0)} MiB`);
  }
  row('  that of the largest / of the smallest', ((groups.at(-1)?.smallHeapPeakMiB ?? NaN) / (groups[0]?.smallHeapPeakMiB ?? NaN)).toFixed(2), 'at most 1.1');
  for (const figure of generate) {
    row(`generate over ${figure.files} JSON files, whole process`, ms(figure.firstMs));
    row('  the same again, nothing to write', ms(figure.againMs));
    row('  the disk work alone', ms(figure.diskMs));
    row('  peak memory', `${figure.peakMiB.toFixed(0)} MiB`);
  }
  const runs = (each: Activations) => each.runs.map(({ loadMs, callMs }) => `${loadMs}+${callMs}`).join(', ');
  row('activation: loading code + activate(), our own part', ms(activation.ownMs), 'at most 20 ms');
  for (const [label, each] of [['in a settled window', activation.settled], ['a nearly empty extension', activation.baseline], ['while VS Code starts', activation.early]] as const) {
    row(`  ${label}, median`, ms(each.medianMs), runs(each));
  }
}
