import * as vscode from 'vscode';
import type { Composition, Views } from './composition';
import { commands, panels, rowCommands, views as viewIds } from './contributions';
import { LazyLanguage } from './language/lazyLanguage';
import { LazyView } from './view/lazyView';

const levelsFiles: vscode.DocumentSelector = { scheme: 'file', pattern: '**/.badge-api.yaml' };

/**
 * Registers what VS Code may ask for. All that answers is loaded when it asks: VS Code also starts the extension where
 * nobody looks at a badge.
 */
export function activate(context: vscode.ExtensionContext): Promise<Composition> | undefined {
  let composed: Promise<Composition> | undefined;
  const load = (): Promise<Composition> => (composed ??= import('./composition').then(({ compose }) => lenses.follow(compose(context, views, language))));
  const lenses = new LazyLenses(load);
  const language = new LazyLanguage({
    extensionUri: context.extensionUri,
    askGitLab: async (folder, signal) => (await load()).askGitLab(folder, signal),
    readme: { known: async (folder) => (await load()).readme.known(folder), read: async (folder, signal) => (await load()).readme.read(folder, signal) },
  });
  const views: Views = { badges: new LazyView(viewIds.badges, load), levels: new LazyView(viewIds.levels, load), published: new LazyView(viewIds.published, load) };

  context.subscriptions.push(
    language,
    views.badges,
    views.levels,
    views.published,
    ...[...Object.values(commands), ...Object.values(rowCommands)].map((id) => vscode.commands.registerCommand(id, async (target?: unknown) => (await load()).run(id, target))),
    vscode.window.registerWebviewPanelSerializer(panels.preview, {
      deserializeWebviewPanel: async (panel, state) => (await load()).previews.restore(panel, state),
    }),
    vscode.window.registerWebviewPanelSerializer(panels.badgeForm, {
      deserializeWebviewPanel: async (panel, state) => (await load()).restoreForm(panel, state),
    }),
    vscode.languages.registerCodeLensProvider(levelsFiles, lenses),
    vscode.languages.registerHoverProvider(levelsFiles, { provideHover: async (document, position) => (await load()).lenses.hover(document, position) }),
  );
  // For tests inside VS Code. Other extensions are given nothing.
  return context.extensionMode === vscode.ExtensionMode.Test ? load() : undefined;
}

/** VS Code listens before it asks, and at times does not ask: what is loaded later is passed on as soon as it is there. */
class LazyLenses implements vscode.CodeLensProvider {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(private readonly load: () => Promise<Composition>) {}

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    return (await this.load()).lenses.codeLenses(document);
  }

  follow(composition: Composition): Composition {
    composition.lenses.onDidChange(() => this.#changed.fire());
    return composition;
  }
}
