/** The badges that JUnit reports make by default: those of badges-gitlab. */
const defaultJunitStems = ['total_tests', 'total_time', 'tests', 'tests_complete'] as const;

/** Every badge that JUnit reports can make, in the order in which they are shown. */
export const junitStems = [...defaultJunitStems, 'pass_rate', 'slowest_suite'] as const;

export type JunitStem = (typeof junitStems)[number];

/** The stems of a list in which `all` stands for the default ones. */
export function expandJunit(wanted: 'all' | readonly string[]): ReadonlySet<string> {
  return new Set((wanted === 'all' ? [wanted] : wanted).flatMap((item) => (item === 'all' ? defaultJunitStems : [item])));
}
