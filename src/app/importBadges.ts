import { complaintsAboutBadgeUrl } from '../config/badgeUrl';
import { addToPublish } from '../config/editPublish';
import { readGeneratorConfig, type GeneratorFileKind } from '../config/generatorFile';
import type { PublishedList } from '../core/definition';
import { planBadges, type BadgeRecord, type ExistingBadge, type Target } from '../core/plan';
import { listBadges, ownBadges } from '../gitlab/badges';
import type { Connection } from '../gitlab/connection';
import { isGitLabError, type GitLabErrorReason } from '../gitlab/gitlabError';
import { getProject } from '../gitlab/projects';
import { inParallel } from '../sources/parallel';

export interface ImportRequest {
  /** Numeric id or full path. */
  readonly project: string;
  /** Full paths of groups whose badges are wanted, besides those that the text lists. */
  readonly groups: readonly string[];
  /** The configuration as it is, with its byte order mark if it has one; empty for a new file. */
  readonly text: string;
  readonly kind: GeneratorFileKind;
}

export interface Import {
  /** The configuration with the badges; the same text where there is nothing to import. Null where it cannot be edited: `problem` says why. */
  readonly text: string | null;
  readonly problem: string | null;
  readonly imported: readonly ImportedBadge[];
  /** Badges that cannot stand in a configuration. */
  readonly skipped: readonly (ImportedBadge & { readonly reason: string })[];
  /** Targets that could not be read; the others are. */
  readonly failures: readonly { readonly target: Target; readonly why: GitLabErrorReason; readonly reason: string }[];
}

interface ImportedBadge {
  readonly target: Target;
  readonly badge: BadgeRecord;
}

/**
 * Writes the badges that GitLab shows into the text of a configuration: the project's own, and those of groups. A badge that
 * is there already, by the rule of the plan, is not repeated. Planning afterwards keeps all that was imported. Rejects when
 * aborted, and for bugs.
 */
export async function importBadges(connection: Connection, request: ImportRequest, signal: AbortSignal): Promise<Import> {
  const { text, kind } = request;
  const { publish } = readGeneratorConfig(text, kind).definition ?? {};
  const named = [...(publish?.groups.keys() ?? []), ...request.groups];
  const groups = named.filter((path, index) => !named.slice(0, index).some((other) => other.toLowerCase() === path.toLowerCase()));
  const failures: Import['failures'][number][] = [];

  const sources: readonly { readonly target: Target; readonly list: PublishedList | null | undefined }[] = [
    { target: { scope: 'project', path: request.project }, list: publish?.project },
    ...groups.map((path) => ({ target: { scope: 'group' as const, path }, list: publish?.groups.get(path) })),
  ];
  const found = await inParallel(sources, parallelLists, signal, async ({ target: asked, list }) => {
    try {
      const target = asked.scope === 'project' ? { ...asked, path: (await getProject(connection, asked.path, {}, signal)).path } : asked;
      const badges = ownBadges(target, await listBadges(connection, target, {}, signal));
      return missingIn(list, target, badges).map((badge) => judged(target, badge, list));
    } catch (error) {
      signal.throwIfAborted();
      if (!isGitLabError(error)) throw error;
      failures.push({ target: asked, why: error.reason, reason: error.message });
      return [];
    }
  });

  failures.sort((a, b) => sources.findIndex(({ target }) => target === a.target) - sources.findIndex(({ target }) => target === b.target));
  const judgements = found.flat();
  const skipped = judgements.flatMap(({ target, badge, reason }) => (reason === null ? [] : [{ target, badge, reason }]));
  const imported = judgements.flatMap(({ target, badge, reason }) => (reason === null ? [{ target, badge }] : []));
  const edited = addToPublish(text, kind, {
    project: imported.filter(({ target }) => target.scope === 'project').map(({ badge }) => badge),
    groups: groupsOf(imported),
  });
  const problem = 'problem' in edited ? edited.problem : null;
  return { text: 'text' in edited ? edited.text : null, problem, imported: problem === null ? imported : [], skipped, failures };
}

const parallelLists = 10;

/** The badges that the list does not describe yet. */
function missingIn(list: PublishedList | null | undefined, target: Target, badges: readonly ExistingBadge[]): readonly BadgeRecord[] {
  const listed = list?.badges.map(({ value }) => value) ?? [];
  const changes = planBadges(target, listed, badges, { prune: false });
  return changes.slice(listed.length).flatMap((change) => ('before' in change ? [change.before] : []));
}

/** Null where nothing is against writing the badge down. A name that is blank is left out, as a configuration has no use for it. */
function judged(target: Target, badge: BadgeRecord, list: PublishedList | null | undefined): ImportedBadge & { readonly reason: string | null } {
  const written = { ...badge, name: badge.name?.trim() ? badge.name : null };
  const isBroken = written.name !== null && list?.broken.some(({ value }) => value === written.name);
  const complaint = [badge.link_url, badge.image_url].flatMap(complaintsAboutBadgeUrl).find(({ severity }) => severity === 'error');
  const reason = isBroken ? 'the configuration has an entry of this name, which is wrong: correct that one' : (complaint?.message ?? null);
  return { target, badge: written, reason };
}

function groupsOf(imported: readonly ImportedBadge[]): ReadonlyMap<string, readonly BadgeRecord[]> {
  const groups = new Map<string, BadgeRecord[]>();
  for (const { target, badge } of imported) {
    if (target.scope === 'group') groups.set(target.path, [...(groups.get(target.path) ?? []), badge]);
  }
  return groups;
}
