/**
 * Where Pages shows a project that has no domain of its own: https://group.pages.example.com/rest/of/the/path. The domain is
 * what `%{gitlab_pages_domain}` stands for; where that is not known, a guess for the user to correct.
 */
export function pagesAddress(instance: string, projectPath: string, domain: string | null): string {
  const [namespace = '', ...rest] = projectPath.split('/');
  const { hostname, protocol } = new URL(instance);
  const known = domain ?? (hostname === 'gitlab.com' ? 'gitlab.io' : `pages.${hostname}`);
  return `${protocol}//${namespace.toLowerCase()}.${known}/${rest.map((segment) => (segment.startsWith('%{') ? segment : encodeURIComponent(segment))).join('/')}`;
}
