import { normalizeInstance } from '../config/instance';
import type { ProjectRef } from '../core/snapshot';
import { matchRemote, parseRemoteUrl } from '../gitlab/remoteUrl';
import type { Token } from '../gitlab/token';
import { UsageError } from './exitCodes';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The project, and the token that may go to its instance. */
export interface FoundProject {
  readonly ref: ProjectRef;
  readonly token?: Token;
}

/**
 * Server and project from the options, then from the variables of GitLab CI, then from the git remote. A token given by
 * option or by GITLAB_TOKEN or PRIVATE_TOKEN goes to the instance found so; CI_JOB_TOKEN only to the CI server it is for.
 * Where there is no project, `missing` says what to do. Throws UsageError for a server that is no address.
 */
export async function findProject(
  options: { readonly server?: string; readonly project?: string; readonly token?: string },
  env: Environment,
  gitRemote: () => Promise<string | null>,
): Promise<FoundProject | { readonly missing: string }> {
  const ciInstance = instanceOfCi(env);
  const named = options.server === undefined ? ciInstance : normalizeInstance(options.server);
  if (options.server !== undefined && named === null) throw new UsageError('--server is not an http or https address.');

  // An id counts on its own instance only; without CI's server variables the named server is taken for it.
  const projectOfCi = named !== null && (ciInstance === null || named === ciInstance) ? env['CI_PROJECT_ID'] || undefined : undefined;
  const project = options.project ?? projectOfCi;
  const ref = named !== null && project !== undefined ? { instance: named, project } : await projectOfRemote(named, options.project, gitRemote);
  if ('missing' in ref) return ref;
  const token = tokenFor(ref.instance, options.token, env, ciInstance);
  return { ref, ...(token && { token }) };
}

/** For the log. */
export function describeProject({ ref }: FoundProject, tokens: ReadonlyMap<string, Token>): string {
  const token = tokens.get(ref.instance);
  return `Project ${ref.project} on ${ref.instance}, ${token ? `with a ${token.kind} token` : 'without a token'}`;
}

function instanceOfCi(env: Environment): string | null {
  return normalizeInstance(env['CI_API_V4_URL'] || env['CI_SERVER_URL'] || '');
}

async function projectOfRemote(instance: string | null, project: string | undefined, gitRemote: () => Promise<string | null>): Promise<ProjectRef | { missing: string }> {
  const url = await gitRemote();
  const found = url === null ? null : instance === null ? guessProject(url) : matchRemote(url, [instance]);
  if (found === null) {
    const why = url === null ? 'There is no git remote' : instance === null ? 'The git remote is not on a GitLab' : `The git remote is not on ${instance}`;
    return { missing: `${why}: name the project with --server and --project.` };
  }
  return project === undefined ? found : { ...found, project };
}

/** Forges that are certainly no GitLab, and must not be sent its token. */
const otherForges = /(^|\.)(github\.com|bitbucket\.org|codeberg\.org|gitea\.com|dev\.azure\.com|visualstudio\.com|sr\.ht|sourceforge\.net|huggingface\.co)$/;

/** An instance nobody named: the remote's own host. A relative URL root cannot be told from a group, `--server` says it. */
function guessProject(url: string): ProjectRef | null {
  const onGitLabCom = matchRemote(url, ['https://gitlab.com']);
  if (onGitLabCom) return onGitLabCom;
  const remote = parseRemoteUrl(url);
  if (!remote || otherForges.test(remote.host)) return null;
  const overHttp = remote.scheme === 'http' || remote.scheme === 'https';
  // The port of an SSH remote is the one of its SSH server.
  const address = overHttp ? `${remote.scheme}://${remote.host}${remote.port === null ? '' : `:${remote.port}`}` : `https://${remote.host}`;
  const instance = normalizeInstance(address);
  return instance === null ? null : matchRemote(url, [instance]);
}

function tokenFor(instance: string, option: string | undefined, env: Environment, ciInstance: string | null): Token | undefined {
  const value = option || env['GITLAB_TOKEN'] || env['PRIVATE_TOKEN'];
  if (value) return { kind: 'private', value };
  const job = env['CI_JOB_TOKEN'];
  return job && instance === ciInstance ? { kind: 'job', value: job } : undefined;
}
