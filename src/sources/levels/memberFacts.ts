import { listMembers, queryMembers } from '../../gitlab/members';
import { overGraphQL } from '../overGraphQL';
import type { Reading } from './reading';

/** Access level by username in lower case; the highest counts where somebody is a member in several ways. */
export async function readMembers({ connection, project, askProject, signal }: Reading): Promise<ReadonlyMap<string, number>> {
  const members = await overGraphQL(
    () => queryMembers(askProject),
    () => listMembers(connection, project, signal),
  );
  const levels = new Map<string, number>();
  for (const { username, accessLevel } of members) {
    const user = username.toLowerCase();
    levels.set(user, Math.max(accessLevel, levels.get(user) ?? 0));
  }
  return levels;
}
