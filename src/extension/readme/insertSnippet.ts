import * as vscode from 'vscode';
import { publishesPages, badgeJob } from '../../config/readme/judge';
import { choicesIn, imageOf, type Choice } from '../../config/readme/update';
import type { Badge } from '../../core/badge';
import { offeredSources, ownFace, type ImageSource, type Offer, type OwnKind, type OwnValue, type OwnValues } from '../../core/imageSources';
import { lineBreakOf } from '../../core/lineBreak';
import { blockOf, findBlock, insertBlock, insertImages } from '../../core/markup/block';
import { formatOf, type MarkupFormat } from '../../core/markup/format';
import { formatAt, liveText } from '../../core/markup/live';
import { standsAlone, writeImages, type ImageToWrite } from '../../core/markup/write';
import { svgUri } from '../../sources/svgUri';
import type { PickBadge } from '../../webview/pickProtocol';
import type { DrawBadge } from '../badgePicture';
import { alternative } from '../badges/badgeSnippet';
import { CommandError, explain } from '../errors';
import * as messages from '../messages';
import { obstacleError } from '../obstacleError';
import { requireTrust } from '../requireTrust';
import { applyEdits, requireWritable } from './documentEdits';
import type { PickPage } from './pickPage';
import type { ReadmeContext, ReadValues } from './readmeContext';

/** Where badges go: in the place of what is selected, or into the block of the document, which is made where there is none. */
type Target = 'cursor' | 'block';

interface SnippetServices {
  readonly context: ReadmeContext;
  readonly draw: DrawBadge;
  /** The page on which badges for a document are picked; an older one is closed. */
  readonly openPage: (document: string) => PickPage;
}

/** Asks which badges, where their pictures come from and where they go, and writes them into a document. */
export async function insertSnippet({ context, draw, openPage }: SnippetServices, document: vscode.TextDocument | undefined): Promise<void> {
  requireTrust();
  const format = document && formatOf(document.languageId, document.uri.path);
  if (!document || !format) throw new CommandError(messages.openDocument());
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const name = nameOf(document);
  if (!folder) throw new CommandError(messages.outsideOfWorkspace(name));
  requireWritable(document, name);

  const page = openPage(name);
  try {
    const read = await context.readValues(document.uri, folder, page.signal);
    const choices = choicesIn(read.values);
    const { obstacle } = read.known;
    if (choices.length === 0) throw obstacle ? obstacleError(folder.name, obstacle.kind, obstacle.detail) : new CommandError(messages.noBadges());
    const drawn = await drawnChoices(choices, read.known.ownValues, draw);
    // Whoever goes back from a later question finds the page as it was.
    for (let keys = await page.pick(drawn); keys; keys = await page.pick(drawn)) {
      const wanted = await askRest(keys.flatMap((key) => choices[Number(key)] ?? []), read, document, format, name);
      if (!wanted) continue;
      page.dispose();
      await reveal(document);
      await write(document, format, name, wanted.images, wanted.target);
    }
  } finally {
    page.dispose();
  }
}

/** Between two questions VS Code gives the focus back to the page, which may come late, and would close the second one. */
const staying = { ignoreFocusOut: true };

/** Where the pictures come from and where they go; undefined where that was not answered. */
async function askRest(choices: readonly Choice[], read: ReadValues, document: vscode.TextDocument, format: MarkupFormat, name: string): Promise<{ readonly images: readonly ImageToWrite[]; readonly target: Target } | undefined> {
  const needsSource = choices.some(({ kind }) => kind === 'generated');
  const offer = needsSource ? await pickSource(await offersFor(choices, read), read, name) : null;
  if (needsSource && !offer) return undefined;
  const target = await pickTarget(document, format, name);
  const values = offer?.json ? { ...read.values, place: { ...read.values.place, json: offer.json } } : read.values;
  return target && { images: choices.map((choice) => imageOf(choice, offer?.source ?? 'artifact', values)), target };
}

/** Gives the focus back to the document. */
async function reveal(document: vscode.TextDocument): Promise<void> {
  const viewColumn = vscode.window.visibleTextEditors.find((each) => each.document === document)?.viewColumn;
  await vscode.window.showTextDocument(document, { ...(viewColumn === undefined ? {} : { viewColumn }), preview: false });
}

function nameOf(document: vscode.TextDocument): string {
  return vscode.workspace.asRelativePath(document.uri, false);
}

/** How many badges are drawn before other work gets its turn. */
const drawnAtOnce = 100;

/** The badges as the page shows them, each with its place among the choices as its key. */
async function drawnChoices(choices: readonly Choice[], values: OwnValues, draw: DrawBadge): Promise<readonly PickBadge[]> {
  const drawn: PickBadge[] = [];
  for (const [index, choice] of choices.entries()) {
    if (index % drawnAtOnce === drawnAtOnce - 1) await new Promise((resolve) => setImmediate(resolve));
    drawn.push({ key: String(index), ...(choice.kind === 'generated' ? await drawnBadge(choice.badge, draw) : await ownBadge(choice.kind, values[choice.kind], draw)) });
  }
  return drawn;
}

async function drawnBadge(badge: Badge, draw: DrawBadge): Promise<Omit<PickBadge, 'key'>> {
  const shown = { stem: badge.stem, label: badge.label || badge.stem, source: badge.origin.text, group: messages.generatedBadges() };
  if (badge.status !== 'known') return { ...shown, text: badge.status === 'unknown' ? messages.unknownBadge(badge.reason) : badge.reason, image: null };
  try {
    return { ...shown, text: alternative(badge), image: svgUri(badge.svg ?? (await draw(badge.face))) };
  } catch (error) {
    return { ...shown, text: explain(error).text, image: null };
  }
}

/** Its value is GitLab's to tell, for each reader anew; what the facts at hand do not say is left open. */
async function ownBadge(kind: OwnKind, value: OwnValue | undefined, draw: DrawBadge): Promise<Omit<PickBadge, 'key'>> {
  const { label, description } = messages.ownBadge[kind];
  return { stem: kind, label, text: value ? `${label}: ${value.message}` : label, source: description, image: svgUri(await draw(ownFace(kind, value))), group: messages.drawnByGitLab() };
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
  return (await vscode.window.showQuickPick(items, { title: messages.snippetTitle(name), placeHolder: messages.pickSource(), matchOnDescription: true, matchOnDetail: true, ...staying }))?.offer;
}

async function pickTarget(document: vscode.TextDocument, format: MarkupFormat, name: string): Promise<Target | undefined> {
  const { block, problems } = findBlock(document.getText(), format);
  // Into a block that is broken nothing is written.
  if (problems.length > 0) return 'cursor';
  const items: (vscode.QuickPickItem & { readonly target: Target })[] = [
    { label: messages.atCursor(), detail: messages.atCursorDetail(), target: 'cursor' },
    { label: block ? messages.intoBlock() : messages.inBlock(), detail: messages.inBlockDetail(), target: 'block' },
  ];
  return (await vscode.window.showQuickPick(items, { title: messages.snippetTitle(name), placeHolder: messages.pickPlaceInDocument(), ...staying }))?.target;
}

async function write(document: vscode.TextDocument, format: MarkupFormat, name: string, wanted: readonly ImageToWrite[], target: Target): Promise<void> {
  const text = document.getText();
  const live = liveText(text, format);
  const lineBreak = lineBreakOf(text);
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  if (target === 'cursor') {
    const range = editor?.selection ?? new vscode.Range(0, 0, 0, 0);
    await applyEdits(document, [insertImages(text, format, { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }, wanted, live)], name);
    return;
  }
  const { block } = findBlock(text, format, live);
  if (block) {
    const own = formatAt(live, format, block.inner.start);
    // Behind what the block holds, on a line of its own.
    const inner = text.slice(block.inner.start, block.inner.end);
    const kept = inner.trimEnd();
    const at = block.inner.start + kept.length;
    const lines = writeImages(wanted, own, 'lines').replace(/\n/g, lineBreak);
    const edit = kept === '' ? { range: block.range, text: blockOf(wanted, own, lineBreak) } : { range: { start: at, end: at }, text: `${lineBreak.repeat(standsAlone(own) ? 2 : 1)}${lines}` };
    await applyEdits(document, [edit], name);
  } else {
    const position = editor && !editor.selection.isEmpty ? null : editor?.selection.active;
    const isFreeLine = position && document.lineAt(position.line).isEmptyOrWhitespace && document.lineCount > 1;
    const edit = isFreeLine ? { range: { start: document.offsetAt(position), end: document.offsetAt(position) }, text: blockOf(wanted, format, lineBreak) } : insertBlock(text, format, wanted, live);
    await applyEdits(document, [edit], name);
  }
}
