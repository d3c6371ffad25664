import { JsonError, jsonKinds, lineAndColumn, parseJson } from './jsonTree';

/** In the folder of the configuration. */
export const subsequentUseFile = '.badge-subsequent-use.json';

/** Names of organisations by the address of a project, as it is written; or what is wrong with them, after line and column. */
export type SubsequentUse = ReadonlyMap<string, readonly string[] | { readonly problem: string }>;

/**
 * Reads who uses which project: `{"https://gitlab.example.com/acme/shop": ["City of Example"]}`. An entry that is wrong costs its own
 * project. The problem of the whole starts with line and column, from 1.
 */
export function readSubsequentUse(text: string): { readonly use: SubsequentUse } | { readonly problem: string } {
  try {
    const root = parseJson(text);
    if (root.type !== 'object') throw new JsonError(`the file holds ${jsonKinds[root.type]}, not an object with the addresses of projects`, root.range.start);
    const use = new Map<string, readonly string[] | { readonly problem: string }>();
    for (const { key, value } of root.properties) {
      const wrong = value.type === 'array' ? value.items.find((item) => item.type !== 'string') : value;
      if (wrong) use.set(key, { problem: `${lineAndColumn(text, wrong.range.start)}: a list of the names of organisations belongs here` });
      else if (value.type === 'array') use.set(key, value.items.flatMap((item) => (item.type === 'string' ? [item.value] : [])));
    }
    return { use };
  } catch (error) {
    if (error instanceof JsonError) return { problem: `${lineAndColumn(text, error.offset)}: ${error.message}` };
    throw error;
  }
}
