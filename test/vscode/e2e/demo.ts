import { fillDemo } from '../../fakes/gitlab/demo';
import { startFakeGitLab, type FakeGitLab } from '../../fakes/gitlab/server';
import { until } from '../harness/until';
import type { Workbench } from '../harness/workbench';
import type { Workspace } from '../harness/workspace';

/** A GitLab with the demo's data, and a workspace whose remotes lead there. */
interface Demo {
  readonly gitlab: FakeGitLab;
  readonly workspace: Workspace;
  /** Host and port of the GitLab: what the extension calls it. */
  readonly name: string;
}

/** Starts a GitLab of its own for the tests of a `describe`, and makes their workspace. To be called before `useEditor`. */
export function useDemo(makeWorkspace: (gitlab: FakeGitLab) => Workspace | Promise<Workspace>): Demo {
  let gitlab: FakeGitLab | undefined;
  let workspace: Workspace | undefined;
  const current = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The demo is there in tests and in the hooks after useDemo, not before.');
    return value;
  };
  before(async () => {
    gitlab = await startFakeGitLab();
    fillDemo(gitlab.data, { now: new Date(), url: gitlab.url });
    workspace = await makeWorkspace(gitlab);
  });
  after(async () => {
    workspace?.remove();
    await gitlab?.close();
  });
  return {
    get gitlab() {
      return current(gitlab);
    },
    get workspace() {
      return current(workspace);
    },
    get name() {
      return new URL(current(gitlab).url).host;
    },
  };
}

/** Signs in as a person does, and puts away what VS Code says about it. */
export async function signIn(workbench: Workbench, { name }: Demo, token: string): Promise<void> {
  // The remote is on offer once VS Code has read the repository.
  await until(async () => {
    await workbench.runCommand('GitLab Badges: Sign In to GitLab…');
    const instances = await workbench.quickInput('Which GitLab?');
    const isOffered = (await instances.rows()).some(({ label }) => label === name);
    if (isOffered) await instances.pick(name);
    else await instances.cancel();
    return isOffered;
  }, `${name} among the instances to sign in to`);
  const input = await workbench.quickInput('Personal access token');
  await input.type(token);
  await input.accept();
  await (await workbench.toast(`Signed in to ${name}`)).dismiss();
  await workbench.noToasts();
}
