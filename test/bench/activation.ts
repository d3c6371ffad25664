import path from 'node:path';
import { openEditor } from '../vscode/harness/editor';
import { temporaryFolder } from '../vscode/harness/temporaryFolder';
import { packageFolder, packageVsix } from '../vscode/harness/vsix';
import { makeWorkspace } from '../vscode/harness/workspace';
import type { Workbench } from '../vscode/harness/workbench';

interface ActivationFigures {
  /** While VS Code is still starting: the view is opened as soon as its icon is there. */
  readonly early: Activations;
  /** By a command, once the window has settled: what it costs without the noise of a start. */
  readonly settled: Activations;
  /** The same of an extension that registers one command and does nothing else: VS Code's own part. */
  readonly baseline: Activations;
  /** settled.medianMs - baseline.medianMs: our part. */
  readonly ownMs: number;
}

export interface Activations {
  /** One for each start of VS Code. */
  readonly runs: readonly ActivationTimes[];
  /** Of both parts together. */
  readonly medianMs: number;
}

/** As VS Code itself measured them ("Developer: Startup Performance"), milliseconds in whole numbers. */
interface ActivationTimes {
  /** Finding, reading and running the bundle. */
  readonly loadMs: number;
  /** `activate` itself. */
  readonly callMs: number;
}

const starts = 5;
const product = 'badgesmith.badgesmith';
const baseline = 'badgesmith.badgesmith-baseline';

/** Activates the packaged extension in a real VS Code, many times, beside a nearly empty one. */
export async function benchActivation(): Promise<ActivationFigures> {
  const vsix = await packageVsix();
  const folder = temporaryFolder();
  const baselineVsix = path.join(folder.path, 'baseline.vsix');
  await packageFolder(path.resolve('test/bench/baseline'), baselineVsix);
  const workspace = makeWorkspace({ shop: { remotes: {}, files: { 'README.md': '# Shop\n' } } });
  const early: ActivationTimes[] = [];
  const settled: ActivationTimes[] = [];
  const nearlyEmpty: ActivationTimes[] = [];
  try {
    for (let start = 0; start < starts; start++) {
      await withWorkbench(workspace.path, [vsix], async (workbench) => {
        await workbench.focusContainer('GitLab Badges');
        await workbench.welcome('Badges').waitFor();
        await openReport(workbench);
        early.push(await timesOf(workbench, product));
      });
      await withWorkbench(workspace.path, [vsix, baselineVsix], async (workbench) => {
        // Git and its branch come last of what a start brings along.
        await workbench.statusBarEntry('main').waitFor();
        // Whichever is second may find something done already, so each is second every other time.
        const activate = [
          async () => {
            await workbench.runCommand('Nearly Empty Extension: Activate');
            await workbench.statusBarEntry('Nearly empty extension activated').waitFor();
          },
          async () => {
            await workbench.runCommand('GitLab Badges: Show Badge Log');
            await workbench.page.locator('.part.panel').getByText('Output').first().waitFor();
          },
        ];
        for (const each of start % 2 === 0 ? activate : activate.reverse()) await each();
        await openReport(workbench);
        nearlyEmpty.push(await timesOf(workbench, baseline));
        settled.push(await timesOf(workbench, product));
      });
    }
  } finally {
    workspace.remove();
    folder.remove();
  }
  const figures = { early: summary(early), settled: summary(settled), baseline: summary(nearlyEmpty) };
  return { ...figures, ownMs: figures.settled.medianMs - figures.baseline.medianMs };
}

function summary(runs: readonly ActivationTimes[]): Activations {
  const sorted = runs.map(({ loadMs, callMs }) => loadMs + callMs).sort((a, b) => a - b);
  return { runs, medianMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN };
}

async function withWorkbench(workspace: string, vsix: readonly string[], use: (workbench: Workbench) => Promise<void>): Promise<void> {
  const editor = await openEditor({ workspace, vsix });
  try {
    await use(editor.workbench);
  } finally {
    await editor.close();
  }
}

async function openReport(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Developer: Startup Performance');
  await workbench.page.locator('.view-line', { hasText: 'System Info' }).waitFor();
}

/** Looks an extension up in the report, which is long and of which only what is in view is there, as a person would. */
async function timesOf({ page }: Workbench, extension: string): Promise<ActivationTimes> {
  await page.keyboard.press('Control+F');
  await page.locator('.find-widget.visible').waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(`${extension} `);
  const cells = new RegExp(`${extension.replace('.', '\\.')}\\s*\\|\\s*\\w+\\s*\\|\\s*(\\d+)\\s*\\|\\s*(\\d+)`);
  const row = page.locator('.view-line', { hasText: cells }).first();
  await row.waitFor();
  const [, load, call] = cells.exec((await row.innerText()).replaceAll('\u00a0', ' ')) ?? [];
  return { loadMs: Number(load), callMs: Number(call) };
}
