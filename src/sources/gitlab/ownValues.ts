import type { Badge, KnownBadge } from '../../core/badge';
import type { FactName } from '../../core/facts';
import type { OwnValue, OwnValues } from '../../core/imageSources';
import type { WantedFact } from '../../core/wantedFacts';
import { sourceOf } from './factBadges';
import { requestKey } from './requests';

/** What GitLab's own badges show, each about the default branch. */
const ownFacts: readonly FactName[] = ['pipeline', 'coverage', 'release.tag'];

/** The facts with those that GitLab's own badges show, as far as they are in answers that are asked for anyway. */
export function withOwnFacts(wanted: readonly WantedFact[]): readonly WantedFact[] {
  const keyOf = ({ stem, options }: WantedFact) => requestKey(sourceOf(stem)?.request ?? 'project', options);
  const asked = new Set(wanted.map(keyOf));
  // One that is wanted with options of its own has its place under that name.
  const further = ownFacts.filter((stem) => wanted.every((each) => each.stem !== stem)).map((stem) => ({ stem, options: {} }));
  return [...wanted, ...further.filter((fact) => asked.has(keyOf(fact)))];
}

/**
 * What GitLab's own badges show, by facts that were asked for: words and colours are those of its source (`Gitlab::Ci::Badge`). Left
 * out is what another request could tell alone.
 */
export function ownValues(wanted: readonly WantedFact[], badges: readonly Badge[]): OwnValues {
  const plain = new Set<string>(wanted.flatMap(({ stem, options }) => (Object.keys(options).length === 0 ? [stem] : [])));
  const fact = (stem: FactName): Badge | undefined => (plain.has(stem) ? badges.find((badge) => badge.stem === stem) : undefined);
  const known = (stem: FactName): KnownBadge | null => {
    const badge = fact(stem);
    return badge?.status === 'known' ? badge : null;
  };
  const status = known('pipeline')?.face.message;
  const pipeline = status === undefined ? undefined : pipelineColors.get(status);
  const tag = known('release.tag')?.face.message;
  const coverage = known('coverage')?.value;
  return {
    ...(status !== undefined && pipeline !== undefined && { pipeline: { message: status, color: pipeline } }),
    // GitLab shows that of the newest pipeline that passed, which may be an earlier one.
    ...(status === 'passed' && coverage !== undefined && { coverage: coverageValue(coverage) }),
    ...(tag !== undefined && { release: { message: tag, color: '#3076af' } }),
  };
}

/** What the fact calls as GitLab does; it has one word for all that have not begun. */
const pipelineColors: ReadonlyMap<string, string> = new Map([
  ['passed', '#4c1'],
  ['failed', '#e05d44'],
  ['running', '#dfb317'],
  ['canceled', '#9f9f9f'],
  ['skipped', '#9f9f9f'],
  ['manual', '#9f9f9f'],
]);

/** Limits are in. */
function coverageValue(percent: number): OwnValue {
  const color = percent >= 95 ? '#4c1' : percent >= 90 ? '#a3c51c' : percent >= 75 ? '#dfb317' : '#e05d44';
  return { message: `${percent.toFixed(2)}%`, color };
}
