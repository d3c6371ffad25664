import Mocha from 'mocha';
import { writeResult, type SuiteResult } from './suiteResult';

/** Prints as mocha does, and writes a SuiteResult to the file that the reporter option `output` names. Option `dots`: one dot a test. */
export class ResultReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { output, dots } = options.reporterOptions as { output: string; dots?: unknown };
    if (dots) new Mocha.reporters.Dot(runner, options);
    else new Mocha.reporters.Spec(runner, options);

    let passed = 0;
    let skipped = 0;
    const failures: SuiteResult['failures'][number][] = [];
    runner.on('pass', () => (passed += 1));
    runner.on('pending', () => (skipped += 1));
    runner.on('fail', (test: Mocha.Runnable, error: Error) => failures.push({ name: test.fullTitle(), message: error.stack ?? error.message }));
    // Only at the end: a file says that the suite was finished.
    runner.on('end', () => writeResult(output, { passed, skipped, failures }));
  }
}

// The command line of mocha takes a reporter module's default export.
export default ResultReporter;
