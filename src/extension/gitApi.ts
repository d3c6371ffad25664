import * as vscode from 'vscode';

/** The part of the built-in Git extension's API (version 1) that is used here. */
export interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<GitApi['state']>;
  readonly git: { readonly path: string };
  readonly onDidOpenRepository: vscode.Event<GitRepository>;
  readonly onDidCloseRepository: vscode.Event<GitRepository>;
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly HEAD: { readonly name?: string | undefined; readonly upstream?: { readonly remote: string } | undefined } | undefined;
    readonly remotes: readonly GitRemote[];
    readonly onDidChange: vscode.Event<void>;
  };
  /** Absent in older versions. */
  getBranches?(query: { readonly remote: boolean; readonly count: number }): Promise<readonly { readonly name?: string | undefined; readonly remote?: string | undefined }[]>;
  /** Rejects where a commit has no such file. Absent in older versions. */
  getObjectDetails?(treeish: string, path: string): Promise<unknown>;
}

interface GitRemote {
  readonly name: string;
  readonly fetchUrl?: string | undefined;
  readonly pushUrl?: string | undefined;
}

const id = 'vscode.git';

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** Whether VS Code has its Git extension now; in Restricted Mode it has none. */
export function hasGit(): boolean {
  return vscode.extensions.getExtension(id) !== undefined;
}

/** Null where VS Code has no Git extension, or the user turned it off. */
export async function openGitApi(): Promise<GitApi | null> {
  const extension = vscode.extensions.getExtension<GitExtension>(id);
  if (!extension) return null;
  const git = await extension.activate();
  return git.enabled ? git.getAPI(1) : null;
}
