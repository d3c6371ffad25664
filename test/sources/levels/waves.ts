import type { Fetch } from '../../../src/gitlab/transport';

interface Held {
  readonly send: () => Promise<Response>;
  readonly give: (response: Response) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * A fetch that counts round trips: it holds the requests until no more come, sends them side by side, and gives all their
 * answers back together. Whatever has to wait for an answer is in a later wave.
 */
export function fetchInWaves(): { readonly fetch: Fetch; /** Requests of each wave. */ readonly waves: number[] } {
  const waves: number[] = [];
  let held: Held[] = [];
  let busy = false;

  async function run(): Promise<void> {
    busy = true;
    while (held.length > 0) {
      await quiet();
      const wave = held;
      held = [];
      waves.push(wave.length);
      const answers = await Promise.allSettled(wave.map(({ send }) => send()));
      answers.forEach((answer, index) => (answer.status === 'fulfilled' ? wave[index]?.give(answer.value) : wave[index]?.fail(answer.reason)));
      await quiet();
    }
    busy = false;
  }

  /** Once no request came for a while that is long for a program which only computes. */
  async function quiet(): Promise<void> {
    for (let turns = 0, before = held.length; turns < 50; turns++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (held.length === before) continue;
      turns = 0;
      before = held.length;
    }
  }

  return {
    waves,
    fetch: (url, init) =>
      new Promise((resolve, reject) => {
        held.push({ send: () => whole(url, init), give: resolve, fail: reject });
        if (!busy) void run();
      }),
  };
}

/** An answer with its body: nothing is left to wait for. */
async function whole(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const body = await response.arrayBuffer();
  return new Response([204, 304].includes(response.status) ? null : body, { status: response.status, headers: response.headers });
}
