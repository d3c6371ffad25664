import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeDemoWorkspace } from '../../demo/demoWorkspace';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { signIn, useDemo } from './demo';

const view = 'Levels';

describe('the leveled badges', () => {
  const demo = useDemo((gitlab) => makeDemoWorkspace(gitlab.url));
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1600, height: 1000 } }));
  const tree = () => editor.workbench.tree(view);
  const lens = (text: string) => editor.workbench.page.locator('.codelens-decoration').filter({ hasText: text }).first();

  it('has the leveled badges among the others, and asks GitLab nothing more when its own view is opened', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    await workbench.tree('Badges').row('maintained', 'silver');
    await workbench.tree('Badges').row('secure', 'reviewed');
    demo.gitlab.requests.length = 0;
    await workbench.page.locator('.pane-header[aria-label="Levels Section"]').click();
    await tree().row('maintained', 'silver');
    assert.deepEqual(demo.gitlab.requests, []);
  });

  it('shows each badge with the level it has reached, and what is missing for the next one', async () => {
    const { workbench } = editor;
    await workbench.page.locator('.pane-header[aria-label="Badges Section"]').click();
    await workbench.runCommand('GitLab Badges: Evaluate Badge Levels');
    await tree().row('maintained', 'silver');
    assert.equal(
      await tree().text(),
      [
        'maintained  silver',
        '  bronze  reached',
        '  silver  reached',
        '  gold  2 checks missing',
        '    bus factor  1, needs 2 · 6 months',
        '    elephant factor  1, needs 2 · 6 months',
        'secure  reviewed',
        '  protected  reached',
        '  reviewed  reached',
      ].join('\n'),
    );
    const [gold, factor] = (await tree().rows()).slice(3, 5);
    assert.equal(gold?.accessibleName, 'gold: 2 checks missing');
    assert.equal(factor?.accessibleName, 'bus factor: not passed. 1, at least 2 is needed, in 6 months');
    assert.equal(factor.icon, 'close');
  });

  it('has the evidence below each check, with its page', async () => {
    const { workbench } = editor;
    await tree().expand('bronze');
    await tree().expand('issue reaction');
    await tree().row('median 1.8 days over 30 issues');
    const evidence = (await tree().rows()).filter(({ icon }) => icon === 'link-external');
    assert.ok(evidence.length >= 5);
    const tooltip = await tree().tooltip('bus factor');
    await tooltip.getByText('one address made 71 %').waitFor();
    await workbench.screenshot('levels-view');
    await tree().collapse('bronze');
  });

  it('shows the outcome beside each check of the configuration, and goes there from a row', async () => {
    const { workbench } = editor;
    await tree().inlineAction('bus factor', 'Go to Configuration');
    await workbench.tab('.badge-api.yaml').waitFor();
    await lens('✗ bus factor 1, needs 2 · 6 months').waitFor();
    await lens('✓ silver').waitFor();
    await workbench.page.mouse.move(0, 0);
    await workbench.screenshot('levels-lenses');
  });

  it('shows at once what another threshold comes to, before and after it is saved, without a request', async () => {
    const { workbench } = editor;
    demo.gitlab.requests.length = 0;
    const { keyboard } = workbench.page;
    // The cursor stands at the check; its bound is at the end of the next line.
    await keyboard.press('ArrowDown');
    await keyboard.press('End');
    for (let character = 0; character < ' }'.length; character++) await keyboard.press('ArrowLeft');
    await keyboard.press('Backspace');
    await keyboard.type('1');
    await tree().row('gold', '1 check missing');
    await lens('✓ bus factor 1 ≥ 1 · 6 months').waitFor();
    assert.deepEqual(demo.gitlab.requests, []);
    await workbench.screenshot('levels-edited');
    const saved = () => readFileSync(path.join(demo.workspace.path, '.badge-api.yaml'), 'utf8');
    assert.match(saved(), /type: BUS_FACTOR\n.*min: 2 }/);
    await keyboard.press('ControlOrMeta+s');
    await until(() => /type: BUS_FACTOR\n.*min: 1 }/.test(saved()), 'the saved file');
    await tree().row('gold', '1 check missing');
  });

  it('explains a check under the mouse', async () => {
    const { workbench } = editor;
    await workbench.page.locator('.view-line').filter({ hasText: 'ELEPHANT_FACTOR' }).locator('span').last().hover();
    await workbench.page.locator('.monaco-hover').filter({ hasText: 'one organisation made 100 %' }).waitFor();
    assert.deepEqual(demo.gitlab.requests, [], 'neither the saved file nor the mouse asks for anything');
    await workbench.screenshot('levels-hover');
    await workbench.page.mouse.move(0, 0);
  });

  it('writes what it shows to a file', async () => {
    const { workbench } = editor;
    await workbench.runCommand('GitLab Badges: Export Badge Levels…');
    const dialog = await workbench.quickInput('Export Badge Levels');
    const file = path.join(demo.workspace.path, 'levels.json');
    // What is typed before the dialog has read the folder, it replaces by the name it proposes.
    const proposed = workbench.page.locator('.quick-input-filter input').filter({ visible: true });
    await until(async () => (await proposed.inputValue()).endsWith('badge-levels.sarif'), 'the proposed name');
    await dialog.type(file);
    await workbench.screenshot('levels-export');
    await dialog.accept();
    // VS Code makes an empty file first.
    await until(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('}\n'), 'the file');
    const report = JSON.parse(readFileSync(file, 'utf8')) as { projects: { project: string; badges: { id: string; level: string }[] }[] };
    assert.deepEqual(report.projects.map(({ project, badges }) => [project, badges.map(({ id, level }) => `${id} ${level}`)]), [['acme/shop', ['maintained silver', 'secure reviewed']]]);
  });

  for (const theme of ['Dark High Contrast', 'Light High Contrast', 'Dark Modern']) {
    it(`can be read in the theme ${theme}`, async () => {
      const { workbench } = editor;
      await workbench.chooseTheme(theme);
      await tree().row('maintained');
      await workbench.screenshot(`levels-${theme.replaceAll(' ', '-').toLowerCase()}`);
    });
  }
});
