import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Composition } from '../../../src/extension/composition';
import { commands, rowCommands, views } from '../../../src/extension/contributions';
import { mayPublish } from '../../../src/extension/published/publishedModel';
import type { PublishedNode } from '../../../src/extension/published/publishedTree';
import { demoTokens } from '../../fakes/gitlab/demo';

/** Address of the GitLab whose acme/shop the workspace is a clone of. */
const gitlab = process.env['BADGESMITH_TEST_GITLAB'] ?? '';

describe('the badges on GitLab, in VS Code', () => {
  let extension: Composition;
  let folder: vscode.WorkspaceFolder;
  const sent: { readonly method: string; readonly path: string }[] = [];
  const unpatched = globalThis.fetch;

  before(async () => {
    globalThis.fetch = (input, init) => {
      const url = new URL(String(input instanceof Request ? input.url : input));
      sent.push({ method: init?.method ?? 'GET', path: decodeURIComponent(url.pathname) });
      return unpatched(input, init);
    };
    folder = vscode.workspace.workspaceFolders![0]!;
    extension = await vscode.extensions.getExtension<Composition>('badgesmith.badgesmith')!.activate();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    // The folder stays: a watcher may miss what comes right after a new one.
    mkdirSync(file('.gitlab'), { recursive: true });
    rmSync(file('.gitlab/badges.yaml'), { force: true });
    await signIn(demoTokens.maintainer);
    await vscode.commands.executeCommand(`${views.published}.focus`);
    await until(() => extension.published.viewState === 'ready');
  });

  after(async () => {
    await vscode.commands.executeCommand(commands.signOut);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(file('.gitlab/badges.yaml'), { force: true });
    globalThis.fetch = unpatched;
  });

  const file = (name: string) => path.join(folder.uri.fsPath, name);
  const rows = () => lines(extension.publishedTree.getChildren());
  const signIn = (token: string) => vscode.commands.executeCommand(commands.signIn, { instance: gitlab, token });

  /** Waits for the view to change until the condition holds and nothing is read any more. */
  async function until(holds: () => boolean): Promise<void> {
    const { published } = extension;
    if (holds() && !published.busy) return;
    await new Promise<void>((resolve) => {
      const subscription = published.onDidChange(() => {
        if (!holds() || published.busy) return;
        subscription.dispose();
        resolve();
      });
    });
  }

  function lines(nodes: readonly PublishedNode[], indent = ''): string[] {
    return nodes.flatMap((node) => {
      if (node.kind === 'url') return [];
      const item = extension.publishedTree.getTreeItem(node);
      return [`${indent}${item.label as string} ${item.description as string}`.trimEnd(), ...lines(extension.publishedTree.getChildren(node), `${indent}  `)];
    });
  }

  function badge(name: string): PublishedNode {
    const badges = extension.publishedTree.getChildren().flatMap((target) => extension.publishedTree.getChildren(target));
    const found = badges.find((node) => node.kind === 'published' && node.entry.record.name === name);
    assert.ok(found, name);
    return found;
  }

  function configure(text: string): void {
    writeFileSync(file('.gitlab/badges.yaml'), text);
  }

  it('lists the own badges and the inherited ones, by group', () => {
    assert.deepEqual(rows(), ['project acme/shop · not configured', '  pipeline', '  coverage', 'group acme · inherited, 1 · needs Owner', '  release']);
  });

  it('gives every row an id of its own', () => {
    const all = (nodes: readonly PublishedNode[]): PublishedNode[] => nodes.flatMap((node) => [node, ...all(extension.publishedTree.getChildren(node))]);
    const ids = all(extension.publishedTree.getChildren()).flatMap((node) => extension.publishedTree.getTreeItem(node).id ?? []);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('shows both URLs in the tooltip, and the picture without a token', async () => {
    const node = badge('pipeline');
    const { tooltip } = await extension.publishedTree.resolveTreeItem(extension.publishedTree.getTreeItem(node), node);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.match(tooltip.value, /!\[badge\]\(data:image\/svg\+xml;base64,/);
    assert.ok(tooltip.value.includes('project\\_path') || tooltip.value.includes('project_path'), tooltip.value);
    assert.equal(tooltip.isTrusted, undefined);
  });

  it('copies the image URL with its placeholders replaced', async () => {
    await vscode.commands.executeCommand(rowCommands.copyImageUrl, badge('pipeline'));
    assert.equal(await vscode.env.clipboard.readText(), `${gitlab}/acme/shop/badges/main/pipeline.svg`);
    await vscode.commands.executeCommand(rowCommands.copyPublishedMarkdown, badge('pipeline'));
    assert.equal(await vscode.env.clipboard.readText(), `[![pipeline](${gitlab}/acme/shop/badges/main/pipeline.svg)](${gitlab}/acme/shop/-/pipelines)`);
  });

  it('follows the section "publish" of the configuration', async () => {
    configure('publish:\n  project:\n    - { name: pipeline, link_url: "https://example.org", image_url: "https://example.org/a.svg" }\n    - { name: license, link_url: "https://example.org", image_url: "https://example.org/l.svg" }\n');
    await until(() => rows().includes('  license not on GitLab yet'));
    assert.deepEqual(rows().slice(0, 4), ['project acme/shop', '  pipeline link URL, image URL differ', '  coverage not in the configuration, and prune is off', '  license not on GitLab yet']);
  });

  it('shows the plan as a comparison and writes nothing', async () => {
    sent.length = 0;
    const summary = await vscode.commands.executeCommand(commands.plan);
    assert.equal(summary, '1 to create, 1 to update, 1 stay');
    const diff = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(diff instanceof vscode.TabInputTextDiff);
    const text = (await vscode.workspace.openTextDocument(diff.modified)).getText();
    assert.match(text, /\+ license: not on GitLab yet\n {6}name {3}license\n {6}link {3}https:\/\/example\.org\n/);
    assert.doesNotMatch((await vscode.workspace.openTextDocument(diff.original)).getText(), /l\.svg/);
    assert.deepEqual(sent.filter(({ method }) => method !== 'GET'), []);
  });

  it('changes a plan that is open when the next one is made', async () => {
    const diff = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(diff instanceof vscode.TabInputTextDiff);
    const document = await vscode.workspace.openTextDocument(diff.modified);
    const changed = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document) return;
        subscription.dispose();
        resolve();
      });
    });
    configure('publish:\n  project:\n    - { name: docs, link_url: "https://example.org", image_url: "https://example.org/d.svg" }\n');
    assert.equal(await vscode.commands.executeCommand(commands.plan), '1 to create, 2 stay');
    await changed;
    assert.match(document.getText(), /\+ docs: not on GitLab yet\n/);
    assert.doesNotMatch(document.getText(), /license/);
  });

  it('imports into the open text, saved or not, and keeps the comments', async () => {
    configure('# ours\npublish: # kept\n  project: []\n');
    await until(() => rows()[1]?.startsWith('  pipeline not in the configuration') ?? false);
    const document = await vscode.workspace.openTextDocument(file('.gitlab/badges.yaml'));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# not saved\n');
    await vscode.workspace.applyEdit(edit);
    assert.equal(await vscode.commands.executeCommand(commands.import), 2);
    assert.match(document.getText(), /^# not saved\n# ours\npublish: # kept\n/);
    assert.match(document.getText(), /name: "?pipeline"?/);
    assert.ok(document.isDirty);
    await document.save();
    await until(() => rows()[1] === '  pipeline' && rows()[0] === 'project acme/shop');
    assert.equal(await vscode.commands.executeCommand(commands.import), 0);
  });

  it('asks GitLab nothing while the view is hidden', async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await until(() => true); // what began before
    sent.length = 0;
    const noticed = new Promise<void>((resolve) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '.gitlab/badges.yaml'));
      watcher.onDidChange(() => {
        watcher.dispose();
        resolve();
      });
    });
    configure('publish:\n  project: []\n');
    await noticed;
    await vscode.commands.executeCommand(commands.refresh);
    assert.deepEqual(sent.filter((request) => request.path.endsWith('/badges')), []);
    await vscode.commands.executeCommand(`${views.published}.focus`);
    await until(() => rows().some((row) => row.includes('coverage not in the configuration')));
  });

  it('says what a token lacks before anything is tried', async () => {
    await signIn(demoTokens.reader);
    await until(() => rows()[0]?.includes('needs') ?? false);
    assert.equal(rows()[0], 'project acme/shop · needs a token with the scope api');
    assert.equal(mayPublish(extension.published), false);
    sent.length = 0;
    await vscode.commands.executeCommand(commands.removeBadge, badge('pipeline'));
    assert.deepEqual(sent, []);
  });

  it('offers the badges of a group to its owner', async () => {
    await signIn(demoTokens.owner);
    await until(() => mayPublish(extension.published));
    const group = rows().find((row) => row.startsWith('group'));
    assert.equal(group, 'group acme · inherited, 1');
  });

  it('asks to sign in again when the token is refused', async () => {
    await extension.context.secrets.store(`token:${gitlab}`, 'glpat-revoked');
    await until(() => extension.published.viewState === 'refused');
    assert.deepEqual(rows(), []);
    await extension.context.secrets.store(`token:${gitlab}`, demoTokens.maintainer);
    await until(() => extension.published.viewState === 'ready');
  });
});
