import * as vscode from 'vscode';
import type { BadgeStyle } from '../../core/badge';
import type { CopyFormat } from '../../webview/protocol';
import { CommandError } from '../errors';
import type { LoadEngine } from '../loadEngine';
import { copied, fileMissing } from '../messages';
import { badgeSnippet } from './badgeSnippet';
import type { BadgeNode } from './badgesTree';

type BadgeTarget = BadgeNode & { readonly kind: 'badge' };

const formatNames: Record<CopyFormat, string> = { markdown: 'Markdown', html: 'HTML', svg: 'SVG' };

/** What can be done with one badge, from the tree as well as from the preview. */
export class BadgeActions {
  constructor(private readonly loadEngine: LoadEngine) {}

  /** @param style another style than the badge's own, for an SVG. Answers what was copied, in words. */
  async copy({ badge, model }: BadgeTarget, format: CopyFormat, style: BadgeStyle | null = null): Promise<string> {
    if (format === 'svg') {
      if (badge.status !== 'known') throw new CommandError(badge.reason);
      await vscode.env.clipboard.writeText(await (await this.loadEngine()).draw(badge, model.style, style));
    } else {
      await vscode.env.clipboard.writeText(badgeSnippet(badge, model.snapshot?.path ?? '', format));
    }
    return copied(formatNames[format], badge.label || badge.stem);
  }

  /** Opens the written SVG. */
  async openFile({ badge, model }: BadgeTarget): Promise<void> {
    const file = `${model.snapshot?.path ?? ''}/${badge.stem}.svg`;
    const uri = vscode.Uri.joinPath(model.folder.uri, file);
    const there = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!there) throw new CommandError(fileMissing(file));
    await vscode.commands.executeCommand('vscode.open', uri);
  }

  /** Opens the page on GitLab, or the file, that the badge's value came from. */
  async openSource({ badge, model }: BadgeTarget): Promise<void> {
    const { url, file } = badge.origin;
    if (url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(url, true));
    else if (file !== undefined) await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(model.folder.uri, file));
  }
}
