import * as vscode from 'vscode';
import { colorsIn, colorTexts } from '../../config/language/colors';
import { complete, type Completion } from '../../config/language/completion';
import { fixAll, fixesAt, type Fix } from '../../config/language/fixes';
import { hintsIn } from '../../config/language/hints';
import { hoverAt } from '../../config/language/hover';
import { linksIn } from '../../config/language/links';
import { foldsIn, outlineOf, type Outline } from '../../config/language/outline';
import { badgePicture, type DrawBadge } from '../badgePicture';
import { settings, settingsSection } from '../contributions';
import { folderOf, selectorOf, toRange, type ConfigDocuments } from './configDocuments';
import type { LiveValues } from './liveValues';
import { renameProvider } from './renameProvider';

const written = ['yaml', 'toml', 'pyproject', 'levels'] as const;

/** Everything that VS Code asks about configuration files while they are edited. Our own JSON files VS Code knows itself; it lacks their colours and pictures. */
export function registerProviders(documents: ConfigDocuments, values: LiveValues, draw: DrawBadge): vscode.Disposable {
  const { languages } = vscode;
  const forBadges = () => {
    const selector = documents.endpointSelector();
    return vscode.Disposable.from(
      languages.registerHoverProvider(selector, hoverProvider(documents, values, draw)),
      languages.registerCodeActionsProvider(selector, codeActionProvider(documents, values), codeActionKinds),
      languages.registerColorProvider(selector, colorProvider(documents)),
    );
  };
  let badges = forBadges();
  return vscode.Disposable.from(
    { dispose: () => void badges.dispose() },
    documents.folders.onDidChange(() => {
      badges.dispose();
      badges = forBadges();
    }),
    languages.registerCompletionItemProvider(selectorOf(...written), completionProvider(documents, values), ...triggers),
    languages.registerHoverProvider(selectorOf(...written), hoverProvider(documents, values, draw)),
    languages.registerCodeActionsProvider(selectorOf(...written, 'decision', 'subsequentUse'), codeActionProvider(documents, values), codeActionKinds),
    languages.registerColorProvider(selectorOf(...written), colorProvider(documents)),
    languages.registerDocumentLinkProvider(selectorOf(...written), linkProvider(documents, values)),
    languages.registerDocumentSymbolProvider(selectorOf(...written), symbolProvider(documents), { label: 'Badges' }),
    // A provider takes the place of folding by indentation, so it must know all of a file.
    languages.registerFoldingRangeProvider(selectorOf('yaml', 'toml', 'levels'), foldingProvider(documents)),
    languages.registerRenameProvider(selectorOf(...written), renameProvider(documents)),
    languages.registerInlayHintsProvider(selectorOf('yaml', 'toml', 'pyproject'), hintProvider(documents, values)),
  );
}

/** A blank counts behind a colon, an equals sign or a dash only. */
const triggers = [':', ' ', '=', '-', '"', "'", '%', '{', '[', '/', '?'];

function completionProvider(documents: ConfigDocuments, values: LiveValues): vscode.CompletionItemProvider {
  return {
    async provideCompletionItems(document, position, token, { triggerCharacter }) {
      const config = documents.of(document);
      const before = document.lineAt(position.line).text.slice(0, position.character);
      if (!config || (triggerCharacter === ' ' && !/[:=-] $/.test(before)) || (triggerCharacter === '-' && before.trim() !== '-')) return undefined;
      const offset = document.offsetAt(position);
      const known = await values.forCompletion(config, document.uri);
      if (token.isCancellationRequested) return undefined;
      return complete(documents.of(document) ?? config, offset, known).map((completion) => itemOf(document, completion));
    },
  };
}

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  color: vscode.CompletionItemKind.Color,
  file: vscode.CompletionItemKind.File,
  placeholder: vscode.CompletionItemKind.Variable,
  reference: vscode.CompletionItemKind.Reference,
  snippet: vscode.CompletionItemKind.Snippet,
  table: vscode.CompletionItemKind.Module,
};

function itemOf(document: vscode.TextDocument, { label, kind, detail, doc, insert, isSnippet, typed, replace, filter, rank, asksAgain }: Completion): vscode.CompletionItem {
  // What a value is right now is seen beside all of them; what a key is for, beside the chosen one.
  const isBeside = detail !== undefined && (kind === 'placeholder' || kind === 'value' || kind === 'reference');
  const item = new vscode.CompletionItem(isBeside ? { label, description: shortened(detail) } : label, kinds[kind]);
  item.insertText = isSnippet ? new vscode.SnippetString(insert) : insert;
  // Lines bring their own indentation.
  item.keepWhitespace = true;
  item.range = { inserting: toRange(document, typed), replacing: toRange(document, replace) };
  item.filterText = filter;
  item.sortText = String(rank).padStart(5, '0');
  if (kind === 'color' && detail !== undefined) item.documentation = detail;
  else if (detail !== undefined && !isBeside) item.detail = detail;
  if (doc !== undefined) item.documentation = new vscode.MarkdownString(doc);
  if (asksAgain) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  return item;
}

/** Wider ones push the labels out of view. */
const maxDescription = 40;

function shortened(text: string): string {
  return text.length > maxDescription ? `${text.slice(0, maxDescription - 1)}…` : text;
}

function hoverProvider(documents: ConfigDocuments, values: LiveValues, draw: DrawBadge): vscode.HoverProvider {
  return {
    async provideHover(document, position, token) {
      const config = documents.of(document);
      const hover = config && hoverAt(config, document.offsetAt(position), await values.forProblems(config, document.uri));
      if (!config || !hover) return undefined;
      const picture = hover.badge ? await badgePicture(hover.badge, draw) : null;
      if (token.isCancellationRequested) return undefined;
      // VS Code says itself what a key of JSON is for.
      const parts = [...(config.syntax === 'json' ? [] : [new vscode.MarkdownString(hover.text)]), ...(picture ? [picture] : [])];
      return parts.length === 0 ? undefined : new vscode.Hover(parts, toRange(document, hover.range));
    },
  };
}

const quickFix = vscode.CodeActionKind.QuickFix;
const rewrite = vscode.CodeActionKind.RefactorRewrite;
const everything = vscode.CodeActionKind.SourceFixAll.append('badgesmith');
const codeActionKinds = { providedCodeActionKinds: [quickFix, rewrite, everything] };

function codeActionProvider(documents: ConfigDocuments, values: LiveValues): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, { diagnostics, only }, token) {
      const config = documents.of(document);
      if (!config) return undefined;
      const known = await values.forProblems(config, document.uri);
      if (token.isCancellationRequested) return undefined;
      const wanted = (kind: vscode.CodeActionKind) => !only || only.contains(kind);
      const actions: vscode.CodeAction[] = [];
      if (wanted(quickFix) || wanted(rewrite)) {
        for (const fix of fixesAt(config, { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }, known)) {
          if (wanted(fix.problem ? quickFix : rewrite)) actions.push(actionOf(document, fix, diagnostics));
        }
      }
      if (only?.intersects(everything) || actions.some(({ isPreferred }) => isPreferred)) {
        const edits = fixAll(config, known);
        if (edits.length > 0) {
          const action = new vscode.CodeAction('Fix all mistakes that have one meaning', everything);
          action.edit = editOf(document, edits);
          actions.push(action);
        }
      }
      return actions;
    },
  };
}

export function actionOf(document: vscode.TextDocument, { title, edits, problem, isPreferred }: Fix, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction {
  const action = new vscode.CodeAction(title, problem ? quickFix : rewrite);
  action.edit = editOf(document, edits);
  action.isPreferred = isPreferred;
  if (problem) action.diagnostics = diagnostics.filter(({ source, code, range }) => source === 'badgesmith' && code === problem.code && range.start.isEqual(document.positionAt(problem.range.start)));
  return action;
}

function editOf(document: vscode.TextDocument, edits: Fix['edits']): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of edits) edit.replace(document.uri, toRange(document, range), text);
  return edit;
}

function colorProvider(documents: ConfigDocuments): vscode.DocumentColorProvider {
  return {
    provideDocumentColors(document) {
      const config = documents.of(document);
      return config && colorsIn(config).map(({ range, hex }) => new vscode.ColorInformation(toRange(document, range), colorOf(hex)));
    },
    provideColorPresentations(color, { document, range }) {
      const config = documents.of(document);
      if (!config) return undefined;
      return colorTexts(config, { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }, hexOf(color)).map(({ label, insert }) => {
        const presentation = new vscode.ColorPresentation(label);
        presentation.textEdit = new vscode.TextEdit(range, insert);
        return presentation;
      });
    },
  };
}

function colorOf(hex: string): vscode.Color {
  const [red = 0, green = 0, blue = 0, alpha = 255] = (hex.slice(1).match(/../g) ?? []).map((digits) => parseInt(digits, 16));
  return new vscode.Color(red / 255, green / 255, blue / 255, alpha / 255);
}

function hexOf({ red, green, blue, alpha }: vscode.Color): string {
  const digits = (part: number) => Math.round(part * 255).toString(16).padStart(2, '0');
  return `#${digits(red)}${digits(green)}${digits(blue)}${alpha < 1 ? digits(alpha) : ''}`;
}

function linkProvider(documents: ConfigDocuments, values: LiveValues): vscode.DocumentLinkProvider {
  return {
    async provideDocumentLinks(document) {
      const config = documents.of(document);
      const folder = folderOf(document.uri);
      if (!config) return undefined;
      return linksIn(config, await values.forProblems(config, document.uri)).flatMap(({ range, target }) => {
        const uri = 'url' in target ? vscode.Uri.parse(target.url, true) : folder && vscode.Uri.joinPath(folder.uri, target.file);
        return uri ? [new vscode.DocumentLink(toRange(document, range), uri)] : [];
      });
    },
  };
}

const symbolKinds: Readonly<Record<Outline['kind'], vscode.SymbolKind>> = {
  table: vscode.SymbolKind.Object,
  list: vscode.SymbolKind.Array,
  value: vscode.SymbolKind.Property,
  badge: vscode.SymbolKind.Class,
  level: vscode.SymbolKind.Interface,
  check: vscode.SymbolKind.Function,
};

function symbolProvider(documents: ConfigDocuments): vscode.DocumentSymbolProvider {
  return {
    provideDocumentSymbols(document) {
      const config = documents.of(document);
      const symbolOf = ({ name, detail, kind, range, selection, children }: Outline): vscode.DocumentSymbol => {
        const symbol = new vscode.DocumentSymbol(name || '""', detail, symbolKinds[kind], toRange(document, range), toRange(document, selection));
        symbol.children = children.map(symbolOf);
        return symbol;
      };
      return config ? outlineOf(config).map(symbolOf) : undefined;
    },
  };
}

function foldingProvider(documents: ConfigDocuments): vscode.FoldingRangeProvider {
  return {
    provideFoldingRanges(document) {
      const config = documents.of(document);
      return config && foldsIn(config).map(({ start, end, kind }) => new vscode.FoldingRange(document.positionAt(start).line, document.positionAt(end).line, kind === 'comment' ? vscode.FoldingRangeKind.Comment : undefined));
    },
  };
}

function hintProvider(documents: ConfigDocuments, values: LiveValues): vscode.InlayHintsProvider {
  const changed = new vscode.EventEmitter<void>();
  values.onDidChange(() => changed.fire());
  return {
    onDidChangeInlayHints: changed.event,
    async provideInlayHints(document, range) {
      const config = documents.of(document);
      if (!config || vscode.workspace.getConfiguration(settingsSection, document.uri).get<unknown>(settings.placeholderHints) === false) return undefined;
      return hintsIn(config, await values.forProblems(config, document.uri)).flatMap(({ offset, text }) => {
        const position = document.positionAt(offset);
        if (!range.contains(position)) return [];
        const hint = new vscode.InlayHint(position, text);
        hint.paddingLeft = true;
        return [hint];
      });
    },
  };
}
