import { chartShape } from './chart';
import { element, svgElement } from './element';
import type { PreviewChart, PreviewCheck, PreviewLadder, PreviewLevel, PreviewOutcome } from './protocol';

const signs: Readonly<Record<PreviewOutcome, string>> = { pass: '✓', fail: '✗', unknown: '?' };

/** The levels of a badge as a list, each with its checks and what they were measured by. */
export function ladderElement({ levels, note }: PreviewLadder): HTMLElement {
  return element(
    'div',
    { class: 'ladder' },
    steps(levels),
    element('ol', { class: 'levels', 'aria-label': 'Levels' }, ...levels.map(levelElement)),
    ...(note === '' ? [] : [element('p', { class: 'note' }, note)]),
  );
}

function levelElement({ name, outcome, text, checks }: PreviewLevel): HTMLLIElement {
  return element(
    'li',
    { class: `level ${outcome}` },
    element('span', { class: 'sign', 'aria-hidden': 'true' }, signs[outcome]),
    element('span', { class: 'name' }, name),
    element('span', { class: 'state' }, text),
    element('ul', { class: 'checks', 'aria-label': `Checks of ${name}` }, ...checks.map(checkElement)),
  );
}

function checkElement({ outcome, text, spoken, why, chart }: PreviewCheck): HTMLLIElement {
  const picture = chart ? chartElement(chart) : null;
  return element(
    'li',
    { class: `check ${outcome}` },
    // What is drawn and written in short is said once, in words.
    element('span', { class: 'spoken' }, spoken),
    element('span', { class: 'shown', 'aria-hidden': 'true' }, element('span', { class: 'sign' }, signs[outcome]), ...(picture ? [picture] : []), element('span', {}, text)),
    ...(why === '' ? [] : [element('span', { class: 'why' }, why)]),
  );
}

/** A bar for the value on a scale on which the bounds are marked, and the side of them that passes. */
function chartElement(chart: PreviewChart): SVGSVGElement {
  const { bar, good, marks } = chartShape(chart);
  return svgElement(
    'svg',
    { class: 'chart', viewBox: '0 0 100 16', preserveAspectRatio: 'none' },
    svgElement('rect', { class: 'track', x: 0, y: 5, width: 100, height: 6 }),
    svgElement('rect', { class: 'good', x: good.from, y: 5, width: Math.max(0, good.to - good.from), height: 6 }),
    ...(bar === null ? [] : [svgElement('rect', { class: 'bar', x: 0, y: 5, width: bar, height: 6 })]),
    ...marks.map((at) => svgElement('line', { class: 'mark', x1: at, x2: at, y1: 1, y2: 15 })),
  );
}

/** A step for each level, filled as far as it is reached: what the list says, at a glance. */
function steps(levels: readonly PreviewLevel[]): SVGSVGElement {
  const width = 8;
  const height = 24;
  return svgElement(
    'svg',
    { class: 'steps', viewBox: `0 0 ${levels.length * (width + 2)} ${height}`, width: levels.length * (width + 2), height, 'aria-hidden': 'true' },
    ...levels.map(({ outcome }, index) => {
      const tall = (height * (index + 1)) / levels.length;
      return svgElement('rect', { class: outcome, x: index * (width + 2) + 0.5, y: height - tall + 0.5, width: width - 1, height: tall - 1 });
    }),
  );
}
