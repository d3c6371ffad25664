import { decoderByMark } from '../config/encoding';

/** Reads a body as a text and stops after `maxBytes` (in is allowed): `complete` is then false and the rest is not read. */
export async function readBounded(response: Response, maxBytes: number): Promise<{ text: string; complete: boolean }> {
  if (!response.body) return { text: '', complete: true };
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  let decoder: TextDecoder | undefined;
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + (decoder?.decode() ?? ''), complete: true };
    decoder ??= decoderByMark(value);
    const room = maxBytes - bytes;
    bytes += value.byteLength;
    text += decoder.decode(value.subarray(0, room), { stream: true });
    if (bytes > maxBytes) {
      await discard(reader);
      return { text: text + decoder.decode(), complete: false };
    }
  }
}

/** Ends a body nobody reads, so that its connection is free again. */
export async function discardBody(response: Response): Promise<void> {
  if (response.body && !response.body.locked) await discard(response.body);
}

/** A stream that broke already has nothing to be discarded. */
async function discard(body: { cancel(): Promise<void> }): Promise<void> {
  try {
    await body.cancel();
  } catch {
    // Nothing depends on it.
  }
}
