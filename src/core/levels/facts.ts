import type { Fact } from '../fact';

/*
 * What the checks are judged by: the facts of one project, fetched once and shared by all badges and checks.
 * Times are ISO 8601; those of GitLab keep the offset they came with, so compare them as dates, never as texts.
 */

/** Things with a date, newest first, back to a moment. What is dated after the moment of the demand is no harm: no check looks at it. */
export interface Window<T extends Dated> {
  readonly items: readonly T[];
  /** The moment that was asked for; ISO 8601 in UTC. */
  readonly since: string;
  /**
   * False where counting stopped before `since` because every check that asks was answered: there may be more, but none
   * that is newer than the oldest one here.
   */
  readonly complete: boolean;
}

export interface Dated {
  readonly at: string;
}

/** A commit of the default branch, dated by its committer. */
export interface CommitFact extends Dated {
  /** The author: an e-mail address in lower case, after the repository's `.mailmap`. */
  readonly author: string;
  /** Registrable domain of that address (`example.co.uk`); null where it has none. */
  readonly organisation: string | null;
  readonly bot: boolean;
}

export interface UserFact {
  readonly username: string;
  readonly bot: boolean;
}

/** An issue, dated by its creation. */
export interface IssueFact extends Dated {
  readonly iid: number;
  readonly url: string | null;
  /** Null where the account is gone. */
  readonly author: UserFact | null;
  /** What happened to it after its creation, oldest first. */
  readonly events: readonly IssueEvent[];
  /** Whether `events` holds everything; where not, it holds at least the first valid reaction. */
  readonly complete: boolean;
}

/**
 * Issues by the moment of their creation. Those of people in the list of members may be left out, since nobody has to react
 * to them; they count in the totals.
 */
export interface IssueWindow extends Window<IssueFact> {
  /** How many issues were created from a moment to the demand's `now`, by the moment; one entry for each demand. */
  readonly totals: ReadonlyMap<string, number>;
}

export interface IssueEvent extends Dated {
  /** Everything but a comment is an `action`: a label, an assignment, a mention, a change of state. */
  readonly kind: 'comment' | 'action';
  readonly author: UserFact | null;
}

export interface ReleaseFact extends Dated {
  readonly tag: string;
  readonly url: string | null;
  /** Files and links that are attached, source archives left out. */
  readonly assetLinks: number;
}

/** A tag, dated by its commit. */
export interface TagFact extends Dated {
  readonly name: string;
  /** A release is made from it. It is then counted by that one's date, also where that lies outside what was read of the releases. */
  readonly released: boolean;
}

/** A version of a package, or a tag of a container image. */
export interface PackageFact extends Dated {
  readonly kind: 'package' | 'image';
  readonly name: string;
  readonly version: string;
}

/** Pipelines since a moment. */
export interface PipelineCounts {
  readonly successful: number;
  readonly all: number;
}

/** A merge request, dated by its merge. Users by username; null where the account is gone. */
export interface MergeRequestFact extends Dated {
  readonly iid: number;
  readonly url: string | null;
  readonly author: string | null;
  readonly mergedBy: string | null;
  readonly approvedBy: readonly string[];
}

export interface ProtectionFact {
  /** Null in an empty repository. */
  readonly defaultBranch: string | null;
  /** The rules that match the default branch, wildcard rules included. */
  readonly rules: readonly ProtectionRule[];
}

export interface ProtectionRule {
  /** Name or wildcard, as it is written on GitLab. */
  readonly pattern: string;
  readonly allowForcePush: boolean;
  /** Access levels that may push: 0 no one, 30 Developer, 40 Maintainer, 60 administrator. Empty: no one. */
  readonly pushAccessLevels: readonly number[];
}

/** What a decision JSON says of the project. */
export interface DecisionFact {
  /** Null: nothing grants it, but a pattern that could not be tried might have. */
  readonly granted: boolean | null;
  /** The entry that grants it, as it is written; null where none does. */
  readonly by: { readonly list: 'granted' | 'grantedRegex'; readonly entry: string } | null;
  /** Entries that could not be used, and why. */
  readonly ignored: readonly string[];
}

/** Which user of GitLab made a commit of the default branch; the commit is dated by its committer. */
export interface AuthorshipFact extends Dated {
  /** Null where GitLab knows no account for the author's address. */
  readonly username: string | null;
}

export interface ProjectFacts {
  readonly project: {
    /** Full path. */
    readonly path: string;
    readonly webUrl: string;
    readonly archived: boolean;
    readonly emptyRepository: boolean;
  };
  /** Null, here and below: nobody asked for it. */
  readonly commits: Fact<Window<CommitFact>> | null;
  readonly issues: Fact<IssueWindow> | null;
  /** Access level by username in lower case, inherited and invited members included; the highest counts. */
  readonly members: Fact<ReadonlyMap<string, number>> | null;
  /** Of the commits since the issues' moment; `unknown` where only REST can be asked, which does not tell it. */
  readonly commitAuthorship: Fact<Window<AuthorshipFact>> | null;
  readonly releases: Fact<Window<ReleaseFact>> | null;
  readonly tags: Fact<Window<TagFact>> | null;
  readonly packages: Fact<Window<PackageFact>> | null;
  readonly images: Fact<Window<PackageFact>> | null;
  /** By the moment since when they are counted, ISO 8601 in UTC. */
  readonly pipelines: ReadonlyMap<string, Fact<PipelineCounts>>;
  readonly mergeRequests: Fact<Window<MergeRequestFact>> | null;
  readonly protection: Fact<ProtectionFact> | null;
  /** By `decisionJsonUrl`. */
  readonly decisions: ReadonlyMap<string, Fact<DecisionFact>>;
  /** Names of organisations that reported productive use. */
  readonly subsequentUse: Fact<readonly string[]> | null;
}
