import { SaxesParser } from 'saxes';
import { PlacedError } from './placedError';

/** A text is not the XML it should be. */
export class XmlError extends PlacedError {
  override readonly name = 'XmlError';
}

export type XmlParser = SaxesParser<{ xmlns: true }>;

/** Reports nest their suites by folder, pictures their groups: far less. */
const maxDepth = 1000;

/**
 * A strict, streaming parser that throws XmlError at the first fault. It knows the five entities of XML itself and no
 * others, and refuses a document type that declares some, so that no entity can grow, and elements
 * deep inside others, since the namespace of a name is looked for in all that stand around it. Reports may hold control characters,
 * which XML forbids: their tools put in what a program has printed, such as the colours of a terminal.
 */
export function createXmlParser({ isReport = false } = {}): XmlParser {
  const parser: XmlParser = new SaxesParser({ xmlns: true, position: true });
  // The table that comes with the parser inherits from Object.prototype, where `&constructor;` would be found.
  parser.ENTITIES = Object.assign(Object.create(null) as Record<string, string>, { amp: '&', gt: '>', lt: '<', quot: '"', apos: "'" });
  parser.on('error', (error) => {
    const problem = error.message.replace(/^\d+:\d+: /, '');
    if (isReport && (problem === 'disallowed character.' || problem === 'malformed character entity.')) return;
    throw xmlErrorAt(parser, problem);
  });
  parser.on('opentagstart', () => {
    const around = parser['tags'] as readonly unknown[];
    if (around.length >= maxDepth) throw xmlErrorAt(parser, `elements stand more than ${maxDepth} deep in each other, which is not read`);
  });
  parser.on('doctype', (doctype) => {
    if (doctype.includes('<!ENTITY')) throw xmlErrorAt(parser, 'it declares entities, which are not read. Remove its document type');
  });
  return parser;
}

/** An error where the parser stands: at the character it read last. */
export function xmlErrorAt(parser: XmlParser, problem: string, status?: XmlError['status']): XmlError {
  return new XmlError(problem, parser.line, Math.max(1, parser.column), status);
}
