import type { IncomingMessage } from 'node:http';
import { refuseError } from './answer';
import type { Given } from './params';

/** A request as it came over the wire. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: IncomingMessage['headers'];
  readonly address: string;
  /** Query and body together. Throws the 400 of a body that can't be read. */
  readonly given: () => Given;
}

export function readRequest(message: IncomingMessage, body: Buffer): RawRequest {
  const [path = '/', ...rest] = (message.url ?? '/').split('?');
  const query = [...new URLSearchParams(rest.join('?'))];
  return {
    method: message.method ?? 'GET',
    path,
    query,
    headers: message.headers,
    address: message.socket.remoteAddress ?? '',
    given: () => new Map([...fields(query), ...bodyFields(message.headers['content-type'] ?? '', body)]),
  };
}

export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch {
    // The client went away while it was sending.
  }
  return Buffer.concat(chunks);
}

/** Repeated `name[]` become a list under `name`; of other names that come twice the last counts. */
function fields(pairs: Iterable<readonly [string, string]>): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, value] of pairs) {
    const listName = /^(.+)\[\]$/.exec(name)?.[1];
    const before = listName === undefined ? undefined : values.get(listName);
    if (listName === undefined) values.set(name, value);
    else values.set(listName, [...(Array.isArray(before) ? (before as unknown[]) : []), value]);
  }
  return values;
}

function bodyFields(contentType: string, body: Buffer): Map<string, unknown> {
  if (body.length === 0) return new Map();
  const [type = '', boundary] = contentType.split(/;\s*boundary=/);
  if (/^application\/json\b/i.test(type)) return jsonFields(body);
  if (/^application\/x-www-form-urlencoded\b/i.test(type) || type === '') return fields(new URLSearchParams(body.toString('utf8')));
  if (/^multipart\/form-data$/i.test(type) && boundary) return fields(formFields(body, boundary.replaceAll('"', '')));
  throw refuseError(415, `The provided content-type '${type}' is not supported.`);
}

/** A list, which has no names, is found under `_json`. */
function jsonFields(body: Buffer): Map<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (Array.isArray(value)) return new Map([['_json', value]]);
    return new Map<string, unknown>(value !== null && typeof value === 'object' ? Object.entries(value) : []);
  } catch {
    throw refuseError(400, 'message body does not match declared format');
  }
}

/** The text fields of a form as `curl --form` sends it. */
function formFields(body: Buffer, boundary: string): [string, string][] {
  return body
    .toString('utf8')
    .split(`--${boundary}`)
    .flatMap((part): [string, string][] => {
      const [, head = '', value] = /^\r\n([^]*?)\r\n\r\n([^]*)\r\n$/.exec(part) ?? [];
      const name = /\bname="([^"]*)"/i.exec(head)?.[1];
      return name === undefined || value === undefined ? [] : [[name, value]];
    });
}
