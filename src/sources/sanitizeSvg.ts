import { createXmlParser, xmlErrorAt } from './xml';

/** An SVG that is safe to serve as a document of its own, and what it says of itself. */
interface SafeSvg {
  readonly svg: string;
  /** Text of its first `<title>`, white space collapsed; empty where there is none. */
  readonly title: string;
  /** `aria-label` of its root; empty where there is none. */
  readonly ariaLabel: string;
  /** The last plain colour that fills a shape, which in a badge is the colour of its message. */
  readonly color: string | null;
  /** What was left out and could have run or loaded something, each once: `<script>`, `onload`, `href="https://…"`. */
  readonly removed: readonly string[];
}

/**
 * Writes an SVG anew from an allow-list of elements and attributes. What is left out: scripts, event handlers, foreign
 * content, animation, anything that loads from elsewhere (images, styles, fonts), links other than http(s), document
 * types and processing instructions. Throws XmlError where the text is no SVG.
 */
export function sanitizeSvg(text: string): SafeSvg {
  const parser = createXmlParser();
  const out: string[] = [];
  /** Depth inside an element that is left out with all it holds; 0 outside. */
  let dropped = 0;
  let depth = 0;
  let style: string | null = null;
  let titleParts: string[] | null = null;
  let title: string | null = null;
  let ariaLabel = '';
  let color: string | null = null;
  const removed = new Set<string>();

  parser.on('opentag', (tag) => {
    depth += 1;
    const isSvgElement = tag.uri === svgNamespace || tag.uri === '';
    if (depth === 1 && !(isSvgElement && tag.local === 'svg')) throw xmlErrorAt(parser, `not an SVG: its root element is <${tag.name.slice(0, 40)}>`);
    if (dropped > 0 || !isSvgElement || !elements.has(tag.local)) {
      if (dropped === 0 && tag.name !== 'metadata' && isSvgElement) removed.add(`<${tag.local.slice(0, 40)}>`);
      dropped += 1;
      return;
    }
    const attributes: string[] = depth === 1 ? [`xmlns="${svgNamespace}"`, `xmlns:xlink="${xlinkNamespace}"`] : [];
    for (const { uri, local, value } of Object.values(tag.attributes)) {
      const name = safeAttribute(tag.local, uri, local, value);
      if (name) attributes.push(`${name}="${escapeXml(value)}"`);
      else if (/^on|^href$/i.test(local) || cssAttributes.has(local)) removed.add(/^on/i.test(local) ? local.slice(0, 40) : `${local}="${value.trim().slice(0, 40)}"`);
    }
    out.push(`<${[tag.local, ...attributes].join(' ')}>`);

    const fill = tag.attributes['fill']?.value;
    if (fill && shapes.has(tag.local) && /^(#[0-9a-f]{3,8}|[a-z]+|(rgb|hsl)a?\([^()]*\))$/i.test(fill) && fill !== 'none') color = fill;
    if (depth === 1) ariaLabel = collapse(tag.attributes['aria-label']?.value ?? '');
    if (tag.local === 'style') style = '';
    if (tag.local === 'title' && title === null) titleParts = [];
  });

  const onText = (part: string) => {
    if (dropped > 0 || depth === 0) return;
    if (style !== null) style += part;
    else out.push(escapeXml(part));
    titleParts?.push(part);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);

  parser.on('closetag', (tag) => {
    depth -= 1;
    if (dropped > 0) {
      dropped -= 1;
      return;
    }
    if (tag.local === 'style' && style !== null) {
      if (isSafeCss(style)) out.push(escapeXml(style));
      else removed.add('its <style>');
      style = null;
    }
    if (tag.local === 'title' && titleParts) {
      title = collapse(titleParts.join(''));
      titleParts = null;
    }
    out.push(`</${tag.local}>`);
  });

  parser.write(text).close();
  return { svg: out.join(''), title: title ?? '', ariaLabel, color, removed: [...removed] };
}

const svgNamespace = 'http://www.w3.org/2000/svg';
const xlinkNamespace = 'http://www.w3.org/1999/xlink';
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

const words = (text: string) => new Set(text.trim().split(/\s+/));

const elements = words(`
  svg g defs symbol use a title desc style switch path rect circle ellipse line polyline polygon image
  text tspan textPath linearGradient radialGradient stop clipPath mask pattern marker filter
  feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
  feGaussianBlur feMerge feMergeNode feMorphology feOffset feTile feTurbulence`);

const shapes = words('rect path circle polygon');

const plainAttributes = words(`
  id class role lang tabindex version viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points
  transform pathLength offset dx dy rotate textLength lengthAdjust startOffset method spacing
  gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
  clipPathUnits maskUnits maskContentUnits filterUnits primitiveUnits markerUnits markerWidth markerHeight refX refY orient
  in in2 result mode type values operator k1 k2 k3 k4 stdDeviation edgeMode radius baseFrequency numOctaves seed stitchTiles
  tableValues slope intercept amplitude exponent`);

/** Presentation attributes: their values are CSS. */
const cssAttributes = words(`
  style fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
  stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip clip-path clip-rule mask mask-type filter
  flood-color flood-opacity lighting-color stop-color stop-opacity marker-start marker-mid marker-end paint-order
  color-interpolation color-interpolation-filters shape-rendering text-rendering image-rendering vector-effect
  font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight letter-spacing word-spacing
  text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift direction unicode-bidi writing-mode white-space
  transform-origin mix-blend-mode isolation`);

/** The name to write the attribute under; null leaves it out. */
function safeAttribute(element: string, uri: string, local: string, value: string): string | null {
  if (uri === xlinkNamespace) return local === 'href' && isSafeHref(element, value) ? 'xlink:href' : null;
  if (uri === xmlNamespace) return local === 'space' || local === 'lang' ? `xml:${local}` : null;
  if (uri !== '') return null;
  if (local === 'href') return isSafeHref(element, value) ? 'href' : null;
  if (cssAttributes.has(local)) return isSafeCss(value) ? local : null;
  return plainAttributes.has(local) || /^aria-[a-z]+$/.test(local) ? local : null;
}

function isSafeHref(element: string, value: string): boolean {
  if (element === 'a') return /^https?:\/\//i.test(value.trim());
  if (element === 'image') return /^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i.test(value.trim());
  return value.startsWith('#');
}

/** CSS that loads nothing: the only `url()` leads to a part of the same document, and nothing is hidden behind an escape. */
function isSafeCss(css: string): boolean {
  if (/[\\@<]|\/\*|javascript:|expression\s*\(|image(-set)?\s*\(|src\s*\(/i.test(css)) return false;
  return !/url\s*\(/i.test(css.replace(/url\(\s*(["']?)#[\w.:-]+\1\s*\)/gi, ''));
}

const collapse = (text: string) => text.replace(/\s+/g, ' ').trim();

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
