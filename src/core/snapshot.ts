import type { Badge } from './badge';
import type { FileProblem } from './problem';

/** A project on a GitLab instance. */
export interface ProjectRef {
  /** Address of the instance without a slash at its end, with its relative URL root if it has one: `https://host:8443/gitlab`. */
  readonly instance: string;
  /** Full path (`acme/web/shop`) or numeric id as text. */
  readonly project: string;
}

/** Everything one run found out. Files, tree, preview and snippets are made from one snapshot, so they cannot disagree. */
export interface Snapshot {
  readonly project: ProjectRef | null;
  /** Output folder, relative to the workspace folder unless the command line gave an absolute one. */
  readonly path: string;
  /** In the order in which they are shown: facts, coverage, JUnit, findings, levels, static, template, link, endpoint files. Stems are unique. */
  readonly badges: readonly Badge[];
  /** What is wrong in the configuration. */
  readonly problems: readonly FileProblem[];
  /** Requests that went out to GitLab, retries and 304 answers included. */
  readonly requests: number;
  /** Why GitLab could not be used at all (unreachable, 401); absent where it was used, or not asked. */
  readonly unusable?: string;
  /** When it was taken, ISO 8601 in UTC. */
  readonly at: string;
}
