import type { Answer } from './answer';
import type { FakePipeline, FakeProject } from './data';
import { ordered } from './filters';

type Options = ReadonlyMap<string, unknown>;

interface Badge {
  readonly key: string;
  readonly value: string;
  readonly keyWidth: number;
  readonly valueWidth: number;
  readonly keyColor: string;
  readonly valueColor: string;
}

/** The badges that GitLab draws itself, by the part of the path behind the project, with GitLab's bounds for their options. */
export function ownBadge(project: FakeProject, rest: string, options: Options): Answer | null {
  const [, ref, kind] = /^(?:-\/)?badges\/(.+)\/(pipeline|coverage)\.svg$/.exec(rest) ?? [];
  if (kind === 'pipeline') return drawn(pipelineBadge(project, ref ?? '', options), options);
  if (kind === 'coverage') return drawn(coverageBadge(project, ref ?? '', options), options);
  if (rest === '-/badges/release.svg') return drawn(releaseBadge(project, options), options);
  return rest === '-/badges/custom.svg' ? drawn(customBadge(options), options) : null;
}

const statusColors: Readonly<Record<string, string>> = { success: '#4c1', failed: '#e05d44', running: '#dfb317', pending: '#dfb317', preparing: '#a7a7a7' };

function pipelineBadge(project: FakeProject, ref: string, options: Options): Badge {
  const pipeline = newest(project, (each) => each.ref === ref && (text(options, 'ignore_skipped') !== 'true' || each.status !== 'skipped'));
  const status = pipeline?.status ?? 'unknown';
  return { ...base('pipeline', options), value: status === 'success' ? 'passed' : status, valueWidth: 54, valueColor: statusColors[status] ?? '#9f9f9f' };
}

function coverageBadge(project: FakeProject, ref: string, options: Options): Badge {
  const coverage = Number(newest(project, (each) => each.ref === ref && each.status === 'success')?.coverage ?? NaN);
  const good = within(options, 'min_good', 3, 100, 95);
  const acceptable = within(options, 'min_acceptable', 2, good - 1, Math.min(90, good - 1));
  const medium = within(options, 'min_medium', 1, acceptable - 1, Math.min(75, acceptable - 1));
  if (Number.isNaN(coverage)) return { ...base('coverage', options), value: 'unknown', valueWidth: 58, valueColor: '#9f9f9f' };
  const valueColor = coverage >= good ? '#4c1' : coverage >= acceptable ? '#a3c51c' : coverage >= medium ? '#dfb317' : '#e05d44';
  return { ...base('coverage', options), value: `${coverage.toFixed(2)}%`, valueWidth: 54, valueColor };
}

function releaseBadge(project: FakeProject, options: Options): Badge {
  // Whatever else is asked for is the date of creation.
  const byRelease = (text(options, 'order_by') ?? 'released_at') === 'released_at';
  const tag = ordered(project.releases, (each) => (byRelease ? each.releasedAt : each.createdAt), 'desc')[0]?.tag;
  const key = text(options, 'key_text') ?? 'Latest Release';
  return { ...base(key, options), key, keyWidth: Number(text(options, 'key_width') ?? 90), value: tag ?? 'none', valueWidth: within(options, 'value_width', 1, 200, 54), valueColor: tag === undefined ? '#e05d44' : '#3076af' };
}

function customBadge(options: Options): Badge {
  const value = text(options, 'value_text');
  return {
    ...base('custom', options),
    value: value !== null && value.length <= 128 ? value : 'none',
    valueWidth: within(options, 'value_width', 1, 200, 54),
    keyColor: color(options, 'key_color', '#9f9f9f'),
    valueColor: color(options, 'value_color', '#e05d44'),
  };
}

function base(entity: string, options: Options): Pick<Badge, 'key' | 'keyWidth' | 'keyColor'> {
  const key = text(options, 'key_text');
  return { key: key !== null && key.length <= 64 ? key : entity, keyWidth: within(options, 'key_width', 1, 512, 62), keyColor: '#555' };
}

function newest(project: FakeProject, fits: (pipeline: FakePipeline) => boolean): FakePipeline | undefined {
  return [...project.pipelines].filter(fits).sort((a, b) => b.id - a.id)[0];
}

function text(options: Options, name: string): string | null {
  const value = options.get(name);
  return typeof value === 'string' && value !== '' ? value : null;
}

function within(options: Options, name: string, least: number, most: number, usual: number): number {
  const value = Number.parseInt(text(options, name) ?? '', 10);
  return value >= least && value <= most ? value : usual;
}

function color(options: Options, name: string, usual: string): string {
  const given = (text(options, name) ?? '').toLowerCase().replace(/^#/, '');
  if (/^(?:([a-f0-9])\1{2}|[a-f0-9]{6})$/.test(given)) return `#${given}`;
  return /^[a-z]{3,22}$/.test(given) ? given : usual;
}

function drawn(badge: Badge, options: Options): Answer {
  const body = badgeSvg(badge, text(options, 'style') === 'flat-square' ? 0 : 3);
  return { status: 200, headers: { 'Content-Type': 'image/svg+xml; charset=utf-8', 'Cache-Control': 'private, no-store' }, body };
}

export function badgeSvg({ key, value, keyWidth, valueWidth, keyColor, valueColor }: Badge, radius = 3): string {
  const [title, left, right] = [`${key}: ${value}`, key, value].map((each) => each.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`));
  const width = keyWidth + valueWidth;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20"><title>${title}</title>` +
    `<clipPath id="round"><rect width="${width}" height="20" rx="${radius}"/></clipPath><g clip-path="url(#round)"><rect width="${keyWidth}" height="20" fill="${keyColor}"/>` +
    `<rect x="${keyWidth}" width="${valueWidth}" height="20" fill="${valueColor}"/></g><g fill="#fff" text-anchor="middle" font-family="DejaVu Sans,Verdana,Geneva,sans-serif" font-size="11">` +
    `<text x="${keyWidth / 2}" y="14">${left}</text><text x="${keyWidth + valueWidth / 2}" y="14">${right}</text></g></svg>`
  );
}
