import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

const config = (gitlab: string) => `style: flatt
static_badges:
  - [conventional commits, 1.0.0, yellow]
  - { label: chat, message: join us, color: blue }
badges:
  chat: { color: { 0: red, 80: brightgreen } }
publish:
  project:
    - name: chat
      link_url: "${gitlab}/%{project_path}"
      image_url: "${gitlab}/%{project_path}/-/jobs/artifacts/%{default_branch}/raw/public/badges/chat.svg?job=badges"
`;

const levels = `badges:
  - id: maintained
    levels:
      - name: bronze
        checks:
          - type: COMMITS
            threshold: { timeRangeInMonths: 6, min: 1 }
      - name: gold
        checks:
          - type: RELEASES
            threshold: { timeRangeInMonths: 6, min: 99 }
`;

describe('typing a configuration', () => {
  const demo = useDemo((gitlab) =>
    makeWorkspace({
      shop: {
        remotes: { origin: `${gitlab.url}/acme/shop.git` },
        files: { '.gitlab/badges.yaml': config(gitlab.url), '.badge-api.yaml': levels, '.gitlab-ci.yml': 'badges:\n  script: make\n  artifacts: { paths: [public/badges] }\n', 'reports/junit.xml': '<testsuite/>\n' },
      },
    }),
  );
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1400, height: 900 } }));
  const page = () => editor.workbench.page;
  const suggestions = () => editor.workbench.suggestions;
  const hover = () => page().locator('.monaco-hover').filter({ visible: true });
  const shot = (name: string) => editor.workbench.screenshot(`typing-${name}`);
  const type = (text: string) => page().keyboard.type(text);
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page().keyboard.press(key);
  };
  const plain = (text: string) => text.replace(/\u00a0/g, ' ');
  const path = (file: string) => join(demo.workspace.path, file);

  /** Puts a text into a file on disk, with the cursor where `|` is, as if it had been there before. */
  async function open(file: string, written: string): Promise<void> {
    const at = written.indexOf('|');
    const text = written.replace('|', '');
    mkdirSync(dirname(path(file)), { recursive: true });
    writeFileSync(path(file), text);
    await editor.workbench.openFile(file);
    const [last = ''] = text.trimEnd().split('\n').slice(-1);
    await until(async () => plain(await page().locator('.editor-instance .view-lines').first().innerText()).includes(last.trim()), `${file} in the editor`);
    const before = written.slice(0, at).split('\n');
    await press('Control+G');
    const field = page().locator('.quick-input-widget').filter({ visible: true }).locator('input').first();
    await field.fill(`:${before.length},${(before.at(-1) ?? '').length + 1}`);
    await press('Enter');
  }

  const shown = async () => (await suggestions().locator('.label-name').allInnerTexts()).map(plain);

  /** What VS Code proposes once it is asked to. */
  async function suggested(): Promise<readonly string[]> {
    await editor.workbench.suggestion();
    return shown();
  }

  async function act(title: string, picture?: string): Promise<void> {
    await editor.workbench.codeAction(title);
    if (picture) await shot(picture);
    await press('Enter');
  }

  /** Saves, and answers what was written. */
  async function saved(file: string): Promise<string> {
    await press('Escape', 'Control+S');
    await page().locator('.tab.active.dirty').waitFor({ state: 'hidden' });
    return readFileSync(path(file), 'utf8');
  }

  /** Moves the mouse over a word of the text. */
  async function over(line: string, word: string): Promise<void> {
    await page().mouse.move(0, 0);
    await page().locator('.view-line').filter({ hasText: line }).first().locator('span').getByText(word, { exact: false }).last().hover();
    await hover().first().waitFor();
  }

  it('draws what is wrong under it', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    await open('.gitlab/badges.yaml', '|style: flatt\n');
    await page().locator('.squiggly-error').first().waitFor();
    await over('style', 'flatt');
    await hover().getByText('Did you mean “flat”?').waitFor();
    await shot('problem');
  });

  it('completes keys, and goes on to their values', async () => {
    await open('.gitlab/badges.yaml', '|\n# keys\n');
    assert.deepEqual((await suggested()).slice(0, 3), ['path', 'style', 'facts']);
    await shot('keys');
    await type('sty');
    await press('Enter');
    await until(async () => (await shown()).includes('plastic'), 'the styles');
    await press('ArrowDown', 'ArrowDown', 'Enter');
    assert.equal(await saved('.gitlab/badges.yaml'), 'style: plastic\n# keys\n');
    await open('.gitlab/badges.yaml', 'style: plastic\n|\n# more\n');
    await type('stat');
    await suggested();
    await press('Enter');
    await type('chat');
    await press('Tab');
    await type('join us');
    await press('Tab', 'Escape');
    assert.equal(await saved('.gitlab/badges.yaml'), 'style: plastic\nstatic_badges:\n  - [chat, join us, blue]\n# more\n');
  });

  for (const [name, written, labels] of [
    ['facts', 'facts: [name, |]\n# 1\n', ['issues', 'open_issues']],
    ['logos', 'static_badges:\n  - { label: a, message: b, logo: gite| }\n# 2\n', ['gitea']],
    ['colours', 'static_badges:\n  - [a, b, |]\n# 3\n', ['brightgreen', 'green']],
    ['badges of the file', 'static_badges: [[Our Chat, b, red]]\nbadges:\n  |\n# 4\n', ['our_chat', 'issues']],
    ['new items', 'static_badges:\n  - [a, b, red]\n  |\n# 5\n', ['- row', '- badge']],
    ['badges on GitLab', 'publish:\n  project:\n    - name: |\n# 10\n', ['coverage', 'pipeline', 'release']],
    ['reports', 'junit_xml: |\n# 6\n', ['reports/junit.xml']],
    ['groups', 'publish:\n  groups:\n    |\n# 7\n', ['acme']],
  ] as const) {
    it(`completes ${name}`, async () => {
      await open('.gitlab/badges.yaml', written);
      assert.deepEqual((await suggested()).slice(0, labels.length), labels);
      await shot(name.replaceAll(' ', '-'));
      await press('Escape');
    });
  }

  it('completes URLs with the jobs of the pipeline, and placeholders with their values', async () => {
    const { url } = demo.gitlab;
    await open('.gitlab/badges.yaml', 'publish:\n  project:\n    - name: chat\n      image_url: |\n# 8\n');
    assert.equal((await suggested())[0], 'chat.svg of the job badges');
    await shot('urls');
    await press('Escape');
    await open('.gitlab/badges.yaml', `publish:\n  project:\n    - link_url: "${url}/|"\n# 9\n`);
    await type('%');
    await until(async () => (await suggestions().allInnerTexts()).some((row) => /%\{project_path\}\s+acme\/shop/.test(plain(row))), 'the value of a placeholder');
    await shot('placeholders');
    await saved('.gitlab/badges.yaml');
  });

  it('explains under the mouse, and draws the badge', async () => {
    await open('.gitlab/badges.yaml', `${config(demo.gitlab.url)}# hovers|\n`);
    await over('join us', 'join');
    await hover().getByText('Right part of the badge.').waitFor();
    await hover().locator('img[alt="chat: join us"]').waitFor();
    await shot('hover-badge');
    await over('static_badges', 'static_badges');
    await hover().getByText('Badges with a fixed text.').waitFor();
    await over('image_url', 'default_branch');
    await hover().getByText('Right now: main').waitFor();
    await shot('hover-placeholder');
    await page().mouse.move(0, 0);
  });

  it('mends what is wrong, and writes the same in another way', async () => {
    await open('.gitlab/badges.yaml', 'style: fla|tt\n# mend\n');
    await page().locator('.squiggly-error').first().waitFor();
    await act('Replace with “flat”', 'fixes');
    await page().locator('.view-line').filter({ hasText: /flat$/ }).waitFor();
    assert.equal(await saved('.gitlab/badges.yaml'), 'style: flat\n# mend\n');
    await open('.gitlab/badges.yaml', 'static_badges:\n  - [chat|, a, red]\n# rewrite\n');
    await act('Write it as a table');
    await page().locator('.view-line').filter({ hasText: 'label: chat' }).waitFor();
    assert.equal(await saved('.gitlab/badges.yaml'), 'static_badges:\n  - { label: chat, message: a, color: red }\n# rewrite\n');
  });

  it('renames a badge wherever it is named', async () => {
    await open('.gitlab/badges.yaml', 'static_badges:\n  - [cha|t, a, red]\nbadges:\n  chat: { style: plastic }\n# rename\n');
    await editor.workbench.rename('talk');
    await page().locator('.view-line').filter({ hasText: 'talk: { style' }).waitFor();
    assert.equal(await saved('.gitlab/badges.yaml'), 'static_badges:\n  - [talk, a, red]\nbadges:\n  talk: { style: plastic }\n# rename\n');
  });

  it('draws a leveled badge and its levels under the mouse, without a request', async () => {
    const { workbench } = editor;
    await workbench.runCommand('GitLab Badges: Evaluate Badge Levels');
    await workbench.tree('Levels').row('maintained', 'bronze');
    await open('.badge-api.yaml', `${levels}# levels|\n`);
    await page().locator('.codelens-decoration').filter({ hasText: '✓ bronze' }).waitFor();
    demo.gitlab.requests.length = 0;
    await over('id:', 'maintained');
    await hover().locator('img[alt="maintained: bronze"]').waitFor();
    await hover().getByText('Missing for gold').waitFor();
    await shot('hover-leveled');
    await over('name: gold', 'gold');
    await hover().locator('img[alt="maintained: gold"]').waitFor();
    await over('RELEASES', 'RELEASES');
    await hover().getByText('releases: not passed').waitFor();
    await shot('hover-check');
    assert.deepEqual(demo.gitlab.requests, []);
    await page().mouse.move(0, 0);
  });

  it('completes badges, levels and checks', async () => {
    const written = levels.trimEnd();
    for (const [text, labels] of [
      [`${written}\n          |\n# 41\n`, ['- check']],
      [`${written}\n      |\n# 42\n`, ['- level']],
      [`${written}\n  |\n# 43\n`, ['- badge']],
      [`${written}\n          - type: |\n# 44\n`, ['COMMITS', 'ISSUE_REACTION_TIME']],
    ] as const) {
      await open('.badge-api.yaml', text);
      assert.deepEqual((await suggested()).slice(0, labels.length), labels);
      await shot(`levels-${labels[0].replace(/\W+/g, '')}`);
      await press('Escape');
    }
  });

  it('knows TOML, which VS Code does not', async () => {
    await open('.gitlab/badges.toml', '|\n# 50\n');
    assert.deepEqual((await suggested()).slice(0, 3), ['path', 'style', 'facts']);
    await press('Escape');
    await open('.gitlab/badges.toml', 'style = "|"\n# 51\n');
    assert.deepEqual(await suggested(), ['flat', 'flat-square', 'plastic', 'for-the-badge', 'social']);
    await shot('toml');
    await press('Escape');
  });

  it('has VS Code complete the JSON of a badge, and draws it', async () => {
    await open('public/badges/made.json', '{\n  "schemaVersion": 1,\n  "label": "made",\n  "message": "by hand",\n  "namedLogo": |\n}\n');
    assert.equal((await suggested())[0], '"alpinelinux"');
    await shot('json');
    await press('Escape');
    await type('"gitlab"');
    await over('by hand', 'by hand');
    await hover().locator('img[alt="made: by hand"]').waitFor();
    await shot('hover-json');
    await press('Control+S');
  });
});
