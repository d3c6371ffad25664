import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { git, makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

/** A job that is called otherwise now makes the block stale. */
const ci = 'make badges:\n  script: badgesmith generate\n  artifacts:\n    paths: [public/badges]\n';
const readme = '# Shop\n\n<!-- badges:start -->\n![chat](../-/jobs/artifacts/main/raw/public/badges/chat.svg?job=badges)\n<!-- badges:end -->\n';

describe('in Restricted Mode', () => {
  const demo = useDemo((gitlab) =>
    makeWorkspace({
      shop: {
        remotes: { origin: `${gitlab.url}/acme/shop.git` },
        files: {
          '.badge-api.yaml': 'badges:\n  - id: maintained\n    levels:\n      - name: bronze\n        checks:\n          - { type: COMMITS, threshold: { min: 5 } }\n',
          'README.md': readme,
          '.gitlab-ci.yml': ci,
          '.gitlab/badges.yaml': `static_badges:\n  - [chat, join us, blue]\nlink_badges: ["${gitlab.url}/acme/shop/badges/main/pipeline.svg"]\n`,
        },
      },
    }),
  );
  // The instance is named by the user, so that only the lack of trust keeps the extension from asking it.
  const editor = useEditor(() => ({ workspace: demo.workspace.path, restrictedMode: true, settings: { 'badgesmith.instances': [demo.gitlab.url] } }));

  it('says so in the view, sends nothing and writes nothing', async () => {
    const { workbench } = editor;
    await workbench.statusBarEntry('Restricted Mode').waitFor();
    await workbench.focusContainer(containerTitle);
    const welcome = workbench.welcome('Badges');
    await welcome.getByText('In Restricted Mode nothing is sent to GitLab and nothing is written.').waitFor();
    assert.deepEqual(await welcome.getByRole('button').allInnerTexts(), ['Manage Workspace Trust']);
    await workbench.screenshot('restricted');
    assert.deepEqual(await workbench.toastTexts(), []);
    assertNothingDone();
  });

  it('shows what the levels are, evaluates nothing, and says so', async () => {
    const { workbench } = editor;
    await workbench.page.locator('.pane-header[aria-label="Levels Section"]').click();
    const tree = workbench.tree('Levels');
    await tree.row('commits', 'needs 5 · 30 days');
    assert.equal(await tree.text(), 'maintained  not evaluated\n  bronze  not evaluated\n    commits  needs 5 · 30 days');
    await workbench.page.locator('.pane .message').filter({ hasText: 'In Restricted Mode nothing is evaluated' }).waitFor();
    await workbench.openFile('.badge-api.yaml');
    await workbench.page.locator('.codelens-decoration a').filter({ hasText: 'not evaluated' }).waitFor();
    await workbench.screenshot('restricted-levels');
    await workbench.runCommand('View: Close All Editors');
    assertNothingDone();
  });

  it('offers no command that would send or write', async () => {
    const { workbench } = editor;
    const commands = (await workbench.findCommands('GitLab Badges: ')).filter((title) => title.startsWith('GitLab Badges: '));
    const ofViews = /^GitLab Badges: Focus on .* View$/; // VS Code's own
    assert.deepEqual(commands.filter((title) => !ofViews.test(title)), ['GitLab Badges: Show Badge Log']);
    assertNothingDone();
  });

  it('says of a README what it knows without asking, and writes nothing into it', async () => {
    const { workbench } = editor;
    const lens = (text: string) => workbench.page.locator('.codelens-decoration a').filter({ hasText: text });
    await workbench.openFile('README.md');
    for (const title of ['Update badges: one change', 'Add badges…']) {
      await lens(title).click();
      const toast = await workbench.toast(/Restricted Mode/);
      assert.deepEqual(await toast.buttons(), ['Manage Workspace Trust']);
      if (title === 'Add badges…') await workbench.screenshot('restricted-readme');
      await toast.dismiss();
    }
    assert.equal(await workbench.page.locator('.tab.dirty').count(), 0);
    assert.equal(await workbench.page.locator('iframe.webview').count(), 0);
    await workbench.runCommand('View: Close All Editors');
    assertNothingDone();
  });

  it('refuses what the walkthrough leads to: a snippet, an update, a job', async () => {
    const { workbench } = editor;
    const { page } = workbench;
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await (await workbench.quickInput('Select a walkthrough')).type('GitLab');
    await page.keyboard.press('Enter');
    const steps = page.locator('.gettingStartedContainer .getting-started-step');
    await steps.first().waitFor();
    for (const [step, action] of [['Put them into the README', 'Insert Badge Snippet'], ['Put them into the README', 'Update Badges in README'], ['Keep them fresh', 'Add Badge Job to .gitlab-ci.yml']] as const) {
      await steps.filter({ hasText: step }).click();
      await page.locator('.getting-started-step.expanded').getByRole('button', { name: action }).click();
      const toast = await workbench.toast(/Restricted Mode/);
      await workbench.screenshot('restricted-walkthrough');
      await toast.dismiss();
    }
    await workbench.runCommand('View: Close All Editors');
    assertNothingDone();
  });

  it('goes on when the workspace is trusted', async () => {
    const { workbench } = editor;
    await workbench.trustWorkspace();
    const tree = workbench.tree('Badges');
    await tree.row('shop', `acme/shop · ${demo.name} · not signed in`);
    await tree.row('chat', 'join us');
    await workbench.screenshot('restricted-trusted');
    assert.ok(demo.gitlab.requests.length > 0, 'the instance that the user named is asked whether it is a GitLab');
    assert.deepEqual(demo.gitlab.requests.filter(({ credential }) => credential !== null), []);

    await signIn(workbench, demo, demoTokens.reader);
    await tree.row('license', 'MIT License');
    await workbench.tree('Levels').row('maintained', 'bronze');
    await workbench.runCommand('GitLab Badges: Generate Badges');
    await (await workbench.toast(/^Wrote 24 badges to public\/badges/)).dismiss();
    assert.ok(existsSync(path.join(demo.workspace.path, 'public/badges/chat.svg')));
  });

  function assertNothingDone(): void {
    assert.deepEqual(demo.gitlab.requests, []);
    assert.equal(git(demo.workspace.path, 'status', '--porcelain'), '');
    assert.deepEqual(readdirSync(demo.workspace.path).sort(), ['.badge-api.yaml', '.git', '.gitlab', '.gitlab-ci.yml', 'README.md']);
  }
});
