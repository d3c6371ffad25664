import { checkNames, comparison, neededText, spokenCheck } from '../../core/levels/checkText';
import { levelSummary } from '../../core/levels/explain';
import { pendingLevel, type PlacedBadge, type PlacedCheck } from '../../core/levels/place';
import type { CheckResult } from '../../core/levels/result';
import type { PreviewCheck, PreviewLadder } from '../../webview/protocol';
import { pendingWord } from '../messages';

/** The levels of a badge as the preview shows them. */
export function previewLadder(badge: PlacedBadge, note: string): PreviewLadder {
  const { result, levels } = badge;
  return {
    note,
    levels: levels.map((placed) => {
      const { result: level, checks } = placed;
      const pending = pendingLevel(badge, placed);
      return {
        name: level.name,
        outcome: level.reached === null ? 'unknown' : level.reached ? 'pass' : 'fail',
        text: pending === null ? levelSummary(result, level) : pendingWord(pending),
        checks: checks.map(previewCheck),
      };
    }),
  };
}

function previewCheck({ result, pending }: PlacedCheck): PreviewCheck {
  const { outcome, type, unit, value, threshold: { min, max } } = result;
  return {
    outcome,
    text: `${checkNames[type]} ${pending === null ? comparison(result) : neededText(result)}`,
    spoken: spokenCheck(result),
    why: outcome === 'pass' ? '' : pending !== null ? pendingWord(pending) : explanation(result),
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
