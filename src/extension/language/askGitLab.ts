import { findAccess, type AccessServices } from '../findAccess';
import type { LoadEngine } from '../loadEngine';
import type { PublishedModel } from '../published/publishedModel';
import type { WorkspaceModel } from '../view/workspaceModel';
import type { AskGitLab } from './liveValues';

/** Asks for what the placeholders of badges stand for, and for the badges there are, unless the view has read them already. */
export function gitLabAsker(services: AccessServices & { readonly loadEngine: LoadEngine }, published: WorkspaceModel<PublishedModel>): AskGitLab {
  return async (folder, signal) => {
    const found = await findAccess(folder, services, signal);
    const ref = found.search?.project;
    if (!ref) return null;
    const project = { instance: ref.instance, path: ref.project };
    const known = published.folder(folder.uri)?.published;
    const names = known && known.targets.flatMap(({ badges }) => badges.flatMap(({ name }) => name ?? []));
    if ('obstacle' in found) return { project, badgeNames: names ?? [], placeholders: {}, unsupportedPlaceholders: [] };
    const { publish } = await services.loadEngine();
    const mayRender = known?.targets[0]?.access.may ?? false;
    const [badgeNames, { values, tooNew }] = await Promise.all([names ?? publish.badgeNames(found.project, signal).catch(() => []), publish.placeholders(found.project, { scope: 'project', path: ref.project }, mayRender, signal)]);
    return { project, badgeNames, placeholders: values, unsupportedPlaceholders: tooNew };
  };
}
