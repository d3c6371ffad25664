import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FindIcon } from '../sources/logos';

/**
 * The icons of the package simple-icons, if it is installed where `file`, the command line's own, finds its packages: what lies in the
 * folder it works on is not looked at.
 */
export function installedIcons(file: string): FindIcon {
  const require = createRequire(file);
  let colors: Promise<ReadonlyMap<string, string>> | undefined;
  return async (slug) => {
    const text = await read(require, `simple-icons/icons/${slug}.svg`);
    const path = text === null ? undefined : /<path d="([\s\w.,+-]+)"/.exec(text)?.[1];
    if (path === undefined) return null;
    const hex = (await (colors ??= readColors(require))).get(slug);
    return { hex: hex ?? '000000', path };
  };
}

async function readColors(require: NodeJS.Require): Promise<ReadonlyMap<string, string>> {
  const text = await read(require, 'simple-icons/icons.json');
  const rows: unknown = text === null ? [] : JSON.parse(text);
  if (!Array.isArray(rows)) return new Map();
  return new Map(
    rows.flatMap((row: { readonly slug?: unknown; readonly hex?: unknown }) => (typeof row.slug === 'string' && typeof row.hex === 'string' && /^[\da-f]{6}$/i.test(row.hex) ? [[row.slug, row.hex] as const] : [])),
  );
}

/** The text of a package's file, or null: its absence is nothing to tell. */
async function read(require: NodeJS.Require, name: string): Promise<string | null> {
  try {
    return await readFile(require.resolve(name), 'utf8');
  } catch {
    return null;
  }
}
