import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { until } from '../harness/until';
import { makeWorkspace } from '../harness/workspace';
import { useDemo } from './demo';

const config = `static_badges:
  - [code style, prettier, ff69b4]
junit_xml: reports/junit.xml
`;
const report = '<testsuite name="basket" tests="12" failures="0" errors="0" skipped="1" time="3.5"/>';
const factCount = 21;

describe('from opening a folder to signing out', () => {
  const demo = useDemo((gitlab) => makeWorkspace({ shop: { remotes: { origin: `${gitlab.url}/acme/shop.git` }, files: { 'README.md': '# Shop\n' } } }));
  const editor = useEditor(() => ({ workspace: demo.workspace.path }));
  const tree = () => editor.workbench.tree('Badges');
  const file = (name: string): string => path.join(demo.workspace.path, name);

  it('welcomes who has a GitLab nobody signed in to, and asks that GitLab nothing', async () => {
    const { workbench } = editor;
    await workbench.statusBarEntry('main').waitFor(); // VS Code has read the repository
    await workbench.focusContainer(containerTitle);
    const welcome = workbench.welcome('Badges');
    await welcome.getByRole('button', { name: 'Sign In to GitLab…', exact: true }).waitFor();
    await welcome.getByRole('button', { name: 'Create Badge Configuration', exact: true }).waitFor();
    await workbench.screenshot('signIn-welcome');
    assert.equal(demo.gitlab.requests.length, 0);
    assert.deepEqual(await workbench.toastTexts(), []);
  });

  it('offers the GitLab of the remote, and keeps asking until a token is accepted', async () => {
    const { workbench } = editor;
    await workbench.welcome('Badges').getByRole('button', { name: 'Sign In to GitLab…', exact: true }).click();
    const instances = await workbench.quickInput('Which GitLab?');
    const [first, ...others] = await instances.rows();
    assert.deepEqual([first?.label, first?.description], [demo.name, 'remote of this workspace']);
    assert.deepEqual(others.map(({ label }) => label), ['gitlab.com', 'Another GitLab…']);
    assert.equal(demo.gitlab.requests.length, 0, 'nothing is sent before an instance is chosen');
    await instances.pick(demo.name);

    const input = await workbench.quickInput('Personal access token');
    assert.ok(await input.hidesText(), 'the token is not shown');
    assert.ok(demo.gitlab.requests.length > 0, 'the instance is asked before the token is typed');
    await input.type('glpat-of-somewhere-else');
    await input.accept();
    assert.match(await input.message('refused'), new RegExp(`^${demo.name} refused this token: it is wrong, expired or revoked\\.`));
    await workbench.screenshot('signIn-refused');

    await input.type(demoTokens.reader);
    await input.accept();
    const toast = await workbench.toast('Signed in');
    const { expiresAt } = demo.gitlab.data.tokens.find(({ value }) => value === demoTokens.reader) ?? {};
    const [before, after] = (await toast.text()).split(/, in \d+ days\./);
    assert.equal(before, `Signed in to ${demo.name} as @docs-team. Scopes: read_api. The token expires on ${expiresAt}`);
    assert.equal(after, ' Pushing badges to GitLab would need the scope api.');
    assert.equal(await toast.severity(), 'info');
    await workbench.screenshot('signIn-done');
    await toast.dismiss();
  });

  it('fills the tree with the facts of the project', async () => {
    await tree().row('shop', `acme/shop · ${demo.name}`);
    await tree().row('license', 'MIT License');
    const badges = (await tree().rows()).slice(1);
    assert.equal(badges.length, factCount);
    assert.deepEqual(badges.filter(({ icon }) => icon !== 'pass'), []);
    const text = await tree().text();
    for (const row of ['open issues  12', 'closed issues  87', 'issues  99', 'stars  48', 'forks  7', 'release  Shop 2.3.1', 'tag  v2.3.1', 'owner  Acme']) {
      assert.ok(text.includes(`\n  ${row}\n`) || text.endsWith(`\n  ${row}`), `${row} in\n${text}`);
    }
  });

  it('adds what a new configuration asks for', async () => {
    mkdirSync(file('reports'));
    writeFileSync(file('reports/junit.xml'), report);
    mkdirSync(file('.gitlab'));
    writeFileSync(file('.gitlab/badges.yaml'), config);
    await tree().row('code style', 'prettier');
    await tree().row('total tests', '12');
    assert.equal((await tree().rows()).length, 1 + factCount + 5);
    await editor.workbench.screenshot('signIn-badges');
  });

  it('shows the drawn badge, where it is from and when it was read in its tooltip', async () => {
    const tooltip = await tree().tooltip('release');
    await until(() => tooltip.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth > 0), 'the tooltip to show the badge');
    assert.match((await tooltip.innerText()).replace(/\u00a0/g, ' '), new RegExp(`Source: acme/shop on ${demo.name}\\s+Read: .*\\d`));
    await editor.workbench.screenshot('signIn-tooltip');
  });

  it('is still signed in after a reload of the window', async () => {
    demo.gitlab.requests.length = 0;
    await editor.workbench.reload(containerTitle);
    await tree().row('license', 'MIT License');
    await until(() => demo.gitlab.requests.every(({ outcome }) => outcome === 'answered'), 'the answers of GitLab');
    assert.deepEqual(new Set(demo.gitlab.requests.map(({ credential }) => credential?.name)), new Set(['Read only']));
  });

  it('has a refresh answered by 304 where nothing changed', async () => {
    const { requests } = demo.gitlab;
    const asked = new Set(requests.map(({ path }) => path));
    assert.ok(asked.size > 0 && asked.size <= 6, [...asked].join('\n'));
    requests.length = 0;
    await editor.workbench.viewAction('Badges', 'Refresh Badges');
    await until(() => requests.length >= asked.size && requests.every(({ outcome }) => outcome === 'answered'), 'the answers of GitLab');
    assert.deepEqual(requests.map(({ path: page, status }) => `${status} ${page}`).filter((line) => !line.startsWith('304 ')), []);
  });

  it('copies a badge as Markdown from the menu of its row', async () => {
    await tree().menu('release', 'Copy Markdown');
    await editor.workbench.statusBarEntry('Copied Markdown of release').waitFor();
    assert.equal(await editor.workbench.clipboard(), `[![release: Shop 2.3.1](public/badges/release.svg)](${demo.gitlab.url}/acme/shop/-/releases)`);
  });

  it('writes the badges, tells how many, and touches nothing the second time', async () => {
    const { workbench } = editor;
    const folder = file('public/badges');
    const all = factCount + 5;
    await workbench.runCommand('GitLab Badges: Generate Badges');
    const first = await workbench.toast('public/badges');
    assert.equal(await first.text(), `Wrote ${all} badges to public/badges.`);
    assert.deepEqual(await first.buttons(), ['Show', 'Open Preview']);
    await workbench.screenshot('signIn-generated');
    await first.dismiss();
    const written = readdirSync(folder).sort();
    assert.equal(written.filter((name) => name.endsWith('.svg')).length, all);
    assert.equal(written.filter((name) => name.endsWith('.json')).length, all);
    assert.match(readFileSync(path.join(folder, 'license_name.svg'), 'utf8'), /^<svg[^>]*>.*MIT License/s);

    const times = (): readonly number[] => written.map((name) => statSync(path.join(folder, name)).mtimeMs);
    const before = times();
    await workbench.noToasts();
    await workbench.runCommand('GitLab Badges: Generate Badges');
    const second = await workbench.toast('public/badges');
    assert.equal(await second.text(), `All badges in public/badges are up to date, ${all} unchanged.`);
    await second.dismiss();
    assert.deepEqual(times(), before);
    assert.deepEqual(readdirSync(folder).sort(), written);
  });

  it('signs out, and keeps only what needs no GitLab', async () => {
    const { workbench } = editor;
    await workbench.runCommand('GitLab Badges: Sign Out of GitLab');
    const toast = await workbench.toast('Signed out');
    assert.equal(await toast.text(), `Signed out of ${demo.name}. The token was removed from VS Code; it stays valid on GitLab until it is revoked there.`);
    await toast.dismiss();
    await tree().row('shop', 'no remote on a known GitLab');
    await workbench.screenshot('signIn-signedOut');
    for (const name of ['.gitlab', 'public', 'reports']) rmSync(file(name), { recursive: true });
    await workbench.welcome('Badges').getByRole('button', { name: 'Sign In to GitLab…', exact: true }).waitFor();
  });

  it('is still signed out after a reload, and asks GitLab nothing', async () => {
    const { workbench } = editor;
    demo.gitlab.requests.length = 0;
    await workbench.reload(containerTitle);
    await workbench.welcome('Badges').getByRole('button', { name: 'Sign In to GitLab…', exact: true }).waitFor();
    const commands = await workbench.findCommands('GitLab Badges: Sign');
    assert.deepEqual(commands.filter((title) => title.includes('Sign ')), ['GitLab Badges: Sign In to GitLab…']);
    assert.equal(demo.gitlab.requests.length, 0);
  });
});
