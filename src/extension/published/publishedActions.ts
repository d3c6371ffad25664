import * as vscode from 'vscode';
import { publishedSnippet } from '../badges/badgeSnippet';
import { copied, copiedImageUrl, noBadgeName } from '../messages';
import { urlRow } from './publishedRow';
import type { PublishedBadgeNode } from './publishedTree';

/** What can be done with a badge on GitLab without asking GitLab. Copying answers in words what was copied. */
export const publishedActions = {
  /** With its placeholders replaced. */
  async copyImageUrl({ entry }: PublishedBadgeNode): Promise<string> {
    await vscode.env.clipboard.writeText(shown(entry, 'image_url'));
    return copiedImageUrl(nameOf(entry));
  },

  async copyMarkdown({ entry }: PublishedBadgeNode): Promise<string> {
    await vscode.env.clipboard.writeText(publishedSnippet(entry.record.name ?? '', shown(entry, 'image_url'), shown(entry, 'link_url')));
    return copied('Markdown', nameOf(entry));
  },

  async openLink({ entry }: PublishedBadgeNode): Promise<void> {
    await vscode.env.openExternal(vscode.Uri.parse(shown(entry, 'link_url'), true));
  },
};

type Entry = PublishedBadgeNode['entry'];

function shown(entry: Entry, field: 'link_url' | 'image_url'): string {
  const row = urlRow(entry, field);
  return row.shown ?? row.value;
}

function nameOf({ record }: Entry): string {
  return record.name ?? noBadgeName();
}
