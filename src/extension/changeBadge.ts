import * as vscode from 'vscode';
import { factStems } from '../core/facts';
import type { BadgeRecord, Target } from '../core/plan';
import type { GitLabBadge } from '../gitlab/badges';
import { isGitLabError } from '../gitlab/gitlabError';
import { alternative } from './badgeSnippet';
import { badgeSteps, type BadgeForm, type FormContext } from './badgeForm';
import { editConfig } from './configEdit';
import { configFile as newConfigFile } from './configTemplate';
import { CommandError } from './errors';
import type { BadgesModel } from './badgesModel';
import * as messages from './messages';
import type { ProjectAccess } from './projectAccess';
import { accessOf, tell, withNotice, type PublishServices } from './publishContext';
import { badgesOf, type Published, type PublishedBadge, type PublishedTarget } from './published';
import type { PublishedModel } from './publishedModel';
import { defaultBranch } from './readyBadges';
import { generatorSettings } from './settings';
import { askChoice, walk, type Answer } from './steps';

/** A badge that stands on GitLab, and where. */
export interface ChosenBadge {
  readonly target: PublishedTarget;
  readonly entry: PublishedBadge;
}

/** Asks for a badge, then adds it on GitLab or to the configuration. `badges` knows the generated ones; `chosen` is where the user asked for it. */
export async function addBadge(services: PublishServices, model: PublishedModel, badges: BadgesModel | undefined, chosen: PublishedTarget | undefined): Promise<void> {
  const { loadEngine } = services;
  const prepared = await withNotice(messages.readingPublished(), async (signal) => {
    const { project, published } = await readAll(model, signal);
    const engine = await loadEngine();
    const [writable, { path, ci }] = await Promise.all([
      chosen?.target ? (chosen.access.may ? [chosen.target] : []) : engine.publish.writableTargets(project, published, signal),
      engine.publish.generated(model.folder.uri.fsPath, generatorSettings(model.folder.uri), signal),
    ]);
    const job = ci.artifactJob ?? (await engine.publish.ciJobs(project, path, signal))?.artifactJob ?? null;
    return { project, published, engine, writable, generated: { path, job } };
  });
  if (!prepared) return;
  const { project, published, engine, writable, generated } = prepared.value;
  const own: Target = { scope: 'project', path: published.project };
  // Where nothing can be changed on GitLab, the badge can still be written down for somebody who may push.
  const targets = chosen?.target ? [chosen.target] : writable.length > 0 ? writable : [own];
  const mayAdd = (target: Target) => writable.some((each) => isSame(each, target));
  const shown = badges?.snapshot?.badges.flatMap((badge) => (badge.status === 'known' ? [{ stem: badge.stem, shows: alternative(badge) }] : [])) ?? [];

  const added = await asking(async (signal) => {
    const context: FormContext = {
      engine,
      project,
      title: messages.addTitle(),
      mayRender: mayAdd,
      path: generated.path,
      generated: shown.length > 0 ? shown : factStems.map((stem) => ({ stem, shows: '' })),
      names: (target) => namesIn(published, target),
      signal,
    };
    const steps = badgeSteps(context);
    const file = published.configFile ?? newConfigFile;
    const start: AddForm = {
      target: targets[0] ?? own,
      kind: 'pipeline',
      options: { branch: defaultBranch, style: 'flat', keyText: '', job: '', stem: '' },
      record: { name: null, link_url: '', image_url: '' },
      destination: 'gitlab',
    };
    return walk<AddForm>(start, [
      keep((form, canGoBack) => steps.target(form, canGoBack, targets)),
      keep(async (form, canGoBack) => {
        const answer = await steps.kind(form, canGoBack);
        if (typeof answer === 'string') return answer;
        const { kind } = answer.value;
        const job = kind === 'artifact' ? (generated.job ?? 'badges') : '';
        const record = kind === 'custom' && form.kind !== 'custom' ? { name: null, link_url: '', image_url: '' } : form.record;
        return { value: { ...answer.value, record, options: { ...form.options, job: kind === form.kind ? form.options.job || job : job } } };
      }),
      keep(steps.stem),
      keep(steps.options),
      keep(steps.name),
      keep((form, canGoBack) => steps.url(form, canGoBack, 'link_url')),
      keep((form, canGoBack) => steps.url(form, canGoBack, 'image_url')),
      (form, canGoBack) => askDestination(form, canGoBack, { file, mayAdd: mayAdd(form.target), isManaged: managedTarget(published, form.target) }),
    ]);
  });
  if (!added) return;
  const { target, record, destination } = added;
  const name = nameOf(record);
  if (destination === 'file') {
    const file = await editConfig(model.folder, loadEngine, (configFile, text) => Promise.resolve(engine.publish.addToConfig(configFile, text, target, record)));
    tell(messages.addedToFile(name, file));
    void model.invalidate();
    return;
  }
  const done = await withNotice(messages.addingBadge(name), (signal) => engine.publish.add(project, target, record, signal));
  await model.refresh();
  if (done) tell(messages.added(name, messages.targetName(target.scope, target.path)));
}

/** Asks for the new name and URLs of a badge and changes it on GitLab. */
export async function editBadge(services: PublishServices, model: PublishedModel, chosen: ChosenBadge | undefined): Promise<void> {
  const picked = await choose(model, chosen, messages.pickEditTitle());
  if (!picked) return;
  const { project, published, target, badge, entry } = picked;
  const engine = await services.loadEngine();
  const record: BadgeRecord = { name: badge.name, link_url: badge.link_url, image_url: badge.image_url };
  const edited = await asking((signal) => {
    const steps = badgeSteps({
      engine,
      project,
      title: messages.editTitle(nameOf(record)),
      mayRender: () => true,
      path: '',
      generated: [],
      names: (where) => namesIn(published, where).filter((name) => name !== badge.name),
      signal,
    });
    const start: BadgeForm = { target, kind: 'custom', options: { branch: '', style: 'flat', keyText: '', job: '', stem: '' }, record };
    return walk(start, [steps.name, (form, canGoBack) => steps.url(form, canGoBack, 'link_url'), (form, canGoBack) => steps.url(form, canGoBack, 'image_url')]);
  });
  if (!edited) return;
  const name = nameOf(edited.record);
  try {
    const done = await withNotice(messages.editing(name), (signal) => engine.publish.edit(project, target, entry.badge ?? badge, edited.record, signal));
    if (done) tell(done.value ? messages.edited(name) : messages.notEdited(name));
  } catch (error) {
    if (isGitLabError(error) && error.reason === 'not-found') throw new CommandError(messages.editGone(name));
    throw error;
  } finally {
    await model.refresh();
  }
}

/** Removes a badge from GitLab, once the user has agreed. */
export async function removeBadge(services: PublishServices, model: PublishedModel, chosen: ChosenBadge | undefined): Promise<void> {
  const picked = await choose(model, chosen, messages.pickRemoveTitle());
  if (!picked) return;
  const { project, published, target, badge, entry } = picked;
  const name = nameOf(badge);
  const detail = messages.removeDetail(entry.isListed, published.configFile);
  const action = messages.removeAction();
  if ((await vscode.window.showWarningMessage(messages.removeQuestion(name, messages.targetName(target.scope, target.path)), { modal: true, detail }, action)) !== action) return;
  const engine = await services.loadEngine();
  try {
    const done = await withNotice(messages.removing(name), (signal) => engine.publish.remove(project, target, badge, signal));
    if (done) tell(done.value ? messages.removed(name) : messages.wasGone(name));
  } finally {
    await model.refresh();
  }
}

interface AddForm extends BadgeForm {
  readonly destination: 'gitlab' | 'file';
}

/** A step that knows nothing of where the badge goes. */
function keep(step: (form: BadgeForm, canGoBack: boolean) => Promise<Answer<BadgeForm>>) {
  return async (form: AddForm, canGoBack: boolean): Promise<Answer<AddForm>> => {
    const answer = await step(form, canGoBack);
    return typeof answer === 'string' ? answer : { value: { ...form, ...answer.value } };
  };
}

async function askDestination(form: AddForm, canGoBack: boolean, { file, mayAdd, isManaged }: { readonly file: string; readonly mayAdd: boolean; readonly isManaged: boolean }): Promise<Answer<AddForm>> {
  const now = { label: messages.addNow(), description: messages.targetName(form.target.scope, form.target.path), icon: 'cloud-upload', value: 'gitlab' as const };
  const later = { label: messages.addToFile(file), description: messages.addToFileDetail(), icon: 'file-code', value: 'file' as const };
  // Where the badges are kept in a file already, the file is the place to add one.
  const choices = !mayAdd ? [later] : isManaged ? [later, now] : [now, later];
  const answer = await askChoice({ title: messages.addTitle(), canGoBack }, messages.pickDestination(), choices);
  return typeof answer === 'string' ? answer : { value: { ...form, destination: answer.value } };
}

async function readAll(model: PublishedModel, signal: AbortSignal): Promise<{ readonly project: ProjectAccess; readonly published: Published }> {
  const project = await accessOf(model, signal);
  return { project, published: await model.readNow(project, signal) };
}

/** The badge that a command was given with, else one that the user picks. Rejects where the token may not change it. */
async function choose(model: PublishedModel, chosen: ChosenBadge | undefined, title: string) {
  if (chosen && !chosen.target.access.may) throw new CommandError(messages.mayNotChange(chosen.target.target ? messages.targetName(chosen.target.target.scope, chosen.target.target.path) : messages.scopeNames.group, chosen.target.access.why));
  const prepared = await withNotice(messages.readingPublished(), async (signal) => {
    const before = model.published;
    const project = await accessOf(model, signal);
    return { project, published: chosen && before ? before : await model.readNow(project, signal) };
  });
  if (!prepared) return undefined;
  const { project, published } = prepared.value;
  const candidates = published.targets.filter(({ access }) => access.may).flatMap((target) => badgesOf(target).flatMap((entry) => (entry.badge ? [{ target, entry }] : [])));
  let picked = chosen;
  if (!picked) {
    if (candidates.length === 0) throw new CommandError(messages.noBadgeToChange());
    const choices = candidates.map((value) => ({ label: nameOf(value.entry.badge ?? value.entry.record), description: value.target.target?.path ?? '', value }));
    const answer = await askChoice({ title, canGoBack: false }, messages.pickBadge(), choices);
    picked = typeof answer === 'string' ? undefined : answer.value;
  }
  const badge: GitLabBadge | null | undefined = picked?.entry.badge;
  const target = picked?.target.target;
  return picked && badge && target ? { project, published, target, badge, entry: picked.entry } : undefined;
}

/** A form whose questions to GitLab end with it. */
async function asking<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  try {
    return await ask(controller.signal);
  } finally {
    controller.abort();
  }
}

function managedTarget(published: Published, target: Target): boolean {
  return published.targets.some((each) => each.target && isSame(each.target, target) && each.changes !== null);
}

function namesIn(published: Published, target: Target): readonly string[] {
  const found = published.targets.find((each) => each.target && isSame(each.target, target));
  return (found?.badges ?? []).flatMap(({ name }) => name ?? []);
}

function isSame(a: Target, b: Target): boolean {
  return a.scope === b.scope && a.path === b.path;
}

function nameOf({ name }: BadgeRecord): string {
  return name ?? messages.noBadgeName();
}
