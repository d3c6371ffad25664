/** What a route answers, before the transport adds its headers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: no body and no content type. */
  readonly body: string | Buffer | null;
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function noContent(): Answer {
  return { status: 204, headers: {}, body: null };
}

export function html(body: string, status = 200): Answer {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body };
}

export function redirect(location: string, status: 301 | 302, text = ''): Answer {
  return { status, headers: { 'Content-Type': 'text/plain', Location: location }, body: text };
}

/** Thrown by a route, answered as it is. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(`answered ${answer.status}`);
  }
}

/** GitLab's own errors: `{"message": …}`. */
export function refuse(status: number, message: unknown): Refusal {
  return new Refusal(json({ message }, status));
}

/** Errors of the API framework (parameters, routing): `{"error": …}`. */
export function refuseError(status: number, error: string, headers: Readonly<Record<string, string>> = {}): Refusal {
  return new Refusal(json({ error }, status, headers));
}

export const unauthorized = (): Refusal => refuse(401, '401 Unauthorized');
export const forbidden = (): Refusal => refuse(403, '403 Forbidden');

/** `404 Project Not Found`, `404 Not Found`. */
export function notFound(what = ''): Refusal {
  return refuse(404, ['404', what, 'Not Found'].filter(Boolean).join(' '));
}

/** A record that a query did not find. GitLab writes this one with a small f. */
export const recordNotFound = (): Refusal => refuse(404, '404 Not found');
