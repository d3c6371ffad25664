import { propertyOf, type ObjectNode, type TreeNode } from '../config/tree';
import { readYamlTree } from '../config/yamlTree';

/** Deepest chain of `extends` that GitLab follows. */
const maxExtends = 10;

/**
 * The name of the job in a `.gitlab-ci.yml` that keeps a folder as artifact; null where there is none. Files that are included
 * are not looked into.
 * @param folder path in the repository, with `/`
 */
export function findArtifactJob(text: string, folder: string): string | null {
  const { root } = readYamlTree(text);
  if (root?.type !== 'object') return null;
  const wanted = normalized(folder);
  const job = root.properties.find(({ key, value }) => !key.startsWith('.') && !keywords.has(key) && value.type === 'object' && artifactPaths(root, value, 0).some((path) => covers(path, wanted)));
  return job?.key ?? null;
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
