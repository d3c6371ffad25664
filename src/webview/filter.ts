import type { PreviewBadge } from './protocol';

/** Whether every word of the filter stands somewhere in the badge's name, words or source; letter case does not count. */
export function matches(badge: Pick<PreviewBadge, 'stem' | 'label' | 'text' | 'source'>, filter: string): boolean {
  const text = [badge.stem, badge.label, badge.text, badge.source].join('\n').toLocaleLowerCase();
  return filter
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
