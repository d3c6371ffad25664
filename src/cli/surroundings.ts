import type { Draw } from '../app/ports';
import type { Fetch } from '../gitlab/transport';
import type { FindIcon } from '../sources/logos';
import type { Environment } from './environment';
import type { Writer } from './output';

/** What a run needs of the world around it. */
export interface Surroundings {
  readonly env: Environment;
  /** Absolute path of the folder it works in. */
  readonly cwd: string;
  readonly stdout: Writer;
  readonly stderr: Writer;
  /** In place of Node's own, or of one that knows the proxies of the environment. */
  readonly fetch?: Fetch;
  /** In place of the logos that are built in. */
  readonly findIcon?: FindIcon;
  readonly loadDraw: () => Promise<Draw>;
  /** Asks a yes-or-no question; absent where nobody can answer. */
  readonly confirm?: (question: string, signal: AbortSignal) => Promise<boolean>;
  readonly now: () => Date;
  readonly version: string;
}
