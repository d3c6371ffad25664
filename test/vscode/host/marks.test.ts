import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Composition } from '../../../src/extension/composition';
import { commands, views } from '../../../src/extension/contributions';
import { demoTokens } from '../../fakes/gitlab/demo';

/** Address of the GitLab whose acme/shop the workspace is a clone of. */
const gitlab = process.env['BADGESMITH_TEST_GITLAB'] ?? '';

describe('the marks in configuration files, in VS Code', () => {
  let extension: Composition;
  let folder: vscode.WorkspaceFolder;
  let server: Server;
  let remote: string;
  /** What the remote configuration says; null: it is not there. */
  let answer: string | null;

  before(async () => {
    folder = vscode.workspace.workspaceFolders![0]!;
    extension = await vscode.extensions.getExtension<Composition>('badgesmith.badgesmith')!.activate();
    server = createServer((_request, response) => (answer === null ? response.writeHead(404).end() : response.writeHead(200, { 'content-type': 'text/plain' }).end(answer)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    remote = `http://127.0.0.1:${(server.address() as AddressInfo).port}/levels.yaml`;
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand(commands.signIn, { instance: gitlab, token: demoTokens.maintainer });
    await vscode.commands.executeCommand(`${views.badges}.focus`);
    await vscode.commands.executeCommand(`${views.levels}.focus`);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['.badge-api.yaml', '.gitlab/badges.yaml']) rmSync(file(name).fsPath, { force: true });
    await vscode.commands.executeCommand(commands.signOut);
    await vscode.workspace.getConfiguration('files').update('autoSave', undefined, vscode.ConfigurationTarget.Global);
    server.close();
    server.closeAllConnections();
  });

  const file = (name: string) => vscode.Uri.file(path.join(folder.uri.fsPath, name));
  const ours = (name: string) => vscode.languages.getDiagnostics(file(name)).filter(({ source }) => source === 'badgesmith');
  const lines = (name: string) => ours(name).map(({ code, range }) => `${range.start.line + 1} ${code as string}`);

  function write(name: string, text: string | Buffer): void {
    mkdirSync(path.dirname(file(name).fsPath), { recursive: true });
    writeFileSync(file(name).fsPath, text);
  }

  /** Waits until the marks of a file are these, in any order. */
  async function marked(name: string, ...wanted: readonly string[]): Promise<void> {
    const isSo = () => lines(name).sort().join() === [...wanted].sort().join();
    if (isSo()) return;
    await new Promise<void>((resolve) => {
      const subscription = vscode.languages.onDidChangeDiagnostics(() => {
        if (!isSo()) return;
        subscription.dispose();
        resolve();
      });
    });
  }

  async function until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve) => {
      const subscription = extension.levels.onDidChange(() => {
        if (!holds()) return;
        subscription.dispose();
        resolve();
      });
    });
  }

  /** Makes an edit and waits for nothing. */
  async function replace(name: string, before: string, after: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(file(name));
    const at = document.getText().indexOf(before);
    assert.ok(at >= 0, before);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + before.length)), after);
    await vscode.workspace.applyEdit(edit);
  }

  const close = () => vscode.commands.executeCommand('workbench.action.closeAllEditors');

  it('are there once for what the view and the editor both find, be the file closed or open', async () => {
    write('.badge-api.yaml', 'badges:\n  - id: a\n    levls: []\npersonalEmailDomains: ["@"]\n');
    const wanted = ['2 missing-key', '3 unknown-key', '4 bad-domain'];
    await marked('.badge-api.yaml', ...wanted);
    await vscode.window.showTextDocument(file('.badge-api.yaml'));
    await replace('.badge-api.yaml', 'badges:\n', '# moved\nbadges:\n');
    await marked('.badge-api.yaml', '3 missing-key', '4 unknown-key', '5 bad-domain');
    await until(() => extension.levels.folders[0]!.problems.length === 3 && extension.levels.folders[0]!.isUnsaved);
    assert.deepEqual(lines('.badge-api.yaml').sort(), ['3 missing-key', '4 unknown-key', '5 bad-domain']);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await close();
    await marked('.badge-api.yaml', ...wanted);
  });

  it('say where a remote configuration is named that it could not be had, and go when it can', async () => {
    answer = null;
    write('.badge-api.yaml', `remoteConfigUrl: ${remote}\n`);
    await marked('.badge-api.yaml', '1 remote-config');
    assert.match(ours('.badge-api.yaml')[0]?.message ?? '', /could not be had.*404/);
    await vscode.window.showTextDocument(file('.badge-api.yaml'));
    await replace('.badge-api.yaml', 'remoteConfigUrl', 'badgs: 1\nremoteConfigUrl');
    await marked('.badge-api.yaml', '1 unknown-key', '2 remote-config');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await close();
    await marked('.badge-api.yaml', '1 remote-config');
    answer = 'badges:\n  - id: shared\n    levels:\n      - name: bronze\n        checks: [{ type: COMMITS, threshold: { min: 1 } }]\n';
    await vscode.commands.executeCommand(commands.refresh);
    await marked('.badge-api.yaml');
    await until(() => extension.levels.viewState === 'ready');
    const [badge] = extension.levels.folders[0]!.badges;
    assert.deepEqual([badge?.result.id, badge?.result.level, extension.levels.folders[0]!.text], ['shared', 'bronze', null]);
  });

  it('say where a remote configuration is named what is wrong in it', async () => {
    answer = 'badges:\n  - id: shared\n    levels:\n      - name: bronze\n        checks: [{ type: COMITS, threshold: { min: 1 } }]\n';
    await vscode.commands.executeCommand(commands.refresh);
    await marked('.badge-api.yaml', '1 remote-config');
    assert.match(ours('.badge-api.yaml')[0]?.message ?? '', /levels\.yaml:5:26: “COMITS” is not a check type/);
  });

  it('say that a file is no text, and go with it', async () => {
    write('.gitlab/badges.yaml', Buffer.from('static_badges: [[caf\xe9, a, red]]\n', 'latin1'));
    await marked('.gitlab/badges.yaml', '1 unreadable-file');
    write('.gitlab/badges.yaml', 'static_badges: [[café, a, reed]]\n');
    await marked('.gitlab/badges.yaml', '1 unknown-color');
    rmSync(file('.gitlab/badges.yaml').fsPath);
    await marked('.gitlab/badges.yaml');
  });
});
