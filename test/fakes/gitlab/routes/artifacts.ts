import { findProjectFor } from '../access';
import { notFound, type Answer } from '../answer';
import type { FakeArtifact, FakeProject } from '../data';
import type { Router } from '../router';

const types: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

/** Artifacts of the newest successful job of a branch or tag. */
export function artifactRoutes(router: Router): void {
  const path = '/projects/:id/jobs/artifacts/*ref_name/raw/*artifact_path';
  router.get(path, { jobToken: true, params: { job: { type: 'string', required: true } } }, (call) => {
    const project = findProjectFor(call, 'builds');
    const artifact = findArtifact(project, call.path.get('ref_name') ?? '', call.params.text('job') ?? '', call.path.get('artifact_path') ?? '');
    if (!artifact) throw notFound();
    return artifactAnswer(artifact);
  });

  // All of a job, as a ZIP file: what is in it is nobody's concern here.
  router.get('/projects/:id/jobs/artifacts/*ref_name/download', { jobToken: true, params: { job: { type: 'string', required: true } } }, (call) => {
    const { artifacts } = findProjectFor(call, 'builds');
    const isThere = artifacts.some(({ ref, job }) => ref === call.path.get('ref_name') && job === call.params.text('job'));
    if (!isThere) throw notFound();
    return { status: 200, headers: { 'Content-Type': 'application/zip' }, body: Buffer.from('PK\u0003\u0004') };
  });
}

export function findArtifact(project: FakeProject, ref: string, job: string, path: string): FakeArtifact | null {
  return project.artifacts.filter((each) => each.ref === ref && each.job === job && each.path === path).sort((a, b) => b.jobId - a.jobId)[0] ?? null;
}

/** Streamed as it is: no ETag. */
export function artifactAnswer(artifact: FakeArtifact): Answer {
  const name = artifact.path.split('/').at(-1) ?? '';
  return {
    status: 200,
    headers: {
      'Content-Type': types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
      'Cache-Control': 'max-age=60, private',
    },
    body: Buffer.from(artifact.content),
  };
}
