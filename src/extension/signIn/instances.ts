import { matchRemote } from '../../gitlab/remoteUrl';
import type { LoadEngine } from '../loadEngine';
import type { Remote } from '../remotes';
import { namedInstances } from '../settings';
import type { Sessions } from './sessions';
import { workflowInstance } from './workflowAccount';

export const gitlabCom = 'https://gitlab.com';

/**
 * Which addresses are GitLab instances that may be asked: gitlab.com, those somebody signed in to, and those the user named
 * in the settings once they have answered as a GitLab. A remote alone, which a workspace file may hold, makes none known.
 */
export class Instances {
  readonly #answered = new Set<string>();

  constructor(
    private readonly sessions: Sessions,
    private readonly loadEngine: LoadEngine,
  ) {}

  /** Named instances are only asked where one of the remotes is on them, without a token. */
  async known(remotes: readonly Remote[], signal: AbortSignal): Promise<readonly string[]> {
    const workflow = await workflowInstance(signal);
    const trusted = [gitlabCom, ...this.sessions.accounts.map((account) => account.instance), ...(workflow ? [workflow] : [])];
    const open = remotes.filter((remote) => !matchRemote(remote.url, trusted));
    const named = open.length > 0 ? namedInstances() : [];
    return [...new Set([...trusted, ...(named.length > 0 ? await this.#answering(named, open, signal) : [])])];
  }

  async #answering(named: readonly string[], remotes: readonly Remote[], signal: AbortSignal): Promise<readonly string[]> {
    const engine = await this.loadEngine();
    const found = await Promise.all(
      named.map(async (written) => {
        const instance = engine.normalizeInstance(written);
        if (instance === null || !remotes.some((remote) => matchRemote(remote.url, [instance]))) return null;
        if (this.#answered.has(instance)) return instance;
        if (!(await engine.probe(instance, signal)).gitlab) return null;
        this.#answered.add(instance);
        return instance;
      }),
    );
    return found.filter((instance) => instance !== null);
  }
}
