import type * as vscode from 'vscode';
import type { Badge } from '../../core/badge';
import type { OwnValues } from '../../core/imageSources';
import type { ProjectRef } from '../../core/snapshot';
import type { Obstacle } from '../findAccess';
import type { ProjectTraits } from './projectTraits';

/** What the views know of the badges of a folder. */
export interface KnownBadges {
  /** Null where it is not known, or is none. */
  readonly project: ProjectRef | null;
  /** The folder of the badges, relative to the workspace folder; null where the configuration was not read. */
  readonly path: string | null;
  /** Null where none of the views has read them. */
  readonly badges: readonly Badge[] | null;
  /** What GitLab's own badges show. */
  readonly ownValues: OwnValues;
  /** What is in the way to the badges that come from GitLab. */
  readonly obstacle: { readonly kind: Obstacle; readonly detail?: string | undefined } | null;
}

/** What documents need to know of the rest of the extension. */
export interface ReadmePorts {
  /** Asks nobody. */
  known(folder: vscode.WorkspaceFolder): Promise<KnownBadges>;
  /** Reads what is not known yet, for a command. Rejects only when aborted. */
  read(folder: vscode.WorkspaceFolder, signal: AbortSignal): Promise<KnownBadges & { readonly traits: ProjectTraits | null }>;
}
