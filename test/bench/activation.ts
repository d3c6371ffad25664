import { openEditor } from '../vscode/harness/editor';
import { packageVsix } from '../vscode/harness/vsix';
import { makeWorkspace } from '../vscode/harness/workspace';

export interface ActivationFigures {
  /** Of each start of VS Code, milliseconds in whole numbers. */
  readonly runs: readonly ActivationTimes[];
  /** Of both parts together. */
  readonly medianMs: number;
}

export interface ActivationTimes {
  /** Finding, reading and running the bundle. */
  readonly loadMs: number;
  /** `activate` itself. */
  readonly callMs: number;
}

const starts = 5;

/** What VS Code itself measured ("Developer: Startup Performance") of the packaged extension, when its view is opened. */
export async function benchActivation(): Promise<ActivationFigures> {
  await packageVsix();
  const workspace = makeWorkspace({ shop: { remotes: {}, files: { 'README.md': '# Shop\n' } } });
  try {
    const runs: ActivationTimes[] = [];
    for (let start = 0; start < starts; start++) runs.push(await activateOnce(workspace.path));
    const sorted = runs.map(({ loadMs, callMs }) => loadMs + callMs).sort((a, b) => a - b);
    return { runs, medianMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN };
  } finally {
    workspace.remove();
  }
}

async function activateOnce(workspace: string): Promise<ActivationTimes> {
  const editor = await openEditor({ workspace });
  const { workbench } = editor;
  try {
    await workbench.focusContainer('GitLab Badges');
    await workbench.welcome('Badges').waitFor();
    await workbench.runCommand('Developer: Startup Performance');
    const { page } = workbench;
    await page.locator('.view-line', { hasText: 'System Info' }).waitFor();
    // The document is long and only what is in view is there: look for the row as a person would.
    await page.keyboard.press('Control+F');
    await page.keyboard.type('badgesmith.badgesmith');
    const row = page.locator('.view-line', { hasText: /badgesmith\.badgesmith.*\d+.*\d+/ }).first();
    await row.waitFor();
    const [, load, call] = /badgesmith\.badgesmith\s*\|\s*\w+\s*\|\s*(\d+)\s*\|\s*(\d+)/.exec((await row.innerText()).replaceAll('\u00a0', ' ')) ?? [];
    if (load === undefined || call === undefined) throw new Error(`VS Code's row of the extension is not as expected: ${await row.innerText()}`);
    return { loadMs: Number(load), callMs: Number(call) };
  } finally {
    await editor.close();
  }
}
