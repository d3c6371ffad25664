/**
 * What badge-maker's own `makeBadge` calls once it has checked its input, which it exports no more: our checks are stricter, and only
 * here a logo can be wider than it is high. The bundler is told where it is (see esbuild.mjs), and the version is pinned.
 */
declare module 'badge-maker/lib/make-badge.js' {
  export default function makeBadge(badge: {
    readonly label: string;
    readonly message: string;
    readonly color: string;
    readonly labelColor?: string;
    readonly style: string;
    /** A `data:` URI. */
    readonly logo?: string;
    /** In pixels; 14 without it. */
    readonly logoWidth?: number;
    readonly links?: readonly string[];
    readonly idSuffix: string;
  }): string;
}
