import { inflateRawSync } from 'node:zlib';

/** The files of a zip archive by name; of a VSIX, for instance. Large archives (zip64) and encryption are not read. */
export function readZip(archive: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  // The directory is at the end; its own end record has 22 bytes, and a comment that tools leave empty.
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) throw new Error('This is no zip archive.');
  const count = archive.readUInt16LE(end + 10);
  let entry = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    const method = archive.readUInt16LE(entry + 10);
    const size = archive.readUInt32LE(entry + 20);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(entry + offset)) as [number, number, number];
    const name = archive.toString('utf8', entry + 46, entry + 46 + nameLength);
    const header = archive.readUInt32LE(entry + 42);
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const content = archive.subarray(start, start + size);
    if (!name.endsWith('/')) files.set(name, method === 0 ? content : inflateRawSync(content));
    entry += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}
