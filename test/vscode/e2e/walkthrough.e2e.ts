import assert from 'node:assert/strict';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { makeWorkspace } from '../harness/workspace';
import { useDemo } from './demo';

describe('the walkthrough', () => {
  const demo = useDemo((gitlab) => makeWorkspace({ shop: { remotes: { origin: `${gitlab.url}/acme/shop.git` }, files: { 'README.md': '# Shop\n' } } }));
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1600, height: 900 } }));

  /** The picture beside the steps, once it is not the one of before. */
  async function anotherPicture(before: string | undefined): Promise<string> {
    let picture = '';
    await until(async () => (picture = await editor.workbench.webview().locator('svg').first().innerHTML()) !== before, 'the picture of the step');
    return picture;
  }

  it('shows every step with its picture, and asks no GitLab', async () => {
    const { workbench } = editor;
    const { page } = workbench;
    await workbench.statusBarEntry('main').waitFor(); // VS Code has read the repository
    await workbench.focusContainer(containerTitle);
    await workbench.welcome('Badges').getByText('See what badges can do', { exact: true }).click();
    const steps = page.locator('.gettingStartedContainer .getting-started-step');
    await steps.first().waitFor();
    const titles = await steps.locator('.step-title').allInnerTexts();
    assert.equal(titles.length, 7);
    const pictures: string[] = [];
    for (const [index, title] of titles.entries()) {
      if (index > 0) await steps.nth(index).click();
      await page.locator('.getting-started-step.expanded .step-title', { hasText: title }).waitFor();
      pictures.push(await anotherPicture(pictures.at(-1)));
      await workbench.screenshot(`walkthrough-${index + 1}`);
    }
    assert.equal(new Set(pictures).size, titles.length, 'each step has a picture of its own');
    assert.equal(demo.gitlab.requests.length, 0);
    assert.deepEqual(await workbench.toastTexts(), []);
  });
});
