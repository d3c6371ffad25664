/**
 * The file name, without its ending, of a badge with this label: lower case, each run of white space as one `_`, in
 * Unicode's composed form (NFC), so that one label makes one file on every system. Or why the label cannot name a file.
 */
export function stemOf(label: string): { readonly stem: string } | { readonly problem: string } {
  if (label.trim() === '') return { problem: 'it is empty, so there is nothing to name the file after' };
  // Composed last: lower case can take a letter apart (İ becomes i and a dot).
  const stem = label.replace(/\s+/gu, '_').toLowerCase().normalize('NFC');
  const problem = whyNoFileName(stem) ?? (utf8Length(stem) > maxNewBytes ? `it is longer than ${maxNewBytes} bytes in UTF-8` : null);
  return problem === null ? { stem } : { problem };
}

/** Whether the name of an existing file, without its ending, is safe to write a badge under on every system. Case and white space count as they are. */
export function isStem(text: string): boolean {
  return whyNoFileName(text) === null && utf8Length(text) <= maxExistingBytes;
}

/** Short enough to be read in a list and for folders synchronised to systems that allow less than 255 bytes. */
const maxNewBytes = 100;
/** File systems allow 255 bytes for a name; `.json` takes five of them. */
const maxExistingBytes = 250;

/** Windows keeps these for devices, whatever ending follows; the superscript digits count as digits there. */
const windowsDevice = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/iu;

/** Control characters, halves of a surrogate pair, line separators, and the marks that make a name read backwards. */
const unseen = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

function whyNoFileName(text: string): string | null {
  if (text === '') return 'it is empty';
  if (/[/\\]/.test(text)) return 'it holds a slash or a backslash, and a file name must not lead into another folder';
  if (text.startsWith('.')) return 'it starts with a dot, which makes a hidden file or another folder';
  if (unseen.test(text)) return 'it holds a control character';
  const forbidden = /[<>:"|?*]/.exec(text)?.[0];
  if (forbidden !== undefined) return `it holds ${forbidden}, which Windows does not allow in a file name`;
  if (/[.\s]$/u.test(text)) return 'it ends in a dot or a blank, which Windows drops from a file name';
  if (windowsDevice.test(text)) return 'Windows keeps this name for a device';
  return null;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return bytes;
}
