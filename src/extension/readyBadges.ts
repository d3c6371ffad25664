import type { BadgeRecord } from '../core/plan';

/** What "Add Badge" offers ready-made. */
export const readyKinds = ['pipeline', 'coverage', 'release', 'artifact', 'raw', 'pages', 'custom'] as const;
export type ReadyKind = (typeof readyKinds)[number];

export interface ReadyOptions {
  /** Name of a branch, or the placeholder for the default one. */
  readonly branch: string;
  /** `flat` is GitLab's default. */
  readonly style: GitLabStyle;
  /** In place of GitLab's own text on the left; empty for that one. */
  readonly keyText: string;
  /** The CI job that makes the badges, or whose coverage is shown; empty for the coverage of all jobs. */
  readonly job: string;
  /** Name of a generated badge's file, without `.svg`. */
  readonly stem: string;
}

/** The styles of the badges that GitLab draws itself. */
export const gitlabStyles = ['flat', 'flat-square'] as const;
export type GitLabStyle = (typeof gitlabStyles)[number];

export interface ReadyPlace {
  /** Address of the instance: GitLab refuses a placeholder in the host. */
  readonly instance: string;
  /** Folder of the generated badges in the repository and in the artifact. */
  readonly path: string;
  /** Where GitLab Pages shows the folder `public` of the project. */
  readonly pages: string;
}

export const defaultBranch = '%{default_branch}';

/** The options that a kind has, in the order in which they are shown. */
export const readyOptions: Readonly<Record<ReadyKind, readonly (keyof ReadyOptions)[]>> = {
  pipeline: ['branch', 'style', 'keyText'],
  coverage: ['branch', 'job', 'style', 'keyText'],
  release: ['style', 'keyText'],
  artifact: ['stem', 'job', 'branch'],
  raw: ['stem', 'branch'],
  pages: ['stem'],
  custom: [],
};

/**
 * Name, link and image of a ready-made badge, with placeholders wherever GitLab allows them. Addresses and parameters are those
 * of GitLab's documentation (user/project/badges).
 */
export function readyBadge(kind: ReadyKind, options: ReadyOptions, { instance, path, pages }: ReadyPlace): BadgeRecord {
  const project = `${instance}/%{project_path}`;
  const branch = encodeSegments(options.branch);
  const own = { style: options.style === 'flat' ? '' : options.style, key_text: options.keyText };
  const file = `${encodeSegments(path)}/${encodeURIComponent(options.stem)}.svg`;
  switch (kind) {
    case 'pipeline':
      return { name: 'pipeline', link_url: `${project}/-/pipelines${query({ ref: options.branch })}`, image_url: `${project}/badges/${branch}/pipeline.svg${query(own)}` };
    case 'coverage':
      return { name: 'coverage', link_url: `${project}/-/pipelines${query({ ref: options.branch })}`, image_url: `${project}/badges/${branch}/coverage.svg${query({ job: options.job, ...own })}` };
    case 'release':
      return { name: 'release', link_url: `${project}/-/releases`, image_url: `${project}/-/badges/release.svg${query(own)}` };
    case 'artifact':
      return { name: options.stem, link_url: `${project}/-/pipelines${query({ ref: options.branch })}`, image_url: `${project}/-/jobs/artifacts/${branch}/raw/${file}${query({ job: options.job })}` };
    case 'raw':
      return { name: options.stem, link_url: project, image_url: `${project}/-/raw/${branch}/${file}` };
    case 'pages':
      return { name: options.stem, link_url: project, image_url: `${pages}/${file.replace(/^public\//, '')}` };
    case 'custom':
      return { name: '', link_url: '', image_url: '' };
  }
}

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

function query(parameters: Readonly<Record<string, string>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== '');
  return given.length === 0 ? '' : `?${given.map(([name, value]) => `${name}=${value === defaultBranch ? value : encodeURIComponent(value)}`).join('&')}`;
}

/** Keeps slashes and the placeholder for the default branch. */
function encodeSegments(path: string): string {
  return path === defaultBranch ? path : path.split('/').map(encodeURIComponent).join('/');
}
