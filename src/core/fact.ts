/** Where a fact came from and when, so that every result can say so. */
export interface Origin {
  readonly kind: 'gitlab' | 'junit' | 'coverage' | 'findings' | 'static' | 'link' | 'endpoint' | 'levels' | 'template';
  /** In words, without secrets: `acme/shop on gitlab.example.com`, `reports/junit.xml`. */
  readonly text: string;
  /** A page a person can open for more, e.g. the project's issues on GitLab. Never an API address. */
  readonly url?: string;
  /** The file it came from, relative to the workspace folder. */
  readonly file?: string;
  /** When it was read, ISO 8601 in UTC. */
  readonly at: string;
}

/**
 * What was measured. `unknown`: the origin has no answer (403, a feature that is off, no data yet).
 * `failed`: what should work did not (broken file, unreachable host, 5xx after the retries).
 */
export type Fact<T> =
  | { readonly status: 'known'; readonly value: T; readonly origin: Origin }
  | { readonly status: 'unknown'; readonly reason: string; readonly origin: Origin }
  | { readonly status: 'failed'; readonly reason: string; readonly origin: Origin };
