/** The groups (or the user) above a project or group, the nearest first: of `acme/web/shop` `acme/web` and `acme`. */
export function ancestorPaths(path: string): readonly string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, segments.length - 1 - index).join('/'));
}
