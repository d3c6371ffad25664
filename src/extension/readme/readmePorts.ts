import type { Badge, BadgeStyle } from '../../core/badge';
import { isGitLabError } from '../../gitlab/gitlabError';
import type { BadgesModel } from '../badges/badgesModel';
import { findAccess, type AccessServices } from '../findAccess';
import type { LoadEngine } from '../loadEngine';
import type { WorkspaceModel } from '../view/workspaceModel';
import type { KnownBadges, ReadmePorts } from './ports';

/** What the view of badges knows, for documents. */
export function readmePorts(services: AccessServices & { readonly loadEngine: LoadEngine }, workspace: WorkspaceModel<BadgesModel>): ReadmePorts {
  return {
    async known(folder) {
      const model = workspace.folder(folder.uri);
      if (model && model.state.kind !== 'loading') return knownBadges(model.state);
      const { search } = await findAccess(folder, services, new AbortController().signal);
      return { ...nothingKnown, project: search?.project ?? null };
    },
    async read(folder, signal) {
      const model = workspace.folder(folder.uri);
      const known: KnownBadges = model ? knownBadges(await model.current(signal)) : { ...nothingKnown, obstacle: { kind: 'noProject' } };
      const found = await findAccess(folder, services, signal);
      if (!('project' in found)) return { ...known, traits: null };
      try {
        return { ...known, traits: await (await services.loadEngine()).publish.traits(found.project, signal) };
      } catch (error) {
        signal.throwIfAborted();
        if (isGitLabError(error)) return { ...known, traits: null };
        throw error;
      }
    },
  };
}

const nothingKnown: KnownBadges = { project: null, path: null, badges: null, ownValues: {}, obstacle: null };

function knownBadges(state: BadgesModel['state']): KnownBadges {
  if (state.kind === 'loading') return nothingKnown;
  const obstacle = state.obstacle === undefined ? null : { kind: state.obstacle, detail: state.detail };
  const project = state.search?.project ?? null;
  if (state.kind !== 'read') return { ...nothingKnown, project, obstacle };
  return { project, path: state.snapshot.path, badges: state.snapshot.badges.map((badge) => inStyle(badge, state.style)), ownValues: state.ownValues, obstacle };
}

/** As the generator draws it, where it has no style of its own. */
function inStyle(badge: Badge, style: BadgeStyle): Badge {
  return badge.status === 'known' ? { ...badge, face: { style, ...badge.face } } : badge;
}
