import path from 'node:path';
import { errors, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { TreeView } from './treeView';
import { exactly } from './exactly';
import { until } from './until';

/** How long the palette may need to know a command: extensions register while the workbench is already usable. */
const commandTimeoutMs = 30_000;
const attemptTimeoutMs = 2_000;

/** Drives VS Code as a person would: keyboard, mouse, and what is visible. Every method waits for what it needs. */
export class Workbench {
  constructor(readonly page: Page) {}

  /** Opens the address of a workbench and waits until the activity bar has the icon of a view container. */
  async open(url: string, container: string): Promise<void> {
    await this.page.goto(url);
    await this.activityIcon(container).waitFor({ timeout: 60_000 });
  }

  /** Reloads the window by VS Code's own command, which saves the state of editors first; a reload of the page would not. */
  async reload(container: string): Promise<void> {
    const loaded = this.page.waitForEvent('load', { timeout: 60_000 });
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.activityIcon(container).waitFor({ timeout: 60_000 });
  }

  /** Runs a command by its title in the palette, category included: `GitLab Badges: Generate Badges`. */
  async runCommand(title: string): Promise<void> {
    const option = this.quickPickRow(title);
    const deadline = Date.now() + commandTimeoutMs;
    for (;;) {
      try {
        await this.page.keyboard.press('F1');
        await this.quickInputField.waitFor({ timeout: attemptTimeoutMs });
        await this.quickInputField.fill(`>${title}`);
        await option.first().click({ timeout: attemptTimeoutMs });
        return;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) throw error;
        await this.page.keyboard.press('Escape'); // the list does not take in commands that are registered while it is open
        if (Date.now() > deadline) throw new Error(`The palette has no command "${title}"`, { cause: error });
      }
    }
  }

  /** The titles that the palette offers for a text, as far as they are in view. */
  async findCommands(text: string): Promise<readonly string[]> {
    await this.page.keyboard.press('F1');
    await this.quickInputField.fill(`>${text}`);
    await this.quickInputWidget.locator('.monaco-list-row').first().waitFor();
    const titles = await this.quickInputWidget.locator('.monaco-list-row .label-name').allInnerTexts();
    await this.page.keyboard.press('Escape');
    return titles.map(plainSpaces);
  }

  /** Shows a view container by its icon in the activity bar. */
  async focusContainer(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar [role="tab"]').filter({ has: this.page.locator(iconSelector(title)) });
    if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click(); // a click on the one that is shown hides it
    await tab.and(this.page.locator('[aria-expanded="true"]')).waitFor();
  }

  /** A tree view of the container that is shown. */
  tree(title: string): TreeView {
    return new TreeView(this.page, this.view(title), title);
  }

  /** The welcome text and buttons that a view shows in the place of an empty tree. */
  welcome(viewTitle: string): Locator {
    return this.view(viewTitle).locator('.welcome-view-content');
  }

  /** Clicks an action in the title of a view. */
  async viewAction(viewTitle: string, action: string): Promise<void> {
    const sidebar = this.page.locator('.part.sidebar');
    await this.view(viewTitle).hover(); // actions are there while the mouse is
    await sidebar.getByRole('button', { name: action, exact: true }).first().click();
  }

  /** The quick pick or input box that is open and says `text` in its title, prompt or placeholder. */
  async quickInput(text: string): Promise<QuickInput> {
    const widget = this.quickInputWidget;
    await widget
      .locator('.quick-input-title, .quick-input-message')
      .filter({ hasText: text })
      .or(widget.locator(`input[placeholder*=${JSON.stringify(text)}]`))
      .filter({ visible: true })
      .first()
      .waitFor();
    return new QuickInput(widget);
  }

  /** The notification that says `text`. */
  async toast(text: string | RegExp, options: { readonly timeoutMs?: number } = {}): Promise<Toast> {
    const toast = this.page.locator('.notification-toast').filter({ has: this.page.locator('.notification-list-item-message', { hasText: text }) });
    await toast.first().waitFor(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs });
    return new Toast(toast.first());
  }

  /** What the notifications that are shown say. */
  async toastTexts(): Promise<readonly string[]> {
    return (await this.page.locator('.notification-toast .notification-list-item-message').allInnerTexts()).map(plainSpaces);
  }

  /** Waits until no notification is shown. VS Code drops toasts beyond three in 0.8 s, progress included, which a test can be quick enough for. */
  async noToasts(): Promise<void> {
    await until(async () => (await this.toastTexts()).length === 0, 'the notifications to go');
  }

  /** The modal dialog that says `text` in its message or detail. */
  async dialog(text: string | RegExp): Promise<Dialog> {
    const dialog = this.page.locator('.monaco-dialog-box').filter({ hasText: text });
    await dialog.waitFor();
    return new Dialog(dialog);
  }

  /** The document of the webview that is in view; the last one where there are several. */
  webview(): FrameLocator {
    return this.page
      .locator('iframe.webview.ready')
      .filter({ visible: true })
      .last()
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  /** Opens a text file of the workspace by its path, through quick open, and waits until keys go into its text. */
  async openFile(file: string): Promise<void> {
    const name = path.posix.basename(file);
    const deadline = Date.now() + commandTimeoutMs;
    for (;;) {
      try {
        await this.page.keyboard.press('ControlOrMeta+P');
        await this.quickInputField.fill(file, { timeout: attemptTimeoutMs });
        await this.quickPickRow(name).first().click({ timeout: attemptTimeoutMs });
        await this.textEditor(file).waitFor();
        return;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError) || Date.now() > deadline) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** An editor's tab by its title. */
  tab(title: string): Locator {
    // The label goes on with the group and the state: "README.md, Editor Group 2". The text would be cut where the tab is narrow.
    const label = JSON.stringify(title);
    return this.page.locator(`.tabs-container .tab[aria-label=${label}], .tabs-container .tab[aria-label^=${JSON.stringify(`${title},`)}]`);
  }

  /**
   * Asks for proposals until VS Code shows one with this text, or any: while it takes in a new text, it does not always answer.
   * Answers the first such row.
   */
  async suggestion(text: string | RegExp = ''): Promise<Locator> {
    const row = this.suggestions.filter({ hasText: text }).first();
    await this.askFor(row, 'Control+Space', `the proposal ${text.toString()}`);
    return row;
  }

  /** The rows of the proposals that are shown. */
  get suggestions(): Locator {
    return this.page.locator('.suggest-widget.visible .monaco-list-row');
  }

  /** Opens the code actions at the cursor once VS Code offers this one, and answers its row. */
  async codeAction(title: string): Promise<Locator> {
    const action = this.page.locator('.action-widget .action').filter({ hasText: title }).first();
    await this.askFor(action, 'Control+.', `the code action “${title}”`);
    return action;
  }

  /** Renames what is at the cursor. */
  async rename(name: string): Promise<void> {
    const field = this.page.locator('.monaco-editor.rename-box input');
    await this.askFor(field, 'F2', 'the box for a new name');
    await field.fill(name);
    await field.press('Enter');
    await field.waitFor({ state: 'hidden' });
  }

  /** The part of the text editor's document that is in view. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-instance .view-lines').first();
    return plainSpaces(await lines.innerText());
  }

  /** Leaves Restricted Mode. */
  async trustWorkspace(): Promise<void> {
    await this.runCommand('Workspaces: Manage Workspace Trust');
    await this.page.locator('.workspace-trust-editor').getByRole('button', { name: /^Trust/ }).first().click();
    await this.statusBarEntry('Restricted Mode').waitFor({ state: 'hidden' });
  }

  /** By the name of a colour theme, as the list of VS Code shows it. */
  async chooseTheme(theme: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    const themes = await this.quickInput('Theme');
    await themes.type(theme);
    await themes.pick(theme);
  }

  /** A status bar entry by its visible text. */
  statusBarEntry(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
  }

  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Saves what is on the screen to out/screenshots/NAME.png. */
  async screenshot(name: string): Promise<string> {
    const file = path.resolve('out/screenshots', `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Presses a key until what it asks for is there; where it is not, nothing is left open. */
  private async askFor(answer: Locator, key: string, what: string): Promise<void> {
    await until(async () => {
      await this.page.keyboard.press(key);
      const isThere = await answer.waitFor({ timeout: attemptTimeoutMs }).then(
        () => true,
        () => false,
      );
      if (!isThere) await this.page.keyboard.press('Escape');
      return isThere;
    }, what);
  }

  /** The text editor of a file, while it has the focus. */
  private textEditor(file: string): Locator {
    return this.page.locator(`.editor-instance .monaco-editor.focused[data-uri$=${JSON.stringify(encodeURI(`/${file}`))}]`);
  }

  private get quickInputWidget(): Locator {
    return this.page.locator('.quick-input-widget').filter({ visible: true });
  }

  private get quickInputField(): Locator {
    return this.quickInputWidget.locator('.quick-input-filter input');
  }

  private quickPickRow(label: string): Locator {
    return rowIn(this.quickInputWidget, label);
  }

  private activityIcon(title: string): Locator {
    return this.page.locator(`.activitybar ${iconSelector(title)}`);
  }

  private view(title: string): Locator {
    // A description stands between the two: "On GitLab - 2 Section".
    return this.page.locator('.part.sidebar .pane').filter({ has: this.page.locator(`.pane-header[aria-label^=${JSON.stringify(`${title} `)}][aria-label$=" Section"]`) });
  }
}

/** A quick pick or input box. */
class QuickInput {
  constructor(private readonly widget: Locator) {}

  /** The rows in view: label, then description and detail where they are. */
  async rows(): Promise<readonly { readonly label: string; readonly description: string; readonly detail: string }[]> {
    const rows = this.widget.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    return rows.evaluateAll((elements) =>
      elements.map((row) => {
        const text = (selector: string): string => (row.querySelector(selector)?.textContent ?? '').replace(/\u00a0/g, ' ');
        return { label: text('.label-name'), description: text('.label-description'), detail: text('.quick-input-list-label-meta') };
      }),
    );
  }

  /** Chooses the row with this label. */
  async pick(label: string): Promise<void> {
    await rowIn(this.widget, label).first().click();
  }

  /** Ticks rows where several may be chosen; `accept` takes them. */
  async tick(...labels: readonly string[]): Promise<void> {
    for (const label of labels) await rowIn(this.widget, label).getByRole('checkbox').first().check();
  }

  /** Types a text in the place of what is there. */
  async type(text: string): Promise<void> {
    await this.field.fill(text);
  }

  async accept(): Promise<void> {
    await this.field.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.field.press('Escape');
  }

  /** The prompt, or what is wrong with the text, once it says `text`. */
  async message(text: string | RegExp): Promise<string> {
    const message = this.widget.locator('.quick-input-message').filter({ hasText: text });
    await message.waitFor();
    return plainSpaces(await message.innerText());
  }

  /** Whether the field hides what is typed. */
  async hidesText(): Promise<boolean> {
    return (await this.field.getAttribute('type')) === 'password';
  }

  private get field(): Locator {
    return this.widget.locator('.quick-input-filter input');
  }
}

/** A notification. */
class Toast {
  constructor(private readonly toast: Locator) {}

  async text(): Promise<string> {
    return plainSpaces(await this.toast.locator('.notification-list-item-message').innerText());
  }

  async severity(): Promise<'info' | 'warning' | 'error'> {
    const classes = (await this.toast.locator('.notification-list-item-icon').getAttribute('class')) ?? '';
    return classes.includes('codicon-error') ? 'error' : classes.includes('codicon-warning') ? 'warning' : 'info';
  }

  async buttons(): Promise<readonly string[]> {
    return this.toast.locator('.notification-list-item-buttons-container').getByRole('button').allInnerTexts();
  }

  async click(button: string): Promise<void> {
    await this.toast.getByRole('button', { name: button, exact: true }).click();
  }

  async dismiss(): Promise<void> {
    // The button is only drawn while the mouse is over the toast, and the text moves aside for it: no place to aim at.
    await this.toast.locator('.action-label[aria-label^="Clear Notification"]').dispatchEvent('click');
    await this.gone();
  }

  async gone(): Promise<void> {
    await this.toast.waitFor({ state: 'hidden' });
  }
}

/** A modal dialog. */
class Dialog {
  constructor(private readonly dialog: Locator) {}

  async message(): Promise<string> {
    return plainSpaces(await this.dialog.locator('.dialog-message-text').innerText());
  }

  async detail(): Promise<string> {
    return plainSpaces(await this.dialog.locator('.dialog-message-detail').innerText());
  }

  async click(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }
}

/** The label of an icon goes on with a key or a count: "Explorer (Ctrl+Shift+E)". */
function iconSelector(title: string): string {
  return `.action-label[aria-label^=${JSON.stringify(title)}]`;
}

function rowIn(widget: Locator, label: string): Locator {
  return widget.locator('.quick-input-list .monaco-list-row').filter({ has: widget.page().locator('.label-name', { hasText: exactly(label) }) });
}

/** VS Code draws with no-break spaces. */
function plainSpaces(text: string): string {
  return text.replace(/\u00a0/g, ' ');
}
