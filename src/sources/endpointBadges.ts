import type { Badge } from '../core/badge';
import type { Origin } from '../core/fact';
import { isStem } from '../core/stem';
import { maxEndpointBytes, readEndpoint, writeEndpoint } from './endpoint';
import { isFileError, joinPath, type SourceFiles } from './files';

/** A badge of a JSON file, and what decides whether the file is an earlier result of ours. */
export interface EndpointFile {
  readonly badge: Badge;
  /** It is written as `writeEndpoint` writes. */
  readonly isCanonical: boolean;
  /** Keys that have no effect here. */
  readonly ignored: readonly string[];
  /** Where its `namedLogo` stands: `public/badges/a.json:3:16`. */
  readonly logoAt?: string;
}

/** Reads one `*.json` of the output folder. Whatever is wrong with it fails its own badge only. */
export async function readEndpointFile(files: Pick<SourceFiles, 'readText'>, folder: string, stem: string, at: string): Promise<EndpointFile> {
  const file = joinPath(folder, `${stem}.json`);
  const origin: Origin = { kind: 'endpoint', text: file, file, at };
  const failed = (reason: string, status: 'failed' | 'unknown' = 'failed'): EndpointFile => ({
    badge: { status, stem, label: stem, origin, reason },
    isCanonical: false,
    ignored: [],
  });

  if (!isStem(stem)) return failed(`${file}: no badge can be written under this name on every system. Rename the file.`);
  let text: string | null;
  try {
    text = await files.readText(file, maxEndpointBytes);
  } catch (error) {
    if (isFileError(error)) return failed(error.message);
    throw error;
  }
  if (text === null) return failed(`${file} was removed while it was read.`);
  const reading = readEndpoint(text);
  if ('problem' in reading) return failed(`${file}:${reading.problem}`, reading.status);
  const { face, ignored, logoAt } = reading.badge;
  return { badge: { status: 'known', stem, label: face.label || stem, origin, face }, isCanonical: writeEndpoint(face) === text, ignored, ...(logoAt !== undefined && { logoAt: `${file}:${logoAt}` }) };
}
