import { createXmlParser, type XmlParser, xmlErrorAt } from '../xml';
import { add, countOf, hitsOf, nothing, type CoverageReader, type CoverageTotals, type Share } from './totals';

/** Cobertura's `<coverage>` or JaCoCo's `<report>`, told apart by the root element. */
export function xmlReader(): CoverageReader {
  const parser = createXmlParser({ isReport: true });
  const path: string[] = [];
  let format: Format | null = null;

  parser.on('opentag', (tag) => {
    const attributes: Attributes = {};
    for (const attribute of Object.values(tag.attributes)) attributes[attribute.local] = attribute.value;
    format ??= formatOf(parser, tag.local);
    format.open(tag.local, attributes, path);
    path.push(tag.local);
  });
  parser.on('closetag', () => void path.pop());

  return {
    write: (text) => void parser.write(text),
    end() {
      parser.close();
      // Without a root element the parser has thrown already.
      return format?.totals() ?? { lines: nothing, branches: null };
    },
  };
}

type Attributes = { [name: string]: string | undefined };

interface Format {
  /** `path`: the elements around this one, outermost first. */
  open(element: string, attributes: Attributes, path: readonly string[]): void;
  totals(): CoverageTotals;
}

function formatOf(parser: XmlParser, root: string): Format {
  if (root === 'coverage') return cobertura(parser);
  if (root === 'report') return jacoco(parser);
  throw xmlErrorAt(parser, `not a coverage report: its root element is <${root.slice(0, 40)}>. Cobertura has <coverage>, JaCoCo <report>`, 'unknown');
}

/**
 * Counts that the root states (`lines-valid`, `lines-covered`, `branches-valid`, `branches-covered`) count; else the lines of the
 * classes do, each once although Cobertura lists them below their method as well.
 */
function cobertura(parser: XmlParser): Format {
  let statedLines: Share | null = null;
  let statedBranches: Share | null = null;
  let lines = nothing;
  let branches = nothing;
  return {
    open(element, attributes, path) {
      if (path.length === 0) {
        statedLines = stated(parser, attributes, 'lines-covered', 'lines-valid');
        statedBranches = stated(parser, attributes, 'branches-covered', 'branches-valid');
      } else if (path.length === 1 && element === 'project') {
        throw xmlErrorAt(parser, 'this is a Clover report, which is not read: have the tool write Cobertura, JaCoCo, LCOV or Istanbul json-summary', 'unknown');
      } else if (element === 'line' && path.at(-2) === 'class') {
        const hits = hitsOf(attributes['hits']);
        if (hits === null) throw xmlErrorAt(parser, `hits="${(attributes['hits'] ?? '').slice(0, 40)}" is no count`, 'unknown');
        lines = add(lines, { covered: hits > 0 ? 1 : 0, total: 1 });
        const [, taken, all] = /\((\d+)\/(\d+)\)/.exec(attributes['condition-coverage'] ?? '') ?? [];
        if (all !== undefined) branches = add(branches, { covered: Number(taken), total: Number(all) });
      }
    },
    totals() {
      const counted = statedBranches ?? branches;
      return { lines: statedLines ?? lines, branches: counted.total > 0 ? counted : null };
    },
  };
}

/** Null where the root does not say it. */
function stated(parser: XmlParser, attributes: Attributes, coveredName: string, totalName: string): Share | null {
  const counts = [coveredName, totalName].map((name) => {
    const count = countOf(attributes[name]);
    if (count === null) throw xmlErrorAt(parser, `${name}="${(attributes[name] ?? '').slice(0, 40)}" is no count`, 'unknown');
    return count;
  });
  const [covered, total] = counts;
  if (covered === undefined || total === undefined) return null;
  if (covered > total) throw xmlErrorAt(parser, `${coveredName}="${covered}" is more than ${totalName}="${total}"`, 'unknown');
  return { covered, total };
}

/** Each element sums up what is in it, so the outermost counters are those of the whole; a report of groups may have none itself. */
function jacoco(parser: XmlParser): Format {
  const outermost = new Map<string, { readonly depth: number; readonly share: Share }>();
  return {
    open(element, attributes, path) {
      const type = attributes['type'];
      if (element !== 'counter' || (type !== 'LINE' && type !== 'BRANCH')) return;
      const known = outermost.get(type);
      if (known && known.depth < path.length) return;
      const missed = countOf(attributes['missed']);
      const covered = countOf(attributes['covered']);
      if (missed == null || covered == null) throw xmlErrorAt(parser, 'a counter must state missed and covered as counts', 'unknown');
      const share = { covered, total: covered + missed };
      outermost.set(type, { depth: path.length, share: known?.depth === path.length ? add(known.share, share) : share });
    },
    totals() {
      const branches = outermost.get('BRANCH')?.share ?? nothing;
      return { lines: outermost.get('LINE')?.share ?? nothing, branches: branches.total > 0 ? branches : null };
    },
  };
}
