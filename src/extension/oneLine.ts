/** A text for a place that shows one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
