import { decoded } from '../../core/percent';
import { nearest } from '../../core/nearest';
import type { Range } from '../../core/problem';
import { keepsFile, type CiFile, type CiJob } from '../ciFile';
import { didYouMean, quoted } from '../words';

/** A URL of GitLab that leads to a file of a job's artifacts: `…/-/jobs/artifacts/REF/raw/PATH?job=NAME`. */
interface ArtifactUrl {
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

/** Why the file behind such a URL of one's own project is missing, as far as the pipeline says; null where it does not. */
export function artifactComplaint({ job: name, jobRange, file, fileRange }: ArtifactUrl, ci: CiFile | null | undefined): { readonly code: string; readonly message: string; readonly range: Range } | null {
  if (name === null || name === '') return { code: 'missing-job', message: 'GitLab needs the job that keeps the file: add ?job= and its name.', range: jobRange ?? fileRange };
  if (!ci || name.includes('%{')) return null;
  const job = jobCalled(ci, name);
  if (!job) {
    if (ci.isPartial) return null;
    const message = `.gitlab-ci.yml has no job ${quoted(name)}, so the file would be missing.${didYouMean(nearest(name, [...ci.jobs.keys()]))}`;
    return { code: 'unknown-job', message, range: jobRange ?? fileRange };
  }
  if (keepsFile(job, file) !== false || file.includes('%{')) return null;
  const kept = job.artifacts ?? [];
  const what = kept.length === 0 ? 'it keeps no artifacts' : `it keeps ${kept.slice(0, 3).map(quoted).join(', ')}`;
  return { code: 'unkept-artifact', message: `The job ${quoted(job.name)} does not keep ${quoted(file)}: ${what}.`, range: fileRange };
}

/** Parallel jobs are numbered, those of a matrix carry their values. */
function jobCalled({ jobs }: CiFile, name: string): CiJob | undefined {
  return jobs.get(name) ?? jobs.get(name.replace(/ \d+\/\d+$|: \[.*\]$/, ''));
}
