import { findPlaceholders, type PlaceholderName } from '../core/placeholder';
import { writes, type BadgeRecord } from '../core/plan';
import type { Connection } from '../gitlab/connection';
import { isGitLabError } from '../gitlab/gitlabError';
import { renderPlaceholders, type RenderedPlaceholders } from '../gitlab/placeholderValues';
import type { PlannedTarget, PlanWarning } from './publishPlan';

/**
 * Warns of placeholders that this GitLab would leave as text, in badges that would be pushed: its version does not know them
 * yet, or they stand for nothing here. One request, and only where something younger than GitLab's first placeholders is used; for
 * each group without a project, by which nothing can be told, another one.
 */
export async function findUnresolvedPlaceholders(connection: Connection, targets: readonly PlannedTarget[], signal: AbortSignal): Promise<readonly PlanWarning[]> {
  const using = targets.filter((planned) => planned.obstacle === null && usesOf(planned).length > 0);
  const found = await firstRendered(connection, using.slice(0, maxAsked), signal);
  if (!found) return [];
  const { asked, rendered } = found;
  return using.flatMap((planned) =>
    usesOf(planned).flatMap(({ name, badge, range }): PlanWarning[] => {
      if (!rendered.unresolved.includes(name)) return [];
      const mayBeNothing = mayStandForNothing.includes(name);
      // What has no value in one project may have one in another.
      if (mayBeNothing && planned !== asked) return [];
      const why = mayBeNothing ? 'there is nothing it stands for here, or the version of this GitLab does not know it' : 'the version of this GitLab does not know it';
      return [{ target: planned.target, name: badge, message: `%{${name}} stays in the URL as text: ${why}.`, ...(range && { range }) }];
    }),
  );
}

const maxAsked = 5;

async function firstRendered(connection: Connection, targets: readonly PlannedTarget[], signal: AbortSignal) {
  for (const asked of targets) {
    const rendered = await render(connection, asked, signal);
    if (rendered) return { asked, rendered };
  }
  return null;
}

/** Known to every version that has badges, 10.6 and later. */
const first: readonly string[] = ['project_path', 'project_id', 'default_branch', 'commit_sha'];
const mayStandForNothing: readonly PlaceholderName[] = ['group_name', 'latest_tag'];

function usesOf({ wanted, changes }: PlannedTarget) {
  return changes.flatMap((change, index) => {
    if (!writes(change) || change.action === 'delete') return [];
    const range = wanted.badges[index]?.range;
    return [...youngPlaceholders(change.after)].map((name) => ({ name, badge: change.name, range }));
  });
}

function youngPlaceholders({ link_url, image_url }: BadgeRecord): ReadonlySet<PlaceholderName> {
  const found = [...findPlaceholders(link_url), ...findPlaceholders(image_url)];
  return new Set(found.filter(({ name, known }) => known && !first.includes(name)).map(({ name }) => name as PlaceholderName));
}

async function render(connection: Connection, { target }: PlannedTarget, signal: AbortSignal): Promise<RenderedPlaceholders | null> {
  try {
    const rendered = await renderPlaceholders(connection, target, signal);
    // A group without a project replaces nothing at all, which tells nothing about the version.
    return rendered?.unresolved.includes('project_id') ? null : rendered;
  } catch (error) {
    signal.throwIfAborted();
    if (isGitLabError(error)) return null;
    throw error;
  }
}
