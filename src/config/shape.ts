/*
 * What may stand at a place of a configuration file, as data: validation, the JSON Schema, the tables of the README, completion
 * and hover are made from it.
 */

/** What a file may hold at its root. */
export type TableShape = RecordShape | MapShape;

export type Shape = TextShape | NumberShape | BooleanShape | ListShape | RowShape | RecordShape | MapShape | EitherShape;

interface ShapeBase {
  /** What is wanted, as the end of a sentence: `a colour`, `a list of URLs`. */
  readonly expected: string;
}

export interface TextShape extends ShapeBase {
  readonly type: 'text';
  /** The only values there are. */
  readonly allowed?: readonly string[];
  /** Other names of some of the values, which are taken as well. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Markdown, for people: what each value means. */
  readonly valueDocs?: Readonly<Record<string, string>>;
  /** A rule beyond the type; see textChecks.ts. */
  readonly check?: TextCheck;
  /** Values that are usual, among others. */
  readonly suggested?: readonly string[];
  /** Where further values to propose come from. */
  readonly source?: Source;
  /** May be empty; without it a text needs at least one character that is not white space. */
  readonly mayBeEmpty?: true;
  /** A number or boolean without quotes is taken as the text it is written as: the version `1.0`, the year `2024`. */
  readonly asWritten?: true;
}

/**
 * `color`: what `parseColor` accepts. `label`: names a file, by `stemOf`. `path`: a path or glob inside the workspace folder.
 * `link`: an http or https URL without credentials. `logo`: a `data:image/…;base64,…` URI, or the name of a logo. `fact`: the stem of a fact badge, or `all` for the default ones. `oneLabel`: a label of GitLab, which holds no comma.
 * `id`: of a leveled badge, names a file as a label does. `instance`: the address of a GitLab. `tokenFile`: a path, and no token.
 * `domain`: a host name without anything around it. `fileLink`: as `link`, or the URL of a file beside a remote configuration.
 * `pattern`: a regular expression for RE2.
 */
export type TextCheck = 'color' | 'label' | 'path' | 'link' | 'logo' | 'fact' | 'oneLabel' | 'id' | 'instance' | 'tokenFile' | 'domain' | 'fileLink' | 'pattern';

/**
 * What the workspace and GitLab know of. `badgeName`: names of badges on GitLab. `badgeUrl`: URLs with placeholders, jobs and branches.
 * `stem`: names of badge files. `group`: the groups of the project. `report`: files of the workspace. `template` and `expression`: facts
 * and filters. `valueFile`: files that hold values. `job` and `branch`: of the project.
 */
type Source = 'badgeName' | 'badgeUrl' | 'stem' | 'group' | 'report' | 'template' | 'expression' | 'valueFile' | 'job' | 'branch';

/** A finite number. */
export interface NumberShape extends ShapeBase {
  readonly type: 'number';
  /** Such as `months`; absent where it depends on another field. */
  readonly unit?: string;
  readonly whole?: true;
  readonly suggested?: readonly number[];
  /** Bounds: `min` and `max` are allowed themselves, `above` is not. */
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
}

export interface BooleanShape extends ShapeBase {
  readonly type: 'boolean';
}

export interface ListShape extends ShapeBase {
  readonly type: 'list';
  readonly items: Shape;
  /** Needs at least one item. */
  readonly notEmpty?: true;
}

/** A list with a fixed number of cells. */
export interface RowShape extends ShapeBase {
  readonly type: 'row';
  readonly cells: readonly { readonly name: string; readonly shape: Shape }[];
}

/** A table with known keys. */
export interface RecordShape extends ShapeBase {
  readonly type: 'record';
  /** What one of several is called: `badge`. */
  readonly name?: string;
  readonly fields: readonly Field[];
  /** An unknown key makes the table unusable, because without what was meant by it the rest would mean something else. */
  readonly isStrict?: true;
  /** Other keys may be anybody's notes; one is told of only where it looks like a known one. */
  readonly isOpen?: true;
}

/** A table with keys of the user's own choice. */
export interface MapShape extends ShapeBase {
  readonly type: 'map';
  /** What a key stands for: `the stem of a badge`. */
  readonly keys: string;
  readonly numericKeys?: true;
  /** A rule for keys. */
  readonly keyCheck?: TextCheck;
  /** Keys that are usual, among others. */
  readonly suggested?: readonly string[];
  readonly source?: Source;
  readonly values: Shape;
  readonly mayBeEmpty: boolean;
}

/** Shapes that are told apart by the kind of value: one takes lists, another texts. */
export interface EitherShape extends ShapeBase {
  readonly type: 'either';
  readonly options: readonly Exclude<Shape, EitherShape>[];
}

export interface Field {
  readonly key: string;
  readonly shape: Shape;
  readonly required?: true;
  /** A new table is given this key, too, though it could do without. */
  readonly usual?: true;
  /** What counts where the field is left out. */
  readonly default?: string | number | boolean;
  /** Markdown, for people: what it does, with unit. */
  readonly doc: string;
  /** The key that took the place of this one, which is still read. */
  readonly replacedBy?: string;
}

/** What is written where a shape is wanted: the type of a file is made from its table of fields, too. */
export type ValueOf<S> = S extends { readonly type: 'text' }
  ? S extends { readonly allowed: readonly (infer Allowed)[] }
    ? Allowed
    : string
  : S extends { readonly type: 'number' }
    ? number
    : S extends { readonly type: 'boolean' }
      ? boolean
      : S extends { readonly type: 'list'; readonly items: infer Items }
        ? readonly ValueOf<Items>[]
        : S extends { readonly type: 'row'; readonly cells: infer Cells }
          ? { readonly [Index in keyof Cells]: Cells[Index] extends { readonly shape: infer Cell } ? ValueOf<Cell> : never }
          : S extends { readonly type: 'record'; readonly fields: readonly (infer Fields)[] }
            ? TableOf<Fields>
            : S extends { readonly type: 'map'; readonly values: infer Values }
              ? { readonly [key: string]: ValueOf<Values> }
              : S extends { readonly type: 'either'; readonly options: readonly (infer Options)[] }
                ? ValueOf<Options>
                : never;

type TableOf<Fields> = { readonly [F in Fields as F extends { readonly required: true } ? KeyOf<F> : never]: ValueAt<F> } & {
  readonly [F in Fields as F extends { readonly required: true } ? never : KeyOf<F>]?: ValueAt<F>;
};
type KeyOf<F> = F extends { readonly key: infer Key extends string } ? Key : never;
type ValueAt<F> = F extends { readonly shape: infer S } ? ValueOf<S> : never;

/** All keys that a table knows, at any depth. */
export type KeysIn<S> = S extends { readonly type: 'record'; readonly fields: readonly (infer Fields)[] }
  ? KeyOf<Fields> | (Fields extends { readonly shape: infer Inner } ? KeysIn<Inner> : never)
  : S extends { readonly type: 'list'; readonly items: infer Items }
    ? KeysIn<Items>
    : S extends { readonly type: 'map'; readonly values: infer Values }
      ? KeysIn<Values>
      : S extends { readonly type: 'either'; readonly options: readonly (infer Options)[] }
        ? KeysIn<Options>
        : never;
