import { readSubsequentUse, subsequentUseFile, type SubsequentUse } from '../../config/subsequentUseFile';
import type { Origin } from '../../core/fact';
import { canonicalUrl } from '../decision';
import { isFileError, type SourceFiles } from '../files';
import type { FactSources } from './collectFacts';

/** A line for each of some ten thousand projects. */
const maxBytes = 4 * 1024 * 1024;

/** Who uses a project productively, as far as a file says it: the service that collects it has no public interface. The file is read once. */
export function createFindUsers(files: Pick<SourceFiles, 'readText'>, now: () => Date): FactSources['findUsers'] {
  let reading: Promise<Read> | undefined;
  return async ({ webUrl }) => {
    const read = await (reading ??= readFile(files));
    const origin: Origin = { kind: 'endpoint', text: subsequentUseFile, file: subsequentUseFile, at: now().toISOString() };
    if ('reason' in read) return { ...read, origin };
    const found = read.use.get(canonicalUrl(webUrl) ?? webUrl);
    if (found === undefined) return { status: 'unknown', reason: `${subsequentUseFile} does not list ${webUrl}.`, origin };
    return 'problem' in found ? { status: 'failed', reason: `${subsequentUseFile}:${found.problem}.`, origin } : { status: 'known', value: found, origin };
  };
}

type Read = { readonly use: SubsequentUse } | { readonly status: 'unknown' | 'failed'; readonly reason: string };

async function readFile(files: Pick<SourceFiles, 'readText'>): Promise<Read> {
  try {
    const text = await files.readText(subsequentUseFile, maxBytes);
    if (text === null) return { status: 'unknown', reason: `Who uses the project is known to a service without a public interface. List the organisations in ${subsequentUseFile}, by the addresses of projects.` };
    const read = readSubsequentUse(text);
    if ('problem' in read) return { status: 'failed', reason: `${subsequentUseFile}:${read.problem}.` };
    return { use: new Map([...read.use].map(([url, users]) => [canonicalUrl(url) ?? url, users])) };
  } catch (error) {
    if (isFileError(error)) return { status: 'failed', reason: error.message };
    throw error;
  }
}
