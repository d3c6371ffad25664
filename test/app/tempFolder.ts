import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of its own for one test; `remove` it in the end. */
export interface TempFolder {
  readonly root: string;
  put(file: string, text: string | Uint8Array): void;
  text(file: string): string;
  drop(file: string): void;
  /** Every file below, with `/`, sorted. */
  files(): readonly string[];
  remove(): void;
}

export function tempFolder(files: Readonly<Record<string, string>> = {}): TempFolder {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'badgesmith-')));
  const folder: TempFolder = {
    root,
    put(file, text) {
      const target = path.join(root, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    },
    text: (file) => readFileSync(path.join(root, file), 'utf8'),
    drop: (file) => rmSync(path.join(root, file)),
    files: () =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .sort(),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  for (const [file, text] of Object.entries(files)) folder.put(file, text);
  return folder;
}
