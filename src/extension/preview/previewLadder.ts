import { checkNames, comparison, spokenCheck } from '../../core/levels/checkText';
import { levelSummary } from '../../core/levels/explain';
import { waits, type PlacedBadge, type PlacedCheck } from '../../core/levels/place';
import type { CheckResult } from '../../core/levels/result';
import type { PreviewCheck, PreviewLadder } from '../../webview/protocol';
import { notFetchedYet } from '../messages';

/** The levels of a badge as the preview shows them. */
export function previewLadder(badge: PlacedBadge, note: string): PreviewLadder {
  const { result, levels } = badge;
  return {
    note,
    levels: levels.map(({ result: level, checks }) => ({
      name: level.name,
      outcome: level.reached === null ? 'unknown' : level.reached ? 'pass' : 'fail',
      text: level.reached === null && waits(badge) ? notFetchedYet() : levelSummary(result, level),
      checks: checks.map(previewCheck),
    })),
  };
}

function previewCheck({ result, waits: pending }: PlacedCheck): PreviewCheck {
  const { outcome, type, unit, value, threshold: { min, max } } = result;
  return {
    outcome,
    text: `${checkNames[type]} ${comparison(result)}`,
    spoken: spokenCheck(result),
    why: outcome === 'pass' ? '' : pending ? notFetchedYet() : explanation(result),
    chart: unit === 'decision' || (min === null && max === null) ? null : { value, min, max },
  };
}

/** What the value and the threshold beside it do not say. */
function explanation({ reason, detail, evidence }: CheckResult): string {
  const parts = evidence.slice(0, mostParts).map(({ text }) => text);
  return reason ?? detail ?? parts.join(' · ');
}

/** Of what a count is made of: packages, images and releases. */
const mostParts = 3;
