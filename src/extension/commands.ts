import * as vscode from 'vscode';
import type { BadgeActions } from './badges/badgeActions';
import type { BadgesModel } from './badges/badgesModel';
import type { BadgeNode, BadgesTree } from './badges/badgesTree';
import type { Generator } from './badges/generate';
import { commands, rowCommands, type CommandId, type ViewState } from './contributions';
import { CommandError } from './errors';
import type { LazyLanguage } from './language/lazyLanguage';
import { evaluateLevels } from './levels/evaluateLevels';
import { exportLevels } from './levels/exportLevels';
import type { LevelsModel } from './levels/levelsModel';
import type { LevelsNode, LevelsTree } from './levels/levelsTree';
import type { LoadEngine } from './loadEngine';
import * as messages from './messages';
import { openInConfig } from './openInConfig';
import { insertCiJob, type CiServices } from './pipeline/ciJob';
import { createConfig, createLevelsConfig } from './pipeline/createConfig';
import { migrate } from './pipeline/migrate';
import type { Previews } from './preview/previewPanel';
import type { Projects } from './projects';
import { folderAt } from './published/planDocuments';
import { publishedActions } from './published/publishedActions';
import type { PublishedModel } from './published/publishedModel';
import type { PublishedBadgeNode, PublishedNode, PublishedTree } from './published/publishedTree';
import type { Publishing } from './published/publishing';
import { instanceName } from './remotes';
import { signIn, signOut, type SignInServices } from './signIn/signIn';
import { FolderModel } from './view/folderModel';
import type { WorkspaceModel } from './view/workspaceModel';

interface CommandServices {
  readonly workspace: WorkspaceModel<BadgesModel>;
  readonly tree: BadgesTree;
  readonly actions: BadgeActions;
  readonly previews: Previews;
  readonly generator: Generator;
  readonly levels: WorkspaceModel<LevelsModel>;
  readonly levelsTree: LevelsTree;
  readonly published: WorkspaceModel<PublishedModel>;
  readonly publishedTree: PublishedTree;
  readonly loadPublishing: () => Promise<Publishing>;
  readonly projects: Projects;
  readonly language: LazyLanguage;
  readonly loadEngine: LoadEngine;
  readonly ci: CiServices;
  readonly signIn: SignInServices;
  readonly log: vscode.LogOutputChannel;
  /** Of the extension. */
  readonly version: string;
}

/** How long a message in the status bar stays, in milliseconds. */
const statusMs = 4000;

/** What each command does. It is called with a row of a view, the URI of a folder or of something in it, or nothing. */
export function createCommands(services: CommandServices): Record<CommandId, (target?: unknown) => unknown> {
  const { workspace, tree, actions, previews, generator, levels, levelsTree, published, publishedTree, loadPublishing, projects, language, loadEngine, ci, log, version } = services;

  const pickFolder = async (target: unknown, isWanted = (_model: BadgesModel) => true): Promise<BadgesModel | undefined> => {
    const named = folderOf(target);
    if (named) return workspace.folder(named.uri);
    const [first, ...others] = workspace.folders.filter(isWanted);
    if (!first) throw new CommandError(messages.noFolder());
    if (others.length === 0) return first;
    const editor = vscode.window.activeTextEditor && folderAt(vscode.window.activeTextEditor.document.uri);
    const nearest = editor ?? tree.selectedFolder ?? levelsTree.selectedFolder ?? publishedTree.selectedFolder;
    const near = nearest && workspace.folder(nearest.uri);
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

  /** The badges on GitLab of the folder that a command is about. */
  const pickPublished = async (target: unknown): Promise<PublishedModel | undefined> => {
    const model = await pickFolder(target);
    return model && published.folder(model.folder.uri);
  };

  /** The levels of the folder that a command is about. */
  const pickLevels = async (target: unknown): Promise<LevelsModel | undefined> => {
    const model = await pickFolder(target);
    return model && levels.folder(model.folder.uri);
  };

  const tellCopied = async (copied: Promise<string>): Promise<void> => {
    vscode.window.setStatusBarMessage(await copied, statusMs);
  };

  return {
    [commands.signIn]: (argument) => signIn(services.signIn, argument),
    [commands.signOut]: () => signOut(services.signIn),
    [commands.generate]: async (target) => {
      const model = await pickFolder(target);
      return model && generator.generate(model);
    },
    [commands.preview]: async (target) => {
      const model = await pickFolder(target);
      if (model) previews.show(model);
    },
    [commands.evaluate]: async (target) => {
      const model = await pickLevels(target);
      return model && evaluateLevels(model);
    },
    [commands.exportLevels]: async (target) => {
      const model = await pickLevels(target);
      return model && exportLevels(model, version);
    },
    [commands.createConfig]: async (target) => {
      const model = await pickPublished(target);
      return model && createConfig(model, loadEngine);
    },
    [commands.createLevelsConfig]: async (target) => {
      const model = await pickFolder(target);
      return model && createLevelsConfig(model.folder, loadEngine);
    },
    [commands.insertCiJob]: async (target) => {
      const model = await pickPublished(target);
      return model && insertCiJob(ci, model);
    },
    [commands.migrate]: async (target) => {
      const model = await pickPublished(target);
      return model && migrate(ci, model);
    },
    [commands.refresh]: async (target) => {
      const folder = folderOf(target);
      const models = [...workspace.folders, ...levels.folders, ...published.folders];
      await Promise.all(models.filter((model) => !folder || model.folder.uri.toString() === folder.uri.toString()).map((model) => model.invalidate()));
    },
    [commands.showLog]: () => log.show(),
    [commands.previewPublished]: async (target) => {
      const model = await pickPublished(target);
      return model && (await loadPublishing()).preview(model);
    },
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
      const chosen = isNode<PublishedNode>(target) && 'target' in target ? target.target : undefined;
      return model && (await loadPublishing()).add(model, chosen);
    },
    [commands.editBadge]: async (target) => {
      const model = await pickPublished(target);
      return model && (await loadPublishing()).edit(model, publishedTarget(target));
    },
    [commands.removeBadge]: async (target) => {
      const model = await pickPublished(target);
      return model && (await loadPublishing()).remove(model, publishedTarget(target));
    },
    [commands.insertSnippet]: async (target) => {
      const document = target instanceof vscode.Uri ? await vscode.workspace.openTextDocument(target) : vscode.window.activeTextEditor?.document;
      return (await language.load()).readme.insertSnippet(document);
    },
    [commands.updateReadme]: async (target) => {
      const model = await pickFolder(target);
      const isDocument = target instanceof vscode.Uri && model?.folder.uri.toString() !== target.toString();
      return model && (await language.load()).readme.updateReadme(model.folder, isDocument ? target : null);
    },
    [rowCommands.copyImageUrl]: (target) => tellCopied(publishedActions.copyImageUrl(publishedBadge(target))),
    [rowCommands.copyPublishedMarkdown]: (target) => tellCopied(publishedActions.copyMarkdown(publishedBadge(target))),
    [rowCommands.openLink]: (target) => publishedActions.openLink(publishedBadge(target)),
    [rowCommands.copyMarkdown]: (target) => tellCopied(actions.copy(badgeTarget(target), 'markdown')),
    [rowCommands.copySvg]: (target) => tellCopied(actions.copy(badgeTarget(target), 'svg')),
    [rowCommands.openFile]: (target) => actions.openFile(badgeTarget(target)),
    [rowCommands.openSource]: (target) => actions.openSource(badgeTarget(target)),
    [rowCommands.regenerate]: (target) => {
      const { model, badge } = badgeTarget(target);
      return generator.generate(model, badge.stem);
    },
    [rowCommands.openInConfig]: (target) => {
      if (!isNode<LevelsNode>(target)) throw new CommandError(messages.placeGone());
      return openInConfig(target);
    },
    [rowCommands.applyChanges]: () => ci.reviews.apply(),
    [rowCommands.chooseProject]: chooseProject,
  };
}

/** The workspace folder that a command was called with. */
function folderOf(target: unknown): vscode.WorkspaceFolder | undefined {
  if (target instanceof vscode.Uri) return folderAt(target);
  return isNode(target) ? target.model.folder : undefined;
}

function badgeTarget(target: unknown): BadgeNode {
  if (isNode<BadgeNode>(target) && target.kind === 'badge') return target;
  throw new CommandError(messages.badgeGone());
}

function publishedTarget(target: unknown): PublishedBadgeNode | undefined {
  return isNode<PublishedNode>(target) && target.kind === 'published' ? target : undefined;
}

function publishedBadge(target: unknown): PublishedBadgeNode {
  const node = publishedTarget(target);
  if (!node) throw new CommandError(messages.badgeGone());
  return node;
}

/** A row of any of the views; its kind says of which. */
function isNode<Node extends { readonly kind: string; readonly model: FolderModel<unknown, ViewState> } = { readonly kind: string; readonly model: FolderModel<unknown, ViewState> }>(target: unknown): target is Node {
  return typeof target === 'object' && target !== null && 'kind' in target && 'model' in target && target.model instanceof FolderModel;
}
