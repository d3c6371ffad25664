import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { Token } from './token';

/** A successful answer with a tag to ask for it again. */
export interface CachedAnswer {
  readonly etag: string;
  /** The few headers that matter, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Keeps answers by key. Neither call ever rejects: what cannot be kept or read is a miss. */
export interface HttpCache {
  get(key: string): Promise<CachedAnswer | undefined>;
  set(key: string, answer: CachedAnswer): Promise<void>;
}

/** 64 hex digits that differ by origin, token, accepted type and URL, and from which none of them can be read. */
export function cacheKey(request: { readonly url: URL; readonly accept: string; readonly token: Token | undefined }): string {
  const { url, accept, token } = request;
  const owner = token ? sha256(`${token.kind} ${token.value}`) : '';
  return sha256([url.origin, owner, accept, url.href].join('\n'));
}

/** Forgets the answers that were not used for the longest time once all take more than `maxBytes` of memory. */
export function memoryCache({ maxBytes }: { readonly maxBytes: number }): HttpCache {
  // A Map keeps the order in which keys were set, so the first one is the one unused for the longest time.
  const answers = new Map<string, CachedAnswer>();
  let bytes = 0;

  const remove = (key: string): void => {
    const answer = answers.get(key);
    if (!answer) return;
    answers.delete(key);
    bytes -= sizeOf(answer);
  };

  return {
    get(key) {
      const answer = answers.get(key);
      if (answer) {
        answers.delete(key);
        answers.set(key, answer);
      }
      return Promise.resolve(answer);
    },
    set(key, answer) {
      remove(key);
      if (sizeOf(answer) <= maxBytes) {
        answers.set(key, answer);
        bytes += sizeOf(answer);
        for (const oldest of answers.keys()) {
          if (bytes <= maxBytes) break;
          remove(oldest);
        }
      }
      return Promise.resolve();
    },
  };
}

/**
 * Keeps each answer in a file that only its owner can read, in a folder that is made where it is missing.
 * Files unused for 30 days are deleted before the first one is written.
 */
export function diskCache(dir: string): HttpCache {
  let prepared: Promise<void> | undefined;
  const prepare = () => (prepared ??= prepareFolder(dir));
  const fileOf = (key: string) => path.join(dir, `${key}${ending}`);

  return {
    async get(key) {
      try {
        const file = fileOf(key);
        const { size } = await stat(file);
        if (size > maxFileBytes) return undefined;
        const answer = v.safeParse(cachedAnswerSchema, JSON.parse(await readFile(file, 'utf8')));
        if (!answer.success) return undefined;
        const now = new Date();
        await utimes(file, now, now);
        return answer.output;
      } catch {
        return undefined;
      }
    },
    async set(key, answer) {
      const file = fileOf(key);
      const temporary = `${file}.${randomUUID()}${temporaryEnding}`;
      try {
        await prepare();
        await writeFile(temporary, JSON.stringify(answer), { mode: 0o600, flag: 'wx' });
        await rename(temporary, file);
      } catch {
        await rm(temporary, { force: true }).catch(() => {});
      }
    },
  };
}

const ending = '.json';
const temporaryEnding = '.tmp';
const unusedMs = 30 * 24 * 60 * 60 * 1000;

/** Far above any answer that is kept: guards against a file that something else wrote there. */
const maxFileBytes = 64 * 1024 * 1024;

const cachedAnswerSchema = v.object({
  etag: v.string(),
  headers: v.record(v.string(), v.string()),
  body: v.string(),
});

async function prepareFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const now = Date.now();
  for (const name of await readdir(dir)) {
    // Only names this cache gives: the folder may hold other things as well.
    if (!/^[0-9a-f]{64}\.json(\.[0-9a-f-]{36}\.tmp)?$/.test(name)) continue;
    const file = path.join(dir, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > unusedMs) await rm(file, { force: true }).catch(() => {});
  }
}

/** Strings take up to two bytes a character; the constant stands for the key and the objects around. */
function sizeOf(answer: CachedAnswer): number {
  return 2 * answer.body.length + 1024;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
