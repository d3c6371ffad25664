import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { builtInLogos } from '../../src/core/logoNames';

const folder = path.resolve('node_modules/simple-icons');

/** Makes src/sources/icons.json from the package simple-icons: colour of the brand and path, by slug. */
export function makeIcons(): string {
  const hexByTitle = new Map((JSON.parse(readFileSync(path.join(folder, 'data/simple-icons.json'), 'utf8')) as { title: string; hex: string }[]).map(({ title, hex }) => [title, hex]));
  const lines = builtInLogos.map((slug) => {
    const svg = readFileSync(path.join(folder, 'icons', `${slug}.svg`), 'utf8');
    const title = /<title>(.*?)<\/title>/.exec(svg)?.[1] ?? '';
    const hex = hexByTitle.get(title.replaceAll('&amp;', '&'));
    const shape = /<path d="([^"]+)"/.exec(svg)?.[1];
    if (hex === undefined || shape === undefined) throw new Error(`simple-icons has no ${slug} in the form it had.`);
    return `  ${JSON.stringify(slug)}: { "hex": ${JSON.stringify(hex)}, "path": ${JSON.stringify(shape)} }`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** Makes src/sources/iconNames.json: the slugs of all icons of the package, as one text. */
export function makeIconNames(): string {
  const slugs = readdirSync(path.join(folder, 'icons')).map((file) => file.replace(/\.svg$/, ''));
  return `${JSON.stringify(slugs.sort().join(' '))}\n`;
}
