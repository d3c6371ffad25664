import { buildASTSchema, GraphQLError, GraphQLScalarType, Kind, parse, visit, type ConstDirectiveNode, type DocumentNode, type GraphQLSchema } from 'graphql';

/**
 * GitLab's schema as far as a reader of a project needs it: names, types, arguments and their defaults are GitLab's.
 * `@cost` says what GitLab charges for a field (see cost.ts), `@newer` which servers do not have it yet.
 */
const definitions = /* GraphQL */ `
directive @cost(
  "In place of the rules; what is selected below comes on top."
  fixed: Int
  "Has a resolver class of its own: what is asked of it counts, and how many rows."
  resolver: Boolean = false
  "Asks the Git server: one more."
  gitaly: Boolean = false
  "What each row of a page adds, as a share of the whole."
  perRow: Float = 0.01
  "Two more for each of these arguments that is given."
  expensive: [String!]
) on FIELD_DEFINITION
directive @newer(than: Age!) on FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM_VALUE | OBJECT
enum Age { OLD BEFORE_COMMITS }

scalar BigInt
scalar CiPipelineID
scalar Color
scalar ContainerRepositoryID
scalar DiscussionID
scalar NoteID
scalar PackagesPackageID
scalar ProjectsBranchRuleID
scalar ReleaseID
"ISO 8601, to the second"
scalar Time
scalar UntrustedRegexp
scalar UserID
scalar WorkItemID

type Query {
  containerRepository(id: ContainerRepositoryID!): ContainerRepositoryDetails
  metadata: Metadata @cost(resolver: true)
  project(fullPath: ID!): Project @cost(resolver: true)
  projects(after: String, before: String, first: Int, fullPaths: [String!], ids: [ID!], last: Int, membership: Boolean, search: String, sort: String = null): ProjectConnection @cost(resolver: true)
  queryComplexity: QueryComplexity
}

type QueryComplexity { limit: Int score: Int }
type Metadata { enterprise: Boolean! revision: String! version: String! }
type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }

type ProjectConnection { count(limit: Int): Int! edges: [ProjectEdge] nodes: [Project] pageInfo: PageInfo! }
type ProjectEdge { cursor: String! node: Project }

type Project {
  archived: Boolean
  branchRules(after: String, before: String, buildMissing: Boolean = false, first: Int, last: Int): BranchRuleConnection @cost(resolver: true)
  containerRegistryEnabled: Boolean
  containerRepositories(after: String, before: String, first: Int, last: Int, name: String, sort: ContainerRepositorySort = created_desc): ContainerRepositoryConnection @cost(resolver: true)
  containerRepositoriesCount: Int!
  createdAt: Time
  forksCount: Int! @cost(gitaly: true)
  fullPath: ID!
  id: ID!
  issue(iid: String, iids: [String!]): Issue @cost(resolver: true)
  issueStatusCounts(authorUsername: String, closedAfter: Time, closedBefore: Time, createdAfter: Time, createdBefore: Time, iids: [String!], labelName: [String], not: NegatedIssueFilterInput, types: [IssueType!], updatedAfter: Time, updatedBefore: Time): IssueStatusCountsType @cost(resolver: true)
  issues(after: String, authorUsername: String, before: String, closedAfter: Time, closedBefore: Time, confidential: Boolean, createdAfter: Time, createdBefore: Time, first: Int, iid: String, iids: [String!], labelName: [String], last: Int, not: NegatedIssueFilterInput, sort: IssueSort = created_desc, state: IssuableState, types: [IssueType!], updatedAfter: Time, updatedBefore: Time): IssueConnection @cost(resolver: true)
  issuesEnabled: Boolean
  jobsEnabled: Boolean
  languages: [RepositoryLanguage!] @cost(gitaly: true)
  lastActivityAt: Time
  maxAccessLevel: AccessLevel!
  mergeRequest(iid: String!): MergeRequest @cost(resolver: true)
  mergeRequests(after: String, approvedBy: [String!], authorUsername: String, before: String, createdAfter: Time, createdBefore: Time, first: Int, iids: [String!], labels: [String!], last: Int, mergedAfter: Time, mergedBefore: Time, mergedBy: String, milestoneTitle: String, sort: MergeRequestSort = created_desc, state: MergeRequestState, targetBranches: [String!], updatedAfter: Time, updatedBefore: Time): MergeRequestConnection @cost(resolver: true)
  mergeRequestsEnabled: Boolean
  milestones(after: String, before: String, first: Int, includeAncestors: Boolean, last: Int, sort: MilestoneSort = DUE_DATE_ASC, state: MilestoneStateEnum, title: String): MilestoneConnection @cost(resolver: true)
  name: String!
  openIssuesCount: Int
  openMergeRequestsCount: Int
  packages(after: String, before: String, first: Int, last: Int, packageName: String = null, packageType: PackageTypeEnum = null, sort: PackageSort = CREATED_DESC, status: PackageStatus = null): PackageConnection @cost(resolver: true)
  path: String!
  pipeline(id: CiPipelineID, iid: ID, sha: String): Pipeline @cost(resolver: true)
  pipelineCounts(ref: String, sha: String, source: String): PipelineCounts @cost(resolver: true)
  pipelines(after: String, before: String, first: Int, ids: [ID!], last: Int, ref: String, scope: PipelineScopeEnum, sha: String, source: String, status: PipelineStatusEnum, updatedAfter: Time @newer(than: OLD), updatedBefore: Time @newer(than: OLD), username: String): PipelineConnection @cost(resolver: true, expensive: ["ref", "sha"])
  projectMembers(accessLevels: [AccessLevelEnum!] @newer(than: OLD), after: String, before: String, first: Int, ids: [ID!], last: Int, relations: [ProjectMemberRelation!] = [DIRECT, INHERITED] @newer(than: OLD), search: String, sort: MemberSort @newer(than: OLD)): MemberInterfaceConnection @cost(resolver: true)
  release(tagName: String!): Release @cost(resolver: true)
  releases(after: String, before: String, first: Int, last: Int, sort: ReleaseSort = RELEASED_AT_DESC): ReleaseConnection @cost(resolver: true)
  repository: Repository
  starCount: Int!
  statistics: ProjectStatistics
  topics: [String!]
  userPermissions: ProjectPermissions!
  visibility: String
  webUrl: String
  workItems(after: String, authorUsername: String, before: String, closedAfter: Time @newer(than: OLD), closedBefore: Time @newer(than: OLD), createdAfter: Time @newer(than: OLD), createdBefore: Time @newer(than: OLD), first: Int, iid: String, iids: [String!], last: Int, not: NegatedWorkItemFilterInput @newer(than: OLD), sort: WorkItemSort = CREATED_DESC, state: IssuableState, types: [IssueType!], updatedAfter: Time @newer(than: OLD), updatedBefore: Time @newer(than: OLD)): WorkItemConnection @cost(resolver: true)
}

input NegatedWorkItemFilterInput { authorUsername: [String!] labelName: [String!] types: [IssueType!] }
input NegatedIssueFilterInput { authorUsername: [String!] iids: [String!] labelName: [String!] types: [IssueType!] }
type ProjectPermissions { readMergeRequest: Boolean! @newer(than: OLD) readProject: Boolean! }
type Milestone { dueDate: Time id: ID! iid: ID! startDate: Time state: MilestoneStateEnum! title: String! }
type MilestoneConnection { count(limit: Int): Int! edges: [MilestoneEdge] nodes: [Milestone] pageInfo: PageInfo! }
type MilestoneEdge { cursor: String! node: Milestone }
type RepositoryLanguage { color: Color name: String! share: Float }
type ProjectStatistics { commitCount: Float! containerRegistrySize: Float packagesSize: Float! repositorySize: Float! storageSize: Float! }
type AccessLevel { humanAccess: String integerValue: Int stringValue: AccessLevelEnum }

interface User { bot: Boolean! human: Boolean id: UserID! name: String! publicEmail: String type: UserType! username: String! }
type UserCore implements User { bot: Boolean! human: Boolean id: UserID! name: String! publicEmail: String type: UserType! username: String! }
type MergeRequestAuthor implements User { bot: Boolean! human: Boolean id: UserID! name: String! publicEmail: String type: UserType! username: String! }
type UserCoreConnection { count(limit: Int): Int! edges: [UserCoreEdge] nodes: [UserCore] pageInfo: PageInfo! }
type UserCoreEdge { cursor: String! node: UserCore }

type IssueStatusCountsType { all: Int closed: Int opened: Int }
type IssueConnection { count(limit: Int): Int! edges: [IssueEdge] nodes: [Issue] pageInfo: PageInfo! }
type IssueEdge { cursor: String! node: Issue }

interface NoteableInterface {
  discussions(after: String, before: String, first: Int, last: Int): DiscussionConnection!
  notes(after: String, before: String, filter: NotesFilterType = ALL_NOTES @newer(than: OLD), first: Int, last: Int): NoteConnection!
}

type Issue implements NoteableInterface {
  author: UserCore!
  closedAt: Time
  confidential: Boolean!
  createdAt: Time!
  discussions(after: String, before: String, first: Int, last: Int): DiscussionConnection!
  id: ID!
  iid: String!
  notes(after: String, before: String, filter: NotesFilterType = ALL_NOTES @newer(than: OLD), first: Int, last: Int): NoteConnection! @cost(resolver: true)
  state: IssueState!
  title: String!
  type: IssueType
  updatedAt: Time!
  userDiscussionsCount: Int! @cost(resolver: true)
  userNotesCount: Int! @cost(resolver: true)
  webUrl: String!
}

type NoteConnection { count(limit: Int): Int! edges: [NoteEdge] nodes: [Note] pageInfo: PageInfo! }
type NoteEdge { cursor: String! node: Note }
type Note {
  author: UserCore
  body: String!
  createdAt: Time!
  discussion: Discussion
  id: NoteID!
  internal: Boolean
  maxAccessLevelOfAuthor: String @newer(than: OLD)
  system: Boolean!
  updatedAt: Time!
  url: String
}
type DiscussionConnection { edges: [DiscussionEdge] nodes: [Discussion] pageInfo: PageInfo! }
type DiscussionEdge { cursor: String! node: Discussion }
type Discussion {
  createdAt: Time!
  id: DiscussionID!
  notes(after: String, before: String, first: Int, last: Int): NoteConnection!
}

type WorkItemConnection { count(limit: Int): Int! edges: [WorkItemEdge] nodes: [WorkItem] pageInfo: PageInfo! }
type WorkItemEdge { cursor: String! node: WorkItem }
type WorkItem {
  author: UserCore
  closedAt: Time
  confidential: Boolean!
  createdAt: Time!
  id: WorkItemID!
  iid: String!
  state: WorkItemState!
  title: String!
  userDiscussionsCount: Int! @cost(resolver: true)
  webUrl: String
  widgets(exceptTypes: [WorkItemWidgetType!] = null, onlyTypes: [WorkItemWidgetType!] = null): [WorkItemWidget!]
}
interface WorkItemWidget { type: WorkItemWidgetType }
type WorkItemWidgetAssignees implements WorkItemWidget { type: WorkItemWidgetType }
type WorkItemWidgetDescription implements WorkItemWidget { description: String type: WorkItemWidgetType }
type WorkItemWidgetNotes implements WorkItemWidget @newer(than: OLD) {
  discussionLocked: Boolean
  discussions(after: String, filter: NotesFilterType = ALL_NOTES, first: Int, sort: WorkItemDiscussionsSort = CREATED_ASC): DiscussionConnection @cost(resolver: true, gitaly: true, perRow: 0.05)
  notes(after: String, before: String, filter: NotesFilterType = ALL_NOTES, first: Int, last: Int): NoteConnection! @cost(resolver: true)
  type: WorkItemWidgetType
}

interface MemberInterface { accessLevel: AccessLevel createdAt: Time expiresAt: Time id: ID! updatedAt: Time user: UserCore }
type ProjectMember implements MemberInterface { accessLevel: AccessLevel createdAt: Time expiresAt: Time id: ID! updatedAt: Time user: UserCore }
type GroupMember implements MemberInterface { accessLevel: AccessLevel createdAt: Time expiresAt: Time id: ID! updatedAt: Time user: UserCore }
type MemberInterfaceConnection { edges: [MemberInterfaceEdge] nodes: [MemberInterface] pageInfo: PageInfo! }
type MemberInterfaceEdge { cursor: String! node: MemberInterface }

type MergeRequestConnection { count(limit: Int): Int! edges: [MergeRequestEdge] nodes: [MergeRequest] pageInfo: PageInfo! }
type MergeRequestEdge { cursor: String! node: MergeRequest }
type MergeRequest implements NoteableInterface {
  approved: Boolean!
  approvedBy(after: String, before: String, first: Int, last: Int): UserCoreConnection
  author: MergeRequestAuthor
  createdAt: Time!
  discussions(after: String, before: String, first: Int, last: Int): DiscussionConnection!
  draft: Boolean!
  id: ID!
  iid: String!
  mergeUser: UserCore
  mergedAt: Time @cost(fixed: 5)
  notes(after: String, before: String, filter: NotesFilterType = ALL_NOTES @newer(than: OLD), first: Int, last: Int): NoteConnection! @cost(resolver: true)
  state: MergeRequestState!
  targetBranch: String!
  title: String!
  updatedAt: Time!
  webUrl: String
}

type PipelineConnection { count(limit: Int): Int! edges: [PipelineEdge] nodes: [Pipeline] pageInfo: PageInfo! }
type PipelineEdge { cursor: String! node: Pipeline }
type Pipeline { coverage: Float createdAt: Time! duration: Int finishedAt: Time id: ID! iid: String! ref: String source: String startedAt: Time status: PipelineStatusEnum! updatedAt: Time! }
type PipelineCounts { all: Int finished: Int pending: Int running: Int }

type ReleaseConnection { count(limit: Int): Int! edges: [ReleaseEdge] nodes: [Release] pageInfo: PageInfo! }
type ReleaseEdge { cursor: String! node: Release }
type Release { assets: ReleaseAssets author: UserCore createdAt: Time historicalRelease: Boolean id: ReleaseID! name: String releasedAt: Time tagName: String upcomingRelease: Boolean }
type ReleaseAssets { count: Int links(after: String, before: String, first: Int, last: Int): ReleaseAssetLinkConnection }
type ReleaseAssetLinkConnection { edges: [ReleaseAssetLinkEdge] nodes: [ReleaseAssetLink] pageInfo: PageInfo! }
type ReleaseAssetLinkEdge { cursor: String! node: ReleaseAssetLink }
type ReleaseAssetLink { id: ID! linkType: ReleaseAssetLinkType name: String url: String }

type PackageConnection { count(limit: Int): Int! edges: [PackageEdge] nodes: [Package] pageInfo: PageInfo! }
type PackageEdge { cursor: String! node: Package }
type Package { createdAt: Time! id: PackagesPackageID! name: String! packageType: PackageTypeEnum! status: PackageStatus! updatedAt: Time! version: String }

type ContainerRepositoryConnection { edges: [ContainerRepositoryEdge] nodes: [ContainerRepository] pageInfo: PageInfo! }
type ContainerRepositoryEdge { cursor: String! node: ContainerRepository }
type ContainerRepository { createdAt: Time! id: ID! location: String! name: String! path: String! tagsCount: Int! updatedAt: Time! }
type ContainerRepositoryDetails {
  createdAt: Time!
  id: ID!
  lastPublishedAt: Time
  location: String!
  name: String!
  path: String!
  size: Float
  tags(after: String, before: String, first: Int, last: Int, name: String = null, sort: ContainerRepositoryTagSort = null): ContainerRepositoryTagConnection @cost(resolver: true)
  tagsCount: Int!
  updatedAt: Time!
}
type ContainerRepositoryTagConnection { edges: [ContainerRepositoryTagEdge] nodes: [ContainerRepositoryTag] pageInfo: PageInfo! }
type ContainerRepositoryTagEdge { cursor: String! node: ContainerRepositoryTag }
type ContainerRepositoryTag { createdAt: Time digest: String name: String! path: String! publishedAt: Time totalSize: BigInt }

type Repository {
  branchCount: Int! @cost(gitaly: true) @newer(than: BEFORE_COMMITS)
  commit(ref: String!): Commit @cost(gitaly: true, resolver: true) @newer(than: BEFORE_COMMITS)
  commitCount: Int! @cost(gitaly: true) @newer(than: BEFORE_COMMITS)
  commits(after: String, author: String, committedAfter: Time, committedBefore: Time, first: Int, firstParent: Boolean, order: CommitOrder, path: String, query: UntrustedRegexp, ref: String!): CommitConnection @cost(resolver: true, gitaly: true) @newer(than: BEFORE_COMMITS)
  empty: Boolean! @cost(gitaly: true)
  exists: Boolean! @cost(gitaly: true)
  lastCommit(path: String, ref: String): Commit @cost(gitaly: true, resolver: true) @newer(than: BEFORE_COMMITS)
  rootRef: String @cost(gitaly: true)
  tagCount: Int! @cost(gitaly: true) @newer(than: BEFORE_COMMITS)
  tree(path: String = "", recursive: Boolean = false, ref: String): Tree @cost(resolver: true, gitaly: true)
}
type Tree { lastCommit: Commit @cost(gitaly: true) }
type CommitConnection { edges: [CommitEdge] nodes: [Commit] pageInfo: PageInfo! }
type CommitEdge { cursor: String! node: Commit }
type Commit { author: UserCore authorEmail: String authorName: String authoredDate: Time committedDate: Time committerEmail: String committerName: String id: ID! parentSha: String sha: String! shortId: String! title: String webUrl: String! }

type BranchRuleConnection { edges: [BranchRuleEdge] nodes: [BranchRule] pageInfo: PageInfo! }
type BranchRuleEdge { cursor: String! node: BranchRule }
type BranchRule { branchProtection: BranchProtection createdAt: Time id: ProjectsBranchRuleID isDefault: Boolean! @cost(gitaly: true) isProtected: Boolean! matchingBranchesCount: Int! @cost(gitaly: true) name: String! updatedAt: Time }
type BranchProtection {
  allowForcePush: Boolean!
  codeOwnerApprovalRequired: Boolean!
  mergeAccessLevels(after: String, before: String, first: Int, last: Int): MergeAccessLevelConnection
  pushAccessLevels(after: String, before: String, first: Int, last: Int): PushAccessLevelConnection
}
type PushAccessLevelConnection { edges: [PushAccessLevelEdge] nodes: [PushAccessLevel] pageInfo: PageInfo! }
type PushAccessLevelEdge { cursor: String! node: PushAccessLevel }
type PushAccessLevel { accessLevel: Int! accessLevelDescription: String! }
type MergeAccessLevelConnection { edges: [MergeAccessLevelEdge] nodes: [MergeAccessLevel] pageInfo: PageInfo! }
type MergeAccessLevelEdge { cursor: String! node: MergeAccessLevel }
type MergeAccessLevel { accessLevel: Int! accessLevelDescription: String! }

enum AccessLevelEnum { ADMIN DEVELOPER GUEST MAINTAINER MINIMAL_ACCESS NO_ACCESS OWNER PLANNER REPORTER SECURITY_MANAGER }
enum CommitOrder { DATE TOPO }
enum ContainerRepositorySort { CREATED_ASC CREATED_DESC NAME_ASC NAME_DESC UPDATED_ASC UPDATED_DESC created_asc created_desc updated_asc updated_desc }
enum ContainerRepositoryTagSort { NAME_ASC NAME_DESC PUBLISHED_AT_ASC PUBLISHED_AT_DESC }
enum IssuableState { all closed locked opened }
enum IssueSort { CLOSED_AT_ASC CLOSED_AT_DESC CREATED_ASC CREATED_DESC TITLE_ASC TITLE_DESC UPDATED_ASC UPDATED_DESC created_asc created_desc updated_asc updated_desc }
enum IssueState { all closed locked opened }
enum IssueType { EPIC INCIDENT ISSUE KEY_RESULT OBJECTIVE REQUIREMENT TASK TEST_CASE TICKET }
enum MemberSort { ACCESS_LEVEL_ASC ACCESS_LEVEL_DESC CREATED_ASC CREATED_DESC USER_FULL_NAME_ASC USER_FULL_NAME_DESC created_asc created_desc }
enum NotesFilterType { ALL_NOTES ONLY_ACTIVITY ONLY_COMMENTS }
enum PackageSort { CREATED_ASC CREATED_DESC NAME_ASC NAME_DESC TYPE_ASC TYPE_DESC VERSION_ASC VERSION_DESC }
enum PackageStatus { DEFAULT DEPRECATED ERROR HIDDEN PENDING_DESTRUCTION PROCESSING }
enum PackageTypeEnum { CARGO COMPOSER CONAN DEBIAN GENERIC GOLANG HELM MAVEN ML_MODEL NPM NUGET PYPI RPM RUBYGEMS TERRAFORM_MODULE }
enum PipelineScopeEnum { BRANCHES FINISHED PENDING RUNNING TAGS }
enum PipelineStatusEnum { CANCELED CANCELING CREATED FAILED MANUAL PENDING PREPARING RUNNING SCHEDULED SKIPPED SUCCESS WAITING_FOR_CALLBACK WAITING_FOR_RESOURCE }
enum ProjectMemberRelation { DESCENDANTS DIRECT INHERITED INVITED_GROUPS SHARED_INTO_ANCESTORS }
enum ReleaseAssetLinkType { IMAGE OTHER PACKAGE RUNBOOK }
enum ReleaseSort { CREATED_ASC CREATED_DESC RELEASED_AT_ASC RELEASED_AT_DESC }
enum WorkItemSort { CLOSED_AT_ASC CLOSED_AT_DESC CREATED_ASC CREATED_DESC TITLE_ASC TITLE_DESC UPDATED_ASC UPDATED_DESC created_asc created_desc updated_asc updated_desc }
enum WorkItemState { CLOSED OPEN }
enum WorkItemWidgetType { ASSIGNEES DESCRIPTION LABELS MILESTONE NOTES @newer(than: OLD) }
enum WorkItemDiscussionsSort { CREATED_ASC CREATED_DESC }
enum MergeRequestSort { CLOSED_AT_ASC CLOSED_AT_DESC CREATED_ASC CREATED_DESC MERGED_AT_ASC MERGED_AT_DESC TITLE_ASC TITLE_DESC UPDATED_ASC UPDATED_DESC created_asc created_desc updated_asc updated_desc }
enum MilestoneSort { DUE_DATE_ASC }
enum MilestoneStateEnum { active closed }
enum MergeRequestState { all closed locked merged opened }
enum UserType { ADMIN_BOT ALERT_BOT AUTOMATION_BOT DUO_CODE_REVIEW_BOT GHOST HUMAN IMPORT_USER PLACEHOLDER PROJECT_BOT SECURITY_BOT SECURITY_POLICY_BOT SERVICE_ACCOUNT SERVICE_USER SUPPORT_BOT VISUAL_REVIEW_BOT }
`;

/** How old a server is: from before commits came to GraphQL (about 18.4), or from long before that. */
export type GraphqlAge = 'current' | 'before-commits' | 'old';

/** What servers of an age are without, by the argument of `@newer`. */
const missing: Readonly<Record<GraphqlAge, readonly string[]>> = { current: [], 'before-commits': ['BEFORE_COMMITS'], old: ['BEFORE_COMMITS', 'OLD'] };

const schemas = new Map<GraphqlAge, GraphQLSchema>();

export function schemaOf(age: GraphqlAge): GraphQLSchema {
  const known = schemas.get(age);
  if (known) return known;
  const schema = buildASTSchema(without(parse(definitions), missing[age]));
  const time = schema.getType('Time');
  if (time instanceof GraphQLScalarType) makeTime(time);
  schemas.set(age, schema);
  return schema;
}

function without(document: DocumentNode, ages: readonly string[]): DocumentNode {
  const drop = (node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): null | undefined => {
    const newer = node.directives?.find((directive) => directive.name.value === 'newer');
    const than = newer?.arguments?.[0]?.value;
    return than?.kind === Kind.ENUM && ages.includes(than.value) ? null : undefined;
  };
  return visit(document, { FieldDefinition: drop, InputValueDefinition: drop, EnumValueDefinition: drop, ObjectTypeDefinition: drop });
}

/** Times go out to the second, with their offset, and come in as whatever a date can be read from: milliseconds since the epoch. */
function makeTime(time: GraphQLScalarType): void {
  const read = (value: unknown): number => {
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(at)) throw new GraphQLError(`no time information in ${JSON.stringify(value)}`);
    return at;
  };
  time.serialize = (value) => String(value).replace(/\.\d+/, '');
  time.parseValue = read;
  time.parseLiteral = (node) => read(node.kind === Kind.STRING ? node.value : null);
}
