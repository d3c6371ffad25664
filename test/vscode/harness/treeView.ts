import { errors, type Locator, type Page } from 'playwright-core';
import { exactly } from './exactly';

export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** 1 for the topmost rows. */
  readonly level: number;
  /** Null where there is nothing below. */
  readonly expanded: boolean | null;
  /** Name of the codicon, or an empty text. */
  readonly icon: string;
  /** What a screen reader says, without the hint at actions that newer versions add. */
  readonly accessibleName: string;
}

const rowTimeoutMs = 20_000;
const attemptTimeoutMs = 500;

/** A tree view in the side bar. Only the rows in view are elements of the page: a method that needs another one scrolls to it. */
export class TreeView {
  constructor(
    private readonly page: Page,
    private readonly pane: Locator,
    private readonly title: string,
  ) {}

  /** All rows that are not below a collapsed one, from the top. */
  async rows(): Promise<readonly TreeRow[]> {
    const byIndex = new Map<number, TreeRow>();
    await this.toTop();
    do {
      for (const [index, row] of await this.rowsInView()) byIndex.set(index, row);
    } while (await this.pageDown());
    return [...byIndex].sort(([a], [b]) => a - b).map(([, row]) => row);
  }

  /** The rows' labels and descriptions, indented by level: a tree as text, for comparing. */
  async text(): Promise<string> {
    return (await this.rows()).map((row) => `${'  '.repeat(row.level - 1)}${row.label}  ${row.description}`.trimEnd()).join('\n');
  }

  /** Waits for a row with this label, and this description if one is given. */
  async row(label: string, description?: string | RegExp, options: { readonly timeoutMs?: number } = {}): Promise<Locator> {
    const named = this.items.filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
    const wanted =
      description === undefined
        ? named
        : named.filter({ has: this.page.locator('.label-description', { hasText: typeof description === 'string' ? exactly(description) : description }) });
    const deadline = Date.now() + (options.timeoutMs ?? rowTimeoutMs);
    for (;;) {
      try {
        await wanted.first().waitFor({ timeout: attemptTimeoutMs });
        return wanted.first();
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) throw error;
        if (Date.now() > deadline) {
          const what = description === undefined ? label : `${label}  ${description.toString()}`;
          throw new Error(`The tree "${this.title}" has no row "${what}". It has:\n${await this.text()}`, { cause: error });
        }
      }
      if ((await this.items.count()) === 0) continue;
      await this.toTop();
      while ((await wanted.count()) === 0 && (await this.pageDown()));
    }
  }

  async expand(label: string): Promise<void> {
    await this.setExpanded(label, true);
  }

  async collapse(label: string): Promise<void> {
    await this.setExpanded(label, false);
  }

  /** Clicks a row, which runs its command if it has one. */
  async click(label: string): Promise<void> {
    await (await this.row(label)).locator('.label-name').click();
  }

  /** Clicks an action that a row shows while the mouse is over it. */
  async inlineAction(label: string, action: string): Promise<void> {
    const row = await this.row(label);
    await row.hover();
    await row.getByRole('button', { name: action, exact: true }).click();
  }

  /** Opens the context menu of a row and chooses an entry; several lead through submenus. */
  async menu(label: string, ...entries: readonly string[]): Promise<void> {
    await this.openMenu(label);
    for (const entry of entries) {
      await this.page.getByRole('menuitem', { name: entry, exact: true }).hover();
      await this.page.keyboard.press('Enter'); // a menu takes no click in its first tenth of a second
    }
  }

  /** The entries of a row's context menu. */
  async menuEntries(label: string): Promise<readonly string[]> {
    const menu = await this.openMenu(label);
    const entries = await menu.getByRole('menuitem').allInnerTexts();
    await this.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    return entries.map((entry) => entry.trim());
  }

  /** The tooltip of a row, shown by hovering over it. */
  async tooltip(label: string): Promise<Locator> {
    const row = await this.row(label);
    await this.page.mouse.move(0, 0); // a tooltip of another row would stay while the mouse goes from row to row
    await row.locator('.label-name').hover();
    const tooltip = this.page.locator('.monaco-hover').filter({ visible: true }).last();
    await tooltip.waitFor();
    return tooltip;
  }

  private get list(): Locator {
    return this.pane.getByRole('tree');
  }

  private get items(): Locator {
    // Not the copies of parents that stay at the top while scrolling.
    return this.pane.locator('.monaco-list-rows > [role="treeitem"]');
  }

  private async setExpanded(label: string, expanded: boolean): Promise<void> {
    const row = await this.row(label);
    if ((await row.getAttribute('aria-expanded')) !== String(expanded)) await row.locator('.monaco-tl-twistie').click();
    await this.items
      .and(this.page.locator(`[aria-expanded="${expanded}"]`))
      .filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) })
      .first()
      .waitFor();
  }

  private async openMenu(label: string): Promise<Locator> {
    await (await this.row(label)).locator('.label-name').click({ button: 'right' });
    const menu = this.page.locator('.context-view .monaco-menu').filter({ visible: true }).first();
    await menu.waitFor();
    return menu;
  }

  private async rowsInView(): Promise<readonly (readonly [number, TreeRow])[]> {
    return this.items.evaluateAll((elements) =>
      elements.map((element) => {
        const text = (selector: string): string => (element.querySelector(selector)?.textContent ?? '').replace(/\u00a0/g, ' ');
        const expanded = element.getAttribute('aria-expanded');
        const icon = element.querySelector('.custom-view-tree-node-item-icon')?.className.match(/codicon-(?!colored)([\w-]+)/);
        return [
          Number(element.getAttribute('data-index')),
          {
            label: text('.label-name'),
            description: text('.label-description'),
            level: Number(element.getAttribute('aria-level')),
            expanded: expanded === null ? null : expanded === 'true',
            icon: icon?.[1] ?? '',
            accessibleName: (element.getAttribute('aria-label') ?? '').replace(/, has actions$/, ''),
          },
        ] as const;
      }),
    );
  }

  private async toTop(): Promise<void> {
    if ((await this.items.count()) === 0) return;
    await this.list.focus();
    await this.list.press('Home');
    await this.items.and(this.page.locator('[data-index="0"]')).waitFor();
  }

  /** Scrolls on by a page; false where the end was in view already. */
  private async pageDown(): Promise<boolean> {
    const last = this.items.and(this.page.locator('[data-last-element="true"]'));
    if ((await this.items.count()) === 0 || (await last.count()) > 0) return false;
    const lowest = Math.max(...(await this.rowsInView()).map(([index]) => index));
    await this.list.press('PageDown'); // the first one goes to the end of the page that is in view
    await this.list.press('PageDown');
    await this.items.and(this.page.locator(`[data-index="${lowest + 1}"]`)).waitFor();
    return true;
  }
}
