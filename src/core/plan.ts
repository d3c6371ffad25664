/** The two URLs and the name that GitLab keeps of a badge, under the names of its API. */
export interface BadgeRecord {
  /** Null for a badge that was made without one. */
  readonly name: string | null;
  readonly link_url: string;
  readonly image_url: string;
}

/** A badge as it stands on GitLab. */
export interface ExistingBadge extends BadgeRecord {
  readonly id: number;
}

export type TargetScope = 'project' | 'group';

/** The project or group whose own badges a plan is about; group badges that a project inherits belong to the group. */
export interface Target {
  readonly scope: TargetScope;
  /** Full path. */
  readonly path: string;
}

interface ChangeBase {
  readonly scope: TargetScope;
  /** Full path of the project or group. */
  readonly target: string;
  readonly name: string | null;
  /** In words, for people. */
  readonly reason: string;
}

export type Change =
  | (ChangeBase & { readonly action: 'create'; readonly after: BadgeRecord })
  | (ChangeBase & { readonly action: 'update'; readonly id: number; readonly before: BadgeRecord; readonly after: BadgeRecord })
  | (ChangeBase & { readonly action: 'delete'; readonly id: number; readonly before: BadgeRecord })
  | (ChangeBase & { readonly action: 'keep'; readonly id: number; readonly before: BadgeRecord; readonly after: BadgeRecord });

/** Whether a change writes anything. */
export function writes(change: Change): change is Exclude<Change, { action: 'keep' }> {
  return change.action !== 'keep';
}

interface PlanOptions {
  /** Whether badges that are not wanted are deleted. */
  readonly prune: boolean;
  /**
   * Names (null where there is none to be read) of badges that are wanted, but not understood, because their entry in the
   * configuration is wrong. As long as there is one, nothing is deleted, and no badge of such a name becomes another one.
   */
  readonly broken?: readonly (string | null)[];
}

/**
 * What would make the target show the wanted badges. Each wanted badge is paired with at most one existing one: by name, else by
 * image URL; among several of one name the equal ones first, then those of the same image, then those whose image nobody else
 * wants, then by age (order of `existing`).
 * A wanted badge without a name leaves the name of its partner as it is.
 * Wanted badges come first, in their order, then what is left over: kept, or deleted where `prune` allows it.
 * Pure and stable: the same input gives the same plan, planning again after it was carried out gives only `keep`, and after
 * a part of it was carried out, what is left of it.
 */
export function planBadges(target: Target, wanted: readonly BadgeRecord[], existing: readonly ExistingBadge[], options: PlanOptions): readonly Change[] {
  const broken = options.broken ?? [];
  const partners = pair(wanted, existing, new Set(broken));
  const taken = new Set([...partners.values()].map((badge) => badge.id));
  const wantedNames = new Set(wanted.map((badge) => badge.name));
  const base = { scope: target.scope, target: target.path };

  const planned = wanted.map((badge, index): Change => {
    const partner = partners.get(index);
    if (!partner) return { ...base, action: 'create', name: badge.name, after: recordOf(badge), reason: 'not on GitLab yet' };
    const before = recordOf(partner);
    const after = { ...recordOf(badge), name: badge.name ?? partner.name };
    const fields = differences(before, after);
    const both = { ...base, name: after.name, id: partner.id, before, after };
    if (fields.length === 0) return { ...both, action: 'keep', reason: 'the same on GitLab' };
    return { ...both, action: 'update', reason: `${fields.map((field) => fieldNames[field]).join(', ')} ${fields.length > 1 ? 'differ' : 'differs'}` };
  });

  const unwanted = existing.filter((badge) => !taken.has(badge.id)).map((badge): Change => {
    const before = recordOf(badge);
    const why = badge.name !== null && wantedNames.has(badge.name) ? 'a further badge of this name' : 'not in the configuration';
    const both = { ...base, name: badge.name, id: badge.id, before };
    if (!options.prune) return { ...both, action: 'keep', after: before, reason: `${why}, and prune is off` };
    if (broken.length > 0) return { ...both, action: 'keep', after: before, reason: `${why}, but an entry there is wrong, so nothing is deleted` };
    return { ...both, action: 'delete', reason: why };
  });
  return [...planned, ...unwanted];
}

/** The parts in which two records differ. GitLab strips blanks around URLs before it keeps them, so they are no difference. */
export function differences(before: BadgeRecord, after: BadgeRecord): readonly (keyof BadgeRecord)[] {
  const a = recordOf(before);
  const b = recordOf(after);
  return (['name', 'link_url', 'image_url'] as const).filter((field) => a[field] !== b[field]);
}

const fieldNames: Record<keyof BadgeRecord, string> = { name: 'name', link_url: 'link URL', image_url: 'image URL' };

function recordOf({ name, link_url, image_url }: BadgeRecord): BadgeRecord {
  return { name, link_url: link_url.trim(), image_url: image_url.trim() };
}

/** Index of a wanted badge → the existing badge it is. */
function pair(wanted: readonly BadgeRecord[], existing: readonly ExistingBadge[], brokenNames: ReadonlySet<string | null>): ReadonlyMap<number, ExistingBadge> {
  const partners = new Map<number, ExistingBadge>();
  const free = new Map(existing.map((badge) => [badge.id, { badge, record: recordOf(badge) }]));
  // Equal wanted badges choose one right after the other, at the place of the first: which of them a badge on GitLab was made
  // for cannot be told afterwards, so it must make no difference to those in between.
  const places = new Map<string, number>();
  const queue = wanted
    .map((badge, index) => {
      const record = recordOf(badge);
      const key = JSON.stringify(record);
      const place = places.get(key) ?? index;
      places.set(key, place);
      return { record, index, place };
    })
    .sort((a, b) => a.place - b.place);
  const pairWhere = (matches: (badge: BadgeRecord, candidate: BadgeRecord) => boolean) => {
    for (const { record, index } of queue) {
      if (partners.has(index)) continue;
      const match = [...free].find(([, candidate]) => matches(record, candidate.record));
      if (!match) continue;
      partners.set(index, match[1].badge);
      free.delete(match[0]);
    }
  };
  // A badge of the right name whose image nobody wants comes first: others would be known by their image to a wanted one.
  const images = new Set(queue.map(({ record }) => record.image_url));
  const sameName = (a: BadgeRecord, b: BadgeRecord) => a.name !== null && a.name === b.name;
  const sameImage = (a: BadgeRecord, b: BadgeRecord) => a.image_url === b.image_url;
  const mayBecome = (candidate: BadgeRecord) => candidate.name === null || !brokenNames.has(candidate.name);
  pairWhere((badge, candidate) => badge.name === candidate.name && sameImage(badge, candidate) && badge.link_url === candidate.link_url);
  pairWhere((badge, candidate) => sameName(badge, candidate) && sameImage(badge, candidate));
  pairWhere((badge, candidate) => sameName(badge, candidate) && !images.has(candidate.image_url));
  pairWhere(sameName);
  pairWhere((badge, candidate) => sameImage(badge, candidate) && badge.link_url === candidate.link_url && mayBecome(candidate));
  pairWhere((badge, candidate) => sameImage(badge, candidate) && mayBecome(candidate));
  return partners;
}
