import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

const ci = 'badges:\n  script: badgesmith generate\n  artifacts:\n    paths: [public/badges]\n';
const config = 'facts: [license_name, open_issues]\nstatic_badges:\n  - [chat, join us, blue]\n';
/** As another job may have dropped it. */
const evil = JSON.stringify({ schemaVersion: 1, label: '](javascript:alert(1))', message: '<b>evil</b>', color: 'red' });
const insert = 'GitLab Badges: Insert Badge Snippet';
const update = 'GitLab Badges: Update Badges in README';

describe('badges in a README', () => {
  const demo = useDemo((gitlab) =>
    makeWorkspace({
      shop: { remotes: { origin: `${gitlab.url}/acme/shop.git` }, files: { 'README.md': '# Shop\n\nSells things.\n', '.gitlab-ci.yml': ci, '.gitlab/badges.yaml': config, 'public/badges/evil.json': evil, 'docs/guide.rst': 'Guide\n=====\n\n' } },
    }),
  );
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1500, height: 900 } }));
  const file = (name: string) => path.join(demo.workspace.folders['shop']!, name);
  const read = (name: string) => readFileSync(file(name), 'utf8');
  const toEnd = () => editor.workbench.page.keyboard.press('ControlOrMeta+End');
  /** Saves the document in the editor once it shows a text. */
  const save = async (name: string, shows: string): Promise<string> => {
    await until(async () => (await editor.workbench.editorText()).includes(shows), `${shows} in the editor`);
    await editor.workbench.page.keyboard.press('ControlOrMeta+S');
    await until(() => Promise.resolve(read(name).includes(shows)), `${name} to be saved`);
    return read(name);
  };
  const lens = (text: string | RegExp) => editor.workbench.page.locator('.codelens-decoration a').filter({ hasText: text }).first();
  const page = () => editor.workbench.webview();
  const options = () => page().getByRole('option');
  const names = (group: string) => page().getByRole('group', { name: group }).getByRole('option').evaluateAll((all) => all.map((option) => option.getAttribute('aria-label')?.replace(/, .*/, '')));
  const artifact = (stem: string) => `../-/jobs/artifacts/main/raw/public/badges/${stem}.svg?job=badges`;

  it('says what it needs where no document is open', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    await workbench.runCommand(insert);
    const toast = await workbench.toast('Open the document that the badges are to go into');
    await toast.dismiss();
  });

  it('shows every badge as it is drawn, and those that GitLab draws', async () => {
    const { workbench } = editor;
    await workbench.openFile('README.md');
    await workbench.runCommand(insert);
    await until(async () => (await options().count()) === 7, 'the badges');
    assert.deepEqual(await names('generated'), ['open issues: 12', 'license: MIT License', 'chat: join us', '](javascript:alert(1)): <b>evil</b>']);
    assert.deepEqual(await names('drawn by GitLab'), ['pipeline', 'coverage', 'latest release']);
    await until(() => options().locator('img').evaluateAll((images) => images.length === 7 && images.every((image) => (image as HTMLImageElement).naturalWidth > 40)), 'the badges to be drawn');
    await workbench.screenshot('readme-pick');
  });

  it('lets them be picked by keyboard and mouse, and shows in which order', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    await page().locator('[role=listbox]:focus').waitFor();
    await keyboard.type('pipe');
    await until(async () => (await options().count()) === 1, 'what matches the filter');
    await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await keyboard.press('Escape');
    await until(async () => (await options().count()) === 7, 'all badges again');
    await page().getByRole('option', { name: /^chat/ }).click();
    await keyboard.press('ArrowUp');
    await keyboard.press('Space');
    await page().getByRole('option', { name: /javascript/ }).click();
    await page().getByRole('option', { name: /^coverage/ }).click();
    await page().getByRole('option', { name: /^coverage/ }).click();
    assert.deepEqual(await options().locator('.tick').allInnerTexts(), ['', '3', '2', '4', '1', '', '']);
    assert.equal(await page().getByRole('option', { name: /^chat/ }).getAttribute('aria-label'), 'chat: join us, static badge "chat" of .gitlab/badges.yaml, number 2');
    assert.equal(await page().locator('.picks img').count(), 4);
    await workbench.screenshot('readme-picked');
  });

  it('comes back to them from a question that is not answered', async () => {
    const { workbench } = editor;
    await page().getByRole('button', { name: 'Insert into README.md' }).click();
    await (await workbench.quickInput('Where do the pictures come from?')).cancel();
    await page().locator('[role=listbox]:focus').waitFor();
    assert.deepEqual(await options().locator('.tick').allInnerTexts(), ['', '3', '2', '4', '1', '', '']);
    await workbench.page.keyboard.press('Enter');
  });

  it('offers the sources that can work, with who sees the picture', async () => {
    const { workbench } = editor;
    const sources = await workbench.quickInput('Where do the pictures come from?');
    const rows = await sources.rows();
    assert.deepEqual(rows.map(({ label }) => label), ['Artifact of the job “badges”', 'Artifact of the job “badges”, by its full address']);
    assert.deepEqual(rows[0], { label: 'Artifact of the job “badges”', description: 'everybody sees it', detail: 'Of the last successful run on main. Stays right in forks and after a move; on GitLab only.' });
    await workbench.screenshot('readme-sources');
    await sources.pick('Artifact of the job “badges”');
  });

  it('writes them in the order in which they were chosen, as text where they are hostile, below the title', async () => {
    const { workbench } = editor;
    const target = await workbench.quickInput('Where do they go?');
    await workbench.screenshot('readme-target');
    await target.pick('In a marked block');
    const project = `${demo.gitlab.url}/acme/shop`;
    const expected = [
      '# Shop',
      '',
      '<!-- badges:start -->',
      `[![pipeline](${project}/badges/main/pipeline.svg)](${project}/-/pipelines?ref=main)`,
      `[![chat: join us](${artifact('chat')})](${project})`,
      `[![license](${artifact('license_name')})](${project}/-/blob/main/LICENSE)`,
      `<a href="${project}"><img alt="&#93;(javascript:alert(1))" src="${artifact('evil')}"></a>`,
      '<!-- badges:end -->',
      '',
      'Sells things.',
      '',
    ].join('\n');
    const text = await save('README.md', 'badges:start');
    // Where the value came from is the demo's to say.
    const links = (markup: string) => markup.replace(/\]\(http[^)]*\)$/gm, '](…)');
    assert.equal(links(text), links(expected));
  });

  it('says above the block that it is up to date, and when it is not', async () => {
    const { workbench } = editor;
    await lens('4 badges, up to date').waitFor();
    await workbench.screenshot('readme-lens');
    writeFileSync(file('.gitlab-ci.yml'), ci.replace('badges:', 'make badges:'));
    await lens('Update badges: 3 changes').waitFor();
    await workbench.screenshot('readme-stale');
    await lens('Update badges: 3 changes').click();
    await lens('4 badges, up to date').waitFor();
    assert.equal(read('README.md').match(/\?job=make%20badges[)"]/g)?.length, 3);
  });

  it('takes the update back in one step', async () => {
    const { workbench } = editor;
    await workbench.page.locator('.editor-instance').first().click();
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    await lens('Update badges: 3 changes').waitFor();
    await workbench.runCommand(update);
    await lens('4 badges, up to date').waitFor();
    // It was not saved before, so it is left to be saved.
    assert.equal((await save('README.md', 'make%20badges')).match(/make%20badges/g)?.length, 3);
  });

  it('draws the badge under the mouse with its value', async () => {
    const { workbench } = editor;
    const word = workbench.page.locator('.view-line span', { hasText: 'license' }).last();
    await word.hover();
    const hover = workbench.page.locator('.monaco-hover').filter({ hasText: 'license: MIT License' }).first();
    await hover.waitFor();
    await until(() => hover.locator('img').evaluateAll((images) => images.some((image) => (image as HTMLImageElement).naturalWidth > 20)), 'the badge to be drawn');
    await workbench.screenshot('readme-hover');
    await workbench.page.mouse.move(0, 0);
  });

  it('completes a badge', async () => {
    const { workbench } = editor;
    await toEnd();
    await workbench.page.keyboard.type('\nbadge');
    const row = await workbench.suggestion('badge: open issues');
    await workbench.screenshot('readme-complete');
    await row.click();
    const text = await save('README.md', 'open_issues');
    assert.match(text, /\n\[!\[open issues\]\(\.\.\/-\/jobs\/artifacts\/main\/raw\/public\/badges\/open_issues\.svg\?job=make%20badges\)\]\([^)]+\)$/);
  });

  it('writes another format by the language of the document', async () => {
    const { workbench } = editor;
    await workbench.openFile('docs/guide.rst');
    await toEnd();
    await workbench.runCommand(insert);
    await page().getByRole('option', { name: /^chat/ }).waitFor();
    await workbench.page.keyboard.type('chat');
    await workbench.page.keyboard.press('Enter');
    await (await workbench.quickInput('Where do the pictures come from?')).pick('Artifact of the job “make badges”');
    await (await workbench.quickInput('Where do they go?')).pick('At the cursor');
    const text = await save('docs/guide.rst', 'image::');
    assert.match(text, /^Guide\n=====\n\n\.\. image:: \.\.\/-\/jobs\/artifacts\/main\/raw\/public\/badges\/chat\.svg\?job=make%20badges\n {3}:alt: chat: join us\n {3}:target: /);
  });

  it('completes a badge within a line as a block of its own there, too', async () => {
    const { workbench } = editor;
    writeFileSync(file('docs/guide.rst'), 'Guide\n=====\n\nbefore  after\n');
    await workbench.runCommand('File: Revert File');
    await workbench.page.locator('.view-line').filter({ hasText: 'before' }).click();
    await workbench.page.keyboard.press('Home');
    for (let character = 0; character < 'before '.length; character++) await workbench.page.keyboard.press('ArrowRight');
    await workbench.page.keyboard.type('badge-ch');
    await (await workbench.suggestion('badge: chat')).click();
    const text = await save('docs/guide.rst', 'image::');
    assert.match(text, /^Guide\n=====\n\nbefore\n\n\.\. image:: \S+chat\.svg\S*\n {3}:alt: chat: join us\n {3}:target: \S+\n\nafter\n$/);
  });

  it('refuses a block without its end, and shows the place', async () => {
    const { workbench } = editor;
    writeFileSync(file('README.md'), '# Shop\n\n<!-- badges:start -->\n');
    await workbench.openFile('README.md');
    await lens('cannot be updated').waitFor();
    await workbench.runCommand(update);
    const toast = await workbench.toast('README.md, line 3: This block of badges has no end');
    await workbench.screenshot('readme-broken');
    await toast.dismiss();
    assert.equal(read('README.md'), '# Shop\n\n<!-- badges:start -->\n');
  });

  it('offers a block where there is none, and says when there is no README', async () => {
    const { workbench } = editor;
    writeFileSync(file('README.md'), '# Shop\n');
    await until(async () => !(await workbench.editorText()).includes('badges:start'), 'the editor to read the file');
    await workbench.runCommand(update);
    const toast = await workbench.toast('README.md has no block of badges yet.');
    assert.deepEqual(await toast.buttons(), ['Insert Badges…']);
    await toast.dismiss();
    rmSync(file('README.md'));
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand(update);
    await (await workbench.toast('shop has no README that badges could be kept in')).dismiss();
  });

  it('fills an empty block, and leaves a file alone that is read-only', async () => {
    const { workbench } = editor;
    const block = '\r\n<!-- badges:start -->\r\n<!-- badges:end -->\r\nEnd';
    mkdirSync(file('docs'), { recursive: true });
    writeFileSync(file('README.md'), `\ufeff# Shop\r\n${block}`);
    chmodSync(file('README.md'), 0o444);
    await workbench.runCommand(update);
    await (await workbench.toast('README.md cannot be changed: it is read-only.')).dismiss();
    chmodSync(file('README.md'), 0o644);
    await workbench.runCommand(update);
    await until(() => Promise.resolve(read('README.md').includes('license_name')), 'the block to be filled');
    const text = read('README.md');
    assert.ok(text.startsWith('\ufeff# Shop\r\n\r\n<!-- badges:start -->\r\n[![open issues]('), JSON.stringify(text));
    assert.ok(text.endsWith('\r\n<!-- badges:end -->\r\nEnd'), JSON.stringify(text));
    assert.ok(!/[^\r]\n/.test(text));
    assert.ok(existsSync(file('.gitlab-ci.yml')));
  });

  it('draws those of GitLab with their values, where the facts of the view tell them', async () => {
    const { workbench } = editor;
    writeFileSync(file('.gitlab/badges.yaml'), 'facts: [pipeline, coverage, releases]\n');
    await workbench.tree('Badges').row('releases');
    await workbench.openFile('README.md');
    await workbench.runCommand(insert);
    await page().getByRole('group', { name: 'drawn by GitLab' }).getByRole('option').nth(2).waitFor();
    const titles = await Promise.all(
      ['badges/main/pipeline', 'badges/main/coverage', '-/badges/release'].map(async (badge) => {
        const svg = await (await fetch(`${demo.gitlab.url}/acme/shop/${badge}.svg`)).text();
        return /<title>(.*?)<\/title>/.exec(svg)?.[1]?.replace('Latest Release', 'latest release');
      }),
    );
    assert.ok(titles.every((title) => title && !/unknown|none/.test(title)), String(titles));
    assert.deepEqual(await names('drawn by GitLab'), titles);
    await workbench.screenshot('readme-pick-values');
    await workbench.page.keyboard.press('Escape');
  });
});
