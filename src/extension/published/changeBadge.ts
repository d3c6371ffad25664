import * as vscode from 'vscode';
import type { Target } from '../../core/plan';
import type { GitLabBadge } from '../../gitlab/badges';
import { CommandError } from '../errors';
import * as messages from '../messages';
import { accessOf, tell, withNotice, type PublishServices } from './publishContext';
import { badgesOf, type PublishedBadge, type PublishedTarget } from './published';
import type { PublishedModel } from './publishedModel';

/** A badge that stands on GitLab, and where. */
export interface ChosenBadge {
  readonly target: PublishedTarget;
  readonly entry: PublishedBadge;
}

interface ChangeableBadge {
  readonly target: Target;
  readonly badge: GitLabBadge;
  readonly entry: PublishedBadge;
}

/** The badge that a command was given with, else one that the user picks. Rejects where the token may not change it. */
export async function chooseBadge(model: PublishedModel, chosen: ChosenBadge | undefined, title: string): Promise<ChangeableBadge | undefined> {
  if (chosen && !chosen.target.access.may) throw new CommandError(messages.mayNotChange(chosen.target.target ? messages.targetName(chosen.target.target.scope, chosen.target.target.path) : messages.scopeNames.group, chosen.target.access.why));
  if (chosen) return changeable(chosen);
  const read = await withNotice(messages.readingPublished(), async (signal) => model.readNow(await accessOf(model, signal), signal));
  if (!read) return undefined;
  const candidates = read.value.targets.filter(({ access }) => access.may).flatMap((target) => badgesOf(target).flatMap((entry) => changeable({ target, entry }) ?? []));
  if (candidates.length === 0) throw new CommandError(messages.noBadgeToChange());
  const items = candidates.map((each) => ({ label: each.badge.name ?? messages.noBadgeName(), description: each.target.path, each }));
  return (await vscode.window.showQuickPick(items, { placeHolder: title, matchOnDescription: true }))?.each;
}

/** Removes a badge from GitLab, once the user has agreed. */
export async function removeBadge(services: PublishServices, model: PublishedModel, chosen: ChosenBadge | undefined): Promise<void> {
  const picked = await chooseBadge(model, chosen, messages.pickRemoveTitle());
  if (!picked) return;
  const { target, badge, entry } = picked;
  const name = badge.name ?? messages.noBadgeName();
  const detail = messages.removeDetail(entry.isListed, model.published?.configFile ?? null);
  const action = messages.removeAction();
  if ((await vscode.window.showWarningMessage(messages.removeQuestion(name, messages.targetName(target.scope, target.path)), { modal: true, detail }, action)) !== action) return;
  const engine = await services.loadEngine();
  try {
    const done = await withNotice(messages.removing(name), async (signal) => engine.publish.remove(await accessOf(model, signal), target, badge, signal));
    if (done) tell(done.value ? messages.removed(name) : messages.wasGone(name));
  } finally {
    await model.refresh();
  }
}

function changeable({ target: { target }, entry }: ChosenBadge): ChangeableBadge | undefined {
  return target && entry.badge ? { target, badge: entry.badge, entry } : undefined;
}
