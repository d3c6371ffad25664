import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { demoTokens } from '../../fakes/gitlab/demo';
import type { FakeGitLab } from '../../fakes/gitlab/server';
import { containerTitle, useEditor } from '../harness/editor';
import { makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

/** A badge of one level that a number of commits in a year reaches. */
const badge = (id: string, min: number) => `badges:
  - id: ${id}
    levels:
      - name: gold
        checks:
          - { type: COMMITS, threshold: { timeRangeInMonths: 12, min: ${min} } }
`;

/** In the private project acme/web/storefront; a rule for all projects of an organisation. */
const remoteFile = 'levels/.badge-api.yaml';

function writeRemote(gitlab: FakeGitLab, text: string): void {
  gitlab.data.projects.find(({ path: name }) => name === 'storefront')?.files.set(remoteFile, text);
}

describe('the leveled badges of several folders', () => {
  const demo = useDemo((gitlab) => {
    writeRemote(gitlab, badge('organisation', 1));
    const remote = (project: string): string => `${gitlab.url}/${project}.git`;
    return makeWorkspace({
      shop: { remotes: { origin: remote('acme/shop') }, files: { '.badge-api.yaml': badge('own', 100_000) } },
      front: { remotes: { origin: remote('acme/web/storefront') }, files: { '.badge-api.yaml': `remoteConfigUrl: ${gitlab.url}/acme/web/storefront/-/raw/main/${remoteFile}\n` } },
      old: { remotes: { origin: remote('acme/legacy') }, files: { '.badge-api.yaml': 'badges: [\n' } },
      notes: { files: { 'notes.md': 'Nothing here is on a GitLab.\n' } },
    });
  });
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1280, height: 1000 } }));
  const tree = () => editor.workbench.tree('Levels');

  it('are shown below each folder, by its own file or that of the organisation in a private project', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    await signIn(workbench, demo, demoTokens.maintainer);
    await workbench.page.locator('.pane-header[aria-label="Badges Section"]').click();
    await workbench.page.locator('.pane-header[aria-label="Levels Section"]').click();
    await tree().row('own', 'not reached');
    await tree().row('organisation', 'gold');
    await tree().row('notes', 'no .badge-api.yaml');
    const rows = await tree().rows();
    assert.deepEqual(rows.filter(({ level }) => level <= 2).map(({ label, description }) => [label, description]), [
      ['shop', ''],
      ['own', 'not reached'],
      ['front', ''],
      ['organisation', 'gold'],
      ['old', '.badge-api.yaml cannot be read, see the problems'],
      ['notes', 'no .badge-api.yaml'],
    ]);
    await workbench.screenshot('levelsFolders');
  });

  it('are evaluated for the folder that is chosen, by the remote file as it is now', async () => {
    const { workbench } = editor;
    writeRemote(demo.gitlab, badge('organisation', 100_000));
    await workbench.runCommand('GitLab Badges: Evaluate Badge Levels');
    const folders = await workbench.quickInput('Which folder?');
    assert.deepEqual((await folders.rows()).map(({ label }) => label), ['shop', 'front', 'old', 'notes']);
    await folders.pick('front');
    await tree().row('organisation', 'not reached');
    await tree().row('own', 'not reached');
  });

  it('follow the file of their folder alone', async () => {
    const { workbench } = editor;
    demo.gitlab.requests.length = 0;
    writeFileSync(path.join(demo.workspace.folders['shop'] ?? '', '.badge-api.yaml'), badge('own', 1));
    await tree().row('own', 'gold');
    assert.deepEqual([...new Set(demo.gitlab.requests.map(({ path: asked }) => asked))].filter((asked) => asked.includes('storefront')), []);
    await tree().row('organisation', 'not reached');
    await workbench.screenshot('levelsFolders-edited');
  });

  it('say why there are none where the remote file is gone', async () => {
    const { workbench } = editor;
    demo.gitlab.data.projects.find(({ path: name }) => name === 'storefront')?.files.delete(remoteFile);
    await workbench.runCommand('GitLab Badges: Evaluate Badge Levels');
    await (await workbench.quickInput('Which folder?')).pick('front');
    const toast = await workbench.toast('remote configuration could not be had');
    assert.match((await toast.text()) ?? '', /404/);
    await toast.dismiss();
    await tree().row('front', /remote configuration could not be had/);
    await tree().row('organisation', 'not reached');
    await workbench.screenshot('levelsFolders-gone');
  });
});
