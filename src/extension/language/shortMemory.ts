/** Files come and go with a build, in milliseconds. */
const keepMs = 3_000;

/** What was found out a moment ago, so that it is not looked for at each keystroke. */
export class ShortMemory {
  readonly #known = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();

  /** @param key names what is found, and is always of the same type */
  get<T>(key: string, find: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known && Date.now() - known.at < keepMs) return known.value as Promise<T>;
    const value = find();
    this.#known.set(key, { at: Date.now(), value });
    return value;
  }

  clear(): void {
    this.#known.clear();
  }
}
