import type { ProjectFacts } from '../facts';
import type { Measurement } from '../measurement';
import type { CheckRange } from '../window';
import { counted } from '../words';
import { measureCount, readPart } from './count';

/** Package versions, tags of container images and releases with asset links in the range, each by its own date. */
export function measurePackages(range: CheckRange, facts: ProjectFacts): Measurement {
  const packages = readPart(facts.packages, 'the packages', range);
  const images = readPart(facts.images, 'the container images', range);
  const allReleases = readPart(facts.releases, 'the releases', range);
  const releases = { ...allReleases, items: allReleases.items.filter((release) => release.assetLinks > 0) };
  const { webUrl } = facts.project;
  const count = packages.items.length + images.items.length + releases.items.length;
  return measureCount(count, ['package', 'packages'], [packages, images, releases], range, [
    ...(packages.known ? [{ text: counted(packages.items.length, 'package version'), url: `${webUrl}/-/packages` }] : []),
    ...(images.known ? [{ text: counted(images.items.length, 'container image'), url: `${webUrl}/container_registry` }] : []),
    ...(releases.known ? [{ text: counted(releases.items.length, 'release with asset links', 'releases with asset links'), url: `${webUrl}/-/releases` }] : []),
  ]);
}
