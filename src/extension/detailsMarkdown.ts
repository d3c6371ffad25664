import type { Details } from './levels/levelDetails';

/** As Markdown, for a tooltip or a hover: texts stay texts. */
export function detailsMarkdown({ title, paragraphs }: Details): string {
  const lines = paragraphs.map((paragraph) => paragraph.map(({ text, url }) => (url === undefined ? escapeMarkdown(text) : `[${escapeMarkdown(text)}](${encodeTarget(url)})`)).join('  \n'));
  return [`**${escapeMarkdown(title)}**`, ...lines].join('\n\n');
}

/** VS Code's own `appendText` also makes every blank one that lines do not break at. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!~|$:]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

function encodeTarget(url: string): string {
  return new URL(url).href.replace(/\(/g, '%28').replace(/\)/g, '%29');
}
