import * as vscode from 'vscode';
import { BadgeActions } from './badges/badgeActions';
import { BadgesModel } from './badges/badgesModel';
import { BadgesTree, type BadgesNode } from './badges/badgesTree';
import { Generator } from './badges/generate';
import { createCommands } from './commands';
import { commands, contextKeys, settings, type CommandId } from './contributions';
import { draw } from './drawBadge';
import { showError } from './errors';
import { followContext } from './followContext';
import { gitLabAsker } from './language/askGitLab';
import type { LazyLanguage } from './language/lazyLanguage';
import { LevelLenses } from './levels/levelLenses';
import { LevelsModel } from './levels/levelsModel';
import { LevelsTree, type LevelsNode } from './levels/levelsTree';
import { engineLoader } from './loadEngine';
import { Reviews } from './pipeline/reviews';
import { Previews } from './preview/previewPanel';
import { reading, showProblems } from './problems';
import { Projects } from './projects';
import { publishingLoader } from './published/loadPublishing';
import { PlanDocuments } from './published/planDocuments';
import { mayPublish, PublishedModel } from './published/publishedModel';
import { PublishedTree, type PublishedNode } from './published/publishedTree';
import { readmePorts } from './readme/readmePorts';
import { Instances } from './signIn/instances';
import { Sessions } from './signIn/sessions';
import { warnOfExpiry } from './signIn/signIn';
import type { LazyView } from './view/lazyView';
import { WorkspaceModel } from './view/workspaceModel';

/** The views as they were registered. */
export interface Views {
  readonly badges: LazyView<BadgesNode>;
  readonly levels: LazyView<LevelsNode>;
  readonly published: LazyView<PublishedNode>;
}

export type Composition = ReturnType<typeof compose>;

/**
 * Builds everything behind the views and commands, from the outside in. Waits for nothing: reading starts when a view is
 * seen or a command is given. A bundle of its own, loaded with the first of them.
 */
export function compose(context: vscode.ExtensionContext, views: Views, language: LazyLanguage) {
  const log = vscode.window.createOutputChannel('GitLab Badges', { log: true });
  const loadEngine = engineLoader(log);
  const sessions = new Sessions(context.secrets, context.globalState);
  const projects = new Projects(context.workspaceState);
  const instances = new Instances(sessions, loadEngine);
  const services = { loadEngine, sessions, instances, projects, log };
  const levels = new WorkspaceModel(services, { create: (folder, isShown) => new LevelsModel(folder, services, isShown), settings: [] });
  const workspace = new WorkspaceModel(services, {
    create: (folder, isShown) => new BadgesModel(folder, services, isShown, levels.folder(folder.uri)),
    settings: [settings.path, settings.style, settings.facts],
  });
  const tree = new BadgesTree(views.badges, workspace, loadEngine);
  const actions = new BadgeActions(loadEngine);
  const previews = new Previews({ workspace, levels, loadEngine, actions, extensionUri: context.extensionUri, log });
  const generator = new Generator({ loadEngine, log, hasPreview: (model) => previews.isOpen(model) });
  const levelsTree = new LevelsTree(views.levels, levels);
  const lenses = new LevelLenses(levels, draw);
  const published = new WorkspaceModel(services, { create: (folder, isShown) => new PublishedModel(folder, services, isShown), settings: [] });
  const publishedTree = new PublishedTree(views.published, published);
  const documents = new PlanDocuments();
  const reviews = new Reviews(documents);
  const loadPublishing = publishingLoader({ published, badges: workspace, extensionUri: context.extensionUri, loadEngine, documents, log });
  const signIn = { sessions, projects, loadEngine, state: context.globalState, log };
  const { version } = context.extension.packageJSON as { readonly version: string };
  const handlers = createCommands({ workspace, tree, actions, previews, generator, levels, levelsTree, published, publishedTree, loadPublishing, projects, language, loadEngine, ci: { loadEngine, reviews, log }, signIn, log, version });

  context.subscriptions.push(
    log,
    sessions,
    projects,
    workspace,
    tree,
    previews,
    levels,
    levelsTree,
    lenses,
    published,
    publishedTree,
    documents,
    reviews,
    followContext(contextKeys.state, () => workspace.viewState, workspace.onDidChange),
    followContext(contextKeys.signedIn, () => sessions.accounts.length > 0, workspace.onDidChange, sessions.onDidChange),
    followContext(contextKeys.levelsState, () => levels.viewState, levels.onDidChange),
    followContext(contextKeys.publishedState, () => published.viewState, published.onDidChange),
    followContext(contextKeys.mayPublish, () => mayPublish(published), published.onDidChange),
    followContext(contextKeys.reviewing, () => reviews.isInFront, reviews.onDidChange),
    showProblems([reading(workspace, ({ snapshot }) => snapshot?.problems ?? []), reading(levels, ({ problems }) => problems)], language),
    sessions.onDidChange(() => language.ifLoaded((loaded) => loaded.forgetGitLab())),
    projects.onDidChange(() => language.ifLoaded((loaded) => loaded.forgetGitLab())),
    workspace.onDidChange(() => language.ifLoaded(({ readme }) => readme.forget())),
  );
  void warnOfExpiry(signIn);

  return {
    /** Runs a command and shows the user why it did not work. */
    async run(id: CommandId, target: unknown): Promise<unknown> {
      try {
        return await handlers[id](target);
      } catch (error) {
        // Who signs in by argument is a program, and gets the error itself.
        if (id === commands.signIn && target !== undefined) throw error;
        showError(error, log, vscode);
        return undefined;
      }
    },
    askGitLab: gitLabAsker(services, published),
    readme: readmePorts(services, workspace),
    previews,
    restoreForm: async (panel: vscode.WebviewPanel, state: unknown) => (await loadPublishing()).restoreForm(panel, state),
    lenses,
    // What tests inside VS Code look into, because no API shows it.
    context,
    workspace,
    tree,
    levels,
    levelsTree,
    published,
    publishedTree,
  };
}
