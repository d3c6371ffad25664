import { complaintsAboutBadgeUrl } from '../../config/badgeUrl';
import { maxBadgeName } from '../../config/publish';
import { findPlaceholders, isPlaceholderName, resolvePlaceholders, type PlaceholderValues } from '../../core/placeholder';
import { optionComplaint, optionsOf } from '../../core/readyBadges';
import type { FormFields, FormPlaceholder, FormView, UrlField, Verdict } from '../../webview/badgeFormProtocol';
import * as messages from '../messages';
import type { Placeholders } from '../published/publishEngine';
import type { Refusals } from './formCheck';

/** What is known besides the fields themselves. */
interface FormKnowledge {
  /** Names that other badges of the target have. */
  readonly names: readonly string[];
  /** Null while they are not known, and where they cannot be. */
  readonly placeholders: Placeholders | null;
  /** What GitLab refused: it counts as long as the URL is the same. */
  readonly refusals: Refusals;
}

/** What is to be said of each field, without asking GitLab. */
export function judgeForm(fields: FormFields, knowledge: FormKnowledge): FormView['verdicts'] {
  const options = optionsOf(fields.kind, fields.options).flatMap(([name]): (readonly [typeof name, readonly Verdict[]])[] => {
    const value = fields.options[name]?.trim() ?? '';
    if (value === '' && name === 'stem') return [[name, [{ severity: 'error', text: messages.stemMissing(), isMissing: true }]]];
    if (name === 'stem' && /[/\\]/.test(value)) return [[name, [{ severity: 'error', text: messages.stemInvalid() }]]];
    if (value === '' && name === 'job' && fields.kind !== 'coverage') return [[name, [{ severity: 'error', text: messages.jobMissing(), isMissing: true }]]];
    const complaint = optionComplaint(fields.kind, name, fields.options);
    return complaint === null ? [] : [[name, [{ severity: 'warning', text: complaint }]]];
  });
  return { ...Object.fromEntries(options), name: judgeName(fields.name.trim(), knowledge.names), link_url: judgeUrl(fields, 'link_url', knowledge), image_url: judgeUrl(fields, 'image_url', knowledge) };
}

/** Whether any field is wrong but for some. */
export function hasErrors(verdicts: FormView['verdicts'], except: readonly string[] = []): boolean {
  return Object.entries(verdicts).some(([field, each]) => !except.includes(field) && each?.some(({ severity }) => severity === 'error'));
}

/** The URL with its placeholders replaced; null where there are none, or their values are not known. */
export function resolved(url: string, placeholders: Placeholders | null): string | null {
  if (!placeholders || findPlaceholders(url).length === 0) return null;
  return resolvePlaceholders(url.trim(), valuesOf(placeholders));
}

/** Each placeholder of the two URLs once, with its value or why it has none. */
export function placeholderRows({ link_url, image_url }: FormFields, placeholders: Placeholders | 'asking' | null): readonly FormPlaceholder[] {
  const names = new Set([...findPlaceholders(link_url), ...findPlaceholders(image_url)].map(({ name }) => name));
  return [...names].map((name) => {
    const row = (value: string | null, note: string): FormPlaceholder => ({ text: `%{${name}}`, value, note });
    if (!isPlaceholderName(name)) return row(null, messages.placeholderUnknown());
    if (placeholders === 'asking') return row(null, messages.placeholderAsked());
    if (!placeholders) return row(null, messages.placeholderNotKnown());
    if (placeholders.project === null) return row(null, messages.placeholderWithoutProject());
    if (placeholders.tooNew.includes(name)) return row(null, messages.placeholderTooNew());
    const value = placeholders.values[name];
    if (value === undefined) return row(null, messages.placeholderOfGitLab());
    return value === null ? row(null, messages.placeholderOfNothing()) : row(value, '');
  });
}

function judgeName(name: string, taken: readonly string[]): readonly Verdict[] {
  const { length } = [...name];
  if (length > maxBadgeName) return [{ severity: 'error', text: messages.nameTooLong(length, maxBadgeName) }];
  return taken.includes(name) ? [{ severity: 'warning', text: messages.nameTaken() }] : [];
}

function judgeUrl(fields: FormFields, field: UrlField, { placeholders, refusals }: FormKnowledge): readonly Verdict[] {
  const url = fields[field].trim();
  if (url === '') return [{ severity: 'error', text: messages.urlMissing(), isMissing: true }];
  const complaints = complaintsAboutBadgeUrl(url).map(({ severity, message }): Verdict => ({ severity, text: message }));
  const refusal = refusals[field];
  const refused: readonly Verdict[] = refusal?.url === url ? [{ severity: 'error', text: messages.refusedByGitLab(refusal.reasons) }] : [];
  const names = [...new Set(findPlaceholders(url).map(({ name }) => name).filter(isPlaceholderName))];
  const told: Verdict[] = [];
  if (placeholders) {
    const tooNew = names.filter((name) => placeholders.tooNew.includes(name));
    // In a group without a project nothing is replaced; what no value is known of is left to GitLab.
    const staying = placeholders.project === null ? names : names.filter((name) => placeholders.values[name] === null);
    if (tooNew.length > 0) told.push({ severity: 'warning', text: messages.placeholdersTooNew(tooNew) });
    if (staying.length > 0) told.push({ severity: 'warning', text: messages.placeholdersStay(staying) });
  }
  return [...complaints.filter(({ severity }) => severity === 'error'), ...refused, ...complaints.filter(({ severity }) => severity !== 'error'), ...told];
}

/** Those that this GitLab does not know stay as text. */
function valuesOf({ values, tooNew, project }: Placeholders): PlaceholderValues {
  return project === null ? {} : Object.fromEntries(Object.entries(values).filter(([name]) => !(tooNew as readonly string[]).includes(name)));
}
