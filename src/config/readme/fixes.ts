import { nearest } from '../../core/nearest';
import { decoded } from '../../core/percent';
import { changeImage } from '../../core/markup/change';
import { markerPatterns, markers } from '../../core/markup/live';
import { imageUrl } from '../../core/imageSources';
import { lineBreakOf } from '../../core/lineBreak';
import type { Problem, Range } from '../../core/problem';
import type { Fix } from '../language/fixes';
import { readArtifactUrl } from '../language/artifactUrl';
import { withoutCredentials } from '../secrets';
import { lineEnd } from '../textInsertion';
import { altOf, badgeOf, badgesIn, type BadgeImage, type ReadmeDocument } from './document';
import { badgeJob, judgeBlock, judgeImage, mendedUrl, nearestStem } from './judge';
import { altFor } from './update';
import type { ReadmeValues } from './values';

/** A fix, or a command that mends what no text does. */
interface ReadmeFix extends Fix {
  readonly command?: 'generate' | 'insertCiJob';
}

/** What can be done about the problems of a document that touch a range. */
export function readmeFixes(document: ReadmeDocument, range: Range, values: ReadmeValues): readonly ReadmeFix[] {
  const touches = (other: Range) => other.start <= range.end && range.start <= other.end;
  const ofBlock = [...document.block.problems, ...judgeBlock(document)].filter((problem) => touches(problem.range)).flatMap((problem) => blockFixes(document, problem));
  const ofImages = badgesIn(document, values)
    .filter(({ image }) => touches(image.range) || touches(image.urlRange))
    .flatMap((badge) => judgeImage(document, badge, values).filter((problem) => touches(problem.range)).flatMap((problem) => imageFixes(document, badge, problem, values)));
  return [...ofBlock, ...ofImages];
}

function blockFixes({ text, format, live }: ReadmeDocument, problem: Problem): readonly Fix[] {
  const fix = (title: string, range: Range, inserted: string): readonly Fix[] => [{ title, edits: [{ range, text: inserted }], problem, isPreferred: true }];
  switch (problem.code) {
    case 'block-without-end': {
      const lineBreak = lineBreakOf(text);
      // Behind the paragraph that follows, or in place where the rest is empty.
      const from = lineEnd(text, problem.range.end);
      const paragraph = /^(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*(?:[^\r\n]+(?:\r\n|\r|\n|$))*/.exec(text.slice(from));
      const at = from + (paragraph?.[0].replace(/(?:\r\n|\r|\n)$/, '').length ?? 0);
      return fix(`Insert ${markers[format]('end')}`, { start: at, end: at }, `${format === 'restructuredtext' || format === 'textile' ? lineBreak : ''}${lineBreak}${markers[format]('end')}`);
    }
    case 'block-without-start':
      return fix('Remove this marker', problem.range, '');
    case 'second-block': {
      const markersBelow = [...live.text.matchAll(markerPatterns[format])].map((match) => ({ start: match.index, end: match.index + match[0].length })).filter(({ start }) => start >= problem.range.start);
      return [{ title: 'Remove the markers of this block', edits: markersBelow.slice(0, 2).map((range) => ({ range, text: '' })), problem, isPreferred: true }];
    }
    case 'block-on-one-line': {
      const blanks = /^[ \t]*/.exec(text.slice(problem.range.end))?.[0].length ?? 0;
      return fix('Put the badges on a line of their own', { start: problem.range.end, end: problem.range.end + blanks }, lineBreakOf(text));
    }
    default:
      return [];
  }
}

function imageFixes({ format }: ReadmeDocument, badge: BadgeImage, problem: Problem, values: ReadmeValues): readonly ReadmeFix[] {
  const { image, own } = badge;
  const { ci, place } = values;
  const change = (title: string, wanted: Parameters<typeof changeImage>[1], isPreferred = true): readonly Fix[] => {
    const edits = changeImage(image, wanted, format);
    return edits.length === 0 ? [] : [{ title, edits, problem, isPreferred }];
  };
  const command = (title: string, id: 'generate' | 'insertCiJob'): ReadmeFix => ({ title, edits: [], command: id, problem, isPreferred: true });
  const keptHere = own?.folder === place.path;
  const addJob = keptHere && ci && badgeJob(values) === null ? [command('Add Badge Job to .gitlab-ci.yml', 'insertCiJob')] : [];
  switch (problem.code) {
    case 'missing-alt': {
      const known = badgeOf(badge, values);
      const alt = known ? altOf(known) : own ? altFor(own.stem || own.kind) : nameIn(image.url);
      return alt === '' ? [] : change(`Insert the alternative text “${alt}”`, { alt });
    }
    case 'http-image':
      return change('Replace with https', { url: image.url.replace(/^http:/i, 'https:') });
    case 'secret-in-url':
    case 'token-in-url': {
      const url = withoutCredentials(image.url);
      return url === null ? [] : change('Remove it from the URL', { url }, problem.code === 'secret-in-url');
    }
    case 'unknown-branch': {
      const url = own && mendedUrl(image.url, own, { ...values, ci: null });
      return url === null ? [] : change(`Replace with the branch “${place.branch}”`, { url });
    }
    case 'missing-job':
    case 'unknown-job':
    case 'unkept-artifact': {
      const written = readArtifactUrl(image.url)?.job ?? '';
      const wanted = keptHere ? badgeJob(values) : null;
      const guess = nearest(written, [...(ci?.jobs.keys() ?? [])]);
      const jobs = [...new Set([wanted, problem.code === 'unknown-job' ? guess : null])].filter((job) => job !== null);
      return [...jobs.flatMap((job, index) => change(`Use the artifacts of the job “${job}”`, { url: withJob(image.url, job) }, index === 0)), ...addJob];
    }
    case 'no-pages': {
      const job = badgeJob(values);
      return own && keptHere && job !== null ? change(`Use the artifacts of the job “${job}”`, { url: imageUrl('artifactUrl', own.stem, { ...place, job }) }) : addJob;
    }
    case 'no-picture': {
      const guess = own && nearestStem(own, values);
      const remove: Fix = { title: 'Remove this badge', edits: [{ range: image.range, text: '' }], problem, isPreferred: false };
      if (!own?.source || guess === null) return [remove];
      if (guess === own.stem) return [command('Generate Badges', 'generate'), remove];
      const replaced = change(`Replace with “${guess}”`, { url: imageUrl(own.source, guess, { ...place, branch: own.branch ?? place.branch, job: own.job ?? place.job, json: own.json ?? place.json }) });
      return [...replaced, remove];
    }
    default:
      return [];
  }
}

function withJob(url: string, job: string): string {
  const [, before = '', query, hash = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(url) ?? [];
  const kept = (query ?? '').split('&').filter((pair) => pair !== '' && !pair.startsWith('job='));
  return `${before}?${[...kept, `job=${encodeURIComponent(job)}`].join('&')}${hash}`;
}

/** What the path of a picture says, such as the label of a static badge of shields. */
function nameIn(url: string): string {
  const path = /^https?:\/\/[^/?#]+\/([^?#]*)/i.exec(url)?.[1] ?? '';
  const last = path.split('/').filter((segment) => segment !== '' && segment !== 'badge').at(-1) ?? '';
  const text = decoded(last.replace(/\.(?:svg|png|gif)$/, ''));
  // Shields writes label-message-colour, with each dash and underscore of a text doubled.
  const parts = /^https?:\/\/img\.shields\.io\/badge\//.test(url) ? text.replace(/--/g, '\u0000').split('-') : [];
  if (parts.length < 2) return altFor(text);
  const shown = parts.slice(0, -1).map((part) => part.replace(/\u0000/g, '-').replace(/__/g, '\u0000').replace(/_/g, ' ').replace(/\u0000/g, '_'));
  return shown.join(': ');
}
