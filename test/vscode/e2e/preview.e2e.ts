import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { makeDemoWorkspace } from '../../demo/demoWorkspace';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { signIn, useDemo } from './demo';

/** 21 facts, 4 of the report, 2 with levels, 2 static ones, 2 of endpoint files. */
const badgeCount = 31;

describe('the preview', () => {
  const demo = useDemo((gitlab) => makeDemoWorkspace(gitlab.url));
  const editor = useEditor(() => ({ workspace: demo.workspace.path, settings: { 'files.autoSave': 'off' }, viewport: { width: 1600, height: 1000 } }));
  const page = () => editor.workbench.webview();
  const light = (): Locator => page().locator('.ground.light');
  const dark = (): Locator => page().locator('.ground.dark');
  const rows = (): Locator => page().getByRole('list', { name: 'Badges' }).locator('> li');
  const filter = (): Locator => page().getByRole('searchbox', { name: 'Filter badges' });
  const sources = (images: Locator): Promise<string[]> => images.evaluateAll((elements) => elements.map((element) => (element as HTMLImageElement).src));

  it('shows every badge on light and on dark ground', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    await workbench.tree('Badges').row('license', 'MIT License');
    await workbench.viewAction('Badges', 'Open Badge Preview');
    await workbench.tab('Badge Preview: acme/shop').waitFor();
    await until(async () => (await rows().count()) === badgeCount, 'the rows of all badges');
    await page().getByRole('heading', { name: `acme/shop · ${demo.name}` }).waitFor();
    for (const ground of [light(), dark()]) {
      const images = ground.locator('img');
      assert.equal(await images.count(), badgeCount);
      assert.deepEqual((await sources(images)).filter((source) => !source.startsWith('data:image/svg+xml;base64,')), []);
      await until(() => images.evaluateAll((elements) => elements.every((image) => (image as HTMLImageElement).naturalWidth > 0)), 'the images to be drawn');
    }
    assert.ok(brightness((await colors(light())).ground) > 200);
    assert.ok(brightness((await colors(dark())).ground) < 60);
    await workbench.screenshot('preview');
  });

  it('runs no script of a badge: badges are images, and the page allows its own script alone', async () => {
    assert.equal(await page().locator('body').locator('svg:not(.chart, .steps), object, embed, iframe, foreignObject').count(), 0);
    const policy = (await page().locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')) ?? '';
    assert.match(policy, /^default-src 'none'; img-src data:; style-src [^;]+; script-src 'nonce-[\w-]{20,}'$/);
    assert.doesNotMatch(policy, /unsafe|\*(?!\.)/);
  });

  it('shows the ladder of a badge with levels: each check with its value against the threshold', async () => {
    const { workbench } = editor;
    const row = rows().filter({ has: page().locator('.label', { hasText: /^maintained$/ }) });
    await row.getByAltText('maintained: silver').waitFor({ state: 'attached' });
    assert.deepEqual(
      await row.locator('.level').evaluateAll((levels) => levels.map((level) => ['.sign', '.name', '.state'].map((part) => level.querySelector(part)?.textContent))),
      [['✓', 'bronze', 'reached'], ['✓', 'silver', 'reached'], ['✗', 'gold', '2 checks missing']],
    );
    assert.equal(await row.getByRole('list', { name: 'Checks of gold' }).getByRole('listitem').first().locator('.spoken').innerText(), 'bus factor: not passed. 1, at least 2 is needed, in 6 months');
    assert.equal(await row.locator('svg.chart').count(), 5);
    assert.equal(await page().locator('svg [id]').count(), 0, 'nothing in them has an id that could be there twice');
    await row.scrollIntoViewIfNeeded();
    await workbench.screenshot('preview-ladder');
  });

  it('shows what is typed into the configuration of levels before it is saved, without a request', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    const row = rows().filter({ has: page().locator('.label', { hasText: /^maintained$/ }) });
    await workbench.openFile('.badge-api.yaml');
    demo.gitlab.requests.length = 0;
    await workbench.runCommand('View: Move Editor into Right Group'); // so that both are seen
    await keyboard.press('ControlOrMeta+Home');
    for (let line = 1; line < 19; line++) await keyboard.press('ArrowDown');
    await keyboard.press('End');
    for (let character = 0; character < ' }'.length; character++) await keyboard.press('ArrowLeft');
    await keyboard.press('Backspace');
    await keyboard.type('1');
    await row.getByText('1 check missing').waitFor();
    await row.getByText('it is not saved yet').waitFor();
    assert.deepEqual(demo.gitlab.requests, []);
    await workbench.screenshot('preview-unsaved');
    await workbench.runCommand('File: Revert File');
    await row.getByText('2 checks missing').waitFor();
    await workbench.runCommand('View: Close Editor');
  });

  it('shows what matches the filter, and says how many that are', async () => {
    const { workbench } = editor;
    await filter().fill('issues');
    const count = page().getByRole('status').filter({ hasText: 'badges' });
    await until(async () => (await count.innerText()) === `3 of ${badgeCount} badges`, 'the count of what is found');
    assert.deepEqual(await rows().locator('.label').allInnerTexts(), ['issues', 'open issues', 'closed issues']);
    assert.equal(await light().locator('img').count(), 3);
    await workbench.screenshot('preview-filtered');
    await filter().fill('no such badge');
    await page().getByText('No badge matches the filter.').waitFor();
    await filter().fill('');
    await until(async () => (await rows().count()) === badgeCount, 'all rows again');
    assert.equal(await count.innerText(), `${badgeCount} badges`);
  });

  it('draws every badge anew in another style', async () => {
    const before = await sources(light().locator('img'));
    for (const style of ['for-the-badge', 'social']) {
      await page().getByRole('combobox', { name: 'Style' }).selectOption(style);
      await until(async () => {
        const now = await sources(light().locator('img'));
        return now.length === before.length && now.every((source, index) => source !== before[index]);
      }, `every badge in the style ${style}`);
      await editor.workbench.screenshot(`preview-${style}`);
    }
    await page().getByRole('combobox', { name: 'Style' }).selectOption({ label: 'as configured' });
    await until(async () => (await sources(light().locator('img'))).join() === before.join(), 'the configured style again');
  });

  it('is drawn anew when the configuration changes on the disk', async () => {
    writeFileSync(path.join(demo.workspace.path, '.gitlab/badges.yaml'), 'style: plastic\nfacts: [license_name]\nstatic_badges:\n  - [chat, join us, blue]\n');
    await light().getByAltText('chat: join us').waitFor({ state: 'attached' });
    assert.deepEqual(await rows().locator('.label').allInnerTexts(), ['license', 'maintained', 'secure', 'chat', 'accessibility', 'bundle size']);
  });

  it('can be used with the keyboard alone', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    const focused = (): Promise<string> => page().locator(':focus').evaluate((element) => element.getAttribute('aria-label') ?? element.id ?? element.textContent ?? '');
    await page().getByRole('combobox', { name: 'Style' }).focus();
    await keyboard.press('Tab');
    assert.equal(await focused(), 'Filter badges');
    await keyboard.type('chat');
    await until(async () => (await rows().count()) === 1, 'the row that is found');
    for (let presses = 0; (await focused()) !== 'Copy chat'; presses += 1) {
      assert.ok(presses < 6, 'the copy button is reached by Tab');
      await keyboard.press('Tab');
    }
    await keyboard.press('Enter');
    await page().getByRole('menuitem', { name: 'Markdown', exact: true }).and(page().locator(':focus')).waitFor();
    await workbench.screenshot('preview-menu');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page().getByRole('status').filter({ hasText: 'Copied HTML of chat' }).waitFor();
    assert.equal(await workbench.clipboard(), '<img alt="chat: join us" src="public/badges/chat.svg">');
    assert.equal(await focused(), 'Copy chat', 'the focus is back on the button');
  });

  it('comes back with its filter after a reload of the window', async () => {
    const { workbench } = editor;
    await workbench.reload(containerTitle);
    await workbench.tab('Badge Preview: acme/shop').waitFor();
    await page().getByRole('status').filter({ hasText: '1 of 6 badges' }).waitFor();
    assert.equal(await filter().inputValue(), 'chat');
    assert.deepEqual(await rows().locator('.label').allInnerTexts(), ['chat']);
  });

  for (const [theme, name] of [['Dark High Contrast', 'vscode-high-contrast'], ['Light High Contrast', 'vscode-high-contrast-light'], ['Dark Modern', 'vscode-dark']] as const) {
    it(`follows the theme ${theme}`, async () => {
      const { workbench } = editor;
      await workbench.chooseTheme(theme);
      await page().locator(`body.${name}`).waitFor();
      await filter().fill('');
      await until(async () => (await rows().count()) === 6, 'all rows');
      await workbench.screenshot(`preview-${name}`);
      const { text, ground } = await colors(page().locator('.toolbar'));
      assert.ok(Math.abs(brightness(text) - brightness(ground)) > 100, `${text} on ${ground}`);
    });
  }
});

function colors(locator: Locator): Promise<{ readonly text: string; readonly ground: string }> {
  return locator.evaluate((element) => {
    const { color, backgroundColor } = getComputedStyle(element);
    return { text: color, ground: backgroundColor };
  });
}

/** Of `rgb(255, 255, 255)`; 0 to 255. */
function brightness(color: string): number {
  const [red = NaN, green = NaN, blue = NaN] = color.match(/[\d.]+/g)?.map(Number) ?? [];
  return (red + green + blue) / 3;
}
