import type { ProtectionFact } from '../../core/levels/facts';
import { listProtectedBranches, matchesBranch } from '../../gitlab/protectedBranches';
import { NoAnswer } from './factReader';
import type { Reading } from './reading';

/** The rules that protect the default branch. */
export async function readProtection({ connection, project, getProject, signal }: Reading): Promise<ProtectionFact> {
  const [{ defaultBranch, emptyRepository, path }, rules] = await Promise.all([getProject(), listProtectedBranches(connection, project, signal)]);
  if (defaultBranch === null && !emptyRepository) {
    throw new NoAnswer(`GitLab does not tell the default branch of ${path}: that needs a token with at least the role Reporter, and the repository switched on.`);
  }
  const matching = defaultBranch === null ? [] : rules.filter(({ name }) => matchesBranch(name, defaultBranch));
  return { defaultBranch, rules: matching.map(({ name, ...rule }) => ({ pattern: name, ...rule })) };
}
