import type { CountDemand } from '../../core/levels/demand';
import type { Dated, PackageFact, Window } from '../../core/levels/facts';
import { getImageTag, type ImageTag, listImageRepositories, listImageTags, queryImageRepositories, queryImageTags } from '../../gitlab/containerRegistry';
import { type ListedPackage, listPackages } from '../../gitlab/packages';
import { inParallel } from '../parallel';
import { overGraphQL } from '../overGraphQL';
import type { Reading } from './reading';
import { planWindow, type WindowPlan } from './windowPlan';

/** The package versions by the date of their creation, as far back as the demands need them. */
export async function readPackages({ connection, project, now, signal }: Reading, demands: readonly CountDemand[]): Promise<Window<PackageFact>> {
  const plan = planWindow(demands, now);
  const oldest = (rows: readonly ListedPackage[]) => Date.parse(rows.at(-1)?.createdAt ?? now);
  const readOn = (rows: readonly ListedPackage[]) => !plan.isAnswered(rows.map(({ createdAt }) => ({ at: createdAt })), oldest(rows));
  const { items, ended } = await listPackages(connection, project, { readOn, perPage: plan.perPage }, signal);
  const facts = items.map(({ name, version, createdAt }): PackageFact => ({ at: createdAt, kind: 'package', name, version }));
  return plan.window(facts, ended || oldest(items) < Date.parse(plan.range.since));
}

/** The tags of container images by the date of their creation; none are read where what is `counted` already answers. */
export async function readImages(reading: Reading, demands: readonly CountDemand[], counted: readonly Dated[]): Promise<Window<PackageFact>> {
  const plan = planWindow(demands, reading.now);
  if (plan.isAnswered(counted, Infinity)) return plan.window([], false);
  const { images, complete } = await overGraphQL(
    () => queryImages(reading, plan),
    () => listImages(reading, plan, counted, demands.length === 1),
  );
  return plan.window(images, complete);
}

interface Images {
  readonly images: readonly PackageFact[];
  readonly complete: boolean;
}

/** Two requests as a rule: the repositories, then the newest tags of all of them. */
async function queryImages({ askProject, ask }: Reading, plan: WindowPlan): Promise<Images> {
  const repositories = await queryImageRepositories(askProject);
  const inRange = (tag: ImageTag | undefined) => tag?.createdAt == null || Date.parse(tag.createdAt) >= Date.parse(plan.range.since);
  const tags = await Promise.all(repositories.map(async ({ id, path }) => toImages(path, (await queryImageTags(ask, id, (rows) => inRange(rows.at(-1)))).items)));
  return { images: tags.flat(), complete: true };
}

/**
 * REST dates tags one by one, and lists them by name: so as many are asked for as it takes, or all, where several ranges are
 * counted and the newest are wanted.
 */
async function listImages({ connection, project, signal }: Reading, plan: WindowPlan, counted: readonly Dated[], stopsEarly: boolean): Promise<Images> {
  const repositories = await listImageRepositories(connection, project, signal);
  const images: PackageFact[] = [];
  for (const { id, path } of repositories) {
    const names = await listImageTags(connection, project, id, signal);
    for (let from = 0; from < names.length; from += mostAtOnce) {
      const tags = await inParallel(names.slice(from, from + mostAtOnce), mostAtOnce, signal, (name) => getImageTag(connection, project, id, name, signal));
      images.push(...toImages(path, tags));
      if (stopsEarly && plan.isAnswered([...counted, ...images], Infinity)) return { images, complete: false };
    }
  }
  return { images, complete: true };
}

function toImages(path: string, tags: readonly ImageTag[]): readonly PackageFact[] {
  return tags.flatMap(({ name, createdAt }) => (createdAt === null ? [] : [{ at: createdAt, kind: 'image' as const, name: path, version: name }]));
}

/** As many as a connection sends at a time. */
const mostAtOnce = 10;
