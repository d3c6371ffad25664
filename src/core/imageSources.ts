import type { BadgeFace } from './badge';
import { encodePath } from './markup/url';
import { resolvePlaceholders } from './placeholder';
import { readyBadge, type ReadyKind } from './readyBadges';

/** Where a document can show the picture of a generated badge from, the one that asks least of its readers first. */
export const imageSources = ['artifact', 'artifactUrl', 'file', 'fileUrl', 'pages', 'shields'] as const;
export type ImageSource = (typeof imageSources)[number];

/** Badges that GitLab draws itself; each is named after what it shows. */
export const ownKinds = ['pipeline', 'coverage', 'release'] as const;
export type OwnKind = (typeof ownKinds)[number];

/** What a badge shows that GitLab draws, in its words and colours. */
export type OwnValue = Pick<BadgeFace, 'message' | 'color'>;

/** As far as they are known. */
export type OwnValues = Readonly<Partial<Record<OwnKind, OwnValue>>>;

/** A badge as GitLab draws it; without a value, which it alone may know, a sketch. */
export function ownFace(kind: OwnKind, value: OwnValue = { message: '…', color: 'lightgrey' }): BadgeFace {
  return { label: kind === 'release' ? 'Latest Release' : kind, ...value, style: 'flat' };
}

/** What the addresses of pictures are made of. Paths are relative to the root of the repository, with `/`. */
export interface ImagePlace {
  readonly instance: string;
  /** Full path of the project. */
  readonly project: string;
  readonly branch: string;
  /** Folder of the generated badges. */
  readonly path: string;
  /** The job that keeps this folder as artifact. */
  readonly job: string;
  /** Where GitLab Pages shows the folder `public` of the project. */
  readonly pages: string;
  /** The document that the picture stands in. */
  readonly document: string;
  /** From where shields reads the values. */
  readonly json: JsonSource;
}

/** Sources whose files a stranger can read, where the project is public. */
type JsonSource = 'artifactUrl' | 'fileUrl' | 'pages';

/** The address of a generated badge as a document names it. */
export function imageUrl(source: ImageSource, stem: string, place: ImagePlace): string {
  switch (source) {
    case 'artifact':
      return `${upFromBranch(place.branch)}${inProject(absolute('artifactUrl', stem, place), place)}`;
    case 'file':
      return `${relativeFolder(place.document, place.path)}${encodePath(stem)}.svg`;
    case 'shields':
      return `${shieldsEndpoint}${encodeURIComponent(absolute(place.json, stem, place).replace(/\.svg(?=\?|$)/, '.json'))}`;
    default:
      return absolute(source, stem, place);
  }
}

/** The address of a picture that GitLab draws. */
export function ownImage(kind: OwnKind, place: ImagePlace): { readonly url: string; readonly link: string } {
  const { image_url, link_url } = readyBadge(kind, { branch: place.branch }, place);
  return { url: resolved(image_url, place), link: resolved(link_url, place) };
}

/** Where a badge leads whose value has no page of its own. */
export function projectUrl({ instance, project }: ImagePlace): string {
  return `${instance}/${project}`;
}

const shieldsEndpoint = 'https://img.shields.io/endpoint?url=';

function absolute(source: JsonSource, stem: string, place: ImagePlace): string {
  const from = ({ artifactUrl: 'artifact', fileUrl: 'repository', pages: 'pages' } as const)[source];
  return resolved(readyBadge('generated', { stem, from, job: place.job, branch: place.branch }, place).image_url, place);
}

function resolved(url: string, { project }: ImagePlace): string {
  return resolvePlaceholders(url, { project_path: project });
}

function inProject(url: string, place: ImagePlace): string {
  return url.slice(projectUrl(place).length + 1);
}

/**
 * From where GitLab puts an address that names no file of the repository: behind the path of the project and the branch,
 * whatever folder the document lies in (its `Banzai::Filter::RepositoryLinkFilter`, for addresses with a query). So one step up for
 * each segment of the branch leads to the project.
 */
function upFromBranch(branch: string): string {
  return '../'.repeat(branch.split('/').length);
}

function relativeFolder(document: string, path: string): string {
  const from = document.split('/').slice(0, -1);
  const to = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  const down = to.slice(shared).map((segment) => `${encodePath(segment)}/`);
  return '../'.repeat(from.length - shared) + down.join('');
}

/** What the address of a picture says: which badge of which project, and where it is kept. */
export interface ReadImage {
  /** `generated` for files; a kind that GitLab draws itself. */
  readonly kind: Extract<ReadyKind, 'generated' | OwnKind>;
  /** Of a generated badge: its source, its file without ending and the folder that lies in. */
  readonly source: ImageSource | null;
  /** From where shields reads the values; null for other sources. */
  readonly json: JsonSource | null;
  readonly stem: string;
  readonly folder: string;
  /** Null where the address names none. */
  readonly branch: string | null;
  readonly job: string | null;
  /** Null for a relative address. */
  readonly project: string | null;
}

/**
 * Reads the address of a picture that leads to this instance, its Pages or a file of the repository; null for all others. Of another
 * branch, job or project than the place's it is read as well: that is what there is to say about it.
 */
export function readImage(url: string, place: Pick<ImagePlace, 'instance' | 'pages' | 'path' | 'document'>): ReadImage | null {
  try {
    return read(url, place);
  } catch {
    // An escape that is none.
    return null;
  }
}

function read(url: string, place: Pick<ImagePlace, 'instance' | 'pages' | 'path' | 'document'>): ReadImage | null {
  if (url.startsWith(shieldsEndpoint)) {
    const inner: ReadImage | null = read(decodeURIComponent(url.slice(shieldsEndpoint.length).split('&', 1)[0] ?? '').replace(/\.json(?=[?#]|$)/, '.svg'), place);
    return inner && isJsonSource(inner.source) ? { ...inner, source: 'shields', json: inner.source } : null;
  }
  const [address = '', search = ''] = url.split('#', 1)[0]?.split('?', 2) ?? [];
  const isAbsolute = /^[a-z][\w+.-]*:|^\/\//i.test(address);
  const start = `${place.instance}/`;
  const isHere = address.toLowerCase().startsWith(start.toLowerCase());
  if (isAbsolute && !isHere) {
    const inPages = address.startsWith(`${place.pages}/`) ? address.slice(place.pages.length + 1) : null;
    return inPages === null ? null : ofFile(`public/${decodeURIComponent(inPages)}`, 'pages', null, null, null);
  }
  const route = /^(.*?)(?:\/-)?\/(badges\/(.+)\/(pipeline|coverage)\.svg|badges\/(release)\.svg|jobs\/artifacts\/(.+?)\/raw\/(.+)|raw\/(.+))$/.exec(isHere ? `/${address.slice(start.length)}` : `/${address}`);
  const project = isHere ? decodeURIComponent((route?.[1] ?? '').slice(1)) : null;
  if (route && (isHere ? project !== '' : /^(?:\/\.\.)+$/.test(route[1] ?? ''))) {
    const [, , , ref, drawn, release, artifactRef, artifact, raw] = route;
    const kind = (drawn ?? release) as OwnKind | undefined;
    if (kind) return { kind, source: null, json: null, stem: '', folder: '', branch: ref === undefined ? null : decodeURIComponent(ref), job: null, project };
    if (artifact !== undefined && artifactRef !== undefined) {
      const job = /(?:^|&)job=([^&]*)/.exec(search)?.[1];
      return ofFile(decodeURIComponent(artifact), isHere ? 'artifactUrl' : 'artifact', decodeURIComponent(artifactRef), job === undefined ? null : decodeURIComponent(job.replaceAll('+', ' ')), project);
    }
    if (raw !== undefined && isHere) {
      const file = decodeURIComponent(raw);
      // Where the branch ends is known by the folder of the badges, else by the first slash.
      const at = file.indexOf(`/${place.path}/`);
      const cut = at >= 0 ? at : file.indexOf('/');
      return cut < 0 ? null : ofFile(file.slice(cut + 1), 'fileUrl', file.slice(0, cut), null, project);
    }
    return null;
  }
  return isAbsolute || isHere ? null : ofFile(resolvedPath(place.document, decodeURIComponent(address)), 'file', null, null, null);
}

function isJsonSource(source: ImageSource | null | undefined): source is JsonSource {
  return source === 'artifactUrl' || source === 'fileUrl' || source === 'pages';
}

function ofFile(file: string | null, source: ImageSource, branch: string | null, job: string | null, project: string | null): ReadImage | null {
  const parts = file === null ? null : /^(?:(.*)\/)?([^/]+)\.svg$/.exec(file);
  return parts && { kind: 'generated', source, json: null, stem: parts[2] ?? '', folder: parts[1] ?? '', branch, job, project };
}

/** Null where it leads out of the repository. A leading slash means its root. */
function resolvedPath(document: string, path: string): string | null {
  const segments = path.startsWith('/') ? [] : document.split('/').slice(0, -1);
  for (const segment of path.split('/')) {
    if (segment === '..') {
      if (segments.pop() === undefined) return null;
    } else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}

/** What is known of a project as far as pictures of it are concerned. */
export interface SourceKnowledge {
  /** Null where GitLab does not tell. */
  readonly visibility: 'public' | 'internal' | 'private' | null;
  /** The job that keeps the badges, as far as `.gitlab-ci.yml` says; null where none does. */
  readonly job: string | null;
  /** Jobs may come from elsewhere, too. */
  readonly isCiPartial: boolean;
  /** What is known of the badges' files in the repository: all committed, some only written yet, or some missing. */
  readonly files: 'committed' | 'written' | 'missing';
  /** Whether a job publishes to GitLab Pages, and who may see them: GitLab's `pages_access_level`, null where it does not tell. */
  readonly pages: { readonly isPublished: boolean; readonly access: string | null };
  readonly place: ImagePlace;
}

/** A source that can work, for whom, and what it still needs. */
export interface Offer {
  readonly source: ImageSource;
  /** Who sees the picture: anybody, or those who are signed in and may see the project; null where that is not known. */
  readonly audience: 'anybody' | 'signedIn' | null;
  /** `job`: the job is not in `.gitlab-ci.yml` itself. `commit`: the files have to be committed. */
  readonly needs: 'job' | 'commit' | null;
  readonly json: JsonSource | null;
}

/** The sources that can work, the one that asks least first. */
export function offeredSources(knowledge: SourceKnowledge): readonly Offer[] {
  const { visibility, job, isCiPartial, files, pages, place } = knowledge;
  const audience = visibility === null ? null : visibility === 'public' ? 'anybody' : 'signedIn';
  const pagesAudience = pages.access === 'public' ? 'anybody' : pages.access === 'private' ? 'signedIn' : audience;
  const offers: Offer[] = [];
  if (job !== null || isCiPartial) {
    const needs = job === null ? 'job' : null;
    offers.push({ source: 'artifact', audience, needs, json: null }, { source: 'artifactUrl', audience, needs, json: null });
  }
  if (files !== 'missing') {
    const needs = files === 'written' ? 'commit' : null;
    offers.push({ source: 'file', audience, needs, json: null }, { source: 'fileUrl', audience, needs, json: null });
  }
  // Pages show the folder `public` and nothing else.
  if (pages.isPublished && pages.access !== 'disabled' && /^public(?:\/|$)/.test(place.path)) offers.push({ source: 'pages', audience: pagesAudience, needs: null, json: null });
  // Shields asks from outside, without a token, and over https.
  const readable = offers.find((offer): offer is Offer & { readonly source: JsonSource } => isJsonSource(offer.source) && offer.audience === 'anybody');
  const origin = readable?.source === 'pages' ? place.pages : place.instance;
  if (readable && /^https:/.test(origin)) offers.push({ source: 'shields', audience: 'anybody', needs: readable.needs, json: readable.source });
  return offers;
}
