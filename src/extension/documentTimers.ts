import type * as vscode from 'vscode';

/** Acts on each document once, some time after the last call for it. */
export class DocumentTimers implements vscode.Disposable {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly act: (document: vscode.TextDocument) => void) {}

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** In place of what is planned for the document already. */
  schedule(document: vscode.TextDocument, ms: number): void {
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        this.act(document);
      }, ms),
    );
  }

  cancel({ uri }: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(uri.toString()));
    this.#timers.delete(uri.toString());
  }
}
