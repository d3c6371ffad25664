import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import type { TreeRow } from '../harness/treeView';
import { makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

const scripted =
  '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20" onload="alert(1)"><title>chat: online</title>' +
  '<script>alert(2)</script><rect width="90" height="20" fill="#4c1" onclick="alert(3)"/></svg>';

/** The first static badge is good, and so is the last, but for the name of its file. */
const config = (images: string): string => `facts: [license_name, open_issues, release]
junit_xml: reports/*.xml
static_badges:
  - [code style, prettier, ff69b4]
  - [only, two]
  - [tinted, yes, gren]
  - [../../x, outside, blue]
  - [Code Style, eslint, blue]
link_badges:
  - ${images}/gone.svg
  - ${images}/scripted.svg
`;

describe('where something is wrong', () => {
  let images: Server;
  before(async () => {
    images = createServer((request, response) => {
      if (request.url === '/scripted.svg') response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(scripted);
      else response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html><title>404</title><p>Not here');
    });
    await new Promise<void>((resolve) => images.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    images.close();
    images.closeAllConnections();
  });

  const host = (): string => `http://127.0.0.1:${(images.address() as AddressInfo).port}`;
  const demo = useDemo((gitlab) => {
    const remotes = (project: string): Record<string, string> => ({ origin: `${gitlab.url}/acme/${project}.git` });
    return makeWorkspace({
      shop: {
        remotes: remotes('shop'),
        files: { '.gitlab/badges.yaml': config(host()), 'reports/good.xml': '<testsuite tests="3"/>', 'reports/bad.xml': '<testsuite tests="3">\n  <testcase name="a"></testsuite>' },
      },
      legacy: { remotes: remotes('legacy') },
      empty: { remotes: remotes('empty') },
    });
  });
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1600, height: 1500 } }));
  const tree = () => editor.workbench.tree('Badges');
  const file = (name: string): string => path.join(demo.workspace.folders['shop'] ?? '', name);

  /** The rows below each folder. */
  async function badges(): Promise<Readonly<Record<string, readonly TreeRow[]>>> {
    const found: Record<string, TreeRow[]> = {};
    let folder: TreeRow[] = [];
    for (const row of await tree().rows()) {
      if (row.level === 1) folder = found[row.label] = [];
      else folder.push(row);
    }
    return found;
  }
  const shown = (rows: readonly TreeRow[] | undefined): string[] => (rows ?? []).map(({ icon, label, description }) => `${icon}  ${label}  ${description}`);

  it('has a row for each badge that could not be made, which says why', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    await tree().row('license', 'MIT License');
    await tree().row('empty', `acme/empty · ${demo.name}`);
    await tree().row('legacy', `acme/legacy · ${demo.name}`);
    const { shop } = await badges();
    await workbench.screenshot('trouble');
    const report = 'The totals would miss a report. reports/bad.xml:2:33: unexpected close tag.';
    const same = 'static badge "Code Style" of .gitlab/badges.yaml makes the same file name "code_style" as static badge "code style" of .gitlab/badges.yaml, which keeps it. Rename one of them.';
    const noColor = '“gren” is not a colour: use a name such as brightgreen, green, yellow, red or blue, a hex colour such as #4c1, or a CSS colour. Did you mean “green”?';
    assert.deepEqual(shown(shop), [
      'pass  open issues  12',
      'pass  license  MIT License',
      'pass  release  Shop 2.3.1',
      ...['total tests', 'total execution time', 'tests', 'tests'].map((label) => `error  ${label}  ${report}`),
      'pass  code style  prettier',
      'circle-outline  only  unknown: A row needs 3 items, [label, message, color]; this one has 2. (.gitlab/badges.yaml:5:5)',
      `circle-outline  tinted  unknown: ${noColor} (.gitlab/badges.yaml:6:19)`,
      `error  Code Style  ${same}`,
      `error  ${host()}/gone.svg  link badge answered 404 (${host()}/gone.svg)`,
      'pass  chat  online',
    ]);
    assert.deepEqual(await workbench.toastTexts(), []);
  });

  it('says of a project what is switched off or not there yet', async () => {
    const { legacy, empty } = await badges();
    assert.equal(legacy?.length, 21);
    assert.equal(empty?.length, 21);
    const off = "unknown: Issues are switched off in this project, or hidden from this token's role.";
    assert.deepEqual(shown(legacy?.filter(({ label }) => label.endsWith('issues'))), ['issues', 'open issues', 'closed issues'].map((label) => `circle-outline  ${label}  ${off}`));
    const none = 'unknown: The repository has no commits yet.';
    for (const label of ['license', 'default branch', 'contributors', 'last Commit', 'tag']) {
      assert.equal(empty?.find((row) => row.label === label)?.description, label === 'tag' ? 'unknown: There is no tag yet.' : none, label);
    }
    assert.deepEqual([...(legacy ?? []), ...(empty ?? [])].filter(({ icon }) => icon === 'error'), []);
  });

  it('shows each wrong entry of the configuration at its place among the problems', async () => {
    const { workbench } = editor;
    await workbench.runCommand('Problems: Focus on Problems View');
    const problems = workbench.page.locator('.markers-panel .monaco-list-row');
    await problems.first().waitFor();
    await workbench.screenshot('trouble-problems');
    const [file, ...entries] = (await problems.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    assert.match(file ?? '', /badges\.yaml/);
    assert.deepEqual(
      entries.map((text) => / ([a-z-]+) \[(.*)\]$/.exec(text)?.slice(1) ?? text),
      [
        ['row-length', 'Ln 5, Col 5'],
        ['unknown-color', 'Ln 6, Col 19'],
        ['bad-label', 'Ln 7, Col 6'],
        ['low-contrast', 'Ln 4, Col 28'],
        ['duplicate-stem', 'Ln 8, Col 6'],
      ],
    );
    assert.match(entries[1] ?? '', /Did you mean “green”\?/);
  });

  it('writes the other badges all the same, and tells how many failed', async () => {
    const { workbench } = editor;
    await tree().menu('shop', 'Generate Badges');
    const toast = await workbench.toast('public/badges');
    await workbench.screenshot('trouble-generated');
    assert.match(await toast.text(), /^Wrote 5 badges to public\/badges, 2 unknown, [1-9]\d* failed\.$/);
    assert.equal(await toast.severity(), 'warning');
    await toast.dismiss();
  });

  it('writes nothing outside its folder, and no script', () => {
    const written = readdirSync(file('public/badges')).sort();
    assert.deepEqual(written.filter((name) => name.endsWith('.svg')), ['chat.svg', 'code_style.svg', 'license_name.svg', 'open_issues.svg', 'release.svg']);
    assert.ok(!existsSync(file('../x.svg')) && !existsSync(file('x.svg')));
    const chat = readFileSync(file('public/badges/chat.svg'), 'utf8');
    assert.match(chat, /chat: online/);
    assert.doesNotMatch(chat, /script|onload|onclick|alert/);
  });

  it('says so when the token is refused later, and keeps what needs none', async () => {
    const { workbench } = editor;
    const token = demo.gitlab.data.tokens.find(({ value }) => value === demoTokens.maintainer);
    assert.ok(token);
    token.revoked = true;
    await workbench.runCommand('GitLab Badges: Refresh Badges');
    for (const folder of ['shop', 'legacy', 'empty']) await tree().row(folder, `acme/${folder} · ${demo.name} · GitLab refused the token: sign in again`);
    await tree().row('code style', 'prettier');
    await workbench.screenshot('trouble-refused');
    assert.deepEqual(await workbench.toastTexts(), []);
    token.revoked = false;
    await workbench.runCommand('GitLab Badges: Refresh Badges');
    await tree().row('shop', `acme/shop · ${demo.name}`);
  });

  it('says so when GitLab cannot be reached, and touches no file of an earlier run', async () => {
    const { workbench } = editor;
    const before = readFileSync(file('public/badges/license_name.svg'), 'utf8');
    await demo.gitlab.close();
    await workbench.runCommand('GitLab Badges: Refresh Badges');
    const reason = `${demo.gitlab.url} cannot be reached: the connection was refused. Check the address and the port.`;
    await tree().row('license', reason);
    await workbench.screenshot('trouble-down');
    assert.deepEqual(shown((await badges())['shop']).filter((row) => row.includes('license')), [`error  license  ${reason}`]);
    assert.deepEqual(await workbench.toastTexts(), []);
    await tree().menu('shop', 'Generate Badges');
    await (await workbench.toast(/failed/)).dismiss();
    assert.equal(readFileSync(file('public/badges/license_name.svg'), 'utf8'), before);
  });
});
