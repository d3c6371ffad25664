import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BadgesNode } from '../../../src/extension/badges/badgesTree';
import type { Composition } from '../../../src/extension/composition';
import { commands, panels, rowCommands, views } from '../../../src/extension/contributions';
import { demoTokens } from '../../fakes/gitlab/demo';

/** Address of the GitLab whose acme/shop the workspace is a clone of. */
const gitlab = process.env['BADGESMITH_FAKE_GITLAB_URL'] ?? process.env['BADGESMITH_TEST_GITLAB'] ?? '';
const token = process.env['BADGESMITH_FAKE_TOKEN'] ?? demoTokens.reader;
const secretKey = `token:${gitlab}`;

interface Sent {
  readonly url: string;
  readonly token: string | null;
}

describe('the extension in VS Code', () => {
  let extension: Composition;
  let folder: vscode.WorkspaceFolder;
  const sent: Sent[] = [];
  const unpatched = globalThis.fetch;

  before(async () => {
    globalThis.fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      sent.push({ url: String(input instanceof Request ? input.url : input), token: headers.get('private-token') ?? headers.get('authorization') });
      return unpatched(input, init);
    };
    folder = vscode.workspace.workspaceFolders![0]!;
    extension = await vscode.extensions.getExtension<Composition>('badgesmith.badgesmith')!.activate();
    await vscode.commands.executeCommand(`${views.badges}.focus`);
    await until(() => !extension.workspace.busy && extension.workspace.viewState !== 'loading');
  });

  after(() => {
    globalThis.fetch = unpatched;
  });

  beforeEach(() => {
    sent.length = 0;
  });

  /** Waits for the badges to change until the condition holds. */
  async function until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve) => {
      const subscription = extension.workspace.onDidChange(() => {
        if (!holds()) return;
        subscription.dispose();
        resolve();
      });
    });
  }

  const model = () => extension.workspace.folders[0]!;
  const idle = () => !extension.workspace.busy;
  const badge = (stem: string) => model().snapshot?.badges.find((found) => found.stem === stem);
  const file = (name: string) => path.join(folder.uri.fsPath, name);
  const git = (...args: string[]) => execFileSync('git', ['-C', folder.uri.fsPath, ...args], { encoding: 'utf8' });
  const project = () => {
    const { state } = model();
    return state.kind === 'loading' ? null : (state.search?.project?.project ?? null);
  };

  async function setRemote(name: string, path: string): Promise<void> {
    git('remote', 'set-url', name, `${gitlab}/${path}.git`);
    await vscode.commands.executeCommand('git.refresh');
  }

  function nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const subscription = extension.workspace.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
  }

  function rows(): string[] {
    const lines: string[] = [];
    const add = (node: BadgesNode, indent: string) => {
      const item = extension.tree.getTreeItem(node);
      lines.push(`${indent}${item.label as string} · ${item.description as string}`);
      for (const child of extension.tree.getChildren(node)) add(child, `${indent}  `);
    };
    for (const node of extension.tree.getChildren()) add(node, '');
    return lines;
  }

  function node(stem: string): BadgesNode {
    const found = extension.tree.getChildren(extension.tree.getChildren()[0]).find((child) => child.kind === 'badge' && child.badge.stem === stem);
    assert.ok(found, stem);
    return found;
  }

  describe('before signing in', () => {
    it('has its commands', async () => {
      const known = await vscode.commands.getCommands(true);
      assert.deepEqual(
        [...Object.values(commands), ...Object.values(rowCommands)].filter((id) => !known.includes(id)),
        [],
      );
    });

    it('does not know a GitLab because a remote names it, and sends it nothing', async () => {
      await vscode.commands.executeCommand(commands.refresh);
      assert.equal(extension.workspace.viewState, 'noProject');
      assert.deepEqual(rows(), []);
      assert.deepEqual(sent, []);
    });

    it('refuses a token that the GitLab refuses, and keeps nothing of it', async () => {
      await assert.rejects(
        async () => vscode.commands.executeCommand(commands.signIn, { instance: gitlab, token: 'glpat-not-a-token' }),
        (error: Error) => !error.message.includes('glpat-not-a-token'),
      );
      assert.equal(await extension.context.secrets.get(secretKey), undefined);
      assert.equal(extension.workspace.viewState, 'noProject');
    });

    it('sends no token to what does not answer as a GitLab', async () => {
      const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = server.address() as AddressInfo;
        await assert.rejects(async () => vscode.commands.executeCommand(commands.signIn, { instance: `http://127.0.0.1:${port}`, token }));
        assert.ok(sent.length > 0);
        assert.deepEqual(
          sent.filter((request) => request.token !== null),
          [],
        );
      } finally {
        server.close();
        server.closeAllConnections();
      }
    });

    for (const argument of [{}, { instance: 5, token: 'x' }, { instance: 'ftp://x', token: 'x' }, 'text']) {
      it(`rejects ${JSON.stringify(argument)} as an argument`, async () => {
        await assert.rejects(async () => vscode.commands.executeCommand(commands.signIn, argument));
        assert.deepEqual(sent, []);
      });
    }
  });

  describe('signed in', () => {
    before(async () => {
      const account = await vscode.commands.executeCommand<Record<string, unknown>>(commands.signIn, { instance: `${gitlab}/`, token });
      assert.equal(account['instance'], gitlab);
      assert.equal(typeof account['user'], 'string');
      assert.ok(Array.isArray(account['scopes']));
      await until(() => extension.workspace.viewState === 'ready' && idle());
    });

    it('keeps the token in the secret storage, bound to the instance, and nowhere else', async () => {
      assert.equal(await extension.context.secrets.get(secretKey), token);
      const { globalState, workspaceState } = extension.context;
      for (const state of [globalState, workspaceState]) for (const key of state.keys()) assert.ok(!JSON.stringify(state.get(key)).includes(token), key);
    });

    it('shows the folder with its project, and 21 badges', () => {
      const [first, ...badges] = rows();
      assert.equal(first, `shop · acme/shop · ${gitlab.replace('http://', '')}`);
      assert.equal(badges.length, 21);
      assert.ok(badges.includes('  license · MIT License'), badges.join('\n'));
    });

    it('asks in at most six requests, all to that GitLab', async () => {
      await vscode.commands.executeCommand(commands.refresh);
      assert.ok(sent.length > 0 && sent.length <= 6, String(sent.length));
      assert.deepEqual(
        sent.filter(({ url }) => !url.startsWith(`${gitlab}/api/v4/`)),
        [],
      );
    });

    it('draws the tooltip of a row', async () => {
      const row = node('license_name');
      const { tooltip } = await extension.tree.resolveTreeItem(extension.tree.getTreeItem(row), row);
      assert.ok(tooltip instanceof vscode.MarkdownString);
      assert.match(tooltip.value, /!\[badge\]\(data:image\/svg\+xml;base64,/);
      assert.match(tooltip.value, /Source:/);
      assert.equal(tooltip.isTrusted, undefined);
    });

    it('proposes a configuration without writing it, and never overwrites one', async () => {
      await vscode.commands.executeCommand(commands.createConfig);
      const document = vscode.window.activeTextEditor?.document;
      assert.deepEqual([document?.uri.fsPath, document?.isUntitled], [file('.gitlab/badges.yaml'), true]);
      assert.equal(existsSync(file('.gitlab/badges.yaml')), false);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      mkdirSync(file('.gitlab'), { recursive: true });
      writeFileSync(file('.gitlab/badges.yaml'), 'style: plastic\n');
      await vscode.commands.executeCommand(commands.createConfig);
      assert.equal(readFileSync(file('.gitlab/badges.yaml'), 'utf8'), 'style: plastic\n');
    });

    it('shows a badge from the configuration without asking GitLab again', async () => {
      await until(idle);
      sent.length = 0;
      writeFileSync(file('.gitlab/badges.yaml'), 'static_badges:\n  - [chat, join us, blue]\n');
      await until(() => badge('chat') !== undefined);
      assert.ok(rows().includes('  chat · join us'));
      assert.equal(rows().length, 23);
      assert.deepEqual(sent, []);
    });

    it('takes an override back when the configuration does', async () => {
      writeFileSync(file('.gitlab/badges.yaml'), 'badges:\n  license_name: { label: licence }\n');
      await until(() => badge('license_name')?.label === 'licence');
      writeFileSync(file('.gitlab/badges.yaml'), 'path: public/badges\n');
      await until(() => badge('license_name')?.label === 'license');
    });

    it('asks for a fact that it was not asked for before', async () => {
      writeFileSync(file('.gitlab/badges.yaml'), 'facts: [open_issues]\n');
      await until(() => model().snapshot?.badges.length === 1);
      await vscode.commands.executeCommand(commands.refresh);
      assert.equal(model().snapshot?.badges.length, 1);
      writeFileSync(file('.gitlab/badges.yaml'), 'facts: [open_issues, release]\n');
      await until(() => badge('release') !== undefined);
      writeFileSync(file('.gitlab/badges.yaml'), 'path: public/badges\n');
      await until(() => model().snapshot?.badges.length === 21);
    });

    it('marks what is wrong in the configuration, and takes the mark away', async () => {
      const uri = vscode.Uri.file(file('.gitlab/badges.yaml'));
      const marks = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'badgesmith');
      const marked = (wanted: number) =>
        new Promise<void>((resolve) => {
          const subscription = vscode.languages.onDidChangeDiagnostics(() => {
            if (marks().length !== wanted) return;
            subscription.dispose();
            resolve();
          });
        });
      // An editor would keep the text of a file that is gone.
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const appeared = marked(1);
      writeFileSync(uri.fsPath, 'style: round\n');
      await appeared;
      assert.equal(marks()[0]?.range.start.line, 0);
      const gone = marked(0);
      rmSync(uri.fsPath);
      await gone;
    });

    it('generates SVG and JSON, and touches nothing the second time', async () => {
      const first = await vscode.commands.executeCommand<Record<string, unknown>>(commands.generate);
      assert.equal(first['written'], 21);
      assert.match(readFileSync(file('public/badges/license_name.svg'), 'utf8'), /MIT License/);
      assert.ok(existsSync(file('public/badges/license_name.json')));
      const { mtimeMs } = statSync(file('public/badges/license_name.svg'));
      const second = await vscode.commands.executeCommand<Record<string, unknown>>(commands.generate);
      assert.deepEqual([second['written'], second['unchanged']], [0, 21]);
      assert.equal(statSync(file('public/badges/license_name.svg')).mtimeMs, mtimeMs);
    });

    it('writes nothing from a configuration that cannot be read', async () => {
      rmSync(file('public/badges'), { recursive: true });
      writeFileSync(file('.gitlab/badges.yaml'), 'path: docs/badges\nfacts: [license_name\n');
      await vscode.commands.executeCommand(commands.generate);
      assert.ok(!existsSync(file('public/badges')) && !existsSync(file('docs')));
      rmSync(file('.gitlab/badges.yaml'));
      await vscode.commands.executeCommand(commands.generate);
      assert.ok(existsSync(file('public/badges/license_name.svg')));
    });

    it('lets a second run abort the first', async () => {
      const both = await Promise.all([vscode.commands.executeCommand(commands.generate), vscode.commands.executeCommand(commands.generate)]);
      assert.equal(both[0], undefined);
      assert.ok(both[1]);
    });

    it('generates one badge alone', async () => {
      rmSync(file('public/badges'), { recursive: true });
      await vscode.commands.executeCommand(rowCommands.regenerate, node('license_name'));
      assert.ok(existsSync(file('public/badges/license_name.svg')));
      assert.ok(!existsSync(file('public/badges/open_issues.svg')));
    });

    it('shows a JSON file that another tool drops into the folder', async () => {
      mkdirSync(file('public/badges'), { recursive: true });
      writeFileSync(file('public/badges/size.json'), JSON.stringify({ schemaVersion: 1, label: 'size', message: '12 KB', color: 'blue' }));
      await until(() => badge('size') !== undefined);
      assert.ok(rows().includes('  size · 12 KB'));
    });

    it('opens the file of a badge', async () => {
      await vscode.commands.executeCommand(rowCommands.openFile, node('license_name'));
      const opened = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(opened instanceof vscode.TabInputText || opened instanceof vscode.TabInputCustom);
      assert.equal(opened.uri.fsPath, file('public/badges/license_name.svg'));
    });

    it('opens one preview for a folder', async () => {
      const previews = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes(panels.preview));
      const opened = new Promise<void>((resolve) => {
        const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
          if (previews().length === 0) return;
          subscription.dispose();
          resolve();
        });
      });
      await vscode.commands.executeCommand(commands.preview);
      await opened;
      await vscode.commands.executeCommand(commands.preview);
      assert.equal(previews().length, 1);
      await vscode.window.tabGroups.close(previews());
    });

    it('reads nothing while the view is hidden, and catches up when it is shown', async () => {
      await until(idle);
      await vscode.commands.executeCommand('workbench.view.explorer');
      await vscode.commands.executeCommand('workbench.action.closeSidebar');
      sent.length = 0;
      const noticed = nextChange();
      await setRemote('origin', 'acme/nowhere');
      await noticed;
      assert.equal(extension.workspace.busy, false);
      assert.deepEqual(sent, []);
      await vscode.commands.executeCommand(`${views.badges}.focus`);
      await until(() => project() === 'acme/nowhere' && idle());
      await setRemote('origin', 'acme/shop');
      await until(() => project() === 'acme/shop' && idle());
    });

    it('follows a remote that changes', async () => {
      await setRemote('origin', 'acme/nowhere');
      await until(() => project() === 'acme/nowhere' && idle());
      assert.equal(badge('open_issues')?.status, 'unknown');
      await setRemote('origin', 'acme/shop');
      await until(() => project() === 'acme/shop' && idle());
    });

    it('follows insteadOf, which only git knows', async () => {
      git('config', `url.${gitlab}/.insteadOf`, 'work:');
      git('remote', 'set-url', 'origin', 'work:acme/shop.git');
      await vscode.commands.executeCommand('git.refresh');
      await vscode.commands.executeCommand(commands.refresh);
      assert.equal(project(), 'acme/shop');
      git('remote', 'set-url', 'origin', `${gitlab}/acme/shop.git`);
      git('config', '--unset', `url.${gitlab}/.insteadOf`);
      await vscode.commands.executeCommand('git.refresh');
      await vscode.commands.executeCommand(commands.refresh);
    });

    it('asks which project is meant where remotes lead to several', async () => {
      git('remote', 'add', 'fork', `${gitlab}/acme/fork.git`);
      await vscode.commands.executeCommand('git.refresh');
      await until(() => {
        const { state } = model();
        return state.kind !== 'loading' && state.obstacle === 'choose' && idle();
      });
      assert.equal(project(), null);
      git('remote', 'remove', 'fork');
      await vscode.commands.executeCommand('git.refresh');
      await until(() => project() === 'acme/shop' && idle());
    });

    it('says that a token was refused later, and keeps quiet otherwise', async () => {
      await extension.context.secrets.store(secretKey, 'glpat-revoked');
      await until(() => {
        const { state } = model();
        return state.kind !== 'loading' && state.obstacle === 'refused' && idle();
      });
      assert.match(rows()[0]!, /refused the token/);
      await extension.context.secrets.store(secretKey, token);
      await until(() => extension.workspace.viewState === 'ready' && badge('open_issues')?.status === 'known');
    });

    it('forgets everything when signing out', async () => {
      await vscode.commands.executeCommand(commands.signOut);
      await until(() => idle() && badge('open_issues')?.origin.kind !== 'gitlab');
      assert.equal(await extension.context.secrets.get(secretKey), undefined);
      assert.ok(!JSON.stringify(extension.context.globalState.get('accounts')).includes(gitlab));
      sent.length = 0;
      await vscode.commands.executeCommand(commands.refresh);
      assert.deepEqual(sent, []);
    });
  });
});
