import { parseUrl } from '../config/parseUrl';
import { decoded } from '../core/percent';

/** A file of a repository, named by the address of its page or of its raw form. */
interface FileAddress {
  /** Full path. */
  readonly project: string;
  /** The ways to tell the ref from the path, which the address does not: a ref may hold slashes. The shortest ref first. */
  readonly readings: readonly { readonly ref: string; readonly path: string }[];
}

/** Whether an address lies under that of an instance, so that its token may go there. */
export function liesUnder(instance: string, url: string): boolean {
  const parsed = parseUrl(url);
  if (!parsed) return false;
  const { origin, pathname, username, password } = parsed;
  const root = new URL(`${instance}/`);
  return origin === root.origin && pathname.startsWith(root.pathname) && username === '' && password === '';
}

/**
 * Reads `<instance>/<project>/-/raw/<ref>/<path>`, the same with `blob`, and both without the dash, as GitLab wrote them before
 * version 12. Null for every other address, such as one of the API.
 */
export function parseFileUrl(instance: string, url: string): FileAddress | null {
  if (!liesUnder(instance, url)) return null;
  const segments = new URL(url).pathname.slice(new URL(`${instance}/`).pathname.length).split('/').map(decoded);
  const dash = segments.indexOf('-');
  const kind = dash < 0 ? segments.findIndex((segment, index) => index >= 2 && isFileKind(segment)) : dash + 1;
  const project = segments.slice(0, dash < 0 ? kind : dash);
  const rest = segments.slice(kind + 1);
  if (kind < 2 || project.length < 2 || project.includes('') || !isFileKind(segments[kind]) || rest.includes('') || rest.length < 2) return null;
  const readings = rest.slice(1, 1 + maxRefSegments).map((_, index) => ({ ref: rest.slice(0, index + 1).join('/'), path: rest.slice(index + 1).join('/') }));
  return { project: project.join('/'), readings };
}

/** Branches are rarely nested deeper, and each more is one request more for a file that is not there. */
const maxRefSegments = 4;

function isFileKind(segment: string | undefined): boolean {
  return segment === 'raw' || segment === 'blob';
}
