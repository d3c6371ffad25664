import type { FactDetail } from '../../core/facts';
import { fact, type FactBadge, highestRelease, highestTag, noCommit, noDate, noLanguage, noRelease, noSizes, noTag, packageVersion, type Rendering } from './factTable';

/** What templates may name of facts beyond their badges. The labels and colours are never shown. */
export const detailTable: ReadonlyMap<FactDetail, FactBadge> = new Map<FactDetail, FactBadge>([
  ['project.path', fact('path', 'blue', 'project', '', ({ path }) => path)],
  ['project.url', fact('URL', 'blue', 'project', '', ({ webUrl }) => webUrl)],
  ['project.created', fact('created', 'blue', 'project', '', ({ createdAt }) => createdAt)],
  ['project.active', fact('active', 'blue', 'project', '/activity', ({ lastActivityAt }) => lastActivityAt)],
  ['repository.bytes', fact('repository size', 'blue', 'project', '/-/usage_quotas', ({ sizes }) => counted(sizes?.repository))],
  ['artifacts.bytes', fact('artifacts size', 'blue', 'project', '/-/artifacts', ({ sizes }) => counted(sizes?.jobArtifacts))],
  ['release.name', fact('release', 'blue', 'releases', '/-/releases', ({ releases: [newest] }) => newest?.name || { missing: noRelease })],
  ['release.tag', fact('release', 'blue', 'releases', '/-/releases', ({ releases: [newest] }) => newest?.tagName || { missing: noRelease })],
  ['release.version', fact('release', 'blue', 'releases', '/-/releases', (answer, circumstances) => highestRelease(answer, circumstances, ''))],
  ['release.date', fact('release', 'blue', 'releases', '/-/releases', ({ releases: [newest] }) => newest?.releasedAt ?? { missing: noRelease })],
  ['tag.name', fact('tag', 'blue', 'tags', '/-/tags', ([tag]) => tag?.name || { missing: noTag })],
  ['tag.version', fact('tag', 'blue', 'tags', '/-/tags', (tags, { options }) => highestTag(tags, options, ''))],
  ['tag.date', fact('tag', 'blue', 'tags', '/-/tags', ([tag]) => (tag ? (tag.commitCreatedAt ?? { missing: noDate }) : { missing: noTag }))],
  ['commit.sha', fact('commit', 'blue', 'commit', '/-/commits', (commit, { options }) => commit?.sha ?? { missing: noCommit(options) })],
  ['commit.date', fact('commit', 'blue', 'commit', '/-/commits', (commit, { options }) => commit?.createdAt ?? { missing: noCommit(options) })],
  ['language.name', fact('language', 'blue', 'languages', '/-/graphs/HEAD/charts', ([top]) => top?.name ?? { missing: noLanguage })],
  ['language.percent', fact('language', 'blue', 'languages', '/-/graphs/HEAD/charts', ([top]) => (top ? { message: String(top.percent), value: top.percent } : { missing: noLanguage }))],
  ['package.name', fact('package', 'blue', 'packages', '/-/packages', (packages) => packages[0]?.name ?? { missing: 'There is no package in the registry yet.' })],
  ['package.version', fact('package', 'blue', 'packages', '/-/packages', (packages, circumstances) => packageVersion(packages, circumstances, false))],
]);

function counted(bytes: number | undefined): Rendering {
  return bytes === undefined ? { missing: noSizes } : { message: String(bytes), value: bytes };
}
