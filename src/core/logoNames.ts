/**
 * The logos of Simple Icons that are built in, by slug: those that Simple Icons may pass on freely. What more there is needs the
 * package `simple-icons`.
 */
export const builtInLogos: readonly string[] = [
  'alpinelinux', 'ansible', 'apple', 'codeberg', 'codecov', 'conventionalcommits', 'cplusplus', 'creativecommons', 'css', 'deno',
  'dependabot', 'discord', 'django', 'docker', 'dotnet', 'elixir', 'eslint', 'fastapi', 'gitea', 'github', 'gitlab', 'gnubash', 'go',
  'gradle', 'helm', 'html5', 'javascript', 'jest', 'json', 'kotlin', 'kubernetes', 'laravel', 'markdown', 'matrix', 'mattermost',
  'mongodb', 'nginx', 'nodedotjs', 'npm', 'opensourceinitiative', 'opentofu', 'pnpm', 'precommit', 'prettier', 'pypi', 'pytest',
  'python', 'react', 'readthedocs', 'redis', 'renovate', 'rubygems', 'rubyonrails', 'scala', 'semanticrelease', 'sonarqubeserver',
  'spring', 'sqlite', 'svelte', 'swift', 'terraform', 'typescript', 'ubuntu', 'vite',
];

/** How Simple Icons writes a name: `Node.js` is `nodedotjs`, `C++` is `cplusplus`. */
export function logoSlug(name: string): string {
  return name.toLowerCase().replace(/[+.&]/g, (sign) => ({ '+': 'plus', '.': 'dot', '&': 'and' })[sign] ?? '').normalize('NFD').replace(/[^a-z\d]/g, '');
}
