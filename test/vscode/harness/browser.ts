import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import type { TestBed } from './testBed';
import type { VsCodeServer } from './server';

export async function launchBrowser(bed: TestBed): Promise<Browser> {
  return chromium.launch({
    executablePath: bed.chromium,
    // In a container there is no user namespace for the sandbox, and a small /dev/shm. The rest asks the network or draws with what is not there.
    args: [
      ...['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-quic'],
    ],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** A browser profile of its own, in which secrets that VS Code keeps outlive a reload of the page, and the clipboard can be read. */
export async function newProfile(browser: Browser, server: VsCodeServer, viewport = { width: 1280, height: 900 }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  context.setDefaultTimeout(20_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  // VS Code in a browser keeps secrets in the page's memory, unless its server offers a key to encrypt them with for local storage.
  await context.addCookies([{ name: 'vscode-secret-key-path', value: '/mint-key', url: server.origin }]);
  await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
  return context;
}
