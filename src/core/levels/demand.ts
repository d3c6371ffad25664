/** How far a window has to reach back so that one check is answered. */
export interface CountDemand {
  /** ISO 8601 in UTC. */
  readonly since: string;
  /** So many items, at least 1, dated from then to the demand's `now` answer the check, however many more there are; null: all are needed. */
  readonly enough: number | null;
}

/** What the checks of a definition need to know of a project. Empty lists and false: not needed. */
export interface FactsDemand {
  /** The moment that all of it is about, ISO 8601 in UTC. */
  readonly now: string;
  readonly commits: readonly CountDemand[];
  readonly issues: readonly CountDemand[];
  /** Releases and tags, counted together by tag name. */
  readonly releases: readonly CountDemand[];
  /** Package versions, images and releases with asset links, counted together. */
  readonly packages: readonly CountDemand[];
  /** Moments since which pipelines are counted, ISO 8601 in UTC. */
  readonly pipelines: readonly string[];
  readonly mergeRequests: readonly CountDemand[];
  /** The list of members. Issues ask for the commits' authorship as well, since their earliest moment. */
  readonly members: boolean;
  readonly protection: boolean;
  readonly decisions: readonly string[];
  readonly subsequentUse: boolean;
}
