import * as vscode from 'vscode';
import { CommandError } from '../errors';
import * as messages from '../messages';
import type { PlanDocuments } from '../published/planDocuments';
import { textDifference } from '../textDifference';

/** What would become of a file. */
export interface ReviewedFile {
  /** Relative to the workspace folder. */
  readonly file: string;
  /** Null where there is none yet. */
  readonly document: vscode.TextDocument | null;
  readonly before: string;
  readonly after: string;
}

interface Review {
  readonly folder: vscode.WorkspaceFolder;
  readonly files: readonly ReviewedFile[];
  /** Of the comparison. */
  readonly title: string;
  /** What the user should know, beside the comparison. */
  readonly text: string;
  readonly isWarning: boolean;
}

/** Changes of files that the user sees as a comparison first, which they apply or close. One at a time. */
export class Reviews implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #tabs = vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabs(() => this.#follow()),
    vscode.window.tabGroups.onDidChangeTabGroups(() => this.#follow()),
  );
  #open: { readonly tab: vscode.Tab; readonly decide: (isAgreed: boolean) => void } | null = null;

  /** Fires when `isInFront` may be another one. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly documents: PlanDocuments) {}

  dispose(): void {
    this.#open?.decide(false);
    this.#tabs.dispose();
    this.#changed.dispose();
  }

  /** Whether the user looks at a comparison that can be applied. */
  get isInFront(): boolean {
    return this.#open !== null && vscode.window.tabGroups.activeTabGroup.activeTab === this.#open.tab;
  }

  /** The user agrees to what they see. */
  apply(): void {
    this.#open?.decide(true);
  }

  /** Changes the files once the user agrees, as one edit that can be undone. What was saved before is saved after. Answers whether it was done. */
  async run({ folder, files, title, text, isWarning }: Review): Promise<boolean> {
    this.#open?.decide(false);
    const tab = await this.#show(folder, files, title);
    if (!tab) return false;
    const isAgreed = await new Promise<boolean>((decide) => {
      this.#open = { tab, decide };
      const tell = isWarning ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
      void tell(text, messages.applyAction()).then((chosen) => chosen !== undefined && decide(true));
      this.#changed.fire();
    });
    if (this.#open?.tab === tab) this.#open = null;
    this.#changed.fire();
    if (isShown(tab)) await vscode.window.tabGroups.close(tab);
    if (isAgreed) await change(folder, files);
    return isAgreed;
  }

  async #show(folder: vscode.WorkspaceFolder, files: readonly ReviewedFile[], title: string): Promise<vscode.Tab | undefined> {
    const compared = files.map(({ file, document, after }) => ({
      file: vscode.Uri.joinPath(folder.uri, file),
      left: document?.uri ?? this.documents.show(folder, `now/${file}`, ''),
      right: this.documents.show(folder, `after/${file}`, after),
    }));
    const [first] = compared;
    if (compared.length === 1) await vscode.commands.executeCommand('vscode.diff', first?.left, first?.right, title, { preview: false });
    else await vscode.commands.executeCommand('vscode.changes', title, compared.map(({ file, left, right }) => [file, left, right]));
    return vscode.window.tabGroups.activeTabGroup.activeTab;
  }

  #follow(): void {
    if (this.#open && !isShown(this.#open.tab)) this.#open.decide(false);
    this.#changed.fire();
  }
}

function isShown(tab: vscode.Tab): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.includes(tab));
}

async function change(folder: vscode.WorkspaceFolder, files: readonly ReviewedFile[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { file, document, before, after } of files) {
    const uri = vscode.Uri.joinPath(folder.uri, file);
    if (!document) {
      edit.createFile(uri);
      edit.insert(uri, new vscode.Position(0, 0), after);
      continue;
    }
    // The edit goes by positions of the text that was compared.
    if (document.getText() !== before) throw new CommandError(messages.changedSinceReview(file));
    const { start, end, inserted } = textDifference(before, after);
    edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), inserted);
  }
  const saved = files.filter(({ document }) => !document?.isDirty);
  if (!(await vscode.workspace.applyEdit(edit))) throw new CommandError(messages.notApplied(files.map(({ file }) => file)));
  for (const { file } of saved) await (await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file))).save();
}
