import type { Badge } from '../../core/badge';
import type { ImagePlace } from '../../core/imageSources';
import type { CiFile } from '../ciFile';

/** What lies outside of a document and is known right now. What is not known is not checked and not proposed. */
export interface ReadmeValues {
  /** Without a known project its instance and path are empty, and so is the address of its Pages. The branch is the default one; empty where it is not known. */
  readonly place: ImagePlace;
  /** As the views show them; null where none has read them yet. */
  readonly badges: readonly Badge[] | null;
  /** Whether GitLab was asked for them, too. */
  readonly isComplete: boolean;
  /** Files in the folder of the badges, relative to the root of the repository. */
  readonly files: ReadonlySet<string>;
  /** Of the git repository; empty where they are not known. */
  readonly branches: readonly string[];
  readonly ci: CiFile | null;
}
