import { existsSync } from 'node:fs';
import path from 'node:path';
import { npm, run } from './processes';
import { serverEnvironment } from './serverEnvironment';
import { temporaryFolder } from './temporaryFolder';
import type { ServerInstallation } from './testBed';

/** Where `npm run package` writes the extension. */
export const vsixFile = path.resolve('dist/badgesmith.vsix');

/** Packages the extension as it is released. */
export async function packageVsix(): Promise<string> {
  await npm(['run', '--silent', 'package']);
  if (!existsSync(vsixFile)) throw new Error(`npm run package wrote no ${vsixFile}`);
  return vsixFile;
}

/** Packages the extension of a folder as it stands, without building it. */
export async function packageFolder(folder: string, file: string): Promise<void> {
  const vsce = path.resolve('node_modules/@vscode/vsce/vsce');
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--skip-license', '--out', file];
  await run(process.execPath, [vsce, 'package', ...options], { cwd: folder, quiet: true });
}

/** Installs an extension as `code --install-extension` does. */
export async function installVsix(installation: ServerInstallation, file: string, extensionsFolder: string): Promise<void> {
  const data = temporaryFolder();
  try {
    await run(
      installation.node,
      [
        ...[installation.server, '--accept-server-license-terms', '--server-data-dir', data.path, '--extensions-dir', extensionsFolder],
        ...['--install-extension', path.resolve(file), '--force'],
      ],
      { env: serverEnvironment(), quiet: true },
    );
  } finally {
    data.remove();
  }
}
