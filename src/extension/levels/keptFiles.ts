import type { FilePorts } from '../../sources/fetchFile';

/** The same files, each fetched once: asked again, the answer is the one of before, be it a failure. Those of this machine are read anew. */
export function keptFiles({ connections, fetchPublic, ...others }: FilePorts): FilePorts {
  const answers = new Map<string, Promise<unknown>>();
  const keep = <T>(url: string, signal: AbortSignal | undefined, fetch: () => Promise<T>): Promise<T> => {
    const kept = answers.get(url) as Promise<T> | undefined;
    if (kept) return kept;
    const answer = fetch();
    answers.set(url, answer);
    // What was cancelled is no answer.
    answer.catch(() => signal?.aborted && answers.get(url) === answer && answers.delete(url));
    return answer;
  };
  return {
    ...others,
    connections: connections.map((connection) => ({ ...connection, download: (url, options, signal) => keep(url, signal, () => connection.download(url, options, signal)) })),
    fetchPublic: (url, signal, options) => keep(url, signal, () => fetchPublic(url, signal, options)),
  };
}
