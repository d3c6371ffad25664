import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { remoteLifetimeMs } from '../../../src/core/levels/definition';
import type { ProjectEvaluation } from '../../../src/core/levels/result';
import type { Composition } from '../../../src/extension/composition';
import { commands, rowCommands, settings, settingsSection, views } from '../../../src/extension/contributions';
import type { LevelsNode } from '../../../src/extension/levels/levelsTree';
import { demoTokens } from '../../fakes/gitlab/demo';

/** Address of the GitLab whose acme/shop the workspace is a clone of. */
const gitlab = process.env['BADGESMITH_TEST_GITLAB'] ?? '';

const remoteUrl = 'https://config.example.org/levels.yaml';

const config = `badges:
  - id: maintained
    levels:
      - name: bronze
        checks:
          - type: COMMITS
            threshold: { timeRangeInMonths: 1, min: 1 }
      - name: silver
        checks:
          - type: BUS_FACTOR
            threshold: { timeRangeInMonths: 1, min: 90 }
`;

describe('the leveled badges, in VS Code', () => {
  let extension: Composition;
  let folder: vscode.WorkspaceFolder;
  const sent: string[] = [];
  const unpatched = globalThis.fetch;
  const unpatchedDate = globalThis.Date;
  /** What another host answers; null: it is down. */
  let remote: string | null = null;

  before(async () => {
    globalThis.fetch = (input, init) => {
      const url = String(input instanceof Request ? input.url : input);
      sent.push(decodeURIComponent(new URL(url).pathname));
      if (url !== remoteUrl) return unpatched(input, init);
      assert.ok(!JSON.stringify([...new Headers(init?.headers)]).includes(demoTokens.maintainer), 'the token went to another host');
      return Promise.resolve(remote === null ? new Response(null, { status: 500 }) : new Response(remote));
    };
    folder = vscode.workspace.workspaceFolders![0]!;
    extension = await vscode.extensions.getExtension<Composition>('badgesmith.badgesmith')!.activate();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(uri().fsPath, { force: true });
    // In a browser, VS Code saves by itself.
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    await signIn(demoTokens.maintainer);
    await vscode.commands.executeCommand(`${views.levels}.focus`);
    await until(() => extension.levels.viewState !== 'loading');
  });

  after(async () => {
    await vscode.commands.executeCommand(commands.signOut);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(uri().fsPath, { force: true });
    await vscode.workspace.getConfiguration('files').update('autoSave', undefined, vscode.ConfigurationTarget.Global);
    globalThis.fetch = unpatched;
    globalThis.Date = unpatchedDate;
  });

  /** Puts the clock forward, for all but who keeps a time of before. */
  function wait(ms: number): void {
    const now = globalThis.Date;
    globalThis.Date = class extends now {
      constructor(...parts: []) {
        super(...(parts.length > 0 ? parts : ([now.now() + ms] as unknown as [])));
      }
      static override now = () => now.now() + ms;
    } as DateConstructor;
  }

  const uri = () => vscode.Uri.file(path.join(folder.uri.fsPath, '.badge-api.yaml'));
  const model = () => extension.levels.folders[0]!;
  const rows = () => lines(extension.levelsTree.getChildren());
  const signIn = (token: string) => vscode.commands.executeCommand(commands.signIn, { instance: gitlab, token });
  const open = async () => (await vscode.window.showTextDocument(uri())).document;

  /** Waits for the views to change until the condition holds and neither reads any more: the badges show the levels, too. */
  async function until(holds: () => boolean): Promise<void> {
    const { levels, workspace } = extension;
    const isReached = () => holds() && !levels.busy && !workspace.busy;
    if (isReached()) return;
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!isReached()) return;
        for (const subscription of subscriptions) subscription.dispose();
        resolve();
      };
      const subscriptions = [levels.onDidChange(look), workspace.onDidChange(look)];
    });
  }

  function lines(nodes: readonly LevelsNode[], indent = ''): string[] {
    return nodes.flatMap((node) => {
      if (node.kind === 'evidence') return [];
      const item = extension.levelsTree.getTreeItem(node);
      return [`${indent}${item.label as string} ${String(item.description ?? '')}`.trimEnd(), ...lines(extension.levelsTree.getChildren(node), `${indent}  `)];
    });
  }

  function all(nodes: readonly LevelsNode[] = extension.levelsTree.getChildren()): LevelsNode[] {
    return nodes.flatMap((node) => [node, ...all(extension.levelsTree.getChildren(node))]);
  }

  function row(start: string): LevelsNode {
    const found = all().find((node) => `${extension.levelsTree.getTreeItem(node).label as string}`.startsWith(start));
    assert.ok(found, start);
    return found;
  }

  /** Types in the open configuration, without saving. */
  async function replace(before: string, after: string): Promise<void> {
    const document = await open();
    const at = document.getText().indexOf(before);
    assert.ok(at >= 0, before);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + before.length)), after);
    await vscode.workspace.applyEdit(edit);
  }

  /** Waits until the marks in the configuration are as wanted: they come once the typing has paused. */
  async function marked(holds: (marks: readonly vscode.Diagnostic[]) => boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!holds(vscode.languages.getDiagnostics(uri()))) return;
        subscription.dispose();
        resolve();
      };
      const subscription = vscode.languages.onDidChangeDiagnostics(look);
      look();
    });
  }

  async function lenses(): Promise<string[]> {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri());
    return found.map(({ range, command }) => `${range.start.line + 1} ${command?.title ?? ''}`);
  }

  it('says that there is no configuration, and offers one', async () => {
    assert.equal(extension.levels.viewState, 'noConfig');
    assert.deepEqual(rows(), []);
    await vscode.commands.executeCommand(commands.createLevelsConfig);
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, uri().fsPath);
    assert.match(readFileSync(uri().fsPath, 'utf8'), /id: maintained/);
    await marked((marks) => marks.length === 0);
    await until(() => rows()[0]?.startsWith('maintained ') ?? false);
    writeFileSync(uri().fsPath, config);
    await vscode.commands.executeCommand(commands.createLevelsConfig);
    assert.equal(readFileSync(uri().fsPath, 'utf8'), config);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows badges, levels and checks', async () => {
    await until(() => rows().length === 5);
    await vscode.commands.executeCommand(commands.refresh);
    const [badge, bronze, commits, silver, factor] = rows();
    assert.equal(badge, 'maintained bronze');
    assert.equal(bronze, '  bronze reached');
    assert.match(commits ?? '', /^ {4}commits \d+\+? ≥ 1 · 1 month$/);
    assert.equal(silver, '  silver 1 check missing');
    assert.match(factor ?? '', /^ {4}bus factor \d+, needs 90 · 1 month$/);
  });

  it('gives every row an id of its own, and words for a screen reader', () => {
    const items = all().map((node) => extension.levelsTree.getTreeItem(node));
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    assert.match(extension.levelsTree.getTreeItem(row('bus factor')).accessibilityInformation?.label ?? '', /^bus factor: not passed\. \d+, at least 90 is needed, in 1 month$/);
  });

  it('explains a check in its tooltip, without trusting what it says', () => {
    const { tooltip } = extension.levelsTree.resolveTreeItem(extension.levelsTree.getTreeItem(row('commits')), row('commits'));
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.ok(tooltip.value.includes(`(${gitlab}/acme/shop/-/commits)`), tooltip.value);
    assert.equal(tooltip.isTrusted, undefined);
  });

  it('judges what is typed by the facts at hand, unsaved and without a request', async () => {
    await open();
    await until(() => true);
    sent.length = 0;
    await replace('min: 90', 'min: 1');
    await until(() => rows()[0] === 'maintained silver');
    assert.match(rows()[4] ?? '', /bus factor \d+ ≥ 1 · 1 month/);
    assert.equal(readFileSync(uri().fsPath, 'utf8'), config);
    assert.deepEqual(sent, []);
  });

  it('keeps the levels while the text cannot be read, and says so', async () => {
    await replace('levels:', 'levels: [');
    await until(() => model().problems.some(({ severity }) => severity === 'error'));
    assert.equal(rows()[0], 'maintained silver');
    assert.ok(model().state.kind === 'read' && 'trouble' in model().state);
    await marked((marks) => marks.length > 0);
    assert.deepEqual(await lenses(), []);
    await replace('levels: [', 'levels:');
    await until(() => model().problems.length === 0);
    await marked((marks) => marks.length === 0);
  });

  it('fetches what is missing once the typing has paused, and says so until then', async () => {
    sent.length = 0;
    await replace('timeRangeInMonths: 1, min: 1 }\n      - name: silver', 'timeRangeInMonths: 6, min: 9999 }\n      - name: silver');
    await until(() => rows().some((line) => line.includes('commits needs 9999 · 6 months · not fetched yet')));
    assert.deepEqual(sent, []);
    await until(() => rows().some((line) => /commits \d+, needs 9999 · 6 months$/.test(line)));
    assert.ok(sent.length > 0);
    assert.equal(rows()[0], 'maintained not reached');
  });

  it('shows the outcome beside each badge, level and check', async () => {
    const found = await lenses();
    assert.deepEqual(found.map((line) => line.split(' ')[0]), ['2', '4', '6', '8', '10']);
    assert.equal(found[0], '2 ✗ not reached');
    assert.match(found[2] ?? '', /^6 ✗ commits \d+, needs 9999 · 6 months$/);
  });

  it('explains what is under the mouse', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri(), new vscode.Position(6, 40));
    const texts = hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value)));
    assert.ok(texts.some((text) => text.includes('commits\\: not passed')), texts.join('\n'));
  });

  it('shows no outcome in the text where the setting is off', async () => {
    const configuration = vscode.workspace.getConfiguration(settingsSection);
    await configuration.update(settings.codeLens, false, vscode.ConfigurationTarget.Global);
    assert.deepEqual(await lenses(), []);
    await configuration.update(settings.codeLens, undefined, vscode.ConfigurationTarget.Global);
    assert.equal((await lenses()).length, 5);
  });

  it('shows a badge that is wrong with its problem, and leads to the place', async () => {
    await replace('badges:\n', 'badges:\n  - id: odd\n    levels:\n      - name: only\n        checks:\n          - type: COMMITZ\n            threshold: { min: 1 }\n');
    await until(() => rows()[0]?.startsWith('odd ') ?? false);
    assert.match(rows()[0] ?? '', /“COMMITZ” is not a check type/);
    assert.equal(rows()[1], 'maintained not reached');
    await marked((marks) => marks.some(({ range, severity }) => range.start.line === 5 && severity === vscode.DiagnosticSeverity.Error));
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    await vscode.commands.executeCommand(rowCommands.openInConfig, row('odd'));
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, 5);
    await vscode.commands.executeCommand(rowCommands.openInConfig, row('bus factor'));
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, 15);
  });

  it('goes back to the file when the text is given up', async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(() => rows()[0] === 'maintained bronze');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('fetches nothing while the view is hidden, whatever is typed', async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await until(() => true);
    await open();
    sent.length = 0;
    await replace('type: BUS_FACTOR', 'type: RELEASES');
    await until(() => model().badges[0]?.levels[1]?.checks[0]?.pending === 'facts');
    assert.ok((await lenses()).some((line) => line === '10 ? not fetched yet'));
    await vscode.commands.executeCommand(commands.refresh);
    assert.deepEqual(sent, []);
    await vscode.commands.executeCommand(`${views.levels}.focus`);
    await until(() => rows().some((line) => /releases \d+, needs 90 · 1 month$/.test(line)));
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until(() => rows()[0] === 'maintained bronze');
  });

  it('evaluates at a command, and answers the result', async () => {
    const evaluation = await vscode.commands.executeCommand<ProjectEvaluation>(commands.evaluate);
    assert.equal(evaluation.project, 'acme/shop');
    assert.deepEqual(evaluation.badges.map(({ id, level }) => [id, level]), [['maintained', 'bronze']]);
  });

  it('lets a second run abort the first', async () => {
    const both = await Promise.all([vscode.commands.executeCommand(commands.evaluate), vscode.commands.executeCommand(commands.evaluate)]);
    assert.equal(both[0], undefined);
    assert.ok(both[1]);
  });

  it('has the badge among the others, and writes it as a file', async () => {
    const badges = extension.workspace.folders[0]!;
    await badges.refresh();
    assert.deepEqual(badges.snapshot?.badges.flatMap(({ stem, origin, status }) => (origin.kind === 'levels' ? [[stem, status]] : [])), [['maintained', 'known']]);
    await vscode.commands.executeCommand(commands.generate);
    const svg = path.join(folder.uri.fsPath, 'public/badges/maintained.svg');
    assert.match(readFileSync(svg, 'utf8'), /bronze/);
    rmSync(path.join(folder.uri.fsPath, 'public'), { recursive: true });
  });

  describe('from a remote configuration', () => {
    const named = (id: string) => config.replace('maintained', id);

    it('are shown in the place of those in the file', async () => {
      remote = named('theirs');
      sent.length = 0;
      writeFileSync(uri().fsPath, `remoteConfigUrl: ${remoteUrl}\n${config}`);
      await until(() => rows()[0] === 'theirs bronze');
      assert.equal(rows().length, 5);
      assert.deepEqual(sent, ['/levels.yaml']);
    });

    it('follow it when it changes, once that is due', async () => {
      remote = named('renamed');
      sent.length = 0;
      model().lookAtRemote();
      await until(() => true);
      assert.deepEqual([rows()[0], sent], ['theirs bronze', []]);
      wait(remoteLifetimeMs);
      model().lookAtRemote();
      await until(() => rows()[0] === 'renamed bronze');
      assert.deepEqual(sent, ['/levels.yaml']);
    });

    it('stay as they were while it cannot be had, and say so', async () => {
      remote = null;
      wait(remoteLifetimeMs);
      model().lookAtRemote();
      await until(() => model().state.kind === 'read' && 'trouble' in model().state);
      assert.equal(rows()[0], 'renamed bronze');
      await marked((marks) => marks.some(({ message, range }) => message.includes('answered 500') && range.start.line === 0));
      globalThis.Date = unpatchedDate;
    });

    it('are fetched again at once by a refresh', async () => {
      remote = named('back');
      await vscode.commands.executeCommand(commands.refresh);
      await until(() => rows()[0] === 'back bronze');
      await marked((marks) => marks.length === 0);
      writeFileSync(uri().fsPath, config);
      await until(() => rows()[0] === 'maintained bronze');
    });
  });

  it('asks to sign in again when the token is refused', async () => {
    await extension.context.secrets.store(`token:${gitlab}`, 'glpat-revoked');
    await until(() => extension.levels.viewState === 'refused');
    assert.deepEqual(rows(), []);
    await extension.context.secrets.store(`token:${gitlab}`, demoTokens.maintainer);
    await until(() => extension.levels.viewState === 'ready');
  });

  it('are read with the token file of the configuration where nobody signed in, on the GitLab of the project alone', async () => {
    const tokenFile = path.join(folder.uri.fsPath, '.gitlab-token');
    writeFileSync(tokenFile, `${demoTokens.reader}\n`);
    await vscode.workspace.getConfiguration(settingsSection).update(settings.instances, [gitlab], vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand(commands.signOut);
    await until(() => extension.levels.viewState === 'signedOut');
    const client = (baseUrl: string, file: string) => `gitClients:\n  - { baseUrl: "${baseUrl}", tokenFile: ${file} }\n`;
    for (const [baseUrl, file] of [['https://gitlab.example.org', '.gitlab-token'], [gitlab, '../.gitlab-token']] as const) {
      writeFileSync(uri().fsPath, client(baseUrl, file) + config);
      await vscode.commands.executeCommand(commands.refresh);
      assert.equal(extension.levels.viewState, 'signedOut');
    }
    writeFileSync(uri().fsPath, client(gitlab, '.gitlab-token') + config);
    await until(() => rows()[0] === 'maintained bronze');
    assert.equal(extension.workspace.viewState, 'signedOut');

    rmSync(tokenFile);
    await vscode.workspace.getConfiguration(settingsSection).update(settings.instances, undefined, vscode.ConfigurationTarget.Global);
    await signIn(demoTokens.maintainer);
    writeFileSync(uri().fsPath, config);
    await until(() => extension.levels.viewState === 'ready');
  });

  it('has no rows any more when the configuration is gone', async () => {
    rmSync(uri().fsPath);
    await until(() => extension.levels.viewState === 'noConfig');
    assert.ok(!existsSync(uri().fsPath));
    assert.deepEqual(rows(), []);
  });
});
