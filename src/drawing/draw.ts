import makeBadge from 'badge-maker/lib/make-badge.js';
import { badgeStyles, type BadgeFace, type BadgeStyle } from '../core/badge';
import { nearestColorName, parseColor } from '../core/color';
import { logoWidth } from './logoWidth';
import { setScripts } from './script';
import { printable } from './text';

export type DrawingErrorReason = 'message' | 'color' | 'label-color' | 'style' | 'logo' | 'link';

/** A face can't be drawn as it is; the reason names the part at fault, the message says what would do. */
export class DrawingError extends Error {
  override readonly name = 'DrawingError';
  constructor(
    readonly reason: DrawingErrorReason,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Draws a badge as SVG. The face's own style wins over `style`. The ids inside are made of `stem`, so badges of different stems
 * can stand in one page. The same input gives the same bytes.
 *
 * Texts are cleaned and cut (see `printable`), everything else is drawn as asked for or refused with a DrawingError: badge-maker
 * itself draws a colour it doesn't know green, and takes any text for a link or logo.
 */
export function draw(face: BadgeFace, options: { readonly stem: string; readonly style: BadgeStyle }): string {
  const label = printable(face.label);
  const message = printable(face.message);
  if (message === '') throw new DrawingError('message', 'The message is empty: a badge needs one visible character at least.');
  const color = checkColor(face.color, 'color');
  const labelColor = face.labelColor === undefined ? undefined : checkColor(face.labelColor, 'label-color');
  const style = checkStyle(face.style ?? options.style);
  if (face.logo !== undefined) checkLogo(face.logo);
  if (face.link !== undefined) checkLink(face.link);

  const idSuffix = `-${encodeId(options.stem)}`;
  const svg = makeBadge({
    label,
    message,
    color,
    // With neither label nor logo there is nothing on it: badge-maker would draw an empty strip.
    ...(labelColor !== undefined && (label !== '' || face.logo !== undefined) && { labelColor }),
    style,
    ...(face.logo !== undefined && { logo: face.logo, ...(face.logoSize === 'auto' && { logoWidth: logoWidth(face.logo) }) }),
    ...(face.link !== undefined && { links: [face.link] }),
    idSuffix,
  });
  return setScripts(ownBlur(svg, idSuffix));
}

function checkColor(text: string, reason: 'color' | 'label-color'): string {
  const color = parseColor(text);
  if (color) return color.text;
  const nearest = nearestColorName(text);
  const advice = nearest === null ? 'use a name such as brightgreen, or hex digits such as #4b0' : `did you mean ${nearest}?`;
  throw new DrawingError(reason, `${quote(text)} is not a colour: ${advice}${nearest === null ? '.' : ''}`);
}

function checkStyle(style: BadgeStyle): BadgeStyle {
  if (badgeStyles.includes(style)) return style;
  throw new DrawingError('style', `${quote(style)} is not a style: use one of ${badgeStyles.join(', ')}.`);
}

function checkLogo(logo: string): void {
  if (/^data:image\/(?:svg\+xml|png|jpeg|gif|webp);base64,[A-Za-z\d+/]+={0,2}$/.test(logo)) return;
  throw new DrawingError('logo', 'The logo must be an SVG, PNG, JPEG, GIF or WebP image as a data:image/…;base64,… URI.');
}

function checkLink(link: string): void {
  // The parser of URLs overlooks blanks and control characters; an SVG keeps them.
  if (/^https?:\/\/[^\s\0-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+$/iu.test(link) && isUrl(link)) return;
  throw new DrawingError('link', `${quote(link)} is not a link for a badge: use an http or https address.`);
}

/** `URL.canParse` refuses letters such as ü once it was called some thousand times (Node 20 and 22). */
function isUrl(text: string): boolean {
  try {
    return new URL(text).host !== '';
  } catch {
    return false;
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

/** Different texts give different ids: letters, digits and `_` stay, everything else becomes its number between hyphens. */
function encodeId(text: string): string {
  return text.replace(/\W/gu, (character) => `-${character.codePointAt(0)?.toString(16)}-`);
}

/** badge-maker gives every id the suffix except this one. With the raw quotes it can't be part of a text. */
function ownBlur(svg: string, idSuffix: string): string {
  return svg.replaceAll('id="blur"', `id="blur${idSuffix}"`).replaceAll('"url(#blur)"', `"url(#blur${idSuffix})"`);
}
