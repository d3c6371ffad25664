import { parseUrl } from '../../config/parseUrl';

/** The account part of a session of the GitLab Workflow extension. */
interface WorkflowAccount {
  /** `<instance URL>|<user id>` */
  readonly id: string;
  /** `<user> - <instance URL>`, in older releases `<instance URL> (<user>)`. */
  readonly label: string;
}

/**
 * Whether a session belongs to an instance. GitLab Workflow hands out the first of all its accounts whichever was asked for,
 * with a token that may write, so both the id and the label have to name the very instance; one that can't be read is not trusted.
 */
export function belongsTo(account: WorkflowAccount, instance: string): boolean {
  const idAddress = address(account.id.slice(0, Math.max(0, account.id.lastIndexOf('|'))));
  const labelAddress = address(/ - (https?:\/\/\S+)$/.exec(account.label)?.[1] ?? /^(https?:\/\/\S+) \(.*\)$/.exec(account.label)?.[1] ?? '');
  const wanted = address(instance);
  return wanted !== null && idAddress === wanted && labelAddress === wanted;
}

/** The address named by an account, for the list of known instances; null where it can't be read. */
export function instanceOf(account: WorkflowAccount): string | null {
  const found = address(account.id.slice(0, Math.max(0, account.id.lastIndexOf('|'))));
  return found !== null && belongsTo(account, found) ? found : null;
}

function address(text: string): string | null {
  const url = parseUrl(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) return null;
  return url.origin + url.pathname.replace(/\/+$/, '');
}
