import iconNames from './iconNames.json';
import icons from './icons.json';

/** A picture of Simple Icons: one path in a square of 24 units. */
export interface Icon {
  /** The brand's colour, six digits. */
  readonly hex: string;
  readonly path: string;
}

/** A built-in icon by its slug. A bundle of its own: few badges have a logo by name. */
export function builtInIcon(slug: string): Icon | null {
  return Object.hasOwn(icons, slug) ? (icons as Readonly<Record<string, Icon>>)[slug] ?? null : null;
}

/** Whether Simple Icons has an icon of that slug, be it built in or not. */
export function isIcon(slug: string): boolean {
  return slug !== '' && !slug.includes(' ') && ` ${iconNames} `.includes(` ${slug} `);
}
