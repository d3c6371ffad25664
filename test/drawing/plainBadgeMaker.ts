import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

type BadgeMaker = typeof import('badge-maker');

const require = createRequire(path.resolve('package.json'));

/** badge-maker as it is published, with all its width tables: loaded at run time, so that the alias of the bundle doesn't reach it. */
export async function loadPlainBadgeMaker(): Promise<BadgeMaker> {
  return (await import(pathToFileURL(require.resolve('badge-maker')).href)) as BadgeMaker;
}

/** Requires a package that badge-maker uses itself. */
export function requireFromBadgeMaker(name: string): unknown {
  return createRequire(require.resolve('badge-maker'))(name);
}
