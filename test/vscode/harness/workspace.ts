import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './temporaryFolder';

interface RepositoryOptions {
  /** Address by the remote's name. */
  readonly remotes?: Readonly<Record<string, string>>;
  /** Text by path; committed. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Workspace {
  /** The first folder, or the `.code-workspace` file where there are several: what VS Code is asked to open. */
  readonly path: string;
  /** The folders, by name. */
  readonly folders: Readonly<Record<string, string>>;
  remove(): void;
}

/** A throw-away workspace of git repositories by name of their folder; several make a multi-root workspace. */
export function makeWorkspace(repositories: Readonly<Record<string, RepositoryOptions>>): Workspace {
  const parent = temporaryFolder();
  const folders: Record<string, string> = {};
  for (const [name, options] of Object.entries(repositories)) {
    folders[name] = path.join(parent.path, name);
    makeRepository(folders[name], options);
  }
  const names = Object.keys(folders);
  let opened = path.join(parent.path, names[0] ?? '');
  if (names.length > 1) {
    opened = path.join(parent.path, 'workspace.code-workspace');
    writeFileSync(opened, JSON.stringify({ folders: names.map((name) => ({ path: name })) }));
  }
  return { path: opened, folders, remove: () => parent.remove() };
}

/** Makes a git repository on branch main with one commit. */
function makeRepository(folder: string, { remotes = {}, files = {} }: RepositoryOptions): void {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet');
  for (const [name, address] of Object.entries(remotes)) git(folder, 'remote', 'add', name, address);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Start');
}

/** Runs git in a folder as somebody of its own, whatever is configured on this machine. */
export function git(folder: string, ...args: string[]): string {
  const person = ['-c', 'user.name=Badgesmith Tests', '-c', 'user.email=tests@example.org', '-c', 'commit.gpgSign=false'];
  return execFileSync('git', ['-C', folder, ...person, '-c', 'init.defaultBranch=main', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
