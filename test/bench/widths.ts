import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import textWidth from '../../src/drawing/textWidth';
import { drawnWidths, families, makeScriptWidths, unassigned } from '../drawing/makeScriptWidths';
import { words } from '../drawing/words';

/** Fonts as a badge names them; where none of them has a letter it is Noto Sans that has it, and not what fontconfig comes across first. */
const fontFamily = `Verdana, Geneva, ${families}, sans-serif`;
const referenceFonts = ['Verdana', 'DejaVu Sans'];

const recordFile = 'test/drawing/measuredWidths.json';
const tableFile = 'src/drawing/scriptWidths.json';

/** What was measured once, so that tests need neither browser nor fonts. */
export interface WidthRecord {
  readonly date: string;
  readonly browser: string;
  /** By language: the fonts that its words were drawn with, and the pixels of each word where letters are 11 high; null for one that no font here can show. */
  readonly languages: Readonly<Record<string, { readonly fonts: readonly string[]; readonly widths: readonly (number | null)[] }>>;
}

interface LanguageErrors {
  readonly language: string;
  readonly fonts: readonly string[];
  /** By the fonts that a badge names alone. */
  readonly isReference: boolean;
  /** |estimated / measured − 1| of each word that could be measured, in their order. */
  readonly errors: readonly number[];
}

/** How far the estimated widths are from the measured ones. */
export function widthErrors({ languages }: WidthRecord): readonly LanguageErrors[] {
  return Object.entries(languages).map(([language, { fonts, widths }]) => ({
    language,
    fonts,
    isReference: fonts.every((font) => referenceFonts.includes(font)),
    errors: (words[language] ?? []).flatMap((word, index) => ((measured) => (measured == null ? [] : [Math.abs(textWidth(word, { font: '11px Verdana' }) / measured - 1)]))(widths[index])),
  }));
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/**
 * Compares the widths that are estimated with those that Chromium draws. With `--write` it makes the tables of letters anew and keeps
 * what was measured for the tests; that needs DejaVu Sans and Noto Sans.
 */
export async function benchWidths(write: boolean): Promise<void> {
  const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => file !== undefined && existsSync(file));
  const say = (text: string) => process.stdout.write(`${text}\n`);
  if (executablePath === undefined) {
    say('No Chromium here to measure with: name one by CHROMIUM. These are the figures that were recorded.');
    report(JSON.parse(readFileSync(recordFile, 'utf8')) as WidthRecord, say);
    return;
  }
  if (write) writeFileSync(tableFile, await makeScriptWidths(executablePath));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
  try {
    const record = await measure(browser);
    if (write) writeFileSync(recordFile, `${JSON.stringify(record, null, 1).replace(/\[\s+([^[\]]*?)\s+\]/g, (_, items: string) => `[${items.replace(/\s*\n\s*/g, ' ')}]`)}\n`);
    report(record, say);
  } finally {
    await browser.close();
  }
}

function report(record: WidthRecord, say: (text: string) => void): void {
  say(`Chromium ${record.browser}, ${record.date}`);
  const all = widthErrors(record);
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8);
  for (const { language, fonts, errors } of all) {
    const missing = (words[language]?.length ?? 0) - errors.length;
    const shown = errors.length === 0 ? 'no font here shows it' : `median ${percent(median(errors))}   worst ${percent(Math.max(...errors))}   ${fonts.join(', ')}`;
    say(`${language.padEnd(12)} ${shown}${missing > 0 && errors.length > 0 ? `   (${missing} words not shown)` : ''}`);
  }
  const reference = all.filter(({ isReference }) => isReference).flatMap(({ errors }) => errors);
  say(`${'by the fonts that a badge names'.padEnd(12)}: median ${percent(median(reference))} (at most 3 %), worst ${percent(Math.max(...reference))} (at most 10 %), ${reference.length} words`);
}

/** Draws the words ten times as large as a badge does, as its SVG does it too. */
async function measure(browser: Browser): Promise<WidthRecord> {
  const page = await browser.newPage();
  const list = Object.values(words).flat();
  const characters = [...new Set(list.flatMap((word) => Array.from(word)))];
  const texts = [...list, ...characters, unassigned];
  const widths = await drawnWidths(page, `110px ${fontFamily}`, texts);
  const widthOf = new Map(texts.map((text, index) => [text, (widths[index] ?? NaN) / 10]));
  // What is in no font is drawn as a box, each as wide as the next.
  const isShown = (word: string) => Array.from(word.replace(/[\p{M}\s]/gu, '')).some((character) => widthOf.get(character) !== widthOf.get(unassigned));
  const fonts = await fontsOf(page, list.length);
  let at = 0;
  const languages = Object.entries(words).map(([language, wanted]) => {
    const measured = wanted.map((word) => ({ width: isShown(word) ? Math.round((widthOf.get(word) ?? NaN) * 100) / 100 : null, fonts: fonts[at++] ?? [] }));
    return [language, { fonts: [...new Set(measured.flatMap((each) => (each.width === null ? [] : each.fonts)))], widths: measured.map(({ width }) => width) }] as const;
  });
  return { date: new Date().toISOString().slice(0, 10), browser: browser.version(), languages: Object.fromEntries(languages) };
}

/** The families that the first words on the page are drawn with. */
async function fontsOf(page: Awaited<ReturnType<Browser['newPage']>>, count: number): Promise<readonly (readonly string[])[]> {
  const client = await page.context().newCDPSession(page);
  await client.send('DOM.enable');
  await client.send('CSS.enable');
  const { root } = await client.send('DOM.getDocument', { depth: -1 });
  const { nodeIds } = await client.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'span' });
  const found: (readonly string[])[] = [];
  for (const nodeId of nodeIds.slice(0, count)) {
    const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId });
    found.push(fonts.map(({ familyName }) => familyName));
  }
  return found;
}
