import type { ProjectRef } from '../core/snapshot';
import type { Token } from '../gitlab/token';

/** A project and the token to ask with. */
export interface ProjectAccess {
  readonly ref: ProjectRef;
  readonly token: Token;
}
