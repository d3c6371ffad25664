import type { Fact } from '../../core/fact';

/** Which organisations use a project productively. `at` is the moment of the question, ISO 8601. */
export function usersOf(at: string): Fact<readonly string[]> {
  return { status: 'unknown', reason: 'The service that knows who uses the project has no public interface.', origin: { kind: 'gitlab', text: 'subsequent use', at } };
}
