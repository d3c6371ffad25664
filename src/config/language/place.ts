import type { Range } from '../../core/problem';
import type { Path } from './document';

/** `block`: YAML on lines. `flow`: YAML in brackets. `table`: a line of TOML. `inline`: TOML in brackets. */
export type Style = 'block' | 'flow' | 'table' | 'inline';

interface PlaceBase {
  readonly style: Style;
  /** What a completion replaces: up to the cursor, and all of what stands there. */
  readonly typed: Range;
  readonly replace: Range;
  /** Columns before the key that the place belongs to, or, in a list, before its dash. */
  readonly column: number;
}

/** A key is written here. */
export interface KeyPlace extends PlaceBase {
  readonly kind: 'key';
  /** Of the table that gets the key. */
  readonly parent: Path;
  /** Keys that the table has already. */
  readonly given: ReadonlySet<string>;
  /** No `:` or `=` follows yet. */
  readonly isNew: boolean;
  /** What stands on the lines below for it already. */
  readonly block?: 'list' | 'table';
  /** Of TOML: a header here would take the keys below away from their table. */
  readonly isAboveKeys?: true;
}

/** A value is written here. */
export interface ValuePlace extends PlaceBase {
  readonly kind: 'value';
  readonly path: Path;
  readonly quote: '"' | "'" | null;
  /** The text before the cursor, as a value. */
  readonly before: string;
  /** It stands on the line of its key or dash. */
  readonly isInLine: boolean;
  /** A blank is missing behind the colon. */
  readonly needsBlank: boolean;
  /** Another item of the list follows. */
  readonly needsComma?: boolean;
}

/** The name of a table is written here, between `[` and `]`. */
export interface HeaderPlace extends PlaceBase {
  readonly kind: 'header';
  /** `[[…]]` */
  readonly isArray: boolean;
}

export type CursorPlace = KeyPlace | ValuePlace | HeaderPlace;
