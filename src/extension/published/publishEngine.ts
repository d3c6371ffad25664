import { applyPlan, type AppliedChange, type ApplyOutcome } from '../../app/apply';
import { ciJobsOf, readCiJobs, type CiJobs } from '../../app/ciJobs';
import { defaultPath } from '../../app/collect';
import { openFolder } from '../../app/diskFolder';
import { importBadges, type Import } from '../../app/importBadges';
import { formatOf, loadConfig, maxConfigBytes, type LoadedConfig } from '../../app/loadConfig';
import { loadLocalLevels } from '../../app/loadLevels';
import { makePlan, planWanted } from '../../app/plan';
import type { PictureProject } from '../../app/plannedPictures';
import { FileError, type Folder } from '../../app/ports';
import type { Plan } from '../../app/publishPlan';
import { addToPublish } from '../../config/editPublish';
import { accessLevels, roleName } from '../../core/accessLevel';
import { precede, type GeneratorDefinition, type PublishedList } from '../../core/definition';
import type { LeveledBadgeDefinition } from '../../core/levels/definition';
import type { PlaceholderName, PlaceholderValues } from '../../core/placeholder';
import { differences, type BadgeRecord, type Target } from '../../core/plan';
import { scopeGap } from '../../core/tokenScopes';
import { sleep } from '../../gitlab/backoff';
import { addBadge, editBadge, findAdded, isBadgeGone, listBadges, ownBadges, previewBadge, removeBadge, type GitLabBadge, type RenderedBadge } from '../../gitlab/badges';
import { lintCi } from '../../gitlab/ciLint';
import type { Connection } from '../../gitlab/connection';
import { isGitLabError, mayBeCarriedOut } from '../../gitlab/gitlabError';
import { ancestorPaths } from '../../gitlab/groupPath';
import { findOwners, newestProjectOf } from '../../gitlab/groups';
import { getPlaceholderValues, renderPlaceholders, tooNewPlaceholders } from '../../gitlab/placeholderValues';
import { getProject } from '../../gitlab/projects';
import { getGroupAccess, leastAccess } from '../../gitlab/roles';
import { getTokenScopes } from '../../gitlab/users';
import type { FetchPublic } from '../../sources/fetchPublic';
import { inParallel } from '../../sources/parallel';
import { needsRole, needsScope, notReadable } from '../messages';
import type { ProjectAccess } from '../projectAccess';
import type { ProjectTraits } from '../readme/projectTraits';
import { findPicture, svgImage, type Picture } from './pictures';
import type { Permission, Published, PublishedTarget } from './published';

interface PublishPorts {
  readonly connect: (project: ProjectAccess) => Connection;
  readonly fetchPublic: FetchPublic;
}

interface ReadPublished {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  readonly project: ProjectAccess;
  /** Of the token; null where they are not known, and GitLab is asked for them. */
  readonly scopes: readonly string[] | null;
}

/** What the placeholders stand for where a badge is shown. */
export interface Placeholders {
  readonly values: PlaceholderValues;
  /** Stay as text: this GitLab does not know them yet. */
  readonly tooNew: readonly PlaceholderName[];
  /** The project they were taken from; null for a group without one. */
  readonly project: string | null;
}

export interface GeneratedBadges {
  /** The folder they are written to, relative to the workspace folder. */
  readonly path: string;
  /** File names without `.svg`. */
  readonly stems: readonly string[];
  /** The leveled badges of `.badge-api.yaml`; each has a file of its id. */
  readonly leveled: readonly LeveledBadgeDefinition[];
  readonly ci: CiJobs;
}

interface PreparedPlan {
  /** Null where the configuration has nothing to plan, or cannot be read as a whole. */
  readonly plan: Plan | null;
  readonly config: LoadedConfig;
}

const parallelLists = 10;
const maxPictureBytes = 256 * 1024;
/** How long to wait before looking whether an add without an answer was carried out, in milliseconds. */
const lookAfterMs = 1000;

/** What VS Code asks of the badges on GitLab. Everything that asks GitLab rejects with GitLabError, or when aborted. */
export function createPublishEngine({ connect, fetchPublic }: PublishPorts) {
  const planPorts = (project: ProjectAccess) => ({ connection: connect(project), tokenKind: project.token.kind, now: () => new Date() });

  return {
    /** The badges of a project and its groups. A group that cannot be read costs only itself. */
    async read({ root, project, scopes }: ReadPublished, signal: AbortSignal): Promise<Published> {
      const connection = connect(project);
      const at = new Date().toISOString();
      const config = await loadConfig(openFolder(root));
      const publish = config.definition.publish;
      const [found, knownScopes] = await Promise.all([getProject(connection, project.ref.project, {}, signal), scopes ?? getTokenScopes(connection, signal)]);
      const mayWrite = scopeGap(knownScopes) === null;
      const target: Target = { scope: 'project', path: found.path };
      const all = await listBadges(connection, target, {}, signal);
      const owners = await findOwners(connection, found.path, all, signal);

      const groups = groupsToShow(found.path, all, owners, [...(publish?.groups.entries() ?? [])]);
      const lists = await inParallel(groups, parallelLists, signal, async ({ path, badges, wanted }): Promise<Listed> => {
        const group: Target = { scope: 'group', path };
        try {
          return { target: group, isInherited: badges !== null, badges: badges ?? (await listBadges(connection, group, {}, signal)), wanted, failure: null };
        } catch (error) {
          signal.throwIfAborted();
          if (!isGitLabError(error) || error.reason === 'unauthorized') throw error;
          return { target: group, isInherited: false, badges: [], wanted, failure: notReadable(error.message) };
        }
      });
      const own: Listed = { target, isInherited: false, badges: ownBadges(target, all), wanted: publish?.project ?? null, failure: null };
      const levels = mayWrite && lists.length > 0 ? await getGroupAccess(connection, lists.map((list) => list.target.path), signal) : new Map<string, number | null>();
      const targets = await inParallel([own, ...lists], parallelLists, signal, async (list): Promise<PublishedTarget> => {
        const level = list.target.scope === 'project' ? found.accessLevel : (levels.get(list.target.path) ?? null);
        return { ...planned(list, publish?.prune ?? false), access: list.failure === null ? await permission(connection, list.target, level, mayWrite, signal) : { may: false, why: list.failure } };
      });
      const hidden = all.filter((badge) => badge.kind === 'group' && !owners.has(badge.id));
      const others: readonly PublishedTarget[] = hidden.length > 0 ? [{ target: null, isInherited: true, access: { may: false, why: needsRole(roleName(leastAccess.group)) }, badges: hidden, changes: null, listed: 0, failure: null }] : [];
      return { project: found.path, instance: connection.instance, example: found, targets: [...targets, ...others], configFile: config.file, prune: publish?.prune ?? false, mayWrite, at };
    },

    /** The project and the groups above it whose badges the token may change, as far as is known. */
    async writableTargets(project: ProjectAccess, { project: path, targets, mayWrite }: Published, signal: AbortSignal): Promise<readonly Target[]> {
      const connection = connect(project);
      const known = targets.flatMap(({ target, access }) => (target ? [{ target, access }] : []));
      const further = (mayWrite ? ancestorPaths(path) : []).filter((group) => !known.some(({ target }) => target.path === group));
      const levels = further.length > 0 ? await getGroupAccess(connection, further, signal) : new Map<string, number | null>();
      const owned = further.filter((group) => (levels.get(group) ?? 0) >= leastAccess.group);
      return [...known.flatMap(({ target, access }) => (access.may ? [target] : [])), ...owned.map((group): Target => ({ scope: 'group', path: group }))];
    },

    /** Local values, and those that only GitLab itself knows where the role allows to ask for them. */
    async placeholders(project: ProjectAccess, target: Target, mayRender: boolean, signal: AbortSignal): Promise<Placeholders> {
      const connection = connect(project);
      const example = target.scope === 'project' ? target.path : (await newestProjectOf(connection, target.path, signal))?.path;
      if (example === undefined) return { values: {}, tooNew: [], project: null };
      const [values, rendered] = await Promise.all([getPlaceholderValues(connection, example, signal), mayRender ? renderPlaceholders(connection, target, signal) : null]);
      return { values: { ...values, ...rendered?.values }, tooNew: rendered ? tooNewPlaceholders(values, rendered) : [], project: example };
    },

    /** What decides where pictures of the project can be shown. */
    async traits(project: ProjectAccess, signal: AbortSignal): Promise<ProjectTraits> {
      const connection = connect(project);
      const { visibility, defaultBranch, pagesAccess, accessLevel } = await getProject(connection, project.ref.project, {}, signal);
      const mayRender = (accessLevel ?? 0) >= accessLevels.maintainer;
      const rendered = mayRender ? await renderPlaceholders(connection, { scope: 'project', path: project.ref.project }, signal) : null;
      return {
        visibility: visibility === 'public' || visibility === 'internal' || visibility === 'private' ? visibility : null,
        defaultBranch,
        pagesAccess,
        pagesDomain: rendered?.values.gitlab_pages_domain ?? null,
      };
    },

    /** Names of the badges that GitLab shows for a project, those of its groups included. */
    async badgeNames(project: ProjectAccess, signal: AbortSignal): Promise<readonly string[]> {
      const badges = await listBadges(connect(project), { scope: 'project', path: project.ref.project }, {}, signal);
      return [...new Set(badges.flatMap(({ name }) => name ?? []))];
    },

    /** How GitLab itself would show two URLs. */
    render(project: ProjectAccess, target: Target, urls: Omit<BadgeRecord, 'name'>, signal: AbortSignal): Promise<RenderedBadge> {
      return previewBadge(connect(project), target, urls, signal);
    },

    /** The picture behind an address; `example` is the project by whose values the address was made. */
    picture(url: string, instance: string, access: { readonly project: ProjectAccess; readonly example: PictureProject } | null, signal: AbortSignal): Promise<Picture> {
      return findPicture(fetchPublic, url, instance, access && { connection: connect(access.project), project: access.example }, signal);
    },

    /** A generated badge as it lies in the folder; null where it was not written yet, or is no SVG. */
    async writtenPicture(root: string, path: string, stem: string): Promise<string | null> {
      try {
        const svg = await openFolder(root).readText(`${path}/${stem}.svg`, maxPictureBytes);
        return svg === null ? null : svgImage(svg);
      } catch (error) {
        if (error instanceof FileError || (error instanceof Error && error.name === 'XmlError')) return null;
        throw error;
      }
    },

    /** Adds a badge once: where the answer was lost, it looks whether the badge is there. */
    async add(project: ProjectAccess, target: Target, record: BadgeRecord, signal: AbortSignal): Promise<void> {
      const connection = connect(project);
      const before = new Set(ownBadges(target, await listBadges(connection, target, {}, signal)).map(({ id }) => id));
      try {
        await addBadge(connection, target, record, signal);
      } catch (error) {
        if (signal.aborted || !isGitLabError(error) || !mayBeCarriedOut(error.reason)) throw error;
        await sleep(lookAfterMs, signal);
        if (!(await findAdded(connection, target, record, before, signal))) throw error;
      }
    },

    /** Sends what changed; false where nothing did. */
    async edit(project: ProjectAccess, target: Target, badge: GitLabBadge, record: BadgeRecord, signal: AbortSignal): Promise<boolean> {
      const fields = differences(badge, record);
      if (fields.length === 0) return false;
      await editBadge(connect(project), target, badge.id, Object.fromEntries(fields.map((field) => [field, record[field] ?? ''])), signal);
      return true;
    },

    /** False where it was gone already. */
    async remove(project: ProjectAccess, target: Target, badge: GitLabBadge, signal: AbortSignal): Promise<boolean> {
      try {
        await removeBadge(connect(project), target, badge.id, signal);
        return true;
      } catch (error) {
        if (isBadgeGone(error)) return false;
        throw error;
      }
    },

    /** Compares the configuration as it is on disk with GitLab. */
    async plan(root: string, project: ProjectAccess, signal: AbortSignal): Promise<PreparedPlan> {
      const config = await loadConfig(openFolder(root));
      const { publish } = config.definition;
      if (config.unreadable || !publish) return { plan: null, config };
      return { plan: await makePlan(planPorts(project), { project: project.ref.project, publish }, signal), config };
    },

    apply(project: ProjectAccess, plan: Plan, signal: AbortSignal, onProgress: (done: number, total: number, applied: AppliedChange) => void): Promise<ApplyOutcome> {
      return applyPlan(planPorts(project), plan, signal, onProgress);
    },

    /** @param file decides in which form the text is read */
    import(project: ProjectAccess, { file, text, groups }: { readonly file: string; readonly text: string; readonly groups: readonly string[] }, signal: AbortSignal): Promise<Import> {
      return importBadges(connect(project), { project: project.ref.project, groups, text, kind: formatOf(file) }, signal);
    },

    /** The text with one more badge in the list of a target. */
    addToConfig(file: string, text: string, { scope, path }: Target, record: BadgeRecord): { readonly text: string } | { readonly problem: string } {
      return addToPublish(text, formatOf(file), scope === 'project' ? { project: [record], groups: new Map() } : { project: [], groups: new Map([[path, [record]]]) });
    },

    /** The configuration file that counts, once it is sure that it can be read and lies in the folder. Rejects with FileError. */
    async configFile(root: string): Promise<string | null> {
      const folder = openFolder(root);
      const { file } = await loadConfig(folder);
      if (file !== null) await folder.readText(file, maxConfigBytes);
      return file;
    },

    /** Where the generated badges lie, what they are called, and the jobs of the pipeline as it is written in the folder. */
    async generated(root: string, settings: GeneratorDefinition, signal: AbortSignal): Promise<GeneratedBadges> {
      const folder = openFolder(root);
      const path = precede((await loadConfig(folder)).definition, settings).path?.value ?? defaultPath;
      const [ci, stems, levels] = await Promise.all([readCiJobs(folder, path, signal), stemsIn(folder, path), loadLocalLevels(folder)]);
      return { path, stems, leveled: levels.definition.badges, ci };
    },

    /** The jobs of the pipeline on the default branch, with what it includes from elsewhere; null where GitLab does not tell. */
    async ciJobs(project: ProjectAccess, path: string, signal: AbortSignal): Promise<CiJobs | null> {
      try {
        const { mergedYaml, jobs } = await lintCi(connect(project), project.ref.project, signal);
        if (mergedYaml === null) return null;
        const merged = ciJobsOf(mergedYaml, path);
        return { ...merged, names: jobs ?? merged.names };
      } catch (error) {
        signal.throwIfAborted();
        if (isGitLabError(error)) return null;
        throw error;
      }
    },
  };
}

/** What lies in the folder of the generated badges. */
async function stemsIn(folder: Folder, path: string): Promise<readonly string[]> {
  try {
    return (await folder.list(path, '.svg')).map((name) => name.slice(0, -'.svg'.length));
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

interface Listed {
  readonly target: Target;
  readonly isInherited: boolean;
  readonly badges: readonly GitLabBadge[];
  /** Null where the configuration does not list the target. */
  readonly wanted: PublishedList | null;
  readonly failure: string | null;
}

/** Groups that badges are inherited from, the nearest first, with these badges; then others of the configuration, whose badges are still to be read. */
function groupsToShow(projectPath: string, all: readonly GitLabBadge[], owners: ReadonlyMap<number, string>, configured: readonly (readonly [string, PublishedList])[]) {
  const wantedBy = new Map(configured.map(([path, list]) => [path.toLowerCase(), list]));
  const owning = ancestorPaths(projectPath).flatMap((path) => {
    const badges = all.filter(({ id }) => owners.get(id) === path);
    return badges.length > 0 ? [{ path, badges, wanted: wantedBy.get(path.toLowerCase()) ?? null }] : [];
  });
  const shown = new Set(owning.map(({ path }) => path.toLowerCase()));
  return [...owning, ...configured.flatMap(([path, wanted]) => (shown.has(path.toLowerCase()) ? [] : [{ path, badges: null, wanted }]))];
}

function planned({ target, isInherited, badges, wanted, failure }: Listed, prune: boolean): Omit<PublishedTarget, 'access'> {
  const changes = wanted && failure === null ? planWanted({ target, wanted, prune }, badges) : null;
  return { target, isInherited, badges, changes, listed: wanted?.badges.length ?? 0, failure };
}

/** GitLab does not always tell the role, e.g. of an administrator: rendering needs the same one and writes nothing. */
async function permission(connection: Connection, target: Target, level: number | null, mayWrite: boolean, signal: AbortSignal): Promise<Permission> {
  if (!mayWrite) return { may: false, why: needsScope() };
  const least = leastAccess[target.scope];
  const may = level === null ? (await renderPlaceholders(connection, target, signal)) !== null : level >= least;
  return may ? { may } : { may, why: needsRole(roleName(least)) };
}
