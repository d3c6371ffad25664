import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { badgeStyles } from '../../src/core/badge';
import { factStems } from '../../src/core/facts';
import * as contributions from '../../src/extension/contributions';

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string; enablement?: string }[];
    readonly viewsContainers: { activitybar: readonly { id: string; icon: string }[] };
    readonly views: Readonly<Record<string, readonly { id: string; icon: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string; when: string }[];
    readonly walkthroughs: readonly { steps: readonly { id: string; media: { svg: string }; completionEvents: readonly string[] }[] }[];
    readonly menus: Readonly<Record<string, readonly { command: string; when: string }[]>>;
    readonly configuration: { properties: Readonly<Record<string, { scope: string; enum?: unknown; anyOf?: readonly { items?: { enum: unknown } }[]; default?: unknown }>> };
  };
}

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const { commands, rowCommands, views, contextKeys, settings, settingsSection, viewStates, levelsViewStates, rowTraits } = contributions;
const allCommands = [...Object.values(commands), ...Object.values(rowCommands)];
const menuItems = Object.values(contributes.menus).flat();
const clauses = [
  ...menuItems.map((item) => item.when),
  ...contributes.viewsWelcome.map((welcome) => welcome.when),
  ...contributes.commands.flatMap((command) => command.enablement ?? []),
];

function sameSet(actual: Iterable<unknown>, expected: Iterable<unknown>): void {
  assert.deepEqual([...new Set(actual)].sort(), [...new Set(expected)].sort());
}

function found(pattern: RegExp): string[] {
  return clauses.flatMap((clause) => [...clause.matchAll(pattern)].map((match) => match[1]!));
}

describe('package.json', () => {
  it('names the commands that the code names', () => {
    sameSet(
      contributes.commands.map(({ command }) => command),
      allCommands,
    );
  });

  it('has menus of known commands only', () => {
    assert.deepEqual(
      menuItems.map(({ command }) => command).filter((command) => !(allCommands as string[]).includes(command)),
      [],
    );
  });

  it('hides the commands of rows, and no others, from the palette', () => {
    const hidden = contributes.menus['commandPalette']!.filter(({ when }) => when === 'false');
    sameSet(
      hidden.map(({ command }) => command),
      Object.values(rowCommands),
    );
  });

  it('has a menu entry or a welcome link for every hidden command', () => {
    const linked = Object.values(texts).flatMap((value) => [...value.matchAll(/\(command:([\w.]+)\)/g)].map((match) => match[1]));
    const reachable = new Set([...menuItems.filter(({ when }) => when !== 'false').map(({ command }) => command), ...linked]);
    assert.deepEqual(
      Object.values(rowCommands).filter((command) => !reachable.has(command)),
      [],
    );
  });

  it('links its welcome texts and walkthrough to known commands, or to VS Code', () => {
    const ours = [...allCommands, ...Object.values(views).map((view) => `${view}.focus`)];
    for (const value of Object.values(texts)) {
      for (const [, command] of value.matchAll(/\(command:([\w.]+)/g)) {
        assert.ok(ours.includes(command!) || /^(vscode|workbench)\./.test(command!), command);
      }
    }
  });

  it('calls a step of the walkthrough done by what can happen', () => {
    const events = [...allCommands.map((id) => `onCommand:${id}`), ...Object.values(views).map((id) => `onView:${id}`), ...Object.values(contextKeys).map((key) => `onContext:${key}`)];
    for (const { id, completionEvents } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) assert.ok(events.includes(event), event);
    }
  });

  it('has a picture for each step of the walkthrough, and no other', () => {
    sameSet(
      contributes.walkthroughs.flatMap(({ steps }) => steps).map(({ media }) => media.svg),
      readdirSync('media/walkthrough').map((file) => `media/walkthrough/${file}`),
    );
  });

  it('gives every command the category', () => {
    assert.deepEqual([...new Set(contributes.commands.map(({ category }) => category))], ['%category%']);
  });

  it('names the container and the views that the code names', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [contributions.viewContainer],
    );
    sameSet(
      contributes.views[contributions.viewContainer]!.map(({ id }) => id),
      Object.values(views),
    );
    sameSet(found(/\bview == ([\w.]+)/g), Object.values(views));
  });

  // What could not be read from GitLab has a message in the view, which says why; a welcome text cannot.
  const states = [
    [views.badges, contextKeys.state, viewStates],
    [views.levels, contextKeys.levelsState, levelsViewStates],
    [views.published, contextKeys.publishedState, viewStates.filter((state) => state !== 'error')],
  ] as const;
  for (const [view, key, all] of states) {
    it(`has a welcome text for every state of ${view} but loading and ready`, () => {
      assert.deepEqual(
        contributes.viewsWelcome.filter((welcome) => welcome.view === view).map(({ when }) => when).sort(),
        all.filter((state) => state !== 'loading' && state !== 'ready').map((state) => `${key} == ${state}`).sort(),
      );
    });
  }

  it('compares the state with states that exist', () => {
    for (const [, key, all] of states) {
      const compared = found(new RegExp(`${key.replace('.', '\\.')} [!=]= (\\w+)`, 'g'));
      assert.deepEqual(
        compared.filter((state) => !(all as readonly string[]).includes(state)),
        [],
      );
    }
  });

  it('uses the context keys that the code sets, all of them', () => {
    sameSet(found(/\b(badgesmith\.\w+)\b(?! ==? badgesmith)/g).filter((key) => !(Object.values(views) as string[]).includes(key)), Object.values(contextKeys));
  });

  it('uses the traits of rows that the code gives, all of them', () => {
    sameSet(found(/viewItem =~ \/\\b(\w+)\\b\//g), Object.values(rowTraits));
  });

  it('names the settings that the code reads', () => {
    sameSet(
      Object.keys(contributes.configuration.properties),
      Object.values(settings).map((name) => `${settingsSection}.${name}`),
    );
  });

  it('gives every setting a default and a scope', () => {
    for (const [name, setting] of Object.entries(contributes.configuration.properties)) {
      assert.ok('default' in setting, name);
      assert.ok(['application', 'resource'].includes(setting.scope), name);
    }
  });

  it('lets no workspace say where to send anything', () => {
    for (const name of [settings.instances, settings.useGitLabWorkflowAccount]) {
      assert.equal(contributes.configuration.properties[`${settingsSection}.${name}`]!.scope, 'application');
    }
  });

  it('offers the styles and facts there are', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(properties[`${settingsSection}.${settings.style}`]!.enum, badgeStyles);
    assert.deepEqual(properties[`${settingsSection}.${settings.facts}`]!.anyOf![1]!.items!.enum, ['all', ...factStems]);
  });

  it('wakes up for the panels that can be restored, and for files it has something to say of', () => {
    // JSON wakes nobody up: VS Code reads its own settings as such at every start. Its schemas need no extension that runs.
    sameSet(manifest.activationEvents, [...Object.values(contributions.panels).map((panel) => `onWebviewPanel:${panel}`), 'onLanguage:yaml', 'onLanguage:toml', 'onLanguage:markdown', 'onLanguage:asciidoc', 'onLanguage:restructuredtext', 'workspaceContains:.badge-api.yaml', 'workspaceContains:.gitlab/badges.toml', 'workspaceContains:.gitlab/badges.yaml', 'workspaceContains:pyproject.toml']);
  });

  it('has a text for every key, and no key without use', () => {
    sameSet(
      [...text.matchAll(/"%([\w.-]+)%"/g)].map((match) => match[1]),
      Object.keys(texts),
    );
  });

  it('has the pictures it names', () => {
    const pictures = [manifest.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon), ...contributes.views[contributions.viewContainer]!.map(({ icon }) => icon)];
    assert.deepEqual(
      pictures.filter((file) => !existsSync(file)),
      [],
    );
  });
});

describe('the code of the extension', () => {
  it('writes ids of contributions in contributions.ts only', () => {
    const ids = [...allCommands, ...Object.values(contextKeys)].map((id) => `'${id}'`);
    const files = sourceFiles().filter((file) => !file.endsWith('contributions.ts'));
    assert.ok(files.length > 10);
    for (const file of files) {
      const code = readFileSync(file, 'utf8');
      assert.deepEqual(
        ids.filter((id) => code.includes(id)),
        [],
        file,
      );
    }
  });
});

function sourceFiles(): string[] {
  const names = readdirSync('src/extension', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return names.map((name) => `src/extension/${name.replaceAll('\\', '/')}`);
}
