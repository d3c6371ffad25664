import { GitLabError } from './gitlabError';

/** What is known of a request that got no answer. */
interface NetworkFailure {
  readonly error: GitLabError;
  /** The connection broke, so another try may do. Otherwise it would end the same way. */
  readonly transient: boolean;
}

/** Says why `fetch` or the reading of a body failed, without the words of the failure: they may quote a header. */
export function networkFailure(cause: unknown, origin: string): NetworkFailure {
  const code = codeOf(cause);
  const { why, transient } = explain(code);
  return { error: new GitLabError('unreachable', `${origin} cannot be reached: ${why}`), transient };
}

/** The server took longer than the time of one try. */
export function timedOut(origin: string, timeoutMs: number): GitLabError {
  return new GitLabError('unreachable', `${origin} gave no whole answer within ${timeoutMs / 1000} s. Check the network, a VPN and the proxy settings, or try again later.`);
}

/** Codes of Node's network and TLS layers and of undici, which is behind `fetch`. */
function explain(code: string): { why: string; transient: boolean } {
  switch (code) {
    case 'ECONNREFUSED':
      return { why: 'the connection was refused. Check the address and the port.', transient: false };
    case 'ENOTFOUND':
      return { why: 'no host of that name was found. Check the address, the network and a VPN.', transient: false };
    case 'EAI_AGAIN':
      return { why: 'the name service gave no answer. Check the network and a VPN.', transient: true };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return { why: 'the connection was dropped.', transient: true };
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return { why: 'it gave no answer in time. Check the network, a VPN and the proxy settings.', transient: false };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { why: 'there is no way to that network. Check the network and a VPN.', transient: false };
    case 'CERT_HAS_EXPIRED':
      return { why: 'its certificate has expired.', transient: false };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return { why: 'its certificate is for another host. Check the address.', transient: false };
  }
  if (/CERT|ISSUER|LEAF_SIGNATURE/.test(code)) {
    return {
      why: `its certificate is not trusted (${code}). Name the file of the certificate authority in NODE_EXTRA_CA_CERTS, or add it to the system and switch on http.systemCertificates in VS Code.`,
      transient: false,
    };
  }
  if (/^(EPROTO|ERR_SSL_|ERR_TLS_)/.test(code)) {
    return { why: `no secure connection could be made (${code}). Check whether the address is http or https, and its port.`, transient: false };
  }
  return { why: code ? `no connection (${code}).` : 'no connection. Check the address and the network.', transient: false };
}

/** `fetch` wraps the failure once or more; a host with several addresses gives one failure for each. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(at.code)) return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0]);
  }
  return '';
}
