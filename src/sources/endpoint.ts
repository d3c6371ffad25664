import { type BadgeFace, badgeStyles, type BadgeStyle } from '../core/badge';
import { endpointFields, type EndpointFile } from '../config/endpointFields';
import { JsonError, jsonKinds, lineAndColumn, parseJson } from '../config/jsonTree';
import type { TreeNode } from '../config/tree';
import { parseColor } from '../core/color';
import { sanitizeSvg } from './sanitizeSvg';
import { svgOfUri, svgUri } from './svgUri';
import { unknownColor } from './unknownColor';
import { XmlError } from './xml';

/** A larger file is refused: an endpoint file has 100 bytes, and a few KB with a logo. */
export const maxEndpointBytes = 1024 * 1024;

interface EndpointBadge {
  readonly face: BadgeFace;
  /** Keys that older versions of shields act on and we do not, e.g. `logoWidth`. */
  readonly ignored: readonly string[];
  /** Line and column of `namedLogo`, from 1: `3:16`. */
  readonly logoAt?: string;
}

/** `failed`: it is no such file. `unknown`: what it asks for cannot be drawn. */
type EndpointReading = { readonly badge: EndpointBadge } | { readonly problem: string; readonly status: 'failed' | 'unknown' };

/**
 * Reads a file of the shields endpoint form (shields.io/badges/endpoint-badge), as strictly as shields does.
 * The problem starts with line and column, from 1: `3:5: unknown key "colour"`.
 */
export function readEndpoint(text: string): EndpointReading {
  try {
    return { badge: decode(parseJson(text), text) };
  } catch (error) {
    if (error instanceof JsonError) return { problem: `${lineAndColumn(text, error.offset)}: ${error.message}`, status: error instanceof UnsafeLogo ? 'unknown' : 'failed' };
    throw error;
  }
}

/**
 * The canonical text of a badge, the only form in which we write it: one line with blanks inside the braces, which no
 * common serializer gives, so that an earlier result of ours is told from the file of another tool.
 */
export function writeEndpoint(face: BadgeFace): string {
  const { label, message, color, labelColor, isError, style, logo, namedLogo, logoSize, cacheSeconds } = face;
  // The form has no place for a logo that is no SVG.
  const logoSvg = namedLogo || logo === undefined ? undefined : (svgOfUri(logo) ?? undefined);
  const file: { readonly [Key in keyof EndpointFile]: EndpointFile[Key] | undefined } = { schemaVersion: 1, label, message, color, labelColor, isError, style, namedLogo: namedLogo?.name, logoColor: namedLogo?.color, logoSvg, logoSize, cacheSeconds };
  const members = Object.entries(file)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{ ${members.join(', ')} }\n`;
}

function decode(root: TreeNode, text: string): EndpointBadge {
  if (root.type !== 'object') throw new JsonError(`the file holds ${jsonKinds[root.type]}, not an object with label and message`, root.range.start);
  const nodes = new Map(root.properties.map(({ key, value }) => [key, value]));
  for (const { key, keyRange } of root.properties) {
    if (!knownKeys.has(key)) throw new JsonError(`unknown key "${key.slice(0, 40)}"; known are ${[...knownKeys].join(', ')}`, keyRange.start);
  }

  const read = <Key extends keyof EndpointFile>(key: Key): Unchecked<EndpointFile[Key]> | undefined => {
    const node = nodes.get(key);
    const type = typeOf(key);
    if (!node) return undefined;
    if (node.type !== type || !('value' in node)) throw new JsonError(`${key} must be ${jsonKinds[type]}, not ${jsonKinds[node.type]}`, node.range.start);
    return node.value as Unchecked<EndpointFile[Key]>;
  };
  const required = <Key extends keyof EndpointFile>(key: Key): Unchecked<EndpointFile[Key]> => {
    const value = read(key);
    if (value === undefined) throw new JsonError(`${key} is missing`, root.range.start);
    return value;
  };
  const fail = (key: string, message: string): never => {
    throw new JsonError(message, nodes.get(key)?.range.start ?? root.range.start);
  };
  const color = (key: 'color' | 'labelColor' | 'logoColor') => {
    const value = read(key);
    if (value !== undefined && !parseColor(value)) fail(key, unknownColor(value, key));
    return value;
  };

  if (required('schemaVersion') !== 1) fail('schemaVersion', 'schemaVersion must be 1');
  const label = required('label');
  const message = required('message');
  if (message.trim() === '') fail('message', 'message must not be empty');
  const face: { -readonly [key in keyof BadgeFace]: BadgeFace[key] } = { label, message, color: color('color') ?? 'lightgrey' };
  const labelColor = color('labelColor');
  if (labelColor !== undefined) face.labelColor = labelColor;

  const style = read('style');
  if (style !== undefined) face.style = isStyle(style) ? style : fail('style', `style must be one of ${badgeStyles.join(', ')}`);

  const cacheSeconds = read('cacheSeconds');
  if (cacheSeconds !== undefined && !(Number.isInteger(cacheSeconds) && cacheSeconds >= 0)) fail('cacheSeconds', 'cacheSeconds must be a whole number, 0 or more');
  if (cacheSeconds !== undefined) face.cacheSeconds = cacheSeconds;
  if (read('isError')) face.isError = true;

  const namedLogo = read('namedLogo');
  const logoSvg = read('logoSvg');
  const logoColor = color('logoColor');
  if (namedLogo !== undefined && logoSvg !== undefined) fail('logoSvg', 'namedLogo and logoSvg exclude each other');
  if (logoColor !== undefined && namedLogo === undefined) fail('logoColor', 'logoColor goes with namedLogo only');
  const logoSize = read('logoSize');
  if (logoSize !== undefined && logoSize !== 'auto') fail('logoSize', 'logoSize must be "auto"');
  read('logoWidth');
  read('logoPosition');
  if (logoSvg !== undefined) face.logo = safeLogo(logoSvg, nodes.get('logoSvg')?.range.start ?? 0);
  if (logoSize === 'auto') face.logoSize = logoSize;
  if (namedLogo !== undefined) face.namedLogo = { name: namedLogo, ...(logoColor !== undefined && { color: logoColor }) };

  const ignored = ['logoWidth', 'logoPosition'].filter((key) => nodes.has(key));
  const logoAt = nodes.get('namedLogo')?.range.start;
  return { face, ignored, ...(logoAt !== undefined && { logoAt: lineAndColumn(text, logoAt) }) };
}

/** A value of the type that the table asks for; whether it is one of those allowed is another question. */
type Unchecked<Value> = Value extends string ? string : Value;

function typeOf(key: keyof EndpointFile): 'string' | 'number' | 'boolean' {
  const type = endpointFields.fields.find((field) => field.key === key)?.shape.type;
  return type === 'number' || type === 'boolean' ? type : 'string';
}

const knownKeys = new Set<string>(endpointFields.fields.map(({ key }) => key));

const isStyle = (text: string): text is BadgeStyle => (badgeStyles as readonly string[]).includes(text);

/** A logo that holds what would run, or load something. */
class UnsafeLogo extends JsonError {}

function safeLogo(text: string, offset: number): string {
  try {
    const { svg, removed } = sanitizeSvg(text);
    if (removed.length > 0) throw new UnsafeLogo(`logoSvg holds ${removed.join(', ')}: a logo runs no script and loads nothing from elsewhere. Remove it from the SVG`, offset);
    return svgUri(svg);
  } catch (error) {
    if (error instanceof XmlError) throw new JsonError(`logoSvg at its line ${error.line}, column ${error.column}: ${error.problem}`, offset);
    throw error;
  }
}
