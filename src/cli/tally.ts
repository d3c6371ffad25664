import type { KeptResult, ResultSet } from '../app/mergeResults';
import { exitCodes, type ExitCode } from './exitCodes';

/** Sees results pass by on their way into a report, and says what they mean for the exit code. */
export class Tally {
  private failed = false;
  private unknown = false;
  private readonly missing: string[] = [];

  watch(set: ResultSet): ResultSet {
    return { ...set, results: () => this.passing(set) };
  }

  exitCode({ strict }: { readonly strict: boolean }): ExitCode {
    return this.failed || this.missing.length > 0 || (strict && this.unknown) ? exitCodes.incomplete : exitCodes.done;
  }

  /** In words, which projects have no result; null where all have one. */
  get whatIsMissing(): string | null {
    if (this.missing.length === 0) return null;
    const more = this.missing.length - mostNamed;
    return `Not evaluated yet: ${this.missing.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  }

  see({ path, result }: KeptResult): void {
    if (result === null) {
      this.missing.push(path);
      return;
    }
    const { badges } = result.evaluation;
    // A badge without levels is one whose entry in the configuration is wrong.
    if (result.failures.length > 0 || badges.some(({ levels }) => levels.length === 0)) this.failed = true;
    if (badges.some(({ reason }) => reason !== undefined)) this.unknown = true;
  }

  private async *passing(set: ResultSet): AsyncGenerator<KeptResult> {
    for await (const each of set.results()) {
      this.see(each);
      yield each;
    }
  }
}

const mostNamed = 10;
