import { lineAndColumn, readJsonTree } from '../config/jsonTree';
import { readTomlTree } from '../config/tomlTree';
import type { Tree, TreeNode } from '../config/tree';
import { readYamlTree } from '../config/yamlTree';
import type { Named } from '../core/template/render';
import { textValue } from '../core/template/value';
import { isFileError, type SourceFiles } from './files';

/** Far more than a manifest has; a larger file is refused. */
const maxFileBytes = 1024 * 1024;

/** Reads single values of files, each file once. */
export class FileValues {
  readonly #files = new Map<string, Promise<ReadFile>>();

  constructor(private readonly files: Pick<SourceFiles, 'readText'>) {}

  /** The value at a key of a JSON, TOML or YAML file, or without a key the first line of any file. */
  async read(file: string, key: readonly (string | number)[] | undefined): Promise<Named> {
    const reading = this.#files.get(file) ?? this.#read(file);
    this.#files.set(file, reading);
    const found = await reading;
    if ('reason' in found) return found;
    return key === undefined ? firstLine(found.text, file) : valueAt(found, file, key);
  }

  async #read(file: string): Promise<ReadFile> {
    try {
      const text = await this.files.readText(file, maxFileBytes);
      if (text === null) return { status: 'unknown', reason: `There is no file ${file} in the workspace folder.` };
      let tree: Tree | null = null;
      // Parsed when it is first asked for: of a text file there may be no tree at all.
      return { text, tree: () => (tree ??= parse(file, text)) };
    } catch (error) {
      if (isFileError(error)) return { status: 'failed', reason: error.message };
      throw error;
    }
  }
}

type ReadFile = { readonly text: string; tree(): Tree | null } | { readonly status: 'unknown' | 'failed'; readonly reason: string };

/** Null where nothing is known of its form. */
function parse(file: string, text: string): Tree | null {
  switch (/\.(\w+)$/.exec(file)?.[1]?.toLowerCase()) {
    case 'json':
      return readJsonTree(text);
    case 'toml':
    case 'lock':
      return readTomlTree(text);
    case 'yaml':
    case 'yml':
      return readYamlTree(text);
    default:
      return null;
  }
}

/** The first line of a text as a value, such as what a command prints. */
export function firstLine(text: string, from: string): Named {
  const line = text.split(/\r\n|\r|\n/, 1)[0]?.trim() ?? '';
  return line === '' ? { status: 'unknown', reason: `The first line of ${from} is empty.` } : { status: 'known', ...textValue(line) };
}

function valueAt(found: Extract<ReadFile, { text: string }>, file: string, key: readonly (string | number)[]): Named {
  const tree = found.tree();
  if (!tree) return { status: 'failed', reason: `${file} has no keys: they are looked for in files that end in .json, .toml, .yaml or .yml.` };
  const [problem] = tree.problems.filter(({ severity }) => severity === 'error');
  if (problem || !tree.root) return { status: 'failed', reason: `${file}:${lineAndColumn(found.text, problem?.range.start ?? 0)}: ${problem?.message ?? 'It cannot be read.'}` };
  let node: TreeNode = tree.root;
  for (const [index, step] of key.entries()) {
    const next = inside(node, step);
    if (!next) return { status: 'unknown', reason: `${file} has no “${written(key.slice(0, index + 1))}”.` };
    node = next;
  }
  if ('value' in node) return { status: 'known', ...(node.type === 'number' ? { text: node.source, number: node.value } : textValue(String(node.value))) };
  return { status: 'unknown', reason: `${file}:${lineAndColumn(found.text, node.range.start)}: “${written(key)}” is ${node.type === 'null' ? 'nothing' : node.type === 'array' ? 'a list' : 'a table'}, not a text or a number.` };
}

/** What is there by that key itself, never by what all objects have. */
function inside(node: TreeNode, step: string | number): TreeNode | undefined {
  if (node.type === 'array') return typeof step === 'number' ? node.items[step] : undefined;
  return node.type === 'object' ? node.properties.find(({ key }) => key === String(step))?.value : undefined;
}

function written(key: readonly (string | number)[]): string {
  return key.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`)).join('');
}
