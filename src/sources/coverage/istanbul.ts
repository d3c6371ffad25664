import { JsonError, parseJson } from '../../config/jsonTree';
import { memberOf, type TreeNode } from '../../config/tree';
import { readPlaced } from '../placedError';
import { CoverageError, type CoverageReader, type Share } from './totals';

/** The file is read whole: its summary of a project of 50,000 files has 16 MiB. */
const maxLength = 16 * 1024 * 1024;

/** Istanbul's summary (reporter `json-summary`): `total.lines` and `total.branches` with `total` and `covered`. */
export function istanbulReader(): CoverageReader {
  let text = '';
  return {
    write(piece) {
      text += piece;
      if (text.length > maxLength) throw new CoverageError('a JSON report of more than 16 MiB is not read: use the reporter json-summary', 1, 1);
    },
    end() {
      const root = readPlaced(text, 'failed', () => parseJson(text));
      return readPlaced(text, 'unknown', () => summary(root));
    },
  };
}

function summary(root: TreeNode): { lines: Share; branches: Share | null } {
  const total = memberOf(root, 'total');
  if (!total) {
    const isDetailed = root.type === 'object' && root.properties.some(({ value }) => memberOf(value, 'statementMap'));
    throw new JsonError(isDetailed ? "this is Istanbul's detailed report: use the reporter json-summary" : 'not a coverage report: Istanbul\'s summary has a key "total"', root.range.start);
  }
  const lines = memberOf(total, 'lines');
  if (!lines) throw new JsonError('total.lines is missing', total.range.start);
  const branches = memberOf(total, 'branches');
  const counted = branches && share(branches, 'total.branches');
  return { lines: share(lines, 'total.lines'), branches: counted && counted.total > 0 ? counted : null };
}

function share(node: TreeNode, name: string): Share {
  const count = (key: string): number => {
    const value = memberOf(node, key);
    if (value?.type !== 'number' || !Number.isInteger(value.value) || value.value < 0) throw new JsonError(`${name}.${key} must be a whole number, 0 or more`, value?.range.start ?? node.range.start);
    return value.value;
  };
  const total = count('total');
  const covered = count('covered');
  if (covered > total) throw new JsonError(`${name}.covered is more than ${name}.total`, node.range.start);
  return { covered, total };
}
