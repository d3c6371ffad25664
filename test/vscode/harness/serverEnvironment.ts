/** Our environment without what would change the server: options for our Node, and proxies, which tests set themselves where they test them. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const unwanted = /^(PORT|NODE_OPTIONS|NODE_V8_COVERAGE|VSCODE_.*|npm_.*|(HTTPS?|ALL|NO)_PROXY)$/i;
  const kept = Object.entries(process.env).filter(([name]) => !unwanted.test(name));
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: noGallery };
}

/** Empty addresses of the extension gallery: look-ups would fail without a network and slow every start. */
const noGallery = JSON.stringify(
  Object.fromEntries(
    ['serviceUrl', 'itemUrl', 'resourceUrlTemplate', 'extensionUrlTemplate', 'controlUrl', 'nlsBaseUrl', 'publisherUrl'].map((key) => [key, '']),
  ),
);
