import type { PlaceholderName, PlaceholderValues } from '../../core/placeholder';
import type { CiFile } from '../ciFile';

/**
 * What lies outside the text and is known right now. Everything is optional: what is not known is not checked and not proposed.
 * Nothing here is waited for, so that a text is understood within a keystroke.
 */
export interface Values {
  /** Files that a path or glob of the text finds, relative to the workspace folder; absent where nobody has looked yet. */
  readonly filesOf?: ReadonlyMap<string, readonly string[]>;
  /** Files of the workspace folder to propose as reports. */
  readonly reports?: readonly string[];
  /** Files of the workspace folder that hold values for templates, such as `package.json`. */
  readonly valueFiles?: readonly string[];
  /** Names, without ending, of the JSON and SVG files in the output folder. */
  readonly stems?: readonly string[];
  readonly ci?: CiFile;
  /** Of the git repository, the default branch first. */
  readonly branches?: readonly string[];
  /** Of badges that GitLab shows for the project and its groups. */
  readonly badgeNames?: readonly string[];
  /** The project, as `acme/shop`, on the instance `https://gitlab.example.com`. */
  readonly project?: { readonly instance: string; readonly path: string };
  readonly placeholders?: PlaceholderValues;
  /** Placeholders that this version of GitLab leaves as text. */
  readonly unsupportedPlaceholders?: readonly PlaceholderName[];
}
