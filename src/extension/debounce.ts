export interface Debounced {
  (): void;
  dispose(): void;
}

/** Calls `action` once, `ms` milliseconds after the last of a burst of calls. */
export function debounce(action: () => void, ms: number): Debounced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const call = () => {
    clearTimeout(timer);
    timer = setTimeout(action, ms);
  };
  return Object.assign(call, { dispose: () => clearTimeout(timer) });
}
