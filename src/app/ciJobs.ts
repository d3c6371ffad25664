import { ciFileOf, keepsFolder, type CiFile } from '../config/ciFile';
import { propertyOf, type ObjectNode, type Property } from '../config/tree';
import { readYamlTree } from '../config/yamlTree';
import type { Folder } from './ports';

/** What a pipeline says of its jobs, as far as badges are concerned. */
export interface CiJobs {
  /** Names of all jobs, in the order of the text. */
  readonly names: readonly string[];
  /** The first job that keeps the folder of the generated badges as artifact; null where none does. */
  readonly artifactJob: string | null;
}

const ciFile = '.gitlab-ci.yml';
const maxCiBytes = 1024 * 1024;
/** Files that GitLab includes at most (its setting `ci_max_includes`). */
const maxIncludes = 150;

/**
 * The jobs of `.gitlab-ci.yml`, see `readCiFile`.
 * @param folder path of the generated badges in the repository, with `/`
 */
export async function readCiJobs(files: Pick<Folder, 'readText' | 'find'>, folder: string, signal: AbortSignal): Promise<CiJobs> {
  return jobsOf(await readCiFile(files, signal), folder);
}

/**
 * Reads `.gitlab-ci.yml` and the files of the folder that it includes, each on top of those it includes, as GitLab does. What
 * lies in other projects or on other servers is left out, and so is what cannot be read. Null where there is no such file.
 */
export async function readCiFile(files: Pick<Folder, 'readText' | 'find'>, signal: AbortSignal): Promise<CiFile | null> {
  const { root, isPartial } = await readPipelineFiles(files, signal);
  return root && ciFileOf(root, isPartial);
}

/** The texts that a pipeline is made of, by the file of the folder. */
export async function readCiTexts(files: Pick<Folder, 'readText' | 'find'>, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  return (await readPipelineFiles(files, signal)).texts;
}

async function readPipelineFiles(files: Pick<Folder, 'readText' | 'find'>, signal: AbortSignal) {
  const texts = new Map<string, string>();
  let left = maxIncludes;
  let isPartial = false;
  const root = await expand(ciFile, []);
  return { root, isPartial, texts };

  async function expand(file: string, above: readonly string[]): Promise<ObjectNode | null> {
    signal.throwIfAborted();
    const text = above.includes(file) ? null : await unlessUnreadable(() => files.readText(file, maxCiBytes));
    if (text !== null) texts.set(file, text);
    const own = text === null ? null : rootOf(text);
    if (!own) return null;
    let merged: ObjectNode | null = null;
    for (const included of includesOf(own)) {
      const found = (included !== null && (await unlessUnreadable(() => files.find(included, signal)))) || [];
      if (found.length === 0) isPartial = true;
      for (const path of found) {
        if (left-- <= 0) break;
        const inner = await expand(path, [...above, file]);
        if (inner) merged = merged ? deepMerge(merged, inner) : inner;
        else isPartial = true;
      }
    }
    return merged ? deepMerge(merged, own) : own;
  }
}

/** The jobs of a pipeline that is written as one text, such as the merged one of GitLab's CI lint. */
export function ciJobsOf(text: string, folder: string): CiJobs {
  // Older versions of GitLab write the keys of the merged text as Ruby's symbols.
  const root = rootOf(text.replace(/^(\s*(?:- )?):(?=[\w"])/gm, '$1'));
  return jobsOf(root && ciFileOf(root, false), folder);
}

function jobsOf(file: CiFile | null, folder: string): CiJobs {
  const jobs = [...(file?.jobs.values() ?? [])];
  return { names: jobs.map(({ name }) => name), artifactJob: jobs.find((job) => keepsFolder(job, folder))?.name ?? null };
}

/** Paths and globs of `include` that lie in the same repository, relative to its root; null for each that does not. */
function includesOf(root: ObjectNode): readonly (string | null)[] {
  const include = propertyOf(root, 'include')?.value;
  const entries = include?.type === 'array' ? include.items : include ? [include] : [];
  return entries.map((entry) => {
    const local = entry.type === 'object' ? propertyOf(entry, 'local')?.value : entry;
    return local?.type === 'string' && !/^https?:/.test(local.value) ? local.value.replace(/^\/+/, '') : null;
  });
}

/** The text behind a header that declares inputs (`spec`), where there is one. */
function rootOf(text: string): ObjectNode | null {
  const [first = '', second] = text.split(/^---(?=\s|$)/m).filter((part) => part.trim() !== '');
  const root = readYamlTree(first).root;
  const body = second !== undefined && root?.type === 'object' && propertyOf(root, 'spec') ? readYamlTree(second).root : root;
  return body?.type === 'object' ? body : null;
}

/** Keys of the upper one win; tables are merged, all else is replaced. */
function deepMerge(lower: ObjectNode, upper: ObjectNode): ObjectNode {
  const properties = new Map(lower.properties.map((property): [string, Property] => [property.key, property]));
  for (const property of upper.properties) {
    const before = properties.get(property.key)?.value;
    const merged = before?.type === 'object' && property.value.type === 'object' ? { ...property, value: deepMerge(before, property.value) } : property;
    properties.set(property.key, merged);
  }
  return { ...upper, properties: [...properties.values()] };
}

async function unlessUnreadable<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    // By name: files may be read by another bundle.
    if (error instanceof Error && error.name === 'FileError') return null;
    throw error;
  }
}
