import type * as vscode from 'vscode';
import { openGitApi } from '../gitApi';

const maxBranches = 100;

/** Branches of the git repository that a folder lies in, the current one first; those of the remotes without the remote's name. */
export async function branchesOf(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    const repository = (await openGitApi())?.getRepository(folder);
    const refs = (await repository?.getBranches?.({ remote: true, count: maxBranches })) ?? [];
    const local = (await repository?.getBranches?.({ remote: false, count: maxBranches })) ?? [];
    const names = [repository?.state.HEAD?.name, ...local.map(({ name }) => name), ...refs.map(({ name, remote }) => (remote && name?.startsWith(`${remote}/`) ? name.slice(remote.length + 1) : name))];
    return [...new Set(names.filter((name) => name !== undefined && name !== 'HEAD'))] as readonly string[];
  } catch {
    // No git, or a repository that it cannot read: then there is nothing to propose.
    return [];
  }
}
