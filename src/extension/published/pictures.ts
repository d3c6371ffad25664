import { pictureInApi, type ApiPicture, type PictureProject } from '../../app/plannedPictures';
import type { Connection } from '../../gitlab/connection';
import { isGitLabError } from '../../gitlab/gitlabError';
import { originOf } from '../../gitlab/instance';
import type { FetchPublic } from '../../sources/fetchPublic';
import { sanitizeSvg } from '../../sources/sanitizeSvg';
import { svgUri } from '../../sources/svgUri';
import { pictureNotHttps, pictureNotLoaded, pictureNotPublic, pictureNotThere, pictureOfOtherKind } from '../messages';

/** A picture as a data URI that runs no script, or why there is none. */
export type Picture = { readonly image: string } | { readonly why: string };

/** Where a picture is asked for that is not public: by GitLab's API, with the token of the connection. */
interface PictureAccess {
  readonly connection: Connection;
  readonly project: PictureProject;
}

/** Far more than a badge has. */
const maxBytes = 256 * 1024;

/**
 * The picture behind an address, asked for without a token: https addresses, and those of the instance itself. One that only
 * members may see is asked for again through the API where that has it: a job artifact or a file of the project, not a badge
 * that GitLab draws. Rejects only when aborted, and for bugs.
 */
export async function findPicture(fetchPublic: FetchPublic, url: string, instance: string, access: PictureAccess | null, signal: AbortSignal): Promise<Picture> {
  const { protocol, origin } = new URL(url);
  const isOwn = origin === originOf(instance);
  if (protocol !== 'https:' && !isOwn) return { why: pictureNotHttps() };
  try {
    const { text, bytes } = await fetchPublic(url, signal);
    const type = rasterType(bytes);
    return { image: type === null ? svgImage(text) : `data:${type};base64,${Buffer.from(bytes).toString('base64')}` };
  } catch (error) {
    signal.throwIfAborted();
    const known = access && pictureInApi(url, access.project, instance);
    if (known) return downloaded(access.connection, known, signal);
    if (error instanceof Error && error.name === 'PublicFetchError') return { why: pictureNotLoaded(error.message) };
    if (error instanceof Error && error.name === 'XmlError') return { why: isOwn ? pictureNotPublic() : pictureOfOtherKind() };
    throw error;
  }
}

/** An SVG as a data URI, without whatever could run or load something. Throws XmlError. */
export function svgImage(svg: string): string {
  return svgUri(sanitizeSvg(svg).svg);
}

async function downloaded(connection: Connection, { url, what }: ApiPicture, signal: AbortSignal): Promise<Picture> {
  try {
    return { image: svgImage(await connection.download(url, { maxBytes }, signal)) };
  } catch (error) {
    signal.throwIfAborted();
    if (isGitLabError(error)) return { why: error.reason === 'not-found' ? pictureNotThere(what) : error.message };
    if (error instanceof Error && error.name === 'XmlError') return { why: pictureOfOtherKind() };
    throw error;
  }
}

/** By the first bytes, since what a server says of a file is often wrong. Null for what is no such picture. */
function rasterType(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(start)) return 'image/gif';
  return /^RIFF....WEBP/s.test(start) ? 'image/webp' : null;
}
