import { fillDemo } from '../fakes/gitlab/demo';
import { startFakeGitLab } from '../fakes/gitlab/server';
import { makeWorkspace, type Workspace } from './harness/workspace';

/** What the host suite finds: a workspace with a clone of acme/shop, on a GitLab of its own that has the demo's data. */
interface HostFixture {
  readonly workspace: Workspace;
  /** BADGESMITH_TEST_GITLAB is the address of the GitLab. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startHostFixture(): Promise<HostFixture> {
  const gitlab = await startFakeGitLab();
  fillDemo(gitlab.data, { now: new Date(), url: gitlab.url });
  const workspace = makeWorkspace({
    shop: { remotes: { origin: `${gitlab.url}/acme/shop.git` }, files: { 'README.md': '# Shop\n' } },
  });
  return {
    workspace,
    env: { BADGESMITH_TEST_GITLAB: gitlab.url },
    stop: async () => {
      workspace.remove();
      await gitlab.close();
    },
  };
}
