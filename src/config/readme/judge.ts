import { imageUrl, type ReadImage } from '../../core/imageSources';
import { nearest } from '../../core/nearest';
import type { Problem, Range, Severity } from '../../core/problem';
import { complaintsAboutBadgeUrl } from '../badgeUrl';
import { keepsFolder } from '../ciFile';
import { artifactComplaint, readArtifactUrl } from '../language/artifactUrl';
import { maxProblems } from '../limits';
import { didYouMean, quoted } from '../words';
import { badgesIn, type BadgeImage, type ReadmeDocument } from './document';
import type { ReadmeValues } from './values';

/** What is wrong with the badges of a document and with its block, in the order of the text, at most 100 problems. */
export function judgeReadme(document: ReadmeDocument, values: ReadmeValues): readonly Problem[] {
  const problems = badgesIn(document, values).flatMap((badge) => judgeImage(document, badge, values));
  return [...document.block.problems, ...judgeBlock(document), ...problems].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end).slice(0, maxProblems);
}

/** In Markdown a line that starts with a comment is HTML to its end. */
export function judgeBlock({ text, format, images, block: { block } }: ReadmeDocument): readonly Problem[] {
  if (!block || format !== 'markdown') return [];
  const { start } = block.range;
  const startsLine = /(?:^|[\r\n])[ \t]*$/.test(text.slice(Math.max(0, start - 100), start).replace('\uFEFF', ''));
  const lineEnd = start + text.slice(start).search(/[\r\n]|$/);
  if (!startsLine || !images.some(({ range, isTag }) => !isTag && range.start > start && range.start < Math.min(lineEnd, block.range.end))) return [];
  const message = 'What stands on a line that starts with a comment is not read as Markdown, so these badges are shown as text: put them on a line of their own.';
  return [{ code: 'block-on-one-line', severity: 'warning', message, range: { start, end: block.inner.start } }];
}

/** What is wrong with one badge of a document. */
export function judgeImage(document: ReadmeDocument, badge: BadgeImage, values: ReadmeValues): readonly Problem[] {
  const { image, own } = badge;
  const problems: Problem[] = [];
  const report = (code: string, message: string, range: Range, severity: Severity = 'warning') => problems.push({ code, severity, message, range });
  if (image.alt.trim() === '') report('missing-alt', 'The badge has no alternative text, so whoever does not see the picture learns nothing of it.', image.range);
  const isInstanceHttp = own !== null && values.place.instance.startsWith('http:');
  if (/^http:/i.test(image.url) && !isInstanceHttp) report('http-image', 'This picture is asked for over http: GitLab’s pages, which are https, may not show it. Write https.', partOf(document, image.urlRange, 'http'));
  if (/^https?:/i.test(image.url)) {
    for (const { code, severity, message } of complaintsAboutBadgeUrl(image.url)) {
      if (code === 'secret-in-url' || code === 'token-in-url') report(code, message, image.urlRange, severity);
    }
  }
  if (own) problems.push(...judgeOwn(document, badge, own, values));
  return problems;
}

function judgeOwn(document: ReadmeDocument, { image }: BadgeImage, own: ReadImage, values: ReadmeValues): readonly Problem[] {
  const { ci, place } = values;
  const problem = (code: string, message: string, range: Range): Problem => ({ code, severity: 'warning', message, range });
  const problems: Problem[] = [];
  if (isUnknownBranch(own, values)) {
    problems.push(problem('unknown-branch', `There is no branch ${quoted(own.branch ?? '')}. The default branch is ${quoted(place.branch)}.`, partOf(document, image.urlRange, own.branch ?? '')));
  }
  if (own.source === 'artifact' || own.source === 'artifactUrl') {
    const url = readArtifactUrl(image.url);
    const complaint = url && artifactComplaint(url, ci);
    if (complaint) problems.push(problem(complaint.code, complaint.message, within(document, image.urlRange, image.url, complaint.range)));
  }
  if (own.source === 'pages' && ci && !ci.isPartial && !publishesPages(values)) {
    problems.push(problem('no-pages', '.gitlab-ci.yml has no job that publishes to GitLab Pages, so the picture would be missing.', image.urlRange));
  }
  const missing = whyMissing(own, values);
  if (missing !== null) problems.push(problem('no-picture', missing, partOf(document, image.urlRange, own.stem)));
  return problems;
}

/** A branch that is gone; one that git has not fetched cannot be told from it, so the branches must be known. */
function isUnknownBranch({ branch }: ReadImage, { branches, place }: ReadmeValues): boolean {
  return branch !== null && place.branch !== '' && branches.length > 0 && branch !== place.branch && branch !== 'HEAD' && !branches.includes(branch) && !/^[\da-f]{7,64}$|^v?\d/.test(branch);
}

function whyMissing(own: ReadImage, values: ReadmeValues): string | null {
  const { badges, files, isComplete, place } = values;
  if (own.kind !== 'generated' || own.folder !== place.path || files.has(`${place.path}/${own.stem}.svg`)) return null;
  const isMade = badges?.some(({ stem }) => stem === own.stem) ?? false;
  if (own.source === 'file') {
    if (isMade) return `${place.path}/${own.stem}.svg is not there yet: generate the badges, and commit the file.`;
    return `There is no file ${quoted(`${place.path}/${own.stem}.svg`)}.${didYouMean(nearestStem(own, values))}`;
  }
  return isMade || !isComplete ? null : `No badge of this project is called ${quoted(own.stem)}.${didYouMean(nearestStem(own, values))}`;
}

/** The badge that is meant by a name that none has. */
export function nearestStem({ stem }: ReadImage, { badges, files, place }: ReadmeValues): string | null {
  const written = [...files].flatMap((file) => (file.startsWith(`${place.path}/`) && file.endsWith('.svg') ? [file.slice(place.path.length + 1, -4)] : []));
  return nearest(stem, [...(badges ?? []).map((badge) => badge.stem), ...written]);
}

/** The job that keeps the generated badges; null where none does for sure. */
export function badgeJob({ ci, place }: Pick<ReadmeValues, 'ci' | 'place'>): string | null {
  return [...(ci?.jobs.values() ?? [])].find((job) => keepsFolder(job, place.path))?.name ?? null;
}

export function publishesPages({ ci }: Pick<ReadmeValues, 'ci'>): boolean {
  return [...(ci?.jobs.values() ?? [])].some(({ publishesPages: publishes }) => publishes);
}

/** Where a part of an address is written; all of it where it is written with escapes. */
function within({ text }: ReadmeDocument, range: Range, url: string, part: Range): Range {
  return text.slice(range.start, range.end) === url ? { start: range.start + part.start, end: range.start + part.end } : range;
}

function partOf(document: ReadmeDocument, range: Range, part: string): Range {
  const at = part === '' ? -1 : document.text.slice(range.start, range.end).lastIndexOf(part);
  return at < 0 ? range : { start: range.start + at, end: range.start + at + part.length };
}

/** The address that a badge of this project should have: of a branch and a job that are there. Null where it has it. */
export function mendedUrl(url: string, own: ReadImage, values: ReadmeValues): string | null {
  const { ci, place } = values;
  const branch = isUnknownBranch(own, values) ? place.branch : (own.branch ?? place.branch);
  const isArtifact = own.source === 'artifact' || own.source === 'artifactUrl' || (own.source === 'shields' && own.json === 'artifactUrl');
  const wantedJob = badgeJob(values);
  const read = readArtifactUrl(url);
  const isJobWrong = isArtifact && wantedJob !== null && own.folder === place.path && read !== null && artifactComplaint(read, ci) !== null;
  if (branch === (own.branch ?? place.branch) && !isJobWrong) return null;
  // What else the address holds, such as a text for the left side, stays.
  if (own.kind !== 'generated') return own.branch === null ? null : url.replace(`/badges/${encodeBranch(own.branch)}/`, `/badges/${encodeBranch(branch)}/`);
  if (own.source === null || own.folder === '') return null;
  const job = isJobWrong ? wantedJob : (own.job ?? wantedJob ?? place.job);
  return imageUrl(own.source, own.stem, { ...place, path: own.folder, branch, job, json: own.json ?? place.json });
}

function encodeBranch(branch: string): string {
  return branch.split('/').map(encodeURIComponent).join('/');
}
