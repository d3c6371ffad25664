import type { BadgeLook, BrokenBadge, ColorThresholds } from '../look';
import { type Expression, namesIn, type Template } from './template';

/** A badge whose text is put together from facts and from values of other places. */
export interface TemplateBadge extends BadgeLook {
  /** Names the file, as that of a static badge. */
  readonly label: string;
  readonly message: Template;
  readonly color: string | ColorThresholds;
  readonly link?: string;
  /** What colours by value go by; without it the first number of the message. */
  readonly value?: Expression;
  /** By the name that the expressions know them by. They go before facts of the same name. */
  readonly values: ReadonlyMap<string, ValueSource>;
}

/** Where a value comes from that is no fact. A file is relative to the workspace folder; without a key its first line counts. */
export type ValueSource = { readonly file: string; readonly key?: readonly (string | number)[] } | { readonly command: readonly string[] };

/** The facts it needs. */
export function namesInBadge(badge: TemplateBadge | BrokenBadge): readonly string[] {
  if ('mistake' in badge) return [];
  const names = [...namesIn(badge.message), ...(badge.value ? namesIn(badge.value) : [])].map(({ name }) => name);
  return names.filter((name) => !badge.values.has(name));
}
