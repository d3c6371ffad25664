let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each: a letter with its marks, a flag, a family of emoji joined into one. */
export function* graphemes(text: string): Generator<string> {
  // Made on first use: most texts need none, and it costs more than drawing a badge.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}
