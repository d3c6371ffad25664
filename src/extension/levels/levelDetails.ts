import { checkNames, neededText, outcomeSigns, valueText, wantedText } from '../../core/levels/checkText';
import type { CheckType } from '../../core/levels/definition';
import { levelSummary, nextLevel } from '../../core/levels/explain';
import { pendingLevel, pendingOf, type PlacedBadge, type PlacedCheck, type PlacedLevel } from '../../core/levels/place';
import type { CheckResult, LeveledBadgeResult } from '../../core/levels/result';
import { counted, dayText } from '../../core/levels/words';
import * as messages from '../messages';

/** What is to be said of something in full, for a tooltip or a hover. */
export interface Details {
  readonly title: string;
  readonly paragraphs: readonly (readonly Line[])[];
}

export interface Line {
  readonly text: string;
  /** A page for people. */
  readonly url?: string;
}

export function badgeDetails(badge: PlacedBadge): Details {
  const { result } = badge;
  const pending = result.status === 'unknown' ? pendingOf(badge) : null;
  if (pending !== null) return { title: `${result.id}: ${messages.pendingWord(pending)}`, paragraphs: paragraphs(described(result)) };
  const next = nextLevel(result);
  const missing = next ? [{ text: messages.missingFor(next.level.name) }, ...next.missing.map(({ summary, outcome }) => ({ text: `${outcomeSigns[outcome].sign} ${summary}` }))] : [];
  return { title: `${result.id}: ${result.summary}`, paragraphs: paragraphs(described(result), missing.length > 1 ? missing : [], reasonOf(result)) };
}

export function levelDetails(badge: PlacedBadge, level: PlacedLevel): Details {
  const { result } = level;
  const pending = pendingLevel(badge, level);
  const checks = level.checks.map(checkLine);
  const notes = result.notNecessaryForNextHigherLevel ? [{ text: messages.notNecessaryAbove() }] : [];
  return { title: `${result.name}: ${pending === null ? levelSummary(badge.result, result) : messages.pendingWord(pending)}`, paragraphs: paragraphs(described(result), checks, notes) };
}

export function checkDetails({ result, pending }: PlacedCheck, now: string | null): Details {
  const { outcome, summary, range, evidence } = result;
  const { sign, word } = outcomeSigns[outcome];
  const value = valueText(result);
  const facts = [
    ...(value === null ? [] : [messages.valueIs(value)]),
    ...wantedText(result).map(messages.thresholdIs),
    ...(range === null ? [] : [messages.rangeIs(dayText(range.from, range.to), dayText(range.to, now ?? range.to))]),
    ...sampleOf(result),
  ];
  return {
    title: `${sign} ${checkNames[result.type]}: ${pending === null ? word : messages.pendingWord(pending)}`,
    paragraphs: paragraphs(described(result), pending === null ? [{ text: summary }] : [], facts.length > 0 ? [{ text: facts.join(' · ') }] : [], evidence.map(lineOf)),
  };
}

function checkLine({ result, pending }: PlacedCheck): Line {
  const { type, outcome, summary } = result;
  return { text: `${outcomeSigns[outcome].sign} ${pending === null ? summary : `${checkNames[type]} ${neededText(result)}`.trimEnd()}` };
}

/** What a value was made from that is no count of it. */
function sampleOf({ type, sample }: CheckResult): readonly string[] {
  const noun = sampleNouns[type];
  return noun === undefined || sample === null ? [] : [messages.sampleIs(counted(sample, noun))];
}

const sampleNouns: Partial<Record<CheckType, string>> = {
  BUS_FACTOR: 'commit',
  ELEPHANT_FACTOR: 'commit',
  ISSUE_REACTION_TIME: 'issue',
  CODE_REVIEW: 'merge request',
  CI_PIPELINES: 'pipeline',
};

/** Without links that lead to no page. */
export function lineOf({ text, url }: CheckResult['evidence'][number]): Line {
  return url !== undefined && /^https?:\/\//i.test(url) ? { text, url } : { text };
}

function described({ description }: { readonly description: string | null }): readonly Line[] {
  return description === null ? [] : [{ text: description }];
}

function reasonOf({ reason, levels }: LeveledBadgeResult): readonly Line[] {
  return reason !== undefined && levels.length === 0 ? [{ text: reason }] : [];
}

function paragraphs(...all: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  return all.filter((lines) => lines.length > 0);
}
