import type { Log } from '../app/ports';
import type { Engine } from './engine';

export type LoadEngine = () => Promise<Engine>;

/** The engine is a bundle of its own, read on first use, so that activation stays cheap. */
export function engineLoader(log: Log): LoadEngine {
  let engine: Promise<Engine> | undefined;
  return () => (engine ??= import('./engine').then(({ createEngine }) => createEngine(log)));
}
