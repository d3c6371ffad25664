import * as vscode from 'vscode';
import type { BadgeFace } from '../core/badge';
import { svgUri } from '../sources/svgUri';

/** Draws a badge as SVG. */
export type DrawBadge = (face: BadgeFace) => Promise<string>;

/** A badge in the Markdown of a hover. */
export async function badgePicture(face: BadgeFace, draw: DrawBadge): Promise<vscode.MarkdownString> {
  const svg = await draw(face);
  const alt = `${face.label}: ${face.message}`.replace(/[[\]\\\n]/g, ' ');
  return new vscode.MarkdownString(`![${alt}](${svgUri(svg)})`);
}
