/** What decodes a file, by its first bytes: Windows PowerShell writes what it redirects as UTF-16, with a byte order mark; everything else is taken for UTF-8. */
export function decoderByMark([first, second]: Uint8Array): TextDecoder {
  return new TextDecoder(first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8');
}
