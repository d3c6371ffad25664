import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

interface WebviewPage {
  readonly title: string;
  /** A bundle of `dist`. */
  readonly script: string;
  /** Of `media`, besides what all pages share. */
  readonly style: string;
  /** Becomes `data-…` of the body. */
  readonly data: Readonly<Record<string, string>>;
}

/** Where a page's files may be loaded from. */
export function pageRoots(extension: vscode.Uri): readonly vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'media'), vscode.Uri.joinPath(extension, 'dist')];
}

/** A page that runs its own script alone, and shows pictures as data only. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, { title, script, style, data }: WebviewPage): string {
  const nonce = randomBytes(16).toString('base64url');
  const address = (...path: readonly string[]) => attribute(webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)).toString());
  const policy = `default-src 'none'; img-src data:; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('media', 'webview.css')}">
<link rel="stylesheet" href="${address('media', style)}">
<title>${attribute(title)}</title>
</head>
<body${Object.entries(data).map(([name, value]) => ` data-${name}="${attribute(value)}"`).join('')}>
<script nonce="${nonce}" src="${address('dist', script)}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
