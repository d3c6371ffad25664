import assert from 'node:assert/strict';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

const view = 'On GitLab';

describe('the badges on GitLab, where something stands in the way', () => {
  const demo = useDemo((gitlab) => makeWorkspace({ shop: { remotes: { origin: `${gitlab.url}/acme/shop.git` } } }));
  const editor = useEditor(() => ({ workspace: demo.workspace.path, settings: { 'badgesmith.instances': [demo.gitlab.url] } }));
  const tree = () => editor.workbench.tree(view);
  const message = (text: string) => editor.workbench.page.locator('.pane .message').filter({ hasText: text });

  /** What the title of the view offers, besides what VS Code adds. */
  async function offered(): Promise<readonly string[]> {
    const { page } = editor.workbench;
    const header = page.locator(`.pane:has(> .pane-header[aria-label^="${view}"])`);
    await header.hover();
    const labels = await header.locator('.pane-header .action-label[role="button"]').evaluateAll((actions) => actions.map((action) => action.getAttribute('aria-label') ?? ''));
    return labels.filter((label) => !/^(Collapse All|More Actions)/.test(label));
  }

  it('asks who is signed out to sign in, and sends GitLab no question about badges', async () => {
    const { workbench } = editor;
    await workbench.statusBarEntry('main').waitFor(); // VS Code has read the repository
    await workbench.focusContainer(containerTitle);
    await workbench.page.locator(`.pane-header[aria-label="${view} Section"]`).click();
    const welcome = workbench.welcome(view);
    await welcome.getByText('Sign in to see the badges that GitLab shows on the page of this project, and to change them.').waitFor();
    assert.deepEqual(await welcome.getByRole('button').allInnerTexts(), ['Sign In to GitLab…']);
    assert.deepEqual(await offered(), ['Refresh Badges']);
    await workbench.screenshot('published-signedOut');
    assert.deepEqual(demo.gitlab.requests.filter(({ path, credential }) => credential !== null || path.includes('/projects/')), []);
  });

  it('offers who is signed out the configuration alone, and says why', async () => {
    const { workbench } = editor;
    await workbench.runCommand('GitLab Badges: Add Badge on GitLab…');
    const form = workbench.webview();
    await form.getByText('shop: not signed in. The badge can be written into the configuration all the same.').waitFor();
    await form.getByRole('button', { name: 'Add on GitLab' }).and(form.locator('[aria-disabled="true"], :disabled')).waitFor();
    await workbench.screenshot('published-signedOut-add');
    await form.getByRole('button', { name: 'Cancel' }).click();
  });

  it('shows who may only read what there is, and says what changing it would need', async () => {
    const { workbench } = editor;
    await signIn(workbench, demo, demoTokens.reader);
    await tree().row('project', 'acme/shop · needs a token with the scope api · not configured');
    await tree().row('group', 'acme · inherited, 1 · needs a token with the scope api');
    assert.deepEqual(await tree().menuEntries('pipeline'), ['Copy Image URL', 'Copy Markdown', 'Open Link']);
    await workbench.screenshot('published-readOnly');
  });

  it('says why GitLab could not be read, and reads it once it can', async () => {
    const { workbench } = editor;
    demo.gitlab.faults.next({ match: { path: /\/api\/v4\// }, times: Infinity, action: { drop: true } });
    await workbench.reload(containerTitle);
    await message(`${demo.gitlab.url} cannot be reached`).waitFor({ timeout: 60_000 });
    await message('Refresh this view to try again.').waitFor();
    await workbench.screenshot('published-unreachable');
    demo.gitlab.faults.clear();
    await workbench.viewAction(view, 'Refresh Badges');
    await tree().row('pipeline');
    await message('cannot be reached').waitFor({ state: 'hidden' });
  });

  it('asks to sign in again where the token is refused', async () => {
    const { workbench } = editor;
    const token = demo.gitlab.data.tokens.find(({ value }) => value === demoTokens.reader);
    assert.ok(token);
    token.revoked = true;
    await workbench.viewAction(view, 'Refresh Badges');
    const welcome = workbench.welcome(view);
    await welcome.getByText('GitLab refused the token: it is wrong, expired or revoked.').waitFor();
    assert.deepEqual(await welcome.getByRole('button').allInnerTexts(), ['Sign In to GitLab…']);
    await workbench.screenshot('published-refused');
  });

  it('shows the pictures of a private project that GitLab gives a token, and says of the others why there is none', async () => {
    const { workbench } = editor;
    const shop = demo.gitlab.data.project('acme/shop');
    const token = demo.gitlab.data.tokens.find(({ value }) => value === demoTokens.reader);
    assert.ok(token);
    token.revoked = false;
    shop.visibility = 'private';
    await workbench.viewAction(view, 'Refresh Badges');
    await tree().row('coverage');
    demo.gitlab.requests.length = 0;
    await workbench.viewAction(view, 'Preview Badges on GitLab');
    const page = workbench.webview();
    const badge = (name: string) => page.getByRole('listitem').filter({ hasText: `/${name}.svg` });
    await badge('coverage').locator('img:not([hidden])').waitFor();
    await badge('pipeline').getByText('GitLab shows this picture to people who are signed in on its pages').waitFor();
    assert.deepEqual(demo.gitlab.requests.filter(({ path, credential }) => credential !== null && !path.startsWith('/api/v4/')), [], 'the token goes to the API alone');
    assert.equal(await page.getByRole('button', { name: /^Edit/ }).count(), 0);
    await workbench.screenshot('published-page-private');
  });

  it('says on its page that GitLab cannot be reached, and keeps what was read', async () => {
    const { workbench } = editor;
    demo.gitlab.faults.next({ match: { path: /\/api\/v4\// }, times: Infinity, action: { drop: true } });
    const page = workbench.webview();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('status').filter({ hasText: 'cannot be reached' }).waitFor({ timeout: 60_000 });
    await page.getByRole('listitem').filter({ hasText: '/coverage.svg' }).locator('img:not([hidden])').waitFor();
    await workbench.screenshot('published-page-offline');
    demo.gitlab.faults.clear();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('status').filter({ hasText: 'cannot be reached' }).waitFor({ state: 'hidden' });
  });

  for (const theme of ['Dark Modern', 'Dark High Contrast', 'Light High Contrast']) {
    it(`follows the theme ${theme}`, async () => {
      const { workbench } = editor;
      await workbench.chooseTheme(theme);
      await workbench.webview().locator(theme.includes('High') ? 'body.vscode-high-contrast' : 'body.vscode-dark').waitFor();
      await workbench.screenshot(`published-page-${theme.replaceAll(' ', '')}`);
    });
  }
});
