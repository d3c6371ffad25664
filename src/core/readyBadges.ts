import { findPlaceholders } from './placeholder';
import type { BadgeRecord } from './plan';

/**
 * What the form for a badge offers ready-made. The first four are drawn by GitLab: addresses, parameters and bounds are those of
 * its documentation (user/project/badges) and source (`Gitlab::Ci::Badge`), and where the two differ, of the source: only the
 * badges `release` and `text` heed `value_width`. `text` came with GitLab 18.6. `own` is any other badge.
 */
export const readyKinds = ['pipeline', 'coverage', 'release', 'text', 'generated', 'leveled', 'own'] as const;
export type ReadyKind = (typeof readyKinds)[number];

/** Where the file of a generated badge is shown from: the artifacts of a job, the repository, GitLab Pages. */
export const fileSources = ['artifact', 'repository', 'pages'] as const;

export const readyOptionNames = [
  'stem',
  'from',
  'job',
  'branch',
  'order_by',
  'ignore_skipped',
  'key_text',
  'value_text',
  'style',
  'min_good',
  'min_acceptable',
  'min_medium',
  'key_width',
  'value_width',
  'key_color',
  'value_color',
] as const;
export type ReadyOptionName = (typeof readyOptionNames)[number];

/** Each as text; absent or empty for what counts without it. A branch is the default branch then. */
export type ReadyOptions = Readonly<Partial<Record<ReadyOptionName, string>>>;

/** What an option takes. A value that GitLab cannot use is no error: it goes on as if there were none. */
export type OptionRule =
  | { readonly type: 'text'; readonly most?: number }
  /** `usual`: what counts without it. Both bounds are in. */
  | { readonly type: 'number'; readonly least: number; readonly most: number; readonly usual: number }
  /** The first one counts without it. */
  | { readonly type: 'choice'; readonly values: readonly string[] }
  | { readonly type: 'flag' }
  | { readonly type: 'color' };

const style: OptionRule = { type: 'choice', values: ['flat', 'flat-square'] };
const keyText: OptionRule = { type: 'text', most: 64 };
const keyWidth: OptionRule = { type: 'number', least: 1, most: 512, usual: 62 };
const valueWidth: OptionRule = { type: 'number', least: 1, most: 200, usual: 54 };
const text: OptionRule = { type: 'text' };
const file = { stem: text, from: { type: 'choice', values: fileSources }, job: text, branch: text } as const;

/** The options of each kind, in the order in which they are shown. */
export const readyOptions: Readonly<Record<ReadyKind, Readonly<Partial<Record<ReadyOptionName, OptionRule>>>>> = {
  pipeline: { branch: text, ignore_skipped: { type: 'flag' }, key_text: keyText, style, key_width: keyWidth },
  coverage: {
    branch: text,
    job: text,
    key_text: keyText,
    style,
    min_good: { type: 'number', least: 3, most: 100, usual: 95 },
    min_acceptable: { type: 'number', least: 2, most: 99, usual: 90 },
    min_medium: { type: 'number', least: 1, most: 98, usual: 75 },
    key_width: keyWidth,
  },
  // The documentation writes `release_at`, which GitLab takes for `created_at`.
  release: { order_by: { type: 'choice', values: ['released_at', 'created_at'] }, key_text: text, style, key_width: { ...keyWidth, usual: 90 }, value_width: valueWidth },
  text: { key_text: keyText, value_text: { type: 'text', most: 128 }, key_color: { type: 'color' }, value_color: { type: 'color' }, style, key_width: keyWidth, value_width: valueWidth },
  generated: file,
  leveled: file,
  own: {},
};

/** The options that count: a job makes no difference to a file that does not come from its artifacts. */
export function optionsOf(kind: ReadyKind, options: ReadyOptions): readonly (readonly [ReadyOptionName, OptionRule])[] {
  const from = options.from || fileSources[0];
  const unused: readonly string[] = kind !== 'generated' && kind !== 'leveled' ? [] : from === 'artifact' ? [] : from === 'repository' ? ['job'] : ['job', 'branch'];
  return (Object.entries(readyOptions[kind]) as [ReadyOptionName, OptionRule][]).filter(([name]) => !unused.includes(name));
}

/** What GitLab makes of the value of an option that it does not take; null where it takes it. */
export function optionComplaint(kind: ReadyKind, name: ReadyOptionName, options: ReadyOptions): string | null {
  const rule = readyOptions[kind][name];
  const value = options[name] ?? '';
  if (!rule || value === '') return null;
  switch (rule.type) {
    case 'text': {
      const { length } = [...value];
      return rule.most !== undefined && length > rule.most ? `GitLab shows ${rule.most} characters at most, and its own text in place of these ${length}.` : null;
    }
    case 'number': {
      const { least, usual } = rule;
      const most = Math.min(rule.most, boundAbove(name, options) - 1);
      const number = /^\d+$/.test(value) ? Number(value) : NaN;
      if (number >= least && number <= most) return null;
      return `GitLab takes ${least} to ${most} here; with anything else ${Math.min(usual, most)} counts.`;
    }
    case 'choice':
      return rule.values.includes(value) ? null : `There are ${rule.values.join(' and ')}; GitLab takes anything else for ${rule.values[0] ?? ''}.`;
    case 'color':
      return /^(?:#?(?:([0-9a-f])\1\1|[0-9a-f]{6})|[a-z]{3,22})$/i.test(value) ? null : 'GitLab takes the name of a colour, three equal hex digits or six, and its own colour in place of anything else.';
    case 'flag':
      return null;
  }
}

/** The limits of coverage lie below each other: one as high as the one above is lowered by GitLab. */
function boundAbove(name: ReadyOptionName, options: ReadyOptions): number {
  if (name === 'min_acceptable') return effectiveLimit('min_good', options);
  if (name === 'min_medium') return effectiveLimit('min_acceptable', options);
  return Infinity;
}

function effectiveLimit(name: 'min_good' | 'min_acceptable', options: ReadyOptions): number {
  const rule = readyOptions.coverage[name];
  if (rule?.type !== 'number') return Infinity;
  const most = Math.min(rule.most, boundAbove(name, options) - 1);
  const value = Number(options[name] || NaN);
  return value >= rule.least && value <= most ? value : Math.min(rule.usual, most);
}

export interface ReadyPlace {
  /** Address of the instance: GitLab refuses a placeholder in the host. */
  readonly instance: string;
  /** Folder of the generated badges in the repository and in the artifact. */
  readonly path: string;
  /** Where GitLab Pages shows the folder `public` of the project. */
  readonly pages: string;
}

const defaultBranch = '%{default_branch}';

/** Name, link and image of a ready-made badge, with placeholders wherever GitLab allows them. */
export function readyBadge(kind: ReadyKind, options: ReadyOptions, { instance, path, pages }: ReadyPlace): BadgeRecord {
  const project = `${instance}/%{project_path}`;
  const branch = options.branch || defaultBranch;
  const pipelines = `${project}/-/pipelines?ref=${encode(branch)}`;
  switch (kind) {
    case 'pipeline':
    case 'coverage':
      return { name: kind, link_url: pipelines, image_url: `${project}/badges/${encodeSegments(branch)}/${kind}.svg${query(kind, options)}` };
    case 'release':
      return { name: kind, link_url: `${project}/-/releases`, image_url: `${project}/-/badges/release.svg${query(kind, options)}` };
    case 'text':
      return { name: options.key_text ?? '', link_url: project, image_url: `${project}/-/badges/custom.svg${query(kind, options)}` };
    case 'generated':
    case 'leveled': {
      const name = options.stem ?? '';
      const svg = `${encodeSegments(path)}/${encode(name)}.svg`;
      if (options.from === 'repository') return { name, link_url: project, image_url: `${project}/-/raw/${encodeSegments(branch)}/${svg}` };
      if (options.from === 'pages') return { name, link_url: project, image_url: `${pages}/${svg.replace(/^public\//, '')}` };
      return { name, link_url: pipelines, image_url: `${project}/-/jobs/artifacts/${encodeSegments(branch)}/raw/${svg}?job=${encode(options.job ?? '')}` };
    }
    case 'own':
      return { name: '', link_url: '', image_url: '' };
  }
}

/** The kind and options that make exactly this image; null where none does. */
export function recogniseReady(imageUrl: string, place: ReadyPlace): { readonly kind: ReadyKind; readonly options: ReadyOptions } | null {
  for (const { kind, options } of guesses(imageUrl, place)) if (readyBadge(kind, options, place).image_url === imageUrl) return { kind, options };
  return null;
}

function guesses(imageUrl: string, { instance, path, pages }: ReadyPlace): readonly { readonly kind: ReadyKind; readonly options: ReadyOptions }[] {
  const [address = '', search = ''] = imageUrl.split('?', 2);
  const project = `${instance}/%{project_path}/`;
  const folder = encodeSegments(path);
  const inside = (start: string, pattern: RegExp) => (address.startsWith(start) ? pattern.exec(address.slice(start.length)) : null);
  const files = inside(project, /^-\/(jobs\/artifacts|raw)\/(.+)$/);
  const at = files?.[2]?.indexOf(`/${files[1] === 'raw' ? '' : 'raw/'}${folder}/`) ?? -1;
  try {
    const given: ReadyOptions = Object.fromEntries(search.split('&').flatMap((pair) => (pair.includes('=') ? [[pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))]] : [])));
    const [, ref, drawn] = inside(project, /^badges\/(.+)\/(pipeline|coverage)\.svg$/) ?? [];
    if (ref !== undefined) return [{ kind: drawn as 'pipeline' | 'coverage', options: { ...branchOf(ref), ...given } }];
    const [, other] = inside(project, /^-\/badges\/(release|custom)\.svg$/) ?? [];
    if (other !== undefined) return [{ kind: other === 'custom' ? 'text' : 'release', options: given }];
    const stem = decode(/([^/]*)\.svg$/.exec(address)?.[1] ?? '');
    if (files && at >= 0) {
      const from = files[1] === 'raw' ? { from: 'repository' } : {};
      return [{ kind: 'generated', options: { stem, ...from, ...branchOf(files[2]?.slice(0, at) ?? ''), ...given } }];
    }
    return address.startsWith(`${pages}/`) ? [{ kind: 'generated', options: { stem, from: 'pages', ...given } }] : [];
  } catch {
    // An escape that is none.
    return [];
  }
}

function branchOf(ref: string): ReadyOptions {
  return ref === defaultBranch ? {} : { branch: ref.split('/').map(decode).join('/') };
}

/** The start of a placeholder is no escape. */
function decode(part: string): string {
  return decodeURIComponent(part.replace(/%(?=\{)/g, '%25'));
}

/** The parameters that differ from what counts without them. */
function query(kind: ReadyKind, options: ReadyOptions): string {
  const given = optionsOf(kind, options).flatMap(([name, rule]) => {
    const value = options[name] ?? '';
    const isUsual = name === 'branch' || value === '' || (rule.type === 'choice' && value === rule.values[0]);
    return isUsual ? [] : [`${name}=${encode(value)}`];
  });
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

/** Keeps slashes. */
function encodeSegments(path: string): string {
  return path.split('/').map(encode).join('/');
}

/** Keeps what GitLab replaces. */
function encode(part: string): string {
  let encoded = '';
  let end = 0;
  for (const { range } of findPlaceholders(part).filter(({ known }) => known)) {
    encoded += encodeURIComponent(part.slice(end, range.start)) + part.slice(range.start, range.end);
    end = range.end;
  }
  return encoded + encodeURIComponent(part.slice(end));
}
