import * as vscode from 'vscode';
import { openGitApi } from '../gitApi';

/** What git says of the repository that a folder lies in. */
export interface Repository {
  /** Path of the folder in the repository, empty or with a slash at its end. */
  readonly prefix: string;
  /** That of the remote, as git knew it when it was cloned; empty where it does not say. */
  readonly defaultBranch: string;
  /** Of this clone and its remotes; empty where they are too many to be sure. */
  readonly branches: readonly string[];
  /** Whether a file is committed. */
  isCommitted(path: string): Promise<boolean>;
}

const maxBranches = 1000;

/** Null without git. */
export async function repositoryOf(folder: vscode.Uri): Promise<Repository | null> {
  try {
    const repository = (await openGitApi())?.getRepository(folder);
    if (!repository) return null;
    const root = repository.rootUri.path.replace(/\/$/, '');
    const prefix = folder.path.startsWith(`${root}/`) ? `${folder.path.slice(root.length + 1).replace(/\/$/, '')}/` : '';
    const local = (await repository.getBranches?.({ remote: false, count: maxBranches })) ?? [];
    const remote = (await repository.getBranches?.({ remote: true, count: maxBranches })) ?? [];
    const names = [...local, ...remote].flatMap(({ name, remote: of }) => (name === undefined ? [] : of !== undefined && name.startsWith(`${of}/`) ? name.slice(of.length + 1) : name));
    const upstream = repository.state.HEAD?.upstream?.remote ?? repository.state.remotes[0]?.name ?? 'origin';
    return {
      prefix,
      defaultBranch: await remoteHead(repository.rootUri, upstream),
      branches: local.length >= maxBranches || remote.length >= maxBranches ? [] : [...new Set(names)].filter((name) => name !== 'HEAD'),
      async isCommitted(path) {
        try {
          await repository.getObjectDetails?.('HEAD', path);
          return repository.getObjectDetails !== undefined;
        } catch {
          return false;
        }
      },
    };
  } catch {
    // No git, or a repository that it cannot read.
    return null;
  }
}

/** Git keeps the default branch of a remote as a reference to it. */
async function remoteHead(root: vscode.Uri, remote: string): Promise<string> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, '.git/refs/remotes', remote, 'HEAD'));
    return new RegExp(`^ref: refs/remotes/[^/]+/(.+)$`, 'm').exec(new TextDecoder().decode(bytes))?.[1] ?? '';
  } catch {
    return '';
  }
}
