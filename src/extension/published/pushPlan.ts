import * as vscode from 'vscode';
import type { AppliedChange } from '../../app/apply';
import type { LoadedConfig } from '../../app/loadConfig';
import { planSummary } from '../../app/planText';
import { pushable, type Plan } from '../../app/publishPlan';
import { writes } from '../../core/plan';
import { commands } from '../contributions';
import { CommandError } from '../errors';
import * as messages from '../messages';
import type { ProjectAccess } from '../projectAccess';
import { instanceName } from '../remotes';
import { changeLine, planDocument, remarksOf, resultText } from './planDocument';
import { accessOf, withNotice, type PublishServices } from './publishContext';
import type { PublishedModel } from './publishedModel';

/** What a push came to, in numbers of changes. */
interface PushCounts {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
}

interface ShownPlan {
  readonly project: ProjectAccess;
  readonly config: LoadedConfig;
  readonly plan: Plan;
}

/** Lines of a plan that a question shows before it refers to the plan itself. */
const maxLines = 12;

/** Compares the configuration with GitLab and shows what differs; writes nothing. Answers the plan's summary. */
export async function showPlan(services: PublishServices, model: PublishedModel): Promise<string | undefined> {
  const shown = await makePlan(services, model);
  if (!shown) return undefined;
  const { plan, config } = shown;
  const summary = planSummary(plan.changes);
  const remarks = remarksOf(plan, config.problems);
  const changes = plan.changes.filter(writes).length;
  if (changes === 0 && remarks.length === 0) {
    void vscode.window.showInformationMessage(messages.nothingToPush(config.file ?? ''));
    return summary;
  }
  await show(services, model, shown);
  const actions = pushable(plan).length > 0 ? [messages.pushAction()] : [];
  void vscode.window.showInformationMessage(messages.planShown(summary, remarks.length), ...actions).then((chosen) => {
    if (chosen === messages.pushAction()) void vscode.commands.executeCommand(commands.push, model.folder.uri);
  });
  return summary;
}

/** Shows the plan, asks once, and makes GitLab show what it says. Where GitLab changed meanwhile, it shows and asks again. */
export async function push(services: PublishServices, model: PublishedModel): Promise<PushCounts | undefined> {
  let shown = await makePlan(services, model);
  for (let isAgain = false; shown; isAgain = true) {
    const { plan, project, config } = shown;
    const changes = pushable(plan);
    if (changes.length === 0) {
      const reasons = remarksOf(plan, config.problems);
      if (reasons.length === 0) void vscode.window.showInformationMessage(messages.nothingToPush(config.file ?? ''));
      else {
        await show(services, model, shown);
        void vscode.window.showWarningMessage(messages.cannotPush(reasons.slice(0, 1)));
      }
      return { done: 0, failed: 0, skipped: 0 };
    }
    await show(services, model, shown);
    if (!(await consent(shown, isAgain))) return undefined;
    const engine = await services.loadEngine();
    const place = targetNames(plan);
    // A push that is cancelled tells what it did, so it is no cancellation here.
    const outcome = await withNotice(messages.pushing(place), (signal, report) =>
      engine.publish.apply(project, plan, signal, (done, total, applied) => {
        report(messages.pushProgress(done, total));
        services.log.info(`${model.folder.name}: ${applied.result}: ${applied.change.scope} ${applied.change.target}: ${changeLine(applied.change)} (${applied.reason})`);
      }),
    );
    if (!outcome) {
      void vscode.window.showInformationMessage(messages.pushCancelled());
      return undefined;
    }
    if (outcome.value.status === 'applied') {
      void model.refresh();
      return report(services, model, outcome.value.results);
    }
    shown = { ...shown, plan: outcome.value.plan };
  }
  return undefined;
}

async function makePlan(services: PublishServices, model: PublishedModel): Promise<ShownPlan | undefined> {
  const made = await withNotice(messages.planning(), async (signal) => {
    const project = await accessOf(model, signal);
    const engine = await services.loadEngine();
    return { project, ...(await engine.publish.plan(model.folder.uri.fsPath, project, signal)) };
  });
  if (!made) return undefined;
  const { plan, project, config } = made.value;
  if (plan === null) {
    await offerImport(model, config);
    return undefined;
  }
  if (plan.unusable !== null) throw new CommandError(plan.unusable);
  const open = config.file !== null && vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === vscode.Uri.joinPath(model.folder.uri, config.file ?? '').toString());
  if (open && open.isDirty) void vscode.window.showWarningMessage(messages.unsavedConfig(config.file ?? ''));
  void model.refresh();
  return { project, config, plan };
}

async function offerImport(model: PublishedModel, { file, unreadable }: LoadedConfig): Promise<void> {
  if (unreadable && file !== null) throw new CommandError(messages.configUnreadable(file));
  const text = file === null ? messages.noConfigToPush() : messages.noPublishSection(file);
  const chosen = await vscode.window.showInformationMessage(text, messages.importAction());
  if (chosen) await vscode.commands.executeCommand(commands.import, model.folder.uri);
}

/** The plan as a comparison of two documents. */
async function show({ documents }: PublishServices, model: PublishedModel, { plan, config }: ShownPlan): Promise<void> {
  const { now, then } = planDocument(plan, config.problems);
  const left = documents.show(model.folder, 'now', now);
  const right = documents.show(model.folder, 'after push', then);
  await vscode.commands.executeCommand('vscode.diff', left, right, messages.planTitle(plan.targets[0]?.target.path ?? model.folder.name), { preview: true });
}

/** The one question before anything is written: how much, where, and what would be deleted. */
async function consent({ plan, project }: ShownPlan, isAgain: boolean): Promise<boolean> {
  const changes = pushable(plan);
  const deletions = changes.filter(({ action }) => action === 'delete');
  const leftOut = plan.failures.length + plan.targets.filter(({ obstacle, changes: all }) => obstacle !== null && all.some(writes)).length;
  const inOrder = [...deletions, ...changes.filter(({ action }) => action !== 'delete')];
  const severalTargets = new Set(changes.map(({ target }) => target)).size > 1;
  const lines = inOrder.map((change) => `${changeLine(change)}${severalTargets ? ` (${messages.targetName(change.scope, change.target)})` : ''}`);
  const detail = [
    ...(isAgain ? [messages.changedMeanwhile(), ''] : []),
    ...lines.slice(0, maxLines),
    ...(lines.length > maxLines ? [messages.andMore(lines.length - maxLines)] : []),
    ...(leftOut > 0 ? ['', messages.targetsLeftOut(leftOut)] : []),
  ].join('\n');
  const question = messages.consentQuestion(changes.length, deletions.length, `${targetNames(plan)} on ${instanceName(project.ref.instance)}`);
  const action = messages.consentAction(deletions.length);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, action)) === action;
}

function report({ documents, log }: PublishServices, model: PublishedModel, results: readonly AppliedChange[]): PushCounts {
  const tried = results.filter(({ change }) => writes(change));
  const count = (wanted: AppliedChange['result']) => tried.filter(({ result }) => result === wanted).length;
  const counts = { done: count('done'), failed: count('failed'), skipped: count('skipped') };
  const text = messages.pushed(counts.done, counts.failed, counts.skipped);
  log.info(`${model.folder.name}: ${text}`);
  const uri = documents.show(model.folder, messages.resultTitle(), resultText(results));
  const tellResult = counts.failed + counts.skipped > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void tellResult(text, messages.showResultAction()).then((chosen) => {
    if (chosen) void vscode.window.showTextDocument(uri, { preview: true });
  });
  return counts;
}

/** The projects and groups whose badges would change. */
function targetNames({ targets }: Plan): string {
  return targets
    .filter(({ changes, obstacle }) => obstacle === null && changes.some(writes))
    .map(({ target }) => target.path)
    .join(', ');
}
