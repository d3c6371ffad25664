import type { Problem } from '../../core/problem';
import { propertyOf } from '../tree';
import type { ConfigDocument } from './document';

/** What the keys of an endpoint file say about each other; as strict as shields is. */
export function judgeEndpoint({ root }: ConfigDocument): readonly Problem[] {
  if (root?.type !== 'object') return [];
  const problems: Problem[] = [];
  const [namedLogo, logoSvg, logoColor] = ['namedLogo', 'logoSvg', 'logoColor'].map((key) => propertyOf(root, key));
  if (namedLogo && logoSvg) problems.push({ code: 'two-logos', severity: 'error', message: '“namedLogo” and “logoSvg” exclude each other: remove one of the two.', range: logoSvg.keyRange });
  if (logoColor && !namedLogo) problems.push({ code: 'unused-key', severity: 'error', message: '“logoColor” goes together with “namedLogo” only: remove it.', range: logoColor.keyRange });
  if (logoSvg?.value.type === 'string' && unsafe.test(logoSvg.value.value)) {
    const message = 'The logo is drawn without its scripts and without what it loads from elsewhere: nothing in a badge may run or load anything.';
    problems.push({ code: 'unsafe-logo', severity: 'warning', message, range: logoSvg.value.range });
  }
  return problems;
}

/** What `sanitizeSvg` of the sources leaves out, as far as it can be seen without reading the SVG. */
const unsafe = /<(?:script|foreignObject|iframe|animate|set)\b|\son\w+\s*=|(?:href|src)\s*=\s*["']?\s*(?:https?:|\/\/|javascript:)|url\(\s*["']?\s*(?:https?:|\/\/)|@import/i;
