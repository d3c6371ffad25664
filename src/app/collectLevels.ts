import { isBesideConfig } from '../config/configRepo';
import type { Badge } from '../core/badge';
import type { Origin } from '../core/fact';
import type { LevelsDefinition } from '../core/levels/definition';
import { unreachableProject } from '../core/levels/evaluate';
import { levelBadges, pictureUrlOf } from '../core/levels/face';
import type { LeveledBadgeResult } from '../core/levels/result';
import { isUnusable } from '../gitlab/gitlabError';
import { fetchFile, FileFetchError, type FilePorts } from '../sources/fetchFile';
import { publicName } from '../sources/fetchPublic';
import type { FactBadges } from '../sources/gitlab/factBadges';
import type { FactSources } from '../sources/levels/collectFacts';
import { inParallel } from '../sources/parallel';
import { sanitizeSvg } from '../sources/sanitizeSvg';
import { XmlError } from '../sources/xml';
import { evaluateOne, type EvaluatedProject, type EvaluateRequest } from './evaluate';

/** A badge is 2 KB; what is far larger is another picture. */
const maxPictureBytes = 1024 * 1024;

const parallelDownloads = 6;

interface LevelPorts {
  readonly sources: FactSources;
  /** Where the pictures of levels come from. */
  readonly files: FilePorts;
}

/** Evaluates leveled badges, and draws them. Rejects when cancelled. */
export async function collectLevels({ sources, files }: LevelPorts, request: EvaluateRequest, signal: AbortSignal): Promise<FactBadges> {
  const evaluated = await evaluateOne(sources, request, signal);
  return { badges: await drawnLevels(evaluated, files, request.now, signal), unusable: evaluated.error !== null && isUnusable(evaluated.error) ? (evaluated.evaluation.reason ?? null) : null };
}

/** The badges of a folder that no project was found for. */
export function unknownLevels(definition: LevelsDefinition, reason: string, at: string): readonly Badge[] {
  return levelBadges(unreachableProject(definition, '', '', reason).badges, { kind: 'levels', text: 'GitLab', at });
}

/**
 * The leveled badges of an evaluated project as badges among the others. A level's own picture is fetched from its `svgUrl`, with
 * a token only from that one's instance, and written anew from an allow-list, as link badges are.
 */
export async function drawnLevels({ evaluation, failures }: Pick<EvaluatedProject, 'evaluation' | 'failures'>, files: FilePorts, at: string, signal: AbortSignal): Promise<readonly Badge[]> {
  const { project, webUrl, badges: results } = evaluation;
  const origin: Origin = { kind: 'levels', text: `the levels of ${project} on ${new URL(webUrl).host}`, url: webUrl, at };
  const pictures = new Map<string, Promise<Picture>>();
  return inParallel(levelBadges(results, origin), parallelDownloads, signal, async (badge, index): Promise<Badge> => {
    const result = results[index] as LeveledBadgeResult;
    if (badge.status === 'unknown' && hasFailed(result, failures)) return { ...badge, status: 'failed' };
    const url = pictureUrlOf(result);
    if (badge.status !== 'known' || url === null) return badge;
    const reading = pictures.get(url) ?? readPicture(files, url, signal);
    pictures.set(url, reading);
    const picture = await reading;
    if (picture === null) return badge;
    if ('svg' in picture) return { ...badge, svg: picture.svg };
    const { stem, label } = badge;
    return { status: picture.status, stem, label, origin, reason: `The picture of the level ${result.level} could not be had. ${picture.reason}` };
  });
}

/** Whether it is unknown because something that should work did not: a wrong entry in the configuration, or a fact. */
function hasFailed({ levels, reason = '' }: LeveledBadgeResult, failures: readonly string[]): boolean {
  return levels.length === 0 || failures.some((failure) => reason.includes(failure));
}

/** Null: there is none, so we draw it. */
type Picture = { readonly svg: string } | { readonly status: 'unknown' | 'failed'; readonly reason: string } | null;

async function readPicture(files: FilePorts, url: string, signal: AbortSignal): Promise<Picture> {
  try {
    const text = await fetchFile(files, { url, maxBytes: maxPictureBytes, accept: 'image/svg+xml, */*;q=0.1' }, signal);
    return { svg: sanitizeSvg(text).svg };
  } catch (error) {
    // Whoever copied the badges of an organisation may not have copied its pictures.
    if (error instanceof FileFetchError && error.status === 'unknown' && isBesideConfig(url)) return null;
    if (error instanceof FileFetchError) return { status: error.status, reason: error.message };
    if (error instanceof XmlError) return { status: 'failed', reason: `${publicName(url)} is no SVG: line ${error.line}, column ${error.column}: ${error.problem}` };
    throw error;
  }
}
