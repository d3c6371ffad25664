import type { ProjectFacts } from '../facts';
import type { Measurement } from '../measurement';
import type { CheckRange } from '../window';
import { counted, listed } from '../words';
import { measureCount, readPart } from './count';

/** Releases and tags in the range, each tag name once: a tag with a release by the date of that one, a bare tag by its commit's. */
export function measureReleases(range: CheckRange, facts: ProjectFacts): Measurement {
  const releases = readPart(facts.releases, 'the releases', range);
  const tags = readPart(facts.tags, 'the tags', range);
  // Also of releases outside the range: their tags are not bare.
  const released = new Set(facts.releases?.status === 'known' ? facts.releases.value.items.map((release) => release.tag) : []);
  const releaseTags = new Set(releases.items.map((release) => release.tag));
  const bareTags = new Set(tags.items.filter((tag) => !tag.released && !released.has(tag.name)).map((tag) => tag.name));
  const { webUrl } = facts.project;
  return measureCount(releaseTags.size + bareTags.size, ['release or tag', 'releases and tags'], [releases, tags], range, [
    ...(releases.known ? [{ text: `${counted(releaseTags.size, 'release')}${newest(releaseTags)}`, url: `${webUrl}/-/releases` }] : []),
    ...(tags.known ? [{ text: `${counted(bareTags.size, 'tag')} without a release${newest(bareTags)}`, url: `${webUrl}/-/tags` }] : []),
  ]);
}

function newest(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, 3);
  if (shown.length === 0) return '';
  return `: ${shown.length < names.size ? `${shown.join(', ')} and older ones` : listed(shown)}`;
}
