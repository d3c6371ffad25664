import { sarifDocument, sarifText } from '../app/sarif';

/** A finding at a place in a file of the repository, or in none. */
interface SarifResult {
  readonly ruleId: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly place?: {
    /** Relative to the repository, with `/`. */
    readonly file: string;
    /** All from 1; the end column is the one after the last character. Absent: the file as a whole. */
    readonly region?: { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number };
  };
  /** Stays the same while the finding does, wherever it moves. */
  readonly fingerprint: string;
}

/** The text of a SARIF log. */
export function sarifLog(version: string, results: readonly SarifResult[]): string {
  const ruleIds = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  const rows = results.map(({ ruleId, level, message, place, fingerprint }) => ({
    ruleId,
    ruleIndex: ruleIds.indexOf(ruleId),
    level,
    message: { text: sarifText(message) },
    ...(place && { locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(place.file) }, ...(place.region && { region: place.region }) } }] }),
    partialFingerprints: { badgesmith: fingerprint },
  }));
  return `${JSON.stringify(sarifDocument({ version, rules: ruleIds.map((id) => ({ id })) }, rows), null, 2)}\n`;
}
