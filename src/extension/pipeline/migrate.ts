import * as vscode from 'vscode';
import { CommandError } from '../errors';
import { textsIn } from '../language/workspaceTexts';
import * as messages from '../messages';
import { withNotice } from '../published/publishContext';
import type { PublishedModel } from '../published/publishedModel';
import { requireTrust } from '../requireTrust';
import { ciFile, judge, nextPages, openIfThere, tellWithPages, type CiServices } from './ciJob';
import type { ReviewedFile } from './reviews';

/** Has the jobs of badges-gitlab run the command line in its place, once the user has seen what would change. Answers the jobs. */
export async function migrate(services: CiServices, model: PublishedModel): Promise<readonly string[] | undefined> {
  const { folder } = model;
  requireTrust();
  if (folder.uri.scheme !== 'file') throw new CommandError(messages.notOnDisk(folder.name));
  const { pipeline } = await services.loadEngine();
  const planned = await withNotice(messages.lookingForReference(), async (signal) => {
    const first = await pipeline.migrate(textsIn(folder), signal);
    // What is open is read as VS Code has it, which may have evened out its line ends.
    const documents = new Map<string, vscode.TextDocument | null>();
    for (const { file } of first?.files ?? []) documents.set(file, await openIfThere(vscode.Uri.joinPath(folder.uri, file)));
    const migration = first && (await pipeline.migrate(textsIn(folder), signal));
    const access = await model.access(signal);
    // GitLab reads what is included from the default branch, so only the file where it starts can be judged.
    const start = migration?.files.find(({ file }) => file === ciFile);
    return { migration, documents, access, verdict: start ? await judge(services, folder.name, access, start.after, signal) : null };
  });
  if (!planned) return undefined;
  const { migration, documents, access, verdict } = planned.value;
  if (!migration) {
    void vscode.window.showInformationMessage(messages.nothingToMigrate(folder.name));
    return [];
  }

  const remarks = [...migration.obstacles.map(({ file, text, problem, range }) => pipeline.placed(file, text, problem, range?.start ?? null)), ...migration.remarks];
  for (const remark of [...(verdict ? [verdict.text, ...verdict.more] : []), ...remarks]) services.log.info(`${folder.name}: ${remark}`);
  if (migration.files.length === 0) {
    void vscode.window.showWarningMessage(messages.notMigrated(remarks));
    return [];
  }
  const files: ReviewedFile[] = [];
  for (const { file, before, after } of migration.files) {
    await pipeline.checkFile(folder.uri.fsPath, file);
    files.push({ file, document: documents.get(file) ?? null, before, after });
  }
  const isDone = await services.reviews.run({
    folder,
    files,
    title: messages.migrateTitle(files.map(({ file }) => file)),
    text: [...(verdict ? [verdict.text] : []), ...remarks].join(' '),
    isWarning: verdict?.isRefused === true || remarks.length > 0,
  });
  if (!isDone) return undefined;
  void tellWithPages(messages.migrated(migration.jobs), access, { ...nextPages.variables, ...nextPages.schedule });
  return migration.jobs;
}
