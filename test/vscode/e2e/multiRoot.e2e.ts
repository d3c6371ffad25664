import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { demoTokens } from '../../fakes/gitlab/demo';
import { containerTitle, useEditor } from '../harness/editor';
import { makeWorkspace } from '../harness/workspace';
import { signIn, useDemo } from './demo';

describe('a workspace of several folders', () => {
  const demo = useDemo((gitlab) => {
    const remote = (project: string): string => `${gitlab.url}/${project}.git`;
    return makeWorkspace({
      shop: { remotes: { origin: remote('acme/shop') } },
      front: { remotes: { fork: remote('acme/legacy'), upstream: remote('acme/web/storefront') } },
      notes: { files: { 'notes.md': 'Nothing here is on a GitLab.\n' } },
    });
  });
  const editor = useEditor(() => ({ workspace: demo.workspace.path, viewport: { width: 1280, height: 1400 } }));
  const tree = () => editor.workbench.tree('Badges');
  const written = (folder: string): boolean => existsSync(path.join(demo.workspace.folders[folder] ?? '', 'public'));

  it('shows each folder, and what its remotes lead to', async () => {
    const { workbench } = editor;
    await workbench.focusContainer(containerTitle);
    for (const folder of ['shop', 'front', 'notes']) await tree().row(folder, 'no remote on a known GitLab');
    assert.equal(demo.gitlab.requests.length, 0);
    await signIn(workbench, demo, demoTokens.maintainer);
    await tree().row('shop', `acme/shop · ${demo.name}`);
    await tree().row('front', 'several projects: choose one');
    await tree().row('notes', 'no remote on a known GitLab');
    const rows = await tree().rows();
    assert.deepEqual(rows.filter(({ level }) => level === 1).map(({ label }) => label), ['shop', 'front', 'notes']);
    assert.equal(rows.length, 3 + 21);
    await workbench.screenshot('multiRoot');
  });

  it('lets one choose between the projects of a folder, and keeps the choice', async () => {
    const { workbench } = editor;
    await tree().inlineAction('front', 'Choose Project…');
    const projects = await workbench.quickInput('Which project do the badges of front belong to?');
    assert.deepEqual((await projects.rows()).map(({ label, description }) => `${label} ${description}`), [`acme/legacy ${demo.name}`, `acme/web/storefront ${demo.name}`]);
    await projects.pick('acme/web/storefront');
    await tree().row('front', `acme/web/storefront · ${demo.name}`);
    await tree().row('Name', 'Storefront');
    await workbench.reload(containerTitle);
    await tree().row('front', `acme/web/storefront · ${demo.name}`);
    await workbench.screenshot('multiRoot-chosen');
  });

  it('asks whose badges to generate, and writes those alone', async () => {
    const { workbench } = editor;
    await workbench.runCommand('GitLab Badges: Generate Badges');
    const folders = await workbench.quickInput('Which folder?');
    assert.deepEqual((await folders.rows()).map(({ label }) => label), ['shop', 'front', 'notes']);
    await workbench.screenshot('multiRoot-folders');
    await folders.pick('front');
    await (await workbench.toast('public/badges')).dismiss();
    assert.deepEqual(['shop', 'front', 'notes'].filter(written), ['front']);
    await workbench.noToasts();
  });

  it('generates the badges of the row that the command is given on', async () => {
    const { workbench } = editor;
    await tree().menu('shop', 'Generate Badges');
    await (await workbench.toast('Wrote 21 badges')).dismiss();
    assert.deepEqual(['shop', 'front', 'notes'].filter(written), ['shop', 'front']);
    await workbench.noToasts();
  });

  it('says why it has no badges for a folder without a remote', async () => {
    const { workbench } = editor;
    await tree().menu('notes', 'Generate Badges');
    const toast = await workbench.toast('notes has no project');
    assert.equal(await toast.text(), 'notes has no project on a known GitLab and no badges of its own. Sign in to its GitLab, or create a badge configuration.');
    assert.equal(await toast.severity(), 'error');
    assert.deepEqual(await toast.buttons(), ['Sign In…']);
    await workbench.screenshot('multiRoot-noRemote');
    await toast.dismiss();
    assert.ok(!written('notes'));
  });
});
