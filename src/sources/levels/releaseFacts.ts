import type { CountDemand } from '../../core/levels/demand';
import type { Dated, ReleaseFact, TagFact, Window } from '../../core/levels/facts';
import { listReleases, type Release } from '../../gitlab/releases';
import { listTags, type ListedTag } from '../../gitlab/tags';
import type { Reading } from './reading';
import { isAnswered, planWindow } from './windowPlan';

/** What releases are read for: they count by themselves, and as packages where files are attached to them. */
interface ReleaseDemands {
  readonly releases: readonly CountDemand[];
  readonly packages: readonly CountDemand[];
  /** What counts as a package beside them. */
  readonly packaged: readonly Dated[];
}

/** The releases by their date of release, as far back as the demands need them. */
export async function readReleases({ connection, project, now, signal }: Reading, { releases, packages, packaged }: ReleaseDemands): Promise<Window<ReleaseFact>> {
  const plan = planWindow([...releases, ...packages], now);
  const answers = (rows: readonly Release[], readBackTo: number) =>
    isAnswered(releases, now, rows.map(dated), readBackTo) &&
    isAnswered(packages, now, [...packaged, ...rows.filter(({ assetLinks }) => assetLinks > 0).map(dated)], readBackTo);
  if (answers([], Infinity)) return plan.window([], false);
  const readOn = (rows: readonly Release[]) => !answers(rows, oldest(rows.at(-1)?.releasedAt));
  const { items, ended } = await listReleases(connection, project, { readOn, perPage: plan.perPage }, signal);
  const complete = ended || oldest(items.at(-1)?.releasedAt) < Date.parse(plan.range.since);
  return plan.window(items.map(({ tagName, releasedAt, webUrl, assetLinks }) => ({ at: releasedAt, tag: tagName, url: webUrl, assetLinks })), complete);
}

/** The tags by the date of their commits, as far back as the demands need them; none are read where the releases alone answer. */
export async function readTags({ connection, project, now, signal }: Reading, demands: readonly CountDemand[], counted: readonly Dated[]): Promise<Window<TagFact>> {
  const plan = planWindow(demands, now);
  if (plan.isAnswered(counted, Infinity)) return plan.window([], false);
  // A tag that is released counts by its release, which is there already or too old.
  const bare = (rows: readonly ListedTag[]) => rows.flatMap(({ committedAt, released }) => (committedAt === null || released ? [] : [{ at: committedAt }]));
  const readOn = (rows: readonly ListedTag[]) => !plan.isAnswered([...counted, ...bare(rows)], readBackTo(rows));
  const { items, ended } = await listTags(connection, project, { readOn, perPage: plan.perPage }, signal);
  const complete = ended || readBackTo(items) < Date.parse(plan.range.since);
  return plan.window(
    items.flatMap(({ name, committedAt, released }) => (committedAt === null ? [] : [{ at: committedAt, name, released }])),
    complete,
  );
}

/**
 * How far back the tags go, in milliseconds. Older versions of GitLab sort annotated tags by a date that they do not show, so
 * a single tag on an old commit is not taken for the end.
 */
function readBackTo(tags: readonly ListedTag[]): number {
  return Math.max(...tags.slice(-tagsToBelieve).map(({ sortedBy }) => oldest(sortedBy)));
}

const tagsToBelieve = 5;

function dated({ releasedAt }: Release): Dated {
  return { at: releasedAt };
}

/** Milliseconds; nothing is known of how far back the list goes while no row has a date. */
function oldest(at: string | null | undefined): number {
  return at ? Date.parse(at) : Infinity;
}
