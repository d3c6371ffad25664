import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { useDocuments } from './documents';

/** What the editor asks for while a person types, as VS Code hands it on. */
describe('help with configuration files in VS Code', () => {
  const { folder, file, write, open, replace, problems, at } = useDocuments();

  async function completions(document: vscode.TextDocument, position: vscode.Position): Promise<readonly vscode.CompletionItem[]> {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
    return list.items;
  }
  const labels = (items: readonly vscode.CompletionItem[]) => items.map(({ label }) => (typeof label === 'string' ? label : label.label));

  it('underlines mistakes where they stand, as they are typed', async () => {
    const document = await open('.gitlab/badges.yaml', 'style: flat\nstyl: social\n');
    const [problem] = await problems(document.uri, ['unknown-key']);
    assert.deepEqual(problem && [problem.range.start.line, problem.range.start.character, problem.range.end.character], [1, 0, 4]);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(1, 0, 2, 0), 'facts: [nam]\n');
    await vscode.workspace.applyEdit(edit);
    await problems(document.uri, ['unknown-fact']);
  });

  it('underlines mistakes of levels, and of the one table in a pyproject.toml that is ours', async () => {
    const levels = await open('.badge-api.yaml', 'badges:\n  - id: a\n    levels:\n      - name: b\n        checks: [{ type: COMMITS, threshold: { min: 6, max: 5 } }]\n');
    await problems(levels.uri, ['never-passes']);
    const project = await open('pyproject.toml', '[tool.ruff]\nbroken =\n[tool.badges_gitlab]\nstyle = "flatt"\n');
    await problems(project.uri, ['unknown-value']);
  });

  it('completes keys in YAML and values in TOML', async () => {
    const yaml = await open('.gitlab/badges.yaml', 'style: flat\nsta\n');
    const found = await completions(yaml, at(yaml, 'sta', 3));
    const item = found.find(({ label }) => label === 'static_badges');
    assert.ok(item, labels(found).join(' '));
    assert.match((item.documentation as vscode.MarkdownString).value, /Badges with a fixed text/);
    const toml = await open('.gitlab/badges.toml', 'style = "pl"\n');
    assert.ok(labels(await completions(toml, at(toml, 'pl', 2))).includes('plastic'));
  });

  it('completes with what the folder knows: jobs and branches', async () => {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder(), '.gitlab-ci.yml'));
    const seen = new Promise<unknown>((resolve) => watcher.onDidCreate(resolve));
    write('.gitlab-ci.yml', 'make badges:\n  script: x\n');
    await seen;
    watcher.dispose();
    const url = 'https://gitlab.example.com/%{project_path}/-/jobs/artifacts/';
    const document = await open('.gitlab/badges.yaml', `publish:\n  project:\n    - image_url: "${url}x/raw/a.svg?job="\n      link_url: "${url}"\n`);
    assert.ok(labels(await completions(document, at(document, '?job=', 5))).includes('make badges'));
    assert.ok(labels(await completions(document, at(document, `artifacts/"`, 10))).includes('main'));
  });

  it('explains a key, and draws the badge', async () => {
    const document = await open('.gitlab/badges.yaml', 'style: flat\nstatic_badges: [[chat, join us, blue]]\n');
    const hover = async (position: vscode.Position) => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
      return hovers.flatMap(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value)).join('\n');
    };
    assert.match(await hover(at(document, 'style', 2)), /How all badges are drawn/);
    const picture = /data:image\/svg\+xml;base64,([\w+/=]+)/.exec(await hover(at(document, 'join')))?.[1] ?? '';
    assert.match(Buffer.from(picture, 'base64').toString(), /<svg[^]*join us/);
  });

  it('mends a mistake, and all that have one meaning', async () => {
    const document = await open('.gitlab/badges.yaml', 'styl: flat\nfacts: [nam]\n');
    await problems(document.uri, ['unknown-key', 'unknown-fact']);
    const range = new vscode.Range(0, 1, 0, 1);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
    const rename = actions.find(({ title }) => title === 'Rename to “style”');
    assert.deepEqual([rename?.isPreferred, rename?.edit?.entries()[0]?.[1].map(({ newText }) => newText)], [true, ['style']], actions.map(({ title }) => title).join());
    const [all] = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, vscode.CodeActionKind.SourceFixAll.value);
    assert.ok(all?.edit);
    await vscode.workspace.applyEdit(all.edit);
    assert.equal(document.getText(), 'style: flat\nfacts: [name]\n');
    await problems(document.uri, []);
  });

  it('shows colours, and writes them', async () => {
    const document = await open('.gitlab/badges.toml', 'static_badges = [["a", "b", "red"]]\n');
    const [color] = await vscode.commands.executeCommand<vscode.ColorInformation[]>('vscode.executeDocumentColorProvider', document.uri);
    assert.ok(color);
    assert.deepEqual([Math.round(color.color.red * 255), document.getText(color.range)], [0xdd, '"red"']);
    const written = await vscode.commands.executeCommand<vscode.ColorPresentation[]>('vscode.executeColorPresentationProvider', new vscode.Color(0x44 / 255, 0xbb / 255, 0, 1), { uri: document.uri, range: color.range });
    assert.deepEqual(written.map(({ label, textEdit }) => [label, textEdit?.newText]), [['brightgreen', '"brightgreen"'], ['#44bb00', '"#44bb00"']]);
  });

  it('renames a badge in all files of the folder', async () => {
    await open('.gitlab/badges.yaml', 'badges:\n  kept: { label: x }\n');
    const document = await open('.badge-api.yaml', 'badges:\n  - id: kept\n    levels: [{ name: a, checks: [{ type: COMMITS, threshold: { min: 1 } }] }]\n');
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at(document, 'kept', 1), 'Well Kept');
    assert.deepEqual(edit.entries().map(([uri, edits]) => [vscode.workspace.asRelativePath(uri), edits.map(({ newText }) => newText)]).sort(), [['.badge-api.yaml', ['Well Kept']], ['.gitlab/badges.yaml', ['well_kept']]]);
  });

  it('has an outline, folds and links', async () => {
    const document = await open('.badge-api.yaml', 'badges:\n  - id: a\n    levels:\n      - name: b\n        svgUrl: https://example.org/b.svg\n        checks: [{ type: COMMITS, threshold: { min: 1 } }]\n');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
    assert.deepEqual(symbols.map(({ name, children }) => [name, children.map((child) => child.name)]), [['badges', ['a']]]);
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
    assert.deepEqual(folds.map(({ start, end }) => [start, end]), [[0, 5], [1, 5], [2, 5], [3, 5]]);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    assert.ok(links.some(({ target }) => target?.toString() === 'https://example.org/b.svg'));
  });

  it('leaves other files alone', async () => {
    const document = await open('other.yaml', 'styl: flat\n');
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
    assert.ok(!labels(await completions(document, new vscode.Position(1, 0))).includes('static_badges'));
  });

  it('lets VS Code check the JSON of a badge, and adds what a schema cannot tell', async () => {
    const document = await open('public/badges/made.json', '{ "schemaVersion": 1, "label": "a", "message": "b", "color": "reed", "colour": 1 }\n');
    await problems(document.uri, ['unknown-color']);
    const [color] = await vscode.commands.executeCommand<vscode.ColorInformation[]>('vscode.executeDocumentColorProvider', document.uri);
    assert.equal(color, undefined);
  });

  it('checks the JSON of badges in the folder that the configuration names, which VS Code does not know', async () => {
    write('.gitlab/badges.yaml', 'path: other/made here\n');
    const document = await open('other/made here/one.json', '{ "schemaVersion": 1, "label": "a", "message": "b", "color": "#4c1", "colour": 1 }\n');
    const [unknown] = await problems(document.uri, ['unknown-key']);
    const [color] = await vscode.commands.executeCommand<vscode.ColorInformation[]>('vscode.executeDocumentColorProvider', document.uri);
    assert.equal(color && document.getText(color.range), '"#4c1"');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, unknown!.range);
    assert.ok(actions.some(({ title }) => title === 'Remove “colour”'), actions.map(({ title }) => title).join());
    const elsewhere = await open('other/one.json', '{ "schemaVersion": 1, "colour": 1 }\n');
    assert.deepEqual(await problems(elsewhere.uri, []), []);
    write('.gitlab/badges.yaml', 'path: elsewhere\n');
    await problems(document.uri, []);
  });

  it('helps with a configuration that is proposed and not saved yet', async () => {
    const document = await vscode.workspace.openTextDocument(file('.gitlab/badges.yaml').with({ scheme: 'untitled' }));
    await vscode.window.showTextDocument(document);
    await replace(document, 'styl: flat\nfac\n');
    const [unknown] = await problems(document.uri, ['unknown-key', 'syntax', 'unknown-key']);
    assert.ok(labels(await completions(document, new vscode.Position(1, 3))).includes('facts'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, unknown!.range);
    assert.ok(actions.some(({ title }) => title === 'Rename to “style”'), actions.map(({ title }) => title).join());
  });

  it('shows nothing where that is wanted', async () => {
    const settings = vscode.workspace.getConfiguration('badgesmith');
    const document = await open('.gitlab/badges.yaml', 'styl: flat\n');
    await problems(document.uri, ['unknown-key']);
    await settings.update('validate', 'off', vscode.ConfigurationTarget.Global);
    await problems(document.uri, []);
    await settings.update('validate', undefined, vscode.ConfigurationTarget.Global);
    await problems(document.uri, ['unknown-key']);
  });
});
