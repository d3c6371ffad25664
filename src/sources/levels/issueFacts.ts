import type { Fact } from '../../core/fact';
import { frequentUsers } from '../../core/levels/checks/issueReactionTime';
import type { CountDemand } from '../../core/levels/demand';
import type { IssueFact, IssueWindow } from '../../core/levels/facts';
import type { TimeRange } from '../../gitlab/commits';
import { type CursorPage, readCursorPages } from '../../gitlab/cursorPages';
import { isGraphQLError } from '../../gitlab/graphql';
import { type EventKind, eventKinds, type IssueWithEvents, listIssueEvents } from '../../gitlab/issueEvents';
import { type IssuePage, listIssues, queryIssueCounts, queryIssuesWithNotes } from '../../gitlab/issues';
import type { AskProject } from '../../gitlab/projectQuery';
import { queryWorkItems, queryWorkItemsByIid } from '../../gitlab/workItems';
import { inParallel } from '../parallel';
import { NoAnswer } from './factReader';
import { overGraphQL } from '../overGraphQL';
import type { Come } from './meeting';
import { createReactions, type Reactions } from './reactions';
import type { Reading } from './reading';
import { slicesOf } from './slices';
import { planWindow } from './windowPlan';

type Members = ReadonlyMap<string, number>;

/**
 * The issues that were opened by others than members, each with what happened to it up to its first valid reaction at least.
 * Only the list of members decides here: whoever counts as one for opening many issues reacts on top of them, and earlier. Over
 * GraphQL they travel with what else is asked for after `come`.
 */
export async function readIssues(reading: Reading, demands: readonly CountDemand[], members: Promise<Fact<Members>>, come: Come): Promise<IssueWindow> {
  const plan = planWindow(demands, reading.now);
  const moments = demands.map(({ since }) => since);
  const { totals, issues } = await overGraphQL(
    () => readOverGraphQL(reading, plan.range, moments, members, come).finally(() => void come()),
    () => readOverRest(reading, plan.days, plan.range, moments, members),
  );
  if ([...totals.values()].every((total) => total === 0)) await expectIssues(reading);
  return { ...plan.window(issues, true), totals };
}

interface IssuesRead {
  /** How many were created since a moment, by the moment. */
  readonly totals: ReadonlyMap<string, number>;
  readonly issues: readonly IssueFact[];
}

/** An issue on the way. */
interface Issue extends IssueWithEvents {
  /** Kinds of events that were not asked for. */
  readonly unread: readonly EventKind[];
}

/** Counts by slices of the range first, so that what makes a page each can be read side by side. */
async function readOverGraphQL(reading: Reading, range: TimeRange, moments: readonly string[], members: Promise<Fact<Members>>, come: Come): Promise<IssuesRead> {
  const slices = slicesOf(range, countedSlices);
  const counts = await queryIssueCounts(reading.askProject, [...moments.map((since) => ({ since, until: range.until })), ...slices]);
  const totals = new Map(moments.map((since, index) => [since, counts[index] ?? 0]));
  const chunks = chunksOf(slices, counts.slice(moments.length));
  if (chunks.length === 0) return { totals, issues: [] };
  const { list, reactions } = await judgesOf(reading, members);
  const pageSize = { atMost: mostRows };
  await come();
  const read = await Promise.all(chunks.map((chunk) => readChunk(reading.askProject, chunk, [...list.keys()].slice(0, mostNames), pageSize)));
  // What was created where two chunks, or two ends of one, meet is in both.
  const issues = [...new Map(read.flat().map((issue) => [issue.iid, issue])).values()].filter((issue) => !reactions.isByMember(issue));
  return { totals, issues: await completed(reading, await readAgain(reading.askProject, issues, reactions), totals, reactions) };
}

async function readOverRest(reading: Reading, days: TimeRange, range: TimeRange, moments: readonly string[], members: Promise<Fact<Members>>): Promise<IssuesRead> {
  const { connection, project, signal } = reading;
  const listed = await listIssues(connection, project, days, signal);
  const within = (since: string) => listed.filter(({ createdAt }) => Date.parse(createdAt) >= Date.parse(since) && Date.parse(createdAt) <= Date.parse(range.until));
  const totals = new Map(moments.map((since) => [since, within(since).length]));
  const issues = within(range.since).map((issue) => ({ ...issue, unread: eventKinds }));
  if (issues.length === 0) return { totals, issues: [] };
  const { reactions } = await judgesOf(reading, members);
  return { totals, issues: await completed(reading, issues.filter((issue) => !reactions.isByMember(issue)), totals, reactions) };
}

/** GitLab lists no issues where they are switched off, which is another thing than that there are none. */
async function expectIssues({ getProject }: Reading): Promise<void> {
  const { issuesEnabled, path } = await getProject();
  if (issuesEnabled === false) throw new NoAnswer(`Issues of ${path} are switched off, or hidden from this token's role.`);
}

async function judgesOf(reading: Reading, members: Promise<Fact<Members>>): Promise<{ readonly list: Members; readonly reactions: Reactions }> {
  const [fact, { webUrl }] = await Promise.all([members, reading.getProject()]);
  if (fact.status !== 'known') throw new NoAnswer(`Who is a member cannot be known, and so which reactions count. ${fact.reason}`);
  return { list: fact.value, reactions: createReactions(reading, fact.value, webUrl) };
}

/** Reads over REST what is still open to doubt. */
function completed({ connection, project, signal }: Reading, issues: readonly Issue[], totals: IssuesRead['totals'], reactions: Reactions): Promise<readonly IssueFact[]> {
  const authorsSince = (moment: string) => issues.filter(({ createdAt }) => Date.parse(createdAt) >= Date.parse(moment)).map(({ author }) => author?.username ?? null);
  const regulars = new Set([...totals].flatMap(([since, total]) => frequentUsers(authorsSince(since), total)));
  return inParallel(issues, mostAtOnce, signal, async (issue) => {
    const { iid, createdAt } = issue;
    const isSettled = await settled(issue, reactions);
    const kinds = isSettled ? issue.unread : eventKinds;
    const lists = await Promise.all(kinds.map((kind) => listIssueEvents(connection, project, iid, kind, async (events) => (await reactions.first(createdAt, events)) === null, signal)));
    const events = [...(isSettled ? issue.events : []), ...lists.flatMap(({ items }) => items)];
    return reactions.fact(issue, events, (!isSettled || issue.eventsUntil === null) && lists.every(({ ended }) => ended), regulars);
  });
}

/** Whether no event that was left out can be the first valid reaction; kinds of events that were not asked for aside. */
async function settled({ createdAt, events, eventsUntil }: IssueWithEvents, reactions: Reactions): Promise<boolean> {
  if (eventsUntil === null) return true;
  const first = await reactions.first(createdAt, events);
  return first !== null && first <= Date.parse(eventsUntil);
}

/** Asks once more, for more events, where those of the first page left a doubt. */
async function readAgain(ask: AskProject, issues: readonly Issue[], reactions: Reactions): Promise<readonly Issue[]> {
  const doubtful: Issue[] = [];
  for (const issue of issues) if (issue.unread.length === 0 && !(await settled(issue, reactions))) doubtful.push(issue);
  const groups = Array.from({ length: Math.ceil(doubtful.length / mostRows) }, (_, index) => doubtful.slice(index * mostRows, (index + 1) * mostRows));
  const answers = await Promise.all(groups.map((group) => queryWorkItemsByIid(ask, group.map(({ iid }) => iid)).catch(unlessGraphQL)));
  const fuller = new Map(answers.flat().map((issue) => [issue.iid, issue]));
  return issues.map((issue) => ({ ...issue, ...fuller.get(issue.iid) }));
}

/** Without an answer REST is asked for each of them. */
function unlessGraphQL(error: unknown): readonly IssueWithEvents[] {
  if (isGraphQLError(error)) return [];
  throw error;
}

interface Chunk {
  readonly range: TimeRange;
  /** How many issues it holds, those of members included; at least 1. */
  readonly count: number;
}

/** The issues of a chunk in the fullest form that the server has. */
async function readChunk(ask: AskProject, chunk: Chunk, without: readonly string[], pageSize: { atMost: number }): Promise<readonly Issue[]> {
  const withoutEvents = eventKinds.filter((kind) => kind !== 'notes');
  const forms = [
    { query: queryWorkItems, without, unread: [] },
    { query: queryIssuesWithNotes, without, unread: withoutEvents },
    // Older servers take a single name, if any.
    ...(without.length > 0 ? [{ query: queryIssuesWithNotes, without: [], unread: withoutEvents }] : []),
  ];
  let refusal: unknown;
  for (const form of forms) {
    try {
      const first = Math.min(chunk.count, mostRows);
      const issues = await fromBothEnds(chunk.count, (oldestFirst, after) =>
        readPage(ask, form.query, { range: chunk.range, without: form.without, first, events: eventsOfPage, oldestFirst, after }, pageSize),
      );
      return issues.map((issue) => ({ ...issue, unread: form.unread }));
    } catch (error) {
      if (!isGraphQLError(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/**
 * About `count` rows, or less where some are left out. What takes several pages is read from both ends side by side, which
 * halves the wait; together they read as many rows as there are, so they meet.
 */
async function fromBothEnds<T>(count: number, fetchPage: (oldestFirst: boolean, after: string | null) => Promise<CursorPage<T>>): Promise<readonly T[]> {
  const pages = Math.ceil(count / mostRows);
  const newest = (after: string | null) => fetchPage(false, after);
  if (pages <= 1) return (await readCursorPages(newest)).items;
  const fromStart = mostRows * Math.ceil(pages / 2);
  const read = await Promise.all([
    readCursorPages(newest, (rows) => rows.length < mostRows * pages - fromStart),
    readCursorPages((after) => fetchPage(true, after), (rows) => rows.length < fromStart),
  ]);
  return read.flatMap(({ items }) => items);
}

/** A page, or half of it, or a quarter, where that is too much for the server. What was too much once is not tried again. */
async function readPage(
  ask: AskProject,
  query: (ask: AskProject, page: IssuePage) => Promise<CursorPage<IssueWithEvents>>,
  page: IssuePage,
  pageSize: { atMost: number },
): Promise<CursorPage<IssueWithEvents>> {
  const first = Math.min(page.first, pageSize.atMost);
  try {
    return await query(ask, { ...page, first });
  } catch (error) {
    const isTooMuch = isGraphQLError(error) && (error.reason === 'timeout' || error.reason === 'complexity');
    if (!isTooMuch || first <= fewestRows) throw error;
    pageSize.atMost = Math.min(pageSize.atMost, Math.ceil(first / 2));
    return readPage(ask, query, page, pageSize);
  }
}

/** Neighbouring slices together as long as they fit on a page; those without issues are left out. */
function chunksOf(parts: readonly TimeRange[], counts: readonly number[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  parts.forEach((range, index) => {
    const count = counts[index] ?? 0;
    if (count === 0) return;
    const last = chunks.at(-1);
    if (last && last.count + count <= mostRows) chunks.splice(-1, 1, { range: { since: last.range.since, until: range.until }, count: last.count + count });
    else chunks.push({ range, count });
  });
  return chunks;
}

/** GitLab's largest page, and the most names it takes for authors to leave out. */
const mostRows = 100;
const mostNames = 100;
/** Below this, fewer rows won't help a server that finds it too much. */
const fewestRows = 5;
/** Nearly all issues get their first reaction within their first events; all of them would make the query three times as dear. */
const eventsOfPage = 20;
/** Fine enough to fill pages well, and counted in the same query. */
const countedSlices = 32;
/** The connection limits requests; this keeps its queue short. */
const mostAtOnce = 10;
