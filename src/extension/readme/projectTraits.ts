/** What GitLab says of a project as far as pictures of it are concerned; null for what it does not tell. */
export interface ProjectTraits {
  readonly visibility: 'public' | 'internal' | 'private' | null;
  readonly defaultBranch: string | null;
  /** `pages_access_level` of the project. */
  readonly pagesAccess: string | null;
  /** What `%{gitlab_pages_domain}` stands for. */
  readonly pagesDomain: string | null;
}
