import { nodeAtPath, propertyOf, type ObjectNode, type TreeNode } from './tree';

/** What a pipeline says of its jobs and of the files they keep. */
export interface CiFile {
  /** By name, in the order of the text. */
  readonly jobs: ReadonlyMap<string, CiJob>;
  /** Jobs may come from elsewhere, too: something that the pipeline includes was not read. */
  readonly isPartial: boolean;
  /** In their order, without those that are always there; GitLab's own where the pipeline names none. */
  readonly stages: readonly string[];
  /** Every name that is taken: also of hidden jobs and keywords. */
  readonly names: ReadonlySet<string>;
  /** Keys with scripts that run in each job that does not say otherwise. */
  readonly sharedScripts: readonly ('before_script' | 'after_script')[];
}

export interface CiJob {
  readonly name: string;
  /** Paths and globs of its artifacts as they are written; null where they cannot be told. Empty: it keeps none. */
  readonly artifacts: readonly string[] | null;
  readonly stage: string;
  /** The commands of its own script or the one it extends, without what other jobs lend it. */
  readonly script: readonly string[];
  /** Paths and globs of the reports that GitLab takes from it. */
  readonly reports: Readonly<Record<CiReport, readonly string[]>>;
  /** GitLab finds the coverage in its log. */
  readonly tellsCoverage: boolean;
  /** It publishes to GitLab Pages. */
  readonly publishesPages: boolean;
}

/** Kinds of reports that badges can be made from. */
type CiReport = 'junit' | 'coverage' | 'codequality';

/** Keys at the top that are no jobs: https://docs.gitlab.com/ci/yaml/#global-keywords, and those that stand under `default` nowadays. */
const keywords = new Set(['default', 'include', 'stages', 'variables', 'workflow', 'image', 'services', 'cache', 'before_script', 'after_script', 'spec']);

/** https://docs.gitlab.com/ci/yaml/#stages: besides these there are `.pre` and `.post`, in every pipeline. */
const defaultStages = ['build', 'test', 'deploy'];
/** Of a job that names none. */
export const defaultStage = 'test';

/** Deepest chain of `extends`, and of `!reference`, that GitLab follows. */
const maxExtends = 10;

/** The jobs of a pipeline, with what it includes already in its tree. */
export function ciFileOf(root: ObjectNode, isPartial: boolean): CiFile {
  const jobs = new Map<string, CiJob>();
  for (const { key, value } of root.properties) {
    if (value.type === 'object' && !key.startsWith('.') && !keywords.has(key)) jobs.set(key, jobOf(root, key, value));
  }
  const stages = propertyOf(root, 'stages')?.value;
  const defaults = propertyOf(root, 'default')?.value;
  const shared = (key: string) => propertyOf(root, key) ?? (defaults?.type === 'object' ? propertyOf(defaults, key) : undefined);
  return {
    jobs,
    isPartial,
    stages: stages?.type === 'array' ? texts(stages).filter((stage) => stage !== '.pre' && stage !== '.post') : defaultStages,
    names: new Set([...root.properties.map(({ key }) => key), ...keywords]),
    sharedScripts: (['before_script', 'after_script'] as const).filter(shared),
  };
}

function jobOf(root: ObjectNode, name: string, job: ObjectNode): CiJob {
  const own = (...path: string[]) => inherited(root, job, path, 0) ?? null;
  const stage = own('stage');
  const script = own('script');
  const files = (...path: string[]) => ((found) => (found ? texts(found) : []))(artifactsAt(root, job, ['reports', ...path]));
  return {
    name,
    artifacts: artifactsOf(root, name, job),
    stage: stage?.type === 'string' ? stage.value : defaultStage,
    script: script ? commandsIn(root, script) : [],
    reports: { junit: files('junit'), coverage: files('coverage_report', 'path'), codequality: files('codequality') },
    tellsCoverage: own('coverage') !== null,
    publishesPages: publishesPages(name, job),
  };
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
  const found = artifactsAt(root, job, ['paths']);
  if (found !== undefined) return found && pathsIn(found);
  const untracked = artifactsAt(root, job, ['untracked']);
  // All that git does not know, whatever that is. And the job that publishes its folder needs no artifacts for it nowadays.
  const isUntold = untracked === null || (untracked?.type === 'boolean' && untracked.value) || publishesPages(name, job);
  return isUntold ? null : [];
}

/** What stands at a path below the artifacts of a job, see `inherited`. A job without any has those under `default`, as a whole. */
function artifactsAt(root: ObjectNode, job: ObjectNode, path: readonly string[]): TreeNode | null | undefined {
  const own = inherited(root, job, ['artifacts', ...path], 0);
  if (own !== undefined || inherited(root, job, ['artifacts'], 0) !== undefined) return own;
  const defaults = propertyOf(root, 'default')?.value;
  const shared = defaults && valueAt(root, defaults, ['artifacts', ...path]);
  // `inherit` can switch off what stands under `default`.
  return shared && propertyOf(job, 'inherit') ? null : shared;
}

function publishesPages(name: string, job: ObjectNode): boolean {
  const keyword = propertyOf(job, 'pages')?.value;
  return keyword ? !(keyword.type === 'boolean' && !keyword.value) : name === 'pages';
}

/** What stands at a path of keys in a job, else in the nearest one it extends; undefined where none of them says anything, null where it cannot be told. */
function inherited(root: ObjectNode, job: ObjectNode, path: readonly string[], depth: number): TreeNode | null | undefined {
  const own = valueAt(root, job, path);
  if (own !== undefined) return own;
  const parents = propertyOf(job, 'extends')?.value;
  for (const name of parents && depth < maxExtends ? [...texts(parents)].reverse() : []) {
    const parent = propertyOf(root, name)?.value;
    // Of another file, maybe.
    if (parent?.type !== 'object') return null;
    const found = inherited(root, parent, path, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Undefined where nothing stands there; null where it stands elsewhere (`!reference` of another file). */
function valueAt(root: ObjectNode, node: TreeNode, path: readonly string[]): TreeNode | null | undefined {
  const found = referred(root, node, 0);
  const [key, ...rest] = path;
  if (found === null || key === undefined) return found;
  if (found.type !== 'object') return null;
  const value = propertyOf(found, key)?.value;
  return value && valueAt(root, value, rest);
}

/** What a `!reference` stands for; null where that is not here. Any other node is itself. */
function referred(root: ObjectNode, node: TreeNode, depth: number): TreeNode | null {
  if (node.type !== 'array' || node.tag !== '!reference') return node;
  const target = depth < maxExtends ? nodeAtPath(root, texts(node)) : undefined;
  return target ? referred(root, target, depth + 1) : null;
}

function pathsIn(paths: TreeNode): readonly string[] | null {
  return paths.type === 'array' && paths.items.every(({ type }) => type === 'string') ? texts(paths) : null;
}

/** Lists within a list are run as if they were one. */
function commandsIn(root: ObjectNode, script: TreeNode, depth = 0): readonly string[] {
  if (script.type !== 'array') return texts(script);
  return depth > maxExtends ? [] : script.items.flatMap((item) => ((found) => (found ? commandsIn(root, found, depth + 1) : []))(referred(root, item, 0)));
}

function texts(node: TreeNode): readonly string[] {
  if (node.type === 'string') return [node.value];
  return node.type === 'array' ? node.items.flatMap((item) => (item.type === 'string' ? [item.value] : [])) : [];
}

/** The runner takes a folder with all that is in it. */
export function coversFile(path: string, file: string): boolean {
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
