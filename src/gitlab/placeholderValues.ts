import { Projects } from '@gitbeaker/rest';
import * as v from 'valibot';
import { decoded } from '../core/percent';
import { placeholderNames, type PlaceholderName, type PlaceholderValues } from '../core/placeholder';
import type { Target } from '../core/plan';
import { previewBadge } from './badges';
import type { Connection } from './connection';
import { decode, optional } from './decode';
import { isGitLabError } from './gitlabError';
import { getNewestCommit, getNewestTags } from './repository';

/**
 * What the placeholders stand for in a project (numeric id or full path), as far as it can be found out by reading; three
 * requests side by side. Left out: the domain of GitLab Pages, which only GitLab itself knows (see `renderPlaceholders`),
 * and what the token may not see.
 */
export async function getPlaceholderValues(connection: Connection, project: string, signal?: AbortSignal): Promise<PlaceholderValues> {
  const [found, commit, tags] = await Promise.all([
    getNames(connection, project, signal),
    unlessHidden(() => getNewestCommit(connection, project, undefined, signal)),
    unlessHidden(() => getNewestTags(connection, project, { first: 1 }, signal)),
  ]);
  const { path_with_namespace: path, namespace, default_branch: branch } = found;
  return {
    project_path: path,
    project_title: found.name,
    project_name: path.slice(path.lastIndexOf('/') + 1),
    project_id: String(found.id),
    // Of the project's own namespace, which is the project itself; GitLab's documentation reads otherwise.
    project_namespace: path,
    ...(namespace && { group_name: namespace.kind === 'group' ? namespace.full_path : null }),
    // The configured host, which may be another than the one this instance is reached at.
    gitlab_server: new URL(found.web_url).hostname,
    ...(commit !== undefined && { commit_sha: commit?.sha ?? null, default_branch: commit ? branch : null }),
    ...(commit === undefined && branch !== null && { default_branch: branch }),
    ...(tags !== undefined && { latest_tag: tags[0]?.name ?? null }),
  };
}

/** What GitLab itself makes of the placeholders. */
export interface RenderedPlaceholders {
  readonly values: PlaceholderValues;
  /** Stay as text: this version of GitLab does not know them, or there is nothing they could stand for. */
  readonly unresolved: readonly PlaceholderName[];
}

/**
 * Asks GitLab to render all placeholders at once, in the target: for a group by its newest project that the token may read;
 * without one all are unresolved. Null where the role is too low for it: Maintainer of a project, Owner of a group.
 */
export async function renderPlaceholders(connection: Connection, target: Target, signal?: AbortSignal): Promise<RenderedPlaceholders | null> {
  const url = `${probeStart}${placeholderNames.map((name) => `!!${name}!!%{${name}}`).join('')}${probeEnd}`;
  let rendered: string;
  try {
    const answer = await previewBadge(connection, target, { link_url: url, image_url: 'https://example.com/badge.svg' }, signal);
    rendered = answer.rendered_link_url;
  } catch (error) {
    if (isGitLabError(error) && (error.reason === 'forbidden' || error.reason === 'unauthorized' || error.reason === 'insufficient-scope')) return null;
    throw error;
  }
  // Newer versions percent-encode what they have rendered; the placeholder that no version knows shows which kind it is.
  const raw = rendered.endsWith(probeEnd) ? rendered : decoded(rendered);
  const values: Partial<Record<PlaceholderName, string>> = {};
  const unresolved: PlaceholderName[] = [];
  placeholderNames.forEach((name, index) => {
    const start = raw.indexOf(`!!${name}!!`) + name.length + 4;
    const next = placeholderNames[index + 1];
    const value = raw.slice(start, next === undefined ? raw.length - probeEnd.length : raw.indexOf(`!!${next}!!`, start));
    if (value === `%{${name}}`) unresolved.push(name);
    else values[name] = value;
  });
  return { values, unresolved };
}

/** Placeholders that have a value in the project and that GitLab leaves as text all the same: its version is too old for them. */
export function tooNewPlaceholders(values: PlaceholderValues, rendered: RenderedPlaceholders): readonly PlaceholderName[] {
  return rendered.unresolved.filter((name) => typeof values[name] === 'string');
}

const probeStart = 'https://example.com/';
const probeEnd = '!!%{badgesmith}';

async function getNames(connection: Connection, project: string, signal: AbortSignal | undefined) {
  const answer: unknown = await connection.resource(Projects<false>, signal).show(project);
  return decode(namesSchema, answer, project);
}

/** Undefined where the token may not see it. */
async function unlessHidden<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isGitLabError(error) && (error.reason === 'forbidden' || error.reason === 'not-found')) return undefined;
    throw error;
  }
}

const namesSchema = v.object({
  id: v.number(),
  path_with_namespace: v.string(),
  name: v.string(),
  web_url: v.string(),
  default_branch: optional(v.string()),
  namespace: optional(v.object({ kind: v.string(), full_path: v.string() })),
});
