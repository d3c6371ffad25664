import { createHmac } from 'node:crypto';
import { parseUrl } from '../../../src/config/parseUrl';
import { groupPath, headOf, projectPath, tagsByDate, type FakeProject } from './data';
import type { Instance } from './router';

const values: Readonly<Record<string, (project: FakeProject, instance: Instance) => string | null>> = {
  project_path: (project) => projectPath(project),
  project_title: (project) => project.name,
  project_name: (project) => project.path,
  project_id: (project) => String(project.id),
  // The path of the *project* namespace, which is the project's own.
  project_namespace: (project) => projectPath(project),
  // The immediate group, whatever the documentation says of a top-level one.
  group_name: (project) => (project.namespace.kind === 'group' ? groupPath(project.namespace) : null),
  gitlab_server: (_, instance) => new URL(instance.externalUrl()).hostname,
  gitlab_pages_domain: (_, instance) => instance.settings.pagesDomain,
  default_branch: (project) => (headOf(project) ? project.defaultBranch : null),
  commit_sha: (project) => headOf(project)?.sha ?? null,
  latest_tag: (project) => tagsByDate(project)[0]?.name ?? null,
};

const names = Object.keys(values).join('|');
const literal = new RegExp(`%\\{(${names})\\}`, 'g');
const literalOrEncoded = new RegExp(`%(?:\\{|%7B)(${names})(?:\\}|%7D)`, 'g');

/** A badge's link as GitLab shows it: placeholders replaced in one pass, and in newer versions everything escaped. */
export function renderLink(url: string, project: FakeProject | null, instance: Instance): string {
  return escaped(replaced(url, project, instance), instance);
}

/** The same for its picture, which the asset proxy fetches where it lies on another host. */
export function renderImage(url: string, project: FakeProject | null, instance: Instance): string {
  return escaped(proxied(replaced(url, project, instance), instance), instance);
}

function replaced(url: string, project: FakeProject | null, instance: Instance): string {
  const { escapedRendering, unknownPlaceholders } = instance.settings;
  if (!project) return url;
  return url.replace(escapedRendering ? literal : literalOrEncoded, (placeholder, name: string) => (unknownPlaceholders.includes(name) ? null : values[name]?.(project, instance)) ?? placeholder);
}

function escaped(url: string, { settings }: Instance): string {
  return settings.escapedRendering ? escapeUrl(url) : url;
}

function proxied(url: string, { settings, externalUrl }: Instance): string {
  if (settings.assetProxy === null || parseUrl(url)?.hostname === new URL(externalUrl()).hostname) return url;
  return `${settings.assetProxy}/${createHmac('sha1', 'asset proxy').update(url).digest('hex')}/${Buffer.from(url).toString('hex')}`;
}

/** Percent-encodes each component of a URL, `%` itself included. */
export function escapeUrl(url: string): string {
  const [, scheme, authority, path = '', query, fragment] = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([^]*))?$/.exec(url) ?? [];
  return [
    scheme === undefined ? '' : `${encode(scheme, '')}:`,
    authority === undefined ? '' : `//${encode(authority, ":@[]!$&'()*+,;=")}`,
    encode(path, ":@!$&'()*+,;=/"),
    query === undefined ? '' : `?${encode(query, ":@!$&'()*+,;=/?")}`,
    fragment === undefined ? '' : `#${encode(fragment, ":@!$&'()*+,;=/?")}`,
  ].join('');
}

function encode(component: string, allowed: string): string {
  return Array.from(component, (character) =>
    /[A-Za-z0-9\-._~]/.test(character) || allowed.includes(character)
      ? character
      : [...Buffer.from(character, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  ).join('');
}
