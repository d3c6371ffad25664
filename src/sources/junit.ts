import type { Badge } from '../core/badge';
import type { Origin } from '../core/fact';
import type { ReportSource, Written } from '../core/definition';
import { type JunitStem, junitStems } from '../core/junitStems';
import { percentText } from './coverage/percent';
import { type ReportPorts, readReports } from './reports';
import { createXmlParser, type XmlParser, xmlErrorAt } from './xml';

interface TestTotals {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Of the suites that run tests themselves, the one that took longest; null where none says how long. */
  readonly slowest: SlowSuite | null;
}

interface SlowSuite {
  readonly name: string;
  readonly seconds: number;
}

/**
 * The wanted JUnit badges from the reports of the sources, in the order of `junitStems`; none where no report is
 * configured. Totals that miss a report would be wrong: one unreadable report fails all of them, and one that
 * is not there leaves them unknown.
 */
export async function collectJunitBadges(
  ports: ReportPorts,
  sources: readonly Written<ReportSource>[],
  wanted: ReadonlySet<string>,
  at: string,
  signal: AbortSignal,
): Promise<readonly Badge[]> {
  if (sources.length === 0) return [];
  const advice = 'Run the tests with a JUnit report first, or correct junit_xml.';
  const { totals, origin, problem } = await readReports(ports, sources, { kind: 'junit', what: 'The totals', advice, read: readReport }, at, signal);
  const reading: Reading = problem ?? { status: 'known', totals: totals.reduce(add) };
  return junitStems.filter((stem) => wanted.has(stem)).map((stem) => badgeOf(stem, origin, reading));
}

interface Suite extends Totals {
  readonly name: string;
  /** What the element says of itself, each undefined where it says nothing. */
  readonly stated: { readonly [count in Exclude<keyof TestTotals, 'slowest'>]: number | undefined };
  hasCases: boolean;
  hasSuites: boolean;
}

interface Totals {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
  seconds: number;
  slowest: SlowSuite | null;
}

/**
 * Reads the totals of one report. Rejects with XmlError.
 *
 * Tests are counted where they are innermost, so that totals which outer suites repeat are not counted twice:
 * 1. A suite with suites in it: their sum, and the cases that stand in it directly. What it states counts only if they say nothing.
 * 2. A suite with cases only: the cases, each once by the worst that happened to it. If it states more tests than it lists
 *    (some runners list only what failed), or failures it does not show, the greater numbers count.
 * 3. A suite with neither: what it states.
 * A suite's time is what it states, else the sum of its parts; a stated 0 does not hide a sum. So a root that states its
 * wall-clock time is believed.
 */
export async function readReport(chunks: AsyncIterable<string> | Iterable<string>, signal: AbortSignal): Promise<TestTotals> {
  const parser = createXmlParser({ isReport: true });
  const suites: Suite[] = [newSuite('', {})];
  let testCase: { outcome: Outcome; seconds: number } | null = null;
  let rootSeen = false;

  parser.on('opentag', (tag) => {
    const attributes: Attributes = {};
    for (const attribute of Object.values(tag.attributes)) attributes[attribute.local] = attribute.value;
    if (!rootSeen) {
      rootSeen = true;
      if (!isSuite(tag.local)) throw xmlErrorAt(parser, `not a JUnit report: its root element is <${tag.local}>, not <testsuites> or <testsuite>`, 'unknown');
    }
    const suite = suites.at(-1) as Suite;
    if (testCase) {
      const outcome = outcomeOfElement[tag.local];
      if (outcome) testCase.outcome = worse(testCase.outcome, outcome);
    } else if (isSuite(tag.local)) {
      suites.push(newSuite(attributes['name'] ?? '', statedTotals(parser, attributes)));
    } else if (tag.local === 'testcase') {
      suite.hasCases = true;
      testCase = { outcome: outcomeOfCase(attributes), seconds: parseSeconds(attributes['time']) ?? 0 };
    }
  });

  parser.on('closetag', (tag) => {
    if (testCase) {
      if (tag.local !== 'testcase') return;
      const suite = suites.at(-1) as Suite;
      suite.tests += 1;
      suite.seconds += testCase.seconds;
      if (testCase.outcome !== 'passed') suite[testCase.outcome] += 1;
      testCase = null;
    } else if (isSuite(tag.local)) {
      const totals = conclude(suites.pop() as Suite);
      const outer = suites.at(-1) as Suite;
      if (!totals) return;
      outer.hasSuites = true;
      Object.assign(outer, add(outer, totals));
    }
  });

  for await (const chunk of chunks) {
    signal.throwIfAborted();
    parser.write(chunk);
  }
  parser.close();
  const { seconds, slowest, ...rest } = suites[0] as Suite;
  return { ...counts(rest), seconds, slowest };
}

type Attributes = { [name: string]: string | undefined };
type Outcome = 'passed' | 'skipped' | 'failures' | 'errors';

const outcomes: readonly Outcome[] = ['passed', 'skipped', 'failures', 'errors'];
const outcomeOfElement: { readonly [element: string]: Outcome | undefined } = Object.assign(Object.create(null) as object, {
  skipped: 'skipped',
  failure: 'failures',
  error: 'errors',
} as const);

const isSuite = (element: string) => element === 'testsuite' || element === 'testsuites';
const worse = (one: Outcome, other: Outcome) => (outcomes.indexOf(one) > outcomes.indexOf(other) ? one : other);

/** GoogleTest marks a disabled test by attributes of its case alone. */
function outcomeOfCase({ status, result }: Attributes): Outcome {
  return status === 'notrun' || status === 'disabled' || result === 'suppressed' || result === 'skipped' ? 'skipped' : 'passed';
}

function newSuite(name: string, stated: Partial<Suite['stated']>): Suite {
  return {
    name,
    stated: { tests: undefined, failures: undefined, errors: undefined, skipped: undefined, seconds: undefined, ...stated },
    hasCases: false,
    hasSuites: false,
    tests: 0,
    failures: 0,
    errors: 0,
    skipped: 0,
    seconds: 0,
    slowest: null,
  };
}

/** Null: the suite says nothing at all. */
function conclude(suite: Suite): TestTotals | null {
  const { stated } = suite;
  const saysNothing = !suite.hasCases && !suite.hasSuites && Object.values(stated).every((value) => value === undefined);
  if (saysNothing) return null;

  const seconds = stated.seconds ? stated.seconds : suite.seconds;
  if (suite.hasSuites) return { ...counts(suite), seconds, slowest: suite.slowest };
  const slowest = seconds > 0 ? { name: suite.name, seconds } : null;

  const listsAll = suite.hasCases && (stated.tests ?? 0) <= suite.tests;
  const showsFailures = suite.failures + suite.errors > 0 || (stated.failures ?? 0) + (stated.errors ?? 0) === 0;
  if (listsAll && showsFailures) return { ...counts(suite), seconds, slowest };
  return {
    tests: Math.max(stated.tests ?? 0, suite.tests),
    failures: Math.max(stated.failures ?? 0, suite.failures),
    errors: Math.max(stated.errors ?? 0, suite.errors),
    skipped: Math.max(stated.skipped ?? 0, suite.skipped),
    seconds,
    slowest,
  };
}

const counts = ({ tests, failures, errors, skipped }: Pick<Totals, 'tests' | 'failures' | 'errors' | 'skipped'>) => ({ tests, failures, errors, skipped });

function add(one: TestTotals, other: TestTotals): TestTotals {
  return {
    tests: one.tests + other.tests,
    failures: one.failures + other.failures,
    errors: one.errors + other.errors,
    skipped: one.skipped + other.skipped,
    seconds: one.seconds + other.seconds,
    slowest: (other.slowest?.seconds ?? 0) > (one.slowest?.seconds ?? 0) ? other.slowest : one.slowest,
  };
}

/** Skipped tests go by several names: `skip` (nose), `ignored` (NUnit); `disabled` (GoogleTest) counts beside them. */
function statedTotals(parser: XmlParser, attributes: Attributes): Suite['stated'] {
  const count = (name: string) => parseCount(parser, name, attributes[name]);
  const skipped = count('skipped') ?? count('skip') ?? count('ignored');
  const disabled = count('disabled');
  return {
    tests: count('tests'),
    failures: count('failures'),
    errors: count('errors'),
    skipped: skipped === undefined && disabled === undefined ? undefined : (skipped ?? 0) + (disabled ?? 0),
    seconds: parseSeconds(attributes['time']),
  };
}

function parseCount(parser: XmlParser, name: string, text: string | undefined): number | undefined {
  const digits = text?.replace(/[\s,.'’]/g, '') ?? '';
  if (digits === '') return undefined;
  if (!/^\d{1,15}$/.test(digits)) throw xmlErrorAt(parser, `${name}="${(text ?? '').slice(0, 40)}" is not a number of tests`, 'unknown');
  return Number(digits);
}

/**
 * Seconds as reports write them, with `.` or `,` before the decimals and any thousands separator: the last separator that
 * stands alone is the decimal one (`1,234.5`, `1.234,5`, `0,25`). Undefined where it is no duration.
 */
export function parseSeconds(text: string | undefined): number | undefined {
  let digits = text?.trim().replace(/[\s'’]/g, '') ?? '';
  const decimal = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  const group = decimal === '.' ? ',' : '.';
  digits = digits.replaceAll(group, '');
  digits = digits.split(decimal).length > 2 ? digits.replaceAll(decimal, '') : digits.replace(decimal, '.');
  if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(digits)) return undefined;
  const seconds = Number(digits);
  return Number.isFinite(seconds) ? seconds : undefined;
}

type Reading = { status: 'known'; totals: TestTotals } | { status: 'unknown' | 'failed'; reason: string };

function badgeOf(stem: JunitStem, origin: Origin, reading: Reading): Badge {
  const label = labels[stem];
  if (reading.status !== 'known') return { ...reading, stem, label, origin };
  const face = faceOf(stem, reading.totals);
  if ('missing' in face) return { status: 'unknown', stem, label, origin, reason: face.missing };
  const { value, ...shown } = face;
  return { status: 'known', stem, label, origin, face: { label, ...shown }, ...(value !== undefined && { value }) };
}

const labels: Readonly<Record<JunitStem, string>> = {
  total_tests: 'total tests',
  total_time: 'total execution time',
  tests: 'tests',
  tests_complete: 'tests',
  pass_rate: 'pass rate',
  slowest_suite: 'slowest suite',
};

type Face = { readonly message: string; readonly color: string; readonly value?: number } | { readonly missing: string };

function faceOf(stem: JunitStem, { tests, failures, errors, skipped, seconds, slowest }: TestTotals): Face {
  const failed = failures + errors;
  const passed = Math.max(0, tests - failed - skipped);
  const color = failed > 0 ? 'red' : 'green';
  switch (stem) {
    case 'total_tests':
      return { message: String(tests), color: 'blue' };
    case 'total_time':
      return { message: `${seconds.toFixed(2)}s`, color: 'blue' };
    case 'tests':
      return { message: failed > 0 ? `${passed} passed, ${failed} failed` : `${passed} passed`, color };
    case 'tests_complete':
      return { message: `${passed} passed, ${failures} failed, ${errors} errors, ${skipped} skipped`, color };
    case 'pass_rate': {
      // A skipped test has neither passed nor failed.
      if (passed + failed === 0) return { missing: 'The reports hold no test that was run.' };
      const percent = (100 * passed) / (passed + failed);
      return { message: percentText(percent), color, value: percent };
    }
    case 'slowest_suite':
      return slowest ? { message: `${slowest.name} ${slowest.seconds.toFixed(2)}s`.trim(), color: 'blue', value: slowest.seconds } : { missing: 'The reports do not say how long a suite took.' };
  }
}
