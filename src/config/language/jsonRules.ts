import type { Problem } from '../../core/problem';
import { propertyOf } from '../tree';
import { complaintAbout, isUnsafeSvg, unsafeLogo } from '../textChecks';
import type { ConfigDocument } from './document';

/** What the keys of an endpoint file say about each other; as strict as shields is. */
export function judgeEndpoint({ root }: ConfigDocument): readonly Problem[] {
  if (root?.type !== 'object') return [];
  const problems: Problem[] = [];
  const [namedLogo, logoSvg, logoColor] = ['namedLogo', 'logoSvg', 'logoColor'].map((key) => propertyOf(root, key));
  if (namedLogo && logoSvg) problems.push({ code: 'two-logos', severity: 'error', message: '“namedLogo” and “logoSvg” exclude each other: remove one of the two.', range: logoSvg.keyRange });
  if (logoColor && !namedLogo) problems.push({ code: 'unused-key', severity: 'error', message: '“logoColor” goes together with “namedLogo” only: remove it.', range: logoColor.keyRange });
  const unknownLogo = namedLogo?.value.type === 'string' ? complaintAbout('logo', namedLogo.value.value) : null;
  if (namedLogo && unknownLogo) problems.push({ ...unknownLogo, message: unknownLogo.message(), range: namedLogo.value.range });
  if (logoSvg?.value.type === 'string' && isUnsafeSvg(logoSvg.value.value)) problems.push({ code: 'unsafe-logo', severity: 'error', message: unsafeLogo, range: logoSvg.value.range });
  return problems;
}
