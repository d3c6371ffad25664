import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { demoTokens, fillDemo } from '../../fakes/gitlab/demo';
import { startFakeGitLab, type FakeGitLab } from '../../fakes/gitlab/server';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { makeWorkspace, type Workspace } from '../harness/workspace';
import type { Workbench } from '../harness/workbench';

const view = 'On GitLab';
const configFile = '.gitlab/badges.yaml';
const ci = `stages: [test]
test:
  script: npm test
nightly badges:
  script: badgesmith generate
  artifacts:
    paths: [public/badges]
`;

describe('the badges on GitLab', () => {
  let gitlab: FakeGitLab;
  let workspace: Workspace;
  const editor = useEditor(async () => {
    gitlab = await startFakeGitLab();
    fillDemo(gitlab.data, { now: new Date(), url: gitlab.url });
    workspace = makeWorkspace({ shop: { remotes: { origin: `${gitlab.url}/acme/shop.git` }, files: { 'README.md': '# Shop\n', '.gitlab-ci.yml': ci } } });
    return { workspace: workspace.path };
  });
  after(async () => {
    workspace?.remove();
    await gitlab?.close();
  });

  const shop = () => gitlab.data.project('acme/shop');
  const acme = () => gitlab.data.group('acme');
  const badge = (name: string) => shop().badges.find((each) => each.name === name);
  const writes = () => gitlab.requests.filter(({ method }) => method !== 'GET');
  const field = (label: string): Locator => editor.workbench.webview().getByLabel(label, { exact: true });
  const config = () => path.join(workspace.folders['shop'] ?? '', configFile);

  it('asks to sign in, and asks GitLab nothing before the view is opened', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, gitlab, demoTokens.maintainer);
    await (await workbench.tree('Badges').row('license')).waitFor();
    assert.deepEqual(gitlab.requests.filter((request) => request.path.endsWith('/badges')), []);
  });

  it('shows the badges of the project and those of its groups', async () => {
    const { workbench } = editor;
    await workbench.page.locator(`.pane-header[aria-label="${view} Section"]`).click();
    await workbench.page.locator('.pane-header[aria-label="Badges Section"]').click();
    const tree = workbench.tree(view);
    await tree.row('pipeline');
    await tree.expand('group');
    await tree.expand('pipeline');
    const text = await tree.text();
    assert.match(text, /^project {2}acme\/shop · not configured$/m);
    assert.match(text, /^ {2}coverage$/m);
    assert.match(text, /^ {4}image {2}.*\/acme\/shop\/badges\/main\/pipeline\.svg$/m);
    assert.match(text, /^group {2}acme · inherited, 1 · needs Owner$/m);
    assert.match(text, /^ {2}release$/m);
    const tooltip = await tree.tooltip('coverage');
    await tooltip.locator('img').waitFor();
    await workbench.screenshot('published-view');
    await workbench.page.mouse.move(0, 0);
    assert.deepEqual(await tree.menuEntries('release'), ['Copy Image URL', 'Copy Markdown', 'Open Link']);
    assert.deepEqual((await tree.menuEntries('pipeline')).slice(0, 2), ['Edit Badge on GitLab…', 'Remove Badge on GitLab…']);
    await tree.collapse('pipeline');
  });

  it('previews them as the page of the project shows them, each with what it is made of', async () => {
    const { workbench } = editor;
    await workbench.viewAction(view, 'Preview Badges on GitLab');
    await workbench.tab('On GitLab: shop').waitFor();
    const page = workbench.webview();
    await page.getByRole('heading', { name: `Badges of acme/shop on ${new URL(gitlab.url).host}` }).waitFor();
    for (const ground of ['light', 'dark']) await until(async () => (await page.locator(`.ground.${ground} img`).count()) === 3, `three pictures on the ${ground} ground`);
    // A badge of the group is as old as the group, and stands where its age puts it.
    const ages = [...shop().badges, ...acme().badges].sort((one, other) => one.id - other.id);
    assert.deepEqual(await page.locator('.ground.light img').evaluateAll((images) => images.map((image) => (image as HTMLImageElement).alt)), ages.map(({ name }) => name));
    assert.ok(await page.locator('.ground.light img').evaluateAll((images) => images.every((image) => (image as HTMLImageElement).naturalWidth > 0 && (image as HTMLImageElement).src.startsWith('data:'))));
    const row = page.getByRole('listitem').filter({ hasText: 'pipeline' }).first();
    await row.getByText(`${gitlab.url}/acme/shop/badges/main/pipeline.svg`).waitFor();
    await row.getByText('%{project_path}/badges/%{default_branch}/pipeline.svg').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Edit release' }).count(), 0, 'the badge of a group is not for a maintainer of the project');
    await workbench.screenshot('published-page');
    await page.getByRole('button', { name: 'Edit coverage' }).press('Enter');
    await workbench.tab('Edit Badge: coverage').waitFor();
    await workbench.webview().getByRole('heading', { name: 'Edit coverage of the project acme/shop' }).waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  it('adds a badge by the form, and edits it there, sending only what changed', async () => {
    const { workbench } = editor;
    await workbench.viewAction(view, 'Add Badge on GitLab…');
    await field('Badge').selectOption('generated');
    await field('Badge file').fill('license_name');
    await field('Name').fill('license');
    await workbench.webview().getByText('GitLab takes both URLs.').waitFor();
    assert.equal(writes().length, 0);
    await field('Name').press('Enter');
    await workbench.tree(view).row('license');
    assert.equal(badge('license')?.imageUrl, `${gitlab.url}/%{project_path}/-/jobs/artifacts/%{default_branch}/raw/public/badges/license_name.svg?job=nightly%20badges`);
    gitlab.requests.length = 0;
    await workbench.tree(view).inlineAction('license', 'Edit Badge on GitLab…');
    await field('Name').fill('licence');
    await field('Name').press('Enter');
    await workbench.tree(view).row('licence');
    assert.deepEqual(writes().map(({ method, body }) => [method, JSON.parse(body) as unknown]), [['PUT', { name: 'licence' }]]);
  });

  it('removes a badge, once that is confirmed', async () => {
    const { workbench } = editor;
    await workbench.tree(view).menu('licence', 'Remove Badge on GitLab…');
    const dialog = await workbench.dialog('Remove licence from the project acme/shop?');
    await workbench.screenshot('remove-badge');
    await dialog.click('Cancel');
    assert.ok(badge('licence'));
    await workbench.tree(view).menu('licence', 'Remove Badge on GitLab…');
    await (await workbench.dialog('Remove licence')).click('Remove');
    await until(() => badge('licence') === undefined, 'the badge to be removed');
  });

  it('imports what is there into a configuration, and opens it', async () => {
    const { workbench } = editor;
    await workbench.runCommand('GitLab Badges: Import Badges from GitLab');
    await workbench.toast('Added 2 badges');
    await workbench.tab('badges.yaml').waitFor();
    await workbench.tree(view).row('project', 'acme/shop');
    await workbench.screenshot('import');
    await workbench.runCommand('Notifications: Clear All Notifications');
    const text = readFileSync(config(), 'utf8');
    assert.match(text, /^publish:/m);
    assert.match(text, /name: "?coverage"?/);
    await workbench.runCommand('GitLab Badges: Show Changes to Push');
    await workbench.toast('there is nothing to push');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('keeps comments, and what is typed and not saved, when it adds a badge to the configuration', async () => {
    const { workbench } = editor;
    await workbench.openFile('badges.yaml');
    await workbench.page.keyboard.press('ControlOrMeta+Home');
    await workbench.page.keyboard.type('# typed\n');
    await workbench.runCommand('GitLab Badges: Add Badge on GitLab…');
    await field('Badge').selectOption('release');
    await workbench.webview().getByRole('button', { name: `Add to ${configFile}` }).click();
    await until(async () => (await workbench.editorText()).includes('release.svg'), 'the badge in the configuration');
    await workbench.tab('Add Badge: shop').waitFor({ state: 'detached' });
    assert.equal(await workbench.tab('badges.yaml').count(), 1, 'the file is not opened twice');
    assert.match(await workbench.editorText(), /^# typed/m);
    assert.doesNotMatch(readFileSync(config(), 'utf8'), /release\.svg/);
    await workbench.page.keyboard.press('ControlOrMeta+S');
    await workbench.tree(view).row('release', 'not on GitLab yet');
  });

  it('shows what a push would change, with the reasons', async () => {
    const { workbench } = editor;
    const changed = readFileSync(config(), 'utf8').replace('coverage.svg?job=badges', 'coverage.svg?job=nightly');
    const withoutPipeline = changed.replace(/ {4}- name: "?pipeline"?\n(?: {6}.*\n)+/, '').replace('publish:\n', 'publish:\n  prune: true\n');
    writeFileSync(config(), withoutPipeline);
    const tree = workbench.tree(view);
    await tree.row('pipeline', 'to be deleted: not in the configuration');
    await tree.row('coverage', 'image URL differs');
    await workbench.runCommand('GitLab Badges: Show Changes to Push');
    await workbench.toast('To push: 1 to create, 1 to update, 1 to delete');
    await workbench.page.locator('.monaco-diff-editor').filter({ hasText: 'image URL differs' }).waitFor();
    await workbench.screenshot('plan');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('pushes the plan after one question that names the deletion, and asks again where GitLab changed meanwhile', async () => {
    const { workbench } = editor;
    gitlab.requests.length = 0;
    await workbench.viewAction(view, 'Push Badges to GitLab');
    const dialog = await workbench.dialog('Push 3 changes to acme/shop');
    assert.match(await dialog.message(), /deleting 1 badge\?$/);
    assert.match(await dialog.detail(), /^- pipeline: not in the configuration/);
    await workbench.screenshot('push-consent');
    gitlab.data.addBadge(shop(), { name: 'chat', linkUrl: 'https://example.org', imageUrl: 'https://example.org/chat.svg' }, Date.now());
    await dialog.click('Push and Delete 1');
    const again = await workbench.dialog('Push 4 changes to acme/shop');
    assert.match(await again.detail(), /^GitLab has changed meanwhile/);
    assert.equal(writes().length, 0);
    await again.click('Push and Delete 2');
    const toast = await workbench.toast('Pushed 4 changes to GitLab.');
    assert.deepEqual(shop().badges.map(({ name }) => name), ['coverage', 'release']);
    await workbench.tree(view).row('release', '');
    await toast.click('Show Result');
    await workbench.tab('Push Result').waitFor();
    await workbench.screenshot('push-result');
  });

  it('changes a badge of a group through the group, for its owner', async () => {
    const { workbench } = editor;
    await signIn(workbench, gitlab, demoTokens.owner);
    const tree = workbench.tree(view);
    await tree.row('group', 'acme · inherited, 1');
    gitlab.requests.length = 0;
    await tree.expand('group');
    await workbench.runCommand('GitLab Badges: Edit Badge on GitLab…');
    const badges = await workbench.quickInput('Edit which badge');
    const inGroup = (await badges.rows()).findIndex(({ description }) => description === 'acme');
    await workbench.page.locator('.quick-input-widget .monaco-list-row').nth(inGroup).click();
    await workbench.webview().getByRole('heading', { name: 'Edit release of the group acme' }).waitFor();
    await field('Name').fill('latest release');
    await field('Name').press('Enter');
    await until(() => acme().badges[0]?.name === 'latest release', 'the name of the badge of the group');
    assert.deepEqual(writes().map(({ method, path: asked }) => [method, asked.includes('/groups/')]), [['PUT', true]]);
    await workbench.runCommand('GitLab Badges: Remove Badge on GitLab…');
    const pick = await workbench.quickInput('Remove which badge');
    const ofGroup = (await pick.rows()).findIndex(({ description }) => description === 'acme');
    await workbench.page.locator('.quick-input-widget .monaco-list-row').nth(ofGroup).click();
    await (await workbench.dialog('Remove latest release from the group acme?')).click('Remove');
    await until(() => acme().badges.length === 0, 'the badge of the group to be removed');
    assert.deepEqual(writes().map(({ method }) => method), ['PUT', 'DELETE']);
  });

  it('says that GitLab cannot be reached, and keeps what was read', async () => {
    const { workbench } = editor;
    gitlab.faults.next({ match: { path: /\/api\/v4\/projects\// }, times: Infinity, action: { drop: true } });
    await workbench.viewAction(view, 'Refresh Badges');
    await workbench.page.locator('.pane .message').filter({ hasText: 'These badges were read at' }).waitFor({ timeout: 60_000 });
    await workbench.tree(view).row('coverage');
    await workbench.screenshot('published-offline');
    gitlab.faults.clear();
  });
});

/** Signs in to the GitLab of the workspace's remote, as a person would. */
async function signIn(workbench: Workbench, gitlab: FakeGitLab, token: string): Promise<void> {
  await workbench.runCommand('GitLab Badges: Sign In to GitLab…');
  // The remote's own row comes as soon as git has read the folder, which may be later.
  await (await workbench.quickInput('Which GitLab?')).pick('Another GitLab…');
  const address = await workbench.quickInput('Address of your GitLab');
  await address.type(gitlab.url);
  await address.accept();
  const input = await workbench.quickInput('Personal access token');
  await input.type(token);
  await input.accept();
  await workbench.toast('Signed in to');
  await workbench.runCommand('Notifications: Clear All Notifications');
}
