import * as vscode from 'vscode';

/** What a step of a form ends with. `skip`: there is nothing to ask. A value that nobody was asked for is passed by on the way back. */
export type Answer<T> = { readonly value: T; readonly unasked?: true } | 'back' | 'skip' | 'cancel';

/** What is to be said of a text while it is typed; an error keeps it from being accepted. */
export interface Verdict {
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
}

interface StepOptions {
  readonly title: string;
  readonly canGoBack: boolean;
}

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly icon?: string;
  readonly value: T;
}

const settleMs = 400;

/** Walks through the steps of a form, back to the last one that asked where the user wants to. Undefined where they turned away. */
export async function walk<State>(start: State, steps: readonly ((state: State, canGoBack: boolean) => Promise<Answer<State>>)[]): Promise<State | undefined> {
  const asked: number[] = [];
  let state = start;
  for (let index = 0; index < steps.length; ) {
    const answer = (await steps[index]?.(state, asked.length > 0)) ?? 'skip';
    if (answer === 'cancel') return undefined;
    if (answer === 'back') {
      index = asked.pop() ?? 0;
      continue;
    }
    if (answer !== 'skip') {
      if (!answer.unasked) asked.push(index);
      state = answer.value;
    }
    index += 1;
  }
  return state;
}

export async function askChoice<T>({ title, canGoBack }: StepOptions, placeholder: string, choices: readonly Choice<T>[], active?: (value: T) => boolean): Promise<Answer<T>> {
  const input = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly value: T }>();
  input.title = title;
  input.placeholder = placeholder;
  input.ignoreFocusOut = true;
  input.matchOnDescription = true;
  input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  input.items = choices.map(({ label, description, icon, value }) => ({
    label,
    value,
    ...(description !== undefined && { description }),
    ...(icon !== undefined && { iconPath: new vscode.ThemeIcon(icon) }),
  }));
  if (active) input.activeItems = input.items.filter(({ value }) => active(value));
  return settle(input, (resolve) =>
    input.onDidAccept(() => {
      const [picked] = input.selectedItems;
      if (picked) resolve({ value: picked.value });
    }),
  );
}

export interface TextQuestion {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  /** At once, for every text. */
  readonly judge?: (value: string) => Verdict | null;
  /** When the typing pauses; aborted by the next key. Null leaves what was said at once. */
  readonly consider?: (value: string, signal: AbortSignal) => Promise<Verdict | null>;
  /** Resolves when `judge` knows more than before. */
  readonly knowsMore?: Promise<unknown>;
}

export async function askText({ title, canGoBack }: StepOptions, question: TextQuestion): Promise<Answer<string>> {
  const { judge = () => null, consider } = question;
  const input = vscode.window.createInputBox();
  input.title = title;
  input.prompt = question.prompt;
  input.value = question.value;
  input.placeholder = question.placeholder;
  input.ignoreFocusOut = true;
  input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];

  let verdict: Verdict | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let considering: AbortController | undefined;
  const say = (next: Verdict | null) => {
    verdict = next;
    input.validationMessage = next ? { message: next.text, severity: severities[next.severity] } : undefined;
  };
  const follow = () => {
    considering?.abort();
    clearTimeout(timer);
    const value = input.value;
    say(judge(value));
    if (!consider || verdict?.severity === 'error') return;
    const { signal } = (considering = new AbortController());
    timer = setTimeout(() => {
      // What could not be asked is no reason to stop: the attempt itself will tell.
      void consider(value, signal).then((next) => next && !signal.aborted && say(next), () => {});
    }, settleMs);
  };
  input.onDidChangeValue(follow);
  let open = true;
  void question.knowsMore?.then(() => open && follow(), () => {});
  follow();
  try {
    return await settle(input, (resolve) =>
      input.onDidAccept(() => {
        if (verdict?.severity !== 'error') resolve({ value: input.value });
      }),
    );
  } finally {
    open = false;
    considering?.abort();
    clearTimeout(timer);
  }
}

const severities: Record<Verdict['severity'], vscode.InputBoxValidationSeverity> = {
  error: vscode.InputBoxValidationSeverity.Error,
  warning: vscode.InputBoxValidationSeverity.Warning,
  info: vscode.InputBoxValidationSeverity.Info,
};

async function settle<T>(input: vscode.QuickInput & { readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton> }, listen: (resolve: (answer: Answer<T>) => void) => unknown): Promise<Answer<T>> {
  try {
    return await new Promise<Answer<T>>((resolve) => {
      input.onDidTriggerButton((button) => button === vscode.QuickInputButtons.Back && resolve('back'));
      input.onDidHide(() => resolve('cancel'));
      listen(resolve);
      input.show();
    });
  } finally {
    input.dispose();
  }
}
