import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Fetch } from '../gitlab/transport';
import type { Environment } from './environment';

/** `fetch` through the proxies and with the certificate authorities that the environment names. Throws where a certificate file cannot be read. */
export function createProxyFetch(env: Environment): Fetch {
  const caFiles = [env['CI_SERVER_TLS_CA_FILE'], env['NODE_EXTRA_CA_CERTS']].flatMap((file) => file || []);
  // Naming authorities replaces those Node knows, so they are named too.
  const ca = env['CI_SERVER_TLS_CA_FILE'] ? { ca: [...rootCertificates, ...caFiles.map((file) => readFileSync(file, 'utf8'))] } : {};
  const httpProxy = env['http_proxy'] || env['HTTP_PROXY'];
  const httpsProxy = env['https_proxy'] || env['HTTPS_PROXY'];
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: httpProxy ?? '',
    httpsProxy: httpsProxy ?? '',
    noProxy: env['no_proxy'] || env['NO_PROXY'] || '',
    connect: ca,
    requestTls: ca,
    proxyTls: ca,
  });
  // undici and Node have the same fetch in different type declarations.
  return ((url, init) => fetch(url, { ...(init as object), dispatcher })) as Fetch;
}
