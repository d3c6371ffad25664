import type { Fetch } from '../gitlab/transport';
import type { Environment } from './environment';
import { UsageError } from './exitCodes';

/** Node's own fetch knows neither proxies nor the authority of a CI server; the one that does is loaded only where it is needed. */
export async function defaultFetch(env: Environment): Promise<Fetch> {
  const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'CI_SERVER_TLS_CA_FILE'];
  if (!names.some((name) => env[name])) return (url, init) => globalThis.fetch(url, init);
  const { createProxyFetch } = await import('./proxyFetch');
  try {
    return createProxyFetch(env);
  } catch {
    throw new UsageError('The proxy address, or a file that CI_SERVER_TLS_CA_FILE or NODE_EXTRA_CA_CERTS names, cannot be used.');
  }
}
