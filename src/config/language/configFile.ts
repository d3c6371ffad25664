import { decisionFields } from '../decisionFields';
import { endpointFields } from '../endpointFields';
import { generatorFields } from '../fields';
import type { GeneratorFileKind } from '../generatorFile';
import { levelsFields } from '../levelsFields';
import type { TableShape } from '../shape';
import { subsequentUseFields } from '../subsequentUseFields';
import { subsequentUseFile } from '../subsequentUseFile';

/**
 * `yaml`, `toml`, `pyproject`: the configuration of the generator and of the badges on GitLab. `levels`: `.badge-api.yaml`.
 * `endpoint`: a badge as JSON. `decision`: who is granted a badge, as JSON. `subsequentUse`: who uses which project, as JSON.
 */
export type ConfigKind = GeneratorFileKind | 'levels' | 'endpoint' | 'decision' | 'subsequentUse';
export type Syntax = 'yaml' | 'toml' | 'json';

export const syntaxOf: Readonly<Record<ConfigKind, Syntax>> = { yaml: 'yaml', toml: 'toml', pyproject: 'toml', levels: 'yaml', endpoint: 'json', decision: 'json', subsequentUse: 'json' };

/** Kinds that are JSON, in the order of the manifest. */
export const jsonKinds = ['endpoint', 'decision', 'subsequentUse'] as const satisfies readonly ConfigKind[];

export function isJsonKind(kind: ConfigKind): kind is (typeof jsonKinds)[number] {
  return (jsonKinds as readonly ConfigKind[]).includes(kind);
}

/** What may stand at the root of our part of the file. */
export const shapeOf: Readonly<Record<ConfigKind, TableShape>> = {
  yaml: generatorFields,
  toml: generatorFields,
  pyproject: generatorFields,
  levels: levelsFields,
  endpoint: endpointFields,
  decision: decisionFields,
  subsequentUse: subsequentUseFields,
};

/** Where our part of a `pyproject.toml` stands. */
export const pyprojectTable: readonly string[] = ['tool', 'badges_gitlab'];

/** Folder that endpoint files lie in where nothing else is configured. */
export const defaultBadgeFolder = 'public/badges';

/** Globs of the files that are ours, wherever the project lies in a workspace folder; package.json repeats those of JSON files. */
export const configGlobs: Readonly<Record<ConfigKind, readonly string[]>> = {
  yaml: ['**/.gitlab/badges.yaml', '**/.gitlab/badges.yml'],
  toml: ['**/.gitlab/badges.toml'],
  pyproject: ['**/pyproject.toml'],
  levels: ['**/.badge-api.yaml', '**/.badge-api.yml'],
  endpoint: [`**/${defaultBadgeFolder}/*.json`],
  // No other program has this ending.
  decision: ['**/*.badge-decision.json'],
  subsequentUse: [`**/${subsequentUseFile}`],
};

/** The kind of a file by its path, absolute or not; null for files that are not ours. */
export function kindOf(path: string, badgeFolder = defaultBadgeFolder): ConfigKind | null {
  const file = `/${path.replaceAll('\\', '/')}`;
  if (/\/\.gitlab\/badges\.ya?ml$/.test(file)) return 'yaml';
  if (file.endsWith('/.gitlab/badges.toml')) return 'toml';
  if (file.endsWith('/pyproject.toml')) return 'pyproject';
  if (/\/\.badge-api\.ya?ml$/.test(file)) return 'levels';
  if (file.endsWith('.badge-decision.json')) return 'decision';
  if (file.endsWith(`/${subsequentUseFile}`)) return 'subsequentUse';
  const folder = `/${badgeFolder.replaceAll('\\', '/').replace(/^(?:\.?\/)+|\/+$/g, '')}/`;
  const at = file.lastIndexOf(folder);
  return file.endsWith('.json') && at >= 0 && !file.slice(at + folder.length).includes('/') ? 'endpoint' : null;
}
