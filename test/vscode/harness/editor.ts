import type { Context } from 'mocha';
import type { TestBed } from './testBed';
import { launchBrowser, newProfile } from './browser';
import { startServer, type ServerOptions, type VsCodeServer } from './server';
import { findTestBed } from './testBed';
import { vsixFile } from './vsix';
import { Workbench } from './workbench';

export interface EditorOptions extends ServerOptions {
  /** Folder or `.code-workspace` file to open. */
  readonly workspace: string;
  /** Size of the window. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The view container whose icon says that the extension is there. */
  readonly container?: string;
}

/** A VS Code with the extension installed, in a browser without a window. */
interface Editor {
  readonly bed: TestBed;
  readonly server: VsCodeServer;
  readonly workbench: Workbench;
  close(): Promise<void>;
}

/** The title of our view container. */
export const containerTitle = 'GitLab Badges';

export async function openEditor(options: EditorOptions): Promise<Editor> {
  const bed = await findTestBed();
  const server = await startServer(bed, { vsix: [vsixFile], ...options });
  try {
    const browser = await launchBrowser(bed);
    const close = async (): Promise<void> => {
      await browser.close();
      await server.stop();
    };
    try {
      const context = await newProfile(browser, server, options.viewport);
      const workbench = new Workbench(await context.newPage());
      await workbench.open(server.url(options.workspace), options.container ?? containerTitle);
      return { bed, server, workbench, close };
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * Opens an editor for the tests of a `describe`, and closes it after them. `options` is called when the hooks before it have run.
 * A test that fails leaves a screenshot `failed-TITLE.png`.
 */
export function useEditor(options: () => EditorOptions | Promise<EditorOptions>): { readonly workbench: Workbench; readonly server: VsCodeServer } {
  let editor: Editor | undefined;
  const current = (): Editor => {
    if (!editor) throw new Error('The editor is open in tests and in the hooks after useEditor, not before.');
    return editor;
  };
  before(async () => {
    editor = await openEditor(await options());
  });
  afterEach(async function (this: Context) {
    const test = this.currentTest;
    if (test?.state === 'failed') await editor?.workbench.screenshot(`failed-${test.fullTitle().replace(/[^\w]+/g, '-')}`);
  });
  after(async () => editor?.close());
  return {
    get workbench() {
      return current().workbench;
    },
    get server() {
      return current().server;
    },
  };
}
