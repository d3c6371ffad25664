import { FileError, type Folder } from '../app/ports';
import { propertyOf, type ObjectNode, type Property, type TreeNode } from '../config/tree';
import { readYamlTree } from '../config/yamlTree';

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
/** Deepest chain of `extends` that GitLab follows. */
const maxExtends = 10;

/**
 * Reads `.gitlab-ci.yml` and the files of the folder that it includes, each on top of those it includes, as GitLab does. What
 * lies in other projects or on other servers is left out, and so is what cannot be read: this makes suggestions only.
 * @param folder path of the generated badges in the repository, with `/`
 */
export async function readCiJobs(files: Pick<Folder, 'readText' | 'find'>, folder: string, signal: AbortSignal): Promise<CiJobs> {
  let left = maxIncludes;
  const root = await expand(ciFile, []);
  return root ? jobsIn(root, folder) : { names: [], artifactJob: null };

  async function expand(file: string, above: readonly string[]): Promise<ObjectNode | null> {
    signal.throwIfAborted();
    const text = above.includes(file) ? null : await unlessUnreadable(() => files.readText(file, maxCiBytes));
    const own = text === null ? null : rootOf(text);
    if (!own) return null;
    let merged: ObjectNode | null = null;
    for (const included of localIncludes(own)) {
      for (const found of (await unlessUnreadable(() => files.find(included, signal))) ?? []) {
        if (left-- <= 0) break;
        const inner = await expand(found, [...above, file]);
        if (inner) merged = merged ? deepMerge(merged, inner) : inner;
      }
    }
    return merged ? deepMerge(merged, own) : own;
  }
}

/** The jobs of a pipeline that is written as one text, such as the merged one of GitLab's CI lint. */
export function ciJobsOf(text: string, folder: string): CiJobs {
  // Older versions of GitLab write the keys of the merged text as Ruby's symbols.
  const root = rootOf(text.replace(/^(\s*(?:- )?):(?=[\w"])/gm, '$1'));
  return root ? jobsIn(root, folder) : { names: [], artifactJob: null };
}

function jobsIn(root: ObjectNode, folder: string): CiJobs {
  const wanted = normalized(folder);
  const jobs = root.properties.filter(({ key, value }) => !key.startsWith('.') && !keywords.has(key) && value.type === 'object');
  const keeper = jobs.find(({ value }) => value.type === 'object' && artifactPaths(root, value, 0).some((path) => covers(path, wanted)));
  return { names: jobs.map(({ key }) => key), artifactJob: keeper?.key ?? null };
}

/** Keys at the top that are no jobs. */
const keywords = new Set(['default', 'include', 'stages', 'variables', 'workflow', 'image', 'services', 'cache', 'before_script', 'after_script', 'spec']);

/** Of the job itself, else of the nearest one it extends. */
function artifactPaths(root: ObjectNode, job: ObjectNode, depth: number): readonly string[] {
  const artifacts = propertyOf(job, 'artifacts')?.value;
  const paths = artifacts?.type === 'object' ? propertyOf(artifacts, 'paths')?.value : undefined;
  if (paths) return texts(paths);
  if (depth === maxExtends) return [];
  const parents = propertyOf(job, 'extends')?.value;
  for (const name of parents ? [...texts(parents)].reverse() : []) {
    const parent = propertyOf(root, name)?.value;
    const inherited = parent?.type === 'object' ? artifactPaths(root, parent, depth + 1) : [];
    if (inherited.length > 0) return inherited;
  }
  return [];
}

/** Paths and globs of `include` that lie in the same repository, relative to its root. */
function localIncludes(root: ObjectNode): readonly string[] {
  const include = propertyOf(root, 'include')?.value;
  const entries = include?.type === 'array' ? include.items : include ? [include] : [];
  return entries.flatMap((entry) => {
    const local = entry.type === 'object' ? propertyOf(entry, 'local')?.value : entry;
    return local?.type === 'string' && !/^https?:/.test(local.value) ? [local.value.replace(/^\/+/, '')] : [];
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

function texts(node: TreeNode): readonly string[] {
  if (node.type === 'string') return [node.value];
  return node.type === 'array' ? node.items.flatMap((item) => (item.type === 'string' ? [item.value] : [])) : [];
}

function covers(path: string, folder: string): boolean {
  const segments = normalized(path).split('/');
  const glob = segments.findIndex((segment) => /[*?[]/.test(segment));
  const base = (glob < 0 ? segments : segments.slice(0, glob)).join('/');
  return base !== '' && (folder === base || folder.startsWith(`${base}/`));
}

function normalized(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/^\/+|\/+$/g, '');
}

async function unlessUnreadable<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FileError) return null;
    throw error;
  }
}
