import * as vscode from 'vscode';

/** Keeps a context key, which the `when` clauses ask for, in step with a value. `changes` are the events after which it may be another one. */
export function followContext(key: string, value: () => string | boolean, ...changes: readonly vscode.Event<unknown>[]): vscode.Disposable {
  let last: string | boolean | undefined;
  const update = () => {
    const now = value();
    if (now !== last) void vscode.commands.executeCommand('setContext', key, (last = now));
  };
  update();
  return vscode.Disposable.from(...changes.map((change) => change(update)));
}
