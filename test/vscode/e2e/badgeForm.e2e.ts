import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

const view = 'On GitLab';
const addAction = 'Add Badge on GitLab…';
const ci = 'include: ci/badges.yml\ntest:\n  script: npm test\n';
const includedCi = 'nightly badges:\n  script: badgesmith generate\n  artifacts:\n    paths: [public/badges]\n';

const levels = 'badges:\n  - id: maintained\n    levels:\n      - name: bronze\n        checks: [{ type: COMMITS, threshold: { min: 1 } }]\n';

describe('the form for a badge on GitLab', () => {
  const demo = useDemo((gitlab) =>
    makeWorkspace({
      shop: { remotes: { origin: `${gitlab.url}/acme/shop.git` }, files: { 'README.md': '# Shop\n', '.gitlab-ci.yml': ci, 'ci/badges.yml': includedCi, '.badge-api.yaml': levels } },
    }),
  );
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1500, height: 1150 } }));
  const form = () => editor.workbench.webview();
  const field = (label: string): Locator => form().getByLabel(label, { exact: true });
  const button = (name: string): Locator => form().getByRole('button', { name, exact: true });
  const tree = () => editor.workbench.tree(view);
  const shop = () => demo.gitlab.data.project('acme/shop');
  const badge = (name: string) => shop().badges.find((each) => each.name === name);
  const writes = () => demo.gitlab.requests.filter(({ method }) => method !== 'GET');
  const says = (text: string | RegExp) => form().locator('.verdicts li, .check-text, .failure, .notice, .configuration, .picture-text, .hint, .said').filter({ hasText: text }).filter({ visible: true }).first().waitFor();
  const pictures = () => form().locator('.ground img');
  const shown = (): Promise<(string | null)[]> => pictures().evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src));
  const isDrawn = () => pictures().evaluateAll((images) => images.every((image) => (image as HTMLImageElement).naturalWidth > 0));
  const focused = (): Promise<string> => form().locator(':focus').evaluate((element) => (element.id === '' ? (element.textContent ?? '') : element.id));
  const add = async (): Promise<void> => {
    await editor.workbench.viewAction(view, addAction);
    await editor.workbench.tab('Add Badge: shop').waitFor();
    await field('Badge').waitFor();
  };

  it('says what it needs where nobody is signed in', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await workbench.page.locator(`.pane-header[aria-label="${view} Section"]`).click();
    await workbench.runCommand(`GitLab Badges: ${addAction}`);
    await says('no remote on a known GitLab');
    assert.equal(demo.gitlab.requests.length, 0);
    await workbench.screenshot('form-signedOut');
    await button('Cancel').click();
    await workbench.tab('Add Badge: shop').waitFor({ state: 'detached' });
  });

  it('opens at once, with the focus on what to choose first, and reads no badge on GitLab twice', async () => {
    const { workbench } = editor;
    await signIn(workbench, demo, demoTokens.maintainer);
    await workbench.page.locator('.pane-header[aria-label="Badges Section"]').click();
    await tree().row('pipeline');
    demo.gitlab.requests.length = 0;
    await add();
    await form().getByRole('heading', { name: 'Add a badge to acme/shop' }).waitFor();
    await until(async () => (await focused()) === 'kind', 'the focus on the kind of badge');
    assert.equal(await field('Image').inputValue(), `${demo.gitlab.url}/%{project_path}/badges/%{default_branch}/pipeline.svg`);
    await says('GitLab takes both URLs.');
    assert.equal(demo.gitlab.requests.filter(({ path }) => path.endsWith('/badges')).length, 0);
    await says('As GitLab shows it now.');
    await workbench.screenshot('form-add');
  });

  it('allows its own script alone, and pictures as data', async () => {
    const policy = (await form().locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')) ?? '';
    assert.match(policy, /^default-src 'none'; img-src data:; style-src [^;]+; script-src 'nonce-[\w-]{20,}'$/);
  });

  it('draws the picture while one types, on light and on dark ground', async () => {
    const before = await shown();
    assert.equal(before.length, 2);
    assert.deepEqual(before.filter((source) => !source?.startsWith('data:image/svg+xml;base64,')), []);
    await until(isDrawn, 'both pictures to be drawn');
    await field('Text on the left').pressSequentially('build');
    await until(async () => (await shown()).every((source, index) => source !== before[index]), 'another picture');
    assert.equal(await field('Image').inputValue(), `${demo.gitlab.url}/%{project_path}/badges/%{default_branch}/pipeline.svg?key_text=build`);
    await form().getByText(`Shown as ${demo.gitlab.url}/acme/shop/badges/main/pipeline.svg?key_text=build`).waitFor();
    assert.deepEqual(await form().locator('.placeholders').allInnerTexts(), ['%{project_path}\nacme/shop\n%{default_branch}\nmain']);
    await field('Width on the left').fill('0');
    await says('GitLab takes 1 to 512 here');
    await editor.workbench.screenshot('form-typed');
    await field('Width on the left').fill('');
  });

  it('says at the field what GitLab refuses, and what it would leave as text', async () => {
    const { workbench } = editor;
    await field('Link').fill('javascript:alert(1)');
    await says('GitLab refuses this URL');
    assert.equal(await field('Link').getAttribute('aria-invalid'), 'true');
    const described = (await field('Link').getAttribute('aria-describedby')) ?? '';
    assert.match(await form().locator(`#${described.split(' ')[1] ?? ''}`).innerText(), /must start with https/);
    await field('Link').fill('https://example.com/%{project_pth}');
    await says('Did you mean');
    demo.gitlab.faults.next({ match: { path: /badges\/render/ }, action: { status: 400, body: { message: { link_url: ['is blocked: Requests to the local network are not allowed'] } } } });
    await field('Link').fill('https://intranet.example.com/%{project_path}');
    await says('Requests to the local network are not allowed');
    await workbench.screenshot('form-refused');
    await field('Link').press('Enter');
    await says('Correct what is marked first.');
    await until(async () => (await focused()) === 'link_url', 'the focus on the field that is wrong');
    assert.deepEqual(writes(), []);
    await button('Use the ready-made URL').click();
    assert.equal(await field('Link').inputValue(), `${demo.gitlab.url}/%{project_path}/-/pipelines?ref=%{default_branch}`);
  });

  it('fills in the job of the badges from an included file, and says when a field is missing', async () => {
    const { workbench } = editor;
    await field('Badge').selectOption('generated');
    assert.equal(await field('CI job').inputValue(), 'nightly badges');
    await button('Add on GitLab').click();
    await says('Name the badge');
    await until(async () => (await focused()) === 'option-stem', 'the focus on the field that is missing');
    await workbench.screenshot('form-missing');
    await field('Badge file').fill('license_name');
    assert.match(await field('Image').inputValue(), /\/raw\/public\/badges\/license_name\.svg\?job=nightly%20badges$/);
    await field('Shown from').selectOption('pages');
    await until(async () => (await field('CI job').count()) === 0, 'no job for a page');
    assert.match(await field('Image').inputValue(), /^http:\/\/acme\.pages\.example\.com\/shop\/badges\/license_name\.svg$/);
    await field('Shown from').selectOption('artifact');
    await field('Badge').selectOption('leveled');
    assert.deepEqual(await form().locator('#stem-suggestions option').evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value)), ['maintained']);
    await field('Badge').selectOption('generated');
  });

  it('keeps what was typed while it is hidden, and when the window is reloaded', async () => {
    const { workbench } = editor;
    await field('Name').fill('my license');
    await workbench.openFile('README.md');
    await workbench.page.keyboard.press('ControlOrMeta+1');
    await workbench.tab('Add Badge: shop').click();
    await until(async () => (await field('Name').inputValue()) === 'my license', 'the name after hiding');
    await workbench.reload(containerTitle);
    await workbench.tab('Add Badge: shop').click();
    await until(async () => (await field('Name').inputValue()) === 'my license', 'the name after the reload');
    assert.equal(await field('Badge file').inputValue(), 'license_name');
    await says(/^GitLab takes both URLs\./);
    await workbench.screenshot('form-restored');
  });

  it('discards what was typed by Escape and Enter, not by Escape alone', async () => {
    const { workbench } = editor;
    await field('Name').focus();
    await workbench.page.keyboard.press('Escape');
    await says('Press Enter to discard what you typed.');
    assert.equal(await focused(), 'Discard');
    await workbench.screenshot('form-discard');
    await field('Name').focus();
    assert.equal(await field('Name').inputValue(), 'my license');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('Enter');
    await workbench.tab('Add Badge: shop').waitFor({ state: 'detached' });
    await add();
    await workbench.page.keyboard.press('Escape');
    await workbench.tab('Add Badge: shop').waitFor({ state: 'detached' });
    assert.deepEqual(writes(), []);
  });

  it('can be used with the keyboard alone, in the order in which it reads', async () => {
    const { workbench } = editor;
    const { keyboard } = workbench.page;
    await add();
    await until(async () => (await focused()) === 'kind', 'the focus on the kind of badge');
    await keyboard.type('Late');
    assert.equal(await field('Badge').inputValue(), 'release');
    const order: string[] = [];
    for (let presses = 0; presses < 14 && order.at(-1) !== 'Discard'; presses += 1) {
      await keyboard.press('Tab');
      order.push(await focused());
    }
    assert.deepEqual(order, ['option-order_by', 'option-key_text', 'option-style', 'option-key_width', 'option-value_width', 'name', 'link_url', 'image_url', 'Placeholders', 'Add on GitLab', 'Add to .gitlab/badges.yaml', 'Discard']);
    await field('Name').focus();
    await keyboard.press('Enter');
    await workbench.tab('Add Badge: shop').waitFor({ state: 'detached' });
    await tree().row('release');
    assert.equal(badge('release')?.imageUrl, `${demo.gitlab.url}/%{project_path}/-/badges/release.svg`);
    assert.equal(writes().length, 1);
  });

  it('edits a ready-made badge by its options, and sends only what changed', async () => {
    const { workbench } = editor;
    demo.gitlab.requests.length = 0;
    await tree().inlineAction('release', 'Edit Badge on GitLab…');
    await workbench.tab('Edit Badge: release').waitFor();
    await until(async () => (await field('Badge').inputValue()) === 'release', 'the kind of badge to be recognised');
    await field('Text on the left').fill('newest');
    await workbench.screenshot('form-edit');
    await field('Text on the left').press('Enter');
    await workbench.tab('Edit Badge: release').waitFor({ state: 'detached' });
    assert.deepEqual(writes().map(({ method, body }) => [method, JSON.parse(body) as unknown]), [['PUT', { image_url: `${demo.gitlab.url}/%{project_path}/-/badges/release.svg?key_text=newest` }]]);
  });

  it('shows GitLab’s refusal of a save at its field, and keeps what was typed', async () => {
    const { workbench } = editor;
    await tree().inlineAction('release', 'Edit Badge on GitLab…');
    await field('Image').fill('https://example.com/x.svg');
    await says('GitLab takes both URLs.');
    demo.gitlab.faults.next({ match: { method: 'PUT' }, action: { status: 400, body: { message: { image_url: ['is blocked: Only allowed ports are 80'] } } } });
    await field('Image').press('Enter');
    await says('GitLab refuses this: is blocked: Only allowed ports are 80.');
    await until(async () => (await focused()) === 'image_url', 'the focus on the field that was refused');
    assert.equal(await field('Image').inputValue(), 'https://example.com/x.svg');
    await workbench.screenshot('form-save-refused');
    await button('Discard').click();
  });

  it('stops a save that GitLab does not answer', async () => {
    const { workbench } = editor;
    await add();
    await field('Badge').selectOption('coverage');
    await says('GitLab takes both URLs.');
    demo.gitlab.faults.next({ match: { method: 'POST' }, action: { hang: true } });
    const arrival = demo.gitlab.arrival({ method: 'POST' });
    await field('Name').fill('hanging');
    await field('Name').press('Enter');
    const request = await arrival;
    await button('Stop').waitFor();
    await workbench.screenshot('form-saving');
    await button('Stop').click();
    await says('Stopped while GitLab was asked.');
    await request.ended;
    assert.equal(request.outcome, 'aborted');
    await button('Discard').click();
  });

  it('says that GitLab cannot be reached, and goes on with what is known', async () => {
    const { workbench } = editor;
    await add();
    await says('GitLab takes both URLs.');
    demo.gitlab.faults.next({ match: { path: /^\/api/ }, times: Infinity, action: { drop: true } });
    await workbench.viewAction(view, 'Refresh Badges');
    await form().locator('.notice').filter({ hasText: 'cannot be asked now' }).waitFor({ timeout: 60_000 });
    await workbench.screenshot('form-offline');
    demo.gitlab.faults.clear();
    await button('Try Again').click();
    await form().locator('.notice').waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Escape');
  });

  it('says before anything is tried what a token may not', async () => {
    const { workbench } = editor;
    await signIn(workbench, demo, demoTokens.reader);
    await tree().row('project', 'acme/shop · needs a token with the scope api · not configured');
    await add();
    demo.gitlab.requests.length = 0;
    await button('Add on GitLab').press('Enter');
    await says('cannot be changed with this token: it needs a token with the scope api.');
    await workbench.screenshot('form-readOnly');
    assert.deepEqual(writes(), []);
    await button('Cancel').click();
  });

  it('offers the groups that the token owns, and shows whose values the placeholders have there', async () => {
    const { workbench } = editor;
    await signIn(workbench, demo, demoTokens.owner);
    await tree().row('group', 'acme · inherited, 1');
    await add();
    await field('Where').waitFor();
    await field('Where').selectOption({ label: 'group acme (shown on all projects of the group)' });
    await says(/^Values of acme\/.*the newest project of the group/);
    await form().getByRole('heading', { name: 'Add a badge to acme' }).waitFor();
    await workbench.screenshot('form-group');
    await button('Discard').click();
  });

  for (const theme of ['Dark Modern', 'Dark High Contrast', 'Light High Contrast']) {
    it(`follows the theme ${theme}`, async () => {
      const { workbench } = editor;
      await workbench.chooseTheme(theme);
      await add();
      await says('As GitLab shows it now.');
      const name = theme.replaceAll(' ', '');
      await workbench.screenshot(`form-${name}`);
      await field('Link').fill('ftp://example.com');
      await field('Image').fill('https://example.com/%{latest_tga}.svg');
      await says('Did you mean');
      await workbench.screenshot(`form-${name}-wrong`);
      const colors = await field('Link').evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).borderTopColor]);
      assert.notEqual(colors[0], colors[1]);
      await button('Discard').click();
    });
  }
});
