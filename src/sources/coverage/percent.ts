/** Whole percent, rounded down: 99.6 is not all. */
export function percentText(percent: number): string {
  return `${Math.floor(percent)}%`;
}

/** The colours that shields gives GitLab's coverage. */
export function coverageColor(percent: number): string {
  if (percent >= 100) return 'brightgreen';
  if (percent >= 90) return 'green';
  if (percent >= 80) return 'yellowgreen';
  return percent > 0 ? 'yellow' : 'red';
}
