import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import type { ProjectRef } from '../core/snapshot';
import { abortable } from '../gitlab/abortable';
import { matchRemote } from '../gitlab/remoteUrl';
import { debounce } from './debounce';
import { hasGit, openGitApi, type GitApi, type GitRepository } from './gitApi';
import { choose, inOrder, webAddress, type Remote } from './remotes';

const settleMs = 300;
const gitTimeoutMs = 5000;
const gitOutputBytes = 64 * 1024;
/** What git needs to find its configuration. The rest of the environment may hold tokens and is not passed on. */
const gitEnvironment = ['PATH', 'HOME', 'USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'XDG_CONFIG_HOME', 'APPDATA', 'PROGRAMDATA', 'SYSTEMROOT', 'LANG', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM'];

/** Which projects a folder's remotes lead to. `project` is null while the user has a choice to make. */
export interface ProjectSearch {
  readonly projects: readonly ProjectRef[];
  readonly project: ProjectRef | null;
}

/** Finds the GitLab project of a workspace folder through git's remotes, and tells when it may be another one. */
export class Projects implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [];
  readonly #repositories = new Map<GitRepository, vscode.Disposable>();
  #git: Promise<GitApi | null> | undefined;
  #found = false;
  #seen = '';

  /** Fires when remotes or the current branch's remote changed, a repository came or went, or another project was chosen. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly state: vscode.Memento) {
    // The Git extension comes when a workspace is trusted, or when the user turns it on.
    this.#subscriptions.push(
      vscode.extensions.onDidChange(() => {
        if (!this.#found && hasGit()) this.#changed.fire();
      }),
    );
  }

  dispose(): void {
    this.#settled.dispose();
    for (const subscription of [...this.#subscriptions, ...this.#repositories.values()]) subscription.dispose();
    this.#changed.dispose();
  }

  /** @param isKnown says which of the instances that a remote may be on are to be believed; nothing is sent to any other. */
  async find(folder: vscode.WorkspaceFolder, known: (remotes: readonly Remote[]) => Promise<readonly string[]>, signal: AbortSignal): Promise<ProjectSearch> {
    const repository = await this.#repository(folder, signal);
    if (!repository) return { projects: [], project: null };
    const upstream = repository.state.HEAD?.upstream?.remote;
    const remotes = inOrder(await this.#remotes(repository, signal), upstream);
    const instances = await known(remotes);
    const candidates = remotes.flatMap((remote) => {
      const project = matchRemote(remote.url, instances);
      return project ? [{ remote: remote.name, project }] : [];
    });
    return choose(candidates, upstream, this.state.get<ProjectRef>(choiceKey(folder)));
  }

  async remember(folder: vscode.WorkspaceFolder, project: ProjectRef): Promise<void> {
    await this.state.update(choiceKey(folder), project);
    this.#changed.fire();
  }

  /** Web addresses at which the GitLab of a remote of this workspace would be, most likely first. For suggestions: nothing is sent there. */
  async addresses(signal: AbortSignal): Promise<readonly string[]> {
    const found = new Set<string>();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const repository = await this.#repository(folder, signal);
      if (!repository) continue;
      for (const remote of inOrder(await this.#remotes(repository, signal), repository.state.HEAD?.upstream?.remote)) {
        const address = webAddress(remote.url);
        if (address) found.add(address);
      }
    }
    return [...found];
  }

  async #repository(folder: vscode.WorkspaceFolder, signal: AbortSignal): Promise<GitRepository | null> {
    this.#git ??= this.#open();
    const git = await abortable(this.#git, signal);
    if (!git) return null;
    if (git.state === 'uninitialized') await abortable(initialized(git), signal);
    return git.getRepository(folder.uri);
  }

  async #open(): Promise<GitApi | null> {
    const git = await openGitApi();
    if (!git) {
      this.#git = undefined;
      return null;
    }
    this.#found = true;
    for (const repository of git.repositories) this.#follow(repository);
    this.#seen = this.#signature();
    this.#subscriptions.push(
      git.onDidOpenRepository((repository) => {
        this.#follow(repository);
        this.#settled();
      }),
      git.onDidCloseRepository((repository) => {
        this.#repositories.get(repository)?.dispose();
        this.#repositories.delete(repository);
        this.#settled();
      }),
    );
    return git;
  }

  #follow(repository: GitRepository): void {
    this.#repositories.get(repository)?.dispose();
    this.#repositories.set(repository, repository.state.onDidChange(() => this.#settled()));
  }

  /** Git reports every change of the working tree; only remotes and the upstream matter here. */
  readonly #settled = debounce(() => {
    const now = this.#signature();
    if (now === this.#seen) return;
    this.#seen = now;
    this.#changed.fire();
  }, settleMs);

  #signature(): string {
    return JSON.stringify(
      [...this.#repositories.keys()].map(({ rootUri, state }) => [
        rootUri.toString(),
        state.HEAD?.upstream?.remote,
        state.remotes.map((remote) => [remote.name, remote.fetchUrl, remote.pushUrl]),
      ]),
    );
  }

  async #remotes(repository: GitRepository, signal: AbortSignal): Promise<readonly Remote[]> {
    const git = await this.#git;
    const found = await Promise.all(
      repository.state.remotes.map(async ({ name, fetchUrl, pushUrl }) => {
        const written = fetchUrl ?? pushUrl;
        const rewritten = git && vscode.workspace.isTrusted ? await rewrittenUrl(git.git.path, repository.rootUri.fsPath, name, signal) : null;
        const url = rewritten ?? written;
        return url === undefined ? null : { name, url };
      }),
    );
    return found.filter((remote) => remote !== null);
  }
}

function choiceKey(folder: vscode.WorkspaceFolder): string {
  return `project:${folder.uri.toString()}`;
}

function initialized(git: GitApi): Promise<void> {
  return new Promise((resolve) => {
    const subscription = git.onDidChangeState((state) => {
      if (state !== 'initialized') return;
      subscription.dispose();
      resolve();
    });
  });
}

/** The address after `url.<base>.insteadOf`, which only git knows; null where git can't be asked. Contacts no host. */
async function rewrittenUrl(git: string, cwd: string, remote: string, signal: AbortSignal): Promise<string | null> {
  const env = Object.fromEntries(gitEnvironment.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  return new Promise((resolve, reject) => {
    execFile(
      git,
      ['ls-remote', '--get-url', '--', remote],
      { cwd, env, signal, timeout: gitTimeoutMs, maxBuffer: gitOutputBytes, windowsHide: true },
      (error, output) => {
        if (signal.aborted) reject(signal.reason as Error);
        else resolve(error ? null : output.trim() || null);
      },
    );
  });
}
