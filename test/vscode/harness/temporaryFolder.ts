import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** A new empty folder; removed by `remove`, at the latest when the process ends. */
export function temporaryFolder(): TemporaryFolder {
  // The real path: VS Code and git follow the link that /tmp is on macOS, and the tests compare paths.
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'badgesmith-'));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', remove);
  return { path: folder, remove };
}
