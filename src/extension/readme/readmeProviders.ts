import * as vscode from 'vscode';
import { completeBadge, usualSource } from '../../config/readme/complete';
import { readmeFixes } from '../../config/readme/fixes';
import { readmeHover, type ReadmeHover } from '../../config/readme/hover';
import { altFor, updateReadme } from '../../config/readme/update';
import type { Badge } from '../../core/badge';
import { writeImage } from '../../core/markup/write';
import { badgePicture, type DrawBadge } from '../badgePicture';
import { badgeRow } from '../badges/badgeRow';
import { commands, settings, settingsSection } from '../contributions';
import { escapeMarkdown } from '../detailsMarkdown';
import { toRange } from '../language/configDocuments';
import { actionOf } from '../language/providers';
import * as messages from '../messages';
import type { ReadmeContext } from './readmeContext';
import { readmeSelector, type ReadmeDocuments } from './readmeDocuments';

/** Everything that VS Code asks about documents with badges while they are edited. */
export function registerReadmeProviders(documents: ReadmeDocuments, context: ReadmeContext, draw: DrawBadge, onDidChange: vscode.Event<void>): vscode.Disposable {
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerHoverProvider(readmeSelector, hoverProvider(documents, context, draw)),
    languages.registerCompletionItemProvider(readmeSelector, completionProvider(documents, context, draw)),
    languages.registerCodeActionsProvider(readmeSelector, codeActionProvider(documents, context), { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    languages.registerCodeLensProvider(readmeSelector, lensProvider(documents, context, onDidChange)),
  );
}

function hoverProvider(documents: ReadmeDocuments, context: ReadmeContext, draw: DrawBadge): vscode.HoverProvider {
  return {
    async provideHover(document, position, token) {
      const readme = documents.of(document);
      const offset = document.offsetAt(position);
      // Nothing is looked up for words that are no image.
      if (!readme?.images.some(({ range }) => range.start <= offset && offset <= range.end)) return undefined;
      const values = await context.values(document.uri);
      const hover = values && readmeHover(readme, offset, values);
      if (!hover) return undefined;
      const picture = hover.badge ? await pictureIn(hover.badge, draw) : foreignPicture(hover);
      if (token.isCancellationRequested) return undefined;
      return new vscode.Hover([...picture, new vscode.MarkdownString(hoverText(hover, picture.length > 0))], toRange(document, hover.range));
    },
  };
}

async function pictureIn(badge: Badge, draw: DrawBadge): Promise<readonly vscode.MarkdownString[]> {
  if (badge.status !== 'known') return [];
  const { svg } = badge;
  return [await badgePicture(badge.face, svg === undefined ? draw : () => Promise.resolve(svg))];
}

/** A badge of a known service, which VS Code loads as for any page that shows it: in a trusted workspace, over https and without a secret. */
function foreignPicture({ own, image, problems }: ReadmeHover): readonly vscode.MarkdownString[] {
  if (own || !vscode.workspace.isTrusted || !/^https:/i.test(image.url) || problems.some(({ code }) => code === 'secret-in-url' || code === 'token-in-url')) return [];
  const picture = writeImage({ alt: '', url: image.url }, 'markdown');
  return picture === null ? [] : [new vscode.MarkdownString(picture)];
}

/** What the badge shows now, where that is from, and what is wrong with it. */
function hoverText({ badge, own, problems }: ReadmeHover, isShown: boolean): string {
  const lines: string[] = [];
  if (badge) {
    const { label, description } = badgeRow(badge);
    lines.push(escapeMarkdown(messages.hoverValue(label, description)), `*${escapeMarkdown(messages.hoverOrigin(badge.origin.text, new Date(badge.origin.at)))}*`);
  } else if (own && own.kind !== 'generated') {
    lines.push(escapeMarkdown(messages.hoverOwn(own.kind)));
  } else if (own) {
    lines.push(escapeMarkdown(messages.hoverNotRead(altFor(own.stem))));
  } else {
    lines.push(escapeMarkdown(messages.hoverForeign(isShown)));
  }
  return [...lines, ...problems.map(({ message }) => `⚠ ${escapeMarkdown(message)}`)].join('\n\n');
}

function completionProvider(documents: ReadmeDocuments, context: ReadmeContext, draw: DrawBadge): vscode.CompletionItemProvider {
  const pictures = new WeakMap<vscode.CompletionItem, Badge>();
  return {
    async provideCompletionItems(document, position, token) {
      const before = document.lineAt(position.line).text.slice(0, position.character);
      if (!/\bba[\w-]*$/i.test(before)) return undefined;
      const readme = documents.of(document, true);
      const values = readme && (await context.values(document.uri));
      if (!values || token.isCancellationRequested) return undefined;
      return completeBadge(readme, document.offsetAt(position), values).map(({ choice, filter, insert, range, removals }, index) => {
        const label = choice.kind === 'generated' ? choice.badge.label || choice.badge.stem : messages.ownBadge[choice.kind].label;
        const description = choice.kind === 'generated' ? (choice.badge.status === 'known' ? choice.badge.face.message : choice.badge.reason) : messages.drawnByGitLab();
        const item = new vscode.CompletionItem({ label: messages.completionLabel(label), description }, vscode.CompletionItemKind.Snippet);
        item.insertText = insert;
        item.keepWhitespace = true;
        item.additionalTextEdits = removals.map((removal) => vscode.TextEdit.delete(toRange(document, removal.range)));
        item.range = toRange(document, range);
        item.filterText = filter;
        item.sortText = `badge${String(index).padStart(4, '0')}`;
        if (choice.kind === 'generated') pictures.set(item, choice.badge);
        return item;
      });
    },
    async resolveCompletionItem(item) {
      const badge = pictures.get(item);
      const [picture] = badge ? await pictureIn(badge, draw) : [];
      if (picture) item.documentation = picture;
      return item;
    },
  };
}

function codeActionProvider(documents: ReadmeDocuments, context: ReadmeContext): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, { diagnostics, only }, token) {
      const readme = documents.of(document);
      if (!readme || diagnostics.every(({ source }) => source !== 'badgesmith') || (only && !only.contains(vscode.CodeActionKind.QuickFix))) return undefined;
      const values = await context.values(document.uri);
      if (!values || token.isCancellationRequested) return undefined;
      return readmeFixes(readme, { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }, values).map((fix) => {
        const action = actionOf(document, fix, diagnostics);
        if (fix.command) action.command = { title: fix.title, command: commands[fix.command], arguments: [document.uri] };
        return action;
      });
    },
  };
}

function lensProvider(documents: ReadmeDocuments, context: ReadmeContext, onDidChange: vscode.Event<void>): vscode.CodeLensProvider {
  return {
    onDidChangeCodeLenses: onDidChange,
    async provideCodeLenses(document, token) {
      if (vscode.workspace.getConfiguration(settingsSection, document).get<boolean>(settings.codeLens) !== true) return undefined;
      const readme = documents.of(document);
      const start = readme?.block.block?.range.start ?? readme?.block.problems[0]?.range.start;
      if (!readme || start === undefined) return undefined;
      const values = await context.values(document.uri);
      if (!values || token.isCancellationRequested) return undefined;
      const at = new vscode.Range(document.positionAt(start), document.positionAt(start));
      const lens = (title: string, command: string) => new vscode.CodeLens(at, { title, command, arguments: [document.uri] });
      const update = updateReadme(readme, values, usualSource(values));
      if (!update) return [lens(messages.brokenLens(), commands.updateReadme)];
      const isEmpty = update.known === 0 && !readme.images.some(({ range }) => range.start >= start && range.end <= (readme.block.block?.range.end ?? 0));
      const title = isEmpty ? messages.fillLens() : update.edits.length > 0 ? messages.updateLens(update.edits.length) : messages.upToDateLens(update.known);
      return [lens(title, commands.updateReadme), lens(messages.addBadgesLens(), commands.insertSnippet)];
    },
  };
}
