import { decoded } from '../../core/percent';
import type { Range } from '../../core/problem';

/** A URL of GitLab that leads to a file of a job's artifacts: `…/-/jobs/artifacts/REF/raw/PATH?job=NAME`. */
export interface ArtifactUrl {
  /** What stands before `/-/jobs/artifacts`: instance and project, maybe with placeholders. */
  readonly base: string;
  readonly file: string;
  readonly fileRange: Range;
  /** Null where the URL names none, which GitLab refuses. */
  readonly job: string | null;
  readonly jobRange: Range | null;
}

/** Ranges are offsets into the URL. Null for other URLs. */
export function readArtifactUrl(url: string): ArtifactUrl | null {
  const match = /^(.*?)\/-\/jobs\/artifacts\/(.+?)\/(raw|file)\/([^?#]*)(?:\?([^#]*))?/.exec(url);
  if (!match) return null;
  const [, base = '', ref = '', verb = '', file = '', query = ''] = match;
  const fileStart = `${base}/-/jobs/artifacts/${ref}/${verb}/`.length;
  const queryStart = fileStart + file.length + 1;
  const job = /(?:^|&)job=([^&]*)/.exec(query);
  const jobStart = job ? queryStart + job.index + job[0].length - (job[1] ?? '').length : 0;
  return {
    base,
    file: decoded(file),
    fileRange: { start: fileStart, end: fileStart + file.length },
    job: job ? decoded((job[1] ?? '').replaceAll('+', ' ')) : null,
    jobRange: job ? { start: jobStart, end: jobStart + (job[1] ?? '').length } : null,
  };
}
