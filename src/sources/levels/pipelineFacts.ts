import type { PipelineCounts } from '../../core/levels/facts';
import { endOf } from '../../core/levels/range';
import { countPipelines } from '../../gitlab/pipelines';
import type { Reading } from './reading';

/** The pipelines that were updated since a moment. */
export async function countPipelinesSince({ connection, project, now, signal }: Reading, since: string): Promise<PipelineCounts> {
  const range = { since, until: new Date(endOf(now)).toISOString() };
  const [successful, all] = await Promise.all([
    countPipelines(connection, project, range, { status: 'success' }, signal),
    countPipelines(connection, project, range, {}, signal),
  ]);
  return { successful, all };
}
