import { assertNever } from '../core/assertNever';
import { nearestColorName, parseColor } from '../core/color';
import { factStems, isFactStem } from '../core/facts';
import { builtInLogos, logoSlug } from '../core/logoNames';
import type { Severity } from '../core/problem';
import { stemOf } from '../core/stem';
import { nearest } from '../core/nearest';
import { isBesideConfig } from './configRepo';
import { normalizeInstance } from './instance';
import { anchored, whyNoPattern } from './pattern';
import { parseUrl } from './parseUrl';
import { holdsCredential, redacted } from './secrets';
import type { TextCheck } from './shape';
import { anyOf, didYouMean, quoted } from './words';

interface Complaint {
  readonly code: string;
  /** An error means that the text cannot be used. */
  readonly severity: Severity;
  /** Made when asked for: looking for what was meant is most of the work. */
  message(): string;
}

/** What is wrong with a text, or null. */
export function complaintAbout(check: TextCheck, text: string): Complaint | null {
  switch (check) {
    case 'color':
      return checkColor(text);
    case 'label':
      return checkLabel(text);
    case 'path':
      return checkPath(text);
    case 'link':
      return checkLink(text);
    case 'logo':
      return checkLogo(text);
    case 'fact':
      return checkFact(text);
    case 'oneLabel':
      return checkOneLabel(text);
    case 'id':
      return checkId(text);
    case 'instance':
      return checkInstance(text);
    case 'tokenFile':
      return checkTokenFile(text);
    case 'domain':
      return checkDomain(text);
    case 'fileLink':
      return isBesideConfig(text) ? null : checkLink(text);
    case 'pattern':
      return checkPattern(text);
    default:
      return assertNever(check);
  }
}

/** A picture that stands in the text itself, in a form that every SVG viewer shows. */
function isDataImage(text: string): boolean {
  return /^data:image\/[a-z0-9.+-]+;base64,[A-Za-z0-9+/]+={0,2}$/.test(text);
}

/** Such as `gitlab` or `Node.js`, and neither a URL nor a path. */
function isLogoName(text: string): boolean {
  return /^[^/\\:;]{1,60}$/.test(text) && logoSlug(text) !== '';
}

function checkColor(text: string): Complaint | null {
  if (parseColor(text) !== null) return null;
  return {
    code: 'unknown-color',
    severity: 'error',
    message: () =>
      `${quoted(text)} is not a colour: use a name such as brightgreen, green, yellow, red or blue, a hex colour such as #4c1, or a CSS colour.${didYouMean(nearestColorName(text))}`,
  };
}

function checkLabel(text: string): Complaint | null {
  const result = stemOf(text);
  if ('stem' in result) return null;
  return { code: 'bad-label', severity: 'error', message: () => `The label ${quoted(text)} cannot name the file of the badge: ${result.problem}.` };
}

function checkId(text: string): Complaint | null {
  const result = stemOf(text);
  if ('stem' in result) return null;
  return { code: 'bad-id', severity: 'error', message: () => `The id ${quoted(text)} cannot name the file of the badge: ${result.problem}.` };
}

function checkInstance(text: string): Complaint | null {
  const complaint = checkLink(text);
  if (complaint !== null || normalizeInstance(text) !== null) return complaint;
  return { code: 'bad-url', severity: 'error', message: () => 'The address of a GitLab has neither a query nor a fragment: write it such as https://gitlab.example.com.' };
}

function checkTokenFile(text: string): Complaint | null {
  if (/\p{Cc}/u.test(text)) return { code: 'bad-path', severity: 'error', message: () => `The path ${quoted(text)} holds a control character.` };
  if (redacted(text) === text) return null;
  return {
    code: 'secret-in-config',
    severity: 'error',
    message: () => 'This is a token, and here stands the path of the file that holds it. Move it to such a file, and revoke the token if this file was shared.',
  };
}

function checkDomain(text: string): Complaint | null {
  if (/^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?)+$/u.test(text)) return null;
  return { code: 'bad-domain', severity: 'error', message: () => `${quoted(text)} is not a domain: write it without @ and https://, such as example.org.` };
}

function checkPattern(text: string): Complaint | null {
  const wrong = whyNoPattern(text);
  if (wrong) return { code: 'bad-pattern', severity: 'error', message: () => `The regular expression cannot be used: ${wrong.problem} (character ${wrong.at + 1}).` };
  const whole = anchored(text);
  if (whole === null) return null;
  return {
    code: 'pattern-not-anchored',
    severity: 'info',
    message: () => `Here the pattern is compared with the whole URL. Other programs may look for it anywhere in a URL, and then grant more than was meant: write ${quoted(whole)}.`,
  };
}

function checkPath(text: string): Complaint | null {
  if (/\p{Cc}/u.test(text)) return { code: 'bad-path', severity: 'error', message: () => `The path ${quoted(text)} holds a control character.` };
  if (!leadsOutside(text)) return null;
  return { code: 'outside-workspace', severity: 'error', message: () => `${quoted(text)} leads out of the workspace folder: write a path relative to that folder.` };
}

function leadsOutside(path: string): boolean {
  if (/^(?:[\\/]|[a-z]:)/i.test(path)) return true;
  let depth = 0;
  for (const segment of path.split(/[\\/]+/)) {
    if (segment === '..') depth--;
    else if (segment !== '.' && segment !== '') depth++;
    if (depth < 0) return true;
  }
  return false;
}

function checkLink(text: string): Complaint | null {
  const url = parseUrl(text);
  if (!url) {
    return { code: 'bad-url', severity: 'error', message: () => 'This is not a complete URL: write it with https:// or http:// and a host.' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { code: 'bad-url', severity: 'error', message: () => `A URL must start with https:// or http://, not with ${quoted(url.protocol)}.` };
  }
  // The text itself is not quoted: this message goes into logs.
  if (!holdsCredential(url)) return null;
  return {
    code: 'secret-in-url',
    severity: 'error',
    message: () => 'This URL holds a user name, password or token. A configuration file is no place for one: remove it, and revoke the token if the file was shared.',
  };
}

/** What `sanitizeSvg` of the sources leaves out, as far as it can be seen without reading the SVG. */
export function isUnsafeSvg(svg: string): boolean {
  return /<(?:script|foreignObject|iframe|animate|set)\b|\son\w+\s*=|(?:href|src)\s*=\s*["']?\s*(?:https?:|\/\/|javascript:)|url\(\s*["']?\s*(?:https?:|\/\/)|@import/i.test(svg);
}

export const unsafeLogo = 'The logo holds a script, or loads something from elsewhere: nothing in a badge may do that. Remove it from the SVG.';

function checkLogo(text: string): Complaint | null {
  if (isDataImage(text)) {
    const [, svg] = /^data:image\/svg\+xml;base64,(.*)$/.exec(text) ?? [];
    return svg !== undefined && isUnsafeSvg(textOfBase64(svg)) ? { code: 'unsafe-logo', severity: 'error', message: () => unsafeLogo } : null;
  }
  if (isLogoName(text)) {
    if (builtInLogos.includes(logoSlug(text))) return null;
    return {
      code: 'unknown-logo',
      severity: 'warning',
      message: () => `The logo ${quoted(text)} is not built in.${didYouMean(nearest(logoSlug(text), builtInLogos))} Only the command line may know it, where the package simple-icons is installed beside it. Elsewhere the badge is drawn without it if Simple Icons has such a logo, and unknown if not.`,
    };
  }
  return {
    code: 'unsupported-logo',
    severity: 'error',
    message: () => `The logo ${quoted(text)} cannot be used: a picture is written as a data:image/…;base64,… URI, a logo of Simple Icons by its name.`,
  };
}

/** Empty where it is none. */
function textOfBase64(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}

function checkFact(text: string): Complaint | null {
  if (isFactStem(text) || text === 'all') return null;
  return {
    code: 'unknown-fact',
    severity: 'error',
    message: () => `${quoted(text)} is not a fact badge.${didYouMean(nearest(text, factStems))} There are ${anyOf(factStems)}.`,
  };
}

/** GitLab separates labels by commas. */
function checkOneLabel(text: string): Complaint | null {
  if (!text.includes(',')) return null;
  return { code: 'several-labels', severity: 'error', message: () => `${quoted(text)} holds a comma, which separates labels: write each one as an item of the list.` };
}
