const units = [
  { name: 'day', ms: 24 * 60 * 60 * 1000 },
  { name: 'hour', ms: 60 * 60 * 1000 },
  { name: 'minute', ms: 60 * 1000 },
] as const;

/** How long ago something was, in words and whole units: `just now`, `3 minutes ago`, `yesterday`. Empty for what is no time. */
export function age(at: string, now: number, locale = 'en'): string {
  const passed = now - Date.parse(at);
  if (Number.isNaN(passed)) return '';
  const unit = units.find(({ ms }) => passed >= ms);
  return unit ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.floor(passed / unit.ms), unit.name) : 'just now';
}
