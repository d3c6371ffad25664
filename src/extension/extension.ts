import * as vscode from 'vscode';
import { BadgeActions } from './badgeActions';
import { BadgesTree, type BadgeNode } from './badgesTree';
import { commands, rowCommands } from './contributions';
import { createConfig } from './createConfig';
import { CommandError, showError } from './errors';
import type { FolderModel } from './folderModel';
import { Generator } from './generate';
import { Instances } from './instances';
import { engineLoader } from './loadEngine';
import { publishingLoader } from './loadPublishing';
import * as messages from './messages';
import { PlanDocuments } from './planDocuments';
import { Previews } from './previewPanel';
import { showProblems } from './problems';
import { Projects } from './projects';
import { publishedActions } from './publishedActions';
import { followPublishedInContext, PublishedWorkspace, type PublishedModel } from './publishedModel';
import { PublishedTree, type PublishedNode } from './publishedTree';
import { instanceName } from './remotes';
import { Sessions } from './sessions';
import { signIn, signOut, warnOfExpiry } from './signIn';
import { followInContext, WorkspaceModel } from './workspaceModel';

/** Builds everything, from the outside in. Waits for nothing: reading starts when a view is shown or a command is given. */
export function activate(context: vscode.ExtensionContext): ExtensionUnderTest | undefined {
  const log = vscode.window.createOutputChannel('GitLab Badges', { log: true });
  const loadEngine = engineLoader(log);
  const sessions = new Sessions(context.secrets, context.globalState);
  const projects = new Projects(context.workspaceState);
  const instances = new Instances(sessions, loadEngine);
  const workspace = new WorkspaceModel({ loadEngine, sessions, instances, projects, log });
  const tree = new BadgesTree(workspace, loadEngine);
  const actions = new BadgeActions(loadEngine);
  const previews = new Previews({ workspace, loadEngine, actions, extensionUri: context.extensionUri, log });
  const generator = new Generator({ loadEngine, log, hasPreview: (model) => previews.isOpen(model) });
  const published = new PublishedWorkspace(workspace, { loadEngine, sessions, instances, projects, log });
  const publishedTree = new PublishedTree(published, loadEngine);
  const documents = new PlanDocuments();
  const loadPublishing = publishingLoader({ loadEngine, documents, log });
  const signInServices = { sessions, projects, loadEngine, state: context.globalState, log };

  const pickFolder = async (target: unknown, isWanted = (_model: FolderModel) => true): Promise<FolderModel | undefined> => {
    const named = folderOf(target, workspace);
    if (named) return named;
    const [first, ...others] = workspace.folders.filter(isWanted);
    if (!first) throw new CommandError(messages.noFolder());
    if (others.length === 0) return first;
    const editor = vscode.window.activeTextEditor && vscode.workspace.getWorkspaceFolder(vscode.window.activeTextEditor.document.uri);
    const near = (editor && workspace.folder(editor.uri)) ?? tree.selectedFolder ?? (publishedTree.selectedFolder && workspace.folder(publishedTree.selectedFolder.uri));
    if (near && isWanted(near)) return near;
    const items = [first, ...others].map((model) => ({ label: model.folder.name, description: model.folder.uri.fsPath, model }));
    return (await vscode.window.showQuickPick(items, { placeHolder: messages.pickFolder() }))?.model;
  };

  const chooseProject = async (target: unknown): Promise<void> => {
    const model = await pickFolder(target, ({ state }) => state.kind !== 'loading' && (state.search?.projects.length ?? 0) > 1);
    if (!model) return;
    const projectsFound = model.state.kind === 'loading' ? [] : (model.state.search?.projects ?? []);
    if (projectsFound.length < 2) throw new CommandError(messages.nothingToChoose(model.folder.name));
    const items = projectsFound.map((project) => ({ label: project.project, description: instanceName(project.instance), project }));
    const picked = await vscode.window.showQuickPick(items, { placeHolder: messages.pickProject(model.folder.name) });
    if (picked) await projects.remember(model.folder, picked.project);
  };

  const copy = async (target: unknown, format: 'markdown' | 'svg'): Promise<void> => {
    vscode.window.setStatusBarMessage(await actions.copy(badgeTarget(target), format), statusMs);
  };

  /** The badges on GitLab of the folder that a command is about. */
  const pickPublished = async (target: unknown): Promise<PublishedModel | undefined> => {
    if (isPublishedNode(target)) return target.published;
    const model = await pickFolder(target);
    return model && published.model(model.folder);
  };

  const copyPublished = async (copied: Promise<string>): Promise<void> => {
    vscode.window.setStatusBarMessage(await copied, statusMs);
  };

  const handlers: Record<string, (target?: unknown) => unknown> = {
    [commands.signIn]: (argument) => signIn(signInServices, argument),
    [commands.signOut]: () => signOut(signInServices),
    [commands.generate]: async (target) => {
      const model = await pickFolder(target);
      return model && generator.generate(model);
    },
    [commands.preview]: async (target) => {
      const model = await pickFolder(target);
      if (model) previews.show(model);
    },
    [commands.createConfig]: async (target) => {
      const model = await pickFolder(target);
      return model && createConfig(model.folder, loadEngine);
    },
    [commands.refresh]: async (target) => {
      const model = folderOf(target, workspace);
      const models = model ? [published.model(model.folder)] : published.models;
      await Promise.all([model ? model.refresh('all') : workspace.refresh(), ...models.map((each) => each?.refreshIfShown())]);
    },
    [commands.showLog]: () => log.show(),
    [commands.plan]: async (target) => {
      const model = await pickPublished(target);
      return model && (await loadPublishing()).plan(model);
    },
    [commands.push]: async (target) => {
      const model = await pickPublished(target);
      return model && (await loadPublishing()).push(model);
    },
    [commands.import]: async (target) => {
      const model = await pickPublished(target);
      return model && (await loadPublishing()).import(model);
    },
    [commands.addBadge]: async (target) => {
      const model = await pickPublished(target);
      const chosen = isPublishedNode(target) && target.kind !== 'folder' ? target.target : undefined;
      return model && (await loadPublishing()).add(model, workspace.folder(model.folder.uri), chosen);
    },
    [commands.editBadge]: async (target) => {
      const model = await pickPublished(target);
      return model && (await loadPublishing()).edit(model, publishedTarget(target));
    },
    [commands.removeBadge]: async (target) => {
      const model = await pickPublished(target);
      return model && (await loadPublishing()).remove(model, publishedTarget(target));
    },
    [rowCommands.copyImageUrl]: (target) => copyPublished(publishedActions.copyImageUrl(publishedBadge(target))),
    [rowCommands.copyPublishedMarkdown]: (target) => copyPublished(publishedActions.copyMarkdown(publishedBadge(target))),
    [rowCommands.openLink]: (target) => publishedActions.openLink(publishedBadge(target)),
    [rowCommands.copyMarkdown]: (target) => copy(target, 'markdown'),
    [rowCommands.copySvg]: (target) => copy(target, 'svg'),
    [rowCommands.openFile]: (target) => actions.openFile(badgeTarget(target)),
    [rowCommands.openSource]: (target) => actions.openSource(badgeTarget(target)),
    [rowCommands.regenerate]: (target) => {
      const { model, badge } = badgeTarget(target);
      return generator.generate(model, badge.stem);
    },
    [rowCommands.chooseProject]: chooseProject,
  };

  context.subscriptions.push(
    log,
    sessions,
    projects,
    workspace,
    tree,
    previews,
    published,
    publishedTree,
    documents,
    followInContext(workspace, sessions),
    followPublishedInContext(published),
    showProblems(workspace),
    ...Object.entries(handlers).map(([id, handler]) =>
      vscode.commands.registerCommand(id, async (target?: unknown) => {
        try {
          return await handler(target);
        } catch (error) {
          // Who signs in by argument is a program, and gets the error itself.
          if (id === commands.signIn && target !== undefined) throw error;
          showError(error, log, vscode);
          return undefined;
        }
      }),
    ),
  );
  void warnOfExpiry(signInServices);
  return context.extensionMode === vscode.ExtensionMode.Test ? { context, workspace, tree, published, publishedTree } : undefined;
}

/** What tests inside VS Code look into, because no API shows them. Other extensions are given nothing. */
export interface ExtensionUnderTest {
  readonly context: vscode.ExtensionContext;
  readonly workspace: WorkspaceModel;
  readonly tree: BadgesTree;
  readonly published: PublishedWorkspace;
  readonly publishedTree: PublishedTree;
}

/** How long a message in the status bar stays, in milliseconds. */
const statusMs = 4000;

/** The folder a command was called with: a row of the tree, or the URI of a folder or of something in it. */
function folderOf(target: unknown, workspace: WorkspaceModel): FolderModel | undefined {
  if (target instanceof vscode.Uri) {
    const folder = vscode.workspace.getWorkspaceFolder(target);
    return folder && workspace.folder(folder.uri);
  }
  if (isPublishedNode(target)) return workspace.folder(target.published.folder.uri);
  return isNode(target) ? target.model : undefined;
}

function badgeTarget(target: unknown): BadgeNode & { readonly kind: 'badge' } {
  if (isNode(target) && target.kind === 'badge') return target;
  throw new CommandError(messages.badgeGone());
}

function publishedTarget(target: unknown): (PublishedNode & { readonly kind: 'published' }) | undefined {
  return isPublishedNode(target) && target.kind === 'published' ? target : undefined;
}

function publishedBadge(target: unknown): PublishedNode & { readonly kind: 'published' } {
  const node = publishedTarget(target);
  if (!node) throw new CommandError(messages.badgeGone());
  return node;
}

function isPublishedNode(target: unknown): target is PublishedNode {
  return typeof target === 'object' && target !== null && 'kind' in target && 'published' in target;
}

function isNode(target: unknown): target is BadgeNode {
  return typeof target === 'object' && target !== null && 'kind' in target && 'model' in target;
}
