import type { PublishServices } from './publishContext';
import type { Publishing } from './publishing';

/** The commands about badges on GitLab are a bundle of their own, read with the first of them. */
export function publishingLoader(services: PublishServices): () => Promise<Publishing> {
  let publishing: Promise<Publishing> | undefined;
  return () => (publishing ??= import('./publishing').then(({ createPublishing }) => createPublishing(services)));
}
