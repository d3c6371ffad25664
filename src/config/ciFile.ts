import { propertyOf, type ObjectNode, type TreeNode } from './tree';

/** What a pipeline says of its jobs and of the files they keep. */
export interface CiFile {
  /** By name, in the order of the text. */
  readonly jobs: ReadonlyMap<string, CiJob>;
  /** Jobs may come from elsewhere, too: something that the pipeline includes was not read. */
  readonly isPartial: boolean;
}

export interface CiJob {
  readonly name: string;
  /** Paths and globs of its artifacts as they are written; null where they cannot be told. Empty: it keeps none. */
  readonly artifacts: readonly string[] | null;
}

/** Keys at the top that are no jobs: https://docs.gitlab.com/ci/yaml/#global-keywords, and those that stand under `default` nowadays. */
const keywords = new Set(['default', 'include', 'stages', 'variables', 'workflow', 'image', 'services', 'cache', 'before_script', 'after_script', 'spec']);

/** Deepest chain of `extends` that GitLab follows. */
const maxExtends = 10;

/** The jobs of a pipeline, with what it includes already in its tree. */
export function ciFileOf(root: ObjectNode, isPartial: boolean): CiFile {
  const jobs = new Map<string, CiJob>();
  for (const { key, value } of root.properties) {
    if (value.type === 'object' && !key.startsWith('.') && !keywords.has(key)) jobs.set(key, { name: key, artifacts: artifactsOf(root, key, value) });
  }
  return { jobs, isPartial };
}

/** Whether a job keeps a file, as far as can be told. */
export function keepsFile({ artifacts }: CiJob, file: string): boolean | null {
  // Variables, and what the runner's globs know beyond stars.
  if (artifacts === null || artifacts.some((path) => /[$[\]{}]/.test(path))) return null;
  return artifacts.some((path) => coversFile(path, file));
}

/** Whether a job keeps all of a folder for sure, that is, not by a glob that may mean it. */
export function keepsFolder({ artifacts }: CiJob, folder: string): boolean {
  const wanted = normalized(folder);
  return (artifacts ?? []).some((path) => {
    const segments = normalized(path).split('/');
    const glob = segments.findIndex((segment) => /[*?[]/.test(segment));
    const base = (glob < 0 ? segments : segments.slice(0, glob)).join('/');
    return base !== '' && (wanted === base || wanted.startsWith(`${base}/`));
  });
}

function artifactsOf(root: ObjectNode, name: string, job: ObjectNode): readonly string[] | null {
  const found = inheritedPaths(root, job, 0);
  if (found !== undefined) return found;
  const defaults = propertyOf(root, 'default')?.value;
  const artifacts = defaults?.type === 'object' ? propertyOf(defaults, 'artifacts')?.value : undefined;
  // `inherit` can switch off what stands under `default`.
  if (artifacts) return propertyOf(job, 'inherit') ? null : (pathsOf(artifacts) ?? []);
  // This job publishes its folder, and needs no artifacts for it nowadays.
  return name === 'pages' || propertyOf(job, 'pages') ? null : [];
}

/** Of the job itself, else of the nearest one it extends; undefined where none of them says anything. */
function inheritedPaths(root: ObjectNode, job: ObjectNode, depth: number): readonly string[] | null | undefined {
  const artifacts = propertyOf(job, 'artifacts')?.value;
  const own = artifacts && pathsOf(artifacts);
  if (own !== undefined) return own;
  const parents = propertyOf(job, 'extends')?.value;
  for (const name of parents && depth < maxExtends ? [...texts(parents)].reverse() : []) {
    const parent = propertyOf(root, name)?.value;
    // Of another file, maybe.
    if (parent?.type !== 'object') return null;
    const inherited = inheritedPaths(root, parent, depth + 1);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

/** Undefined where it names none; null where they stand elsewhere (`!reference`). */
function pathsOf(artifacts: TreeNode): readonly string[] | null | undefined {
  if (artifacts.type !== 'object') return null;
  const paths = propertyOf(artifacts, 'paths')?.value;
  if (!paths) return undefined;
  return paths.type === 'array' && paths.items.every(({ type }) => type === 'string') ? texts(paths) : null;
}

function texts(node: TreeNode): readonly string[] {
  if (node.type === 'string') return [node.value];
  return node.type === 'array' ? node.items.flatMap((item) => (item.type === 'string' ? [item.value] : [])) : [];
}

/** The runner takes a folder with all that is in it. */
function coversFile(path: string, file: string): boolean {
  const pattern = normalized(path);
  if (pattern === '' || pattern === '.') return true;
  const source = pattern
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => (part === '**/' ? '(?:.*/)?' : part === '**' ? '.*' : part === '*' ? '[^/]*' : part === '?' ? '[^/]' : part.replace(/[.+^()|\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}(?:/|$)`).test(normalized(file));
}

function normalized(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/^\/+|\/+$/g, '');
}
