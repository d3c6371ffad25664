import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openEditor, type EditorOptions } from '../vscode/harness/editor';
import { until } from '../vscode/harness/until';

/** Looks at the demo as its user does: the badges are there without a click, can be generated, and can be seen. */
export async function checkDemo(options: EditorOptions): Promise<void> {
  const editor = await openEditor(options);
  const { workbench } = editor;
  try {
    const tree = workbench.tree('Badges');
    await tree.row('license', 'MIT License', { timeoutMs: 60_000 });
    await tree.row('total tests', '412');
    await workbench.screenshot('demo-badges');

    await workbench.runCommand('GitLab Badges: Generate Badges');
    await workbench.toast('public/badges', { timeoutMs: 60_000 });
    assert.ok(existsSync(path.join(options.workspace, 'public/badges/license_name.svg')), 'the picture of the license is written');
    await workbench.screenshot('demo-generated');

    await workbench.runCommand('GitLab Badges: Open Badge Preview');
    const image = workbench.webview().locator('img').first();
    await image.waitFor();
    await until(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth > 0), 'the preview to show a badge');
    await workbench.screenshot('demo-preview');
    assert.deepEqual(
      (await tree.rows()).filter((row) => row.icon === 'error').map((row) => row.label),
      [],
      'no badge failed',
    );
    console.log('The badges are there, were generated, and are in the preview. Screenshots: out/screenshots/demo-*.png');
  } catch (error) {
    const screenshot = await workbench.screenshot('demo-failed');
    throw new Error(`What was on the screen: ${screenshot}`, { cause: error });
  } finally {
    await editor.close();
  }
}
