import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `attempt` counts, from 1, the requests of this method and URL. */
export type Handler = (request: SeenRequest, response: ServerResponse, attempt: number) => void;

export interface TestServer {
  readonly origin: string;
  readonly port: number;
  readonly seen: SeenRequest[];
  /** Resolves as soon as that many requests have come. */
  arrived(count: number): Promise<void>;
}

let open: (() => void)[] = [];

/** Starts a server on 127.0.0.1; `closeServers` ends it. */
export async function startServer(handler: Handler): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const attempts = new Map<string, number>();
  let awaited: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
      const asked = { method, url, path: pathname, query: searchParams, headers: request.headers, body: Buffer.concat(chunks).toString() };
      seen.push(asked);
      const attempt = (attempts.get(`${method} ${url}`) ?? 0) + 1;
      attempts.set(`${method} ${url}`, attempt);
      handler(asked, response, attempt);
      awaited = awaited.filter(({ count, resolve }) => seen.length < count || resolve());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    seen,
    arrived: (count) =>
      new Promise((resolve) => {
        if (seen.length >= count) resolve();
        else awaited.push({ count, resolve });
      }),
  };
}

export function closeServers(): void {
  for (const close of open) close();
  open = [];
}

export function sendJson(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function sendHtml(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Page</title>');
}

/** Answers a list as GitLab does: by page and per_page, with or without the total. */
export function sendPage(request: SeenRequest, response: ServerResponse, rows: readonly unknown[], style: 'total' | 'no-total' | 'commits'): void {
  const page = Number(request.query.get('page') ?? 1);
  const perPage = Math.min(100, Number(request.query.get('per_page') ?? 20));
  const items = rows.slice((page - 1) * perPage, page * perPage);
  // For commits GitLab does not count: a full page always names a next one.
  const hasNext = style === 'commits' ? items.length === perPage : page * perPage < rows.length;
  sendJson(response, items, 200, {
    'x-page': String(page),
    'x-per-page': String(perPage),
    'x-next-page': hasNext ? String(page + 1) : '',
    ...(hasNext && { link: `<http://wrong.example${request.path}?page=${page + 1}&per_page=${perPage}>; rel="next"` }),
    ...(style === 'total' && { 'x-total': String(rows.length), 'x-total-pages': String(Math.ceil(rows.length / perPage)) }),
  });
}
