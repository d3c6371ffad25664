import * as vscode from 'vscode';
import { publishesPages, badgeJob } from '../../config/readme/judge';
import { choicesIn, imageOf, type Choice } from '../../config/readme/update';
import type { ReadmeValues } from '../../config/readme/values';
import { offeredSources, type ImageSource, type Offer } from '../../core/imageSources';
import { lineBreakOf } from '../../core/lineBreak';
import { blockOf, findBlock, insertBlock, insertImages } from '../../core/markup/block';
import { formatOf, type MarkupFormat } from '../../core/markup/format';
import { standsAlone, writeImages, type ImageToWrite } from '../../core/markup/write';
import { signalOf } from '../abortable';
import { badgeRow } from '../badgeRow';
import { CommandError } from '../errors';
import * as messages from '../messages';
import { obstacleError } from '../obstacleError';
import { badgeIcon } from './badgeIcon';
import { applyEdits, requireWritable } from './documentEdits';
import type { ReadmeContext, ReadValues } from './readmeContext';

/** Where badges go: in the place of what is selected, or into the block of the document, which is made where there is none. */
type Target = 'cursor' | 'block';

/** Asks which badges, where their pictures come from and where they go, and writes them into a document. */
export async function insertSnippet(context: ReadmeContext, document: vscode.TextDocument | undefined): Promise<void> {
  if (!vscode.workspace.isTrusted) throw new CommandError(messages.untrusted());
  const format = document && formatOf(document.languageId, document.uri.path);
  if (!document || !format) throw new CommandError(messages.openDocument());
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const name = nameOf(document);
  if (!folder) throw new CommandError(messages.outsideOfWorkspace(name));
  await requireWritable(document, name);

  const picked = await pickChoices(context, document, folder, name);
  if (!picked) return;
  const { read, choices } = picked;
  const needsSource = choices.some(({ kind }) => kind === 'generated');
  const offer = needsSource ? await pickSource(await offersFor(choices, read), read, name) : null;
  if (needsSource && !offer) return;
  const goesTo = await pickTarget(document, format, name);
  if (!goesTo) return;
  const values = offer?.json ? { ...read.values, place: { ...read.values.place, json: offer.json } } : read.values;
  await write(document, format, name, images(choices, offer?.source ?? 'artifact', values), goesTo);
}

function images(choices: readonly Choice[], source: ImageSource, values: ReadmeValues): readonly ImageToWrite[] {
  return choices.map((choice) => imageOf(choice, source, values));
}

function nameOf(document: vscode.TextDocument): string {
  return vscode.workspace.asRelativePath(document.uri, false);
}

interface ChoiceItem extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

/** Shows the badges as soon as they are known. Undefined where nothing was picked. */
async function pickChoices(context: ReadmeContext, document: vscode.TextDocument, folder: vscode.WorkspaceFolder, name: string): Promise<{ readonly read: ReadValues; readonly choices: readonly Choice[] } | undefined> {
  const picker = vscode.window.createQuickPick<ChoiceItem>();
  picker.title = messages.snippetTitle(name);
  picker.placeholder = messages.readingBadges(folder.name);
  picker.canSelectMany = true;
  picker.matchOnDescription = true;
  picker.busy = true;
  const reading = new vscode.CancellationTokenSource();
  const order: ChoiceItem[] = [];
  picker.onDidChangeSelection((selected) => {
    // The list tells what is selected, not in which order.
    const kept = order.filter((item) => selected.includes(item));
    order.splice(0, order.length, ...kept, ...selected.filter((item) => !kept.includes(item)));
  });
  const closed = new Promise<readonly Choice[] | undefined>((resolve) => {
    picker.onDidAccept(() => {
      if (picker.busy) return;
      // Without a check mark the row at the cursor is meant.
      const chosen = order.length > 0 ? order : picker.activeItems;
      resolve(chosen.flatMap(({ choice }) => choice ?? []));
      picker.hide();
    });
    picker.onDidHide(() => {
      reading.cancel();
      resolve(undefined);
    });
  });
  picker.show();
  try {
    const read = await context.readValues(document.uri, folder, signalOf(reading.token));
    const choices = choicesIn(read.values);
    const { obstacle } = read.known;
    if (choices.length === 0) throw obstacle ? obstacleError(folder.name, obstacle.kind, obstacle.detail) : new CommandError(messages.noBadges());
    picker.items = itemsOf(choices);
    picker.placeholder = messages.pickBadges();
    picker.busy = false;
    const chosen = await closed;
    return chosen && chosen.length > 0 ? { read, choices: chosen } : undefined;
  } finally {
    picker.dispose();
    reading.dispose();
  }
}

function itemsOf(choices: readonly Choice[]): readonly ChoiceItem[] {
  const items = choices.map((choice): ChoiceItem => {
    if (choice.kind !== 'generated') return { ...messages.ownBadge[choice.kind], iconPath: vscode.Uri.parse(badgeIcon(null)), choice };
    const { label, description } = badgeRow(choice.badge);
    return { label, description, iconPath: vscode.Uri.parse(badgeIcon(choice.badge)), choice };
  });
  const separator = (label: string): ChoiceItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const own = items.filter(({ choice }) => choice?.kind !== 'generated');
  const generated = items.filter(({ choice }) => choice?.kind === 'generated');
  return [...(generated.length > 0 ? [separator(messages.generatedBadges()), ...generated] : []), ...(own.length > 0 ? [separator(messages.drawnByGitLab()), ...own] : [])];
}

async function offersFor(choices: readonly Choice[], { values, traits, repository }: ReadValues): Promise<readonly Offer[]> {
  const { ci, files, place } = values;
  const paths = choices.flatMap((choice) => (choice.kind === 'generated' ? [`${place.path}/${choice.badge.stem}.svg`] : []));
  const committed = await Promise.all(paths.map(async (path) => (await repository?.isCommitted(path)) ?? false));
  const offers = offeredSources({
    visibility: traits?.visibility ?? null,
    job: badgeJob(values),
    isCiPartial: ci?.isPartial ?? false,
    files: committed.every(Boolean) ? 'committed' : paths.every((path, index) => committed[index] || files.has(path)) ? 'written' : 'missing',
    pages: { isPublished: publishesPages(values), access: traits?.pagesAccess ?? null },
    place,
  });
  // Without a project there are no addresses on GitLab.
  const usable = place.project === '' ? offers.filter(({ source }) => source === 'artifact' || source === 'file') : offers;
  if (usable.length === 0) throw new CommandError(messages.noSource(place.path, traits !== null && traits.visibility !== 'public'), 'insertCiJob');
  return usable;
}

async function pickSource(offers: readonly Offer[], { values }: ReadValues, name: string): Promise<Offer | undefined> {
  const icons: Record<ImageSource, string> = { artifact: 'package', artifactUrl: 'package', file: 'file', fileUrl: 'file-code', pages: 'globe', shields: 'shield' };
  const items = offers.map((offer) => ({
    label: messages.sourceNames[offer.source](values.place),
    description: messages.sourceAudience(offer),
    detail: messages.sourceDetail(offer, values.place),
    iconPath: new vscode.ThemeIcon(icons[offer.source]),
    offer,
  }));
  return (await vscode.window.showQuickPick(items, { title: messages.snippetTitle(name), placeHolder: messages.pickSource(), matchOnDescription: true, matchOnDetail: true }))?.offer;
}

async function pickTarget(document: vscode.TextDocument, format: MarkupFormat, name: string): Promise<Target | undefined> {
  const { block, problems } = findBlock(document.getText(), format);
  // Into a block that is broken nothing is written.
  if (problems.length > 0) return 'cursor';
  const items: (vscode.QuickPickItem & { readonly target: Target })[] = [
    { label: messages.atCursor(), detail: messages.atCursorDetail(), target: 'cursor' },
    { label: block ? messages.intoBlock() : messages.inBlock(), detail: messages.inBlockDetail(), target: 'block' },
  ];
  return (await vscode.window.showQuickPick(items, { title: messages.snippetTitle(name), placeHolder: messages.pickPlaceInDocument() }))?.target;
}

async function write(document: vscode.TextDocument, format: MarkupFormat, name: string, wanted: readonly ImageToWrite[], target: Target): Promise<void> {
  const text = document.getText();
  const lineBreak = lineBreakOf(text);
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  const inLines = (images: readonly ImageToWrite[]) => writeImages(images, format, 'lines').replace(/\n/g, lineBreak);
  if (target === 'cursor') {
    const range = editor?.selection ?? new vscode.Range(0, 0, 0, 0);
    await applyEdits(document, [insertImages(text, format, { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }, wanted)], name);
    return;
  }
  const { block } = findBlock(text, format);
  if (block) {
    // Behind what the block holds, on a line of its own.
    const inner = text.slice(block.inner.start, block.inner.end);
    const kept = inner.trimEnd();
    const at = block.inner.start + kept.length;
    const filled = kept === '' ? blockOf(wanted, format, lineBreak) : null;
    const edit = filled === null ? { range: { start: at, end: at }, text: `${lineBreak.repeat(standsAlone(format) ? 2 : 1)}${inLines(wanted)}` } : { range: block.range, text: filled };
    await applyEdits(document, [edit], name);
  } else {
    const position = editor && !editor.selection.isEmpty ? null : editor?.selection.active;
    const isFreeLine = position && document.lineAt(position.line).isEmptyOrWhitespace && document.lineCount > 1;
    const edit = isFreeLine ? { range: { start: document.offsetAt(position), end: document.offsetAt(position) }, text: blockOf(wanted, format, lineBreak) } : insertBlock(text, format, wanted);
    await applyEdits(document, [edit], name);
  }
}
