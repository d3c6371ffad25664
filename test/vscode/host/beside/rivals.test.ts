import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** Stand-ins of these ids are installed; what they would report is theirs. */
const rivals = ['redhat.vscode-yaml', 'tamasfe.even-better-toml'];

describe('beside Red Hat YAML and Even Better TOML', () => {
  let folder: vscode.WorkspaceFolder;

  before(() => {
    folder = vscode.workspace.workspaceFolders![0]!;
    for (const id of rivals) assert.ok(vscode.extensions.getExtension(id), `${id} is not installed`);
  });

  async function open(name: string, text: string): Promise<vscode.Uri> {
    const target = path.join(folder.uri.fsPath, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.file(target)));
    return vscode.Uri.file(target);
  }

  /** Waits until the marks of ours in a file are these, by code. */
  function marked(uri: vscode.Uri, wanted: readonly string[]): Promise<void> {
    const codes = () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'badgesmith').map(({ code }) => (typeof code === 'object' ? code.value : code));
    return new Promise((resolve) => {
      const look = () => {
        if (codes().join() !== wanted.join()) return;
        subscription.dispose();
        resolve();
      };
      const subscription = vscode.languages.onDidChangeDiagnostics(look);
      look();
    });
  }

  async function set(section: string, key: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Global);
  }

  it('leaves mistakes of syntax to them, and says what they do not know', async () => {
    await marked(await open('.badge-api.yaml', 'badges: []\nbadges: []\nbadgs: 1\n'), ['unknown-key']);
    await marked(await open('.gitlab/badges.toml', 'path =\nstyle = "flatt"\nfacts = ["name", "name"]\n'), ['unknown-value', 'duplicate-item']);
  });

  it('leaves the form to them where they have a schema', async () => {
    await marked(await open('.gitlab/badges.yaml', '# yaml-language-server: $schema=https://example.org/badges.json\nstyle: flatt\nfacts: [name, name]\n'), ['duplicate-item']);
    await marked(await open('pyproject.toml', '#:schema https://example.org/pyproject.json\n[tool.badges_gitlab]\nstyle = "flatt"\nfacts = ["name", "name"]\n'), ['duplicate-item']);
  });

  it('says everything where that is wanted, or nothing beyond the meaning', async () => {
    const uri = await open('.badge-api.yaml', 'badges: []\nbadges: []\nbadgs: 1\n');
    await marked(uri, ['unknown-key']);
    await set('badgesmith', 'validate', 'all');
    await marked(uri, ['duplicate-key', 'unknown-key']);
    await set('badgesmith', 'validate', 'semantic');
    await marked(uri, []);
    await set('badgesmith', 'validate', undefined);
    await marked(uri, ['unknown-key']);
  });

  it('says everything where they do not validate', async () => {
    const uri = await open('.badge-api.yaml', 'badges: []\nbadges: []\n');
    await marked(uri, []);
    await set('yaml', 'validate', false);
    await marked(uri, ['duplicate-key']);
    await set('yaml', 'validate', undefined);
    await marked(uri, []);
  });
});
