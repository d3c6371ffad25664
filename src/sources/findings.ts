import { JsonError, parseJson } from '../config/jsonTree';
import { memberOf, type TreeNode } from '../config/tree';
import type { Badge } from '../core/badge';
import type { ReportSource, Written } from '../core/definition';
import type { Origin } from '../core/fact';
import { PlacedError, readPlaced } from './placedError';
import { type ReportPorts, readReports } from './reports';

const findingsStem = 'findings';

/** The words of SARIF (error, warning, note) and of GitLab's Code Quality, worst first. */
const severities = [
  { name: 'blocker', several: 'blockers', color: 'red' },
  { name: 'critical', several: 'critical', color: 'red' },
  { name: 'error', several: 'errors', color: 'red' },
  { name: 'major', several: 'major', color: 'orange' },
  { name: 'warning', several: 'warnings', color: 'yellow' },
  { name: 'minor', several: 'minor', color: 'yellow' },
  { name: 'note', several: 'notes', color: 'blue' },
  { name: 'info', several: 'info', color: 'blue' },
] as const;
type Severity = (typeof severities)[number]['name'];

/** How many findings there are, by severity. */
type Findings = ReadonlyMap<Severity, number>;

/**
 * The badge of findings in SARIF logs and Code Quality reports, by severity; none where no report is configured. Findings that miss a
 * report would look better than they are: one unreadable report fails the badge, and one that is not there leaves it unknown.
 */
export async function collectFindingBadges(ports: ReportPorts, sources: readonly Written<ReportSource>[], at: string, signal: AbortSignal): Promise<readonly Badge[]> {
  if (sources.length === 0) return [];
  const advice = 'Run what writes the report first, or correct findings_report.';
  const { totals, origin, problem } = await readReports(ports, sources, { kind: 'findings', what: 'The findings', advice, read: readFindings }, at, signal);
  const badge = { stem: findingsStem, label: 'findings', origin };
  if (problem) return [{ ...badge, ...problem }];
  const sum = new Map<Severity, number>();
  for (const [severity, count] of totals.flatMap((found) => [...found])) sum.set(severity, (sum.get(severity) ?? 0) + count);
  return [render(badge, sum)];
}

/** Reads a SARIF log or a Code Quality report, told apart by their outermost value. Rejects with PlacedError. */
export async function readFindings(chunks: AsyncIterable<string> | Iterable<string>, signal: AbortSignal): Promise<Findings> {
  let text = '';
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    text += chunk;
    if (text.length > maxLength) throw new PlacedError('a report of more than 16 MiB is not read', 1, 1);
  }
  const found = new Map<Severity, number>();
  const root = readPlaced(text, 'failed', () => parseJson(text.replace(/^\uFEFF/, ' ')));
  const all = readPlaced(text, 'unknown', () => (root.type === 'array' ? codeQuality(root.items) : sarif(root)));
  for (const severity of all) found.set(severity, (found.get(severity) ?? 0) + 1);
  return found;
}

/** The tree of a report takes about ten times as much memory as its text. */
const maxLength = 16 * 1024 * 1024;

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
function codeQuality(items: readonly TreeNode[]): readonly Severity[] {
  return items.map((item) => {
    if (item.type !== 'object') throw new JsonError('a finding must be an object with a severity', item.range.start);
    const severity = memberOf(item, 'severity');
    const known = severity?.type === 'string' && (['blocker', 'critical', 'major', 'minor', 'info'] as const).find((name) => name === severity.value);
    if (!known) throw new JsonError('severity must be one of blocker, critical, major, minor, info', severity?.range.start ?? item.range.start);
    return known;
  });
}

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317638 */
function sarif(root: TreeNode): readonly Severity[] {
  const runs = memberOf(root, 'runs');
  if (runs?.type !== 'array') throw new JsonError('not a report of findings: SARIF has a list "runs", Code Quality is a list', root.range.start);
  return runs.items.flatMap((run) => {
    const levels = ruleLevels(run);
    return resultsOf(run).flatMap((result, index) => {
      if (result.type !== 'object') throw new JsonError(`result ${index} must be an object`, result.range.start);
      return isCounted(result) ? (levelOf(result, levels) ?? []) : [];
    });
  });
}

/** A run whose tool could not look has none, be it `null` or left out; one that found nothing has an empty list. */
function resultsOf(run: TreeNode): readonly TreeNode[] {
  const elsewhere = memberOf(run, 'externalPropertyFileReferences');
  if (itemsOf(elsewhere, 'results').length > 0) throw new JsonError('results of this run lie in other files, which are not read: have the tool write all into one', elsewhere?.range.start ?? run.range.start);
  const results = memberOf(run, 'results');
  if (results === undefined || results.type === 'null') throw new JsonError('this run has no list “results”, so its tool did not get to look: see what it printed, and run it again', (results ?? run).range.start);
  return itemsOf(run, 'results');
}

/** Left out is what passed, what is gone since the baseline, and what somebody has suppressed. */
function isCounted(result: TreeNode): boolean {
  const kind = text(result, 'kind') ?? 'fail';
  if (kind === 'pass' || kind === 'notApplicable' || text(result, 'baselineState') === 'absent') return false;
  const suppressions = itemsOf(result, 'suppressions').map((each) => text(each, 'status') ?? 'accepted');
  return suppressions.length === 0 || suppressions.some((status) => status !== 'accepted');
}

/** Null for the level `none`. */
function levelOf(result: TreeNode, levels: RuleLevels): Severity | null {
  const kind = text(result, 'kind') ?? 'fail';
  const level = text(result, 'level') ?? (kind === 'fail' ? levels.ofRule(result) : 'none');
  if (level === 'none') return kind === 'fail' ? null : 'info';
  const known = (['error', 'warning', 'note'] as const).find((name) => name === level);
  if (!known) throw new JsonError('level must be one of error, warning, note, none', memberOf(result, 'level')?.range.start ?? result.range.start);
  return known;
}

interface RuleLevels {
  /** What a result without a level of its own has: that of its rule as it was configured for the run, else as it is by default. */
  ofRule(result: TreeNode): string;
}

/** Rules stand in the tool itself or, as those of CodeQL, in its extensions; they are named by index, by id, by GUID, or by several of these. */
function ruleLevels(run: TreeNode): RuleLevels {
  const tool = memberOf(run, 'tool');
  const driver = memberOf(tool, 'driver');
  const extensions = itemsOf(tool, 'extensions');
  const components = [...extensions, ...(driver ? [driver] : [])];
  const byName = new Map(['id', 'guid'].flatMap((key) => components.flatMap((component) => itemsOf(component, 'rules').map((rule) => [text(rule, key), rule] as const))));
  const overrides = itemsOf(run, 'invocations').map(
    (invocation) => new Map(itemsOf(invocation, 'ruleConfigurationOverrides').map((override) => [ruleOf(memberOf(override, 'descriptor')), text(memberOf(override, 'configuration'), 'level')] as const)),
  );
  return {
    ofRule(result) {
      const rule = ruleOf(memberOf(result, 'rule'), index(result, 'ruleIndex'), text(result, 'ruleId'));
      if (!rule) return 'warning';
      const invocation = index(memberOf(result, 'provenance'), 'invocationIndex') ?? (overrides.length === 1 ? 0 : -1);
      return overrides[invocation]?.get(rule) ?? text(memberOf(rule, 'defaultConfiguration'), 'level') ?? 'warning';
    },
  };

  /** `at` and `id` are what a result says beside its reference. */
  function ruleOf(reference: TreeNode | undefined, at = index(reference, 'index'), id = text(reference, 'id')): TreeNode | undefined {
    const rules = itemsOf(componentOf(memberOf(reference, 'toolComponent')), 'rules');
    return (at === undefined ? undefined : rules[at]) ?? ruleByName(id) ?? ruleByName(text(reference, 'guid'));
  }

  function componentOf(reference: TreeNode | undefined): TreeNode | undefined {
    const at = index(reference, 'index');
    if (at !== undefined) return extensions[at];
    const guid = text(reference, 'guid');
    return guid === undefined ? driver : components.find((component) => text(component, 'guid') === guid);
  }

  /** `CA2101/1` is a special case of `CA2101`. */
  function ruleByName(id: string | undefined): TreeNode | undefined {
    for (let name = id; name !== undefined; name = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : undefined) {
      const rule = byName.get(name);
      if (rule) return rule;
    }
    return undefined;
  }
}

function render(badge: { readonly stem: string; readonly label: string; readonly origin: Origin }, total: Findings): Badge {
  const found = severities.flatMap(({ name, several, color }) => {
    const count = total.get(name) ?? 0;
    return count === 0 ? [] : [{ text: `${count} ${count === 1 ? name : several}`, color, count }];
  });
  const message = found.map(({ text }) => text).join(', ') || 'none';
  return { ...badge, status: 'known', face: { label: badge.label, message, color: found[0]?.color ?? 'brightgreen' }, value: found.reduce((sum, { count }) => sum + count, 0) };
}

function text(node: TreeNode | undefined, key: string): string | undefined {
  const value = memberOf(node, key);
  return value?.type === 'string' ? value.value : undefined;
}

/** A place in a list; SARIF writes -1 for none. */
function index(node: TreeNode | undefined, key: string): number | undefined {
  const value = memberOf(node, key);
  return value?.type === 'number' && value.value >= 0 ? value.value : undefined;
}

function itemsOf(node: TreeNode | undefined, key: string): readonly TreeNode[] {
  const value = memberOf(node, key);
  if (value === undefined || value.type === 'null') return [];
  if (value.type !== 'array') throw new JsonError(`${key} must be a list`, value.range.start);
  return value.items;
}
