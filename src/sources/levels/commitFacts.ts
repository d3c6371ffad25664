import { isBotAuthor } from '../../core/levels/bot';
import type { CountDemand } from '../../core/levels/demand';
import type { AuthorshipFact, CommitFact, Window } from '../../core/levels/facts';
import { mapAuthor, parseMailmap } from '../../core/levels/mailmap';
import { authoredCommits, hasAuthoredCommits, type ListedCommit, listCommits, queryCommits } from '../../gitlab/commits';
import { readRepositoryFile } from '../../gitlab/files';
import { GraphQLError, isGraphQLError } from '../../gitlab/graphql';
import { NoAnswer } from './factReader';
import { overGraphQL } from '../overGraphQL';
import type { Come } from './meeting';
import type { Reading } from './reading';
import { slicesOf } from './slices';
import { planWindow } from './windowPlan';

/** Commits as GraphQL shows them. */
interface QueriedCommits {
  readonly rows: readonly ListedCommit[];
  /** Whether all that the demands reach back to are among them. */
  readonly complete: boolean;
}

/**
 * The commits of the default branch with the accounts of their authors, which only GraphQL tells: all of them since the issues'
 * moment, and as far back as the demands need them. They travel with what else is asked for after `come`.
 */
export async function queryAuthoredCommits({ connection, ask, askProject, getProject, now }: Reading, issues: readonly CountDemand[], demands: readonly CountDemand[], come: Come): Promise<QueriedCommits> {
  const [{ defaultBranch, emptyRepository }, supported] = await Promise.all([getProject(), hasAuthoredCommits(ask, connection.graphql.features)]);
  if (!supported) throw new GraphQLError('unsupported', `This GitLab does not have ${authoredCommits}.`);
  if (emptyRepository) return { rows: [], complete: true };
  if (defaultBranch === null) throw new GraphQLError('permission', 'GitLab does not tell the default branch.');
  const all = planWindow([...issues, ...demands.filter(({ enough }) => enough === null)], now).days;
  await come();
  const pages = await Promise.all(slicesOf(all, slices).map((slice) => queryCommits(askProject, defaultBranch, slice)));
  const rows = unique(pages.reverse().flatMap(({ items }) => items));
  if (demands.length === 0) return { rows, complete: true };
  const plan = planWindow(demands, now);
  if (plan.days.since >= all.since) return { rows, complete: true };
  const isAnswered = (more: readonly ListedCommit[]) => plan.isAnswered([...rows, ...more].map(dated), Infinity);
  if (isAnswered([])) return { rows, complete: false };
  const older = await queryCommits(askProject, defaultBranch, { since: plan.days.since, until: all.since }, (more) => !isAnswered(more));
  return { rows: unique([...rows, ...older.items]), complete: older.ended };
}

/** The commits as far back as the demands need them; over GraphQL where they were asked for there. */
export async function readCommits(reading: Reading, demands: readonly CountDemand[], queried: Promise<QueriedCommits> | null): Promise<Window<CommitFact>> {
  const plan = planWindow(demands, reading.now);
  const overRest = async (): Promise<QueriedCommits> => {
    const readOn = (rows: readonly ListedCommit[]) => !plan.isAnswered(rows.map(dated), Infinity);
    const { items, ended } = await listCommits(reading.connection, reading.project, plan.days, { readOn, perPage: plan.perPage }, reading.signal);
    return { rows: items, complete: ended };
  };
  // Whoever needs them all counts people.
  const countsPeople = demands.some(({ enough }) => enough === null);
  const [{ rows, complete }, toFact] = await Promise.all([queried ? overGraphQL(() => queried, overRest) : overRest(), countsPeople ? peopleOf(reading) : authorOf]);
  return plan.window(rows.map(toFact), complete);
}

/** Which account made each commit since the issues' moment. */
export async function readAuthorship({ now }: Reading, issues: readonly CountDemand[], queried: Promise<QueriedCommits>): Promise<Window<AuthorshipFact>> {
  try {
    const { rows } = await queried;
    return planWindow(issues, now).window(rows.map(({ committedAt, authorUsername }) => ({ at: committedAt, username: authorUsername ?? null })), true);
  } catch (error) {
    if (!isGraphQLError(error)) throw error;
    throw new NoAnswer('GitLab names the accounts of commit authors over GraphQL alone, since version 18.5 and not to CI job tokens.');
  }
}

type ToFact = (commit: ListedCommit) => CommitFact;

/** Who a commit is by once the repository's `.mailmap` was read, and which organisation that address belongs to. */
async function peopleOf({ connection, project, signal }: Reading): Promise<ToFact> {
  const [text, { organisationOf }] = await Promise.all([readRepositoryFile(connection, project, '.mailmap', maxMailmapBytes, signal), import('./organisation')]);
  const mailmap = parseMailmap(text ?? '');
  return (commit) => {
    const { name, email } = mapAuthor(mailmap, { name: commit.authorName, email: commit.authorEmail });
    const author = email.toLowerCase();
    return { at: commit.committedAt, author, organisation: organisationOf(author), bot: isBotAuthor(name, author) };
  };
}

const authorOf: ToFact = ({ committedAt, authorName, authorEmail }) => ({
  at: committedAt,
  author: authorEmail.toLowerCase(),
  organisation: null,
  bot: isBotAuthor(authorName, authorEmail),
});

function dated({ committedAt }: ListedCommit): { readonly at: string } {
  return { at: committedAt };
}

function unique(commits: readonly ListedCommit[]): readonly ListedCommit[] {
  return [...new Map(commits.map((commit) => [commit.sha, commit])).values()];
}

/** Pages of 100 side by side: their cost fits into one query with room for others. */
const slices = 3;

/** Those of the largest projects have 50 KB. */
const maxMailmapBytes = 1024 * 1024;
